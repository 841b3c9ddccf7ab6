"""Which characters of a text could be meant for others, and what speaks for each: edits and their evidence.

1. A character inside a run of five that the laws hold often enough is left alone. 2. Of the characters taken for it
those stay that make a known pair with a neighbour or complete a word. 3. The best by runs of characters stay. 4. The
words around are weighed by the trigram. Beside single characters: two of a word by its sound, two in the wrong order.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.proofing.characters.ngrams import EDGE, LONGEST, Counts, codes, keys_of
from services.proofing.characters.often import often
from services.proofing.characters.tables import FIRST, LAST, Tables
from services.proofing.characters.words import LONGEST_WORD, Words

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

MARGIN = 8  # characters of edge on both sides of a text
SURE = 2.0  # a run of five seen this often is left alone
KEPT_RUNS, KEPT_WORDS, KEPT_PAIRS = 4, 3, 2  # edits of a place: by runs, by words, of two characters
LEAST_GAIN = -2.0  # log10, by runs of characters
KEPT_OFTEN, LEAST_OFTEN = 2, -3.0  # the same for characters that everybody takes for one another
SAME, NEAR, LOOK, PAIR, SWAP = 1, 2, 4, 8, 16  # kinds of edits
BLANK = 1  # the code of a character that no word has
BEFORE, AFTER = 6, 8  # characters of the window in which words are weighed


@dataclass(frozen=True, slots=True)
class Edits:
    """Row by row: where (in the text), how many characters (1 or 2), what they would be, what speaks for it."""

    at: Ints
    size: Ints
    new: Ints  # (rows, 2)
    evidence: Floats


@dataclass(frozen=True, slots=True)
class _Some:
    """Edits on the way: places in the padded text."""

    at: Ints
    size: Ints
    new: Ints
    kind: Ints
    look: Floats

    def only(self, which: NDArray[np.generic]) -> "_Some":
        return _Some(self.at[which], self.size[which], self.new[which], self.kind[which], self.look[which])

    @staticmethod
    def joined(parts: list["_Some"]) -> "_Some":
        return _Some(
            np.concatenate([p.at for p in parts]),
            np.concatenate([p.size for p in parts]),
            np.concatenate([p.new for p in parts]),
            np.concatenate([p.kind for p in parts]),
            np.concatenate([p.look for p in parts]),
        )


def is_candidate(line: Ints) -> NDArray[np.bool_]:
    """Han characters that have candidates."""
    return (line >= FIRST) & (line <= LAST)


def edits(text: str, tables: Tables, free: NDArray[np.bool_]) -> Edits:
    """All edits worth weighing at characters that are free (one flag a code point)."""
    line = np.full(len(text) + 2 * MARGIN, EDGE, np.int64)
    line[MARGIN : MARGIN + len(text)] = codes(text)
    open_ = np.zeros(len(line), bool)
    open_[MARGIN : MARGIN + len(text)] = free
    open_ &= is_candidate(line)
    known = _known(line, tables.counts)
    open_ &= ~known
    single = _single(line, np.flatnonzero(open_), tables)
    double = _double(line, open_, tables)
    some = _Some.joined([single, double])
    return _weighed(line, some, tables)


def _known(line: Ints, counts: Counts) -> NDArray[np.bool_]:
    """Characters inside a run of five that was seen often enough."""
    seen = counts.count(np.lib.stride_tricks.sliding_window_view(line, LONGEST)) >= SURE
    inside = np.zeros(len(line), bool)
    for shift in range(LONGEST):
        inside[shift : shift + len(seen)] |= seen
    return inside


def _windows(line: Ints, some: _Some, before: int, after: int) -> Ints:
    """The text from `before` characters before to `after` characters from the edit's start on, with the edit made."""
    rows: Ints = line[some.at[:, None] + np.arange(-before, after)]
    rows[:, before] = some.new[:, 0]
    two = some.size == 2
    rows[two, before + 1] = some.new[two, 1]
    return rows


def _originals(line: Ints, at: Ints, before: int, after: int) -> Ints:
    rows: Ints = line[at[:, None] + np.arange(-before, after)]
    return rows


def _single(line: Ints, places: Ints, tables: Tables) -> _Some:
    """Edits of one character that make a known pair or complete a word."""
    table = tables.confusables
    own = line[places] - FIRST
    size = table.starts[own + 1] - table.starts[own]
    row = np.repeat(np.arange(len(places)), size)
    entry = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size) + np.repeat(table.starts[own], size)
    some = _Some(
        places[row],
        np.ones(len(row), np.int64),
        np.stack([table.codes[entry], np.zeros(len(row), np.int64)], 1),
        table.kinds[entry].astype(np.int64),
        table.looks[entry],
    )
    window = _windows(line, some, 3, 4)
    word, _ = _best_word(window, 3, 1, tables.words)
    pair = (tables.counts.count(window[:, 2:4]) > 0) | (tables.counts.count(window[:, 3:5]) > 0)
    whole = word > -99
    some, word = some.only(pair | whole), word[pair | whole]
    gain = _gain_by_runs(line, some, tables.counts)[0]
    best = _rank(some.at, -gain) < KEPT_RUNS
    best &= gain > LEAST_GAIN
    wordy = (_rank(some.at, -word) < KEPT_WORDS) & (word > -99)
    kept = some.only(best | wordy)
    return _Some.joined([kept, _often(line, places, kept, tables)])


def _often(line: Ints, places: Ints, kept: _Some, tables: Tables) -> _Some:
    """Edits between characters that everybody takes for one another, those left out that are there already."""
    table = tables.confusables
    own, other = often()
    first, last = np.searchsorted(own, line[places]), np.searchsorted(own, line[places], side="right")
    size = last - first
    row = np.repeat(np.arange(len(places)), size)
    entry = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size) + np.repeat(first, size)
    at, new = places[row], other[entry]
    fresh = ~np.isin(at << 16 | new, kept.at << 16 | kept.new[:, 0])
    at, new = at[fresh], new[fresh]
    same = table.syllable[line[at]] == table.syllable[new]
    blank = np.zeros(len(at), np.int64)
    some = _Some(at, blank + 1, np.stack([new, blank], 1), np.where(same, SAME, LOOK), blank.astype(np.float32))
    gain = _gain_by_runs(line, some, tables.counts)[0]
    return some.only((_rank(some.at, -gain) < KEPT_OFTEN) & (gain > LEAST_OFTEN))


def _double(line: Ints, open_: NDArray[np.bool_], tables: Tables) -> _Some:
    """Edits of two characters: a word that sounds the same, or the two in the other order."""
    table = tables.confusables
    at = np.flatnonzero(is_candidate(line[:-1]) & is_candidate(line[1:]) & (open_[:-1] & open_[1:]))
    sound = table.syllable[line[at]] * 1024 + table.syllable[line[at + 1]]
    first, last = np.searchsorted(table.pair_sounds, sound), np.searchsorted(table.pair_sounds, sound, side="right")
    size = last - first
    row = np.repeat(np.arange(len(at)), size)
    entry = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size) + np.repeat(first, size)
    place, new = at[row], table.pairs[entry]
    keep = (new[:, 0] != line[place]) & (new[:, 1] != line[place + 1])
    place, new = place[keep], new[keep]
    heard = _Some(place, np.full(len(place), 2), new, np.full(len(place), PAIR), np.zeros(len(place), np.float32))
    swap = np.stack([line[at + 1], line[at]], 1)
    word = (tables.words.find(_key(swap)) >= 0) | (tables.counts.count(swap) > 20)
    word &= (swap[:, 0] != swap[:, 1]) & (tables.words.find(_key(swap[:, ::-1])) < 0)
    at, swap = at[word], swap[word]
    moved = _Some(at, np.full(len(at), 2), swap, np.full(len(at), SWAP), np.zeros(len(at), np.float32))
    some = _Some.joined([heard, moved])
    gain = _gain_by_runs(line, some, tables.counts)[0]
    return some.only((_rank(some.at, -gain) < KEPT_PAIRS) & (gain > LEAST_GAIN))


def _key(columns: Ints) -> NDArray[np.uint64]:
    return keys_of(columns)


def _rank(group: Ints, value: Floats) -> Ints:
    """Rank of each row by value within its group, from 0 on."""
    order = np.lexsort((value, group))
    grouped = group[order]
    start = np.flatnonzero(np.r_[True, grouped[1:] != grouped[:-1]]) if len(order) else np.zeros(0, np.int64)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order)) - np.repeat(start, np.diff(np.r_[start, len(order)]))
    return rank


def _best_word(window: Ints, centre: int, size: int, words: Words) -> tuple[Floats, Ints]:
    """The best log10 of the words of two to four characters over the centre, -100 for none; and the longest."""
    best = np.full(len(window), -100.0, np.float32)
    longest = np.ones(len(window), np.int64)
    for length in range(2, LONGEST_WORD + 1):
        for start in range(max(0, centre - length + 1), min(centre + size, window.shape[1] - length + 1)):
            columns = window[:, start : start + length]
            word = words.find(_key(columns))
            hit = word >= 0
            longest[hit] = length
            value = np.where(hit, words.probability(word) + 2.0 * (length - 2), np.float32(-100))
            np.maximum(best, value.astype(np.float32), out=best)
    return best, longest


def _gain_by_runs(line: Ints, some: _Some, counts: Counts) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """log10 gain by runs of characters: all; on the edit; after it; and the longest run over it, old and new."""
    width = 2 * LONGEST - 1 + 1
    places, back = np.unique(some.at, return_inverse=True)
    old, old_seen = _spread(_originals(line, places, LONGEST - 1, width - LONGEST + 1), counts)
    new, new_seen = _spread(_windows(line, some, LONGEST - 1, width - LONGEST + 1), counts)
    difference = new - old[back]
    two = some.size == 2
    on = difference[:, 0] + np.where(two, difference[:, 1], 0)
    last = np.where(two, difference[:, 5], 0)
    total = difference[:, :5].sum(1) + last
    return total, on, total - on, _over(old_seen[back], two), _over(new_seen, two)


def _over(seen: NDArray[np.int8], two: NDArray[np.bool_]) -> Floats:
    """The longest seen run over the edit, from the longest runs that end at it and up to four places after it."""
    best = np.zeros(len(seen), np.int8)
    for shift in range(LONGEST):
        best = np.maximum(best, np.where(seen[:, shift] > shift, seen[:, shift], 0))
    return best.astype(np.float32)


def _spread(rows: Ints, counts: Counts) -> tuple[Floats, NDArray[np.int8]]:
    """log10 p and longest seen run at the six places from the edit on."""
    places = rows.shape[1] - LONGEST + 1
    parts = np.concatenate([rows[:, at : at + LONGEST] for at in range(places)])
    logs, seen = counts.log_probability(parts)
    return logs.reshape(places, -1).T, seen.reshape(places, -1).T


def _weighed(line: Ints, some: _Some, tables: Tables) -> Edits:
    """The edits with their evidence."""
    counts, words, table = tables.counts, tables.words, tables.confusables
    total, on, after, old_run, new_run = _gain_by_runs(line, some, counts)
    places, back = np.unique(some.at, return_inverse=True)
    window = _windows(line, some, BEFORE, AFTER)
    original = _originals(line, places, BEFORE, AFTER)
    blank = original.copy()
    blank[:, BEFORE] = BLANK
    # all at once: for one paragraph most of the time goes into the calls
    base, empty, edited = np.split(
        words.score(np.concatenate([original, blank, window])), [len(places), 2 * len(places)]
    )
    support = base - empty  # what the character as it stands does for the words around
    gain = edited - base[back]
    new_word, new_long = _best_word(window[:, 3:10], 3, 1, words)
    old_word, old_long = _best_word(original[:, 3:10], 3, 1, words)
    old_word, old_long = old_word[back], old_long[back]
    runs, _ = _spread(_originals(line, places, LONGEST - 1, LONGEST + 1), counts)
    old, new = line[some.at], some.new[:, 0]
    left, right = line[some.at - 1], line[some.at + some.size]
    columns = [
        total, on, after, old_run, new_run, gain, gain - runner_up(some.at, gain), total - runner_up(some.at, total),
        base[back], support[back], support[back] + gain, runs[back, 0], runs[back, 1:5].sum(1), runs[back, 0] + on,
        np.minimum(total, 6 * gain), np.minimum(_rank(some.at, -gain), 3), np.minimum(_rank(some.at, -total), 3),
        new_long, old_long, np.maximum(new_word, -12), np.maximum(old_word, -12),
        table.common[old], table.common[new], np.log10(counts.single[old] + 1), np.log10(counts.single[new] + 1),
        (some.kind & SAME) > 0, (some.kind & NEAR) > 0, (some.kind & LOOK) > 0, some.kind == PAIR, some.kind == SWAP,
        some.look, table.syllable[old] == table.syllable[new], is_candidate(left), is_candidate(right),
        np.log10(counts.count(np.stack([line[some.at - 1], old], 1)) + 1),
        np.log10(counts.count(np.stack([old, line[some.at + 1]], 1)) + 1),
        np.log10(counts.count(window[:, BEFORE - 1 : BEFORE + 1]) + 1),
        np.log10(counts.count(window[:, BEFORE : BEFORE + 2]) + 1),
    ]  # fmt: skip
    evidence = np.stack([np.asarray(column, np.float32) for column in columns], 1)
    return Edits(some.at - MARGIN, some.size, some.new, evidence)


def runner_up(group: Ints, value: Floats) -> Floats:
    """For each row the best value of the other rows of its group, or -12."""
    rank = _rank(group, -value)
    best: Floats = np.full(int(group.max(initial=0)) + 1, -12.0, np.float32)
    second = best.copy()
    first_rows, second_rows = rank == 0, rank == 1
    best[group[first_rows]] = value[first_rows]
    second[group[second_rows]] = value[second_rows]
    return np.where(first_rows, second[group], best[group])
