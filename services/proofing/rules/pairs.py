"""Marks that come in pairs (GB/T 15834-2011, 4.8 quotes, 4.9 brackets, 4.15 book-title marks), read with a stack.

1. A mark without its partner. A quotation over several paragraphs opens each of them anew and closes once: that is
   right. A paragraph that does not end with a stop may be half of one (a column break): its open marks wait.
2. Crossed pairs “《”》.
3. Nesting: “ ‘ “ ” ’ ”, 《〈〉》.
4. Pairs the wrong way round: ”好“.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from services.proofing.contract import Find, Hit, Reading

_CLOSES = {"”": "“", "’": "‘", "》": "《", "〉": "〈", "）": "（", "】": "【", "」": "「", "』": "『", "〕": "〔"}
_PARTNER = {opening: closing for closing, opening in _CLOSES.items()} | _CLOSES
_OPENS = frozenset(_CLOSES.values())
_TERMINAL = "。！？…”’）》!?)"
# 1） 一） a） ① ）at the head of an item close nothing.
_ENUMERATION = re.compile(r"(?:^|[\s。；，、：:;,])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z])$")
_ALIKE = {"(": "（", ")": "）"}


@dataclass(frozen=True, slots=True)
class Mark:
    at: int
    mark: str
    outer_at: int = -1  # the nearest open mark of the same family (quotes, title marks) around it
    outer_mark: str = ""


@dataclass(frozen=True, slots=True)
class Matching:
    """What the stack says: matched pairs, marks left alone, (closing mark, opening mark it crosses)."""

    pairs: tuple[tuple[Mark, Mark], ...]
    alone: tuple[Mark, ...]
    crossed: tuple[tuple[Mark, Mark], ...]


@lru_cache(maxsize=2)
def match(reading_text: str, lines: tuple[tuple[int, str], ...]) -> Matching:
    """`lines`: start and text of each paragraph with words."""
    found: list[tuple[Mark, Mark]] = []
    alone: list[Mark] = []
    crossed: list[tuple[Mark, Mark]] = []
    stack: list[Mark] = []
    for number, (start, text) in enumerate(lines):
        for index, character in enumerate(text):
            mark = _ALIKE.get(character, character)
            if mark in _OPENS:
                if mark == "‘" and _is_letter(text, index - 1):
                    continue
                stack.append(_opened(start + index, mark, stack))
            elif mark in _CLOSES and not _closes_nothing(text, index, mark, stack):
                _close(Mark(start + index, mark), stack, found, alone, crossed)
        following = lines[number + 1][1] if number + 1 < len(lines) else None
        stack, left = _carried(stack, text, following)
        alone.extend(left)
    return Matching(tuple(found), (*alone, *stack), tuple(crossed))


def _opened(at: int, mark: str, stack: list[Mark]) -> Mark:
    family = "“‘" if mark in "“‘" else "《〈"
    for one in reversed(stack):
        if one.mark in family:
            return Mark(at, mark, one.at, one.mark)
    return Mark(at, mark)


def _is_letter(text: str, index: int) -> bool:
    return 0 <= index < len(text) and text[index].isascii() and text[index].isalnum()


def _closes_nothing(text: str, index: int, mark: str, stack: list[Mark]) -> bool:
    """An apostrophe (don’t), or the bracket of an item 1）."""
    opened = any(one.mark == _CLOSES[mark] for one in stack)
    if mark == "’":
        return not opened and _is_letter(text, index - 1)
    return mark == "）" and not opened and _ENUMERATION.search(text[max(0, index - 5) : index]) is not None


def _close(
    mark: Mark,
    stack: list[Mark],
    found: list[tuple[Mark, Mark]],
    alone: list[Mark],
    crossed: list[tuple[Mark, Mark]],
) -> None:
    wanted = _CLOSES[mark.mark]
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].mark == wanted:
            opening = stack.pop(depth)
            if depth < len(stack):
                crossed.append((mark, stack[depth]))
            else:
                found.append((opening, mark))
            return
    alone.append(mark)


def _carried(stack: list[Mark], text: str, following: str | None) -> tuple[list[Mark], list[Mark]]:
    """Open marks at the end of a paragraph: (those that wait for the next one, those that are alone)."""
    if not stack or following is None:
        return [], list(stack)
    if stack[-1].mark in "“‘「" and following.startswith(stack[-1].mark):
        return stack[:-1], []  # re-opened in the next paragraph: right
    if text.rstrip()[-1:] not in _TERMINAL and not following.startswith(("# ", "## ", "### ")):
        return stack, []  # a column break
    return [], list(stack)


def _matching(reading: Reading) -> Matching:
    lines = tuple((line.start, line.text) for line in reading.lines if line.text.strip())
    return match(reading.text, lines)


def unpaired(reading: Reading) -> Iterator[Hit]:
    swapped = {at for hit in reversed_quotes(reading) for at in (hit.start, hit.end - 1)}
    for mark in _matching(reading).alone:
        if mark.at not in swapped and not reading.foreign.touches(mark.at, mark.at + 1):
            yield Hit(start=mark.at, end=mark.at + 1, values={"partner": _PARTNER[mark.mark]})
    for line in reading.lines:
        places = [at for at in range(line.start, line.end) if reading.text[at] == '"']
        if len(places) % 2 and not reading.foreign.touches(places[-1], places[-1] + 1):
            before = reading.before(places[-1])
            if not (before.isdigit() and before.isascii()):
                yield Hit(start=places[-1], end=places[-1] + 1, values={"partner": '"'})


def crossed(reading: Reading) -> Iterator[Hit]:
    for mark, opening in _matching(reading).crossed:
        place = ((opening.at, opening.at + 1),)
        yield Hit(start=mark.at, end=mark.at + 1, related=place, values={"other": opening.mark})


_TURN = {"“": ("‘", "’"), "‘": ("“", "”"), "《": ("〈", "〉"), "〈": ("《", "》")}


def nesting(reading: Reading) -> Iterator[Hit]:
    """A pair directly inside a pair of the same kind: both inner marks turn."""
    matching = _matching(reading)
    paired = {opening.at for opening, _ in matching.pairs}
    for opening, closing in matching.pairs:
        if opening.mark not in _TURN or opening.outer_mark != opening.mark or opening.outer_at not in paired:
            continue
        related = ((opening.outer_at, opening.outer_at + 1),)
        for at, mark in zip((opening.at, closing.at), _TURN[opening.mark], strict=True):
            yield Hit(start=at, end=at + 1, suggestions=(mark,), related=related)


_REVERSED = re.compile("”([^“”\n]{1,40})“")


def reversed_quotes(reading: Reading) -> Iterator[Hit]:
    """”好“ where neither mark has a partner."""
    alone = {mark.at for mark in _matching(reading).alone}
    for found in _REVERSED.finditer(reading.text):
        if found.start() in alone and found.end() - 1 in alone:
            yield Hit(start=found.start(), end=found.end(), suggestions=(f"“{found[1]}”",))


TABLE: tuple[tuple[str, Find], ...] = (
    ("pairs.unpaired", unpaired),
    ("pairs.crossed", crossed),
    ("pairs.nesting", nesting),
    ("pairs.reversed", reversed_quotes),
)
