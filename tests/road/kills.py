"""An editor's program is killed in mid-work: mixed edits of articles, page plans and new manuscripts, each told of once
it is stored. After every blow the store must be whole, and hold all that was told of and at most one step more."""

import datetime
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from models.values.ids import ArticleId, IssueId, PageId
from models.values.publication import Publication
from services.config.settings import Settings
from services.desk.desk import Desk, open_desk

HOME = Path(__file__).resolve().parents[2]
ARTICLES, PAGES = 3, 2
LONGEST = 0.4  # seconds of work before a blow
# Loads the program once, then for every line it reads (seconds) forks an editor, kills it after that time and answers
# with all that the editor was told is stored: "a 1 17" (an article and its version), "p 2 5" (a page), "n 9 1" (a new
# article).
KILLER = """
import os, random, signal, sys, time
from dataclasses import replace
from pathlib import Path
from models.values.article_text import Paragraph
from models.values.change import EditArticle, PlanPage, Waiver
from models.values.mention import EntityKind, Mention
from services.config.settings import Settings
from services.desk.desk import open_desk

def edit(desk, key):
    sheet = desk.articles.open(key)
    number = sheet.version + 1
    body = sheet.text.body[:20] + (Paragraph(text=f"第{number}次修改，澜江晨雾。" * 20),)
    named = (Mention(start=0, end=2, text="澜江", kind=EntityKind.PLACE, name="澜江"),) if number % 3 else ()
    waived = (Waiver(key=f"key {number}", scope="house"),) if number % 5 == 0 else ()
    change = EditArticle(article=key, text=replace(sheet.text, headline=f"澜江晨雾 {number}", body=body),
        mentions=named, waivers=waived, version=sheet.version, reason="typing" if number % 2 else "edit")
    return "a", key, desk.apply(change).version

def plan(desk, key):
    sheet = desk.pages.open(key)
    laid = replace(sheet.plan, slogan=f"第{sheet.version + 1}版")
    return "p", key, desk.apply(PlanPage(page=key, plan=laid, version=sheet.version, reason="plan")).version

def receive(desk, folder):
    path = Path(folder) / f"{time.time_ns()}.txt"
    path.write_text(f"# 新到来稿 {path.stem}\\n\\n本报讯 今天江上起了雾。\\n", "utf-8")
    return "n", desk.intake.take_in([path], issue=None)[0].id, 1

def work(pipe):
    chance = random.Random()
    desk = open_desk(sys.argv[1], Settings(editor="测"))
    desk.pages.open(1)
    os.write(pipe, b"ready ")
    while True:
        throw = chance.random()
        if throw < 0.7:
            told = edit(desk, chance.randint(1, 3))
        elif throw < 0.85:
            told = plan(desk, chance.randint(1, 2))
        else:
            told = receive(desk, sys.argv[2])
        os.write(pipe, ("%s %d %d\\n" % told).encode())

for line in sys.stdin:
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        work(theirs)
    os.close(theirs)
    assert os.read(ours, 6) == b"ready "
    time.sleep(float(line))
    os.kill(child, signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with os.fdopen(ours, "rb") as said:
        told = said.read().decode().split("\\n")[:-1]
    print(";".join(told), flush=True)
"""


@dataclass(slots=True)
class Outcome:
    """`corrupt` and `lost` say what was wrong after which blow; `stored` counts the steps told of."""

    kills: int
    stored: int
    corrupt: list[str]
    lost: list[str]


def prepared(folder: Path) -> Path:
    store = folder / "store.db"
    with open_desk(str(store), Settings(editor="测")) as desk:
        paper = desk.publications.save(Publication(name="澜江晨报"))
        issue = desk.issues.create(paper, datetime.date(2026, 3, 9), ["要闻", "副刊"])
        assert [page.id for page in issue.pages] == [1, 2]
        for number in range(ARTICLES):
            path = folder / f"{number}.txt"
            path.write_text(f"# 澜江晨雾 {number}\n\n本报讯 今天江上起了雾。\n", "utf-8")
            desk.intake.take_in([path], issue=IssueId(issue.id))
    return store


def blows(folder: Path, count: int, seed: int = 20261122) -> Outcome:
    """Kills an editor `count` times; needs fork."""
    store = prepared(folder)
    chance = random.Random(seed)
    outcome = Outcome(kills=count, stored=0, corrupt=[], lost=[])
    with open_desk(str(store)) as desk:
        held = standing(desk)
    asked = [sys.executable, "-c", KILLER, str(store), str(folder)]
    with subprocess.Popen(asked, cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as killer:
        assert killer.stdin
        assert killer.stdout
        for blow in range(count):
            print(chance.uniform(0.0, LONGEST), file=killer.stdin, flush=True)
            told = [line.split() for line in killer.stdout.readline().strip().split(";") if line]
            outcome.stored += len(told)
            held.update({("p" if kind == "p" else "a", int(key)): int(version) for kind, key, version in told})
            with open_desk(str(store)) as desk:
                health = desk.store.check()
                if not health.ok:
                    outcome.corrupt.append(f"{blow}: {health.message}")
                found = standing(desk)
                wrong = torn(desk, found)
            outcome.corrupt += [f"{blow}: {one}" for one in wrong]
            behind = [key for key, version in held.items() if found.get(key, 0) < version]
            further = sum(version - held.get(key, 0) for key, version in found.items())
            outcome.lost += [f"{blow}: {key}" for key in behind]
            if further > 1:  # the one step under way when the blow fell may be stored, or not
                outcome.lost.append(f"{blow}: {further} steps that nobody was told of")
            held = found
        killer.stdin.close()
        assert killer.wait() == 0
    return outcome


def standing(desk: Desk) -> dict[tuple[str, int], int]:
    """Version of every article and page."""
    found = {("a", int(card.id)): card.version for card in desk.articles.list()}
    return found | {("p", page): desk.pages.open(PageId(page)).version for page in range(1, PAGES + 1)}


def torn(desk: Desk, found: dict[tuple[str, int], int]) -> list[str]:
    """What does not belong together: words, revisions and index of an article, slogan of a page."""
    wrong: list[str] = []
    for (kind, key), version in found.items():
        if kind == "p":
            slogan = desk.pages.open(PageId(key)).plan.slogan
            if version > 1 and slogan != f"第{version}版":
                wrong.append(f"page {key}: {slogan}")
            continue
        if key > ARTICLES:
            continue
        sheet = desk.articles.open(ArticleId(key))
        number = sheet.text.headline.rpartition(" ")[2]
        if version > 1 and (number != str(version) or not sheet.text.body[-1].text.startswith(f"第{version}次")):
            wrong.append(f"article {key}: {sheet.text.headline}")
        if desk.articles.revisions(ArticleId(key))[0].characters != sheet.text.characters:
            wrong.append(f"article {key}: revision")
        if ArticleId(key) not in [hit.article for hit in desk.search.find(sheet.text.headline)]:
            wrong.append(f"article {key}: index")
    return wrong
