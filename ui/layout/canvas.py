"""The page at true size: draws what the engine laid, and turns mouse and keys into whole columns and rows."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from models.values.ids import ArticleId, PictureId
from models.values.laid_page import LaidFrame, LaidPage
from models.values.plan import FramePlan, RulePlan
from services.config.messages import text
from ui.layout.drafting import NEAR
from ui.layout.frame_menu import frame_menu, thing_menu
from ui.layout.gesture import Grip, cell, dragged, steps
from ui.layout.objects import Tool
from ui.layout.overlay import Overlay
from ui.layout.page_items import PageItems
from ui.layout.painting import PictureSource, RunPainter
from ui.layout.pictures import dropped_pictures
from ui.layout.session import PageSession
from ui.widgets.look import Look
from ui.widgets.mime import dragged_article

GRAB = 8  # px beside an edge that still holds it
LEAST_ZOOM, MOST_ZOOM = 0.1, 8.0
CURSORS = {
    Grip.N: Qt.CursorShape.SizeVerCursor,
    Grip.S: Qt.CursorShape.SizeVerCursor,
    Grip.E: Qt.CursorShape.SizeHorCursor,
    Grip.W: Qt.CursorShape.SizeHorCursor,
    Grip.NE: Qt.CursorShape.SizeBDiagCursor,
    Grip.SW: Qt.CursorShape.SizeBDiagCursor,
    Grip.NW: Qt.CursorShape.SizeFDiagCursor,
    Grip.SE: Qt.CursorShape.SizeFDiagCursor,
}


TOOL_CURSORS = {
    Tool.SELECT: Qt.CursorShape.ArrowCursor,
    Tool.BOX: Qt.CursorShape.CrossCursor,
    Tool.RULE: Qt.CursorShape.CrossCursor,
    Tool.CROP: Qt.CursorShape.OpenHandCursor,
}


@dataclass(frozen=True, slots=True)
class Hold:
    """A drag under way: which frame, by which grip, from which point of the page."""

    article: ArticleId
    grip: Grip
    start: QPointF
    frame: FramePlan | None = None  # as it was


class PageCanvas(Overlay):
    zoomed = Signal(float)
    opened = Signal(object)  # ArticleId that was double-clicked
    pointed = Signal(int, int)  # column, row under the pointer, from 0
    tool_changed = Signal(object)  # Tool
    moved = Signal()  # what is in view has changed: rulers follow

    def __init__(self, session: PageSession, look: Look, runs: RunPainter, pictures: PictureSource) -> None:
        super().__init__(session, look)
        self._hold: Hold | None = None
        self._fit = True
        scene = QGraphicsScene(self)
        self.setScene(scene)
        self._items = PageItems(scene, session, look, runs, pictures)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(text("canvas.name"))
        session.laid.connect(self._show)
        session.regridded.connect(self._regrid)
        session.selected.connect(self._reselect)
        look.changed.connect(self._recolour)
        self._recolour()
        self._show(session.shown)

    # -- what is shown -----------------------------------------------------------------------------------------------
    def _show(self, laid: LaidPage) -> None:
        self._items.show(laid)
        self.viewport().update()
        self.moved.emit()

    @property
    def is_drawn(self) -> bool:
        """Whether everything stands with the pixels of the scale in force."""
        return self._items.is_drawn

    def draw_anew(self, laid: LaidPage) -> None:
        """Shows a page with nothing of what was drawn before."""
        self._items.clear()
        self._show(laid)

    def show_picture(self, picture: object) -> None:
        """A picture has been read from the store."""
        if isinstance(picture, int):
            self._items.show_picture(PictureId(picture))
            self.viewport().update()

    def _reselect(self, article: object) -> None:
        self.viewport().update()

    def _regrid(self) -> None:
        self._items.put_template(self._session.template)
        if self._fit:
            self.fit()

    def choose_tool(self, tool: Tool) -> None:
        """V, B, L, C or the tool bar."""
        self.drafting.tool = tool
        self._tell_tool()

    def _tell_tool(self) -> None:
        self.viewport().setCursor(TOOL_CURSORS[self.drafting.tool])
        self.tool_changed.emit(self.drafting.tool)
        self.viewport().update()

    def begin_guide(self, *, upright: bool) -> None:
        """The pointer pulls a guide out of a ruler."""
        self.drafting.begin_guide(upright=upright)

    def pull_guide(self, spot: QPoint, *, done: bool) -> None:
        """The pointer, in px of the viewport, goes on from the ruler."""
        point = self.mapToScene(spot)
        self.drafting.drag_guide(point)
        if done:
            self.drafting.release(point)
        self.viewport().update()

    def show_grid(self, *, columns: bool, rows: bool) -> None:
        self._items.show_grid(columns=columns, rows=rows)

    def _recolour(self) -> None:
        self.setBackgroundBrush(self._look.colour("past"))
        self._items.recolour()

    @property
    def zoom(self) -> float:
        """Screen px a point, over true size: 1.0 shows the page as large as it is printed."""
        return self.transform().m11() / self._true()

    def _true(self) -> float:
        return self.logicalDpiX() / 72.0

    def zoom_to(self, zoom: float) -> None:
        self._fit = False
        self._show_bars(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scale(max(LEAST_ZOOM, min(zoom, MOST_ZOOM)) * self._true())

    def fit(self) -> None:
        """The whole sheet in view, and kept so while the window is resized."""
        self._fit = True
        self._show_bars(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page, view = self._session.shown, self.viewport().rect()
        margin = 32
        wide, high = max(view.width() - margin, 50), max(view.height() - margin, 50)
        self._scale(min(wide / page.width, high / page.height))
        self.centerOn(page.width / 2, page.height / 2)

    def _show_bars(self, policy: Qt.ScrollBarPolicy) -> None:
        self.setHorizontalScrollBarPolicy(policy)
        self.setVerticalScrollBarPolicy(policy)

    def _scale(self, factor: float) -> None:
        self.resetTransform()
        self.scale(factor, factor)
        self.zoomed.emit(self.zoom)
        self.moved.emit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        if self._fit:
            self.fit()
        self.moved.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.moved.emit()

    # -- mouse -------------------------------------------------------------------------------------------------------
    def _grip_at(self, spot: QPointF) -> Grip | None:
        frame = self._session.laid_frame(self._session.selection)
        if frame is None:
            return None
        area = self._box(frame)
        for grip, point in self._handles(area).items():
            if abs(point.x() - spot.x()) <= GRAB and abs(point.y() - spot.y()) <= GRAB:
                return grip
        if not area.adjusted(-GRAB, -GRAB, GRAB, GRAB).contains(spot):
            return None
        for grip, off in (
            (Grip.W, spot.x() - area.left()),
            (Grip.E, spot.x() - area.right()),
            (Grip.N, spot.y() - area.top()),
            (Grip.S, spot.y() - area.bottom()),
        ):
            if abs(off) <= GRAB / 2:
                return grip
        return Grip.INSIDE if area.contains(spot) else None

    def _article_at(self, point: QPointF) -> ArticleId | None:
        return self._part_at(point)[0]

    def _thing_grip(self, spot: QPointF) -> Grip | None:
        """The grip of the selected box or rule under a place of the screen."""
        thing = self._session.thing
        if thing is None:
            return None
        area = self._on_screen(self.drafting.area(thing))
        for grip, point in self._grips_of(thing, area).items():
            if abs(point.x() - spot.x()) <= GRAB and abs(point.y() - spot.y()) <= GRAB:
                return grip
        inside = area.adjusted(-NEAR, -NEAR, NEAR, NEAR).contains(spot)
        return Grip.INSIDE if inside and isinstance(thing, RulePlan) else None

    def _part_at(self, point: QPointF) -> tuple[ArticleId | None, int]:
        """The article under a point, and which of its frames."""
        frames = self._session.shown.frames
        for at in range(len(frames) - 1, -1, -1):
            box = frames[at].box
            if QRectF(box.x, box.y, box.width, box.height).contains(point):
                return frames[at].article, sum(one.article == frames[at].article for one in frames[:at])
        return None, 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        spot, point = event.position(), self.mapToScene(event.position().toPoint())
        grip = self._grip_at(spot)
        near = NEAR / max(0.01, self.viewportTransform().m11())
        free = grip in (None, Grip.INSIDE) or self.drafting.tool is not Tool.SELECT
        if free and self.drafting.press(point, self._thing_grip(spot), near):
            self.viewport().update()
            return
        if grip is None and self._article_at(point) is None and self.drafting.select_inside(point):
            return
        if grip is None:
            self._session.select(*self._part_at(point))
            grip = Grip.INSIDE
        if self._session.selection is not None:
            self._hold = Hold(self._session.selection, grip, point, self._session.frame(self._session.selection))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self.mapToScene(event.position().toPoint())
        self.pointed.emit(*cell(self._session.template, point.x(), point.y()))
        if self.drafting.move(point):
            self.viewport().update()
            return
        if self._hold is None:
            self._show_cursor(event.position())
            return
        way = point - self._hold.start
        columns, rows = steps(self._session.template, way.x(), way.y())
        rows = self.drafting.rows_to_guide(self._hold.frame, self._hold.grip, rows)
        self._session.drag(self._hold.article, self._hold.grip, columns, rows)

    def _show_cursor(self, spot: QPointF) -> None:
        """What a press here would take hold of."""
        if self.drafting.tool is not Tool.SELECT:
            self.viewport().setCursor(TOOL_CURSORS[self.drafting.tool])
            return
        grip = self._thing_grip(spot) or self._grip_at(spot)
        near = NEAR / max(0.01, self.viewportTransform().m11())
        point = self.mapToScene(spot.toPoint())
        guide = self.drafting.guide_at(point, near)
        if guide is not None:
            shape = Qt.CursorShape.SplitHCursor if guide.upright else Qt.CursorShape.SplitVCursor
        elif grip is Grip.INSIDE or (grip is None and self.drafting.line_at(point, near) is not None):
            shape = Qt.CursorShape.SizeAllCursor
        else:
            shape = CURSORS[grip] if grip is not None else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.drafting.release(self.mapToScene(event.position().toPoint())):
            self._tell_tool()
            return
        if self._hold is not None:
            self._hold = None
            self._session.keep("canvas.reason.frame")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._hold = None
        article = self._article_at(self.mapToScene(event.position().toPoint()))
        if article is not None:
            self.opened.emit(article)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_to(self.zoom * 1.0015 ** event.angleDelta().y())
            event.accept()
        elif self.drafting.tool is Tool.CROP and self.drafting.zoom_picture(1.001 ** event.angleDelta().y()):
            event.accept()
        else:
            super().wheelEvent(event)

    # -- keys --------------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by a column or row, with Shift the right and lower edge; Delete takes off the page."""
        ways = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        frame = self._session.frame(self._session.selection)
        key = Qt.Key(event.key())
        if not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier:
            before = self.drafting.tool
            if self.drafting.key(key, shift=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)):
                if before is not self.drafting.tool:
                    self._tell_tool()
                return
        if key is Qt.Key.Key_Tab and self._session.plan.frames:
            self._walk(1)
        elif frame is not None and key in ways:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            grip = Grip.SE if shift else Grip.INSIDE
            self._session.edit_frame(dragged(frame, grip, *ways[key], self._session.template))
        elif frame is not None and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._session.remove(frame.article)
        elif frame is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(frame.article)
        elif key is Qt.Key.Key_Escape and self.drafting.tool is not Tool.SELECT:
            self.choose_tool(Tool.SELECT)
        elif key is Qt.Key.Key_Escape:
            self._hold = None
            self._session.give_up()
            self._session.select(None)
        elif frame is not None and key is Qt.Key.Key_P and not event.modifiers():
            self._session.edit_frame(replace(frame, pinned=not frame.pinned), "canvas.reason.pin")
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        parts = self._parts()
        if parts and next and self._chosen() != parts[-1]:
            self._walk(1)
            return True
        return super().focusNextPrevChild(next)

    def _parts(self) -> list[tuple[ArticleId, int]]:
        """Frames in the order of the plan: article, and which of its frames."""
        articles = [frame.article for frame in self._session.plan.frames]
        return [(article, articles[:at].count(article)) for at, article in enumerate(articles)]

    def _chosen(self) -> tuple[ArticleId | None, int]:
        return self._session.selection, self._session.part

    def _walk(self, way: int) -> None:
        parts, chosen = self._parts(), self._chosen()
        at = next((at + way for at, part in enumerate(parts) if part == chosen), 0)
        self._session.select(*parts[at % len(parts)])

    # -- an article dragged from the list, a picture from anywhere ----------------------------------------------------
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_article(event.mimeData()) is not None or dropped_pictures(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        point = self.mapToScene(event.position().toPoint())
        if dragged_article(event.mimeData()) is not None:
            self._target = self._free_target(point)
        elif dropped_pictures(event.mimeData()):
            frame = self._session.laid_frame(self._article_at(point))
            self._target = _picture_target(frame) if frame is not None else None
        else:
            event.ignore()
            return
        self.viewport().update()
        event.setAccepted(self._target is not None)

    def _free_target(self, point: QPointF) -> QRectF:
        template = self._session.template
        column, row = cell(template, point.x(), point.y())
        columns = min(2, template.columns - column)
        return QRectF(
            template.column_x(column), template.row_y(row), template.span_width(columns), 12 * template.leading
        )

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._target = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        article, files = dragged_article(event.mimeData()), dropped_pictures(event.mimeData())
        point = self.mapToScene(event.position().toPoint())
        self._target = None
        self.viewport().update()
        if article is not None:
            self._session.place(article, *cell(self._session.template, point.x(), point.y()))
        elif files and (under := self._article_at(point)) is not None:
            self._session.put_picture(under, files[0])
        else:
            event.ignore()
            return
        event.acceptProposedAction()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the article under the pointer; from the keyboard, with the selected one."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self._session.select(*self._part_at(self.mapToScene(event.pos())))
            if self._session.selection is None:
                near = NEAR / max(0.01, self.viewportTransform().m11())
                point = self.mapToScene(event.pos())
                thing = self.drafting.line_at(point, near) or self.drafting.box_at(point)
                if thing is not None:
                    self._session.select_thing(thing)
        frame = self._session.frame(self._session.selection)
        if self._session.thing is not None:
            thing_menu(self, self._session, self._session.thing).popup(event.globalPos())
        elif frame is not None:
            frame_menu(self, self._session, frame, self.opened.emit, self.choose_tool).popup(event.globalPos())

    def focus_target(self) -> QWidget:
        return self


def _picture_target(frame: LaidFrame) -> QRectF:
    """Where a dropped picture goes: the place that the frame has for one, else the frame."""
    box = frame.pictures[0].box if frame.pictures else frame.box
    return QRectF(box.x, box.y, box.width, box.height)
