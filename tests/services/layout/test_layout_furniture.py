"""Masthead, folio line, slogan: all words printed, inside the type area."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.issue import Folio
from models.values.plan import PagePlan
from services.layout.furniture import RED, Furniture, first_free_row, furnish
from services.layout.templates import template, template_names
from tests.services.layout.invented import FOLIO, FONTS

GRID = template("tabloid")
EMPTY = PagePlan(number=2, template="tabloid")
WORDS = st.text(st.sampled_from("江南职工报天地人 ab1（）·"), max_size=60)


def words(made: Furniture) -> str:
    return "".join(run.text for run in made.runs)


@given(
    name=WORDS,
    page_name=WORDS,
    editors=st.lists(st.tuples(WORDS, WORDS), max_size=4),
    slogan=WORDS,
    front=st.booleans(),
)
@settings(deadline=None, max_examples=80)
def test_no_word_is_lost_and_none_leaves_the_type_area(
    name: str, page_name: str, editors: list[tuple[str, str]], slogan: str, front: bool
) -> None:
    folio = Folio(
        publication=name,
        date=datetime.date(2026, 3, 20),
        page_number=1 if front else 17,
        page_name=page_name,
        total_number=None,
        editors=tuple(editors),
    )
    made = furnish(replace(EMPTY, slogan=slogan), folio, GRID, FONTS)
    printed = words(made).replace(" ", "").replace("\u3000", "")
    for given_words in (name, slogan, *(part for pair in editors for part in pair), "" if front else page_name):
        assert given_words.replace(" ", "") in printed
    for run in made.runs:
        assert run.xs[0] >= GRID.left - 0.6 * run.size
        assert run.xs[-1] <= GRID.left + GRID.type_width + 0.01
        assert 0 < run.baseline < GRID.row_y(GRID.masthead_rows + 4)


def test_the_folio_line_of_the_reference_page() -> None:
    made = furnish(EMPTY, replace(FOLIO, publication=""), GRID, FONTS)
    by_text = {run.text: run for run in made.runs}
    assert by_text["02"].size == 30
    assert by_text["工会新闻"].size == 19
    assert by_text["2026年3月20日　星期五"].size == 9
    thick, thin = made.lines
    assert (thick.width, thin.width) == (1.8, 0.4)
    assert thin.y0 - thick.y0 == pytest.approx(3.0)
    assert thin.y0 < GRID.top


def test_the_slogan_stands_white_on_red_over_the_full_measure() -> None:
    made = furnish(replace(EMPTY, slogan="弘扬劳模精神 凝聚奋进力量"), FOLIO, GRID, FONTS)
    (tint,) = made.tints
    assert tint.ink == RED
    assert (tint.box.x, tint.box.y, tint.box.width, tint.box.height) == (55.7, 66.0, 654.0, 35.0)
    run = next(run for run in made.runs if run.text.startswith("弘扬"))
    assert run.ink.k == run.ink.m == 0.0
    left, right = run.xs[0] - tint.box.x, tint.box.right - run.xs[-1] - run.size
    assert left == pytest.approx(right, abs=0.5)


@pytest.mark.parametrize("name", template_names())
def test_articles_start_under_masthead_and_slogan(name: str) -> None:
    grid = template(name)
    slogan = replace(EMPTY, slogan="弘扬劳模精神")
    front = replace(FOLIO, page_number=1)
    assert first_free_row(EMPTY, FOLIO, grid) == 0
    assert first_free_row(slogan, FOLIO, grid) == 3
    assert first_free_row(slogan, front, grid) == grid.masthead_rows + 3
    made = furnish(slogan, front, grid, FONTS)
    foot = grid.row_y(first_free_row(slogan, front, grid))
    assert all(run.baseline < foot for run in made.runs)
    assert all(line.y0 < made.tints[-1].box.y for line in made.lines)
