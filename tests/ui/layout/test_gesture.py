"""Dragging frames: whole columns and rows, never off the page, never to nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.ids import ArticleId
from models.values.plan import FramePlan, HeadingPlan
from services.layout.templates import template
from ui.layout.gesture import LEAST_ROWS, Grip, cell, dragged, steps

TABLOID = template("tabloid")
FRAME = FramePlan(article=ArticleId(1), column=2, row=20, columns=2, rows=30, heading=HeadingPlan(size=28))


def test_inside_moves_without_resizing() -> None:
    moved = dragged(FRAME, Grip.INSIDE, 1, -5, TABLOID)
    assert (moved.column, moved.row, moved.columns, moved.rows) == (3, 15, 2, 30)
    assert moved.pinned


def test_a_corner_resizes_two_edges() -> None:
    moved = dragged(FRAME, Grip.NE, 1, 4, TABLOID)
    assert (moved.column, moved.row, moved.columns, moved.rows) == (2, 24, 3, 26)


def test_an_inner_measure_is_given_up_when_the_width_changes() -> None:
    from dataclasses import replace

    framed = replace(FRAME, text_columns=3)
    assert dragged(framed, Grip.E, 1, 0, TABLOID).text_columns == 0
    assert dragged(framed, Grip.S, 0, 2, TABLOID).text_columns == 3


@settings(deadline=None, max_examples=200)
@given(grip=st.sampled_from(Grip), columns=st.integers(-20, 20), rows=st.integers(-200, 200))
def test_a_frame_stays_on_the_page(grip: Grip, columns: int, rows: int) -> None:
    moved = dragged(FRAME, grip, columns, rows, TABLOID)
    assert 0 <= moved.column < moved.column + moved.columns <= TABLOID.columns
    assert 0 <= moved.row < moved.row + moved.rows <= TABLOID.rows
    assert moved.columns >= 1
    assert moved.rows >= LEAST_ROWS


def test_points_to_columns_and_rows() -> None:
    pitch = TABLOID.column_width + TABLOID.gutter
    assert steps(TABLOID, pitch * 1.4, -TABLOID.leading * 2.6) == (1, -3)
    assert cell(TABLOID, TABLOID.column_x(3) + 1, TABLOID.row_y(7) + 1) == (3, 7)
    assert cell(TABLOID, -500, 9999) == (0, TABLOID.rows - 1)
