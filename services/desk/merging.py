"""合并: two edits of one state put together, paragraph by paragraph; what both changed is left to a person.

A unit is a paragraph of the body, or one of kicker, headline, deck, dateline, signature and form. A unit that one side
changed is taken from that side; one that both changed in the same way is taken once; else it is a conflict. Words
within a paragraph are never mixed: a sentence that nobody wrote is worse than a question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeVar

from models.values.article_text import ArticleText, FlatText, Form, Paragraph, Part, PartRef
from models.values.change import Waiver
from models.values.mention import Mention

V = TypeVar("V")
HEADS = (Part.KICKER, Part.HEADLINE, Part.DECK, Part.DATELINE, Part.SIGNATURE)


class Choice(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"
    BASE = "base"
    BOTH = "both"  # mine, then theirs; in a heading joined by a blank


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """An article as it stands on one side."""

    text: ArticleText
    mentions: tuple[Mention, ...] = ()
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A paragraph, and where each side has it."""

    paragraph: Paragraph
    mine: PartRef | None = None
    theirs: PartRef | None = None
    base: PartRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Units that both sides changed, each in its own way; an empty side took them out."""

    mine: tuple[Unit, ...]
    theirs: tuple[Unit, ...]
    base: tuple[Unit, ...]

    @property
    def part(self) -> Part:
        return next(unit.paragraph.part for unit in (*self.mine, *self.theirs, *self.base))

    def words(self, choice: Choice) -> str:
        """The paragraphs of a choice, a line each."""
        return "\n".join(unit.paragraph.text for unit in self.chosen(choice))

    def chosen(self, choice: Choice) -> tuple[Unit, ...]:
        if choice is Choice.BOTH:
            return self.mine + self.theirs
        return {Choice.MINE: self.mine, Choice.THEIRS: self.theirs, Choice.BASE: self.base}[choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """`heads` and `body` in order; `taken` counts the changes that went together by themselves: mine, theirs."""

    base: State
    mine: State
    theirs: State
    heads: tuple[Unit | Conflict, ...]
    body: tuple[Unit | Conflict, ...]
    form: Form
    taken: tuple[int, int]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return tuple(one for one in (*self.heads, *self.body) if isinstance(one, Conflict))

    def settled(self, choices: Sequence[Choice] = ()) -> State:
        """The article with a choice for each conflict, in their order."""
        given = iter(choices)
        heads: dict[Part, list[Unit]] = {part: [] for part in HEADS}
        for unit in _resolved(self.heads, given):
            heads[unit.paragraph.part].append(unit)
        body = list(_resolved(self.body, given))
        words = {part.value: " ".join(unit.paragraph.text for unit in units) for part, units in heads.items()}
        text = replace(self.theirs.text, **words, form=self.form, body=tuple(u.paragraph for u in body))  # type: ignore[arg-type]
        flat = text.flat()
        whole = {part: units[0] for part, units in heads.items() if len(units) == 1}
        units = [body[s.ref.index] if s.ref.part not in HEADS else whole.get(s.ref.part) for s in flat.spans]
        return State(text=text, mentions=self._mentions(flat, units), waivers=self._waivers(flat, units))

    def _mentions(self, flat: FlatText, units: Sequence[Unit | None]) -> tuple[Mention, ...]:
        made: list[Mention] = []
        sides = _Sides(self)
        for span, unit in zip(flat.spans, units, strict=True):
            if unit is not None:
                made += (replace(m, start=m.start + span.start, end=m.end + span.start) for m in sides.mentions(unit))
        return tuple(made)

    def _waivers(self, flat: FlatText, units: Sequence[Unit | None]) -> tuple[Waiver, ...]:
        kept = list(_agreed(*(_placeless(side) for side in (self.base, self.mine, self.theirs))))
        sides = _Sides(self)
        for span, unit in zip(flat.spans, units, strict=True):
            if unit is not None:
                kept += (replace(waiver, start=waiver.start + span.start) for waiver in sides.waivers(unit))
        return tuple(kept)


class _Sides:
    """What each side has in a unit, counted from the unit's start."""

    def __init__(self, merge: Merge) -> None:
        self._sides = tuple(
            (state, {span.ref: span for span in state.text.flat().spans})
            for state in (merge.base, merge.mine, merge.theirs)
        )

    def mentions(self, unit: Unit) -> list[Mention]:
        found: list[tuple[Mention, ...] | None] = []
        for (state, spans), ref in zip(self._sides, (unit.base, unit.mine, unit.theirs), strict=True):
            span = spans.get(ref) if ref is not None else None
            found.append(
                None
                if span is None
                else tuple(
                    replace(m, start=m.start - span.start, end=m.end - span.start)
                    for m in state.mentions
                    if span.start <= m.start and m.end <= span.end
                )
            )
        kept: list[Mention] = []
        for mention in _agreed(*found):
            if not any(mention.start < one.end and one.start < mention.end for one in kept):
                kept.append(mention)
        return sorted(kept, key=lambda mention: (mention.start, mention.end))

    def waivers(self, unit: Unit) -> tuple[Waiver, ...]:
        found: list[tuple[Waiver, ...] | None] = []
        for (state, spans), ref in zip(self._sides, (unit.base, unit.mine, unit.theirs), strict=True):
            span = spans.get(ref) if ref is not None else None
            found.append(
                None
                if span is None
                else tuple(
                    replace(w, start=w.start - span.start) for w in state.waivers if span.start <= w.start <= span.end
                )
            )
        return _agreed(*found)


def _placeless(state: State) -> tuple[Waiver, ...]:
    return tuple(waiver for waiver in state.waivers if waiver.start < 0)


def _agreed(base: tuple[V, ...] | None, mine: tuple[V, ...] | None, theirs: tuple[V, ...] | None) -> tuple[V, ...]:
    """What is left of two lists: what one side took out is gone, what one side put in is there, mine first."""
    if mine is None or theirs is None:
        return mine if mine is not None else theirs if theirs is not None else base or ()
    old = base or ()
    kept = [one for one in mine if one in theirs or one not in old]
    return (*kept, *(one for one in theirs if one not in old and one not in kept))


def merge(base: State, mine: State, theirs: State) -> Merge:
    """Two edits of `base` put together."""
    taken = [0, 0]
    heads: list[Unit | Conflict] = []
    for part in HEADS:
        heads += _region(_head(base.text, part), _head(mine.text, part), _head(theirs.text, part), taken)
    body = list(_bodies(base.text, mine.text, theirs.text, taken))
    form = theirs.text.form if mine.text.form is base.text.form else mine.text.form
    return Merge(
        base=base, mine=mine, theirs=theirs, heads=tuple(heads), body=tuple(body), form=form, taken=(taken[0], taken[1])
    )


def _resolved(pieces: Sequence[Unit | Conflict], given: Iterator[Choice]) -> Iterator[Unit]:
    for piece in pieces:
        if isinstance(piece, Unit):
            yield piece
        else:
            yield from piece.chosen(next(given))


def _head(text: ArticleText, part: Part) -> list[tuple[Paragraph, PartRef]]:
    words = str(getattr(text, part.value))
    return [(Paragraph(text=words, part=part), PartRef(part=part))] if words else []


Region = list[tuple[Paragraph, PartRef]]


def _region(base: Region, mine: Region, theirs: Region, taken: list[int]) -> list[Unit | Conflict]:
    """A stretch between two that all sides have alike."""
    b, m, t = ([paragraph for paragraph, _ in side] for side in (base, mine, theirs))
    if m == t:
        return [
            Unit(paragraph=one, mine=ref, theirs=other, base=base[at][1] if b == m else None)
            for at, ((one, ref), (_, other)) in enumerate(zip(mine, theirs, strict=True))
        ]
    if b == m:
        taken[1] += 1
        return [Unit(paragraph=one, theirs=ref) for one, ref in theirs]
    if b == t:
        taken[0] += 1
        return [Unit(paragraph=one, mine=ref) for one, ref in mine]
    return [
        Conflict(
            mine=tuple(Unit(paragraph=one, mine=ref) for one, ref in mine),
            theirs=tuple(Unit(paragraph=one, theirs=ref) for one, ref in theirs),
            base=tuple(Unit(paragraph=one, base=ref) for one, ref in base),
        )
    ]


def _bodies(base: ArticleText, mine: ArticleText, theirs: ArticleText, taken: list[int]) -> Iterator[Unit | Conflict]:
    sides = [[(p, PartRef(part=p.part, index=at)) for at, p in enumerate(one.body)] for one in (base, mine, theirs)]
    in_mine, in_theirs = _places(base.body, mine.body), _places(base.body, theirs.body)
    at_base = at_mine = at_theirs = 0
    for b in (*range(len(base.body)), len(base.body)):
        m, t = in_mine.get(b), in_theirs.get(b)
        if m is None or t is None:
            continue
        yield from _region(sides[0][at_base:b], sides[1][at_mine:m], sides[2][at_theirs:t], taken)
        if b < len(base.body):
            refs = [side[place][1] for side, place in zip(sides, (b, m, t), strict=True)]
            yield Unit(paragraph=base.body[b], base=refs[0], mine=refs[1], theirs=refs[2])
        at_base, at_mine, at_theirs = b + 1, m + 1, t + 1


def _places(base: Sequence[Paragraph], side: Sequence[Paragraph]) -> dict[int, int]:
    """Where the paragraphs of the base that a side left alone stand there; the ends stand at each other."""
    found = {len(base): len(side)}
    for block in SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks():
        found.update((block.a + step, block.b + step) for step in range(block.size))
    return found
