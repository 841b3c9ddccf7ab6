"""A table from 64-bit keys to one or two bytes, for millions of n-grams: 3 or 4 bytes an entry, mapped from disk.

Buckets of four slots; a key lies in one of two buckets, told by a fingerprint of 16 bits. A key that was never put in
is taken for another one about once in ten thousand questions: harmless for counts of n-grams, so words, of which
millions are asked, have a table of their own (words.py). Layout of a row (uint8): four fingerprints, little endian,
then four first values, then, in tables with two values, four second ones.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from services.proofing.characters.arrays import mapped

Keys = NDArray[np.uint64]
Bytes = NDArray[np.uint8]

SLOTS = 4
FEW = 1_000  # questions for which the calls cost more than the second bucket of each
_A = np.uint64(0xBF58476D1CE4E5B9)
_B = np.uint64(0x94D049BB133111EB)
_STEP = np.uint64(0x9E3779B97F4A7C15)
_S27, _S29, _S31, _S32, _S48 = (np.uint64(n) for n in (27, 29, 31, 32, 48))
_LOW = np.uint64(0xFFFFFFFF)
_SALT = np.uint64(0x632BE59BD9B4E019)


def mixed(keys: Keys) -> Keys:
    """Keys whose bits are well spread (the finaliser of SplitMix64)."""
    keys = (keys ^ (keys >> _S29)) * _A
    keys = (keys ^ (keys >> _S27)) * _B
    return keys ^ (keys >> _S31)


def joined(left: Keys, right: Keys) -> Keys:
    """A key of two keys in this order."""
    return mixed(left * _STEP + right)


def _places(keys: Keys, rows: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint16]]:
    """First bucket, second bucket, fingerprint (never 0, which marks an empty slot)."""
    spread = mixed(keys)
    size = np.uint64(rows)
    first = ((spread & _LOW) * size) >> _S32
    second = ((mixed(spread + _SALT) & _LOW) * size) >> _S32
    mark = (spread >> _S48).astype(np.uint16)
    mark[mark == 0] = 1
    return first.astype(np.int64), second.astype(np.int64), mark


@dataclass(frozen=True, slots=True)
class HashTable:
    """`rows` as described above; `values` is how many bytes an entry holds (1 or 2)."""

    rows: Bytes
    values: int

    @classmethod
    def open(cls, path: Path) -> "HashTable":
        """Maps a table that `save` wrote. Raises OSError or ValueError."""
        rows = mapped(path)
        if rows.ndim != 2 or rows.dtype != np.uint8 or rows.shape[1] not in (12, 16) or not len(rows):
            raise ValueError(path.name)
        return cls(np.asarray(rows), rows.shape[1] // SLOTS - 2)

    def save(self, path: Path) -> None:
        np.save(path, self.rows, allow_pickle=False)

    def look(self, keys: Keys) -> NDArray[np.uint8]:
        """Values of the keys, shape (number of keys, values); zeros where a key is not in the table."""
        found = np.zeros((len(keys), self.values), np.uint8)
        if not len(keys):
            return found
        first, second, mark = _places(keys, len(self.rows))
        if len(keys) <= FEW:  # both buckets in one go; the first bucket is written last, so its word stands
            to = np.arange(len(keys))
            self._read(np.r_[second, first], np.r_[mark, mark], np.r_[to, to], found)
            return found
        self._read(first, mark, np.arange(len(keys)), found)
        left = np.flatnonzero(found[:, 0] == 0)
        self._read(second[left], mark[left], left, found)
        return found

    def _read(
        self, places: NDArray[np.int64], mark: NDArray[np.uint16], to: NDArray[np.int64], found: NDArray[np.uint8]
    ) -> None:
        width = self.rows.shape[1]
        whole = self.rows.view(np.dtype((np.void, width)))[:, 0]  # a row at once is fetched in half the time
        rows = whole[places].view(np.uint8).reshape(len(places), width)
        marks = rows.view(np.uint16)
        hits = np.zeros(len(places), bool)
        for slot in range(SLOTS):
            hits |= marks[:, slot] == mark
        some = np.flatnonzero(hits)
        at, slots = np.nonzero(marks[some, :SLOTS] == mark[some, None])
        at = some[at]
        for value in range(self.values):
            found[to[at], value] = rows[at, 8 + SLOTS * value + slots]


def build(keys: Keys, values: NDArray[np.uint8], load: float = 0.9) -> HashTable:
    """A table of distinct keys. `values` has shape (keys, 1 or 2), its first column never 0."""
    count = values.shape[1]
    rows = max(1, int(np.ceil(len(keys) / (SLOTS * load))))
    first, second, mark = _places(keys, rows)
    owner = np.full((rows, SLOTS), -1, np.int64)
    filled = np.zeros(rows, np.int64)
    for part in np.array_split(np.arange(len(keys)), 64):
        emptier = np.where(filled[first[part]] <= filled[second[part]], first[part], second[part])
        rest = _place(part, emptier, owner, filled)
        other = np.where(filled[first[rest]] <= filled[second[rest]], first[rest], second[rest])
        _place(rest, other, owner, filled)
    placed = np.zeros(len(keys), bool)
    placed[owner[owner >= 0]] = True
    _push_in(np.flatnonzero(~placed), first, second, owner)
    table = np.zeros((rows, SLOTS * (2 + count)), np.uint8)
    row, slot = np.nonzero(owner >= 0)
    who = owner[row, slot]
    table[:, :8].view("<u2")[row, slot] = mark[who]
    for value in range(count):
        table[row, 8 + SLOTS * value + slot] = values[who, value]
    return HashTable(table, count)


def _place(
    who: NDArray[np.int64], where: NDArray[np.int64], owner: NDArray[np.int64], filled: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Puts keys into their buckets as far as there is room; the ones left over."""
    order = np.argsort(where, kind="stable")
    who, where = who[order], where[order]
    starts = np.flatnonzero(np.r_[True, where[1:] != where[:-1]]) if len(where) else np.zeros(0, np.int64)
    rank = np.arange(len(where)) - np.repeat(starts, np.diff(np.r_[starts, len(where)]))
    slot = filled[where] + rank
    fits = slot < SLOTS
    owner[where[fits], slot[fits]] = who[fits]
    np.add.at(filled, where[fits], 1)
    return who[~fits]


def _push_in(
    left: NDArray[np.int64], first: NDArray[np.int64], second: NDArray[np.int64], owner: NDArray[np.int64]
) -> None:
    """Keys that found no room push others to their second bucket. After many moves one is left out: a lost count."""
    turn = 0
    for key in left.tolist():
        place = int(first[key])
        for _ in range(200):
            row = owner[place]
            free = np.flatnonzero(row < 0)
            if len(free):
                row[free[0]] = key
                break
            turn += 1
            slot = (turn * 7 + turn // 3) % SLOTS
            key, row[slot] = int(row[slot]), key
            place = int(second[key]) if int(first[key]) == place else int(first[key])
