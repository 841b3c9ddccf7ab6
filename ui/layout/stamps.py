"""Glyphs as small pictures, drawn once for a size and a place between pixels, then stamped: a page of type in moments.

A stamp is the outline that the PDF embeds, drawn by Qt without hinting at one of eight places between two pixels each
way, so that a glyph stands within a sixteenth of a pixel of its place on the page.
"""

from collections.abc import Callable
from math import floor

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform

from models.values.laid_page import GlyphRun, Ink

PARTS = 8  # places between two pixels
LARGEST = 240.0  # px of an em that is stamped; larger type is drawn by its outlines
SCALES = 3  # sizes of the page whose stamps are kept
MOST = 24_000  # stamps of one scale; a page in rare characters has some thousands

Stamp = tuple[QImage, int, int]  # the picture, and its corner from the glyph's origin in px
Kind = tuple[str, float, float, Ink]  # face, size and stroke in points, ink
Places = dict[tuple[int, int, int], Stamp]  # by glyph, and place between pixels across and down


class Stamps:
    """`outline` gives a glyph's path (1 em = 1 unit), `colour` an ink's look. For the window's thread."""

    def __init__(self, outline: Callable[[str, int], QPainterPath], colour: Callable[[Ink], QColor]) -> None:
        self._outline, self._colour = outline, colour
        self._scales: dict[float, dict[Kind, Places]] = {}
        self._count = 0

    def fits(self, run: GlyphRun, scale: float) -> bool:
        return run.size * scale <= LARGEST

    def draw(self, painter: QPainter, run: GlyphRun, scale: float, left: int, top: int) -> None:
        """Stamps a run on a painter without a transform, whose origin is `left`, `top` in px of the page."""
        places = self._places(run, scale)
        down = floor((run.baseline * scale - top) * PARTS + 0.5)
        row, between = down // PARTS, down % PARTS
        stamp = painter.drawImage
        for glyph, x in zip(run.glyphs, run.xs, strict=True):
            across = floor((x * scale - left) * PARTS + 0.5)
            key = (glyph, across % PARTS, between)
            held = places.get(key)
            if held is None:
                held = places[key] = self._make(run, glyph, scale, across % PARTS / PARTS, between / PARTS)
            image, beside, above = held
            stamp(QPoint(across // PARTS + beside, row + above), image)

    def _places(self, run: GlyphRun, scale: float) -> Places:
        kinds = self._scales.pop(scale, None)
        if kinds is None or self._count > MOST:
            kinds, self._count = {}, 0
        self._scales[scale] = kinds  # last in order: used last
        while len(self._scales) > SCALES:
            del self._scales[next(iter(self._scales))]
        return kinds.setdefault((run.face, run.size, run.stroke, run.ink), {})

    def _make(self, run: GlyphRun, glyph: int, scale: float, x: float, y: float) -> Stamp:
        self._count += 1
        em, stroke = run.size * scale, run.stroke * scale
        path = QTransform(em, 0, 0, em, x, y).map(self._outline(run.face, glyph))
        room = 1 + stroke / 2
        area = path.controlPointRect().adjusted(-room, -room, room, room).toAlignedRect()
        image = QImage(area.size(), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-area.topLeft())
        ink = self._colour(run.ink)
        if stroke > 0:
            painter.setPen(QPen(ink, stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.setBrush(ink)
            painter.drawPath(path)
        else:
            painter.fillPath(path, ink)
        painter.end()
        return image, area.left(), area.top()
