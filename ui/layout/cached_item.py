"""Items of the page drawn a little at a time: no single turn of the event loop draws for longer than a moment.

An item keeps its pixels for one scale. While those are being drawn anew it shows what it has: its pixels of another
scale, or those of the frame that it came after, so that zooming and live reflow never wait and never flicker.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from time import perf_counter

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from models.values.laid_page import GlyphRun
from ui.layout.painting import RunPainter, paint_prepared

MOMENT = 0.008  # seconds of drawing in one turn of the event loop
REST = 60  # ms without another change of scale, then the page is drawn for it
MOST_PIXELS = 16_000_000  # of an item that is kept; a larger one is drawn as far as it is in view

Prepared = tuple[QPainterPath, QColor, float]


@dataclass(slots=True)
class Pixels:
    """What was drawn: `left`, `top` in device pixels from the page's corner, at `scale` device pixels a point."""

    image: QImage
    scale: float
    left: int
    top: int


@dataclass(slots=True)
class Drawing:
    """A drawing under way: the first `done` runs stand."""

    painter: QPainter  # goes before what it paints on
    pixels: Pixels
    done: int = 0


@dataclass(slots=True, eq=False)
class Brush:
    """Draws items one after the other, a moment in each turn of the event loop."""

    timer: QTimer
    rest: QTimer  # runs while the scale is being changed
    waiting: "list[CachedItem]" = field(default_factory=list)

    @classmethod
    def of(cls, owner: QObject) -> "Brush":
        timer = QTimer(owner)
        timer.setInterval(0)
        rest = QTimer(owner)
        rest.setSingleShot(True)
        rest.setInterval(REST)
        made = cls(timer, rest)
        rest.timeout.connect(timer.start)
        timer.timeout.connect(made.turn)
        return made

    def want(self, item: "CachedItem", *, later: bool = False) -> None:
        """`later`: while the view is zoomed, the pixels of the scale before are shown; drawing waits for the hand."""
        if item not in self.waiting:
            self.waiting.append(item)
        if later:
            self.rest.start()
        elif not self.rest.isActive():
            self.timer.start()

    def forget(self, item: "CachedItem") -> None:
        if item in self.waiting:
            self.waiting.remove(item)
        item.stop()

    def turn(self) -> None:
        if self.rest.isActive():
            self.timer.stop()
            return
        until = perf_counter() + MOMENT
        while self.waiting and perf_counter() < until:
            if self.waiting[0].draw_on(until):
                self.waiting.pop(0)
        if not self.waiting:
            self.timer.stop()


class CachedItem(QGraphicsItem):
    """Nothing in here may refer back to the item: a cycle would be cleared in any thread, and the scene is in ours."""

    def __init__(
        self,
        area: QRectF,
        runs: Sequence[GlyphRun],
        with_: RunPainter,
        brush: Brush,
    ) -> None:
        super().__init__()
        self._area, self._runs, self._painter, self._brush = area, runs, with_, brush
        self._shown: Pixels | None = None
        self._under_way: Drawing | None = None
        self._wanted = 0.0  # scale
        self._made = False  # what is shown is its own, not that of an older item
        self._straight = False  # painted without pixels that are kept

    def ground(self, painter: QPainter) -> None:
        """Draws what lies under the runs: tints, pictures, rules."""
        raise NotImplementedError

    def boundingRect(self) -> QRectF:
        return self._area

    def take_over(self, older: "CachedItem") -> None:
        """Shows what an older item showed until its own pixels are drawn, which begins at once."""
        self._shown, self._wanted = older._shown, older._wanted

    def redraw(self) -> None:
        """What the item shows has changed: a picture arrived."""
        self.stop()
        if self._wanted:
            self._brush.want(self)
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        device = painter.deviceTransform()
        scale = device.m11()
        if self._area.width() * self._area.height() * scale * scale > MOST_PIXELS:
            self._straight = True
            self._paint_view(painter)
            return
        self._straight = False
        if abs(scale - self._wanted) > 1e-9:
            self._wanted = scale
            self.stop()
            self._brush.want(self, later=self._shown is not None)
        held = self._shown
        if held is None:
            return
        if abs(held.scale - scale) <= 1e-9:  # pixel on pixel
            ratio = scale / painter.worldTransform().m11()
            at = painter.worldTransform().map(QPointF(0, 0))  # the device's own shift stays in force
            painter.save()
            painter.resetTransform()
            held.image.setDevicePixelRatio(ratio)
            painter.drawImage(
                QPointF((round(at.x() * ratio) + held.left) / ratio, (round(at.y() * ratio) + held.top) / ratio),
                held.image,
            )
            painter.restore()
            return
        held.image.setDevicePixelRatio(1)
        size = held.image.size()
        painter.drawImage(
            QRectF(
                held.left / held.scale,
                held.top / held.scale,
                size.width() / held.scale,
                size.height() / held.scale,
            ),
            held.image,
        )

    def _paint_view(self, painter: QPainter) -> None:
        """Far zoomed in: only what is in view, drawn straight."""
        view = painter.clipBoundingRect() if painter.hasClipping() else self._area
        self.ground(painter)
        for run in self._runs:
            if run.xs and QRectF(
                run.xs[0] - run.size, run.baseline - 1.2 * run.size, run.xs[-1] - run.xs[0] + 3 * run.size,
                1.6 * run.size,
            ).intersects(view):  # fmt: skip
                paint_prepared(painter, self._painter.prepare([run]))

    # --- drawing

    def stop(self) -> None:
        if self._under_way is not None:
            self._under_way.painter.end()
            self._under_way = None

    def draw_on(self, until: float) -> bool:
        """Draws until the moment is over; whether all is drawn."""
        if self.scene() is None or not self._wanted:  # taken off, or never painted yet: no scale to draw for
            self.stop()
            return True
        work = self._under_way or self._begin()
        while work.done < len(self._runs):
            held = work.pixels
            self._painter.draw(work.painter, self._runs[work.done], held.scale, held.left, held.top)
            work.done += 1
            if perf_counter() >= until:
                break
        if work.done < len(self._runs):
            return False
        work.painter.end()
        self._under_way = None
        self._shown, self._made = work.pixels, True
        self.update()
        return True

    def _begin(self) -> Drawing:
        scale, area = self._wanted, self._area
        left, top = floor(area.left() * scale), floor(area.top() * scale)
        wide, high = ceil(area.right() * scale) - left, ceil(area.bottom() * scale) - top
        image = QImage(max(1, wide), max(1, high), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(-left, -top)
        painter.scale(scale, scale)
        self.ground(painter)
        painter.resetTransform()
        self._under_way = Drawing(painter, Pixels(image, scale, left, top))
        return self._under_way

    @property
    def is_drawn(self) -> bool:
        if self._straight or not self._wanted:  # or never in view
            return True
        return self._made and self._shown is not None and self._shown.scale == self._wanted
