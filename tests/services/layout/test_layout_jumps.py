"""转版: parts follow each other, numbers are right, faults where they do not."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import ArticleText, Byline, Paragraph, Part
from models.values.ids import ArticleId
from models.values.laid_page import FaultKind, LaidFrame, LaidPage, TextPoint
from models.values.plan import FramePlan, HeadingPlan, PagePlan
from services.config.messages import text as message
from services.layout.follow import follow, jump_faults
from services.layout.jumps import short_headline
from services.layout.lay_out import lay_out
from services.layout.spread import spread
from services.layout.templates import template
from tests.services.layout.invented import FOLIO, FONTS

GRID = template("tabloid")
KEY = ArticleId(1)
CLAUSE = "江南市总工会今年新建职工驿站一百二十个，全市职工都能就近歇脚。"


def article(paragraphs: int, repeats: int = 4, **more: object) -> ArticleText:
    body = tuple(Paragraph(text=CLAUSE * repeats) for _ in range(paragraphs))
    made = ArticleText(
        kicker="江南市总工会十届三次全体会议召开",
        headline="把服务送到职工身边 让驿站亮在街头巷尾",
        dateline="本报讯（记者 甲小乙）",
        lead_in="本报讯",
        bylines=(Byline(role="记者", name="甲小乙"),),
        body=body,
        signature="本报记者 甲小乙",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def frame(number: int, rows: int, **more: object) -> PagePlan:
    one = FramePlan(article=KEY, column=0, row=0, columns=3, rows=rows, heading=HeadingPlan(size=24))
    return PagePlan(number=number, template="tabloid", frames=(replace(one, **more),))  # type: ignore[arg-type]


def lay(plan: PagePlan, text: ArticleText) -> LaidPage:
    return lay_out(plan, {KEY: text}, GRID, FONTS, replace(FOLIO, page_number=plan.number))


def words(laid: LaidFrame, part: Part, index: int = 0) -> str:
    own = [run for run in laid.runs if run.source and (run.source.ref.part, run.source.ref.index) == (part, index)]
    return "".join(run.text for run in own)


def marks(laid: LaidFrame) -> str:
    return "".join(run.text for run in laid.runs if run.source is None)


def check_whole(plans: tuple[PagePlan, ...], text: ArticleText) -> list[LaidFrame]:
    """Every character of the text stands once, part after part."""
    frames = [lay(plan, text).frames[0] for plan in plans]
    for index, paragraph in enumerate(text.body):
        assert "".join(words(one, paragraph.part, index) for one in frames) == paragraph.text
    for part in (Part.KICKER, Part.DATELINE, Part.SIGNATURE):
        assert "".join(words(one, part) for one in frames) == getattr(text, part.value)
    return frames


@pytest.mark.parametrize("paragraphs", [40, 90])
def test_a_long_article_goes_over_pages(paragraphs: int) -> None:
    text = article(paragraphs)
    plans = spread(KEY, text, GRID, FONTS, replace(FOLIO, page_number=1), slogan="奋进新征程")
    assert len(plans) > 1
    frames = check_whole(plans, text)
    pages = [lay(plan, text) for plan in plans]
    assert not jump_faults(plans, pages, {KEY: text})
    for number, (plan, laid) in enumerate(zip(plans, frames, strict=True), 1):
        assert plan.number == number
        assert laid.overset_lines == 0
        assert (f"下转第{number + 1}版" in marks(laid)) == (number < len(plans))
        assert (f"上接第{number - 1}版" in marks(laid)) == (number > 1)
        assert not [fault for fault in lay(plan, text).faults if fault.kind in (FaultKind.JUMP, FaultKind.OVERSET)]
    assert words(frames[1], Part.HEADLINE) == "把服务送到职工身边"
    assert plans[-1].frames[0].rows < GRID.rows
    assert follow(plans, {KEY: text}, {"tabloid": GRID}, FONTS) == plans


def test_a_page_with_little_but_the_end_of_an_article_is_told() -> None:
    text = article(40)
    plans = spread(KEY, text, GRID, FONTS, replace(FOLIO, page_number=1))
    told = [{fault.message for fault in lay(plan, text).faults} for plan in plans]
    assert "automatic.missing" not in told[0]
    assert "automatic.missing" in told[-1]


def test_an_article_that_fits_does_not_jump() -> None:
    (plan,) = spread(KEY, article(3), GRID, FONTS, FOLIO)
    assert plan.frames[0].jump_to == 0


def test_there_is_an_end_to_pages() -> None:
    plans = spread(KEY, article(90), GRID, FONTS, FOLIO, most=2)
    assert len(plans) == 2
    assert lay(plans[1], article(90)).overset_lines > 0


@given(
    repeats=st.lists(st.integers(1, 9), min_size=1, max_size=9),
    rows=st.lists(st.integers(6, 20), min_size=1, max_size=3),
    columns=st.integers(1, 4),
    crosshead=st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_parts_follow_without_a_word_lost(repeats: list[int], rows: list[int], columns: int, crosshead: bool) -> None:
    body = [Paragraph(text=CLAUSE * count) for count in repeats]
    if crosshead:
        body.insert(1, Paragraph(text="让驿站亮起来", part=Part.CROSSHEAD))
    text = article(1, body=tuple(body))
    heights = [*rows, 84, 84, 84]
    plans = tuple(frame(2 + n, high, columns=columns) for n, high in enumerate(heights))
    plans = follow(plans, {KEY: text}, {"tabloid": GRID}, FONTS)
    check_whole(plans, text)
    pages = [lay(plan, text) for plan in plans]
    for before, after in pairwise(plans):
        assert before.frames[0].jump_to == after.number
        assert after.frames[0].jump_from == before.number
    for page, fault in jump_faults(plans, pages, {KEY: text}):  # pages with nothing left to set are told
        assert pages[page - 3].frames[0].rest is None
        assert message(fault.message, **dict(fault.values))


def test_jumps_that_disagree_are_told() -> None:
    text = article(6)
    plans = follow((frame(2, 15), frame(5, 60)), {KEY: text}, {"tabloid": GRID}, FONTS)

    def told(plans: tuple[PagePlan, ...], text: ArticleText) -> list[tuple[int, str]]:
        found = jump_faults(plans, [lay(plan, text) for plan in plans], {KEY: text})
        assert all(message(fault.message, **dict(fault.values)) for _, fault in found)
        return [(page, fault.message.rpartition(".")[2]) for page, fault in found]

    assert told(plans, text) == []
    moved = (plans[0], replace(plans[1], number=7))
    assert told(moved, text) == [(2, "jump_numbers")]
    assert told((plans[0],), text) == [(2, "jump_nowhere")]
    longer = article(6, body=(Paragraph(text="近日，" + CLAUSE), *text.body))
    assert told(plans, longer) == [(5, "jump_text")]
    assert told(follow(moved, {KEY: longer}, {"tabloid": GRID}, FONTS), longer) == []


def test_a_page_tells_what_it_sees_itself() -> None:
    text = article(1)
    names = {fault.message for fault in lay(frame(2, 60, jump_to=3), text).faults}
    assert "layout.fault.jump_needless" in names
    gone = TextPoint(paragraph=9, offset=0)
    names = {fault.message for fault in lay(frame(3, 60, start=gone, jump_from=2), replace(text, signature="")).faults}
    assert "layout.fault.jump_empty" in names


@pytest.mark.parametrize("point", [(-1, 0), (0, 10**9), (0, -5), (99, 3), (1, 0)])
def test_odd_starting_points(point: tuple[int, int]) -> None:
    start = TextPoint(paragraph=point[0], offset=point[1])
    lay(frame(2, 20, start=start, jump_from=1, jump_to=3), article(2))


def test_short_headlines() -> None:
    assert short_headline("千人健步迎“五一”") == "千人健步迎“五一”"
    assert short_headline("把服务送到职工身边 让驿站亮在街头巷尾") == "把服务送到职工身边"
    assert short_headline("江南市总工会举办第十届职工技能创新大赛") == "江南市总工会举办第十届职工技能创新大赛"
    found = lay(frame(3, 30, start=TextPoint(paragraph=1, offset=4), jump_from=2, headline="驿站亮起来"), article(3))
    assert marks(found.frames[0]).startswith("驿站亮起来")
