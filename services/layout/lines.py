"""Breaks one paragraph into lines of a measure and sets each line exactly to it.

In: a `Paragraph` and a measure in points. Out: `SetLine`s, places counted from the left edge of the measure.
Least cost over the whole paragraph (not line by line), linear in its length: every line end that the rules allow is
reached from the few starts that a line of this measure can have. A line that is too long is squeezed in CLREQ's order
(word spaces, dots and brackets and ，、；：, the Han-Latin gap, 。？！), one that is too short is stretched (word
spaces and Han-Latin gaps first, then all gaps evenly); 先挤进，后推出.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from operator import add
from typing import NamedTuple

from services.fonts.scan import Face
from services.layout.atoms import FORBIDDEN, TIER, Atoms, Paragraph, prepare
from services.layout.line_edges import Kind

_INFINITE = float("inf")
_GAP_GROWTH = 0.4  # of a Han-Latin gap or word space before letters are spaced: 0.25 → 0.35 em
_EASY = 0.06  # em of letter space that nobody sees
_LOOSEST = 0.3  # em of letter space beyond which a line counts as a makeshift
_RUNT = 400.0
_SHORT_RUNT = 25.0
_MAKESHIFT = 1e5
_TIGHT = 1e-7
_POOR, _PARTING = 0.15, 1.7  # em of letter space from which a line is opened at its parting first, by so much
_BEHIND = 450.0  # cost that a start may stand behind its best neighbour


class LineRun(NamedTuple):
    """Glyphs of one hand; `xs` in points from the line's left edge; code points [start, end) of piece `piece`."""

    piece: int
    face: Face
    size: float
    stroke: float
    glyphs: tuple[int, ...]
    xs: tuple[float, ...]
    clusters: tuple[str, ...]
    start: int
    end: int


class SetLine(NamedTuple):
    """One line: code points [start, end) of the paragraph; `width`: from the measure's left edge to its end."""

    runs: tuple[LineRun, ...]
    start: int
    end: int
    width: float
    last: bool
    letter_space: float = 0.0  # em that letters were spaced by


@lru_cache(maxsize=16384)
def line_ends(paragraph: Paragraph, measure: float) -> tuple[int, ...]:
    """Code points at which the lines of a paragraph end; their count is the paragraph's lines."""
    atoms = _atoms(paragraph, measure)
    return tuple(atoms.starts[j] for j in _breaks(atoms, measure - paragraph.indent, measure))


@lru_cache(maxsize=1536)
def set_lines(paragraph: Paragraph, measure: float) -> tuple[SetLine, ...]:
    """The paragraph's lines, each set exactly to the measure but for the last, which is set naturally."""
    atoms = _atoms(paragraph, measure)
    piece_starts = [0]
    for piece in paragraph.pieces:
        piece_starts.append(piece_starts[-1] + len(piece.text))
    placed = []
    start, indent = 0, paragraph.indent
    for end in _breaks(atoms, measure - indent, measure):
        placed.append(_place(atoms, start, end, measure, indent, piece_starts))
        start, indent = end, 0.0
    return tuple(placed)


def _atoms(paragraph: Paragraph, measure: float) -> Atoms:
    atoms = prepare(paragraph)
    room = measure - max(0.0, paragraph.indent)
    return prepare(paragraph, room) if atoms.widest > room else atoms


def _breaks(atoms: Atoms, first: float, measure: float) -> list[int]:
    """Ends of the lines (index of the atom after each), by least cost."""
    count = len(atoms.penalty)
    if not count:
        return []
    cost, came = _search(atoms, first, measure, _BEHIND)
    if cost >= _MAKESHIFT:  # no good way without those that were passed over
        cost, came = _search(atoms, first, measure, _INFINITE)
    ends = [count]
    while came[ends[-1]]:
        ends.append(came[ends[-1]])
    return ends[::-1]


def _search(atoms: Atoms, first: float, measure: float, behind: float) -> tuple[float, list[int]]:
    """The least cost of all lines, and for each end the start it was reached from.

    Every start that a line can have offers its lines to the ends that they reach, a makeshift where there is none. Ten
    times for each character: kept in one piece. Starts that stand far `behind` their neighbours are passed over.
    """
    penalty, count = atoms.penalty, len(atoms.penalty)
    natural, giving, beyond, gapping = atoms.natural, atoms.giving, atoms.beyond, atoms.gapping
    start_trim, end_trim, give, more = atoms.start_trim, atoms.end_trim, atoms.give, atoms.more
    gaps, gap_give, ems = atoms.gaps, atoms.gap_give, atoms.ems
    line_cost, forbidden = atoms.line_cost, FORBIDDEN
    best = [_INFINITE] * (count + 1)
    best[0] = 0.0
    came = [0] * (count + 1)
    target = first
    for start in range(count):
        so_far = best[start]
        if so_far == _INFINITE or (start > 8 and so_far > min(best[start - 3 : start + 8]) + behind):
            continue
        em = ems[start]
        gap, trim = gaps[start], start_trim[start]
        base, base_gap = natural[start] + gap + trim, gapping[start] + gap
        base_give, base_more = giving[start] + gap_give[start], beyond[start]
        if trim:
            base_give += give[start]
            base_more += more[start]
        so_far += line_cost
        found = False
        end = min(count, bisect_left(natural, base + 0.72 * target, start + 1))
        while end <= count:
            if end < count:
                cost = penalty[end]
                if cost >= forbidden:
                    end += 1
                    continue
            else:
                cost = _last_cost(atoms, start, end)
            trim = end_trim[end - 1]
            short = target - natural[end] + base + trim
            if short >= -_TIGHT:
                if end < count:
                    rest = short - _GAP_GROWTH * (gapping[end] - base_gap)
                    if rest <= 0:
                        cost += 1.0
                    else:
                        space = rest / (max(1, end - start - 1) * em)
                        if space > _LOOSEST:
                            end += 1
                            continue
                        ease = space / _EASY
                        cost += 30.0 * ease * ease if ease <= 1 else 90.0 + 1500.0 * (space - _EASY)
            else:
                over = -short
                can = giving[end] - base_give
                can_more = beyond[end] - base_more
                if trim:
                    can -= give[end - 1]
                    can_more -= more[end - 1]
                if over <= can:
                    part = over / can
                    cost += 1.0 + 20.0 * part * part
                elif over <= can + can_more:
                    cost += 60.0 + 200.0 * (over - can) / can_more
                elif over > can + can_more + em + trim:
                    break
                else:
                    end += 1
                    continue
            found = True
            if so_far + cost < best[end]:
                best[end], came[end] = so_far + cost, start
            end += 1
        if not found:
            end = _makeshift(atoms, start, target)
            if so_far + _MAKESHIFT < best[end]:
                best[end] = so_far + _MAKESHIFT
                came[end] = start
        target = measure
    return best[count], came


def _last_cost(atoms: Atoms, start: int, end: int) -> float:
    """Runts: a last line of one character, or of two, under a full paragraph."""
    if start == 0 or end - start > 4:
        return 0.0
    words = sum(kind in (Kind.HAN, Kind.LATIN) for kind in atoms.kinds[start:end])
    return _RUNT if words <= 1 else _SHORT_RUNT if words == 2 else 0.0


def _makeshift(atoms: Atoms, start: int, target: float) -> int:
    """Where a line from `start` ends when no good line exists: the longest allowed one, else the longest that fits."""
    base = atoms.natural[start] + atoms.gaps[start] + atoms.start_trim[start]
    count = len(atoms.penalty)
    fits = start + 1
    allowed = 0
    for end in range(start + 1, count + 1):
        width = atoms.natural[end] - base - atoms.end_trim[end - 1]
        if width > target + _TIGHT:
            if width > target + 2 * atoms.ems[start]:
                break
            continue
        fits = end
        if end == count or atoms.penalty[end] < FORBIDDEN:
            allowed = end
    return allowed or fits


def _place(atoms: Atoms, start: int, end: int, measure: float, indent: float, piece_starts: list[int]) -> SetLine:
    """Sets the atoms [start, end) to the measure."""
    widths = atoms.widths[start:end]
    shifts = atoms.shifts[start:end]
    gaps = atoms.gaps[start:end]
    gaps[0] = 0.0
    if atoms.start_trim[start]:
        widths[0] -= atoms.start_trim[start]
        shifts[0] -= atoms.start_trim[start]
    last_trim = atoms.end_trim[end - 1]
    if last_trim and not (end - start == 1 and atoms.kinds[start] is Kind.SPACE):
        widths[-1] -= last_trim
    full = end < len(atoms.widths)
    room = measure - indent - sum(widths) - sum(gaps)
    space = inner = 0.0
    if room < -_TIGHT:
        _squeeze(atoms, start, end, -room, widths, shifts, gaps)
    elif full and room > 0:
        space, inner = _stretch(atoms, start, end, room, widths, gaps)
    steps = list(accumulate(map(add, gaps, widths), initial=indent))
    lefts = list(map(add, map(add, steps, gaps), shifts))
    runs = _runs(atoms, start, end, lefts, inner, piece_starts)
    if full and end - 1 in atoms.hyphens:
        runs = _hyphened(runs, atoms.hyphens[end - 1], steps[-1] + last_trim)
    return SetLine(runs, atoms.starts[start], atoms.starts[end], steps[-1], not full, space / atoms.ems[start])


def _hyphened(runs: tuple[LineRun, ...], glyph: int, x: float) -> tuple[LineRun, ...]:
    """The runs with a hyphen at their end. It is no character of the text: its cluster is empty."""
    last = runs[-1]
    return (
        *runs[:-1],
        last._replace(glyphs=(*last.glyphs, glyph), xs=(*last.xs, x), clusters=(*last.clusters, "")),
    )


def _squeeze(
    atoms: Atoms, start: int, end: int, over: float, widths: list[float], shifts: list[float], gaps: list[float]
) -> None:
    """Takes `over` points out of a line, in CLREQ's order, evenly within each rank."""
    kinds = atoms.kinds
    inner = range(start + bool(atoms.start_trim[start]), end - bool(atoms.end_trim[end - 1]))
    for rank in (0, 1, 2, 3, 4, 5):
        if rank == 2:
            cans = {k: atoms.gap_give[k] for k in range(start + 1, end) if atoms.gap_give[k]}
        elif rank < 4:
            cans = {k: atoms.give[k] for k in inner if atoms.give[k] and TIER.get(kinds[k]) == rank}
        else:
            cans = {k: atoms.more[k] for k in inner if atoms.more[k] and (kinds[k] is Kind.STOP) == (rank == 5)}
        total = sum(cans.values())
        if not total:
            continue
        part = min(1.0, over / total)
        for k, can in cans.items():
            cut = can * part
            if rank == 2:
                gaps[k - start] -= cut
                continue
            widths[k - start] -= cut
            if kinds[k] is Kind.OPEN:
                shifts[k - start] -= cut
            elif kinds[k] is Kind.DOT:
                shifts[k - start] -= cut / 2
        over -= total * part
        if over <= _TIGHT:
            return


def _stretch(
    atoms: Atoms, start: int, end: int, room: float, widths: list[float], gaps: list[float]
) -> tuple[float, float]:
    """Spreads `room` points over a line; returns the space between letters used, and that inside words, in points."""
    growing = sum(gaps)
    if growing:
        part = min(1.0, room / (_GAP_GROWTH * growing))
        for k, gap in enumerate(gaps):
            gaps[k] = gap * (1 + _GAP_GROWTH * part)
        room -= _GAP_GROWTH * growing * part
    spaces = [k for k in range(start + 1, end - 1) if atoms.kinds[k] is Kind.SPACE]
    if spaces and room > 0:
        for k in spaces:  # a word space grows to half an em at most
            grown = max(0.0, min(room / len(spaces), 0.5 * atoms.ems[k] - widths[k - start]))
            widths[k - start] += grown
            room -= grown
    places: Sequence[int] = range(1, end - start - (atoms.kinds[end - 1] is Kind.SPACE))  # a space there has no width
    if atoms.glued:  # words are not spaced at their joints
        places = [k for k in places if start + k not in atoms.glued] or places
    if room <= 0:
        return 0.0, 0.0
    if start < atoms.parting < end and room > _POOR * atoms.ems[start] * max(1, len(places)):
        opened = min(room, _PARTING * atoms.ems[start])
        gaps[atoms.parting - start] += opened
        room -= opened
    space = room / max(1, len(places))
    if not places or (space > _LOOSEST * atoms.ems[start] and Kind.LATIN in atoms.kinds[start:end]):
        return _open(atoms, start, end, room, widths, gaps)
    for k in places:
        gaps[k] += space
    return space, 0.0


def _open(
    atoms: Atoms, start: int, end: int, room: float, widths: list[float], gaps: list[float]
) -> tuple[float, float]:
    """Spreads `room` over all glyphs of a line, those inside Western words too: a long word left it nearly empty."""
    last = end - (atoms.kinds[end - 1] is Kind.SPACE)
    glyphs = atoms.first_glyph[last] - atoms.first_glyph[start]
    if glyphs < 2:
        return 0.0, 0.0
    space = room / (glyphs - 1)
    for k in range(start, last):
        own = atoms.first_glyph[k + 1] - atoms.first_glyph[k]
        widths[k - start] += space * (own - 1)
        gaps[k - start] += space if k > start else 0.0
    return space, space


def _runs(
    atoms: Atoms, start: int, end: int, lefts: list[float], inner: float, piece_starts: list[int]
) -> tuple[LineRun, ...]:
    """The line's glyphs grouped by hand; `lefts` of the atoms."""
    first_glyph, places, hands = atoms.first_glyph, atoms.places, atoms.hands
    low, high = first_glyph[start], first_glyph[end]
    if high - low == end - start:
        xs = list(map(add, lefts, places[low:high]))
    else:
        xs = [
            at + places[g] + inner * (g - first)
            for at, first, after in zip(lefts, first_glyph[start:end], first_glyph[start + 1 : end + 1], strict=True)
            for g in range(first, after)
        ]
    runs: list[LineRun] = []
    at = low
    while at < high:
        hand = hands[at]
        until = at + 1
        while until < high and hands[until] == hand:
            until += 1
        held = atoms.hand_list[hand]
        begin = atoms.offsets[at] if at > low else atoms.starts[start]
        stop = atoms.offsets[until] if until < high else atoms.starts[end]
        zero = piece_starts[held.piece]
        runs.append(
            LineRun(
                held.piece,
                held.face,
                held.size,
                held.stroke,
                tuple(atoms.glyphs[at:until]),
                tuple(xs[at - low : until - low]),
                tuple(atoms.clusters[at:until]),
                begin - zero,
                stop - zero,
            )
        )
        at = until
    return tuple(runs)
