"""Page plans with one thing changed, put in or taken out. Pure: no widget, no Qt."""

from collections.abc import Iterable
from dataclasses import replace

from models.values.ids import ArticleId
from models.values.plan import BoxPlan, FramePlan, HeadingPlan, PagePlan, RulePlan
from models.values.template import PageTemplate

DROPPED = (2, 12)  # columns and rows of an article dropped on a full page
DROPPED_SIZE = 18.0  # points of its headline


def with_thing(plan: PagePlan, before: object, after: BoxPlan | RulePlan | None) -> PagePlan:
    """The plan with a box or rule changed, or taken away."""
    boxes = tuple(one for box in plan.boxes if isinstance(one := after if box is before else box, BoxPlan))
    rules = tuple(one for rule in plan.rules if isinstance(one := after if rule is before else rule, RulePlan))
    return replace(plan, boxes=boxes, rules=rules)


def unjumped(frames: Iterable[FramePlan]) -> list[FramePlan]:
    """Frames without what follows from the other pages of a jumped article."""
    return [replace(frame, start=None, jump_to=0, jump_from=0) for frame in frames]


def by_hand(plan: PagePlan) -> PagePlan:
    return replace(plan, frames=tuple(unjumped(plan.frames)))


def without(plan: PagePlan, article: ArticleId) -> PagePlan:
    return replace(plan, frames=tuple(frame for frame in plan.frames if frame.article != article))


def over_others(plan: PagePlan, article: ArticleId, column: int, row: int, template: PageTemplate) -> PagePlan:
    """The plan of a full page with the article where it was dropped, over what lies there: the faults tell of it."""
    columns = min(DROPPED[0], template.columns)
    rows = min(DROPPED[1], template.rows)
    size = min(template.heading_steps, key=lambda step: abs(step - DROPPED_SIZE))
    frame = FramePlan(
        article=article,
        column=max(0, min(column, template.columns - columns)),
        row=max(0, min(row, template.rows - rows)),
        columns=columns,
        rows=rows,
        heading=HeadingPlan(size=size, lines=2),
    )
    return replace(plan, frames=(*(one for one in plan.frames if one.article != article), frame))


def with_frame(plan: PagePlan, before: FramePlan, changed: FramePlan) -> PagePlan:
    return replace(plan, frames=tuple(changed if frame is before else frame for frame in plan.frames))
