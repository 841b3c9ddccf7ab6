"""Beside the body: line numbers on the left; on the right the tags of findings, level with their lines."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from models.values.finding import Finding
from ui.proofing.marks import ICONS, INKS
from ui.proofing.text_view import BodyEdit
from ui.widgets.look import Look

WIDTH = 40
TAG_HEIGHT = 22
TAG_LEFT = 60  # px from the text to the tag: the dashed rule runs there


class BesideBody(QWidget):
    """Repaints with the body and hands it the wheel."""

    def __init__(self, look: Look, body: BodyEdit) -> None:
        super().__init__()
        self.look, self.body = look, body
        body.verticalScrollBar().valueChanged.connect(lambda *_: self.update())
        body.document().contentsChanged.connect(self.update)
        body.document().documentLayout().documentSizeChanged.connect(lambda *_: self.update())
        look.changed.connect(self.update)

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self.body.viewport(), event)


class LineNumbers(BesideBody):
    """Every fifth printed line has its number, the others a tick."""

    def __init__(self, look: Look, body: BodyEdit) -> None:
        super().__init__(look, body)
        self.setFixedWidth(WIDTH)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.look.faces.ui(11))
        layout = self.body.document().documentLayout()
        down = self.body.verticalScrollBar().value()
        block, number = self.body.document().begin(), 0
        while block.isValid():
            lines = max(1, block.layout().lineCount())
            top = layout.blockBoundingRect(block).top() - down
            if top > self.height():
                break
            for index in range(lines):
                number += 1
                y = round(top + index * self.body.leading_px)
                if y < -self.body.leading_px:
                    continue
                box = QRect(0, y, WIDTH - 16, self.body.leading_px + 6)
                if number % 5 == 0:
                    painter.setPen(self.look.colour("t3"))
                    painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(number))
                else:
                    painter.setPen(self.look.colour("line2"))
                    middle = box.center().y()
                    painter.drawLine(WIDTH - 20, middle, WIDTH - 16, middle)
            block = block.next()


class MarginTags(BesideBody):
    """One line for each finding; the dashed rule leads from its line to it. A click chooses the finding."""

    chosen = Signal(object)

    def __init__(self, look: Look, body: BodyEdit) -> None:
        super().__init__(look, body)
        self._places: list[tuple[QRect, Finding]] = []
        self.titles: dict[str, str] = {}
        self.covered = QRect()  # where the card lies: no tags under it
        self.setCursor(Qt.CursorShape.ArrowCursor)

    def _spread(self) -> list[tuple[QRect, int, Finding]]:
        """Tags in sight: each level with its line, pushed down where it would lie on the one above."""
        found: list[tuple[QRect, int, Finding]] = []
        free = -1000
        for mark in self.body.marks:
            what = mark.what
            if not isinstance(what, Finding) or what.tier not in self.body.tiers:
                continue
            line = self.body.rect_at(mark.start)
            middle = line.center().y() + 2
            if middle < -TAG_HEIGHT or middle > self.height() + TAG_HEIGHT:
                continue
            top = max(middle - TAG_HEIGHT // 2, free)
            free = top + TAG_HEIGHT
            found.append((QRect(TAG_LEFT, top, self.width() - TAG_LEFT, TAG_HEIGHT), middle, what))
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._places = []
        for box, middle, finding in self._spread():
            if finding is self.body.current:
                painter.setPen(QPen(self.look.colour(INKS[finding.tier]), 1))
                painter.drawLine(QPointF(4, middle + 0.5), QPointF(box.left(), middle + 0.5))
                continue
            if box.intersects(self.covered):
                continue
            self._places.append((box, finding))
            self._paint_tag(painter, box, middle, finding)

    def _paint_tag(self, painter: QPainter, box: QRect, middle: int, finding: Finding) -> None:
        look = self.look
        pen = QPen(look.colour("line2"), 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        level = box.center().y()
        painter.drawLine(QPointF(4, middle + 0.5), QPointF(box.left() - 24, middle + 0.5))
        painter.drawLine(QPointF(box.left() - 24, middle + 0.5), QPointF(box.left() - 8, level + 0.5))
        look.paint_icon(painter, ICONS[finding.tier], INKS[finding.tier], QRectF(box.left(), box.top() + 4, 14, 14))
        left, right = box.left() + 22, box.right() - 4
        title = self.titles.get(finding.rule) or finding.message
        painter.setFont(look.faces.ui(12, bold=True))
        painter.setPen(look.colour("t1"))
        words = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, right - left)
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRect(left, box.top(), right - left, box.height()), flags, words)
        left += painter.fontMetrics().horizontalAdvance(words) + 8
        painter.setFont(look.faces.ui(12))
        painter.setPen(look.colour("t2"))
        short = f"{finding.text} → {finding.suggestions[0] or '∅'}" if finding.suggestions else finding.text
        words = painter.fontMetrics().elidedText(short.replace("\n", "¶"), Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, box.top(), max(0, right - left), box.height()), flags, words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for box, finding in self._places:
            if box.contains(event.position().toPoint()):
                self.chosen.emit(finding)
                return
