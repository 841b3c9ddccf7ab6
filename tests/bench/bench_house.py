"""House text: learn from one half of a clean corpus, put errors of an input method into the other half, correct it.

Called by bench_characters. Errors, one in six of ten sentences: words of two characters for others of the same sound
by the square root of how common they are (60 %), single characters (40 %: of the same sound, four times rarer of a near
one, five times rarer alike, by how common they are to the power of 0.7).
"""

import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from services.lexicon.segment import frequency, words
from services.proofing.characters.house import learn, with_house
from services.proofing.characters.tables import FIRST, LAST, Confusables, Tables

CORRUPTED = 0.6
WORDS = 0.6
SEED = 5


class Typist:
    """Types by sound, and not always what was meant."""

    def __init__(self, table: Confusables) -> None:
        self.table = table
        self.random = random.Random(SEED)

    def typed(self, text: str) -> str:
        """The text with one error, or as it is."""
        if self.random.random() > CORRUPTED:
            return text
        for _ in range(8):
            made = self._word(text) if self.random.random() < WORDS else self._character(text)
            if made != text:
                return made
        return text

    def _word(self, text: str) -> str:
        parts = words(text)
        at = self.random.randrange(len(parts))
        word, table = parts[at], self.table
        if len(word) != 2 or not all(FIRST <= ord(c) <= LAST for c in word):
            return text
        sound = table.syllable[ord(word[0])] * 1024 + table.syllable[ord(word[1])]
        first, last = np.searchsorted(table.pair_sounds, (sound, sound + 1))
        others = ["".join(map(chr, pair)) for pair in table.pairs[first:last].tolist()]
        others = [other for other in others if other != word]
        if not others:
            return text
        new = self.random.choices(others, [max(1, frequency(other)) ** 0.5 for other in others])[0]
        return "".join([*parts[:at], new, *parts[at + 1 :]])

    def _character(self, text: str) -> str:
        at, table = self.random.randrange(len(text)), self.table
        code = ord(text[at])
        if not FIRST <= code <= LAST:
            return text
        part = slice(int(table.starts[code - FIRST]), int(table.starts[code - FIRST + 1]))
        codes, kinds = table.codes[part], table.kinds[part]
        if not len(codes):
            return text
        share = np.where(kinds & 1, 1.0, np.where(kinds & 2, 0.25, 0.2)) * 10.0 ** (0.7 * table.common[codes])
        return text[:at] + chr(self.random.choices(codes.tolist(), share.tolist())[0]) + text[at + 1 :]


def rows(texts: Sequence[str], table: Confusables) -> list[tuple[str, str]]:
    """Each text as it was typed, and as it should be."""
    typist = Typist(table)
    return [(typist.typed(text), text) for text in texts if text]


def learned(tables: Tables, texts: Sequence[str]) -> Tables:
    """The tables with what the texts add."""
    with tempfile.TemporaryDirectory() as folder:
        learn(texts, Path(folder))
        return replace(tables, counts=with_house(tables.counts, Path(folder)))
