"""The door of the checker: a text → characters that are probably wrong, with what they should be. Never certain.

Left alone: names of people, organisations and places (mentions, known names, bylines), words that the house allows,
foreign words, and places that a rule with a list has its say on (proof.py). Without its tables the checker is off and
the report of the rules says so.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from models.values.finding import Tier
from models.values.mention import EntityKind
from services.config.paths import RESOURCES
from services.proofing.contract import Find, Hit, Reading

if TYPE_CHECKING:
    from services.proofing.characters.tables import Tables

RULE = "characters.wrong"
FILES = ("characters.npz", "combiner.npz", "laws.npy", "word_runs.npy")
CHUNK = 12_000  # characters that are weighed at a time: about 100 MB
SUGGESTIONS = 3
_NAMES = (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE)


def missing() -> tuple[str, ...]:
    """Files of the checker that are not there."""
    return tuple(name for name in FILES if not (RESOURCES / "language" / name).is_file())


def wrong_characters(reading: Reading) -> Iterator[Hit]:
    """Hits of tier likely (the rule's own) and hint."""
    if not reading.text or reading.text.isascii():
        return
    from services.proofing.characters.tables import in_use

    tables = in_use()
    if tables is None:
        return
    kept = _left_alone(reading)
    at = 0
    for chunk in _chunks(reading.text):
        yield from _hits(chunk, at, kept, tables)
        at += len(chunk)


def _left_alone(reading: Reading) -> list[tuple[int, int]]:
    """Spans that are never touched."""
    context, text = reading.context, reading.text
    spans = [(m.start, m.end) for m in context.mentions if m.kind in _NAMES and text[m.start : m.end] == m.text]
    spans += zip(reading.foreign.starts, reading.foreign.ends, strict=True)
    names = {one.name for one in context.known} | {one.name for one in context.bylines}
    for word in names | context.allowed:
        spans.extend(_places(text, word))
    return spans


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    at = text.find(word) if len(word) > 1 else -1
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + len(word))


def _chunks(text: str) -> Iterator[str]:
    """The text in parts of whole lines, or of CHUNK characters where a line is longer."""
    start = 0
    while start < len(text):
        end = start + CHUNK
        if end < len(text):
            line = text.rfind("\n", start, end)
            end = line + 1 if line >= start else end
        yield text[start:end]
        start = end


def _hits(text: str, offset: int, kept: Iterable[tuple[int, int]], tables: "Tables") -> Iterator[Hit]:
    import numpy as np

    from services.proofing.characters.choose import chosen
    from services.proofing.characters.evidence import edits

    free = np.ones(len(text), bool)
    for start, end in kept:
        free[max(0, start - offset) : max(0, end - offset)] = False
    found = edits(text, tables, free)
    score = tables.combiner.score(found.evidence)
    for row in chosen(found, score, tables.combiner.hint):
        start, size = int(found.at[row]), int(found.size[row])
        others = np.flatnonzero((found.at == start) & (found.size == size) & (score >= tables.combiner.hint - 1.0))
        best = others[np.argsort(-score[others], kind="stable")][:SUGGESTIONS]
        fixes = tuple("".join(chr(int(code)) for code in found.new[one, :size]) for one in best)
        tier = None if score[row] >= tables.combiner.likely else Tier.HINT
        yield Hit(start=offset + start, end=offset + start + size, suggestions=fixes, tier=tier)


TABLE: tuple[tuple[str, Find], ...] = ((RULE, wrong_characters),)
