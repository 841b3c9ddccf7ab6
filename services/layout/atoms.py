"""A paragraph made ready for breaking: atoms with widths, gaps, what they can give and where a line may break.

In: a `Paragraph` of pieces in one or several types. Out: `Atoms`, parallel lists that depend on the text and its type
alone, not on the measure; so breaking again at another width is cheap. Widths in points.

Sources: CLREQ §6.2-6.3 (mark widths, adjacent marks 1.5 em of 2, half em back at line edges, Han-Latin gap 1/4 em with
1/8 as its least); GB/T 15834-2011 §5.1.10.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from operator import add

from models.values.article_text import PartRef
from services.fonts.metrics import metrics
from services.fonts.scan import Face
from services.layout.letters import Letters, find_glyph
from services.layout.line_edges import ATOM, FULL_DIGITS, NOT_PLAIN, Kind, Level, kind_of, may_end, may_start
from services.layout.syllables import parted

FORBIDDEN = 1e9
GAP = 0.25  # em between Han and Latin
GAP_LEAST = 0.125
HALF = 0.5
TIGHT_COST = 150.0
TOGETHER_COST = 330.0  # as much as letters 0.22 em apart
_SQUEEZE = {Kind.OPEN: 0.35, Kind.CLOSE: 0.35, Kind.PAUSE: 0.35, Kind.STOP: 0.2, Kind.DOT: 0.3}
TIER = {Kind.SPACE: 0, Kind.DOT: 1, Kind.OPEN: 1, Kind.CLOSE: 1, Kind.PAUSE: 1, Kind.STOP: 3}
_MARKS = frozenset({Kind.OPEN, Kind.CLOSE, Kind.PAUSE, Kind.STOP})
_RIGHT_BLANK = frozenset({Kind.CLOSE, Kind.PAUSE, Kind.STOP})
_HANGING = frozenset("，、。")
_CLOSE_UNITS = frozenset("年月日号时分秒")
_UNITS = frozenset("个名人次家场元万亿千百岁项期届位件条种米吨")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one type; `ref` and `start` say where in its article it comes from."""

    text: str
    letters: Letters
    ref: PartRef | None = None
    start: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`indent` of the first line in points; `keep`: ranges of code points that no line end may part (names);
    `together`: ranges parted only where a line would come out very poor (role and name).

    `tight` asks for as few lines as squeezing can save; `hang`: ，、。 at a line's end stand outside the measure;
    `gap` em between Han and Latin; `parting`: the code point before which a poor line is opened first (本报讯｜（记者).
    """

    pieces: tuple[Piece, ...]
    indent: float = 0.0
    keep: tuple[tuple[int, int], ...] = ()
    level: Level = Level.GB
    together: tuple[tuple[int, int], ...] = ()
    tight: bool = False
    hang: bool = False
    gap: float = GAP
    parting: int = -1

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Hand:
    """What a run of glyphs shares: piece, face, size and stroke."""

    piece: int
    face: Face
    size: float
    stroke: float


# kind, width, what may be trimmed left and right, glyphs as (face, glyph, place, cluster, code point in the atom)
_Shape = tuple[Kind, float, float, float, list[tuple[int, int, float, str, int]]]


@dataclass(slots=True)
class Atoms:
    """One entry an atom, but for the glyph lists (one a glyph) and the running sums (one more than atoms)."""

    kinds: list[Kind] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)
    shifts: list[float] = field(default_factory=list)  # of the glyph, when the blank on its left is trimmed
    ems: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)  # before the atom
    gap_give: list[float] = field(default_factory=list)
    give: list[float] = field(default_factory=list)  # squeezing that reads well
    more: list[float] = field(default_factory=list)  # squeezing beyond it, to save a runt
    start_trim: list[float] = field(default_factory=list)
    end_trim: list[float] = field(default_factory=list)
    penalty: list[float] = field(default_factory=list)  # of a line end before the atom
    first_glyph: list[int] = field(default_factory=list)
    glyphs: list[int] = field(default_factory=list)
    places: list[float] = field(default_factory=list)  # of a glyph from its atom's left edge
    clusters: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)  # code point in the paragraph that a glyph stands for
    hands: list[int] = field(default_factory=list)
    hand_list: list[Hand] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # code point at which the atom starts
    natural: list[float] = field(default_factory=list)  # running sum of gap and width
    giving: list[float] = field(default_factory=list)  # running sum of give and gap_give
    beyond: list[float] = field(default_factory=list)  # running sum of more
    gapping: list[float] = field(default_factory=list)  # running sum of gaps that may grow
    length: int = 0
    widest: float = 0.0
    line_cost: float = 1.0  # of every line
    parting: int = -1  # atom before which a poor line is opened first
    glued: dict[int, tuple[float, bool]] = field(default_factory=dict)  # atoms that go on a word: cost, hyphen or none
    hyphens: dict[int, int] = field(default_factory=dict)  # glyph of the hyphen after an atom, where a line ends there
    borrowed: tuple[tuple[str, str], ...] = ()  # character, id of the face it was taken from; "" for none


@lru_cache(maxsize=512)
def prepare(paragraph: Paragraph, longest: float = 0.0) -> Atoms:
    """The atoms of a paragraph; Western words wider than `longest` points (0: any) are cut into pieces."""
    made = Atoms()
    texts = _cut(paragraph, made, longest)
    made.first_glyph.append(len(made.glyphs))
    made.length = sum(len(piece.text) for piece in paragraph.pieces)
    made.starts.append(made.length)
    _neighbours(made, len(texts), paragraph.gap)
    _penalties(made, texts, paragraph)
    if made.glued:
        _part_words(made, paragraph)
    if paragraph.hang:
        _hang(made, texts)
    made.natural = [0.0, *accumulate(map(add, made.gaps, made.widths))]
    made.giving = [0.0, *accumulate(map(add, made.give, made.gap_give))]
    made.beyond = [0.0, *accumulate(made.more)]
    made.gapping = [0.0, *accumulate(made.gaps)]
    made.line_cost = TIGHT_COST if paragraph.tight else 1.0
    if 0 < paragraph.parting < made.length and paragraph.parting in made.starts:
        made.parting = made.starts.index(paragraph.parting)
    made.widest = max(made.widths, default=0.0)
    return made


def _cut(paragraph: Paragraph, made: Atoms, longest: float) -> list[str]:
    """Cuts the text into atoms and gives each its glyphs; returns the atoms' texts."""
    texts: list[str] = []
    hands: dict[Hand, int] = {}
    borrowed: dict[tuple[str, str], None] = {}
    offset = 0
    for number, piece in enumerate(paragraph.pieces):
        cut: list[str] = ATOM.findall(piece.text)
        if longest or not piece.text.isalpha():
            cut = _parted(cut, len(texts), made, piece.letters, longest)
        texts += cut
        _append(made, cut, number, piece.letters, offset, hands, borrowed)
        offset += len(piece.text)
    made.hand_list = list(hands)
    made.borrowed = tuple(borrowed)
    return texts


_MAY_PART = re.compile(r"[a-z]{7}|[/@]|www\.")


def _parted(cut: list[str], base: int, made: Atoms, type_: Letters, longest: float) -> list[str]:
    """The atoms with long Western words in parts; `base` is the number of atoms before them."""
    parts: list[str] = []
    for atom in cut:
        if len(atom) < 2 or (not longest and _MAY_PART.search(atom) is None):
            parts.append(atom)
            continue
        held = parted(atom) if kind_of(atom) is Kind.LATIN else ((atom, 0.0, False),)
        for number, (words, cost, hyphen) in enumerate(held):
            for piece_number, piece in enumerate(_shorten(words, type_, longest)):
                if number or piece_number:
                    made.glued[base + len(parts)] = (0.0, False) if piece_number else (cost, hyphen)
                parts.append(piece)
    return parts


def _part_words(made: Atoms, paragraph: Paragraph) -> None:
    """Line ends inside words: what they cost, and room for the hyphen."""
    for k, (cost, hyphen) in made.glued.items():
        if made.penalty[k] >= FORBIDDEN and any(first < made.starts[k] < last for first, last in paragraph.keep):
            continue
        made.penalty[k] = cost
        made.gaps[k] = made.gap_give[k] = 0.0
        if hyphen:
            held = made.hand_list[made.hands[made.first_glyph[k] - 1]]
            glyph = metrics(held.face).glyph("-")
            if glyph:
                made.hyphens[k - 1] = glyph
                made.end_trim[k - 1] = -metrics(held.face).advance(glyph) * held.size


def _append(
    made: Atoms,
    cut: list[str],
    number: int,
    type_: Letters,
    at: int,
    hands: dict[Hand, int],
    borrowed: dict[tuple[str, str], None],
) -> None:
    """Appends one piece's atoms and their glyphs, list by list: every character of a page passes here."""
    shapes, faces = _shapes(type_)
    try:
        found = [shapes[atom] for atom in cut]
    except KeyError:
        found = [shapes.get(atom) or _new_shape(atom, type_, shapes, faces) for atom in cut]
    starts = [at, *accumulate(map(len, cut), initial=at)][1:-1] if cut else []
    made.kinds += [shape[0] for shape in found]
    made.widths += [shape[1] for shape in found]
    made.start_trim += [shape[2] for shape in found]
    made.end_trim += [shape[3] for shape in found]
    made.starts += starts
    made.ems += [type_.size] * len(cut)
    drawn = [shape[4] for shape in found]
    base = len(made.glyphs)
    made.first_glyph += [base, *accumulate(map(len, drawn), initial=base)][1:-1] if cut else []
    flat = [one for each in drawn for one in each]
    made.glyphs += [one[1] for one in flat]
    made.places += [one[2] for one in flat]
    made.clusters += [one[3] for one in flat]
    if len(flat) == len(cut):
        made.offsets += starts  # a glyph each
    else:
        made.offsets += [start + one[4] for start, each in zip(starts, drawn, strict=True) for one in each]
    hand_of: dict[int, int] = {}
    for face in dict.fromkeys([one[0] for one in flat]):
        hand = Hand(number, faces[face], type_.size, type_.stroke)
        hand_of[face] = hands.setdefault(hand, len(hands))
    made.hands += [hand_of[one[0]] for one in flat]
    if len(hand_of) > 1 or 0 in made.glyphs:
        for face, glyph, _, cluster, _ in flat:
            if (face > 1 or not glyph) and cluster.strip():
                borrowed[cluster, faces[face].id if glyph else ""] = None


def _new_shape(atom: str, type_: Letters, shapes: dict[str, _Shape], faces: list[Face]) -> _Shape:
    shape = _shape(atom, type_, faces)
    if len(atom) <= 2:
        shapes[atom] = shape
    return shape


@lru_cache(maxsize=256)
def _shapes(type_: Letters) -> tuple[dict[str, _Shape], list[Face]]:
    """Shapes of single characters and pairs in a type, filled as they occur; its faces, the own one and the one of its
    quotes first.
    """
    return {}, [type_.faces[0], type_.quotes or type_.faces[0]]


def _shorten(atom: str, type_: Letters, longest: float) -> list[str]:
    """The atom, or the parts of a Western word that is wider than a line."""
    if not longest or len(atom) == 1 or kind_of(atom) is not Kind.LATIN:
        return [atom]
    widths = [metrics(face).advance(glyph) * type_.size for face, glyph in _glyphs(atom, type_)]
    if sum(widths) <= longest:
        return [atom]
    parts: list[str] = []
    part, room = "", longest
    for character, width in zip(atom, widths, strict=True):
        if part and width > room:
            parts.append(part)
            part, room = "", longest
        part += character
        room -= width
    if parts and len(part) == 1 and len(parts[-1]) > 2:  # no single mark or letter on a line of its own
        part, parts[-1] = parts[-1][-1] + part, parts[-1][:-1]
    return [*parts, part]


def _glyphs(atom: str, type_: Letters) -> list[tuple[Face, int]]:
    return [find_glyph(type_.faces, type_.quotes, character) for character in atom]


def _shape(atom: str, type_: Letters, faces: list[Face]) -> _Shape:
    """Kind, width, what may be trimmed left and right, and the glyphs of an atom."""
    kind = kind_of(atom)
    size = type_.size

    def number(face: Face) -> int:
        if face not in faces:
            faces.append(face)
        return faces.index(face)

    if kind is Kind.SPACE:
        face, glyph = find_glyph(type_.faces, None, " ")
        ems = sum({"\u3000": 1.0, "\u2003": 1.0, "\u2002": 0.5, "\u200b": 0.0}.get(c, 0.0) for c in atom)
        width = size * (min(ems, 2.0) or (0.0 if set(atom) == {"\u200b"} else max(metrics(face).advance(glyph), 0.25)))
        return kind, width, width, width, [(number(face), glyph, 0.0, atom, 0)]
    if atom in ("——", "⸺"):
        face, glyph = find_glyph(type_.faces[:1], None, "⸺")
        if glyph:
            place = (2.0 - metrics(face).advance(glyph)) / 2 * size
            return kind, 2 * size, 0.0, 0.0, [(number(face), glyph, place, atom, 0)]
    found = _glyphs(atom, type_)
    if kind in (Kind.LATIN, Kind.LATIN_MARK):
        drawn, width = [], 0.0
        for offset, (face, glyph) in enumerate(found):
            drawn.append((number(face), glyph, width, atom[offset], offset))
            width += metrics(face).advance(glyph) * size
        return kind, width, 0.0, 0.0, drawn
    if kind is Kind.DASH:
        cells = [
            (number(face), glyph, (k + (1.0 - metrics(face).advance(glyph)) / 2) * size, atom[k], k)
            for k, (face, glyph) in enumerate(found)
        ]
        return kind, len(found) * size, 0.0, 0.0, cells
    face, glyph = found[0]
    return _full_width(atom, kind, size, number(face), face, glyph)


def _full_width(atom: str, kind: Kind, size: float, hand: int, face: Face, glyph: int) -> _Shape:
    """A Han character or a mark in a cell of one em; only blank paper is ever trimmed from a mark."""
    measured = metrics(face)
    width = measured.advance(glyph)
    ink = measured.ink(glyph)
    if kind is Kind.HAN:
        em = width if glyph and width > 0.4 else 1.0
        return kind, em * size, 0.0, 0.0, [(hand, glyph, 0.0, atom, 0)]
    if kind is Kind.DOT:
        return kind, size, 0.0, 0.0, [(hand, glyph, (1.0 - width) / 2 * size, atom, 0)]
    left = right = place = 0.0
    if kind is Kind.OPEN:
        place = 1.0 - width
        left = max(0.0, min(HALF, place + ink.left - 0.02))
    else:
        right = max(0.0, min(HALF, 1.0 - ink.right - 0.02))
    return kind, size, left * size, right * size, [(hand, glyph, place * size, atom, 0)]


def _neighbours(made: Atoms, count: int, gap: float) -> None:
    """Trims adjacent marks, opens the gap between Han and Latin, and says what each atom can give."""
    made.shifts, made.gaps, made.gap_give = [0.0] * count, [0.0] * count, [0.0] * count
    made.give, made.more = [0.0] * count, [0.0] * count
    kinds = made.kinds
    odd = [k for k, kind in enumerate(kinds) if kind is not Kind.HAN]
    for k in odd:
        if k and kinds[k - 1] is Kind.HAN:
            _meet(made, k, gap)
        if k + 1 < count:
            _meet(made, k + 1, gap)
    for k in odd:
        _yield(made, k, count)


def _meet(made: Atoms, k: int, gap: float) -> None:
    """What atoms k - 1 and k do to each other."""
    before, kind = made.kinds[k - 1], made.kinds[k]
    if before in _RIGHT_BLANK and kind in _MARKS:
        made.widths[k - 1] -= made.end_trim[k - 1]
        made.end_trim[k - 1] = 0.0
    elif before is Kind.OPEN and kind is Kind.OPEN:
        made.widths[k] -= made.start_trim[k]
        made.shifts[k] = -made.start_trim[k]
        made.start_trim[k] = 0.0
    elif (before is Kind.HAN and kind is Kind.LATIN) or (before is Kind.LATIN and kind is Kind.HAN):
        made.gaps[k] = gap * made.ems[k]
        made.gap_give[k] = max(0.0, gap - GAP_LEAST) * made.ems[k]


def _yield(made: Atoms, k: int, count: int) -> None:
    """What atom k, no Han character, gives when its line is squeezed."""
    kinds, widths, ems = made.kinds, made.widths, made.ems
    kind = kinds[k]
    if kind is Kind.LATIN:
        return
    if kind is Kind.SPACE:
        if 0 < k < count - 1 and kinds[k - 1] is Kind.HAN and kinds[k + 1] is Kind.HAN and widths[k] < ems[k]:
            widths[k] = 0.4 * ems[k]  # between names: wider than a word space, so that it is seen
            made.start_trim[k] = made.end_trim[k] = widths[k]
        made.give[k] = max(0.0, widths[k] - 0.2 * ems[k])
        return
    blank = 0.5 * ems[k] if kind is Kind.DOT else max(made.start_trim[k], made.end_trim[k])
    made.give[k] = min(blank, _SQUEEZE.get(kind, 0.0) * ems[k])
    made.more[k] = blank - made.give[k] if kind in _MARKS else 0.0


def _hang(made: Atoms, texts: list[str]) -> None:
    """A hanging mark takes no room at a line's end (CLREQ §6.1.3: ，、。 alone, one mark a line)."""
    for k, atom in enumerate(texts):
        if atom in _HANGING:
            made.end_trim[k] = made.widths[k]
            made.give[k] = min(made.give[k], made.widths[k])


def _penalties(made: Atoms, texts: list[str], paragraph: Paragraph) -> None:
    """What a line end before each atom costs; FORBIDDEN where none may stand."""
    kinds, count = made.kinds, len(texts)
    made.penalty = penalty = [0.0] * count
    odd = [k for k, kind in enumerate(kinds) if kind is not Kind.HAN or texts[k] in NOT_PLAIN]
    last = 0
    for k in odd:
        if k > last:
            penalty[k] = _penalty(made, texts, k, paragraph.level)
        last = k + 1
        if last < count:
            penalty[last] = _penalty(made, texts, last, paragraph.level)
    if paragraph.keep:
        inside = {at for first, after in paragraph.keep for at in range(first + 1, after)}
        for k, at in enumerate(made.starts[:-1]):
            if at in inside:
                penalty[k] = FORBIDDEN
    if paragraph.together:
        inside = {at for first, after in paragraph.together for at in range(first + 1, after)}
        for k, at in enumerate(made.starts[:-1]):
            if at in inside and penalty[k] < FORBIDDEN:
                penalty[k] += TOGETHER_COST


_starts_ok = lru_cache(maxsize=4096)(may_start)
_ends_ok = lru_cache(maxsize=4096)(may_end)


def _penalty(made: Atoms, texts: list[str], k: int, level: Level) -> float:
    """What a line end before atom k costs, k at least 1."""
    atom, before = texts[k], texts[k - 1]
    kind, kind_before = made.kinds[k], made.kinds[k - 1]
    if kind is Kind.SPACE or not _starts_ok(atom, level) or not _ends_ok(before, level):
        return FORBIDDEN
    if kind_before is Kind.HAN:
        if kind is Kind.LATIN and before == "第":
            return 20.0
        if before in FULL_DIGITS and atom in FULL_DIGITS:
            return FORBIDDEN
    elif kind_before is Kind.LATIN:
        if kind is Kind.HAN and before[-1].isdigit():
            return 240.0 if atom in _CLOSE_UNITS else 12.0 if atom in _UNITS else 0.0
    elif kind_before is Kind.LATIN_MARK and kind in (Kind.LATIN, Kind.LATIN_MARK):
        return 30.0
    elif kind_before is Kind.SPACE and k > 1:
        return 0.0 if level is Level.NONE or _ends_ok(texts[k - 2], level) else FORBIDDEN
    return 0.0
