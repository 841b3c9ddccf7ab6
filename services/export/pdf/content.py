"""A page's content stream, operator by operator (ISO 32000-1 §8, §9). Coordinates in are those of LaidPage."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.values.laid_page import Box, GlyphRun, Ink, Line
from services.export.pdf.fonts import EmbeddedFace, utf16
from services.export.presets import Preset, SpotInk

OVERPRINT, KNOCK_OUT = "QYover", "QYknock"  # names of the two graphics states
REGISTRATION = "QYall"  # resource of the colour that prints on every plate
_FARTHEST = 30000  # 1/1000 em: older readers hold numbers up to 32,767


def number(value: float) -> str:
    """A PDF number to 1/1000 pt, without needless digits."""
    written = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


@dataclass(frozen=True, slots=True)
class Plate:
    """An ink of its own (a Separation in the resources), 0 … 1 of it."""

    resource: str
    tint: float = 1.0


def spot_resource(at: int) -> str:
    return f"QYsp{at}"


def plate_of(ink: Ink, spots: Sequence[SpotInk]) -> Plate | None:
    """The plate that prints a colour: that of the first spot ink of which the colour is a tint."""
    parts = (ink.c, ink.m, ink.y, ink.k)
    for at, spot in enumerate(spots):
        whole = (spot.alternate.c, spot.alternate.m, spot.alternate.y, spot.alternate.k)
        tint = max(parts) / max(*whole, 1e-9)
        if 0 < tint <= 1.0001 and all(abs(part - tint * full) < 0.004 for part, full in zip(parts, whole, strict=True)):
            return Plate(spot_resource(at), min(1.0, tint))
    return None


def is_black(ink: Ink) -> bool:
    """Black in K alone: what may print over everything."""
    return ink.k >= 1.0 and not (ink.c or ink.m or ink.y)


def colour(ink: Ink | Plate, cmyk: bool, stroke: bool = False) -> str:
    """The operator that sets an ink: its own plate, process colour, or grey and RGB."""
    if isinstance(ink, Plate):
        return f"/{ink.resource} {'CS' if stroke else 'cs'} {number(ink.tint)} {'SCN' if stroke else 'scn'}"
    if cmyk:
        parts = " ".join(number(part) for part in (ink.c, ink.m, ink.y, ink.k))
        return f"{parts} {'K' if stroke else 'k'}"
    if not (ink.c or ink.m or ink.y):
        return f"{number(1 - ink.k)} {'G' if stroke else 'g'}"
    parts = " ".join(number((1 - part) * (1 - ink.k)) for part in (ink.c, ink.m, ink.y))
    return f"{parts} {'RG' if stroke else 'rg'}"


@dataclass(slots=True)
class Content:
    """Collects operators; remembers the state it set, so that nothing is set twice.

    `left` and `foot` place the page's top left corner on the sheet: x' = x + left, y' = foot - y.
    """

    preset: Preset
    left: float
    foot: float
    spots: Sequence[SpotInk] = ()
    out: list[str] = field(default_factory=list)
    _fill: Ink | Plate | None = None
    _line: Ink | Plate | None = None
    _over: bool | None = None
    _font: tuple[str, float] | None = None
    _thick: float = 0.0

    def rectangle(self, box: Box, ink: Ink | Plate) -> None:
        self._paint(ink, stroke=False, over=False)
        x, y = number(box.x + self.left), number(self.foot - box.bottom)
        self.out.append(f"{x} {y} {number(box.width)} {number(box.height)} re f")

    def line(self, line: Line) -> None:
        self.stroke(line, line.ink)

    def stroke(self, line: Line, ink: Ink | Plate) -> None:
        """A line in an ink that need not be its own: marks print on every plate."""
        self._paint(ink, stroke=True, over=isinstance(ink, Ink) and is_black(ink))
        x0, y0 = number(line.x0 + self.left), number(self.foot - line.y0)
        x1, y1 = number(line.x1 + self.left), number(self.foot - line.y1)
        self.out.append(f"{number(line.width)} w {x0} {y0} m {x1} {y1} l S")

    def circle(self, x: float, y: float, radius: float, width: float, ink: Ink | Plate) -> None:
        self._paint(ink, stroke=True, over=False)
        bend = radius * 0.5523  # of four curves that make a circle
        middle = (x + self.left, self.foot - y)

        def at(across: float, up: float) -> str:
            return f"{number(middle[0] + across)} {number(middle[1] + up)}"

        self.out.append(
            f"{number(width)} w {at(radius, 0)} m "
            f"{at(radius, bend)} {at(bend, radius)} {at(0, radius)} c "
            f"{at(-bend, radius)} {at(-radius, bend)} {at(-radius, 0)} c "
            f"{at(-radius, -bend)} {at(-bend, -radius)} {at(0, -radius)} c "
            f"{at(bend, -radius)} {at(radius, -bend)} {at(radius, 0)} c S"
        )

    def picture(self, box: Box, resource: str) -> None:
        x, y = number(box.x + self.left), number(self.foot - box.bottom)
        self.out.append(f"q {number(box.width)} 0 0 {number(box.height)} {x} {y} cm /{resource} Do Q")

    def begin_part(self, tag: str, mark: int) -> None:
        """What follows, until end_part, is one element of the structure tree (ISO 32000-1 §14.7.4)."""
        self.out.append(f"/{tag} <</MCID {mark}>> BDC")

    def begin_artefact(self) -> None:
        """What follows, until end_part, is ornament: no reader speaks it."""
        self.out.append("/Artifact BMC")

    def end_part(self) -> None:
        self.out.append("EMC")

    def begin_text(self) -> None:
        self.out.append("BT")
        self._font = None

    def end_text(self) -> None:
        self._weight(0.0)
        self.out.append("ET")

    def run(self, run: GlyphRun, face: EmbeddedFace) -> None:
        """One run between begin_text and end_text."""
        self._paint(run.ink, stroke=False, over=is_black(run.ink))
        if run.stroke > 0:
            self._paint(run.ink, stroke=True, over=is_black(run.ink))
        self._weight(run.stroke)
        if self._font != (face.resource, run.size):
            self._font = (face.resource, run.size)
            self.out.append(f"/{face.resource} {number(run.size)} Tf")
        y = number(self.foot - run.baseline)
        for start, end, actual in _spans(run, face):
            if actual is not None:
                self.out.append(f"/Span <</ActualText <FEFF{utf16(actual)}>>> BDC")
            for x, array in _pieces(run, start, end, face):
                self.out.append(f"1 0 0 1 {number(x + self.left)} {y} Tm {array} TJ")
            if actual is not None:
                self.out.append("EMC")

    def _weight(self, stroke: float) -> None:
        """A face without a bold is thickened by a line around its glyphs (text rendering mode 2)."""
        if stroke == self._thick:
            return
        self._thick = stroke
        self.out.append(f"2 Tr {number(stroke)} w 1 j" if stroke > 0 else "0 Tr 0 j")

    def _paint(self, ink: Ink | Plate, *, stroke: bool, over: bool) -> None:
        if self.spots and isinstance(ink, Ink):
            ink = plate_of(ink, self.spots) or ink
        if self.preset.overprint and over != self._over:
            self._over = over
            self.out.append(f"/{OVERPRINT if over else KNOCK_OUT} gs")
        if stroke and ink != self._line:
            self._line = ink
            self.out.append(colour(ink, self.preset.cmyk, stroke=True))
        elif not stroke and ink != self._fill:
            self._fill = ink
            self.out.append(colour(ink, self.preset.cmyk))


def _spans(run: GlyphRun, face: EmbeddedFace) -> list[tuple[int, int, str | None]]:
    """The run cut where its glyphs, by the face's ToUnicode, would not give its text: (start, end, text to say there).

    A glyph may stand for several texts (the radical ⼀ and the character 一), and several glyphs for one.
    """
    if "" not in run.clusters and face.shared.isdisjoint(run.glyphs):
        return [(0, len(run.glyphs), None)]
    found: list[tuple[int, int, str | None]] = []
    at = 0
    while at < len(run.glyphs):
        end = at + 1
        while end < len(run.glyphs) and not run.clusters[end]:
            end += 1
        plain = "".join(face.texts[glyph] for glyph in run.glyphs[at:end]) == run.clusters[at]
        if plain and found and found[-1][2] is None:
            found[-1] = (found[-1][0], end, None)
        else:
            found.append((at, end, None if plain else run.clusters[at]))
        at = end
    return found


def _pieces(run: GlyphRun, first: int, last: int, face: EmbeddedFace) -> list[tuple[float, str]]:
    """Glyphs [first, last) of the run as TJ arrays, each with the place where it starts: one array, unless glyphs stand
    farther apart than numbers reach.

    Every adjustment is reckoned from the glyph's own place, not from its neighbour's, so rounding never adds up: no
    glyph is off by more than 1/2000 em.
    """
    codes, widths = face.codes, face.widths
    scale = 1000 / run.size
    start = run.xs[first]
    pen = 0.0  # where the reader's pen is, in 1/1000 em from start
    found: list[tuple[float, str]] = []
    parts: list[str] = []
    for glyph, x in zip(run.glyphs[first:last], run.xs[first:last], strict=True):
        move = round(pen - (x - start) * scale)
        if abs(move) > _FARTHEST:
            found.append((start, f"[<{''.join(parts)}>]"))
            parts, start, pen = [], x, 0.0
        elif move:
            parts.append(f">{move}<" if parts else f"> {move}<")
            pen -= move
        parts.append(codes[glyph])
        pen += widths[glyph]
    found.append((start, f"[<{''.join(parts)}>]"))
    return found
