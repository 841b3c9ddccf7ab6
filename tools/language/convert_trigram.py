"""Turns the word trigram of Debian's libime-data-language-model (LGPL-2.1-or-later) into tables of ours.

`python -m tools.language.convert_trigram zh_CN.lm WORK`: reads the KenLM file itself (a trie of reversed n-grams,
quantised, with compressed pointers, KenLM's model type 5), keeps words of one to four Han characters, and writes
resources/language/words.npz and resources/language/word_runs.npy; to WORK the words with their log probabilities.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from services.config.paths import RESOURCES
from services.proofing.characters.hashed import build, joined
from services.proofing.characters.ngrams import codes, keys_of
from services.proofing.characters.words import packed_log

Ints = NDArray[np.int64]
HEADER = 136  # bytes: magic 88, parameters 20, counts 24, padding
PARAMETERS = 88
LOAD = 0.94


@dataclass(frozen=True, slots=True)
class Trigram:
    """Log10 probabilities and backoffs; n-grams as indices of words, in reading order."""

    words: list[str]
    one: NDArray[np.float32]
    one_backoff: NDArray[np.float32]
    two: Ints
    two_log: NDArray[np.float32]
    two_backoff: NDArray[np.float32]
    three: Ints
    three_log: NDArray[np.float32]


class _File:
    def __init__(self, path: Path) -> None:
        self.raw = np.fromfile(path, np.uint8)
        self.at = HEADER

    def take(self, count: int, kind: str) -> NDArray[np.generic]:
        size = count * np.dtype(kind).itemsize
        self.at += size
        return self.raw[self.at - size : self.at].view(kind)

    def bits(self, offsets: Ints, width: int) -> Ints:
        """Numbers of `width` bits at bit offsets from here."""
        place = self.at + (offsets >> 3)
        value = np.zeros(len(offsets), np.uint64)
        for byte in range(8):
            value |= self.raw[np.minimum(place + byte, len(self.raw) - 1)].astype(np.uint64) << np.uint64(8 * byte)
        return ((value >> (offsets & 7).astype(np.uint64)) & np.uint64((1 << width) - 1)).astype(np.int64)


def _inline_bits(most: int, entries: int, allowed: int) -> int:
    """How many low bits of a pointer lie beside its entry (KenLM's ArrayBhiksha picks the cheapest cut)."""
    needed = most.bit_length()
    costs = [((most >> (needed - cut)) * 64 - entries * cut, cut) for cut in range(min(needed, allowed) + 1)]
    return needed - min(costs)[1]


def read_trigram(path: Path) -> Trigram:
    """Raises ValueError for another kind of KenLM file."""
    file = _File(path)
    kind = int(file.raw[PARAMETERS + 8 : PARAMETERS + 12].view("<u4")[0])
    if bytes(file.raw[:7]) != b"mmap lm" or file.raw[PARAMETERS] != 3 or kind != 5:
        raise ValueError(f"{path}: not a KenLM trigram of type 5")
    ones, twos, threes = (int(n) for n in file.raw[PARAMETERS + 20 : PARAMETERS + 44].view("<u8"))
    file.at += 8 + 8 * ones  # hashes of the words
    head = file.take(8, "u1")
    prob_bits, backoff_bits = int(head[1]), int(head[2])
    two_bins, backoff_bins = file.take(1 << prob_bits, "<f4"), file.take(1 << backoff_bits, "<f4")
    three_bins = file.take(1 << prob_bits, "<f4")
    single = file.take(16 * (ones + 2), "u1").view(np.dtype([("p", "<f4"), ("b", "<f4"), ("next", "<u8")]))
    inline = _inline_bits(threes, twos + 1, int(file.raw[file.at + 1]))
    blocks = (threes >> inline) + 1
    start = (file.at + 7) // 8 * 8 + 8
    offsets = file.raw[start : start + 8 * blocks].view("<u8").astype(np.int64)
    file.at += 8 * (1 + blocks) + 7
    word_bits = ones.bit_length()
    width = word_bits + backoff_bits + prob_bits + inline
    entry = np.arange(twos + 1, dtype=np.int64) * width
    left = file.bits(entry, word_bits)[:-1]
    backoff = file.bits(entry + word_bits, backoff_bits)[:-1]
    two = file.bits(entry + word_bits + backoff_bits, prob_bits)[:-1]
    low = file.bits(entry + word_bits + backoff_bits + prob_bits, inline)
    following = ((np.searchsorted(offsets, np.arange(twos + 1), side="right") - 1) << inline) | low
    file.at += ((1 + twos) * width + 7) // 8 + 8
    width = word_bits + prob_bits
    entry = np.arange(threes, dtype=np.int64) * width
    first, three = file.bits(entry, word_bits), file.bits(entry + word_bits, prob_bits)
    file.at += ((1 + threes) * width + 7) // 8 + 8
    right = np.searchsorted(single["next"][: ones + 1].astype(np.int64), np.arange(twos), side="right") - 1
    parent = np.searchsorted(following, np.arange(threes), side="right") - 1
    return Trigram(
        words=[word.decode() for word in bytes(file.raw[file.at :]).split(b"\0")[:ones]],
        one=-np.abs(single["p"][:ones]),
        one_backoff=single["b"][:ones],
        two=np.stack([left, right], 1),
        two_log=two_bins[two],
        two_backoff=backoff_bins[backoff],
        three=np.stack([first, left[parent], right[parent]], 1),
        three_log=three_bins[three],
    )


def main(source: Path, work: Path) -> None:
    model = read_trigram(source)
    kept = np.array([1 <= len(word) <= 4 and all("一" <= c <= "鿿" for c in word) for word in model.words])
    keys = np.zeros(len(model.words), np.uint64)
    for length in range(1, 5):
        those = [i for i in np.flatnonzero(kept) if len(model.words[i]) == length]
        keys[those] = keys_of(np.stack([codes(model.words[i]) for i in those]))
    two, three = kept[model.two].all(1), kept[model.three].all(1)
    first = joined(keys[model.two[two, 0]], keys[model.two[two, 1]])
    second = joined(joined(keys[model.three[three, 0]], keys[model.three[three, 1]]), keys[model.three[three, 2]])
    logs = np.concatenate([model.two_log[two], model.three_log[three]])
    backoffs = np.concatenate([model.two_backoff[two], np.zeros(int(three.sum()), np.float32)])
    values = np.stack([packed_log(logs), packed_log(backoffs)], 1)
    print(int(kept.sum()), len(first), len(second), float(logs.min()), float(backoffs.min()), float(backoffs.max()))
    build(np.concatenate([first, second]), values, LOAD).save(RESOURCES / "language" / "word_runs.npy")
    order = np.flatnonzero(kept)[np.argsort(keys[kept])]
    one = np.stack([packed_log(model.one[order]), packed_log(model.one_backoff[order])], 1)
    np.save(work / "word_keys.npy", keys[order])
    np.save(work / "word_logs.npy", one)
    np.savez(work / "words.npz", words=np.array([model.words[i] for i in order]), log=model.one[order])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
