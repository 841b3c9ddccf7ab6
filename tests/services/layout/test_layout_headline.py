"""Headings: stepped down, turned over at good places, clear of the edges, whole rows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import ArticleText, Part
from models.values.plan import Align, HeadingPlan
from models.values.template import FontRole
from services.layout.headline import CLEAR, SetHeading, set_heading
from services.layout.templates import template
from tests.services.layout.invented import FONTS

GRID = template("tabloid")
WORDS = st.lists(
    st.sampled_from(
        ["江南市", "总工会", "“暖心驿站”", "2026", "职工", "举办", "、", "，", "——", "GDP", "启动", "与", " "]
    ),
    min_size=1,
    max_size=14,
).map("".join)


def heading(
    text: str,
    width: float,
    size: float = 28,
    lines: int = 1,
    *,
    breaks: frozenset[int] | None = frozenset(range(99)),
    keep: frozenset[str] = frozenset(),
    **more: str,
) -> SetHeading:
    article = ArticleText(headline=text, **more)  # type: ignore[arg-type]
    plan = HeadingPlan(size=size, role=FontRole.SONG_BOLD, lines=lines)
    return set_heading(article, plan, width, GRID, FONTS, keep, breaks)


def lines_of(made: SetHeading, part: Part = Part.HEADLINE) -> list[str]:
    found: dict[float, str] = {}
    for run in made.runs(0.0, 0.0, made.rows * GRID.leading):
        assert run.source is not None
        if run.source.ref.part is part:
            found[run.baseline] = found.get(run.baseline, "") + run.text
    return list(found.values())


def test_a_heading_that_fits_keeps_its_size() -> None:
    made = heading("城东区为职工体检", 321.0)
    assert (made.size, made.turned) == (28, 1)


def test_it_steps_down_the_scale() -> None:
    made = heading("城东区总工会为一线职工免费体检", 321.0)
    assert made.size in GRID.heading_steps
    assert made.size == 20
    assert made.turned == 1


def test_it_is_turned_over_at_the_end_of_a_word() -> None:
    text = "房前区总工会启动“每日阅读好书”活动"
    made = heading(text, 321.0, lines=2, breaks=frozenset({3, 6, 8, 11, 13, 15, 16, 18}))
    assert made.size == 28
    assert lines_of(made) == ["房前区总工会启动", "“每日阅读好书”活动"]


def test_words_are_found_when_none_are_given() -> None:
    made = heading("江南市总工会部署职工技能大赛筹备工作", 210.0, size=26.25, lines=2, breaks=None)
    first, second = lines_of(made)
    assert first + second == "江南市总工会部署职工技能大赛筹备工作"
    assert first.endswith(("部署", "职工", "技能", "总工会"))


def test_a_kept_name_is_not_parted() -> None:
    text = "欧阳晓明当选江南市劳动模范"
    for width in range(90, 200, 10):
        made = heading(text, float(width), lines=2, keep=frozenset({"欧阳晓明"}))
        assert not any("欧阳晓明"[:n] == line[-n:] for line in lines_of(made)[:1] for n in (1, 2, 3))


def test_quotes_take_half_an_em_or_little_more() -> None:
    made = heading("“暖心”", 321.0, size=20)
    xs = [x for run in made.runs(0.0, 0.0, 60.0) for x in run.xs]
    assert xs[2] - xs[1] == pytest.approx(21.0)  # a short heading is opened by 0.05 em
    assert xs[3] - xs[2] == pytest.approx(21.0)
    (line,) = made.placed
    assert line.line[2] == pytest.approx(2 + 2 * 0.55, abs=0.12)


@given(text=WORDS, width=st.sampled_from([99.0, 210.0, 321.0, 654.0]), lines=st.integers(1, 3))
@settings(deadline=None, max_examples=150)
def test_headings_stay_clear_of_the_edges_and_lose_nothing(text: str, width: float, lines: int) -> None:
    made = heading(text, width, lines=lines)
    kept = "".join(lines_of(made))
    assert kept.replace(" ", "") == text.replace(" ", "")
    for run in made.runs(0.0, 0.0, made.rows * GRID.leading):
        assert run.xs[-1] <= width
    for one in made.placed:
        assert one.line[2] * one.fitted.size <= max(width - 2 * CLEAR, 2.2 * one.fitted.size) + 0.01
    assert made.rows * GRID.leading >= made.ink + 8.0


@given(text=WORDS)
@settings(deadline=None, max_examples=60)
def test_parts_stand_one_under_the_other_inside_their_rows(text: str) -> None:
    made = heading(text, 321.0, lines=2, kicker="江南市总工会召开全会", deck="今年将新建站点120个")
    height = made.rows * GRID.leading
    baselines = [run.baseline for run in made.runs(0.0, 0.0, height)]
    assert baselines == sorted(baselines)
    assert all(0 < baseline < height for baseline in baselines)
    assert lines_of(made, Part.KICKER) == ["江南市总工会召开全会"]
    assert lines_of(made, Part.DECK) == ["今年将新建站点120个"]


def test_rows_are_given_or_taken() -> None:
    article = ArticleText(headline="城东区为职工体检")
    wide = HeadingPlan(size=28, rows=7, align=Align.LEFT)
    made = set_heading(article, wide, 321.0, GRID, FONTS)
    assert made.rows == 7
    assert min(run.xs[0] for run in made.runs(10.0, 0.0, 84.0)) == pytest.approx(10.0, abs=0.1)
    tight = HeadingPlan(size=28, rows=1)
    assert set_heading(article, tight, 321.0, GRID, FONTS).rows == 4


def test_kicker_and_deck_are_smaller_than_the_headline() -> None:
    made = heading("城东区为职工体检", 321.0, kicker="江南市总工会", deck="首批860人受益")
    sizes = {run.source.ref.part: run.size for run in made.runs(0, 0, 90) if run.source}
    assert sizes[Part.KICKER] < sizes[Part.HEADLINE]
    assert sizes[Part.DECK] < sizes[Part.KICKER]
