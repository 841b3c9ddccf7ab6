"""Words of a Chinese text. In: any text. Out: its words, or where they end.

The model is jieba's (0.42.1, MIT), run on our own table of its dictionary: of all ways to cut a run of characters into
words of the dictionary the one whose words are together the most frequent; what is left as single characters is cut
again by a chain of four states (a character begins, continues or ends a word, or is one). The results are those of
`jieba.lcut`, word for word; jieba itself is not imported (its dictionary is a dict of 60 MB). Everything is loaded on
the first call, not at import.
"""

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from math import log
from typing import Any

from services.lexicon.frequencies import Frequencies, frequencies, package

_RUN = re.compile(r"([\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+)")
_BLANK = re.compile(r"(\r\n|\s)")
_HAN_RUN = re.compile(r"([\u4E00-\u9FD5]+)")
_LATIN = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_NEVER = -3.14e100  # the logarithm of no probability
_BEFORE = {"B": "ES", "M": "MB", "S": "SE", "E": "BM"}  # states of a character: which may stand before which


def words(text: str) -> list[str]:
    """The words of the text in order; joined they are the text, code point for code point."""
    table = frequencies()
    found: list[str] = []
    for run in _RUN.split(text):
        if _RUN.match(run):
            found.extend(_cut(table, run))
        else:
            found.extend(piece for part in _BLANK.split(run) for piece in ([part] if part == "\r\n" else part))
    return found


def word_ends(text: str) -> frozenset[int]:
    """Offsets (code points) at which a word ends; the last is the length of the text."""
    return frozenset(accumulate(len(word) for word in words(text)))


def is_word(text: str) -> bool:
    """Whether the dictionary holds the text as one word."""
    return frequency(text) > 0


@lru_cache(maxsize=16384)
def frequency(text: str) -> int:
    """How often the dictionary's corpus (about 60 million words) holds the word; 0 for an unknown one."""
    return frequencies().of(text)


def _cut(table: Frequencies, run: str) -> Iterator[str]:
    """The words of a run without marks: the best path over the dictionary's words, the rest by the chain."""
    ends = _best_ends(table, run)
    single = start = 0  # single characters wait in run[single:start]
    while start < len(run):
        end = ends[start]
        if end - start > 1:
            yield from _singles(table, run[single:start])
            yield run[start:end]
            single = end
        start = end
    yield from _singles(table, run[single:])


def _best_ends(table: Frequencies, run: str) -> list[int]:
    """For each offset where the word that begins there ends, on the best way from there to the end of the run."""
    whole = log(table.total)
    scores = [0.0] * (len(run) + 1)
    best = [0] * len(run)
    for start in range(len(run) - 1, -1, -1):
        choices = table.ends(run, start) or [(start + 1, 1)]
        scores[start], best[start] = max((log(count) - whole + scores[end], end) for end, count in choices)
    return best


def _singles(table: Frequencies, run: str) -> Iterator[str]:
    if len(run) < 2 or table.of(run):
        yield from run
        return
    for part in _HAN_RUN.split(run):
        if _HAN_RUN.match(part):
            yield from _by_chain(part)
        else:
            yield from (piece for piece in _LATIN.split(part) if piece)


@dataclass(frozen=True, slots=True)
class _Chain:
    """Logarithms of probabilities: of the first state, of a state after a state, of a character in a state."""

    first: dict[str, float]
    follows: dict[str, dict[str, float]]
    shows: dict[str, dict[str, float]]


@cache
def _chain() -> _Chain:
    return _Chain(_numbers("prob_start"), _numbers("prob_trans"), _numbers("prob_emit"))


def _numbers(name: str) -> dict[str, Any]:
    """The table `P` of one of jieba's modules of numbers, without its package."""
    path = package() / "finalseg" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"_{name}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    numbers: dict[str, Any] = module.P
    return numbers


def _by_chain(run: str) -> Iterator[str]:
    states = _states(run)
    start = 0
    for at, state in enumerate(states):
        if state in "ES":
            yield run[start : at + 1]
            start = at + 1
    if start < len(run):
        yield run[start:]


def _states(run: str) -> str:
    """The most probable states of a run of Han characters."""
    chain = _chain()
    scores = {state: chain.first[state] + chain.shows[state].get(run[0], _NEVER) for state in "BMES"}
    paths = {state: state for state in "BMES"}
    for character in run[1:]:
        now: dict[str, float] = {}
        ways: dict[str, str] = {}
        for state in "BMES":
            shown = chain.shows[state].get(character, _NEVER)
            now[state], before = max(
                (scores[last] + chain.follows[last].get(state, _NEVER) + shown, last) for last in _BEFORE[state]
            )
            ways[state] = paths[before] + state
        scores, paths = now, ways
    return paths[max((scores[state], state) for state in "ES")[1]]
