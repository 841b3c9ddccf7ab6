"""`make bench-store`: the store's figures for docs/scale.md; printed, never asserted.

python -m tests.bench.bench_store [--articles N] [--store STORE] [--filled] [--only PART]

Articles are made of words of jieba's dictionary, drawn by frequency, 800 characters each: no real text. The vocabulary
of pairs of characters is then broader than that of a newspaper, so that sizes of the index are upper bounds.
"""

import argparse
import contextlib
import queue
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.tables.base import now
from models.values.article_text import ArticleText, Paragraph
from models.values.change import EditArticle
from models.values.ids import ArticleId
from services.config.settings import Settings
from services.desk.desk import Desk, StaleVersion, open_desk
from services.store import search
from services.store.codec import dump
from tests.road.kills import blows
from tests.road.power import cuts

LENGTH = 800  # characters of an article
AT_ONCE = 2000  # articles in a unit of work
QUERIES = 200
HOT = 10  # articles that all editors edit
EDITS = 2000


class Words:
    """Running text out of the dictionary, the same for the same seed."""

    def __init__(self, seed: int = 20261122) -> None:
        import jieba

        self._chance = random.Random(seed)
        lines = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
        words, weights = zip(*((line.split()[0], int(line.split()[1])) for line in lines), strict=True)
        drawn = self._chance.choices(words, weights, k=1_080_000)
        self._pool = "，".join("".join(drawn[at : at + 9]) for at in range(0, len(drawn), 9))

    def piece(self, length: int) -> str:
        start = self._chance.randrange(len(self._pool) - length)
        return self._pool[start : start + length]

    def article(self) -> ArticleText:
        parts = tuple(Paragraph(text=self.piece(length)) for length in (180, 220, 200, 180))
        return ArticleText(headline=self.piece(18), body=parts)


def row(name: str, figure: str, aim: str = "") -> None:
    print(f"| {name} | {figure} | {aim} |", flush=True)


def percentile(figures: list[float], part: float) -> float:
    return sorted(figures)[min(len(figures) - 1, int(len(figures) * part))]


def enter(session: Session, contents: list[ArticleText]) -> None:
    """Articles and their index, many at once."""
    moment = now()
    rows = [
        {
            "text": dump(one),
            "headline": one.headline,
            "authors": "[]",
            "characters": one.characters,
            "form": "news",
            "findings": -1,
            "place": 0,
            "version": 1,
            "made": moment,
            "changed": moment,
        }
        for one in contents
    ]
    keys = session.scalars(insert(ArticleRow).returning(ArticleRow.id, sort_by_parameter_order=True), rows).all()
    search.index_many(session, zip(keys, contents, strict=True))


def fill(desk: Desk, words: Words, count: int) -> None:
    spent, busy, made = 0.0, 0.0, 0
    while made < count:
        contents = [words.article() for _ in range(min(AT_ONCE, count - made))]
        started, before = time.perf_counter(), time.process_time()
        with desk.store.work() as work:
            enter(work.session, contents)
            work.commit()
        spent += time.perf_counter() - started
        busy += time.process_time() - before
        made += len(contents)
    row(
        f"insert of {count:,} articles with their index, in bulk",
        f"{count / spent:,.0f} a second of the clock, {count / busy:,.0f} of one core",
        "≥ 2,000",
    )
    if desk.store.path is None:
        with desk.store.work() as work:
            work.session.execute(text("ANALYZE"))
            work.commit()


def sizes(desk: Desk) -> None:
    with desk.store.read() as session:
        if desk.store.path is None:
            of_text = session.execute(text("SELECT sum(octet_length(text)) FROM article")).scalar_one()
            index = session.execute(text("SELECT pg_indexes_size('chars') + pg_table_size('chars')")).scalar_one()
        else:
            of_text = session.execute(text("SELECT sum(length(CAST(text AS BLOB))) FROM article")).scalar_one()
            index = sum(
                session.execute(text(f"SELECT sum(length({column})) FROM chars_{table}")).scalar_one() or 0
                for table, column in (("data", "block"), ("docsize", "sz"), ("idx", "term"))
            )
    figure = f"{index / 1e6:,.0f} MB for {of_text / 1e6:,.0f} MB of text: {100 * index / of_text:.0f} %"
    row("search index", figure, "≤ 60 %")


def queries(desk: Desk, words: Words) -> None:
    for length in (1, 2, 4):
        waits: list[float] = []
        busy: list[float] = []
        hits: list[int] = []
        for _ in range(QUERIES):
            query = words.piece(length)
            while "，" in query:
                query = words.piece(length)
            started, before = time.perf_counter(), time.process_time()
            found = desk.search.find(query, 50)
            waits.append((time.perf_counter() - started) * 1000)
            busy.append((time.process_time() - before) * 1000)
            hits.append(len(found))
        row(
            f"search, {length} characters, newest 50",
            f"p50 {percentile(waits, 0.5):.1f} ms, p95 {percentile(waits, 0.95):.1f} ms,"
            f" p95 of one core {percentile(busy, 0.95):.1f} ms"
            f" (median {percentile([float(n) for n in hits], 0.5):.0f} hits)",
            "p95 ≤ 10 ms",
        )


def opening(where: str) -> None:
    waits = []
    for _ in range(5):
        started = time.perf_counter()
        with open_desk(where, Settings()) as desk:
            shown = len(desk.articles.list())
        waits.append((time.perf_counter() - started) * 1000)
    row(f"opening to the list of {shown:,}", f"{percentile(waits, 0.5):.0f} ms", "≤ 500 ms")


def backup(desk: Desk, folder: Path) -> None:
    """A copy is made while an editor goes on saving."""
    waits: list[float] = []
    done = threading.Event()

    def edit() -> None:
        article = ArticleId(1)
        sheet = desk.articles.open(article)
        content, version, number = sheet.text, sheet.version, 0
        while not done.is_set():
            number += 1
            content = replace(content, headline=f"第{number}次修改")
            started = time.perf_counter()
            change = EditArticle(article=article, text=content, version=version, reason="typing")
            version = desk.apply(change).version
            waits.append((time.perf_counter() - started) * 1000)
            time.sleep(0.05)

    editor = threading.Thread(target=edit)
    editor.start()
    time.sleep(1.0)
    started = time.perf_counter()
    copy = desk.store.backup(folder / "copy.db")
    spent = time.perf_counter() - started
    done.set()
    editor.join()
    size = copy.stat().st_size / 1e6
    row(f"backup of {size:,.0f} MB while editing", f"{spent:.1f} s", "")
    row("… longest save meanwhile", f"{max(waits):.0f} ms of {len(waits)} saves", "≤ 200 ms")


def edit_hot(where: str, name: str, count: int, think: float = 0.004) -> tuple[int, int, list[float]]:
    """One editor's program: stored edits, conflicts told and retried, milliseconds of each edit until it was stored."""
    stored, conflicts, waits = 0, 0, []
    chance = random.Random(name)
    with open_desk(where, Settings(editor=name)) as desk:
        for number in range(count):
            article = ArticleId(chance.randint(1, HOT))
            started = time.perf_counter()
            while True:
                sheet = desk.articles.open(article)
                content = replace(sheet.text, headline=f"{name} {number}")
                change = EditArticle(article=article, text=content, version=sheet.version, reason="edit")
                try:
                    desk.apply(change)
                    break
                except StaleVersion:
                    conflicts += 1
            stored += 1
            waits.append((time.perf_counter() - started) * 1000)
            time.sleep(think)
    return stored, conflicts, waits


def editors(desk: Desk, where: str) -> None:
    """Several programs edit the same few articles; every edit must be counted in the versions."""
    for count in (8, 30):
        before = sum(desk.articles.open(ArticleId(key)).version for key in range(1, HOT + 1))
        each = EDITS // count
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            asked = [pool.submit(edit_hot, where, f"{count}-{number}", each) for number in range(count)]
            told = [one.result() for one in asked]
        after = sum(desk.articles.open(ArticleId(key)).version for key in range(1, HOT + 1))
        stored = sum(one[0] for one in told)
        waits = [wait for one in told for wait in one[2]]
        row(
            f"{count} editors, {stored} edits on {HOT} articles",
            f"{stored - (after - before)} lost, {sum(one[1] for one in told)} conflicts told,"
            f" p50 {percentile(waits, 0.5):.0f} ms, p95 {percentile(waits, 0.95):.0f} ms",
            "0 lost, p95 ≤ 150 ms",
        )
    at_work(where)
    seen(desk, where)


def at_work(where: str) -> None:
    """Thirty people who write: each stores a burst of typing every two seconds, the shortest that the window allows."""
    with ProcessPoolExecutor(30, mp_context=get_context("spawn")) as pool:
        asked = [pool.submit(edit_hot, where, f"work-{number}", 12, 2.0) for number in range(30)]
        told = [one.result() for one in asked]
    waits = [wait for one in told for wait in one[2][2:]]  # the programs have started by then
    row(
        f"30 editors, a burst every 2 s each, on {HOT} articles",
        f"{sum(one[1] for one in told)} conflicts told,"
        f" p50 {percentile(waits, 0.5):.0f} ms, p95 {percentile(waits, 0.95):.0f} ms",
        "p95 ≤ 150 ms",
    )


def seen(desk: Desk, where: str) -> None:
    """From the beginning of a save here until another program has read the new words."""
    article, waits = ArticleId(1), []
    heard: queue.Queue[tuple[float, int]] = queue.Queue()
    with open_desk(where, Settings(editor="other")) as other:

        def look(subject: str, version: int) -> None:
            if subject == f"article {article}":
                other.articles.open(article)
                heard.put((time.perf_counter(), version))

        news = other.store.listen(look)
        for number in range(100):
            sheet = desk.articles.open(article)
            change = EditArticle(
                article=article, text=replace(sheet.text, headline=f"见{number}"), version=sheet.version
            )
            started = time.perf_counter()
            version = desk.apply(change).version
            at, told = heard.get(timeout=10)
            assert told == version
            waits.append((at - started) * 1000)
        news.close()
    figure = f"p50 {percentile(waits, 0.5):.0f} ms, p95 {percentile(waits, 0.95):.0f} ms from the beginning of the save"
    row("a change read by another program", figure, "≤ 100 ms")


def pooled(where: str) -> None:
    """Thirty people at work whose programs share a few connections, as through a pooler in transaction mode."""
    for slots in (8, 2):
        with contextlib.ExitStack() as stack:
            free: queue.Queue[Desk] = queue.Queue()
            for number in range(slots):
                free.put(stack.enter_context(open_desk(where, Settings(editor=f"pool-{number}"))))
            with ThreadPoolExecutor(30) as people:
                told = [wait for one in people.map(partial(saves, free), range(30)) for wait in one]
        row(
            f"30 editors, a save every 2 s each, through {slots} connections",
            f"p50 {percentile([one[1] for one in told], 0.5):.0f} ms,"
            f" p95 {percentile([one[1] for one in told], 0.95):.0f} ms to open and save,"
            f" p95 {percentile([one[0] for one in told], 0.95):.0f} ms of it waiting for a connection",
            "p95 ≤ 150 ms",
        )


def saves(free: "queue.Queue[Desk]", number: int) -> list[tuple[float, float]]:
    """One editor: milliseconds until there was a connection, and until the words were stored."""
    chance, waits = random.Random(number), []
    for turn in range(10):
        time.sleep(chance.uniform(1.0, 3.0))
        started = time.perf_counter()
        desk = free.get()
        given = time.perf_counter()
        try:
            sheet = desk.articles.open(ArticleId(chance.randint(1, 30 * HOT)))
            content = replace(sheet.text, headline=f"{number}号第{turn}次")
            with contextlib.suppress(StaleVersion):
                desk.apply(EditArticle(article=sheet.id, text=content, version=sheet.version, reason="typing"))
        finally:
            free.put(desk)
        waits.append(((given - started) * 1000, (time.perf_counter() - started) * 1000))
    return waits


def power(folder: Path, count: int) -> None:
    place = folder / "power"
    place.mkdir()
    outcome = cuts(place, edits=100, count=count)
    figure = f"{len(outcome.corrupt)} corrupt, {len(outcome.lost)} lost acknowledged edits"
    row(f"{outcome.cuts} simulated power cuts", figure, "0, 0")


def kills(folder: Path, count: int) -> None:
    place = folder / "kills"
    place.mkdir()
    outcome = blows(place, count)
    figure = f"{len(outcome.corrupt)} corrupt, {len(outcome.lost)} lost of {outcome.stored:,} acknowledged steps"
    row(f"{outcome.kills} × kill -9 during mixed editing", figure, "0, 0")


PARTS: dict[str, Callable[[Desk, Words, str, Path], None]] = {
    "size": lambda desk, words, where, folder: sizes(desk),
    "search": lambda desk, words, where, folder: queries(desk, words),
    "open": lambda desk, words, where, folder: opening(where),
    "editors": lambda desk, words, where, folder: None if desk.store.path else editors(desk, where),
    "pool": lambda desk, words, where, folder: None if desk.store.path else pooled(where),
    "kills": lambda desk, words, where, folder: kills(folder, 200) if desk.store.path else None,
    "power": lambda desk, words, where, folder: power(folder, 120) if desk.store.path else None,
    "backup": lambda desk, words, where, folder: backup(desk, folder) if desk.store.path else None,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--store", default="", help="an empty store, a file or a PostgreSQL URL; default: a new file")
    parser.add_argument("--filled", action="store_true", help="the store holds its articles already; none are added")
    parser.add_argument("--only", choices=tuple(PARTS), action="append")
    options = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, {options.articles:,} articles of {LENGTH} characters\n")
    print("| what | figure | to reach |\n|---|---|---|")
    words = Words(99) if options.filled else Words()
    with tempfile.TemporaryDirectory() as folder:
        where = options.store or f"{folder}/store.db"
        with open_desk(where, Settings(editor="测")) as desk:
            if not options.filled:
                fill(desk, words, options.articles)
            for name in options.only or PARTS:
                PARTS[name](desk, words, where, Path(folder))


if __name__ == "__main__":
    main()
