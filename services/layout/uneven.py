"""Text in columns of different widths 长栏、破栏: broken again at the width of each column as it gets there.

In: an article's part, the columns. Out: rows of each column in turn, as if they were one text. Columns that are alike
are the business of `columns`; here each line depends on the column in which it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.values.article_text import ArticleText
from services.layout.columns import TextColumns
from services.layout.jumps import point_of
from services.layout.pull_quote import Segment
from services.layout.running_text import TextPart, TextRow, TextTypes, text_rows


@dataclass(frozen=True, slots=True)
class Source:
    """The text that is poured."""

    text: ArticleText
    types: TextTypes
    captions: bool
    part: TextPart


Poured = tuple[tuple[TextRow, ...], list[tuple[int, int]], int]


def pour_uneven(source: Source, columns: TextColumns, parted: Sequence[Segment]) -> Poured:
    """Rows, the slice of each segment, and the first row left over; columns end level at the foot."""
    highest = max((one.height for one in parted), default=0)
    low, high = 0, highest  # rows cut from the foot of the columns that may be shortened
    whole = _pour(source, columns, parted)
    if whole[2] < len(whole[0]):
        return whole
    best = whole
    while low < high:
        middle = (low + high + 1) // 2
        tried = _pour(source, columns, _shortened(parted, middle))
        if tried[2] >= len(tried[0]):
            low, best = middle, tried
        else:
            high = middle - 1
    return best


def _shortened(parted: Sequence[Segment], cut: int) -> list[Segment]:
    return [one if one.fixed else replace(one, height=max(0, one.height - cut)) for one in parted]


def _pour(source: Source, columns: TextColumns, parted: Sequence[Segment]) -> Poured:
    rows: list[TextRow] = []
    slices: list[tuple[int, int]] = []
    part, done = source.part, False
    left: tuple[TextRow, ...] = ()
    for one in parted:
        at = len(rows)
        if not done and one.height:
            left = text_rows(source.text, source.types, columns.width_of(one.column), source.captions, False, part)
            while left and left[0].blank:
                left = left[1:]
            count = min(one.height, len(left))
            while count < len(left) and count > 1 and left[count - 1].keep:
                count -= 1  # a crosshead goes with its text
            rows += left[:count]
            left = left[count:]
            done = not left
            if left:
                start = point_of(left[0], len(source.text.body))
                part = TextPart(start, 0, source.part.run_ins)
        slices.append((at, len(rows)))
    if not rows and not done:
        left = text_rows(source.text, source.types, columns.width, source.captions, False, source.part)
    return (*rows, *left), slices, len(rows)
