"""Copy-fit: counted as the page is set; what is said to save a line saves it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import ArticleText, Paragraph, Part
from models.values.ids import ArticleId
from models.values.plan import FramePlan, HeadingPlan, PullQuote
from services.layout.fit import fit, savers, told
from services.layout.flow import lay_frame
from services.layout.measure import Measure
from services.layout.templates import template
from tests.services.layout.invented import FONTS

GRID = template("tabloid")
PLAN = FramePlan(article=ArticleId(1), column=0, row=0, columns=3, rows=20, heading=HeadingPlan(size=24, lines=2))
WORDS = st.text(st.sampled_from("江南市总工会今年新建职工驿站，一百二十个。"), min_size=1, max_size=200)


def article(*bodies: str) -> ArticleText:
    return ArticleText(headline="江南", body=tuple(Paragraph(text=one) for one in bodies))


@given(bodies=st.lists(WORDS, min_size=1, max_size=8), rows=st.integers(5, 40), columns=st.integers(1, 4))
@settings(deadline=None, max_examples=60)
def test_the_count_is_that_of_the_page(bodies: list[str], rows: int, columns: int) -> None:
    plan = replace(PLAN, rows=rows, columns=columns, heading=replace(PLAN.heading, rows=4))
    text = article(*bodies)
    found = fit(plan, text, GRID, FONTS)
    laid = lay_frame(plan, text, GRID, FONTS)
    assert found.room == columns * (rows - 4)
    assert found.over == found.lines - found.room
    if found.over <= 0 or found.over > 3:
        assert max(0, found.over) == laid.overset_lines
    else:
        assert laid.overset_lines in (0, found.over)  # the engine squeezes up to three lines away
        assert laid.overset_lines == 0 or found.squeezable < found.over
    assert len(told(found)) == 2 + len(found.runts)


@given(bodies=st.lists(WORDS, min_size=1, max_size=6), columns=st.integers(1, 3))
@settings(deadline=None, max_examples=60)
def test_a_cut_saves_its_line(bodies: list[str], columns: int) -> None:
    plan = replace(PLAN, columns=columns)
    text = article(*bodies)
    found = fit(plan, text, GRID, FONTS)
    for runt in found.runts:
        if runt.squeezes:
            assert found.squeezable > 0
            continue
        whole = bodies[runt.ref.index]
        foot = len(whole.rstrip("，。"))
        shorter = list(bodies)
        shorter[runt.ref.index] = whole[: foot - runt.cut] + whole[foot:]
        assert fit(plan, article(*shorter), GRID, FONTS).lines == found.lines - 1


def test_editors_units() -> None:
    line = "江南市总工会今年新建驿"  # eleven characters
    text = article(line[2:] + line * 9 + "站。", line[2:] + line * 2)
    found = fit(replace(PLAN, rows=7, heading=replace(PLAN.heading, rows=4)), text, GRID, FONTS)
    assert (found.lines, found.columns, found.rows, found.characters, found.over) == (14, 3, 5, 11.0, 5)
    (runt,) = found.runts
    assert (runt.ref.index, runt.words, runt.lines, runt.cut) == (0, "驿站。", 11, 2)
    assert savers(found) == (runt,)
    words = told(found)
    assert "14 行" in words[0]
    assert "5 行×3 栏" in words[0]
    assert words[1].startswith("+5 行")
    open_ = fit(replace(PLAN, rows=9, heading=replace(PLAN.heading, rows=4)), text, GRID, FONTS)
    assert (open_.over, open_.short_by) == (-1, 11)
    assert told(open_)[1].startswith("−1 行")


def test_a_runt_that_squeezing_saves() -> None:
    """Seven lines as they are best set, six when the marks are squeezed: nothing has to be cut."""
    text = article(
        "江南市总、江南市总，江南市总工会今年；江南市总工；江南市总工会今年；江南市总工会今，江南市总工会、江南市总工，"
        "江南市总；职工叫好。"
    )
    plan = replace(PLAN, columns=1, rows=9, heading=replace(PLAN.heading, rows=3))
    found = fit(plan, text, GRID, FONTS)
    (runt,) = found.runts
    assert (runt.words, runt.squeezes, found.lines, found.over, found.squeezable) == ("叫好。", True, 7, 1, 1)
    assert "挤紧" in told(found)[-1]
    assert lay_frame(plan, text, GRID, FONTS).overset_lines == 0  # as the engine does of itself


def test_crossheads_captions_and_quotes_count_as_set() -> None:
    text = ArticleText(
        headline="江南举办活动",
        body=(
            Paragraph(text="近日，江南市总工会举办活动。" * 12),
            Paragraph(text="送到身边", part=Part.CROSSHEAD),
            Paragraph(text="坚持以职工为中心、以需求为导向。" * 12),
        ),
    )
    rows = Measure(GRID, FONTS).frame_rows(text, PLAN)
    plain = fit(replace(PLAN, rows=rows), text, GRID, FONTS)
    assert plain.over <= 0
    quoted = replace(PLAN, rows=rows, pull_quote=PullQuote(words="以职工为中心\n以需求为导向"))
    assert fit(quoted, text, GRID, FONTS).room == plain.room - 5
