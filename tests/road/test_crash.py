"""An editor's program is killed in mid-work, again and again: the store stays whole and no stored edit is lost."""

import random
import subprocess
import sys
from pathlib import Path

from models.values.ids import ArticleId
from services.desk.desk import open_desk

HOME = Path(__file__).resolve().parents[2]
KILLS = 15
# Loads the program once, then for every line it reads (seconds) forks an editor, kills it after that time and answers
# with the last edit that the editor was told is stored.
KILLER = """
import os, signal, sys, time
from dataclasses import replace
from models.values.article_text import Paragraph
from models.values.change import EditArticle
from services.desk.desk import open_desk

def edit(pipe):
    desk = open_desk(sys.argv[1])
    sheet = desk.articles.open(1)
    number = int(sheet.text.headline.rpartition(" ")[2])
    text, version = sheet.text, sheet.version
    os.write(pipe, b"ready ")
    while True:
        number += 1
        body = text.body[:20] + (Paragraph(text=f"第{number}次修改，澜江晨雾。" * 20),)
        text = replace(text, headline=f"澜江晨雾 {number}", body=body)
        version = desk.apply(EditArticle(article=1, text=text, version=version, reason="typing")).version
        os.write(pipe, b"%d " % number)

for line in sys.stdin:
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        edit(theirs)
    os.close(theirs)
    assert os.read(ours, 6) == b"ready "
    time.sleep(float(line))
    os.kill(child, signal.SIGKILL)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with os.fdopen(ours, "rb") as said:
        told = said.read().split(b" ")[:-1]
    print(int(told[-1]) if told else 0, flush=True)
"""


def test_a_killed_editor_loses_nothing_that_was_stored(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    manuscript = tmp_path / "a.txt"
    manuscript.write_text("# 澜江晨雾 0\n\n本报讯 今天江上起了雾。\n", "utf-8")
    with open_desk(str(store)) as desk:
        assert desk.intake.take_in([manuscript], issue=None)[0].id == 1
    chance = random.Random(20261122)
    stored = 0
    killer = subprocess.Popen(
        [sys.executable, "-c", KILLER, str(store)], cwd=HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert killer.stdin
    assert killer.stdout
    for _ in range(KILLS):
        print(chance.uniform(0.0, 0.2), file=killer.stdin, flush=True)
        stored = max(stored, int(killer.stdout.readline()))
        with open_desk(str(store)) as desk:
            health = desk.store.check()
            sheet = desk.articles.open(ArticleId(1))
            number = int(sheet.text.headline.rpartition(" ")[2])
            assert health.ok, health.message
            assert number in (stored, stored + 1)  # the one under way when the blow fell may be stored, or not
            assert number == 0 or sheet.text.body[-1].text.startswith(f"第{number}次")
            assert sheet.version == number + 1
            assert desk.articles.revisions(ArticleId(1))[0].characters == sheet.text.characters
            assert [hit.article for hit in desk.search.find(sheet.text.headline)] == [1]
            stored = number
    assert stored > KILLS
    killer.stdin.close()
    killer.stdout.close()
    assert killer.wait() == 0
