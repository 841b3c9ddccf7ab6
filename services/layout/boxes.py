"""Boxes and rules that stand on a page beside its articles 框、线, and what stands inside a frame so that its text runs
around it.

In: the plan. Out: words, lines and tints in the page's furniture; for a frame the rectangles of the grid that are taken
inside it.
"""

from models.values.laid_page import Box, Ink, Line, Tint
from models.values.plan import Align, BoxPlan, FramePlan, PagePlan, RulePlan, RuleStyle
from models.values.template import PageTemplate, TypeStyle
from services.layout.frame_text import Room
from services.layout.strokes import border_lines, ornament_lines, rule_lines
from services.layout.word_setter import Setter

_EDGE = 3.0  # points that a box keeps off the rows above and below it
_TITLE = 0.62  # of the height of its rows, the size of a title at the most
_BESIDE = 8.0  # points between a title and the ornaments at its sides


def inside(frame: FramePlan, plan: PagePlan) -> tuple[Room, ...]:
    """Boxes and other frames that lie wholly inside a frame and are smaller than it."""
    others: tuple[FramePlan | BoxPlan, ...] = (*plan.boxes, *plan.frames)
    return tuple(
        Room(one.column, one.row, one.columns, one.rows) for one in others if one is not frame and lies_in(one, frame)
    )


def lies_in(one: FramePlan | BoxPlan, frame: FramePlan | BoxPlan) -> bool:
    """Whether a rectangle lies wholly in another that is larger."""
    return (
        frame.column <= one.column
        and one.column + one.columns <= frame.column + frame.columns
        and frame.row <= one.row
        and one.row + one.rows <= frame.row + frame.rows
        and one.columns * one.rows < frame.columns * frame.rows
    )


def set_boxes(setter: Setter, plan: PagePlan) -> None:
    """Tints and borders of boxes, their titles and ornaments; rules."""
    template = setter.template
    for one in plan.boxes:
        box = _cut(one, template)
        if box is not None:
            _set_box(setter, one, box)
    for rule in plan.rules:
        setter.made.lines += _rule(rule, template)


def _cut(one: BoxPlan, template: PageTemplate) -> Box | None:
    """The box in points, cut to the type area; None when nothing of it lies there."""
    columns = min(one.columns, template.columns - one.column)
    rows = min(one.rows, template.rows - one.row)
    if one.column < 0 or one.row < 0 or columns < 1 or rows < 1:
        return None
    height = rows * template.leading
    return Box(
        x=template.column_x(one.column),
        y=template.row_y(one.row) + _EDGE,
        width=template.span_width(columns),
        height=max(2.0, height - 2 * _EDGE),
    )


def _set_box(setter: Setter, one: BoxPlan, box: Box) -> None:
    made, template = setter.made, setter.template
    if one.tint > 0:
        made.tints.append(Tint(box=box, ink=Ink(k=min(one.tint, 1.0))))
    made.lines += border_lines(box, one.border)
    head = min(one.title_rows * template.leading - _EDGE, box.height) if one.title else 0.0
    if one.title and head > 6:
        _set_title(setter, one.title, Box(x=box.x, y=box.y, width=box.width, height=head))
    if one.ornament:
        pad = 6.0 if one.border is not RuleStyle.NONE else 1.0
        room = Box(x=box.x + pad, y=box.y + head + pad, width=box.width - 2 * pad, height=box.height - head - 2 * pad)
        made.lines += ornament_lines(one.ornament, room)


def _set_title(setter: Setter, words: str, box: Box) -> None:
    """栏题 in the middle between two rules, that run out to the box's edges."""
    style = setter.style("box_title")
    style = TypeStyle(role=style.role, size=min(style.size, _TITLE * box.height), leading=style.leading)
    fitted = setter.fit(words, style, box.width - 40.0, 0.5)
    count = len(fitted.display.widths)
    track = 0.5 if 1 < count <= 4 else 0.1
    wide = (fitted.lines[0][2] + track * (count - 1)) * fitted.size if fitted.lines else 0.0
    middle = box.y + box.height / 2
    setter.opened(fitted, track, box, middle + 0.37 * fitted.size, Align.CENTRE)
    left, right = box.x + (box.width - wide) / 2 - _BESIDE, box.x + (box.width + wide) / 2 + _BESIDE
    for x0, x1 in ((box.x, left), (right, box.right)):
        setter.made.lines += rule_lines(x0, middle - 1.2, x1, middle - 1.2, RuleStyle.DOUBLE)


def _rule(rule: RulePlan, template: PageTemplate) -> list[Line]:
    """A level rule in the middle of the row above, an upright one in the middle of the gutter."""
    if not (0 <= rule.column <= template.columns and 0 <= rule.row <= template.rows):
        return []
    if rule.columns > 0:
        columns = min(rule.columns, template.columns - rule.column)
        if columns < 1:
            return []
        x, y = template.column_x(rule.column), template.row_y(rule.row - 0.5)
        return rule_lines(x, y, x + template.span_width(columns), y, rule.style)
    x = template.column_x(rule.column) - template.gutter / 2
    foot = min(rule.row + rule.rows, template.rows)
    return rule_lines(x, template.row_y(rule.row) + 2.0, x, template.row_y(foot) - 1.0, rule.style)
