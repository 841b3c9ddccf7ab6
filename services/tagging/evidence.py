"""What the weighing of names is given and gives back, and the shapes that its modules share."""

import re
from dataclasses import dataclass

from services.lexicon.names import DOTS
from services.lexicon.tables import entries

Spans = frozenset[tuple[int, int]]
FUNCTION = frozenset({"c", "p", "u", "d", "f", "r", "xc"})
SEX = re.compile(r"[（(，,][男女](?:[，,。）)（(]|、)")
CAPTION = re.compile(r"[（(](?:前排|后排|二排|图)?[左右中](?:起)?(?:第?[一二三四五六七八九十\d]+)?[）)]")
HAN = re.compile(r"[\u3400-\u9fff]")
DOTTED = re.compile(rf"[\u3400-\u9fff]{{1,7}}(?:[{DOTS}][\u3400-\u9fff]{{1,8}})+")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a view from outside the weights: spans of known names, and of counted lists of names."""

    known: Spans
    counted: Spans
    ends: frozenset[int] = frozenset()  # where organisations end


@dataclass(frozen=True, slots=True)
class Option:
    end: int
    weight: float
    reasons: tuple[str, ...]


def goes_on_after(text: str, at: int) -> bool:
    """Whether a word of two to four characters that follows names in news text stands at an offset."""
    words = entries("offices", "after")
    return any(text[at : at + n] in words for n in (4, 3, 2))
