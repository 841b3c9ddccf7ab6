"""的, 地 or 得: which of the three a place asks for, by the words around, whatever stands there.

Evidence: the trigram of words with each of the three put in, and the classes of the words around (a noun, a verb, a
word said twice), weighed by a linear model that was trained on openly licensed texts (tools/language/train_de.py). The
classes are those of the sentence with the three as the trigram would have them, so that one slip does not excuse the
next. How careful the writer is is taken from the paragraph: where two are surely wrong, a third needs less.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from services.lexicon.lac import Word, analyse
from services.lexicon.segment import frequency
from services.proofing.characters.arrays import archived
from services.proofing.characters.ngrams import EDGE, codes
from services.proofing.characters.words import Words

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

FILE = "de.npz"
THREE = "的地得"
CODES = tuple(ord(one) for one in THREE)
BITS = 15  # of a hashed feature
FEATURES = 16
MARGIN = 16
BEFORE, AFTER = 8, 9  # window in which words are weighed
TRUST = 2.0  # of the trigram: natural logarithms for a power of ten
DOUBT = 0.0  # log10: by so much another of the three must suit the trigram better
_CLAUSE_MARKS = frozenset("，。；：！？、“”（）《》…—,;:!?^")
# How careful writers are: share of wrong 的地得, and share of such paragraphs.
_RATES = np.array([0.001, 0.9])
_WRITERS = np.array([0.999, 0.001])
_TEMPER = 0.5  # the evidence is less sure of itself than it says: texts differ from those it was learned on


@dataclass(frozen=True, slots=True)
class DeModel:
    """`hashed` (2 ** BITS, 3): weights of each of the three for each feature; thresholds of the log odds."""

    hashed: Floats
    likely: float
    hint: float

    @classmethod
    def of(cls, arrays: dict[str, Any]) -> "DeModel":
        """Raises KeyError."""
        hashed = arrays["hashed"].astype(np.float32) * np.float32(arrays["step"])
        return cls(hashed, float(arrays["likely"]), float(arrays["hint"]))

    @classmethod
    def open(cls, path: Path) -> "DeModel":
        """Raises OSError, ValueError, KeyError or BadZipFile."""
        return cls.of(archived(path))

    def log_odds(self, features: Ints, numbers: Floats) -> Floats:
        """Unnormalised log probabilities of the three, a row a place."""
        total: Floats = self.hashed[features].sum(1) + TRUST * numbers
        return total


@dataclass(frozen=True, slots=True)
class Slip:
    """A place with a character of the three that is probably wrong, and the log odds that it is."""

    at: int
    right: str
    score: float


def line_of(text: str) -> Ints:
    """The text as codes between margins."""
    line = np.full(len(text) + 2 * MARGIN, EDGE, np.int64)
    line[MARGIN : MARGIN + len(text)] = codes(text)
    return line


def places(line: Ints) -> Ints:
    return np.flatnonzero(np.isin(line, CODES))


def features(text: str, at: Ints, best: Ints) -> Ints:
    """Hashed features of each place of the text, with `best` of the three standing there while words are classed."""
    made = list(text)
    for place, one in zip(at.tolist(), best.tolist(), strict=True):
        made[place] = THREE[one]
    put = "".join(made)
    rows = np.zeros((len(at), FEATURES), np.int64)
    start = row = 0
    lines = put.split("\n")
    asked = [number for number, line in enumerate(lines) if any(one in line for one in THREE)]
    classed = dict(zip(asked, analyse([lines[number] for number in asked]), strict=True))
    for number, line in enumerate(lines):
        end = start + len(line)
        here: list[int] = []
        while row + len(here) < len(at) and at[row + len(here)] < end:
            here.append(int(at[row + len(here)]) - start)
        if here:
            rows[row : row + len(here)] = _of_line(line, here, classed[number])
            row += len(here)
        start = end + 1
    return rows


def _of_line(line: str, here: list[int], words: tuple[Word, ...]) -> list[list[int]]:
    starts = [word.start for word in words]
    rows = []
    for place in here:
        index = bisect_right(starts, place) - 1
        rows.append([_hash(number, value) for number, value in enumerate(_signs(line, place, words, index))])
    return rows


def _hash(number: int, value: tuple[object, ...]) -> int:
    return crc32(f"{number}{value}".encode("utf-8", "surrogatepass")) & (1 << BITS) - 1


def _signs(line: str, place: int, words: tuple[Word, ...], index: int) -> list[tuple[object, ...]]:
    """What is said of a place, without the character that stands there: classes of words, words said twice, marks."""

    def tag(step: int) -> str:
        at = index + step
        if not 0 <= at < len(words):
            return "^"
        word = words[at]
        return line[word.start] if word.tag == "w" else word.tag

    def size(step: int) -> int:
        at = index + step
        return min(4, words[at].end - words[at].start) if 0 <= at < len(words) else 0

    inside = (size(0), place - words[index].start, "" if size(0) == 1 else tag(0))
    left, right, next_, last = tag(-1), tag(1), tag(2), tag(-2)
    twice = _twice(line[max(0, place - 4) : place])
    asked, verbs = "", 0
    for step in range(2, 9):
        its = tag(-step)
        if its in _CLAUSE_MARKS:
            break
        if its in ("v", "vn", "p") and not asked:
            asked = its + ("" if size(-step) < 2 else "2")
        verbs += its == "v"
    later = ""
    for step in range(2, 8):
        its = tag(step)
        if its in _CLAUSE_MARKS:
            break
        later = "n" if its in ("n", "nz", "vn", "nw") else later or its[:1]
    follows = line[place + 1 : place + 2]
    before = line[max(0, place - 1) : place]
    return [
        inside,
        (left, right),
        (left, right, next_),
        (last, left, right),
        (left, size(-1), right, size(1)),
        (twice, right),
        (twice, left, right, size(1)),
        (left, right, asked, later),
        (left, right, asked, next_),
        (right, size(1), next_, later),
        (asked, left, verbs > 0, right),
        (before, left),
        (follows, right),
        (before, right),
        (inside, left, right),
        (right, next_, tag(3)),
    ]


def _twice(before: str) -> str:
    """How a word repeats itself: AA, AABB, ABAB, ABAC, ABB, four characters of a set phrase, or nothing."""
    if len(before) > 1 and before[-1] == before[-2]:
        return "AABB" if len(before) == 4 and before[0] == before[1] else "AA" if len(before) < 3 else "xAA"
    if len(before) == 4 and before[0] == before[2]:
        return "ABAB" if before[1] == before[3] else "ABAC"
    return "idiom" if len(before) == 4 and frequency(before) else ""


def numbers(line: Ints, at: Ints, words: Words) -> Floats:
    """What the trigram of words says of each of the three: log10, 0 for the best."""
    window = np.tile(line[at[:, None] + np.arange(-BEFORE, AFTER)], (len(CODES), 1))
    window[:, BEFORE] = np.repeat(CODES, len(at))
    score = words.score(window).reshape(len(CODES), len(at)).T
    found: Floats = score - score.max(1, keepdims=True)
    return found


def slips(text: str, model: DeModel, words: Words, free: NDArray[np.bool_]) -> Iterator[Slip]:
    """Places that are free where another of the three is rather right, with the log odds of it; all of any score."""
    line = line_of(text)
    at = places(line)
    if not len(at):
        return
    own = _RANKS[np.searchsorted(_ORDER, line[at])]
    number = numbers(line, at, words)
    worth = _worth(number, own, np.cumsum(line == EDGE)[at])
    at, own, number = at[worth], own[worth], number[worth]
    if not len(at):
        return
    paragraph = np.cumsum(line == EDGE)[at]
    found = features(text, at - MARGIN, number.argmax(1))
    share = _shares(model.log_odds(found, number))
    moved = _score(share, own, paragraph) > 0
    if moved.any():  # once more, with the others put right
        line[at[moved]] = np.array(CODES)[share[moved].argmax(1)]
        share = _shares(model.log_odds(found, numbers(line, at, words)))
    score = _score(share, own, paragraph)
    best = share.argmax(1)
    for row in np.flatnonzero((best != own) & free[at - MARGIN]).tolist():
        place = int(at[row]) - MARGIN
        if text[place] == "地" and _twice(text[max(0, place - 4) : place]) in _ADVERBIAL:
            continue
        yield Slip(place, THREE[int(best[row])], float(score[row]))


def _worth(number: Floats, own: Ints, paragraph: Ints) -> NDArray[np.bool_]:
    """Places of paragraphs in which the trigram has some doubt of one of the three."""
    doubtful = number[np.arange(len(own)), own] < -DOUBT
    return np.isin(paragraph, paragraph[doubtful])


_ADVERBIAL = ("AA", "AABB", "ABAB", "ABAC")  # 轻轻地, 一步一步地: right with 地
_ORDER = np.array(sorted(CODES))
_RANKS = np.array([CODES.index(code) for code in sorted(CODES)])


def _shares(score: Floats) -> Floats:
    grown = np.exp(_TEMPER * (score - score.max(1, keepdims=True)))
    found: Floats = grown / grown.sum(1, keepdims=True)
    return found


def _score(share: Floats, own: Ints, paragraph: Ints) -> NDArray[np.float64]:
    """Log odds that the character is wrong and the best other one right, with how careful the paragraph is."""
    rows = np.arange(len(own))
    kept = np.clip(share[rows, own].astype(np.float64), 1e-6, 1 - 1e-6)
    others = share.astype(np.float64).copy()
    others[rows, own] = 0
    best = others.max(1)
    right = (1 - _RATES) * kept[:, None]
    wrong = _RATES / 2 * (1 - kept)[:, None]
    log = np.log(right + wrong)
    groups, back = np.unique(paragraph, return_inverse=True)
    writer = np.tile(np.log(_WRITERS), (len(groups), 1))
    np.add.at(writer, back, log)
    writer = np.exp(writer - writer.max(1, keepdims=True))
    writer /= writer.sum(1, keepdims=True)
    chance = (writer[back] * (_RATES / 2 * best[:, None] / (right + wrong))).sum(1)
    chance = np.clip(chance, 1e-9, 1 - 1e-9)
    odds: NDArray[np.float64] = np.log(chance / (1 - chance))
    return odds
