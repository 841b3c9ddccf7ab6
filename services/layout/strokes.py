"""Rules, borders and ornaments 线、框、报花 as plain strokes, so that canvas and press draw them alike.

In: two ends or a box, and a style; for an ornament its drawing (resources/ornaments) and the room it has. Out: `Line`s.
A drawing is a list of strokes in a square of 100 units, y downwards: `line` through points, `arc` round a middle.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, hypot, pi, radians, sin

from models.values.laid_page import BLACK, Box, Ink, Line
from models.values.plan import RuleStyle
from services.config.paths import RESOURCES

ORNAMENTS = RESOURCES / "ornaments"
THIN, THICK = 0.5, 1.8
_APART = 2.4  # points between the two lines of a double rule
_DOT, _DOT_STEP = 0.9, 2.7
_WAVE_STEP, _WAVE_HIGH = 6.0, 1.5
_ARC_STEP = 12.0  # degrees of one stroke of an arc
_BAND_RATIO = 2.5  # room wider than this many times its height is filled by repeating


def rule_lines(
    x0: float, y0: float, x1: float, y1: float, style: RuleStyle, ink: Ink = BLACK, inward: float = 1.0
) -> list[Line]:
    """A rule between two points on one level or one upright; `inward` ±1: the side of a second line."""
    if style is RuleStyle.NONE or (x0 == x1 and y0 == y1):
        return []

    def line(off: float, width: float) -> Line:
        dx, dy = (0.0, off) if y0 == y1 else (off, 0.0)
        return Line(x0=x0 + dx, y0=y0 + dy, x1=x1 + dx, y1=y1 + dy, width=width, ink=ink)

    if style is RuleStyle.DOTTED:
        return list(_dots(x0, y0, x1, y1, ink))
    if style is RuleStyle.WAVE:
        return list(_wave(x0, y0, x1, y1, ink))
    if style is RuleStyle.DOUBLE:
        return [line(0.0, THIN), line(_APART * inward, THIN)]
    if style is RuleStyle.THICK_THIN:
        return [line(0.0, THICK), line((_APART + 0.5) * inward, THIN)]
    return [line(0.0, THICK if style is RuleStyle.THICK else THIN)]


def _dots(x0: float, y0: float, x1: float, y1: float, ink: Ink) -> Iterator[Line]:
    length = hypot(x1 - x0, y1 - y0)
    count = max(1, round(length / _DOT_STEP))
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    for n in range(count + 1):
        at = min(n * length / count, length - _DOT)
        yield Line(
            x0=x0 + ux * at, y0=y0 + uy * at, x1=x0 + ux * (at + _DOT), y1=y0 + uy * (at + _DOT), width=_DOT, ink=ink
        )


def _wave(x0: float, y0: float, x1: float, y1: float, ink: Ink) -> Iterator[Line]:
    length = hypot(x1 - x0, y1 - y0)
    count = max(2, round(length / _WAVE_STEP)) * 6
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    points = []
    for n in range(count + 1):
        at, off = n * length / count, _WAVE_HIGH * sin(2 * pi * n / 6)
        points.append((x0 + ux * at - uy * off, y0 + uy * at + ux * off))
    yield from _through(points, 0.6, ink)


def border_lines(box: Box, style: RuleStyle, ink: Ink = BLACK) -> list[Line]:
    """A line round a box; a second one stands inside it."""
    if style is RuleStyle.NONE or box.width <= 0 or box.height <= 0:
        return []
    half = (THICK if style in (RuleStyle.THICK, RuleStyle.THICK_THIN) else THIN) / 2
    off = half if style not in (RuleStyle.DOTTED, RuleStyle.WAVE) else 0.0
    over = 0.0
    if style is RuleStyle.DOUBLE:
        over = _APART
    elif style is RuleStyle.THICK_THIN:
        over = _APART + 0.5
    lines: list[Line] = []
    for step in (0.0, over) if over else (0.0,):
        one = style
        if over:
            one = RuleStyle.THICK if style is RuleStyle.THICK_THIN and not step else RuleStyle.THIN
        half = THICK / 2 if one is RuleStyle.THICK else THIN / 2
        half = half if off else 0.0
        left, right, top, foot = box.x + step, box.right - step, box.y + step, box.bottom - step
        lines += rule_lines(left - half, top, right + half, top, one, ink)
        lines += rule_lines(left - half, foot, right + half, foot, one, ink)
        lines += rule_lines(left, top, left, foot, one, ink)
        lines += rule_lines(right, top, right, foot, one, ink)
    return lines


def _through(points: Sequence[tuple[float, float]], width: float, ink: Ink) -> Iterator[Line]:
    for (xa, ya), (xb, yb) in pairwise(points):
        yield Line(x0=xa, y0=ya, x1=xb, y1=yb, width=width, ink=ink)


@dataclass(frozen=True, slots=True)
class Ornament:
    """A drawing: strokes as points in a square of 100 units. `band`: it is made to be repeated side by side."""

    name: str
    title: str
    band: bool
    weight: float  # points of its strokes
    strokes: tuple[tuple[tuple[float, float], ...], ...]


def ornament_names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in ORNAMENTS.glob("*.toml")))


@cache
def ornament(name: str) -> Ornament | None:
    """A drawing of resources/ornaments by name; None when there is none (a plan may come from elsewhere)."""
    if name not in ornament_names():
        return None
    data = tomllib.loads((ORNAMENTS / f"{name}.toml").read_text("utf-8"))
    strokes = [tuple(pairs) for stroke in data["strokes"] for pairs in _points(stroke)]
    return Ornament(name, data["title"], bool(data.get("band", False)), float(data.get("weight", 0.7)), tuple(strokes))


def _points(stroke: dict[str, list[float]]) -> Iterator[list[tuple[float, float]]]:
    if "line" in stroke:
        given = stroke["line"]
        yield list(zip(given[::2], given[1::2], strict=True))
        return
    x, y, radius, first, last = stroke["arc"]
    steps = max(2, round(abs(last - first) / _ARC_STEP))
    angles = [radians(first + (last - first) * n / steps) for n in range(steps + 1)]
    yield [(x + radius * cos(angle), y - radius * sin(angle)) for angle in angles]


def ornament_lines(name: str, box: Box, ink: Ink = BLACK) -> list[Line]:
    """The drawing in the middle of a box: as large as it goes, a band over the whole width."""
    drawn = ornament(name)
    if drawn is None or box.width < 6 or box.height < 6:
        return []
    side = min(box.height, box.width)
    count = 1
    if drawn.band:
        side = min(side, 24.0)
        count = max(1, int(box.width / side))
    elif box.width > _BAND_RATIO * box.height:
        count = 3
    apart = side if drawn.band else 1.6 * side
    wide = side + (count - 1) * apart
    left, top = box.x + (box.width - wide) / 2, box.y + (box.height - side) / 2
    scale = side / 100
    lines: list[Line] = []
    for n in range(count):
        for stroke in drawn.strokes:
            points = [(left + n * apart + x * scale, top + y * scale) for x, y in stroke]
            lines += _through(points, drawn.weight, ink)
    return lines
