"""Weighs one place of a text as the beginning of a person's name: every length it may have, with the evidence.

In: a view and an offset. Out: options. Weights are small numbers set by hand: surname and given name, what the word
model says, edges of words, the office before, the words behind, the authority file; against it that the characters are
a word themselves (高兴) or that a word would be cut (张宇汇|报).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.lexicon.lac import Word
from services.lexicon.names import DOTS, given_weight, is_foreign, surname_at
from services.lexicon.offices import OfficeKind, position_at, position_before
from services.lexicon.segment import frequency
from services.lexicon.tables import characters, entries
from services.tagging.reading import View

Spans = frozenset[tuple[int, int]]
_FUNCTION = frozenset({"c", "p", "u", "d", "f", "r", "xc"})
SEX = re.compile(r"[（(，,][男女](?:[，,。）)（(]|、)")
HAN = re.compile(r"[\u3400-\u9fff]")
DOTTED = re.compile(rf"[\u3400-\u9fff]{{1,7}}(?:[{DOTS}][\u3400-\u9fff]{{1,8}})+")
_COUNTED = re.compile(r"[一二两三四五六七八九十\d]+(?:人|位|名)|等")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a view from outside the weights: spans of known names, and of counted lists of names."""

    known: Spans
    counted: Spans


@dataclass(frozen=True, slots=True)
class Option:
    end: int
    weight: float
    reasons: tuple[str, ...]


def options_at(view: View, start: int, told: Told) -> Iterator[Option]:
    """The lengths that a name at a place may have, each with its weight."""
    text = view.text
    foreign = DOTTED.match(text, start)
    if foreign:
        yield _foreign(view, start, foreign.end())
        return
    longer = position_before(text, start + 1)
    if longer is not None and longer.start < start and position_before(text, start) and surname_at(text, start + 1):
        return  # 老师傅谷长庚: not 老师 + 傅谷长庚
    ends: dict[int, float] = {}
    for length, weight in surname_at(text, start):
        for given in (1, 2):
            ends.setdefault(start + length + given, weight)
        if length == 1 and surname_at(text, start + 1):  # two surnames: 范徐丽泰
            ends.setdefault(start + 4, weight - 2.5)
    word = view.words[view.word_at(start)]
    for end, weight in ends.items():
        name = text[start:end]
        if name[1:] in entries("offices", "courtesy") or name[1:] in entries("offices", "forms"):
            continue
        if text[start + 1 : start + 3] in entries("offices", "courtesy"):
            continue  # 庾师傅, 江伯伯 are no full names
        office = position_before(text, end) if end <= len(text) else None
        if office is not None and office.start <= start + 1 and office.end - office.bare < len(name) + 1:
            continue  # 王主任, 班班长
        if end <= len(text) and all(HAN.match(character) for character in name):
            yield _weigh(view, start, end, weight, told)
    if word.start == start and word.tag in ("PER", "nr"):
        option = _as_modelled(view, start, word.end)
        if option is not None:
            yield option


def _foreign(view: View, start: int, limit: int) -> Option:
    """A dotted name runs as far as its characters render sounds, or as far as the model says."""
    text = view.text
    last_dot = max(at for at in range(start, limit) if text[at] in DOTS)
    word = view.words[view.word_at(last_dot)]
    if word.tag in ("PER", "nr") and last_dot < word.end - 1:
        end = min(word.end, limit)
        if not any(goes_on_after(text, at) for at in range(last_dot + 1, end)):
            return Option(end, 4.0, ("model", "dotted"))
    end = last_dot + 1
    sounds = characters("organisations", "sounds")
    while end < limit and text[end] in sounds and not goes_on_after(text, end):
        end += 1
    end = max(end, min(limit, last_dot + 2))
    return Option(end, 3.2, ("dotted",))


def goes_on_after(text: str, at: int) -> bool:
    words = entries("offices", "after")
    return any(text[at : at + n] in words for n in (4, 3, 2))


def _as_modelled(view: View, start: int, end: int) -> Option | None:
    """What the model calls a person though no surname begins it: names of other peoples, by-names."""
    name = view.text[start:end].rstrip(" \u3000等")
    if len(name) < 2 or not all(HAN.match(character) for character in name) or len(name) > 9:
        return None
    if position_before(name, len(name)) or position_at(name, 0) or (len(name) == 2 and name[0] in "老小阿"):
        return None
    if any(name[1:].startswith(word) for word in entries("offices", "courtesy")) or name[0] == "老":
        return None
    weight = 2.7 if view.words[view.word_at(start)].tag == "PER" else 2.0
    if is_foreign(name):
        weight += 0.8
    elif set(name) & characters("surnames", "never"):
        return None
    if len(name) > 3 and not any(goes_on_after(view.text, at) for at in range(start + 2, start + len(name))):
        weight += 1.5 if sum(map(is_foreign, name)) > 0.7 * len(name) else 0.5
    if position_before(view.text, start):
        weight += 1.5
    return Option(start + len(name), weight, ("model",))


def _weigh(view: View, start: int, end: int, surname: float, told: Told) -> Option:
    text, name = view.text, view.text[start:end]
    compound = 2 if text[start : start + 2] in entries("surnames", "compound") and end - start > 2 else 1
    weight = surname + given_weight(name[compound:]) + (0.3 if len(name) == 3 else 0.0)
    reasons: list[str] = []
    word = view.words[view.word_at(start)]
    modelled = word.tag in ("PER", "nr") and word.end - word.start > 1
    if modelled and end <= word.end and _leads(view, word, start):
        exact = end == word.end or text[end : end + 1] in (" ", "\u3000")
        weight += (3.0 if word.tag == "PER" else 2.6) if exact else 0.6
        reasons.append("model" if exact else "model_start")
    weight += 0.8 if start in view.starts else -1.5
    weight += 1.0 if end in view.ends else -0.7
    if word.tag in ("LOC", "ns", "ORG", "nt") and word.start == start and end == word.end:
        weight -= 3.0
    if word.start == start and word.end - start == 1 and word.tag in _FUNCTION:
        weight -= 3.5
    before = _before(view, start, reasons)
    weight += before + _behind(view, end, reasons)
    if not modelled and before < 1.0:
        weight -= 0.8 if surname > 0.1 else 1.5
    if (start, end) in told.counted:
        weight += 3.0
        reasons.append("counted")
    if (start, end) in told.known:
        weight += 2.5
        reasons.append("known")
    weight += _as_words(view, start, end, exact="model" in reasons)
    if compound == 1 and end - start in (2, 3) and modelled:
        shorter = end - 1 if end - start == 3 else end
        if _strays(view, word, shorter):
            weight += 2.2 if end - start == 3 else -2.2
    return Option(end, weight, tuple(reasons))


_NUMBERS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_COUNT = re.compile(r"(?P<etc>等)?(?P<number>[两二三四五六七八九十]|\d{1,2})(?:人|位|名)")
_PLAIN_LIST = re.compile(
    r"(?<![\u3400-\u9fff、])[\u3400-\u9fff]{2,4}(?:、[\u3400-\u9fff]{2,4}){2,}(?![\u3400-\u9fff、])"
)
_LISTED = re.compile(r"[\u3400-\u9fff、]*$")
_LONGEST_LIST = 80  # code points


def counted(view: View) -> Spans:
    """Names of a counted list (甲、乙、丙三人). The first name stands behind its position."""
    found: set[tuple[int, int]] = set()
    for match in _COUNT.finditer(view.text):
        end = match.start()
        before = _LISTED.search(view.text, max(0, end - _LONGEST_LIST), end)
        if before is None or "、" not in before.group():
            continue
        number = _NUMBERS.get(match["number"]) or int(match["number"])
        parts = before.group().split("、")
        wanted = parts[-number:] if not match["etc"] else parts
        if len(parts) < number and not match["etc"]:
            continue
        at = end
        spans: set[tuple[int, int]] = set()
        for part in reversed(wanted):
            name = next((n for n in (4, 3, 2) if len(part) >= n and _may_be(view, at - n, at, len(part) == n)), 0)
            if not name:
                break
            spans.add((at - name, at))
            at -= len(part) + 1
        if len(spans) == len(wanted):
            found |= spans
    return frozenset(found | _plain_lists(view))


def _plain_lists(view: View) -> set[tuple[int, int]]:
    """Names of a list that holds nothing else (陈刚、林立、方正。), at least one of them a person to the model."""
    found: set[tuple[int, int]] = set()
    for match in _PLAIN_LIST.finditer(view.text):
        at = match.start()
        spans = []
        for part in match.group().split("、"):
            spans.append((at, at + len(part)))
            at += len(part) + 1
        modelled = any(word.tag in ("PER", "nr") for word in view.words_between(match.start(), match.end()))
        if modelled and all(_may_be(view, start, end, True) for start, end in spans):
            found.update(spans)
    return found


def _may_be(view: View, start: int, end: int, whole: bool) -> bool:
    name = view.text[start:end]
    shaped = any(1 <= len(name) - n <= 2 and given_weight(name[n:]) > -1 for n, _ in surname_at(name, 0))
    return shaped and (whole or position_before(view.text, start) is not None)


def _leads(view: View, word: Word, start: int) -> bool:
    """Whether the model's person begins here, or a position that it swallowed ends here (焊工|谷长庚)."""
    if start == word.start or (start > word.start and view.text[start - 1] in " \u3000#"):
        return True
    position = position_before(view.text, start) if start > word.start else None
    return position is not None and position.bare >= word.start


def _before(view: View, start: int, reasons: list[str]) -> float:
    text = view.text
    at = start
    while at and text[at - 1] in " \u3000":
        at -= 1
    position = position_before(text, at) if at else None
    if position is not None:
        reasons.append("office")
        return 0.6 if position.kind is OfficeKind.PEOPLE else 2.4
    word = view.words[view.word_at(at - 1)] if at else None
    if word is not None and word.end == at and word.tag == "n" and text[at - 1] in "员师家手工者匠":
        reasons.append("trade")
        return 1.6
    return 0.2 if start == 0 or text[start - 1] in "，。；：、“（( \u3000\n" else 0.0


def _behind(view: View, end: int, reasons: list[str]) -> float:
    text = view.text
    if end >= len(text):
        return 0.5
    if SEX.match(text, end):
        reasons.append("sex")
        return 2.0
    for word in entries("offices", "forms"):
        if text.startswith(word, end):
            reasons.append("address")
            return 1.8
    if position_at(text, end):
        return 1.0
    for word in entries("offices", "speech"):
        if text.startswith(word, end) and end + len(word) in view.ends:
            reasons.append("speech")
            return 2.7 if "office" in reasons else 1.2
    if _COUNTED.match(text, end):
        return 0.8
    if not HAN.match(text, end):
        return 0.6
    return 0.8 if any(text[end : end + n] in entries("offices", "after") for n in (1, 2, 3, 4)) else 0.0


def _strays(view: View, word: Word, end: int) -> bool:
    """After a name of two characters that the model ends here: is the next character left over from the name?

    What the model makes of it is then no word (秦晚|照带), or a rare word by itself that names hold (阮清|越).
    """
    text = view.text
    if word.end != end or end >= len(text) or given_weight(text[end]) < 0.5:
        return False
    rest = view.words[view.word_at(end)]
    surface = text[rest.start : rest.end]
    if goes_on_after(text, end) or surface in entries("offices", "after"):
        return False
    return frequency(surface) == 0 if len(surface) == 2 else len(surface) == 1 and frequency(surface) < 18000


def _as_words(view: View, start: int, end: int, *, exact: bool) -> float:
    """Against a name: it is a word itself (高兴), or a word would be cut at its end (张宇汇|报)."""
    text, name = view.text, view.text[start:end]
    weight = 0.0
    if not exact:
        common = frequency(name)
        weight -= (4.0 if common > 500 else 2.5) if common > 2 else 0.0
        if end - start > 2:
            weight -= 1.0 if frequency(name[1:]) > 300 else 0.0
            compound = name[:2] in entries("surnames", "compound")
            weight -= 2.5 if not compound and frequency(name[:2]) > 100 else 0.0
        weight -= _unlike(view, start)
    word = view.words[view.word_at(end - 1)]
    cut = text[end - 1 : end + 1]
    if len(cut) == 2 and HAN.match(cut[1]) and end - start > 2:
        if frequency(cut) > 300 and cut not in entries("offices", "after"):
            weight -= 1.2
        elif cut in entries("offices", "after"):
            weight -= 2.4
    if word.start < end < word.end and word.tag not in ("PER", "nr"):
        weight -= 0.8
    return weight


def _unlike(view: View, start: int) -> float:
    """Against a name that the model does not see: its surname is a word by itself before a name (来|武汉), or
    ends a word that an office would cut (司机|关重大 is 机关)."""
    text, at = view.text, view.word_at(start)
    first = view.words[at]
    if start and HAN.match(text[start - 1]) and frequency(text[start - 1 : start + 1]) > 500:
        return 2.0
    if first.start != start or first.end - start != 1 or at + 1 >= len(view.words):
        return 0.0
    return 3.0 if view.words[at + 1].tag in ("LOC", "ns", "ORG", "nt", "PER", "TIME") else 0.0
