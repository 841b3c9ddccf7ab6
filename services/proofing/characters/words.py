"""How likely a line of characters is as words: the best way through its words, by a trigram of words.

The trigram is that of libime (LGPL-2.1-or-later, see resources/language/NOTICE), converted. Numbers are log10.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.proofing.characters.hashed import HashTable, Keys, joined
from services.proofing.characters.ngrams import keys_of

Floats = NDArray[np.float32]

LONGEST_WORD = 4
UNKNOWN = np.float32(-6.26)  # a single character that is no word
LOG_STEPS = 32.0  # steps of the packed logarithms in a power of ten
SIEVE_BITS = 21
_SHIFT = np.uint64(64 - SIEVE_BITS)
_NEVER = np.float32(-1e9)


def packed_log(logs: Floats) -> NDArray[np.uint8]:
    """Logarithms from 0 down to -7.9 as bytes from 1 on."""
    found: NDArray[np.uint8] = np.clip(np.rint(-logs * LOG_STEPS) + 1, 1, 255).astype(np.uint8)
    return found


_UNPACKED = np.r_[0.0, -np.arange(255) / LOG_STEPS].astype(np.float32)


@dataclass(frozen=True, slots=True)
class _State:
    """The best way to each end position through a last word of one length: for the rows where there is one."""

    score: Floats
    key: Keys  # of the last word
    backoff: Floats  # of the last word alone
    pair: Keys  # of the last two words
    pair_backoff: Floats
    pair_known: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Words:
    """`keys` sorted, `logs` (words, 2): packed probability and backoff of each; `runs` of two and three words."""

    keys: Keys
    logs: NDArray[np.uint8]
    runs: HashTable
    heads: NDArray[np.bool_]  # which first SIEVE_BITS bits of a key some word has: most questions end here

    @classmethod
    def of(cls, keys: Keys, logs: NDArray[np.uint8], runs: HashTable) -> "Words":
        heads = np.zeros(1 << SIEVE_BITS, bool)
        heads[(keys >> _SHIFT).astype(np.int64)] = True
        return cls(keys, logs, runs, heads)

    def find(self, keys: Keys) -> NDArray[np.int64]:
        """Index of each word, -1 for what is none."""
        found = np.full(len(keys), -1, np.int64)
        maybe = np.flatnonzero(self.heads[(keys >> _SHIFT).astype(np.int64)])
        some = keys[maybe]
        at = np.minimum(np.searchsorted(self.keys, some), len(self.keys) - 1)
        hit = self.keys[at] == some
        found[maybe[hit]] = at[hit]
        return found

    def probability(self, words: NDArray[np.int64]) -> Floats:
        """log10 of each word's own probability; of no word (-1) that of an unknown one."""
        return np.where(words >= 0, _UNPACKED[self.logs[words, 0]], UNKNOWN)

    def score(self, lines: NDArray[np.int64]) -> Floats:
        """log10 probability of the best way through each row of codes."""
        rows, width = lines.shape
        states: list[list[_State | None]] = [[]]
        for end in range(1, width + 1):
            here: list[_State | None] = []
            for length in range(1, min(LONGEST_WORD, end) + 1):
                key = keys_of(lines[:, end - length : end])
                word = self.find(key)
                exists = np.ones(rows, bool) if length == 1 else word >= 0
                here.append(self._reach(key, word, exists, states[end - length]) if exists.any() else None)
            states.append(here)
        best = np.full(rows, _NEVER)
        for state in states[-1]:
            if state is not None:
                np.maximum(best, state.score, out=best)
        return best

    def _reach(
        self, key: Keys, word: NDArray[np.int64], exists: NDArray[np.bool_], before: list["_State | None"]
    ) -> _State:
        rows = len(key)
        own = self.probability(word)
        backoff = np.where(word >= 0, _UNPACKED[self.logs[word, 1]], np.float32(0))
        score = np.full(rows, _NEVER)
        pair = np.zeros(rows, np.uint64)
        pair_backoff = np.zeros(rows, np.float32)
        pair_known = np.zeros(rows, bool)
        if not before:
            score[exists] = own[exists]
            return _State(score, key, backoff, pair, pair_backoff, pair_known)
        for state in before:
            if state is None:
                continue
            at = np.flatnonzero(exists & (state.score > _NEVER))
            if not len(at):
                continue
            pairs = joined(state.key[at], key[at])
            seen = self.runs.look(pairs)
            known = seen[:, 0] > 0
            step = np.where(known, _UNPACKED[seen[:, 0]], state.backoff[at] + own[at])
            chained = state.pair_known[at]
            step[chained] += state.pair_backoff[at][chained]
            three = np.flatnonzero(chained & known)
            if len(three):
                found = self.runs.look(joined(state.pair[at[three]], key[at[three]]))[:, 0]
                hit = found > 0
                step[three[hit]] = _UNPACKED[found[hit]]
            total = state.score[at] + step
            better = total > score[at]
            to = at[better]
            score[to] = total[better]
            pair[to] = pairs[better]
            pair_backoff[to] = _UNPACKED[seen[better, 1]]
            pair_known[to] = known[better]
        return _State(score, key, backoff, pair, pair_backoff, pair_known)
