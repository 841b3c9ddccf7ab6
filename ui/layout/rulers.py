"""Rulers beside the page: columns above, rows (or mm) at the left; the range of the selection is lit."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from services.config.messages import text
from ui.layout.canvas import PageCanvas
from ui.layout.session import PageSession
from ui.widgets.look import Look

THICK = 24
MM = 72 / 25.4  # points


class Ruler(QWidget):
    """`upright` is the left ruler."""

    def __init__(self, session: PageSession, canvas: PageCanvas, look: Look, *, upright: bool) -> None:
        super().__init__()
        self._session, self._canvas, self._look, self._upright = session, canvas, look, upright
        self.in_mm = False
        if upright:
            self.setFixedWidth(THICK)
        else:
            self.setFixedHeight(THICK)
        self.setCursor(Qt.CursorShape.SplitHCursor if upright else Qt.CursorShape.SplitVCursor)
        self.setToolTip(text("canvas.guide_hint"))
        canvas.moved.connect(self.update)
        session.selected.connect(self._reselect)
        look.changed.connect(self.update)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A guide is pulled out of the ruler."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._canvas.begin_guide(upright=self._upright)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pull(event, done=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pull(event, done=True)

    def _pull(self, event: QMouseEvent, *, done: bool) -> None:
        spot = self._canvas.viewport().mapFromGlobal(event.globalPosition().toPoint())
        self._canvas.pull_guide(spot, done=done)

    def _reselect(self, article: object) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(THICK, THICK)

    def show_mm(self, in_mm: bool) -> None:
        self.in_mm = in_mm
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("panel"))
        painter.setPen(QPen(self._look.colour("line"), 1))
        if self._upright:
            painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
            self._mm(painter) if self.in_mm else self._rows(painter)
        else:
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
            self._mm(painter) if self.in_mm else self._columns(painter)

    def _font(self, painter: QPainter, *, bold: bool) -> None:
        font = QFont(self.font())
        font.setPixelSize(11)
        font.setBold(bold)
        painter.setFont(font)

    def _x(self, points: float) -> float:
        return self._canvas.viewportTransform().map(QPointF(points, 0)).x()

    def _y(self, points: float) -> float:
        return self._canvas.viewportTransform().map(QPointF(0, points)).y()

    def _columns(self, painter: QPainter) -> None:
        template = self._session.template
        chosen = self._session.frame(self._session.selection)
        for column in range(template.columns):
            lit = chosen is not None and chosen.column <= column < chosen.column + chosen.columns
            left = self._x(template.column_x(column))
            right = self._x(template.column_x(column) + template.column_width)
            area = QRectF(left, 0, right - left, THICK - 1)
            if lit:
                painter.fillRect(area, self._look.colour("acs"))
            painter.setPen(QPen(self._look.colour("line2"), 1))
            for x in (left, right):
                painter.drawLine(QPointF(round(x) + 0.5, THICK - 8), QPointF(round(x) + 0.5, THICK - 2))
            self._font(painter, bold=lit)
            painter.setPen(self._look.colour("ac" if lit else "t2"))
            if area.width() > 16:
                words = text("canvas.column", n=column + 1) if area.width() > 44 else str(column + 1)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)

    def _rows(self, painter: QPainter) -> None:
        template = self._session.template
        chosen = self._session.frame(self._session.selection)
        if chosen is not None:
            top, bottom = self._y(template.row_y(chosen.row)), self._y(template.row_y(chosen.row + chosen.rows))
            painter.fillRect(QRectF(0, top, THICK - 1, bottom - top), self._look.colour("acs"))
        pitch = self._y(template.row_y(10)) - self._y(template.row_y(0))
        every = 10 if pitch >= 24 else 20 if pitch >= 12 else 40
        self._font(painter, bold=False)
        for row in range(0, template.rows + 1, every):
            self._mark(painter, self._y(template.row_y(row)), str(row))

    def _mark(self, painter: QPainter, at: float, words: str) -> None:
        painter.setPen(QPen(self._look.colour("line2"), 1))
        line = round(at) + 0.5
        painter.drawLine(QPointF(THICK - 6, line), QPointF(THICK - 2, line))
        painter.setPen(self._look.colour("t2"))
        painter.drawText(
            QRectF(0, at - 8, THICK - 7, 16), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words
        )

    def _mm(self, painter: QPainter) -> None:
        page = self._session.shown
        place = self._y if self._upright else self._x
        length = (page.height if self._upright else page.width) / MM
        pitch = place(10 * MM) - place(0)
        every = 10 if pitch >= 26 else 50
        self._font(painter, bold=False)
        for mm in range(0, int(length) + 1, every):
            at = place(mm * MM)
            if self._upright:
                self._mark(painter, at, str(mm))
                continue
            painter.setPen(QPen(self._look.colour("line2"), 1))
            painter.drawLine(QPointF(round(at) + 0.5, THICK - 8), QPointF(round(at) + 0.5, THICK - 2))
            painter.setPen(self._look.colour("t2"))
            painter.drawText(QRectF(at - 20, 2, 40, THICK - 10), Qt.AlignmentFlag.AlignCenter, str(mm))
