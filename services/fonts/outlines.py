"""Outlines of glyphs, for whoever has to draw one: the canvas draws from here what the PDF embeds, the same contours.

Coordinates are em, y grows upwards. A contour is a sequence of steps: ("M", x, y), ("L", x, y), ("Q", cx, cy, x, y),
("C", c1x, c1y, c2x, c2y, x, y), ("Z",).
"""

from functools import cache
from typing import Any

from services.config.errors import UserError
from services.fonts.scan import Face

Step = tuple[Any, ...]


class Outlines:
    """Outlines of one face. Raises UserError fonts.unreadable when its file has gone or is damaged."""

    def __init__(self, face: Face) -> None:
        import uharfbuzz

        try:
            opened = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path)), face.index)
        except (OSError, uharfbuzz.HarfBuzzError) as error:
            raise UserError("fonts.unreadable", file=face.path.name) from error
        self._font = uharfbuzz.Font(opened)
        self._em = float(opened.upem)
        self._pen = _pen(uharfbuzz)

    def steps(self, glyph: int) -> list[Step]:
        """The outline of a glyph; [] for a blank one."""
        em = self._em
        steps: list[Step] = []
        self._font.draw_glyph(glyph, self._pen, steps)
        return [(step[0], *(value / em for value in step[1:])) for step in steps]


def _pen(uharfbuzz: Any) -> Any:
    pen = uharfbuzz.DrawFuncs()
    pen.set_move_to_func(lambda x, y, steps: steps.append(("M", x, y)))
    pen.set_line_to_func(lambda x, y, steps: steps.append(("L", x, y)))
    pen.set_quadratic_to_func(lambda cx, cy, x, y, steps: steps.append(("Q", cx, cy, x, y)))
    pen.set_cubic_to_func(lambda ax, ay, bx, by, x, y, steps: steps.append(("C", ax, ay, bx, by, x, y)))
    pen.set_close_path_func(lambda steps: steps.append(("Z",)))
    return pen


@cache
def outlines(face: Face) -> Outlines:
    """The outlines of a face, opened once a process."""
    return Outlines(face)
