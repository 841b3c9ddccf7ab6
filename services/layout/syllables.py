"""Where a Western word or an address may be parted at a line's end.

In: one word of the text. Out: the parts it may be cut into and, for each cut, what it costs and whether a hyphen is
printed. An address (https://…, www.…, a@b.cn) is parted after its own marks, without a hyphen, which a reader would
take for a part of it. An English word is parted where two rules leave no doubt: between doubled consonants (run-ning),
and before or after a common ending or beginning (move-ment, inter-national).
"""

import re
from functools import lru_cache
from itertools import pairwise

HYPHEN_COST = 70.0  # as much as letters 0.05 em apart: a hyphen is the lesser fault only in a poor line
ADDRESS_COST = 12.0
_LEAST_WORD = 7
_LEAST_BEFORE, _LEAST_AFTER = 3, 3
_ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)|@|[\w-]+(?:\.[\w-]+)*/")
_SEGMENT = re.compile(r"[^/.?&=_#%\-@:]*[/.?&=_#%\-@:]+|[^/.?&=_#%\-@:]+")
_BEGINNINGS = (
    "inter",
    "under",
    "over",
    "super",
    "trans",
    "counter",
    "photo",
    "micro",
    "multi",
    "electro",
    "news",
    "after",
)
_ENDINGS = (
    *("ment", "ments", "ness", "less", "ful", "fully", "ship", "ships", "tion", "tions", "sion", "sions", "ture"),
    *("tures", "tive", "tional", "tionally", "work", "works", "paper", "papers", "land", "ward", "wards", "graph"),
)
_VOWELS = frozenset("aeiouy")
_DOUBLED = frozenset("bdfgmnprtc")  # ll and ss belong to the stem as often as not: sell-ing, pass-ing


def is_address(word: str) -> bool:
    return _ADDRESS.search(word) is not None and not word[-1:].isspace()


@lru_cache(maxsize=4096)
def parted(word: str) -> tuple[tuple[str, float, bool], ...]:
    """The parts of a word; with each but the first: what a line end before it costs, and whether it prints a hyphen."""
    if is_address(word):
        segments = _SEGMENT.findall(word)
        merged = [segments[0]]
        for segment in segments[1:]:
            if len(merged[-1]) < 3 or len(segment) < 2:
                merged[-1] += segment  # nothing so short stands alone
            else:
                merged.append(segment)
        return tuple((segment, ADDRESS_COST, False) for segment in merged)
    places = hyphens(word)
    edges = [0, *places, len(word)]
    return tuple((word[a:b], HYPHEN_COST, True) for a, b in pairwise(edges))


@lru_cache(maxsize=4096)
def hyphens(word: str) -> tuple[int, ...]:
    """Places in an English word before which a hyphen may part it; none in names and acronyms."""
    if len(word) < _LEAST_WORD or not word.isascii() or not word.isalpha() or not word.islower():
        return ()
    found = set()
    for beginning in _BEGINNINGS:
        if word.startswith(beginning) and len(word) - len(beginning) >= 4:
            found.add(len(beginning))
    for ending in _ENDINGS:
        at = len(word) - len(ending)
        if word.endswith(ending) and at >= _LEAST_BEFORE and _VOWELS & set(word[:at]):
            found.add(at)
    for at in range(_LEAST_BEFORE - 1, len(word) - _LEAST_AFTER):
        pair = word[at : at + 2]
        if pair[0] == pair[1] and pair[0] in _DOUBLED and word[at - 1] in _VOWELS and word[at + 2] in _VOWELS:
            found.add(at + 1)
    inside = sorted(at for at in found if _LEAST_BEFORE <= at <= len(word) - _LEAST_AFTER)
    kept: list[int] = []
    for at in inside:
        if not kept or at - kept[-1] >= 3:
            kept.append(at)
    return tuple(kept)
