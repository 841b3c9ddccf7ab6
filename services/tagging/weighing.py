"""Weighs one place of a text as the beginning of a person's name: every length it may have, with the evidence.

In: a view and an offset. Out: options. Weights are small numbers set by hand: surname and given name, what the word
model says, edges of words, the office before, the words behind, the authority file; against it that the characters are
a word themselves (高兴) or that a word would be cut (张宇汇|报).
"""

import re
from collections.abc import Iterator

from services.lexicon.lac import Word
from services.lexicon.names import given_weight, surname_at
from services.lexicon.offices import OfficeKind, position_at, position_before
from services.lexicon.segment import frequency
from services.lexicon.tables import entries
from services.tagging.bodies import suffix_of
from services.tagging.everyday import as_words, is_nowhere, relief_at, strays
from services.tagging.evidence import CAPTION, DOTTED, FUNCTION, HAN, SEX, Option, Told
from services.tagging.foreign import (
    ADDRESSED,
    as_modelled,
    begins_dotted,
    cut_first,
    cut_short,
    dotted,
    is_rendered_person,
    led_by,
    rendered,
)
from services.tagging.knowledge import is_place
from services.tagging.reading import View

_UNIT = re.compile(r"[（(](?P<unit>[^（）()，,、。\n]{2,24})[）)](?=[、；;，,。\s]|$)")
_TENS = "一二三四五六七八九"
_AGE = re.compile(rf"[，,]?(?:今年|现年|年近|年过|年仅)?(?:\d{{1,3}}|[{_TENS}]?十[{_TENS}]?)多?岁")
_LONGEST_LISTED = 8  # code points of a name in a list
_RANK = re.compile("[上中少大]将|[上中少大]校|[一二三四五六七八九]段|国手|院士|大师")
_THING = re.compile("杯|高原|高地|公司|美元|两国|人(?=[的们民常都也在是有不吃住家喜爱])|族|河|山脉|半岛|盆地")
_COUNTED = re.compile(r"[一二两三四五六七八九十\d]+(?:人|位|名)|等")


def options_at(view: View, start: int, told: Told) -> Iterator[Option]:
    """The lengths that a name at a place may have, each with its weight."""
    text = view.text
    foreign = DOTTED.match(text, start)
    if foreign:
        if begins_dotted(view, start):
            yield dotted(view, start, foreign.end())
        return
    for end in range(start + 4, min(len(text), start + _LONGEST_LISTED) + 1):
        if (start, end) in told.counted:
            yield Option(end, 5.0, ("counted",))
    longer = position_before(text, start + 1)
    if longer is not None and longer.start < start and position_before(text, start) and surname_at(text, start + 1):
        return  # 老师傅谷长庚: not 老师 + 傅谷长庚
    ends: dict[int, float] = {}
    for length, weight in surname_at(text, start):
        for given in (1, 2):
            ends.setdefault(start + length + given, weight)
        if length > 1 and text[start : start + length] in entries("surnames", "japanese"):
            ends.setdefault(start + length + 3, weight - 0.5)
        if length == 1 and surname_at(text, start + 1):  # two surnames: 范徐丽泰
            ends.setdefault(start + 4, weight - 2.5)
    word = view.words[view.word_at(start)]
    if start and text[start - 1] in "0123456789０１２３４５６７８９百千":
        return  # 1400|万人
    for end, weight in ends.items():
        name = text[start:end]
        if len(name) == 2 and name[1] in ADDRESSED and (start, end) not in told.known:
            continue
        if name[1:] in entries("offices", "courtesy") or name[1:] in entries("offices", "forms"):
            continue
        if text[start + 1 : start + 3] in entries("offices", "courtesy"):
            continue  # 庾师傅, 江伯伯 are no full names
        office = position_before(text, end) if end <= len(text) else None
        if office is not None and office.start <= start + 1 and office.end - office.bare < len(name) + 1:
            continue  # 王主任, 班班长
        if end <= len(text) and all(HAN.match(character) for character in name):
            yield _weigh(view, start, end, weight, told)
    led = led_by(text[word.start : word.end]) if word.tag in ("PER", "nr") else 0
    if word.start + led == start and word.tag in ("PER", "nr"):
        option = as_modelled(view, start, word.end)
        if option is not None:
            yield option
            yield from cut_short(view, start, option.end)
    elif word.start == start and word.tag in ("LOC", "ns", "ORG", "nt", "nz") and is_rendered_person(view, word):
        yield Option(word.end, 3.0, ("rendered",))
    yield from rendered(view, start)
    yield from cut_first(view, start)


def _weigh(view: View, start: int, end: int, surname: float, told: Told) -> Option:
    text, name = view.text, view.text[start:end]
    compound = 2 if text[start : start + 2] in entries("surnames", "compound") and end - start > 2 else 1
    if text[start : start + 2] in entries("surnames", "japanese") and end - start > 2:
        compound, surname = 2, surname + (0.8 if end - start == 4 else 0.0)
    weight = surname + given_weight(name[compound:]) + (0.3 if len(name) == 3 else 0.0)
    reasons: list[str] = []
    word = view.words[view.word_at(start)]
    modelled = word.tag in ("PER", "nr") and word.end - word.start > 1
    if modelled and end <= word.end and _leads(view, word, start):
        exact = end == word.end or text[end : end + 1] in (" ", "\u3000") or _titled_within(text, end, word)
        weight += (3.0 if word.tag == "PER" else 2.6) if exact else 0.6
        reasons.append("model" if exact else "model_start")
    weight += 0.8 if start in view.starts else -1.5
    weight += 1.0 if end in view.ends else -0.7
    listed = (start, end) in told.counted
    if word.tag in ("LOC", "ns", "ORG", "nt") and word.start == start and end == word.end and not listed:
        weight -= 1.2 if position_before(text, start) else 3.0
    if word.start == start and word.end - start == 1 and word.tag in FUNCTION:
        position = position_before(text, start)
        titled = position is not None and (position.start in told.ends or position.bare in told.ends)
        chief = position is not None and position.kind is OfficeKind.CHIEF and surname >= 0.5
        sexed = SEX.match(text, end) is not None and not HAN.match(text[start - 1 : start] or "，")  # 向凤兰（女，
        weight -= 0.5 if (titled and surname >= 0.5) or sexed else 2.8 if chief else 3.5
    before = _before(view, start, end, told, reasons)
    behind = _behind(view, start, end, reasons)
    weight += before + behind
    if modelled and len(name) == 2 and before < 1.0 and behind < 1.0 and frequency(name) > 3:
        weight -= 1.5  # 红牌, 白棋: words of the dictionary with nothing that people have around them
    if before < 1.0 and behind < 1.2 and is_place(name):
        weight -= 3.0  # 苏里南, 巫峡
    if text[end - 1 : end + 1] == "两国" or text.startswith("两国", end):
        weight -= 3.0  # 卢|两国, 巴印|两国
    if len(name) == 3 and before < 1.0 and is_place(name[1:]):
        weight -= 4.0  # 贺|澳门
    if not modelled and end - start < 4 and surname >= 0.5 and (start, end) == (word.start, word.end):
        weight += 1.2 if is_nowhere(view, start, end) else 0.0
    if not modelled and before < 1.0:
        weight -= 0.8 if surname > 0.1 else 1.5
    if len(name) == 3 and name[2] == "人" and before < 1.0:
        weight -= 2.0  # 庄浪人
    if len(name) == 3 and name[2] in "市县区省":
        weight -= 4.0
    if "model" not in reasons and (name[-1] in _LEVELS or (text[end : end + 1] in _LEVELS and before < 1.0)):
        weight -= 3.0  # 柳泉|县委 is a place
    if listed:
        weight += 3.0
        reasons.append("counted")
    if (start, end) in told.known:
        weight += 2.5
        reasons.append("known")
    relief = relief_at(view, start, end, surname, told, reasons)
    weight += as_words(view, start, end, exact="model" in reasons, relief=relief)
    if compound == 1 and end - start in (2, 3) and modelled:
        shorter = end - 1 if end - start == 3 else end
        if strays(view, word, shorter):
            weight += 2.6 if end - start == 3 else -2.6
    return Option(end, weight, tuple(reasons) or ("shape",))


def _titled_within(text: str, end: int, word: Word) -> bool:
    """The model's person runs on over a title: 江泽民|主席今秋."""
    position = position_at(text, end)
    return position is not None and position.end <= word.end and position.kind is OfficeKind.CHIEF


def _leads(view: View, word: Word, start: int) -> bool:
    """Whether the model's person begins here, or a position that it swallowed ends here (焊工|谷长庚)."""
    if start == word.start or (start > word.start and view.text[start - 1] in " \u3000#"):
        return True
    position = position_before(view.text, start) if start > word.start else None
    return position is not None and position.bare >= word.start


_LEVELS = frozenset("县市区省州镇乡村")
_COMPETES = re.compile(r"(?:以|用时)?\d|[夺获摘荣喜]|分[获别]|战胜|险胜|击败|负于|，[夺获摘]|、|（|\(")


def _competes(text: str, end: int) -> bool:
    """某队的甲以21比18战胜, 某厂的乙夺冠: what follows the names of those who compete."""
    return _COMPETES.match(text, end) is not None


def _before(view: View, start: int, end: int, told: Told, reasons: list[str]) -> float:
    text = view.text
    at = start
    while at and text[at - 1] in " \u3000":
        at -= 1
    position = position_before(text, at) if at else None
    if position is not None:
        reasons.append("office")
        return 0.6 if position.kind is OfficeKind.PEOPLE else 2.4
    if at == start and text[at - 1 : at] == "的" and at - 1 in told.ends and _competes(text, end):
        reasons.append("unit")
        return 1.8
    if at in view.ends and any(text[max(0, at - n) : at] in entries("offices", "leads") for n in (6, 5, 4, 3, 2)):
        reasons.append("lead")
        return 1.8
    word = view.words[view.word_at(at - 1)] if at else None
    if word is not None and word.end == at and word.tag == "n" and text[at - 1] in "员师家手工者匠":
        reasons.append("trade")
        return 1.6
    return 0.2 if start == 0 or text[start - 1] in "，。；：、“（( \u3000\n" else 0.0


def _behind(view: View, start: int, end: int, reasons: list[str]) -> float:
    text = view.text
    if end >= len(text):
        return 0.5
    if SEX.match(text, end):
        reasons.append("sex")
        return 2.0
    if CAPTION.match(text, end):
        reasons.append("caption")
        return 2.2
    if _AGE.match(text, end):
        reasons.append("age")
        return 1.8
    unit = _UNIT.match(text, end)
    if unit and (start == 0 or text[start - 1] in "：:、；;，,。\n \u3000") and _is_unit(unit["unit"]):
        reasons.append("unit")
        return 2.2
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
    if _RANK.match(text, end):
        reasons.append("address")
        return 2.0
    if _COUNTED.match(text, end):
        return 0.8
    if _THING.match(text, end):
        return -2.0  # 马会|杯, 吉尔吉斯|人, 胡|高原
    if not HAN.match(text, end):
        return 0.6
    return 0.8 if any(text[end : end + n] in entries("offices", "after") for n in (1, 2, 3, 4)) else 0.0


def _is_unit(text: str) -> bool:
    """What stands in brackets behind the winners of a list: a unit, a people, a province."""
    return bool(suffix_of(text)) or bool(_TEAM.search(text))


_TEAM = re.compile(r"(?:族|队|班|组|系|年级|车间|[省市区县]|代表团)$")
