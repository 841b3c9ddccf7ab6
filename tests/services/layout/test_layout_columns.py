"""Columns: how many, how wide, and level at the foot."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import Form
from services.layout.columns import level, pour, text_columns
from services.layout.running_text import RowPart, TextRow
from services.layout.templates import template

GRID = template("tabloid")
MARK = RowPart(None, None, 0.0)  # stands for a line; pouring looks at the row alone


def rows(*lengths: int, heads: tuple[int, ...] = ()) -> list[TextRow]:
    """Rows of paragraphs of these lengths; before those numbered in `heads` a blank row and a crosshead."""
    made: list[TextRow] = []
    for index, length in enumerate(lengths):
        if index in heads:
            made += [TextRow((), index, False, False, True), TextRow((MARK,), index, False, False, True)]
        made += [TextRow((MARK,), index, n == 0, n == length - 1) for n in range(length)]
    return made


def test_the_page_s_own_columns() -> None:
    made = text_columns(GRID, 4)
    assert (made.count, made.width, made.gap, made.inset) == (4, 99.0, 12.0, 0.0)
    assert GRID.left + made.x(2) == GRID.column_x(2)


def test_a_tint_changes_the_measure() -> None:
    made = text_columns(GRID, 4, tint=True)
    assert (made.count, made.width, made.gap, made.inset) == (3, 126.0, 13.5, 13.5)
    assert made.x(2) + made.width + made.inset == pytest.approx(GRID.span_width(4))


@given(
    columns=st.integers(1, 6),
    wanted=st.integers(0, 12),
    tint=st.booleans(),
    form=st.sampled_from(list(Form)),
)
def test_columns_fill_their_frame(columns: int, wanted: int, tint: bool, form: Form) -> None:
    made = text_columns(GRID, columns, wanted, tint, form)
    assert made.count >= 1
    assert made.width >= 4 * GRID.body.size
    right = made.x(made.count - 1) + made.width + made.inset
    assert right == pytest.approx(GRID.span_width(columns))
    if made.count > 1:
        assert made.gap >= GRID.gutter
        assert made.width % GRID.body.size == pytest.approx(0.0)


def test_a_photo_caption_runs_in_one_column_while_it_can_be_read() -> None:
    assert text_columns(GRID, 3, form=Form.PHOTO).count == 1
    assert text_columns(GRID, 4, form=Form.PHOTO).count == 2


@given(
    lengths=st.lists(st.integers(1, 12), min_size=1, max_size=8), columns=st.integers(1, 6), height=st.integers(1, 40)
)
@settings(deadline=None, max_examples=200)
def test_level_columns(lengths: list[int], columns: int, height: int) -> None:
    made = rows(*lengths)
    slices, rest = level(made, [height] * columns)
    assert [start for start, _ in slices] == [0, *(end for _, end in slices)][:columns]
    assert rest == min(len(made), columns * height)
    sizes = [end - start for start, end in slices]
    if rest == len(made):
        assert max(sizes) - min(sizes) <= 1
    else:
        assert set(sizes) == {height}


@given(
    lengths=st.lists(st.integers(1, 9), min_size=2, max_size=6),
    heads=st.sets(st.integers(0, 5)),
    columns=st.integers(1, 5),
    height=st.integers(3, 30),
)
@settings(deadline=None, max_examples=200)
def test_crossheads_never_end_a_column(lengths: list[int], heads: set[int], columns: int, height: int) -> None:
    made = rows(*lengths, heads=tuple(heads))
    slices, rest = level(made, [height] * columns)
    for start, end in slices:
        if end > start and end < len(made):
            assert not made[end - 1].keep
        if end > start:
            assert not made[start].blank
    placed = [k for start, end in slices for k in range(start, end)]
    assert placed == sorted(placed)
    assert all(made[k].blank for k in range(rest) if k not in placed)


def test_a_widow_is_avoided_when_a_shorter_column_may_stand_elsewhere() -> None:
    made = rows(4, 6, 1)  # 11 rows in 3 columns: 4 + 4 + 3
    assert [end - start for start, end in level(made, [5, 5, 5])[0]] == [4, 4, 3]
    made = rows(5, 6)
    sizes = [end - start for start, end in level(made, [5, 5, 5])[0]]
    assert sorted(sizes) == [3, 4, 4]
    tops = [made[start] for start, _ in level(made, [5, 5, 5])[0]][1:]
    assert not any(row.last and not row.first for row in tops)


def test_columns_of_unlike_heights_end_level() -> None:
    slices, rest = level(rows(12), [8, 8, 3, 3])
    assert rest == 12
    feet = [top + end - start for top, (start, end) in zip((0, 0, 5, 5), slices, strict=True)]
    assert max(feet) - min(feet) <= 1


def test_pour_drops_a_blank_row_at_a_column_top() -> None:
    made = rows(3, 2, heads=(1,))
    slices, rest = pour(made, [3, 3])
    assert slices == [(0, 3), (4, 7)]
    assert rest == 7
