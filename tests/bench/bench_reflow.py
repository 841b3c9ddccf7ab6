"""The engine by itself, in CPU time: `python -m tests.bench.bench_reflow`. 1, 4, 16, 64 pages; key presses; lines.

A key press is a new text: nothing remembered of the edited article holds, what belongs to the others does. The window
adds painting, which `tests.bench.bench_window` measures.
"""

import argparse
import datetime
import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

from models.values.article_text import ArticleText, Paragraph
from models.values.ids import ArticleId
from models.values.issue import Folio
from models.values.plan import FramePlan, HeadingPlan, PagePlan
from models.values.template import FontRole
from services.fonts.catalogue import installed
from services.layout.atoms import Paragraph as SetParagraph
from services.layout.atoms import Piece, prepare
from services.layout.lay_out import lay_out
from services.layout.lines import line_ends, set_lines
from services.layout.run_on import run_on
from services.layout.running_text import text_rows, text_types
from services.layout.templates import template
from tests.bench.typeset import generated

FOLIO = Folio(publication="清样", date=datetime.date(2023, 5, 22), page_number=2)
PAGE = 5400  # characters of running text on a full tabloid page without headings


def article(characters: int, headline: str = "江城新闻工作者走进车间听一线职工讲述") -> ArticleText:
    body = tuple(Paragraph(text=words) for words in generated(characters))
    return ArticleText(headline=headline, body=body, dateline="本报讯（记者 白鹭）", lead_in="本报讯")


def seconds(do: Callable[[], object]) -> float:
    """CPU seconds of a thing done while nothing is remembered of its text."""
    for remembered in (prepare, set_lines, line_ends, text_rows):
        remembered.cache_clear()
    gc.collect()
    started = time.process_time()
    do()
    return time.process_time() - started


def pages(runs: int) -> None:
    """Cost of 1, 4, 16 and 64 pages of running text: line by line the same work, so it must grow evenly."""
    made, fonts = template("tabloid"), installed()
    gc.disable()  # as `typeset` does: the collector walks over everything that a long run keeps
    for count in (1, 4, 16, 64):
        text = article(PAGE * count)
        walls = [seconds(lambda text=text: list(run_on(text, made, fonts, FOLIO))) for _ in range(runs)]
        wall = statistics.median(walls)
        each = 1000 * wall / count
        print(f"| {count} pages, {PAGE * count:,} characters | {1000 * wall:.0f} ms | {each:.1f} ms a page |")
    gc.enable()


def full_page(length: int) -> tuple[PagePlan, dict[ArticleId, ArticleText]]:
    """An edited article of about `length` characters in the upper part of a page, others below it."""
    tabloid = template("tabloid")
    rows = min(80, round(length / 11 / 6) + 10)
    frames = [
        FramePlan(
            article=ArticleId(1), column=0, row=0, columns=6, rows=rows,
            heading=HeadingPlan(size=36.0, role=FontRole.SONG_BLACK, lines=2),
        )
    ]  # fmt: skip
    texts = {ArticleId(1): article(length)}
    number, row = 2, rows + 1
    while row + 20 <= tabloid.rows:
        for column in (0, 3):
            texts[ArticleId(number)] = replace(article(420), kicker=f"第{number}则")
            heading = HeadingPlan(size=22.0, lines=2)
            frames.append(
                FramePlan(article=ArticleId(number), column=column, row=row, columns=3, rows=20, heading=heading)
            )
            number += 1
        row += 21
    return PagePlan(number=2, template="tabloid", frames=tuple(frames)), texts


def keys(length: int, presses: int) -> None:
    """A character typed into the middle of an article; the page laid out again each time."""
    made, fonts = template("tabloid"), installed()
    plan, texts = full_page(length)
    lay_out(plan, texts, made, fonts, FOLIO)
    first = texts[ArticleId(1)]
    walls = []
    for press in range(presses):
        body = list(first.body)
        at = len(body) // 2
        body[at] = Paragraph(text=body[at].text[:20] + "字" * (press + 1) + body[at].text[20:])
        texts[ArticleId(1)] = replace(first, body=tuple(body))
        started = time.process_time()
        lay_out(plan, texts, made, fonts, FOLIO)
        walls.append(1000 * (time.process_time() - started))
    walls.sort()
    late = walls[round(0.95 * (len(walls) - 1))]
    print(f"| a key press, article of {length:,} characters | {statistics.median(walls):.1f} ms | p95 {late:.1f} ms |")


def cold(length: int, runs: int) -> None:
    """A whole page of which nothing is remembered."""
    made, fonts = template("tabloid"), installed()
    walls = []
    for run in range(runs):
        text = article(length)
        body = tuple(Paragraph(text=one.text[run % 7 + 1 :]) for one in text.body)
        frame = FramePlan(article=ArticleId(1), column=0, row=0, columns=6, rows=84, heading=HeadingPlan(size=36))
        plan = PagePlan(number=2, template="tabloid", frames=(frame,))
        new = {ArticleId(1): replace(text, body=body)}
        walls.append(1000 * seconds(lambda new=new, plan=plan: lay_out(plan, new, made, fonts, FOLIO)))
    walls.sort()
    late = walls[round(0.95 * (len(walls) - 1))]
    middle = statistics.median(walls)
    print(f"| a page of {length:,} characters, nothing remembered | {middle:.1f} ms | p95 {late:.1f} ms |")


def quality(characters: int) -> None:
    """The share of full lines whose letters stand more than 0.06 em apart, by measure."""
    types = text_types(template("tabloid"), installed())
    for count in (11, 14, 18, 24):
        full = loose = 0
        widest = 0.0
        for words in generated(characters):
            for line in set_lines(SetParagraph((Piece(words, types.body),), 18.0), count * 9.0):
                if not line.last:
                    full += 1
                    loose += line.letter_space > 0.06
                    widest = max(widest, line.letter_space)
        share = 100 * loose / full
        print(f"| lines of {count} characters over 0.06 em | {share:.1f} % of {full:,} | widest {widest:.2f} em |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    print("| what | median | |\n|---|---|---|")
    pages(min(3, options.runs))
    keys(1500, 40)
    keys(4000, 40)
    cold(6000, 20)
    quality(50_000)


if __name__ == "__main__":
    main()
