"""What stands in the scene of a page: the sheet with its grid, the furniture, one item a frame, cached as pixels."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QStyleOptionGraphicsItem, QWidget

from models.values.ids import PictureId
from models.values.laid_page import LaidFrame, LaidPage
from models.values.template import PageTemplate
from ui.layout.cached_item import Brush, CachedItem
from ui.layout.painting import (
    PAPER,
    PictureSource,
    RunPainter,
    paint_lines,
    paint_pictures,
    paint_tints,
    rect,
)
from ui.layout.session import PageSession
from ui.widgets.look import Look

ROOM = 160.0  # points of pasteboard round the sheet
GRID_FROM_ZOOM = 0.55  # px a point under which the grid of lines would be a grey veil


class SheetItem(QGraphicsItem):
    """White paper with its shadow, column edges and lines of the grid."""

    def __init__(self, look: Look, template: PageTemplate) -> None:
        super().__init__()
        self._look, self._template = look, template
        self.columns, self.rows = True, True
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)  # a hundred thin lines once a scale

    def put_template(self, template: PageTemplate) -> None:
        self.prepareGeometryChange()
        self._template = template
        self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(-6, -6, self._template.width + 12, self._template.height + 12)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        template = self._template
        sheet = QRectF(0, 0, template.width, template.height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for spread, strength in ((4.0, 10), (2.0, 18), (1.0, 24)):  # the rims alone: the paper would hide the rest
            shade, half = QColor(0, 0, 0, strength), spread / 2
            painter.fillRect(QRectF(-half, sheet.bottom(), sheet.width() + spread, spread), shade)
            painter.fillRect(QRectF(-half, 0, half, sheet.height()), shade)
            painter.fillRect(QRectF(sheet.right(), 0, half, sheet.height()), shade)
        painter.fillRect(sheet, PAPER)
        scale = painter.worldTransform().m11()
        if self.columns or self.rows:
            self._grid(painter, rows=self.rows and scale > GRID_FROM_ZOOM)

    def _grid(self, painter: QPainter, *, rows: bool) -> None:
        """Lines one pixel of the device thin, as filled areas: a hundred times cheaper than pens under a scale."""
        template, world = self._template, painter.worldTransform()
        ratio = painter.deviceTransform().m11() / world.m11()
        area = world.mapRect(QRectF(template.left, template.top, template.type_width, template.type_height))
        thin = 1 / ratio
        ink = QColor("#0B6570")
        painter.save()
        painter.resetTransform()
        if self.columns:
            ink.setAlpha(38)
            for x in self._column_edges():
                at = round(world.map(QPointF(x, 0)).x() * ratio) / ratio
                painter.fillRect(QRectF(at, area.top(), thin, area.height()), ink)
        if rows:
            ink.setAlpha(18)
            for row in range(template.rows + 1):
                at = round(world.map(QPointF(0, template.row_y(row))).y() * ratio) / ratio
                painter.fillRect(QRectF(area.left(), at, area.width(), thin), ink)
        painter.restore()

    def _column_edges(self) -> list[float]:
        template = self._template
        return [
            x
            for column in range(template.columns)
            for x in (template.column_x(column), template.column_x(column) + template.column_width)
        ]


class FurnitureItem(CachedItem):
    """Masthead or folio line, slogan, and the rules between frames."""

    def __init__(self, page: LaidPage, runs: RunPainter, brush: Brush) -> None:
        self._page = page
        super().__init__(QRectF(0, 0, page.width, page.height), page.furniture, runs, brush)

    def ground(self, painter: QPainter) -> None:
        paint_tints(painter, self._page.furniture_tints)
        paint_lines(painter, self._page.furniture_lines)


class FrameItem(CachedItem):
    """One article on the page."""

    def __init__(self, frame: LaidFrame, runs: RunPainter, pictures: PictureSource, brush: Brush) -> None:
        self.frame = frame
        self._pictures = pictures
        super().__init__(rect(frame.box).adjusted(-14, -14, 14, 14), frame.runs, runs, brush)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(rect(self.frame.box))
        return path

    def ground(self, painter: QPainter) -> None:
        paint_tints(painter, self.frame.tints)
        paint_pictures(painter, self.frame.pictures, self._pictures)
        paint_lines(painter, self.frame.lines)


class PageItems:
    """Keeps the scene in step with the page: items of frames that did not change are kept with their pixels."""

    def __init__(
        self, scene: QGraphicsScene, session: PageSession, look: Look, runs: RunPainter, pictures: PictureSource
    ) -> None:
        self._scene, self._runs, self._pictures = scene, runs, pictures
        self._brush = Brush.of(scene)
        self._sheet = SheetItem(look, session.template)
        self.put_template(session.template)
        scene.addItem(self._sheet)
        self._frames: list[FrameItem] = []
        self._furniture: FurnitureItem | None = None
        self._shown: LaidPage | None = None

    def put_template(self, template: PageTemplate) -> None:
        """The sheet and its grid in another template."""
        self._scene.setSceneRect(-ROOM, -ROOM, template.width + 2 * ROOM, template.height + 2 * ROOM)
        self._sheet.put_template(template)

    def clear(self) -> None:
        """Forgets every item with its pixels."""
        for item in (*self._frames, *((self._furniture,) if self._furniture is not None else ())):
            self._brush.forget(item)
            self._scene.removeItem(item)
        self._frames, self._furniture, self._shown = [], None, None

    def show(self, laid: LaidPage) -> None:
        before = list(self._frames)
        self._frames = []
        for frame in laid.frames:
            item = next((one for one in before if one.frame is frame or one.frame == frame), None)
            if item is None:
                item = FrameItem(frame, self._runs, self._pictures, self._brush)
                item.setZValue(2)
                older = next((one for one in before if one.frame.article == frame.article), None)
                self._scene.addItem(item)
                if older is not None:
                    item.take_over(older)
                    item.redraw()
            else:
                before.remove(item)
            self._frames.append(item)
        for item in before:
            self._brush.forget(item)
            self._scene.removeItem(item)
        self._show_furniture(laid)
        self._shown = laid
        self._brush.turn()  # the first moment's drawing before the view paints itself: most frames are done by then

    def show_picture(self, picture: PictureId) -> None:
        """Frames with a picture that has just been read are painted anew."""
        for item in self._frames:
            if any(place.picture == picture for place in item.frame.pictures):
                item.redraw()

    def _show_furniture(self, laid: LaidPage) -> None:
        old = self._shown
        same = old is not None and (old.furniture, old.furniture_lines, old.furniture_tints) == (
            laid.furniture,
            laid.furniture_lines,
            laid.furniture_tints,
        )
        if same and self._furniture is not None:
            return
        made = FurnitureItem(laid, self._runs, self._brush)
        made.setZValue(1)
        self._scene.addItem(made)
        if self._furniture is not None:
            made.take_over(self._furniture)
            made.redraw()
            self._brush.forget(self._furniture)
            self._scene.removeItem(self._furniture)
        self._furniture = made

    @property
    def is_drawn(self) -> bool:
        """Whether every item stands with the pixels of the scale in force."""
        made = (*self._frames, *((self._furniture,) if self._furniture is not None else ()))
        return not self._brush.waiting and all(item.is_drawn for item in made)

    def show_grid(self, *, columns: bool, rows: bool) -> None:
        self._sheet.columns, self._sheet.rows = columns, rows
        self._sheet.update()

    def recolour(self) -> None:
        self._sheet.update()
