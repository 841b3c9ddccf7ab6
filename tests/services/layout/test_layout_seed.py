"""The sample page set on a plan like the reference page's: the counts a person took from that page come out again."""

import datetime

import pytest

from models.values.article_text import ArticleText, Byline, Form, Paragraph
from models.values.ids import ArticleId
from models.values.issue import Folio
from models.values.laid_page import FaultKind, LaidPage
from models.values.plan import FramePlan, HeadingPlan, PagePlan, PicturePlan
from models.values.template import FontRole
from services.config.paths import SEEDS
from services.layout.lay_out import lay_out
from services.layout.running_text import text_rows, text_types
from services.layout.templates import template
from tests.services.layout.invented import FONTS

GRID = template("tabloid")
FOLIO = Folio(publication="", date=datetime.date(2023, 5, 22), page_number=2, page_name="工会新闻")
LEAD, READING, VISIT, TAIJI, CHESS, WALK, BUS = map(ArticleId, range(1, 8))


def seed_articles() -> tuple[str, dict[ArticleId, ArticleText]]:
    """Slogan and articles as an editor would have them after proofing: wrapped paragraphs joined, marks full width."""
    text = next(SEEDS.glob("000_*.txt")).read_text("utf-8")
    for given, wanted in (
        (",", "，"),
        (";", "；"),
        ("(", "（"),
        (")", "）"),
        (" and ", "和"),
        ("） ", "）"),
        ("讯 （", "讯（"),
    ):
        text = text.replace(given, wanted)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    slogan, kicker = lines[0].lstrip("# "), lines[1].lstrip("# ")
    articles: list[ArticleText] = []
    headline, blocks = "", list[str]()
    for line in [*lines[2:], "# "]:
        if not line.startswith("#"):
            blocks.append(line)
            continue
        if headline:
            articles.append(_article(kicker, headline, blocks))
            kicker = ""
        headline, blocks = line.lstrip("# "), []
    return slogan, {ArticleId(number): article for number, article in enumerate(articles, 1)}


def _article(kicker: str, headline: str, blocks: list[str]) -> ArticleText:
    deck = dateline = signature = ""
    if len(blocks[0]) < 40 and "。" not in blocks[0]:
        deck = blocks.pop(0)
    if blocks[0].startswith("本报讯"):
        dateline, blocks[0] = blocks[0][: blocks[0].index("）") + 1], blocks[0][blocks[0].index("）") + 1 :]
    if blocks[-1].startswith("本报记者"):
        signature = blocks.pop()
    elif " 通讯员" in blocks[-1]:
        blocks[-1], signature = blocks[-1].split(" ", 1)
    body: list[str] = []
    for block in blocks:
        if body and body[-1][-1] not in "。”":
            body[-1] += block
        else:
            body.append(block)
    name = dateline[dateline.find(" ") + 1 : -1]
    return ArticleText(
        kicker=kicker,
        headline=headline,
        deck=deck,
        dateline=dateline,
        lead_in="本报讯" if dateline else "",
        bylines=(Byline(role="记者", name=name),) if dateline else (),
        body=tuple(Paragraph(text=one) for one in body),
        signature=signature,
        form=Form.PHOTO if signature else Form.NEWS,
    )


SLOGAN, ARTICLES = seed_articles()


def frame(
    article: ArticleId, place: tuple[int, int, int, int], size: float, role: FontRole, lines: int = 1, rows: int = 0
) -> FramePlan:
    column, row, columns, height = place
    return FramePlan(
        article=article,
        column=column,
        row=row,
        columns=columns,
        rows=height,
        heading=HeadingPlan(size=size, role=role, lines=lines),
        picture=PicturePlan(rows=rows) if rows else None,
        tint=article == VISIT,
        rule_above=row > 3 and article not in (VISIT, CHESS),
        rule_left=column > 0,
    )


def seed_page() -> LaidPage:
    frames = (
        frame(LEAD, (0, 3, 6, 25), 37.5, FontRole.SONG_BLACK),
        frame(TAIJI, (0, 29, 3, 22), 24, FontRole.KAI, rows=15),
        frame(READING, (3, 29, 3, 22), 28, FontRole.SONG_BOLD, lines=2),
        frame(BUS, (0, 52, 4, 18), 23.2, FontRole.HEI_BOLD),
        frame(VISIT, (0, 70, 4, 14), 18.5, FontRole.SONG_BOLD),
        frame(WALK, (4, 52, 2, 16), 14.4, FontRole.HEI_BOLD, rows=9),
        frame(CHESS, (4, 68, 2, 16), 20, FontRole.KAI),
    )
    plan = PagePlan(number=2, template="tabloid", name="工会新闻", slogan=SLOGAN, frames=frames)
    return lay_out(plan, ARTICLES, GRID, FONTS, FOLIO)


def test_the_whole_page_holds() -> None:
    laid = seed_page()
    assert [frame.overset_lines for frame in laid.frames] == [0] * 7
    assert laid.empty_lines <= 14
    severe = [fault for fault in laid.faults if fault.severe]
    assert severe == []
    assert not [fault for fault in laid.faults if fault.kind is FaultKind.COLLISION]


def test_every_character_of_the_sample_is_printed() -> None:
    laid = seed_page()
    for one in laid.frames:
        printed = {run.source.ref: "" for run in one.runs if run.source}
        for run in one.runs:
            if run.source:
                printed[run.source.ref] += run.text
        for ref, text in ARTICLES[one.article].parts():
            assert printed[ref] == text


@pytest.mark.parametrize(("article", "measure", "lines"), [(LEAD, 99.0, 103), (READING, 99.0, 41), (BUS, 99.0, 53)])
def test_column_lines_counted_on_the_reference_page(article: ArticleId, measure: float, lines: int) -> None:
    rows = text_rows(ARTICLES[article], text_types(GRID, FONTS), measure)
    assert len(rows) == lines


def test_letter_space_over_the_page() -> None:
    """The reference page: 18 of 227 full lines over 0.06 em, the widest 0.11 em."""
    types = text_types(GRID, FONTS)
    spaces = [
        part.line.letter_space
        for article, text in ARTICLES.items()
        if article not in (TAIJI, WALK)
        for row in text_rows(text, types, 126.0 if article == VISIT else 99.0)
        for part in row.parts
        if not part.line.last
    ]
    assert len(spaces) > 200
    assert sum(space > 0.06 for space in spaces) <= 18
    assert max(spaces) < 0.12
