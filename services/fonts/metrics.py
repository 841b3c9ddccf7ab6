"""Glyph numbers, advance widths and ink of a face, from uharfbuzz; every answer is remembered per character.

Widths are in em. Only nominal glyphs are used: the layout engine spaces Chinese itself.
"""

from dataclasses import dataclass
from functools import cache

from services.config.errors import UserError
from services.fonts.scan import Face


@dataclass(frozen=True, slots=True)
class Ink:
    """Where a glyph's outline lies, in em from its origin; y grows upwards. All 0 for a blank glyph."""

    left: float
    right: float
    bottom: float
    top: float


class Metrics:
    """Widths of one face. Raises UserError fonts.unreadable when its file has gone or is damaged."""

    def __init__(self, face: Face) -> None:
        import uharfbuzz

        self.face = face
        try:
            blob = uharfbuzz.Blob.from_file_path(str(face.path))
        except (OSError, uharfbuzz.HarfBuzzError) as error:
            raise UserError("fonts.unreadable", file=face.path.name) from error
        opened = uharfbuzz.Face(blob, face.index)
        self.units_per_em = int(opened.upem)
        self._font = uharfbuzz.Font(opened)
        self._glyphs: dict[str, int] = {}
        self._advances: dict[int, float] = {}
        self._inks: dict[int, Ink] = {}
        self._verticals: dict[str, int] = {}
        if opened.glyph_count == 0:
            raise UserError("fonts.unreadable", file=face.path.name)

    def glyph(self, character: str) -> int:
        """Glyph number of one character; 0 when the face lacks it."""
        found = self._glyphs.get(character)
        if found is None:
            found = self._glyphs[character] = int(self._font.get_nominal_glyph(ord(character)) or 0)
        return found

    def vertical(self, character: str) -> int:
        """Glyph number of the character's form for vertical text (OpenType `vert`); the usual one where it has none."""
        found = self._verticals.get(character)
        if found is None:
            import uharfbuzz

            buffer = uharfbuzz.Buffer()
            buffer.add_str(character)
            buffer.direction = "ttb"
            buffer.script = "Hani"
            buffer.language = "zh-Hans"
            uharfbuzz.shape(self._font, buffer, {"vert": True})
            shaped = [int(info.codepoint) for info in buffer.glyph_infos]
            found = self._verticals[character] = shaped[0] if len(shaped) == 1 else self.glyph(character)
        return found

    def advance(self, glyph: int) -> float:
        """Advance width in em."""
        found = self._advances.get(glyph)
        if found is None:
            found = self._advances[glyph] = float(self._font.get_glyph_h_advance(glyph)) / self.units_per_em
        return found

    def ink(self, glyph: int) -> Ink:
        """Extents of the outline in em."""
        found = self._inks.get(glyph)
        if found is None:
            box = self._font.get_glyph_extents(glyph)
            em = self.units_per_em
            if box is None:
                found = Ink(0.0, 0.0, 0.0, 0.0)
            else:
                right = (box.x_bearing + box.width) / em
                found = Ink(box.x_bearing / em, right, (box.y_bearing + box.height) / em, box.y_bearing / em)
            self._inks[glyph] = found
        return found


@cache
def metrics(face: Face) -> Metrics:
    """The metrics of a face, opened once a process."""
    return Metrics(face)
