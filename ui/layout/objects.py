"""What an editor does to boxes, rules, pictures' crops and parts of articles, in columns and rows. Pure: no Qt."""

from dataclasses import replace
from enum import StrEnum

from models.values.plan import BoxPlan, FramePlan, PagePlan, PicturePlan, RulePlan, RuleStyle
from models.values.template import PageTemplate
from ui.layout.gesture import Grip

LEAST = 3  # rows of a box, and of each half of a frame that is parted
CLOSEST = 0.05  # part of a picture that is shown at the least

Crop = tuple[float, ...]


class Tool(StrEnum):
    """What the mouse does on the page."""

    SELECT = "select"
    BOX = "box"
    RULE = "rule"
    CROP = "crop"


def box_between(a: tuple[int, int], b: tuple[int, int], template: PageTemplate) -> BoxPlan:
    """A box over the cells (column, row) from one corner to the other."""
    column, row = min(a[0], b[0]), min(a[1], b[1])
    rows = max(LEAST, abs(a[1] - b[1]) + 1)
    return BoxPlan(
        column=column,
        row=min(row, template.rows - rows),
        columns=abs(a[0] - b[0]) + 1,
        rows=rows,
        border=RuleStyle.THIN,
    )


def rule_between(a: tuple[float, float], b: tuple[float, float], template: PageTemplate) -> RulePlan:
    """A rule between two points of the page: level in the middle of a row, or upright in a gutter."""
    step = template.column_width + template.gutter
    columns = [
        _clamp(round((x - template.left - template.column_width / 2) / step), template.columns) for x in (a[0], b[0])
    ]
    rows = [_clamp(round((y - template.top) / template.leading), template.rows + 1) for y in (a[1], b[1])]
    if abs(a[0] - b[0]) >= abs(a[1] - b[1]):
        left, right = min(columns), max(columns)
        return RulePlan(column=left, row=max(1, rows[0]), columns=right - left + 1)
    gutter = max(1, _clamp(round((a[0] - template.left) / step), template.columns))
    top, foot = min(rows), max(rows)
    return RulePlan(column=gutter, row=min(top, template.rows - 1), rows=max(1, foot - top))


def dragged_box(box: BoxPlan, grip: Grip, columns: int, rows: int, template: PageTemplate) -> BoxPlan:
    """The box after its grip was moved by whole columns and rows; it stays on the page."""
    if grip is Grip.INSIDE:
        return replace(
            box,
            column=_between(box.column + columns, 0, template.columns - box.columns),
            row=_between(box.row + rows, 0, template.rows - box.rows),
        )
    left, right, top, foot = box.column, box.column + box.columns, box.row, box.row + box.rows
    if "w" in grip.value:
        left = _between(left + columns, 0, right - 1)
    if "e" in grip.value:
        right = _between(right + columns, left + 1, template.columns)
    if "n" in grip.value:
        top = _between(top + rows, 0, foot - LEAST)
    if "s" in grip.value:
        foot = _between(foot + rows, top + LEAST, template.rows)
    return replace(box, column=left, columns=right - left, row=top, rows=foot - top)


def dragged_rule(rule: RulePlan, grip: Grip, columns: int, rows: int, template: PageTemplate) -> RulePlan:
    """Moved, or made longer at its end, by whole columns and rows."""
    if grip is not Grip.INSIDE:
        if rule.columns:
            return replace(rule, columns=_between(rule.columns + columns, 1, template.columns - rule.column))
        return replace(rule, rows=_between(rule.rows + rows, 1, template.rows - rule.row))
    if rule.columns:
        column = _between(rule.column + columns, 0, template.columns - rule.columns)
        return replace(rule, column=column, row=_between(rule.row + rows, 1, template.rows))
    column = _between(rule.column + columns, 1, template.columns - 1)
    return replace(rule, column=column, row=_between(rule.row + rows, 0, template.rows - rule.rows))


def parted(plan: PagePlan, frame: FramePlan, *, beside: bool) -> PagePlan | None:
    """The plan with a frame parted into two, the text going on from one to the other; None where there is no room."""
    if beside:
        if frame.columns < 2:
            return None
        half = frame.columns // 2
        first = replace(frame, columns=half, text_columns=0, shares=())
        rest = replace(frame, column=frame.column + half, columns=frame.columns - half, text_columns=0, shares=())
    else:
        half = frame.rows * 2 // 3
        if frame.rows - half < LEAST:
            return None
        first, rest = replace(frame, rows=half), replace(frame, row=frame.row + half, rows=frame.rows - half)
    second = replace(rest, picture=None, pull_quote=None, headline="", rule_above=False, filler="")
    at = next(number for number, one in enumerate(plan.frames) if one is frame)
    return replace(plan, frames=(*plan.frames[:at], first, second, *plan.frames[at + 1 :]))


def joined(plan: PagePlan, frame: FramePlan) -> PagePlan | None:
    """The plan with the parts of an article on this page as one frame over all of them; None when there is but one."""
    parts = [one for one in plan.frames if one.article == frame.article]
    if len(parts) < 2:
        return None
    column, row = min(one.column for one in parts), min(one.row for one in parts)
    right = max(one.column + one.columns for one in parts)
    foot = max(one.row + one.rows for one in parts)
    whole = replace(
        parts[0], column=column, row=row, columns=right - column, rows=foot - row, text_columns=0, shares=(), jump_to=0
    )
    kept = tuple(whole if one is parts[0] else one for one in plan.frames if one is parts[0] or one not in parts)
    return replace(plan, frames=kept)


def panned(picture: PicturePlan, crop: Crop, across: float, down: float) -> PicturePlan:
    """The picture moved inside its place by parts of what is shown; it always fills its place."""
    left, top, right, foot = crop
    wide, high = right - left, foot - top
    left = min(max(0.0, left - across * wide), 1.0 - wide)
    top = min(max(0.0, top - down * high), 1.0 - high)
    return replace(picture, crop=(left, top, left + wide, top + high))


def zoomed(picture: PicturePlan, crop: Crop, factor: float) -> PicturePlan:
    """The picture made larger (above 1) or smaller inside its place, about the middle of what is shown."""
    left, top, right, foot = crop
    wide, high = right - left, foot - top
    part = min(max(1.0 / factor, CLOSEST / min(wide, high)), 1.0 / max(wide, high))
    middle_x, middle_y, wide, high = (left + right) / 2, (top + foot) / 2, wide * part, high * part
    left = min(max(0.0, middle_x - wide / 2), 1.0 - wide)
    top = min(max(0.0, middle_y - high / 2), 1.0 - high)
    return replace(picture, crop=(left, top, min(1.0, left + wide), min(1.0, top + high)))


def _clamp(value: int, count: int) -> int:
    return _between(value, 0, count - 1)


def _between(value: int, low: int, high: int) -> int:
    return max(low, min(value, max(low, high)))
