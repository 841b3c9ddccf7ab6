"""What prints where a picture is missing: a grey field with a hair line, and the words 待配图 in its middle."""

from collections.abc import Container
from dataclasses import replace
from itertools import pairwise

from models.values.ids import PictureId
from models.values.laid_page import Box, GlyphRun, Ink, LaidFrame, LaidPage, Line, PictureBox, Tint
from models.values.template import FontRole
from services.fonts.catalogue import Catalogue
from services.fonts.metrics import metrics

WORDS = "待配图"
_FIELD = Ink(k=0.08)
_HAIR = Ink(k=0.4)


def with_stand_ins(page: LaidPage, pictures: Container[PictureId], fonts: Catalogue) -> LaidPage:
    """The page with a stand-in in every picture box that has no picture at hand."""
    if all_at_hand(page, pictures):
        return page
    return replace(page, frames=tuple(_frame(frame, pictures, fonts) for frame in page.frames))


def all_at_hand(page: LaidPage, pictures: Container[PictureId]) -> bool:
    return all(_at_hand(box, pictures) for frame in page.frames for box in frame.pictures)


def _at_hand(box: PictureBox, pictures: Container[PictureId]) -> bool:
    return box.picture is not None and box.picture in pictures


def _frame(frame: LaidFrame, pictures: Container[PictureId], fonts: Catalogue) -> LaidFrame:
    missing = [box.box for box in frame.pictures if not _at_hand(box, pictures)]
    missing = [box for box in missing if box.width > 0 and box.height > 0]
    # where the layout has set its own place-holder, paper and canvas must stay alike
    missing = [box for box in missing if not any(_says_so(run, box) for run in frame.runs)]
    if not missing:
        return frame
    return replace(
        frame,
        tints=(*frame.tints, *(Tint(box=box, ink=_FIELD) for box in missing)),
        lines=(*frame.lines, *(line for box in missing for line in _outline(box))),
        runs=(*frame.runs, *(_words(box, fonts) for box in missing)),
    )


def _says_so(run: GlyphRun, box: Box) -> bool:
    """Whether the layout already put the words into the box."""
    return run.text == WORDS and box.y <= run.baseline <= box.bottom and box.x <= run.xs[0] <= box.right


def _outline(box: Box) -> tuple[Line, ...]:
    corners = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom), (box.x, box.y))
    return tuple(Line(x0=x0, y0=y0, x1=x1, y1=y1, width=0.3, ink=_HAIR) for (x0, y0), (x1, y1) in pairwise(corners))


def _words(box: Box, fonts: Catalogue) -> GlyphRun:
    face = fonts.face(FontRole.HEI)
    measured = metrics(face)
    size = min(14.0, box.width / (len(WORDS) + 1), box.height)
    glyphs = tuple(measured.glyph(character) for character in WORDS)
    x = box.x + box.width / 2 - sum(measured.advance(glyph) for glyph in glyphs) * size / 2
    xs: list[float] = []
    for glyph in glyphs:
        xs.append(x)
        x += measured.advance(glyph) * size
    return GlyphRun(
        face=face.id,
        size=size,
        baseline=box.y + box.height / 2 + size * 0.38,
        glyphs=glyphs,
        xs=tuple(xs),
        clusters=tuple(WORDS),
        ink=Ink(k=0.6),
    )
