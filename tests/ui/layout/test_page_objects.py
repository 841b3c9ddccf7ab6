"""Boxes and rules on the grid, pictures inside their places, frames parted and joined: never off the page."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.ids import ArticleId
from models.values.plan import BoxPlan, FramePlan, HeadingPlan, PagePlan, PicturePlan, RulePlan
from services.layout.templates import template
from ui.layout.gesture import Grip
from ui.layout.objects import (
    box_between,
    dragged_box,
    dragged_rule,
    joined,
    panned,
    parted,
    rule_between,
    zoomed,
)

TABLOID = template("tabloid")
FRAME = FramePlan(article=ArticleId(1), column=1, row=20, columns=4, rows=30, heading=HeadingPlan(size=28))
PLAN = PagePlan(number=2, template="tabloid", frames=(FRAME,))
cells = st.tuples(st.integers(0, TABLOID.columns - 1), st.integers(0, TABLOID.rows - 1))
spots = st.tuples(st.floats(-50, 900), st.floats(-50, 1200))


def on_page(box: BoxPlan) -> bool:
    across = box.column >= 0 and box.column + box.columns <= TABLOID.columns
    return across and box.row >= 0 and box.row + box.rows <= TABLOID.rows and box.columns > 0 and box.rows > 0


@settings(deadline=None, max_examples=150)
@given(a=cells, b=cells, grip=st.sampled_from(Grip), columns=st.integers(-20, 20), rows=st.integers(-200, 200))
def test_a_box_stays_on_the_page(a: tuple[int, int], b: tuple[int, int], grip: Grip, columns: int, rows: int) -> None:
    box = box_between(a, b, TABLOID)
    assert on_page(box)
    assert on_page(dragged_box(box, grip, columns, rows, TABLOID))


@settings(deadline=None, max_examples=150)
@given(a=spots, b=spots, grip=st.sampled_from(Grip), columns=st.integers(-20, 20), rows=st.integers(-200, 200))
def test_a_rule_lies_level_or_upright_on_the_page(
    a: tuple[float, float], b: tuple[float, float], grip: Grip, columns: int, rows: int
) -> None:
    for rule in (made := rule_between(a, b, TABLOID), dragged_rule(made, grip, columns, rows, TABLOID)):
        assert bool(rule.columns) != bool(rule.rows)
        assert rule.column + rule.columns <= TABLOID.columns
        assert rule.row + rule.rows <= TABLOID.rows
        assert rule.columns or rule.column >= 1


def test_a_short_way_across_is_a_level_rule() -> None:
    rule = rule_between((60, 200), (480, 215), TABLOID)
    assert rule == RulePlan(column=0, row=11, columns=4)


def test_parts_of_a_frame_stand_where_it_stood_and_join_again() -> None:
    for beside in (True, False):
        plan = parted(PLAN, FRAME, beside=beside)
        assert plan is not None
        assert sum(one.columns * one.rows for one in plan.frames) == FRAME.columns * FRAME.rows
        whole = joined(plan, plan.frames[1])
        assert whole is not None
        assert (whole.frames[0].column, whole.frames[0].columns, whole.frames[0].rows) == (1, 4, 30)
        assert len(whole.frames) == 1


@settings(deadline=None, max_examples=150)
@given(across=st.floats(-3, 3), down=st.floats(-3, 3), factor=st.floats(0.2, 8))
def test_a_picture_always_fills_its_place(across: float, down: float, factor: float) -> None:
    crop = (0.2, 0.0, 0.8, 1.0)
    picture = zoomed(PicturePlan(rows=10), crop, factor)
    for one in (picture, panned(picture, picture.crop, across, down)):
        left, top, right, foot = one.crop
        assert 0 <= left < right <= 1.000001
        assert 0 <= top < foot <= 1.000001
        assert abs((right - left) / (foot - top) - 0.6) < 1e-6
