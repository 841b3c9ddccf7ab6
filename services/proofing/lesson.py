"""A lesson from the house's own pages: counted, fitted to, and measured on pages that were held back.

1. A twentieth of the pages (of few pages a quarter), at most 100,000 characters, is held back. 2. The rest is counted
(characters/house); pages held back from a small archive are counted in at the end, when all is measured. 3. Errors of
input methods are put into half of the held-back sentences. 4. On two fifths of them the last step of the checker is
fitted anew, on another two fifths its thresholds are set, so that clean sentences give no more false alarms than the
program allows itself. 5. The last fifth, which nothing of this has seen, tells what is caught and what is falsely told,
before and after.
"""

import hashlib
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.jobs.job import JobContext
from services.proofing.characters.choose import chosen
from services.proofing.characters.combine import ARRAYS, Combiner, Combiners
from services.proofing.characters.house import House, count, mark_of_combiner
from services.proofing.characters.tables import FIRST, LAST, Confusables, Tables, with_lesson
from services.proofing.characters.weigh import Weighed, weighed

Floats = NDArray[np.float32]
Spans = Sequence[tuple[int, int]]
LeftAlone = Callable[[str], Spans]  # what of a text is never touched: names, codes

HELD_SHARE, HELD_MOST = 20, 100_000  # one page in so many; characters
SMALL_SHARE, SMALL_MOST = 4, 40_000  # of a small archive
LEAST_TO_FIT = 20_000  # characters held back, below which nothing is fitted
LIKELY_PER_10K, HINT_PER_10K = 1.0, 15.0  # false alarms, as the program's own thresholds were set
FURTHEST = 1.0  # log odds that a threshold may move from the program's own
TRUST = 30_000  # characters of which a threshold is believed by half
PER_LOT = 6_000  # characters that are weighed at a time
ROUNDS, RATE, DECAY = 300, 0.02, 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """On held-back pages with planted errors: how many there are, caught and falsely told, before and after."""

    characters: int
    planted: int
    caught_before: int
    caught_after: int
    alarms_before: int
    alarms_after: int

    @property
    def is_one(self) -> bool:
        """Whether more is caught and no more falsely told than the program allows itself, or as much in more calm."""
        more, calmer = self.caught_after - self.caught_before, self.alarms_before - self.alarms_after
        allowed = max(self.alarms_before, 1 + LIKELY_PER_10K * self.characters / 10_000)
        return more >= 0 and more + calmer > 0 and self.alarms_after <= allowed


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was counted (with its fit in `house.fit`), from how many characters, and the gain, where it was measured."""

    house: House
    characters: int
    gain: Gain | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A text into which errors were put, and where: place → (size, what is right)."""

    text: str
    planted: Mapping[int, tuple[int, str]]


def teach(
    texts: Sequence[str],
    tables: Tables,
    job: JobContext | None = None,
    *,
    words: tuple[str, str] = ("", ""),
    left_alone: LeftAlone = lambda text: (),
) -> Lesson:
    """A lesson from pages. `words` stand beside the progress of counting and of measuring. Raises Cancelled."""
    job = job or JobContext()
    counted, held = hold_back(texts)
    house = count(counted, job, words[0])
    characters = sum(map(len, counted))
    if tables.combiners is None:
        return Lesson(house, characters, None)
    house = replace_note(house, {"combiner": mark_of_combiner()})
    sheets = planted(held, tables.confusables)
    size = sum(len(sheet.text) for sheet in sheets)
    total = len(sheets)
    done = 0

    def tell() -> None:
        nonlocal done
        job.check()
        job.tell(done, total, words[1])
        done += 1

    show = sheets[4::5]
    learnt = with_lesson(tables, house)
    if size >= LEAST_TO_FIT:
        fit = _fitted(sheets, learnt, left_alone, tell)
        house = replace(house, fit=fit)
        learnt = with_lesson(tables, house)
    if not show:
        return Lesson(house, characters, None)
    before, after = _told(show, tables, left_alone, lambda: None), _told(show, learnt, left_alone, tell)
    job.tell(total, total, words[1])
    if sum(map(len, held)) * 2 * SMALL_SHARE > characters:
        whole = count([*counted, *held], job, words[0])
        house = replace(house, table=whole.table, single=whole.single)
    gain = Gain(
        characters=sum(len(sheet.text) for sheet in show),
        planted=sum(len(sheet.planted) for sheet in show),
        caught_before=before[0],
        alarms_before=before[1],
        caught_after=after[0],
        alarms_after=after[1],
    )
    return Lesson(house, characters, gain)


def replace_note(house: House, more: Mapping[str, Any]) -> House:
    return replace(house, note={**house.note, **more})


def hold_back(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Pages to count and pages held back, by the hash of their words; of one page, some of its paragraphs."""
    pages = list(dict.fromkeys(text for text in texts if text.strip()))
    if len(pages) < HELD_SHARE:
        lines = [line for page in pages for line in page.split("\n") if line.strip()]
        if len(lines) < HELD_SHARE:
            return pages, []
        pages = lines
    order = sorted(pages, key=lambda page: hashlib.blake2b(page.encode("utf-8", "surrogatepass")).digest())
    held: list[str] = []
    size = sum(map(len, pages))
    room = min(HELD_MOST, max(size // HELD_SHARE, min(size // SMALL_SHARE, SMALL_MOST)) + 1)
    while room > 0 and len(order) > 1:
        page = order.pop()
        held.append(page[:room])
        room -= len(page)
    return order, held


# --- errors of input methods


def planted(pages: Sequence[str], table: Confusables) -> list[_Sheet]:
    """Lots of sentences; into every other one an error is put that people make who type by sound."""
    chance = random.Random(7)
    sheets: list[_Sheet] = []
    lines: list[str] = []
    wrong: dict[int, tuple[int, str]] = {}
    at = 0
    for number, sentence in enumerate(_sentences(pages)):
        made = _wronged(sentence, table, chance) if number % 2 else None
        if made is not None:
            place, size, words = made
            wrong[at + place] = (size, sentence[place : place + size])
            sentence = words
        lines.append(sentence)
        at += len(sentence) + 1
        if at >= PER_LOT:
            sheets.append(_Sheet("\n".join(lines), wrong))
            lines, wrong, at = [], {}, 0
    if lines:
        sheets.append(_Sheet("\n".join(lines), wrong))
    while 1 < len(sheets) < 5 or (len(sheets) == 1 and len(sheets[0].text) > 500):
        sheets = [half for sheet in sheets for half in _halved(sheet)]
    return sheets


def _halved(sheet: _Sheet) -> Iterator[_Sheet]:
    cut = sheet.text.find("\n", len(sheet.text) // 2)
    if cut < 0:
        yield sheet
        return
    yield _Sheet(sheet.text[:cut], {at: one for at, one in sheet.planted.items() if at < cut})
    yield _Sheet(sheet.text[cut + 1 :], {at - cut - 1: one for at, one in sheet.planted.items() if at > cut})


def _sentences(pages: Sequence[str]) -> Iterator[str]:
    for page in pages:
        for line in page.replace("。", "。\n").replace("；", "；\n").split("\n"):
            words = line.strip()
            if 8 <= len(words) <= 120 and 2 * sum(FIRST <= ord(c) <= LAST for c in words) >= len(words):
                yield words


def _wronged(sentence: str, table: Confusables, chance: random.Random) -> tuple[int, int, str] | None:
    """Place, size and the sentence with one error; None where none fits."""
    for _ in range(8):
        at = chance.randrange(len(sentence) - 1)
        if not all(FIRST <= ord(c) <= LAST for c in sentence[at : at + 2]):
            continue
        made = _same_sound(sentence[at : at + 2], table, chance) if chance.random() < 0.6 else None
        made = made or _confused(sentence[at], table, chance)
        if made is not None:
            return at, len(made), sentence[:at] + made + sentence[at + len(made) :]
    return None


def _same_sound(pair: str, table: Confusables, chance: random.Random) -> str | None:
    """Another word of two characters with the same sound."""
    sound = int(table.syllable[ord(pair[0])]) * 1024 + int(table.syllable[ord(pair[1])])
    first, last = np.searchsorted(table.pair_sounds, [sound, sound + 1])
    words = ["".join(map(chr, codes)) for codes in table.pairs[first:last].tolist()]
    if pair not in words:
        return None
    others = [word for word in words if word != pair]
    return chance.choice(others) if others else None


def _confused(character: str, table: Confusables, chance: random.Random) -> str | None:
    part = slice(int(table.starts[ord(character) - FIRST]), int(table.starts[ord(character) - FIRST + 1]))
    codes, kinds = table.codes[part], table.kinds[part]
    if not len(codes):
        return None
    share = np.where(kinds & 1, 1.0, 0.3) * 10.0 ** (0.7 * table.common[codes])
    return chr(chance.choices(codes.tolist(), share.tolist())[0])


# --- measuring and fitting


def _weigh(sheet: _Sheet, tables: Tables, combiners: Combiners, left_alone: LeftAlone) -> Weighed:
    free = np.ones(len(sheet.text), bool)
    for start, end in left_alone(sheet.text):
        free[start:end] = False
    return weighed(sheet.text, tables, combiners, free)


def _gold(sheet: _Sheet, result: Weighed) -> NDArray[np.bool_]:
    """Which edits put a planted error right."""
    found = result.edits
    gold = np.zeros(len(found.at), bool)
    for row, (at, size, new) in enumerate(zip(found.at.tolist(), found.size.tolist(), found.new.tolist(), strict=True)):
        for start in (at, at - 1):
            if start in sheet.planted:
                length, right = sheet.planted[start]
                made = sheet.text[start:at] + "".join(map(chr, new[:size])) + sheet.text[at + size : start + length]
                gold[row] = made == right
    return gold


def _told(sheets: Sequence[_Sheet], tables: Tables, left_alone: LeftAlone, tell: Callable[[], None]) -> tuple[int, int]:
    """Planted errors put right at the threshold of the tier likely, and what was told elsewhere."""
    assert tables.combiners is not None
    caught = alarms = 0
    for sheet in sheets:
        tell()
        result = _weigh(sheet, tables, tables.combiners, left_alone)
        gold = _gold(sheet, result)
        near = _near(sheet)
        for row in chosen(result.edits, result.score, tables.combiners.likely):
            caught += bool(gold[row])
            alarms += not gold[row] and not near[int(result.edits.at[row])]
    return caught, alarms


def _near(sheet: _Sheet) -> NDArray[np.bool_]:
    """Characters in or right beside a planted error: what is told there is no false alarm."""
    near = np.zeros(len(sheet.text) + 2, bool)
    for at, (size, _) in sheet.planted.items():
        near[max(0, at - 2) : at + size + 2] = True
    return near


def _fitted(
    sheets: Sequence[_Sheet], tables: Tables, left_alone: LeftAlone, tell: Callable[[], None]
) -> dict[str, Floats]:
    """The second combiner fitted to the house, as far as that is better than leaving it, and its thresholds."""
    assert tables.combiners is not None
    own = tables.combiners
    parts: list[list[tuple[_Sheet, Weighed, NDArray[np.bool_]]]] = [[], []]
    for number, sheet in enumerate(sheets):
        if number % 5 == 4:
            continue  # shown, never learned from
        tell()
        result = _weigh(sheet, tables, own, left_alone)
        parts[number % 5 % 2].append((sheet, result, _gold(sheet, result)))
    rows = np.concatenate([result.edits.evidence for _, result, _ in parts[0]])
    gold = np.concatenate([gold for _, _, gold in parts[0]])
    best = own.second
    likely, hint, caught = _thresholds(parts[1], best, own)
    if gold.any():
        tried = _nudged(own.second, rows, gold)
        at = _thresholds(parts[1], tried, own)
        if at[2] > caught:
            best, (likely, hint, caught) = tried, at
    named = {name: np.asarray(getattr(best, name), np.float32) for name in ARRAYS}
    return {**named, "likely": np.asarray(likely, np.float32), "hint": np.asarray(hint, np.float32)}


def _thresholds(
    part: Sequence[tuple[_Sheet, Weighed, NDArray[np.bool_]]], second: Combiner, own: Combiners
) -> tuple[float, float, int]:
    """Lowest thresholds with no more false alarms than allowed, near the program's own; and what is caught by them."""
    alarms: list[float] = []
    caught: list[float] = []
    size = 0
    for sheet, result, gold in part:
        score = second.score(result.edits.evidence)
        near = _near(sheet)
        size += len(sheet.text)
        for row in chosen(result.edits, score, -2.0):
            if gold[row]:
                caught.append(float(score[row]))
            elif not near[int(result.edits.at[row])]:
                alarms.append(float(score[row]))
    alarms.sort(reverse=True)

    def least(per_10k: float, usual: float) -> float:
        allowed = int(per_10k * size / 10_000)
        found = alarms[allowed] + 1e-3 if allowed < len(alarms) else usual
        trusted = size / (size + TRUST)  # of few characters a threshold says little: it stays near the program's own
        return usual + trusted * float(np.clip(found - usual, -FURTHEST, FURTHEST))

    likely, hint = least(LIKELY_PER_10K, own.likely), least(HINT_PER_10K, own.hint)
    return likely, min(hint, likely), sum(score >= likely for score in caught)


def _nudged(own: Combiner, rows: Floats, gold: NDArray[np.bool_]) -> Combiner:
    """The combiner with its straight line moved by logistic regression on what it says itself, held near to it."""
    normal = ((rows - own.mean) / own.scale).astype(np.float32)
    base = own.score(rows)
    line = np.zeros(normal.shape[1], np.float64)
    shift = 0.0
    first, second = np.zeros(len(line) + 1), np.zeros(len(line) + 1)
    for step in range(1, ROUNDS + 1):
        chance = 1 / (1 + np.exp(-np.clip(base + normal @ line + shift, -30, 30)))
        error = (chance - gold) / len(gold)
        slope = np.r_[normal.T @ error + DECAY * line / len(line), error.sum()]
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        move = RATE * (1 - step / ROUNDS) * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
        line -= move[:-1]
        shift -= move[-1]
    return replace(own, straight=(own.straight + line).astype(np.float32), bias=(own.bias + shift).astype(np.float32))
