"""Runs of one to five characters that were counted in a text: how likely a character is after four others.

Digits count as one character, Latin letters as one, half-width marks as full-width ones; an end of paragraph is a
character too. Probabilities: counts smoothed towards the shorter context, p(c|h) = (n(hc) + K·p(c|h′)) / (n(h) + K).
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from services.proofing.characters.hashed import HashTable, Keys, mixed

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

LONGEST = 5
EDGE = ord("\n")  # outside of a paragraph
SMOOTH = 4.0  # K: imagined observations of the shorter context
STEPS_PER_DOUBLING = 8.0
_MARKS = {",": "，", "!": "！", "?": "？", ":": "：", ";": "；", "(": "（", ")": "）"}
_CLASSES = tuple((a, z, "0" if a in "0０" else "a") for a, z in ("09", "０９", "AZ", "az", "ＡＺ", "ａｚ"))
_FACTOR = np.uint64(0x100000001B3)


@cache
def _classes() -> NDArray[np.uint16]:
    """The code that a code point below 65,536 counts as."""
    codes = np.arange(0x10000, dtype=np.uint16)
    for first, last, code in _CLASSES:
        codes[ord(first) : ord(last) + 1] = ord(code)
    for mark, full in _MARKS.items():
        codes[ord(mark)] = ord(full)
    return codes


def codes(text: str) -> Ints:
    """The text as numbers, one a code point; code points from 65,536 on are all 1."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.where(points < 0x10000, _classes()[np.minimum(points, 0xFFFF)], 1).astype(np.int64)


def keys_of(columns: NDArray[np.int64]) -> Keys:
    """One key for each row of codes, shape (rows, length of the run)."""
    key = np.full(len(columns), columns.shape[1], np.uint64)
    for at in range(columns.shape[1]):
        key = (key + columns[:, at].astype(np.uint64)) * _FACTOR
        key ^= key >> np.uint64(23)
    return mixed(key)


def runs(line: Ints, length: int) -> NDArray[np.int64]:
    """Every run of the length, a row each."""
    return (
        np.lib.stride_tricks.sliding_window_view(line, length) if len(line) >= length else line[:0].reshape(0, length)
    )


def packed(counts: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Counts from 1 on as bytes, eight steps a doubling."""
    steps = np.rint(np.log2(np.maximum(counts, 1)) * STEPS_PER_DOUBLING) + 1
    found: NDArray[np.uint8] = np.minimum(steps, 255).astype(np.uint8)
    return found


_UNPACKED: Floats = np.r_[0.0, 2.0 ** (np.arange(255) / STEPS_PER_DOUBLING)].astype(np.float32)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of runs of two to five characters in a table, of single characters in an array by code."""

    tables: tuple[HashTable, ...]  # that of the laws, and that of the house where there is one: counts are added
    single: Floats  # 65,536 counts

    def count(self, columns: NDArray[np.int64]) -> Floats:
        """How often each run was seen; 0 for one that was not or was left out."""
        if columns.shape[1] == 1:
            single: Floats = self.single[columns[:, 0]]
            return single
        keys = keys_of(columns)
        seen: Floats = _UNPACKED[self.tables[0].look(keys)[:, 0]]
        for table in self.tables[1:]:
            seen = seen + _UNPACKED[table.look(keys)[:, 0]]
        return seen

    def log_probability(self, columns: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int8]]:
        """log10 p(last | the four before) of each row of five; and the length of the longest run seen (0 to 5)."""
        total = float(self.single.sum()) + 1.0
        last = self.single[columns[:, -1]]
        chance = (last + 0.05) / (total + 400.0)
        seen = (last > 0).astype(np.int8)
        alive = np.flatnonzero(seen)
        for length in range(2, LONGEST + 1):
            tail = columns[alive, LONGEST - length :]
            before = self.count(tail[:, :-1])
            known = before > 0
            alive, tail, before = alive[known], tail[known], before[known]
            if not len(alive):
                break
            count = np.minimum(self.count(tail), before)
            chance[alive] = (count + SMOOTH * chance[alive]) / (before + SMOOTH)
            seen[alive[count > 0]] = length
        return np.log10(chance).astype(np.float32), seen


def unpacked(counts: NDArray[np.uint8]) -> Floats:
    """The counts that `packed` made bytes of."""
    found: Floats = _UNPACKED[counts]
    return found
