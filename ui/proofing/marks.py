"""Marks painted into a text: names as grounds under the words, findings as underlines over them.

Nothing is put into the document's formats: there is nothing to undo, nothing to lay out again, and the cost of a key
does not grow with the number of marks. Only the blocks in sight are looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextBlock, QTextLine

from models.values.finding import Finding, Tier
from models.values.mention import Mention
from ui.proofing.edits import Splice, shift
from ui.widgets.look import Look

UNDER = 4.0  # px from the baseline to the underline
INKS = {Tier.CERTAIN: "err", Tier.LIKELY: "warn", Tier.HINT: "hint"}
GROUNDS = {Tier.CERTAIN: "errs", Tier.LIKELY: "warns", Tier.HINT: "hints"}
ICONS = {Tier.CERTAIN: "certain", Tier.LIKELY: "likely", Tier.HINT: "hint"}


@dataclass(slots=True)
class Mark:
    """A finding or a mention at [start, end) code points of one editor's text."""

    start: int
    end: int
    what: Finding | Mention

    def moved(self, splice: Splice) -> "Mark | None":
        place = shift(self.start, self.end, splice)
        return None if place is None else Mark(place[0], place[1], self.what)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of one printed line: left and right edge, baseline, top and bottom, in pixels."""

    left: float
    right: float
    baseline: float
    top: float
    bottom: float


def stretches(block: QTextBlock, origin: QPointF, start: int, end: int) -> Iterator[Stretch]:
    """The pieces of lines that hold UTF-16 positions [start, end) of the block; an empty span gives a caret's width."""
    layout = block.layout()
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        first, last = line.textStart(), line.textStart() + line.textLength()
        here = max(start, first), min(end, last)
        if here[0] > here[1] or (here[0] == here[1] and (start != end or not first <= start <= last)):
            continue
        left = _x(line, here[0])
        right = _x(line, here[1])
        if start == end:
            left, right = left - 4, right + 4
        top = origin.y() + line.y()
        yield Stretch(origin.x() + left, origin.x() + right, top + line.ascent(), top, top + line.height())


def _x(line: QTextLine, position: int) -> float:
    found: object = line.cursorToX(position)  # PySide gives the pair (x, position), its stubs say float
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]


def paint_ground(painter: QPainter, stretch: Stretch, colour: QColor) -> None:
    height = min(stretch.bottom - stretch.top, 1.24 * (stretch.baseline - stretch.top) + 2)
    painter.fillRect(QRectF(stretch.left, stretch.bottom - height, stretch.right - stretch.left, height), colour)


def paint_underline(painter: QPainter, stretch: Stretch, tier: Tier, look: Look) -> None:
    """必改 wavy 1.5 px, 疑误 dashed 2 px, 建议 dotted 2 px."""
    y = stretch.baseline + UNDER
    ink = look.colour(INKS[tier])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if tier is Tier.CERTAIN:
        path = QPainterPath(QPointF(stretch.left, y))
        x, up = stretch.left, True
        while x < stretch.right:
            step = min(3.0, stretch.right - x)
            path.quadTo(QPointF(x + step / 2, y - 2.4 if up else y + 2.4), QPointF(x + step, y))
            x, up = x + step, not up
        painter.setPen(QPen(ink, 1.5))
        painter.drawPath(path)
        return
    pen = QPen(ink, 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setDashPattern([2.5, 1.5] if tier is Tier.LIKELY else [1.0, 1.0])
    painter.setPen(pen)
    painter.drawLine(QPointF(stretch.left, y + 0.5), QPointF(stretch.right, y + 0.5))
