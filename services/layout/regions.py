"""Free regions: the rectangles of the grid that pinned frames leave open, cut so that each can be filled by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.values.plan import FramePlan
from services.layout.slicing import GAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Columns [column, column + columns), rows [row, row + rows) of the page's grid."""

    column: int
    row: int
    columns: int
    rows: int

    @property
    def area(self) -> int:
        return self.columns * self.rows


LEAST_ROWS = 6


def free_regions(columns: int, first_row: int, last_row: int, pinned: Sequence[FramePlan]) -> tuple[Region, ...]:
    """Open rectangles from the head of the page down; without pins the whole page below `first_row` is one."""
    whole = Region(column=0, row=first_row, columns=columns, rows=last_row - first_row)
    found = _cut(whole, [frame for frame in pinned if _meets(whole, frame)])
    return tuple(sorted(found, key=lambda region: (region.row, region.column)))


def _meets(region: Region, frame: FramePlan) -> bool:
    return (
        frame.column < region.column + region.columns
        and frame.column + frame.columns > region.column
        and frame.row < region.row + region.rows
        and frame.row + frame.rows > region.row
    )


def _cut(region: Region, pinned: Sequence[FramePlan]) -> list[Region]:
    """Above and below the first pinned frame over the full width of the region, then left and right of it."""
    if region.rows < LEAST_ROWS or region.columns < 1:
        return []
    if not pinned:
        return [region]
    frame = min(pinned, key=lambda one: (one.row, one.column))
    end_row = region.row + region.rows
    end_column = region.column + region.columns
    top = max(region.row, frame.row)
    bottom = min(end_row, frame.row + frame.rows)
    parts = [
        Region(column=region.column, row=region.row, columns=region.columns, rows=top - GAP - region.row),
        Region(column=region.column, row=bottom + GAP, columns=region.columns, rows=end_row - bottom - GAP),
        Region(column=region.column, row=top, columns=frame.column - region.column, rows=bottom - top),
        Region(
            column=frame.column + frame.columns,
            row=top,
            columns=end_column - frame.column - frame.columns,
            rows=bottom - top,
        ),
    ]
    out: list[Region] = []
    for part in parts:
        if part.rows >= LEAST_ROWS and part.columns >= 1:
            out += _cut(part, [one for one in pinned if one is not frame and _meets(part, one)])
    return out
