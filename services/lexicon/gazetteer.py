"""The authority file 名录 as the tagger looks things up in it: which known names stand in a text.

In: the records of the authority file. Out: an index whose cost per character of text depends on how many lengths of
names share two first characters, not on how many records there are.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from models.values.mention import EntityKind, KnownEntity


class Gazetteer:
    """Names and aliases, by their text; built once for a set of records and never changed."""

    def __init__(self, known: Iterable[KnownEntity]) -> None:
        names: dict[str, list[KnownEntity]] = {}
        for record in known:
            for name in (record.name, *record.aliases):
                bucket = names.setdefault(name, [])
                if record not in bucket:
                    bucket.append(record)
        lengths: dict[str, set[int]] = {}
        for name in names:
            if len(name) > 1:
                lengths.setdefault(name[:2], set()).add(len(name))
        self._names = {name: tuple(records) for name, records in names.items()}
        # by the two first characters: the lengths of names to try there
        self.lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}

    def find(self, name: str, kind: EntityKind | None = None) -> tuple[KnownEntity, ...]:
        """The records that bear a name or alias."""
        records = self._names.get(name, ())
        return records if kind is None else tuple(record for record in records if record.kind is kind)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Every place where a known name stands, the longer ones of a start first; they may overlap."""
        if not self.lengths:
            return
        for start in range(len(text) - 1):
            for length in self.lengths.get(text[start : start + 2], ()):
                if start + length <= len(text) and text[start : start + length] in self._names:
                    yield start, start + length


class _Same:
    """A tuple of records compared by identity: comparing 200,000 records would cost more than the look-up saves."""

    def __init__(self, known: tuple[KnownEntity, ...]) -> None:
        self.known = known

    def __hash__(self) -> int:
        return id(self.known)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.known is self.known


@lru_cache(maxsize=4)
def _built(same: _Same) -> Gazetteer:
    return Gazetteer(same.known)


def gazetteer(known: tuple[KnownEntity, ...]) -> Gazetteer:
    """The index of these records, built again only for another tuple."""
    return _built(_Same(known))
