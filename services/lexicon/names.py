"""What a Chinese personal name looks like: surname, then given name of one or two characters.

In: a text and a place. Out: how likely a surname begins there, how likely characters are a given name. Weights are
small numbers that the tagger adds to its other evidence; they were set by hand.
"""

import re
from functools import cache

from services.lexicon.tables import characters, entries

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af〇]+")
DOTS = "·•・‧∙"


def surname_at(text: str, at: int) -> tuple[tuple[int, float], ...]:
    """Possible surnames at an offset: (length in code points, weight), the longer first."""
    if text[at : at + 1] not in _first_characters():
        return ()
    found: list[tuple[int, float]] = []
    if text[at : at + 4] in entries("surnames", "compound"):
        found.append((4, 1.5))
    if text[at : at + 2] in entries("surnames", "compound"):
        found.append((2, 1.2))
    else:
        found.extend((n, 0.9) for n in (3, 2) if text[at : at + n] in entries("surnames", "japanese"))
    single = text[at : at + 1]
    weight = surname_weight(single)
    if weight is not None:
        found.append((1, weight))
    return tuple(found)


@cache
def _first_characters() -> frozenset[str]:
    """Every character that some surname begins with."""
    singles = (characters("surnames", name) for name in ("risky", "common", "listed", "rare"))
    longer = frozenset(name[0] for kind in ("compound", "japanese") for name in entries("surnames", kind))
    return longer.union(*singles)


def surname_weight(single: str) -> float | None:
    """Weight of a surname of one character; None for a character that is no surname."""
    if single in characters("surnames", "risky"):
        if single in characters("surnames", "common"):
            return 0.5
        return 0.1 if single in characters("surnames", "listed") else -0.2
    if single in characters("surnames", "common"):
        return 1.0
    if single in characters("surnames", "listed"):
        return 0.5
    return 0.1 if single in characters("surnames", "rare") else None


def given_weight(given: str) -> float:
    """How well characters make a given name; strongly negative for characters that never stand in one."""
    if len(given) == 2 and given[1] in "向":  # 龚正|向选手颁奖; 方向 and 向东 are names
        return -4.0
    return sum(_given_character(character) for character in given)


def _given_character(character: str) -> float:
    if character in characters("surnames", "never"):
        return -4.0
    return 0.5 if character in characters("surnames", "given") else -0.1


def is_foreign(text: str) -> bool:
    """Whether every part of a dotted name, or a name without dot, is made of characters that render sounds."""
    parts = re.split(f"[{DOTS}]", text)
    sounds = characters("organisations", "sounds")
    return all(part and all(character in sounds for character in part) for part in parts)
