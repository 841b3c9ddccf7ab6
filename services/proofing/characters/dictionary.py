"""A second look at the few edits that are worth it: what a dictionary of 349,000 words (jieba's, MIT) says of them.

The words around are cut with the characters as they stand and with the edit made. An error breaks words up; a rare but
right word, or a place's name, is whole.
"""

from math import log10

import numpy as np
from numpy.typing import NDArray

from services.lexicon.segment import frequency, words

Floats = NDArray[np.float32]

REACH = 7  # characters to each side whose words are looked at
TOTAL = 7.78  # log10 of the dictionary's word count


def second_look(text: str, at: NDArray[np.int64], size: NDArray[np.int64], new: NDArray[np.int64]) -> Floats:
    """Eight numbers for each edit: of the words over it, old and new, length and log10 frequency; words in all, old
    and new; gain in log10 by frequencies alone; whether the old word is known."""
    rows = np.zeros((len(at), 8), np.float32)
    before: dict[tuple[int, int], tuple[int, float, int, float]] = {}
    for row, (start, count, codes) in enumerate(zip(at.tolist(), size.tolist(), new.tolist(), strict=True)):
        left = max(text.rfind("\n", 0, start) + 1, start - REACH)
        right = text.find("\n", start)
        right = min(len(text) if right < 0 else right, start + count + REACH)
        key = (start, count)
        if key not in before:
            before[key] = _cut(text[left:right], start - left, count)
        old = before[key]
        made = "".join(map(chr, codes[:count]))
        fresh = _cut(text[left:start] + made + text[start + count : right], start - left, count)
        known = old[0] > 1 and old[1] > -TOTAL
        rows[row] = (old[0], old[1], fresh[0], fresh[1], old[2], fresh[2], fresh[3] - old[3], known)
    return rows


def _cut(text: str, start: int, size: int) -> tuple[int, float, int, float]:
    """Length and log10 frequency of the longest word over [start, start + size); number of words; log10 of all."""
    longest, best, total, at, count = 1, -TOTAL, 0.0, 0, 0
    for word in words(text):
        share = log10(frequency(word) or 0.3) - TOTAL
        total += share
        count += 1
        if at < start + size and at + len(word) > start and (len(word) > longest or best == -TOTAL):
            longest, best = len(word), share
        at += len(word)
    return longest, best, count, total
