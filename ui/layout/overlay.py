"""What is drawn over the page in screen px: the selection with its handles, badges of over and room, guides, crops."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QGraphicsView

from models.values.laid_page import LaidFrame
from models.values.plan import BoxPlan, RulePlan
from services.config.messages import text
from ui.layout.drafting import Drafting
from ui.layout.gesture import Grip
from ui.layout.objects import Tool
from ui.layout.session import PageSession
from ui.widgets.look import Look

HANDLE = 7  # px


class Overlay(QGraphicsView):
    """The view with its foreground; what the mouse and the keys do with it is the canvas's."""

    def __init__(self, session: PageSession, look: Look) -> None:
        super().__init__()
        self._session, self._look = session, look
        self._target: QRectF | None = None  # where a dragged article would stand, points
        self.drafting = Drafting(session)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for frame in self._session.shown.frames:
            if not self._session.is_selected(frame):
                self._badge(painter, frame, selected=False)
        self._draw_guides(painter)
        chosen = self._session.laid_frame(self._session.selection)
        if chosen is not None:
            self._draw_selection(painter, chosen)
        if self._session.thing is not None:
            self._draw_thing(painter, self._session.thing)
        if self.drafting.tool is Tool.CROP and (found := self.drafting.picture()) is not None:
            box = found[1].box
            self._draw_crop(painter, self._on_screen(QRectF(box.x, box.y, box.width, box.height)))
        if self.drafting.band is not None:
            painter.setPen(QPen(self._look.colour("ac"), 2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._on_screen(self.drafting.band))
        if self._target is not None:
            painter.setPen(QPen(self._look.colour("ac"), 2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._on_screen(self._target))
        painter.restore()

    def _on_screen(self, area: QRectF) -> QRectF:
        return QRectF(self.viewportTransform().mapRect(area))

    def _box(self, frame: LaidFrame) -> QRectF:
        return self._on_screen(QRectF(frame.box.x, frame.box.y, frame.box.width, frame.box.height))

    def _draw_selection(self, painter: QPainter, frame: LaidFrame) -> None:
        area = self._box(frame)
        accent = self._look.colour("ac")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 1.5))
        painter.drawRect(area)
        painter.setBrush(QColor("#FFFFFF"))
        for point in self._handles(area).values():
            painter.drawRect(QRectF(point.x() - HANDLE / 2, point.y() - HANDLE / 2, HANDLE, HANDLE))
        plan = self._session.frame(frame.article)
        if plan is not None:
            words = text("canvas.size", columns=plan.columns, rows=plan.rows)
            self._tag(painter, QPointF(area.right() + 12, area.top()), words, accent, self._look.colour("on_ac"))
        self._badge(painter, frame, selected=True)

    def _draw_thing(self, painter: QPainter, thing: BoxPlan | RulePlan) -> None:
        area, accent = self._on_screen(self.drafting.area(thing)), self._look.colour("ac")
        painter.setPen(QPen(accent, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        painter.setBrush(QColor("#FFFFFF"))
        for point in self._grips_of(thing, area).values():
            painter.drawRect(QRectF(point.x() - HANDLE / 2, point.y() - HANDLE / 2, HANDLE, HANDLE))
        words = text("canvas.size", columns=thing.columns, rows=thing.rows)
        if isinstance(thing, RulePlan):
            words = text("canvas.thing.rule")
        self._tag(painter, QPointF(area.right() + 12, area.top()), words, accent, self._look.colour("on_ac"))

    def _grips_of(self, thing: BoxPlan | RulePlan, area: QRectF) -> dict[Grip, QPointF]:
        return self._handles(area) if isinstance(thing, BoxPlan) else {Grip.SE: area.bottomRight()}

    def _draw_crop(self, painter: QPainter, area: QRectF) -> None:
        """Thirds of the picture's place, as a photographer's finder shows them."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.colour("ac"), 2))
        painter.drawRect(area)
        painter.setPen(QPen(QColor(255, 255, 255, 170), 1))
        for third in (1, 2):
            x, y = area.left() + third * area.width() / 3, area.top() + third * area.height() / 3
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))

    def _draw_guides(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._look.colour("hint"), 1))
        view = self.viewport().rect()
        for guide in self.drafting.guides:
            at = self.drafting.place(guide)
            spot = self._on_screen(QRectF(at, at, 0, 0)).topLeft()
            if guide.upright:
                painter.drawLine(QPointF(spot.x(), 0), QPointF(spot.x(), view.height()))
            else:
                painter.drawLine(QPointF(0, spot.y()), QPointF(view.width(), spot.y()))

    def _badge(self, painter: QPainter, frame: LaidFrame, *, selected: bool) -> None:
        """+3 行 for overset, −2 行 for room, outside the lower right corner."""
        if frame.overset_lines:
            words = text("canvas.over", n=frame.overset_lines)
        elif frame.empty_lines > 1:
            words = text("canvas.under", n=frame.empty_lines)
        else:
            return
        area = self._box(frame)
        red = self._look.colour("err")
        white = QColor("#FFFFFF")
        ground, ink = (red, white) if selected and frame.overset_lines else (white, red)
        if not frame.overset_lines:
            ink = QColor("#50575F")
        at = (
            QPointF(area.right() + 12, area.bottom() - 22)
            if selected
            else QPointF(area.right() - 58, area.bottom() - 26)
        )
        self._tag(painter, at, words, ground, ink)

    def _tag(self, painter: QPainter, at: QPointF, words: str, ground: QColor, ink: QColor) -> None:
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setBold(True)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(words) + 16
        spot = QRectF(at.x(), at.y(), width, 22)
        spot.moveLeft(min(spot.left(), self.viewport().width() - width - 4))
        painter.setPen(QPen(ink if ground == QColor("#FFFFFF") else ground, 1))
        painter.setBrush(ground)
        painter.drawRoundedRect(spot.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(ink)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, words)

    def _handles(self, area: QRectF) -> dict[Grip, QPointF]:
        middle = area.center()
        return {
            Grip.NW: area.topLeft(),
            Grip.N: QPointF(middle.x(), area.top()),
            Grip.NE: area.topRight(),
            Grip.E: QPointF(area.right(), middle.y()),
            Grip.SE: area.bottomRight(),
            Grip.S: QPointF(middle.x(), area.bottom()),
            Grip.SW: area.bottomLeft(),
            Grip.W: QPointF(area.left(), middle.y()),
        }
