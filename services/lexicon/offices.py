"""Offices 职务: where a position ends or begins in a text, and what kind it is.

A position is modifiers, then a word of the list (原 + 常务副 + 主席), with a body of its own before it (党委 +
常委) that belongs to the position, as the newsroom writes it: organisation 北京公交集团公司, position 党委常委.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from services.lexicon.tables import entries

_LONGEST = 12


class OfficeKind(StrEnum):
    CHIEF = "chief"
    RANK = "rank"
    HONOUR = "honour"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A position at [bare, end); with its unit (党委, 工会) it begins at `start`."""

    start: int
    bare: int
    end: int
    kind: OfficeKind


@cache
def _kinds() -> dict[str, OfficeKind]:
    return {word: kind for kind in OfficeKind for word in entries("offices", kind.value)}


@cache
def _last_characters() -> frozenset[str]:
    return frozenset(word[-1] for word in _kinds())


@cache
def _longest(name: str) -> int:
    return max(len(word) for word in entries("offices", name))


def position_before(text: str, end: int) -> Position | None:
    """The longest position that ends at an offset."""
    if text[end - 1 : end] not in _last_characters():
        return None
    kinds = _kinds()
    for length in range(min(_LONGEST, end), 1, -1):
        kind = kinds.get(text[end - length : end])
        if kind:
            bare = _back(text, end - length, "modifiers")
            start = _back(text, bare, "units", once=True)
            return Position(
                start=_back(text, start, "modifiers") if start < bare else start, bare=bare, end=end, kind=kind
            )
    return None


def position_at(text: str, start: int) -> Position | None:
    """The longest position that begins at an offset, modifiers in front of it included."""
    kinds = _kinds()
    bare = start
    for _ in range(3):
        for length in range(min(_LONGEST, len(text) - bare), 1, -1):
            kind = kinds.get(text[bare : bare + length])
            if kind:
                return Position(start=start, bare=start, end=bare + length, kind=kind)
        step = next(
            (
                n
                for n in range(_longest("modifiers"), 0, -1)
                if text[bare : bare + n] in entries("offices", "modifiers")
            ),
            0,
        )
        if not step:
            return None
        bare += step
    return None


def modified(text: str, start: int) -> int:
    """Where a position that begins at an offset begins with its modifiers (首席, 高级)."""
    return _back(text, start, "modifiers")


def _back(text: str, end: int, name: str, *, once: bool = False) -> int:
    words = entries("offices", name)
    while True:
        step = next((n for n in range(min(_longest(name), end), 0, -1) if text[end - n : end] in words), 0)
        if not step:
            return end
        end -= step
        if once:
            return end
