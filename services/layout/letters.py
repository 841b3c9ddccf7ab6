"""Type as the line engine sees it: a face with its size, and which glyph prints a character.

A character that the face lacks is taken from the next face of the list; what no face has becomes glyph 0.
"""

from dataclasses import dataclass
from functools import lru_cache

from models.values.template import FontRole, TypeStyle
from services.fonts.catalogue import Catalogue
from services.fonts.metrics import metrics
from services.fonts.scan import Face

_QUOTES = frozenset("“”‘’")
_HEAVY = (FontRole.SONG_BOLD, FontRole.SONG_BLACK, FontRole.HEI_BOLD)


@dataclass(frozen=True, slots=True)
class Letters:
    """`faces[0]` is the face wanted, the others stand in for characters it lacks; `size`, `stroke` in points."""

    faces: tuple[Face, ...]
    size: float
    stroke: float = 0.0
    quotes: Face | None = None  # face of “”‘’ when the wanted face's own are not full-width marks

    def __hash__(self) -> int:
        """By face and size alone: letters are looked up for every paragraph."""
        return hash((self.faces[0].id, self.size))


def letters(fonts: Catalogue, role: FontRole, size: float, *, embolden: float = 0.0) -> Letters:
    """The letters of a role at a size; `embolden` em of stroke are added to a face that has no bold of its own."""
    face = fonts.face(role)
    measured = metrics(face)
    stroke = (fonts.stroke(role) + embolden) * size
    quotes = None
    if measured.advance(measured.glyph("“")) < 0.9:
        song = fonts.face(FontRole.SONG_BOLD if role in _HEAVY or embolden else FontRole.SONG)
        quotes = song if song != face else None
    return Letters((face, *fonts.fallbacks(role)), size, round(stroke, 4), quotes)


def styled(fonts: Catalogue, style: TypeStyle) -> Letters:
    return letters(fonts, style.role, style.size)


@lru_cache(maxsize=65536)
def find_glyph(faces: tuple[Face, ...], quotes: Face | None, character: str) -> tuple[Face, int]:
    """The face that prints a character and the glyph's number there; (wanted face, 0) when none has it."""
    if quotes is not None and character in _QUOTES:
        glyph = metrics(quotes).glyph(character)
        if glyph:
            return quotes, glyph
    for face in faces:
        glyph = metrics(face).glyph(character)
        if glyph:
            return face, glyph
    return faces[0], 0


def advance(face: Face, glyph: int) -> float:
    """Advance width in em."""
    return metrics(face).advance(glyph)
