"""Paints parts of a laid page with QPainter, in points. Knows no widget."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen

from models.values.ids import PictureId
from models.values.laid_page import Box, GlyphRun, Ink, LaidFrame, LaidPage, Line, PictureBox, Tint
from ui.layout.glyph_paths import GlyphPaths
from ui.layout.stamps import Stamps

PAPER = QColor("#FFFFFF")
PLACEHOLDER = QColor("#D9DCE0")
PRINTED_BLACK = (22, 24, 26)  # K 100 % as newsprint shows it, not the screen's black

PictureSource = Callable[[PictureId], QImage | None]


def colour(ink: Ink) -> QColor:
    """What an ink looks like on the screen: a plain conversion, for proofs on paper the profile of the press counts."""
    black = 1.0 - ink.k
    parts = (ink.c, ink.m, ink.y)
    return QColor(
        *(round(dark + (255 - dark) * (1 - part) * black) for dark, part in zip(PRINTED_BLACK, parts, strict=True))
    )


def rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def paint_tints(painter: QPainter, tints: Iterable[Tint]) -> None:
    for tint in tints:
        painter.fillRect(rect(tint.box), colour(tint.ink))


def paint_lines(painter: QPainter, lines: Iterable[Line]) -> None:
    for line in lines:
        painter.setPen(QPen(colour(line.ink), line.width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QLineF(line.x0, line.y0, line.x1, line.y1))


def paint_pictures(painter: QPainter, pictures: Iterable[PictureBox], source: PictureSource) -> None:
    for place in pictures:
        image = source(place.picture) if place.picture is not None else None
        if image is None or image.isNull():
            if place.picture is not None:
                painter.fillRect(rect(place.box), PLACEHOLDER)
            continue
        left, top, right, bottom = place.crop
        cut = QRectF(
            left * image.width(), top * image.height(), (right - left) * image.width(), (bottom - top) * image.height()
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(rect(place.box), image, cut)


class RunPainter:
    """Paints glyph runs; `warm` draws the outlines that a page needs ahead, in any thread."""

    def __init__(self, paths: GlyphPaths) -> None:
        self._paths = paths
        self._stamps = Stamps(paths.glyph, colour)

    def draw(self, painter: QPainter, run: GlyphRun, scale: float, left: int, top: int) -> None:
        """Draws a run at `scale` px a point on a painter without a transform, whose origin is `left`, `top` in px."""
        if self._stamps.fits(run, scale):
            self._stamps.draw(painter, run, scale, left, top)
            return
        painter.save()
        painter.translate(-left, -top)
        painter.scale(scale, scale)
        paint_prepared(painter, self.prepare([run]))
        painter.restore()

    def prepare(self, runs: Iterable[GlyphRun]) -> list[tuple[QPainterPath, QColor, float]]:
        return [(self._paths.run(run), colour(run.ink), run.stroke) for run in runs]

    def warm(self, page: LaidPage) -> None:
        """Reads the outline of every glyph of the page out of its face."""
        for run in (*page.furniture, *(run for frame in page.frames for run in frame.runs)):
            for glyph in run.glyphs:
                self._paths.glyph(run.face, glyph)


def paint_prepared(painter: QPainter, prepared: Iterable[tuple[QPainterPath, QColor, float]]) -> None:
    for path, ink, stroke in prepared:
        if stroke > 0:
            painter.setPen(QPen(ink, stroke, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.setBrush(QBrush(ink))
            painter.drawPath(path)
        else:
            painter.fillPath(path, ink)


def paint_frame(painter: QPainter, frame: LaidFrame, runs: RunPainter, source: PictureSource) -> None:
    paint_tints(painter, frame.tints)
    paint_pictures(painter, frame.pictures, source)
    paint_lines(painter, frame.lines)
    paint_prepared(painter, runs.prepare(frame.runs))


def paint_page(painter: QPainter, page: LaidPage, runs: RunPainter, source: PictureSource) -> None:
    """The whole page on white, in points."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, page.width, page.height), PAPER)
    paint_tints(painter, page.furniture_tints)
    for frame in page.frames:
        paint_frame(painter, frame, runs, source)
    paint_lines(painter, page.furniture_lines)
    paint_prepared(painter, runs.prepare(page.furniture))


def sketch(page: LaidPage, width: int, ratio: float, source: PictureSource) -> QImage:
    """A thumbnail `width` px wide: runs as bars, so that it costs no glyphs. `ratio` is the screen's pixel ratio."""
    scale = width / page.width
    image = QImage(round(width * ratio), round(page.height * scale * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(PAPER)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    paint_tints(painter, page.furniture_tints)
    for frame in page.frames:
        paint_tints(painter, frame.tints)
        paint_pictures(painter, frame.pictures, source)
        _bars(painter, frame.runs)
    paint_lines(painter, page.furniture_lines)
    _bars(painter, page.furniture)
    painter.end()
    return image


def _bars(painter: QPainter, runs: Iterable[GlyphRun]) -> None:
    for run in runs:
        if not run.xs:
            continue
        ink = colour(run.ink)
        heading = run.size >= 14
        ink.setAlphaF(0.85 if heading else 0.34)
        left, right = min(run.xs), max(run.xs) + run.size * 0.9
        high = run.size * (0.78 if heading else 0.6)
        painter.fillRect(QRectF(left, run.baseline - high, right - left, high), ink)
