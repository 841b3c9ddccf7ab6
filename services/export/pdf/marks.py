"""What stands on the sheet outside the page: press marks with the line of information, or the margins of a proof.

Press marks stand beyond the bleed (ISO 15930-7 keeps them out of the BleedBox): crop marks and registration marks in
the colour that prints on every plate, patches of every ink, and the name of each plate in its own ink, so that a plate
says which it is.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from models.values.laid_page import BLACK, Box, GlyphRun, Ink, LaidPage, Line
from models.values.template import FontRole
from services.config.messages import text
from services.export.pdf.content import REGISTRATION, Plate, plate_of, spot_resource
from services.export.presets import PROOF_MARGINS, SLUG, Imprint, SpotInk
from services.fonts.catalogue import Catalogue
from services.fonts.metrics import metrics

_HAIR = 0.25  # points
_LONG = 17.0  # of a crop mark
_SIZE = 7.0  # of the words
_PATCH = 11.0
_GREY = Ink(k=0.35)
PROCESS = (
    ("cyan", Ink(c=1.0)),
    ("magenta", Ink(m=1.0)),
    ("yellow", Ink(y=1.0)),
    ("black", Ink(k=1.0)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slug:
    """In the page's own coordinates: what lies above it has a negative y."""

    runs: tuple[GlyphRun, ...] = ()
    strokes: tuple[tuple[Line, Ink | Plate], ...] = ()
    circles: tuple[tuple[float, float, float, float, Ink | Plate], ...] = ()  # x, y, radius, width
    patches: tuple[tuple[Box, Ink | Plate], ...] = ()


def content_hash(page: LaidPage) -> str:
    """SHA-256 over everything that prints: two proofs with one hash are one page."""
    said = repr(replace(page, faults=()))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def words(said: str, fonts: Catalogue, x: float, y: float, size: float = _SIZE, ink: Ink = BLACK) -> list[GlyphRun]:
    """The words on one baseline, in the body face; what it lacks in the next face that has it."""
    faces = (fonts.face(FontRole.SONG), *fonts.fallbacks(FontRole.SONG))
    made: list[GlyphRun] = []
    for character in said:
        face = next((one for one in faces if metrics(one).glyph(character)), None)
        if face is None:
            continue
        glyph = metrics(face).glyph(character)
        if made and made[-1].face == face.id:
            last = made[-1]
            made[-1] = replace(
                last, glyphs=(*last.glyphs, glyph), xs=(*last.xs, x), clusters=(*last.clusters, character)
            )
        else:
            made.append(
                GlyphRun(face=face.id, size=size, baseline=y, glyphs=(glyph,), xs=(x,), clusters=(character,), ink=ink)
            )
        x += metrics(face).advance(glyph) * size
    return made


def width(said: str, fonts: Catalogue, size: float = _SIZE) -> float:
    """Points that the words take."""
    runs = words(said, fonts, 0.0, 0.0, size)
    if not runs:
        return 0.0
    last = metrics(fonts.by_id(runs[-1].face)).advance(runs[-1].glyphs[-1])
    return runs[-1].xs[-1] + last * size


def inks_of(page: LaidPage, coloured_pictures: bool) -> list[Ink]:
    """Every ink of the page once."""
    found = dict.fromkeys(run.ink for run in page.furniture)
    found |= dict.fromkeys(line.ink for line in page.furniture_lines)
    found |= dict.fromkeys(tint.ink for tint in page.furniture_tints)
    for frame in page.frames:
        found |= dict.fromkeys(run.ink for run in frame.runs)
        found |= dict.fromkeys(line.ink for line in frame.lines)
        found |= dict.fromkeys(tint.ink for tint in frame.tints)
    if coloured_pictures:
        found |= {Ink(c=1, m=1, y=1, k=1): None}
    return list(found)


def plates(inks: Iterable[Ink], spots: Sequence[SpotInk]) -> list[tuple[str, Ink | Plate]]:
    """Name and ink of every plate that these inks need, process inks first."""
    process = [False] * 4
    named: dict[str, Ink | Plate] = {}
    for ink in inks:
        plate = plate_of(ink, spots)
        if plate is not None:
            at = next(at for at in range(len(spots)) if spot_resource(at) == plate.resource)
            named[spots[at].name] = Plate(plate.resource)
            continue
        process = [had or part > 0 for had, part in zip(process, (ink.c, ink.m, ink.y, ink.k), strict=True)]
    found: list[tuple[str, Ink | Plate]] = [
        (text(f"export.plate.{name}"), ink) for (name, ink), used in zip(PROCESS, process, strict=True) if used
    ]
    return found + list(named.items())


def press_slug(
    page: LaidPage,
    fonts: Catalogue,
    imprint: Imprint,
    when: datetime,
    spots: Sequence[SpotInk],
    coloured_pictures: bool,
) -> Slug:
    """Marks of one page."""
    every = Plate(REGISTRATION)
    needed = plates(inks_of(page, coloured_pictures), spots)
    out = page.bleed + SLUG / 2  # the middle of the slug
    low = page.height + out + 2.5
    said = _line(page, imprint, when, [name for name, _ in needed])
    room = page.width / 2 - 26.0 - 14.0  # up to the registration mark
    runs = words(said, fonts, 26.0, low, min(_SIZE, _SIZE * room / max(1.0, width(said, fonts))))
    at = page.width / 2 + 24
    for name, ink in needed:
        shown = next((spot.alternate for spot in spots if spot.name == name), ink)
        runs += words(name, fonts, at, low, ink=shown if isinstance(shown, Ink) else BLACK)
        at += width(name, fonts) + 8
    middle = [
        (page.width / 2, -out),
        (page.width / 2, page.height + out),
        (-out, page.height / 2),
        (page.width + out, page.height / 2),
    ]
    strokes = [(line, every) for line in _crop(page)]
    for x, y in middle:
        cross = ((x - 9, y, x + 9, y), (x, y - 9, x, y + 9))
        strokes += [(Line(x0=a, y0=b, x1=c, y1=d, width=_HAIR), every) for a, b, c, d in cross]
    return Slug(
        runs=tuple(runs),
        strokes=tuple(strokes),
        circles=tuple((x, y, 5.0, _HAIR, every) for x, y in middle),
        patches=tuple(_patches(page, spots, out)),
    )


def _line(page: LaidPage, imprint: Imprint, when: datetime, names: Sequence[str]) -> str:
    said = text(
        "export.slug",
        publication=imprint.publication,
        date=imprint.date,
        page=f"{page.number:02d}",
        name=page.name,
        plates=" ".join(names),
        time=f"{when:%Y-%m-%d %H:%M}",
    )
    return " ".join(said.split())


def _crop(page: LaidPage) -> list[Line]:
    """Two lines at each corner, from outside the bleed outwards."""
    near = page.bleed + 3.0
    far = near + _LONG
    made: list[Line] = []
    for x, side in ((0.0, -1), (page.width, 1)):
        for y, edge in ((0.0, -1), (page.height, 1)):
            made.append(Line(x0=x + side * near, y0=y, x1=x + side * far, y1=y, width=_HAIR))
            made.append(Line(x0=x, y0=y + edge * near, x1=x, y1=y + edge * far, width=_HAIR))
    return made


def _patches(page: LaidPage, spots: Sequence[SpotInk], out: float) -> list[tuple[Box, Ink | Plate]]:
    """Solids and half tones of every ink, two inks on each other, and steps of black, above the page."""
    inks: list[Ink | Plate] = [ink for _, ink in PROCESS]
    inks += [Ink(c=0.5), Ink(m=0.5), Ink(y=0.5), Ink(k=0.5)]
    inks += [Ink(c=1, m=1), Ink(m=1, y=1), Ink(c=1, y=1)]
    for at in range(len(spots)):
        inks += [Plate(spot_resource(at)), Plate(spot_resource(at), 0.5)]
    x, y = 26.0, -out - _PATCH / 2
    made: list[tuple[Box, Ink | Plate]] = []
    for ink in inks:
        made.append((Box(x=x, y=y, width=_PATCH, height=_PATCH), ink))
        x += _PATCH
    x = page.width - 26.0 - 5 * _PATCH
    for step in (0.05, 0.25, 0.5, 0.75, 1.0):
        made.append((Box(x=x, y=y, width=_PATCH, height=_PATCH), Ink(k=step)))
        x += _PATCH
    return made


def proof_slug(page: LaidPage, fonts: Catalogue, imprint: Imprint, when: datetime) -> Slug:
    """Head: which proof of which page, when, and its hash. Foot: who reads and signs. A frame shows the trim."""
    digest = content_hash(page)
    said = text(
        "export.proof_head",
        number=imprint.numbers.get(page.number, 1),
        publication=imprint.publication,
        date=imprint.date,
        page=f"{page.number:02d}",
        name=page.name,
        time=f"{when:%Y-%m-%d %H:%M}",
    )
    grouped = " ".join(digest[at : at + 4] for at in range(0, 16, 4))
    seal = text("export.proof_hash", hash=grouped)
    head, foot = -PROOF_MARGINS.top + 20.0, page.height + PROOF_MARGINS.bottom - 17.0
    runs = words(" ".join(said.split()), fonts, 0.0, head, 9.0)
    runs += words(seal, fonts, page.width - width(seal, fonts, 9.0), head, 9.0)
    strokes: list[tuple[Line, Ink | Plate]] = []
    names = [text(f"export.proof_sign.{one}") for one in ("first", "second", "third", "editor", "press")]
    step = page.width / len(names)
    for at, name in enumerate(names):
        x = at * step
        runs += words(name, fonts, x, foot, 9.0)
        start = x + width(name, fonts, 9.0) + 4
        strokes.append((Line(x0=start, y0=foot + 2, x1=x + step - 10, y1=foot + 2, width=0.4), BLACK))
    corners = ((0.0, 0.0), (page.width, 0.0), (page.width, page.height), (0.0, page.height), (0.0, 0.0))
    strokes += [(Line(x0=a, y0=b, x1=c, y1=d, width=_HAIR), _GREY) for (a, b), (c, d) in pairwise(corners)]
    return Slug(runs=tuple(runs), strokes=tuple(strokes))
