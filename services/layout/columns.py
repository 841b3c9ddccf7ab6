"""Columns 栏 of a frame: how wide, and how many rows of text stand in each so that they end level.

In: a frame's width in page columns, rows of text. Out: measures and slices of rows. Columns differ by one row at most;
which columns are the shorter is chosen so that no column starts with the last line of a paragraph.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import floor

from models.values.article_text import Form
from models.values.template import PageTemplate
from services.layout.running_text import TextRow

INSET = 13.5  # points between the edge of a tint and its text: 4 mm and a half
_CAPTION_WIDEST = 340.0  # points that the caption of a photo story may run in one column
_WIDOW, _ORPHAN, _UNEVEN = 4.0, 1.0, 1.5


@dataclass(frozen=True, slots=True)
class TextColumns:
    """`count` columns of `width` points, `gap` points apart, the first `inset` points from the frame's left edge.

    `widths` of columns that are not alike; `width` is then that of the first.
    """

    count: int
    width: float
    gap: float
    inset: float
    widths: tuple[float, ...] = ()

    def x(self, column: int) -> float:
        if self.widths:
            return self.inset + sum(self.widths[:column]) + column * self.gap
        return self.inset + column * (self.width + self.gap)

    def width_of(self, column: int) -> float:
        return self.widths[column] if self.widths else self.width

    def span(self, first: int, count: int) -> float:
        """Width of columns [first, first + count) with the gaps between them."""
        return self.x(first + count - 1) + self.width_of(first + count - 1) - self.x(first)


def text_columns(
    template: PageTemplate, columns: int, wanted: int = 0, tint: bool = False, form: Form = Form.NEWS
) -> TextColumns:
    """The columns of text of a frame `columns` page columns wide; `wanted` 0 lets the engine choose their number.

    A measure other than the page's is a whole number of body characters, the rest goes into the gaps.
    """
    inset = INSET if tint else 0.0
    room = template.span_width(columns) - 2 * inset
    count = wanted
    if count <= 0:
        if form is Form.PHOTO:
            count = max(1, -(-int(room) // int(_CAPTION_WIDEST)))
        else:
            count = max(1, columns - 1) if tint else columns
    size = template.body.size
    while count > 1 and (room - (count - 1) * template.gutter) / count < 4 * size:
        count -= 1
    if count == 1:
        return TextColumns(1, room, 0.0, inset)
    if count == columns and not tint:
        return TextColumns(count, template.column_width, template.gutter, 0.0)
    width = floor((room - (count - 1) * template.gutter) / count / size + 1e-6) * size
    return TextColumns(count, width, (room - count * width) / (count - 1), inset)


def uneven_columns(template: PageTemplate, room: float, inset: float, shares: Sequence[float]) -> TextColumns | None:
    """Columns whose widths stand to each other as `shares`, each a whole number of body characters but for the last;
    None for shares that no columns can have.
    """
    size, gap = template.body.size, template.gutter
    kept = [share for share in shares if 0 < share < 100]
    free = room - (len(kept) - 1) * gap
    if len(kept) != len(shares) or len(kept) < 2 or free <= 0:
        return None
    widths = [floor(free * share / sum(kept) / size + 0.5) * size for share in kept[:-1]]
    widths.append(free - sum(widths))
    if min(widths) < 4 * size:
        return None
    return TextColumns(len(widths), widths[0], gap, inset, tuple(widths))


def pour(rows: Sequence[TextRow], heights: Sequence[int]) -> tuple[list[tuple[int, int]], int]:
    """Fills columns of these heights one after the other; returns the rows of each and the first row left over."""
    count = len(rows)
    slices: list[tuple[int, int]] = []
    at = 0
    for height in heights:
        while at < count and rows[at].blank and height:
            at += 1  # no blank row at the top of a column
        end = min(at + height, count)
        back = end
        while back > at and back < count and rows[back - 1].keep:
            back -= 1  # a crosshead goes with its text
        end = back if back > at else end
        slices.append((at, end))
        at = end
    return slices, at


def level(
    rows: Sequence[TextRow], heights: Sequence[int], fixed: frozenset[int] = frozenset()
) -> tuple[list[tuple[int, int]], int]:
    """Pours rows into columns of at most these heights so that the columns end level at the foot.

    `fixed` columns are filled to their height: they are the upper part of a column that something stands in.
    """
    count = len(rows)
    slices, rest = pour(rows, heights)
    if rest < count or count == 0:
        return slices, rest
    cut = 0
    most = max(heights)
    while cut < most and _fits(rows, pour(rows, _shortened(heights, cut + 1, fixed))):
        cut += 1
    tall = _shortened(heights, cut, fixed)
    best = (badness(rows, pour(rows, tall)[0], ()), pour(rows, tall))
    free = [column for column in range(len(heights)) if column not in fixed]
    for shorter in range(len(free) - 1, 0, -1):
        found = []
        for chosen in combinations(free, shorter):
            tried = pour(rows, [max(0, height - (column in chosen)) for column, height in enumerate(tall)])
            if _fits(rows, tried):
                found.append((badness(rows, tried[0], chosen), tried))
        if found:
            best = min(found, key=lambda pair: pair[0])
            break
    return best[1]


def _shortened(heights: Sequence[int], cut: int, fixed: frozenset[int]) -> list[int]:
    return [height if column in fixed else max(0, height - cut) for column, height in enumerate(heights)]


def _fits(rows: Sequence[TextRow], poured: tuple[list[tuple[int, int]], int]) -> bool:
    """Whether every row found a place and no crosshead is parted from its text."""
    count = len(rows)
    return poured[1] >= count and not any(start < end < count and rows[end - 1].keep for start, end in poured[0])


def is_widow(row: TextRow) -> bool:
    """The last line of a paragraph of two lines or more."""
    return row.last and not row.first


def badness(rows: Sequence[TextRow], slices: Sequence[tuple[int, int]], shorter: Sequence[int]) -> float:
    """How ill the columns begin and end: widows, orphans, a short column left of a long one."""
    bad = 0.0
    for number, (start, end) in enumerate(slices):
        if end <= start:
            continue
        top, foot = rows[start], rows[end - 1]
        if number and is_widow(top):
            bad += _WIDOW
        if end < len(rows) and foot.first and not foot.last:
            bad += _ORPHAN
    # the shorter columns belong on the right
    return bad + _UNEVEN * sum(column + 1 not in shorter and column + 1 < len(slices) for column in shorter)
