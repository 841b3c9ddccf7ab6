"""What a drag does to a frame, in columns and rows. Pure: no widget, no Qt."""

from dataclasses import replace
from enum import StrEnum

from models.values.plan import FramePlan
from models.values.template import PageTemplate

LEAST_ROWS = 3


class Grip(StrEnum):
    """Where a frame is held: inside, or at one of eight handles by compass."""

    INSIDE = "inside"
    N = "n"
    NE = "ne"
    E = "e"
    SE = "se"
    S = "s"
    SW = "sw"
    W = "w"
    NW = "nw"


def dragged(frame: FramePlan, grip: Grip, columns: int, rows: int, template: PageTemplate) -> FramePlan:
    """The frame after its grip was moved by whole columns and rows; it never leaves the type area nor vanishes."""
    if grip is Grip.INSIDE:
        column = _between(frame.column + columns, 0, template.columns - frame.columns)
        row = _between(frame.row + rows, 0, template.rows - frame.rows)
        return replace(frame, column=column, row=row, pinned=True)
    left, right = frame.column, frame.column + frame.columns
    top, bottom = frame.row, frame.row + frame.rows
    if "w" in grip.value:
        left = _between(left + columns, 0, right - 1)
    if "e" in grip.value:
        right = _between(right + columns, left + 1, template.columns)
    if "n" in grip.value:
        top = _between(top + rows, 0, bottom - LEAST_ROWS)
    if "s" in grip.value:
        bottom = _between(bottom + rows, top + LEAST_ROWS, template.rows)
    inner = (
        frame.text_columns if right - left == frame.columns else 0
    )  # an inner measure of its own fits one width only
    return replace(
        frame, column=left, columns=right - left, row=top, rows=bottom - top, text_columns=inner, pinned=True
    )


def steps(template: PageTemplate, dx: float, dy: float) -> tuple[int, int]:
    """Whole columns and rows nearest to a way in points."""
    return round(dx / (template.column_width + template.gutter)), round(dy / template.leading)


def cell(template: PageTemplate, x: float, y: float) -> tuple[int, int]:
    """Column and row under a point of the page, clamped to the type area."""
    column = int((x - template.left) // (template.column_width + template.gutter))
    row = int((y - template.top) // template.leading)
    return _between(column, 0, template.columns - 1), _between(row, 0, template.rows - 1)


def _between(value: int, low: int, high: int) -> int:
    return max(low, min(value, max(low, high)))
