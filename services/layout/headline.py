"""Sets kicker, headline and deck 引题 主题 副题 into the width of their frame.

In: the three texts, the wish of the plan, a width. Out: `SetHeading`: lines with their places and the rows of the grid
that they take. The headline steps down the template's scale of sizes until it fits; it may be turned over at a good
break, into lines of about equal length, never inside a word, a number or a name. One line is better than two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from math import ceil

from models.values.article_text import ArticleText, Part, PartRef
from models.values.laid_page import BLACK, GlyphRun, Ink, TextSource
from models.values.plan import Align, HeadingPlan
from models.values.template import FontRole, PageTemplate, TypeStyle
from services.fonts.catalogue import Catalogue
from services.layout.atoms import FORBIDDEN, Atoms, Paragraph, Piece, prepare
from services.layout.letters import Letters, letters
from services.layout.line_edges import Kind, Level

_SIZES = (6.0, 300.0)  # of a headline in points: a plan may come from anywhere
_MOST_LINES = 4
CLEAR = 4.0  # points between a heading and the edges of its measure
_ASCENT, _DESCENT = 0.85, 0.1  # em that Han ink reaches above and below the baseline
_TURN = 1.24  # leading of a headline turned over, in sizes
_MARK_WIDTHS = {Kind.OPEN: 0.55, Kind.CLOSE: 0.55, Kind.PAUSE: 0.62, Kind.STOP: 0.7, Kind.DOT: 0.5}
_GAP = 0.1  # em between Han and Latin in display type
_KAI_STROKE = 0.02  # em: Kai and Fangsong have no bold and look thin beside one
_BAD_STARTS = frozenset("的了着过和与及或在是为以之等中上下里者们性化")
_ONE_LINE_LOSS = 0.84  # of the wished size that one line may cost before the headline is turned over
_SMALLEST_SIDE = 9.0  # of kicker and deck


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingFit:
    """Rows of the grid with kicker, deck and air; headline size in points; its lines."""

    rows: int
    size: float
    lines: int


@dataclass(frozen=True, slots=True)
class _Display:
    """A heading's text at a size of 1: squeezed widths in em and what a line edge gives back."""

    atoms: Atoms
    widths: tuple[float, ...]
    gaps: tuple[float, ...]
    shifts: tuple[float, ...]
    sums: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class FittedText:
    """One part fitted: atoms [start, end) of each line with the line's width in em."""

    display: _Display
    type_: Letters  # at a size of 1
    size: float
    lines: tuple[tuple[int, int, float], ...]
    track: float = 0.0  # em


@dataclass(frozen=True, slots=True)
class _Placed:
    fitted: FittedText
    line: tuple[int, int, float]
    baseline: float  # below the top of the ink
    ref: PartRef


@dataclass(frozen=True, slots=True)
class SetHeading:
    """A heading ready to be placed. `ink` is its height in points without air."""

    rows: int
    size: float
    turned: int  # lines of the headline
    ink: float
    width: float
    align: Align
    placed: tuple[_Placed, ...]

    @property
    def fit(self) -> HeadingFit:
        return HeadingFit(rows=self.rows, size=self.size, lines=self.turned)

    @property
    def borrowed(self) -> tuple[tuple[str, str], ...]:
        """Characters that their own face lacks, with the id of the face that prints them ("" for none)."""
        return tuple(dict.fromkeys(pair for one in self.placed for pair in one.fitted.display.atoms.borrowed))

    def runs(self, left: float, top: float, height: float) -> Iterator[GlyphRun]:
        """The glyphs, the heading's air divided so that it looks centred between what is above and the text below."""
        air = max(0.0, height - self.ink)
        first = top + (air + 2.0) * 0.44 if air else top
        for one in self.placed:
            yield from text_runs(
                one.fitted, one.line, left, self.width, first + one.baseline, ref=one.ref, align=self.align
            )


def set_heading(
    text: ArticleText,
    plan: HeadingPlan,
    width: float,
    template: PageTemplate,
    fonts: Catalogue,
    keep: frozenset[str] = frozenset(),
    breaks: frozenset[int] | None = None,
    pad: float = 0.0,
) -> SetHeading:
    """Fits the heading of an article. `breaks`: code points of the headline at which a word ends (None: find them).

    `pad` points above the heading are not its own (the edge of a tint).
    """
    room = max(width - 2 * CLEAR, 8.0)
    wish = min(max(plan.size, _SIZES[0]), _SIZES[1]) if plan.size == plan.size else template.heading_steps[-1]
    embolden = _KAI_STROKE if plan.role in (FontRole.KAI, FontRole.FANGSONG) else 0.0
    type_ = letters(fonts, plan.role, 1.0, embolden=embolden)
    names = tuple(sorted(name for name in keep if name in text.headline))
    sizes = (wish, *(step for step in template.heading_steps if step < wish))
    headline = fit_text(text.headline, type_, room, sizes, min(max(1, plan.lines), _MOST_LINES), names, breaks)
    placed: list[_Placed] = []
    y = 0.0
    if text.kicker:
        kicker = _side(text.kicker, "kicker", 0.48, headline.size, room, template, fonts)
        y = _stack(placed, kicker, PartRef(part=Part.KICKER), 0.0, 0.0, 1.3)
        y = _stack(placed, headline, PartRef(part=Part.HEADLINE), y, 0.2 * headline.size, _TURN)
    else:
        y = _stack(placed, headline, PartRef(part=Part.HEADLINE), 0.0, 0.0, _TURN)
    if text.deck:
        deck = _side(text.deck, "deck", 0.42, headline.size, room, template, fonts)
        y = _stack(placed, deck, PartRef(part=Part.DECK), y, 0.25 * headline.size, 1.35)
    air = max(8.0, 0.4 * headline.size)
    rows = max(ceil((y + air + pad) / template.leading - 1e-6), plan.rows) if text.headline else 0
    return SetHeading(rows, headline.size, len(headline.lines), y, width, plan.align, tuple(placed))


def _stack(placed: list[_Placed], fitted: FittedText, ref: PartRef, y: float, gap: float, leading: float) -> float:
    """Puts a part's lines under what stands already; returns the foot of its ink."""
    baseline = y + gap + _ASCENT * fitted.size
    for line in fitted.lines:
        placed.append(_Placed(fitted, line, baseline, ref))
        baseline += leading * fitted.size
    return baseline - leading * fitted.size + _DESCENT * fitted.size if fitted.lines else y


def _side(
    text: str, name: str, part: float, size: float, room: float, template: PageTemplate, fonts: Catalogue
) -> FittedText:
    """Kicker or deck: in proportion to the headline, never above its style's size, one line if it can be."""
    style = template.styles.get(name, TypeStyle(role=FontRole.KAI, size=14.0, leading=18.0))
    wish = min(style.size, max(10.5, round(2 * part * size) / 2), max(size * 0.8, _SMALLEST_SIDE))
    steps = int((wish - _SMALLEST_SIDE) * 2)
    sizes = tuple(wish - 0.5 * step for step in range(max(0, steps) + 1))
    return fit_text(text, letters(fonts, style.role, 1.0), room, sizes, 2, (), None, word_space=0.5)


def fit_text(
    text: str,
    type_: Letters,
    room: float,
    sizes: tuple[float, ...],
    most_lines: int,
    names: tuple[str, ...] = (),
    breaks: frozenset[int] | None = None,
    *,
    word_space: float = 0.5,
) -> FittedText:
    """The largest of `sizes` at which the text stands in `room` points in at most `most_lines` lines.

    When even the smallest size is too large the text takes the lines it needs: a heading is never cut.
    """
    display = _display(text, type_, names, word_space)
    longest = room / min(sizes)
    if display.widths and max(display.widths) > longest:
        display = _display(text, type_, names, word_space, longest)
    count = len(display.widths)
    if not count:
        return FittedText(display, type_, sizes[0], ())
    whole = _width(display, 0, count)
    for size in sizes:
        if whole * size <= room and (most_lines == 1 or size >= _ONE_LINE_LOSS * sizes[0]):
            return FittedText(display, type_, size, ((0, count, whole),), _track(whole, size, room, count))
    if most_lines > 1:
        turned = {n: _turn(display, text, n, breaks) for n in range(2, most_lines + 1)}
        for size in sizes:
            if whole * size <= room:
                return FittedText(display, type_, size, ((0, count, whole),))
            for lines in turned.values():
                if lines and max(line[2] for line in lines) * size <= room:
                    return FittedText(display, type_, size, lines)
    smallest = min(sizes)
    for n in range(max(2, most_lines), 5):
        lines = _turn(display, text, n, breaks)
        if lines and max(line[2] for line in lines) * smallest <= room:
            return FittedText(display, type_, smallest, lines)
    return FittedText(display, type_, smallest, _fill(display, room / smallest))


def fit_line(text: str, type_: Letters, room: float, largest: float, *, word_space: float = 0.5) -> FittedText:
    """The text on one line, as much smaller than `largest` as `room` asks for: nothing is ever left out."""
    display = _display(text, type_, (), word_space)
    count = len(display.widths)
    if not count:
        return FittedText(display, type_, largest, ())
    whole = _width(display, 0, count)
    size = min(largest, room / whole) if whole > 0 else largest
    return FittedText(display, type_, size, ((0, count, whole),))


def _track(whole: float, size: float, room: float, count: int) -> float:
    """A short headline in a wide measure is opened a little."""
    if count < 4 or size < 14 or whole * size > 0.66 * room:
        return 0.0
    return 0.05


@lru_cache(maxsize=1024)
def _display(text: str, type_: Letters, names: tuple[str, ...], word_space: float, longest: float = 0.0) -> _Display:
    keep = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            keep.append((at, at + len(name)))
            at = text.find(name, at + len(name))
    atoms = prepare(Paragraph((Piece(text, type_),), 0.0, tuple(keep), Level.STRICT), longest)
    widths = list(atoms.widths)
    shifts = list(atoms.shifts)
    for k, kind in enumerate(atoms.kinds):
        if kind is Kind.SPACE:
            widths[k] = max(word_space, 1.0) if "\u3000" in text[atoms.starts[k] : atoms.starts[k + 1]] else word_space
        wanted = _MARK_WIDTHS.get(kind)
        if wanted is None or widths[k] <= wanted:
            continue
        blank = widths[k] - wanted if kind is Kind.DOT else max(atoms.start_trim[k], atoms.end_trim[k])
        cut = min(blank, widths[k] - wanted)
        widths[k] -= cut
        shifts[k] -= cut if kind is Kind.OPEN else cut / 2 if kind is Kind.DOT else 0.0
    gaps = tuple(min(gap, _GAP) for gap in atoms.gaps)
    sums = [0.0]
    for gap, width in zip(gaps, widths, strict=True):
        sums.append(sums[-1] + gap + width)
    return _Display(atoms, tuple(widths), gaps, tuple(shifts), tuple(sums))


def _trimmed(display: _Display, start: int, end: int) -> tuple[int, int]:
    """The range without spaces at its edges."""
    kinds = display.atoms.kinds
    while start < end - 1 and kinds[start] is Kind.SPACE:
        start += 1
    while end > start + 1 and kinds[end - 1] is Kind.SPACE:
        end -= 1
    return start, end


def _width(display: _Display, start: int, end: int) -> float:
    start, end = _trimmed(display, start, end)
    return display.sums[end] - display.sums[start] - display.gaps[start]


def _turn(
    display: _Display, text: str, lines: int, breaks: frozenset[int] | None
) -> tuple[tuple[int, int, float], ...]:
    """The best way to turn the text over into so many lines; () when it has too few good breaks."""
    places = _places(display, text, breaks)
    count = len(display.widths)
    if len(places) < lines - 1:
        return ()
    even = _width(display, 0, count) / lines
    near = sorted(places, key=lambda at: min(abs(display.sums[at] - even * n) for n in range(1, lines)))[:24]
    best: tuple[float, tuple[int, ...]] | None = None
    for chosen in combinations(sorted(near), lines - 1):
        edges = (0, *chosen, count)
        widths = [_width(display, a, b) for a, b in pairwise(edges)]
        cost = (max(widths) - min(widths)) / even + sum(places[at] for at in chosen)
        if best is None or cost < best[0]:
            best = (cost, edges)
    if best is None:
        return ()
    edges = best[1]
    return tuple((a, b, _width(display, a, b)) for a, b in pairwise(edges))


def _places(display: _Display, text: str, breaks: frozenset[int] | None) -> dict[int, float]:
    """Atoms before which the text may be turned over, with what each costs in parts of a line."""
    atoms = display.atoms
    ends = word_breaks(text) if breaks is None else breaks
    found: dict[int, float] = {}
    open_quotes = 0
    for k in range(1, len(atoms.kinds)):
        before = atoms.kinds[k - 1]
        open_quotes += (before is Kind.OPEN) - (before is Kind.CLOSE)
        at = atoms.starts[k]
        after_mark = before in (Kind.SPACE, Kind.PAUSE, Kind.STOP, Kind.CLOSE) or atoms.kinds[k] is Kind.OPEN
        if atoms.penalty[k] >= FORBIDDEN or not (after_mark or at in ends):
            continue
        cost = 0.0 if after_mark else 0.08
        cost -= 0.5 if before is Kind.SPACE or before is Kind.STOP else 0.25 if before is Kind.PAUSE else 0.0
        cost += 0.4 if open_quotes > 0 else 0.0
        cost += 0.35 if text[at] in _BAD_STARTS else 0.0
        found[k] = cost + atoms.penalty[k] / 100.0
    return found


@lru_cache(maxsize=1024)
def word_breaks(text: str) -> frozenset[int]:
    """Where words of a heading end, by the segmenter."""
    from services.lexicon.segment import word_ends

    return word_ends(text)


def _fill(display: _Display, room: float) -> tuple[tuple[int, int, float], ...]:
    """Lines filled one after the other, for a text that no good turning over can place."""
    lines: list[tuple[int, int, float]] = []
    start, count = 0, len(display.widths)
    while start < count:
        end = start + 1
        while end < count and _width(display, start, end + 1) <= room:
            end += 1
        back = end
        while end < count and back > start + 1 and display.atoms.penalty[back] >= FORBIDDEN:
            back -= 1
        end = back if end < count and display.atoms.penalty[back] < FORBIDDEN else end
        lines.append((start, end, _width(display, start, end)))
        start = end
    return tuple(lines)


def text_runs(
    fitted: FittedText,
    line: tuple[int, int, float],
    left: float,
    width: float,
    baseline: float,
    *,
    ref: PartRef | None = None,
    align: Align = Align.CENTRE,
    ink: Ink = BLACK,
) -> Iterator[GlyphRun]:
    """The glyphs of one line of a fitted text in a measure of `width` points from `left` on."""
    start, end = _trimmed(fitted.display, line[0], line[1])
    display, atoms, size = fitted.display, fitted.display.atoms, fitted.size
    wide = (line[2] + fitted.track * max(0, end - start - 1)) * size
    free = width - wide
    x = left + (free / 2 if align is Align.CENTRE else free if align is Align.RIGHT else 0.0)
    collected: list[tuple[int, int, float]] = []  # hand, glyph index, place
    for k in range(start, end):
        if k > start:
            x += (display.gaps[k] + fitted.track) * size
        for g in range(atoms.first_glyph[k], atoms.first_glyph[k + 1]):
            collected.append((atoms.hands[g], g, x + (display.shifts[k] + atoms.places[g]) * size))
        x += display.widths[k] * size
    at = 0
    while at < len(collected):
        until = at + 1
        while until < len(collected) and collected[until][0] == collected[at][0]:
            until += 1
        held = atoms.hand_list[collected[at][0]]
        part = collected[at:until]
        stop = atoms.offsets[collected[until][1]] if until < len(collected) else atoms.starts[end]
        yield GlyphRun(
            face=held.face.id,
            size=size,
            baseline=baseline,
            glyphs=tuple(atoms.glyphs[g] for _, g, _ in part),
            xs=tuple(place for _, _, place in part),
            clusters=tuple(atoms.clusters[g] for _, g, _ in part),
            ink=ink,
            stroke=held.stroke * size,
            source=TextSource(ref=ref, start=atoms.offsets[part[0][1]], end=stop) if ref else None,
        )
        at = until
