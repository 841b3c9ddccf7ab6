"""Glyph outlines as Qt paths: what the PDF embeds, drawn by Qt without hinting, so that canvas and paper agree."""

from threading import Lock

from PySide6.QtGui import QPainterPath, QTransform

from models.values.laid_page import GlyphRun
from services.fonts.catalogue import Catalogue
from services.fonts.outlines import outlines


class GlyphPaths:
    """Paths of glyphs (1 em = 1 unit, y downwards) and of whole runs (points), remembered."""

    def __init__(self, fonts: Catalogue) -> None:
        self._fonts = fonts
        self._glyphs: dict[tuple[str, int], QPainterPath] = {}
        self._lock = Lock()  # faces are read by one thread at a time

    def glyph(self, face: str, glyph: int) -> QPainterPath:
        """The outline of one glyph; an empty path for a face that is not installed here."""
        found = self._glyphs.get((face, glyph))
        if found is None:
            with self._lock:
                found = self._glyphs[face, glyph] = self._draw(face, glyph)
        return found

    def _draw(self, face: str, glyph: int) -> QPainterPath:
        path = QPainterPath()
        path.setFillRule(path.fillRule().WindingFill)
        try:
            found = self._fonts.by_id(face)
        except KeyError:
            return path
        for step in outlines(found).steps(glyph):
            kind, *at = step
            if kind == "M":
                path.moveTo(at[0], -at[1])
            elif kind == "L":
                path.lineTo(at[0], -at[1])
            elif kind == "Q":
                path.quadTo(at[0], -at[1], at[2], -at[3])
            elif kind == "C":
                path.cubicTo(at[0], -at[1], at[2], -at[3], at[4], -at[5])
            else:
                path.closeSubpath()
        return path

    def run(self, run: GlyphRun) -> QPainterPath:
        """A run's outlines at their places on the page, in points."""
        whole = QPainterPath()
        whole.setFillRule(whole.fillRule().WindingFill)
        for glyph, x in zip(run.glyphs, run.xs, strict=True):
            whole.addPath(QTransform(run.size, 0, 0, run.size, x, run.baseline).map(self.glyph(run.face, glyph)))
        return whole
