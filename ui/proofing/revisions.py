"""What was changed between two texts: a difference by characters, merged to the edges of words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = re.compile(r"[A-Za-z0-9.%‰]+|\s|.", re.DOTALL)
SHORT = 2  # as few unchanged characters between two changes are taken into the change


class Kind(StrEnum):
    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """Pieces whose SAME and DELETED parts make `old` and whose SAME and INSERTED parts make `new`, in order."""
    return tuple(_joined(_raw(WORDS.findall(old), WORDS.findall(new))))


def _raw(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """(deleted, inserted) pairs; equal words stand in both. Short equal runs between changes join them."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (tag, i, j, k, m) in enumerate(codes):
        before, after = "".join(old[i:j]), "".join(new[k:m])
        inner = 0 < at < len(codes) - 1
        if tag == "equal" and inner and len(before) < SHORT and before.strip("，。、；：\n"):
            yield before, f"\0{after}"  # the mark keeps it from being told as unchanged
        else:
            yield before, after


def _joined(pairs: Iterator[tuple[str, str]]) -> Iterator[Piece]:
    deleted = inserted = ""
    for before, after in pairs:
        if before == after:
            yield from _told(deleted, inserted)
            deleted = inserted = ""
            yield Piece(Kind.SAME, before)
        else:
            deleted += before
            inserted += after.removeprefix("\0")
    yield from _told(deleted, inserted)


def _told(deleted: str, inserted: str) -> Iterator[Piece]:
    if deleted:
        yield Piece(Kind.DELETED, deleted)
    if inserted:
        yield Piece(Kind.INSERTED, inserted)
