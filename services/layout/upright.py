"""Vertical headings 竖题: upright glyphs from the top down, lines from the right to the left.

In: kicker, headline and deck, the height and the most columns of the page they may take. Out: `SetUpright`, glyphs
with their places. Brackets, dashes and marks take the face's own vertical forms (OpenType `vert`; GB/T 15834-2011
§5.2, marks of vertical text); double quotes become ﹃﹄, single ones ﹁﹂; two digits stand level in one cell.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import ceil

from models.values.article_text import ArticleText, Part, PartRef
from models.values.laid_page import GlyphRun, TextSource
from models.values.plan import Align, HeadingPlan
from models.values.template import FontRole, PageTemplate, TypeStyle
from services.fonts.catalogue import Catalogue
from services.fonts.metrics import metrics
from services.fonts.scan import Face
from services.layout.headline import CLEAR, HeadingFit, word_breaks
from services.layout.letters import Letters, find_glyph, letters
from services.layout.line_edges import CLOSING, OPENING, PAUSING, STOPPING

_PITCH = 1.04  # em from one glyph to the one under it
_LINE = 1.25  # em from one line to the next
_APART = 0.22  # em of the headline between it and kicker or deck
_MARK = 0.62  # em that a mark takes
_SPACE = 0.5
_ABOVE = 0.88  # em from the top of a cell to the baseline of its glyph
_CELL = re.compile(r"\d{2}(?!\d)(?<!\d\d\d)|——|……|\s+|.", re.DOTALL)
_TURNED = {"“": "﹃", "”": "﹄", "‘": "﹁", "’": "﹂", "—": "︱", "…": "︙"}
_MARKS = OPENING | CLOSING | PAUSING | STOPPING
_SIDE_SIZE = 0.48  # of the headline: kicker; the deck is a little smaller
_SMALLEST_SIDE = 9.0
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int
    height: float  # em


@dataclass(frozen=True, slots=True)
class _Strip:
    """One line of a part: its cells, size and the middle of the strip from the heading's left edge."""

    cells: tuple[_Cell, ...]
    size: float
    middle: float
    ref: PartRef
    type_: Letters


@dataclass(frozen=True, slots=True)
class SetUpright:
    """A vertical heading, `width` points wide and `ink` high; `columns` of the page it takes. Its rows are 0: text
    stands beside it.
    """

    size: float
    turned: int
    width: float
    ink: float
    columns: int
    strips: tuple[_Strip, ...]
    rows: int = 0

    @property
    def fit(self) -> HeadingFit:
        return HeadingFit(rows=0, size=self.size, lines=self.turned)

    @property
    def borrowed(self) -> tuple[tuple[str, str], ...]:
        found: dict[tuple[str, str], None] = {}
        for strip in self.strips:
            own = (strip.type_.faces[0], strip.type_.quotes)
            for cell in strip.cells:
                for character in cell.text.strip():
                    face, glyph = find_glyph(strip.type_.faces, strip.type_.quotes, character)
                    if not glyph or face not in own:
                        found[character, face.id if glyph else ""] = None
        return tuple(found)

    def runs(self, left: float, top: float, height: float) -> Iterator[GlyphRun]:
        """The glyphs, the heading in the middle of `height` points."""
        first = top + max(CLEAR, (height - self.ink) / 2)
        for strip in self.strips:
            yield from _strip_runs(strip, left + strip.middle, first)


def set_upright(
    text: ArticleText, plan: HeadingPlan, most_columns: int, height: float, template: PageTemplate, fonts: Catalogue
) -> SetUpright:
    """Fits a vertical heading into `height` points: the largest step of the template that the room allows."""
    room = max(height - 2 * CLEAR, 8.0)
    widest = template.span_width(max(1, most_columns)) - CLEAR
    embolden = 0.02 if plan.role in (FontRole.KAI, FontRole.FANGSONG) else 0.0
    type_ = letters(fonts, plan.role, 1.0, embolden=embolden)
    steps = [step for step in template.heading_steps if step < plan.size]
    sizes = [min(max(plan.size, 6.0), 300.0), *steps]
    cells = _cells(text.headline)
    most = min(max(1, plan.lines), _MOST_LINES)
    for size in sizes:
        for lines in range(1, (most if size is not sizes[-1] else _MOST_LINES) + 1):
            turned = _turn(cells, text.headline, lines)
            made = _stack(text, turned, size, type_, room, template, fonts)
            if made.ink <= room + 0.01 and made.width <= widest:
                return made
    return made


def _cells(text: str) -> tuple[_Cell, ...]:
    made = []
    for match in _CELL.finditer(text):
        words = match.group()
        if not words.strip():
            height = _SPACE
        elif words in ("——", "……"):
            height = 2.0
        elif words[0] in _MARKS:
            height = _MARK
        else:
            height = _PITCH
        made.append(_Cell(words, match.start(), height))
    return tuple(made)


def _turn(cells: Sequence[_Cell], text: str, lines: int) -> tuple[tuple[_Cell, ...], ...]:
    """The cells in so many lines, about equally long, turned over where a word ends."""
    if lines <= 1 or len(cells) < 2 * lines:
        return (tuple(cells),) if cells else ()
    ends = word_breaks(text)
    places = [
        k
        for k in range(1, len(cells))
        if (cells[k].start in ends or not cells[k - 1].text.strip() or cells[k - 1].text[0] in CLOSING | PAUSING)
        and cells[k].text[0] not in CLOSING | PAUSING | STOPPING
        and cells[k - 1].text[0] not in OPENING
    ]
    best: tuple[float, tuple[int, ...]] | None = None
    for chosen in combinations(places[:24], lines - 1):
        edges = (0, *chosen, len(cells))
        cost = max(_high(cells[a:b]) for a, b in pairwise(edges))
        cost -= 1.5 * sum(not cells[k - 1].text.strip() for k in chosen)
        if best is None or cost < best[0]:
            best = (cost, edges)
    if best is None:
        return (tuple(cells),)
    return tuple(_stripped(cells[a:b]) for a, b in pairwise(best[1]))


def _stripped(cells: Sequence[_Cell]) -> tuple[_Cell, ...]:
    held = list(cells)
    while held and not held[-1].text.strip():
        held.pop()
    while held and not held[0].text.strip():
        held.pop(0)
    return tuple(held)


def _high(cells: Sequence[_Cell]) -> float:
    return sum(cell.height for cell in cells)


def _stack(
    text: ArticleText,
    turned: Sequence[tuple[_Cell, ...]],
    size: float,
    type_: Letters,
    room: float,
    template: PageTemplate,
    fonts: Catalogue,
) -> SetUpright:
    """Kicker at the right, then the headline's lines, the deck at the left: the order of reading."""
    parts: list[tuple[Part, tuple[_Cell, ...], float, Letters]] = []
    if text.kicker:
        parts.append(_side(text.kicker, Part.KICKER, _SIDE_SIZE * size, room, template, fonts))
    parts += [(Part.HEADLINE, line, size, type_) for line in turned]
    if text.deck:
        parts.append(_side(text.deck, Part.DECK, 0.9 * _SIDE_SIZE * size, room, template, fonts))
    apart = _APART * size  # between kicker, headline and deck
    width = sum(_LINE * one[2] for one in parts) + apart * (bool(text.kicker) + bool(text.deck))
    ink = max((_high(cells) * high for _, cells, high, _ in parts), default=0.0)
    right = width
    strips = []
    for number, (part, cells, high, letter) in enumerate(parts):
        right -= apart if number and parts[number - 1][0] is not part else 0.0
        strips.append(_Strip(cells, high, right - _LINE * high / 2, PartRef(part=part), letter))
        right -= _LINE * high
    columns = 1
    while columns < template.columns and template.span_width(columns) - CLEAR < width:
        columns += 1
    return SetUpright(size, max(1, len(turned)), width, ink, columns, tuple(strips))


def _side(
    words: str, part: Part, wish: float, room: float, template: PageTemplate, fonts: Catalogue
) -> tuple[Part, tuple[_Cell, ...], float, Letters]:
    style = template.styles.get(part.value, TypeStyle(role=FontRole.KAI, size=14.0, leading=18.0))
    cells = _cells(words)
    size = max(_SMALLEST_SIDE, min(style.size, wish, room / max(1.0, _high(cells))))
    return part, cells, size, letters(fonts, style.role, 1.0)


def _strip_runs(strip: _Strip, middle: float, top: float) -> Iterator[GlyphRun]:
    y = top
    size = strip.size
    for cell in strip.cells:
        end = cell.start + len(cell.text)
        source = TextSource(ref=strip.ref, start=cell.start, end=end)
        if len(cell.text) == 2 and cell.text.isdigit():
            yield _level(strip, cell, middle, y, source)
        elif cell.text.strip():
            for step, character in enumerate(cell.text):
                yield _upright(strip, character, middle, y + step * size, source)
        y += cell.height * size


def _upright(strip: _Strip, character: str, middle: float, top: float, source: TextSource) -> GlyphRun:
    """One glyph in its cell. A mark's cell is shorter than its em: its blank is taken off where the mark has it."""
    size = strip.size
    face, glyph = _vertical_glyph(strip.type_, character)
    if character in OPENING:
        top -= (1.0 - _MARK) * size
    wide = metrics(face).advance(glyph)
    return GlyphRun(
        face=face.id,
        size=size,
        baseline=top + _ABOVE * size,
        glyphs=(glyph,),
        xs=(middle - wide * size / 2,),
        clusters=(character,),
        stroke=strip.type_.stroke * size,
        source=source,
    )


def _vertical_glyph(type_: Letters, character: str) -> tuple[Face, int]:
    """Face and glyph for vertical text: quotes and dashes in their vertical characters, else the face's `vert` form."""
    turned = _TURNED.get(character)
    if turned is not None:
        face, glyph = find_glyph(type_.faces[:1], None, turned)
        if glyph:
            return face, glyph
    face, glyph = find_glyph(type_.faces, type_.quotes, character)
    return face, metrics(face).vertical(character) or glyph


def _level(strip: _Strip, cell: _Cell, middle: float, top: float, source: TextSource) -> GlyphRun:
    """Two digits level in one cell 纵中横, as small as the cell asks for."""
    found = [find_glyph(strip.type_.faces, None, character) for character in cell.text]
    face = found[0][0]
    wide = sum(metrics(face).advance(glyph) for _, glyph in found)
    size = min(strip.size, strip.size / wide) if wide > 0 else strip.size
    x = middle - wide * size / 2
    xs = (x, x + metrics(face).advance(found[0][1]) * size)
    return GlyphRun(
        face=face.id,
        size=size,
        baseline=top + 0.5 * strip.size + 0.37 * size,
        glyphs=tuple(glyph for _, glyph in found),
        xs=xs,
        clusters=tuple(cell.text),
        stroke=strip.type_.stroke * size,
        source=source,
    )


def upright_rows(made: SetUpright, template: PageTemplate) -> int:
    """The least rows of a frame that the heading stands in."""
    return ceil((made.ink + 2 * CLEAR) / template.leading - 1e-6) + made.rows


def stands_right(plan: HeadingPlan) -> bool:
    return plan.align is Align.RIGHT
