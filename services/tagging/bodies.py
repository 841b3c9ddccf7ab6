"""Organisations of a view: what the word model says, made whole, and what the endings of names say.

In: a view. Out: spans. A name begins at a place, an organisation or a level of government and runs over the words that
names hold to the last word that names end with: 首都机场 + 安保 + 公司 + 工会. Common nouns alone are none.
"""

import re
from dataclasses import dataclass

from services.lexicon.lac import Word
from services.lexicon.names import surname_at
from services.lexicon.offices import OfficeKind, position_at, position_before
from services.lexicon.segment import frequency
from services.lexicon.tables import entries
from services.tagging.reading import View

_UNKNOWN_SEAT = re.compile(r"[\u4e00-\u9fff]{2}[市区县州旗镇乡](?=[委总人政教科文残妇侨工宣组纪检公法职卫民青电商])")
_WEAK = frozenset(["全国", "国家", "首都", "中央", "中华", "中国", "全省", "全市", "全区", "本市", "我市", "我国"])
_NOUNS = frozenset(["n", "nz", "nw", "vn", "an", "ORG", "nt", "LOC", "ns", "nr", "s"])
_LEAD = re.compile(r"^(?:来自|时任|现任|担任|并与|与|在|由|该|各|据|从|对|驻|原|#|\s|[“‘\"'《（(])+")
_TAIL = re.compile(r"[\s“”‘’\"'#》）),，。、]+$")
_LEVEL = re.compile(r"(?:自治[区县州]|[省市区县州旗镇乡])")
_ORDINAL = re.compile(r"^(?:第?[一二三四五六七八九十百]+|第[一二三四五六七八九十百\d]+届)$")
_NUMBERED = re.compile(
    r"[\u4e00-\u9fff]{1,4}第?[一二三四五六七八九十]+(?:分公司|公司|车队|小学|中学|工区|项目部|支队|大队|医院)"
)
_NUMBERED_END = re.compile(r"[一二三四五六七八九十]+(?:队|班|厂|矿|院|场|分队)$")
_NO_BODY = re.compile(r"(?:[大东西南北中内外全局腹干]部|[当大格布结全]局|[大客]厅|[住]所|[书画]院|[对相])$")
_SEAT = re.compile(r"[省市区县州旗镇乡](?:委|政府|人大常委会|政协|纪委|监委)$")
_SEATED = re.compile(
    r"(?P<seat>[\u4e00-\u9fff]{1,5}?(?P<level>[省市区县州旗]))(?=[委总人政教科文残妇侨工宣组纪检公法职卫民])"
)
_ROLES = re.compile(r"(?:记者|通讯员|摄影|供图|报道)\s")
_MOST_WORDS = 9
_MOST_CHARACTERS = 34
_PARTY = frozenset(["党委", "党组", "党总支", "党支部", "纪委", "团委", "党工委"])


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """An organisation at [start, end) of a view."""

    start: int
    end: int
    weight: float
    reason: str


def suffix_of(text: str) -> str:
    """The longest ending of an organisation's name that the text ends with, or ""."""
    suffixes = entries("organisations", "suffixes")
    if _NO_BODY.search(text):
        return ""
    return next((text[-n:] for n in range(min(10, len(text)), 0, -1) if text[-n:] in suffixes), "")


def is_generic(text: str) -> bool:
    return text in entries("organisations", "generic")


def find_bodies(view: View) -> list[Body]:
    """Organisations of the view, in order, without overlap."""
    found: list[Body] = []
    at = 0
    while at < len(view.words):
        body, after = _body_from(view, at)
        if body is not None:
            found.append(body)
        elif found and view.words[at].start == found[-1].end + 1:
            listed = _listed(view, at, found[-1])
            if listed is not None:
                found.append(listed)
                after = view.word_at(listed.end - 1) + 1
        at = max(after, at + 1)
    return found


def _listed(view: View, at: int, before: Body) -> Body | None:
    """Behind an organisation in a list, nouns that end as one, something else behind: 某校工会、教师发展中心."""
    words, text = view.words, view.text
    if text[before.end : before.end + 1] not in ("、", "和", "与") or words[at].tag not in ("n", "nz", "nw"):
        return None
    k = at
    while k + 1 < len(words) and words[k + 1].tag in ("n", "nz", "vn", "nw") and k - at < 4:
        k += 1
    start, end = words[at].start, words[k].end
    if k == at or end - start < 5 or position_at(text, end) or position_before(text, end):
        return None
    whole = text[start:end]
    if len(suffix_of(whole)) < 2 or suffix_of(whole) in entries("organisations", "weak") or is_generic(whole):
        return None
    if words[at].end - words[at].start < 2 or whole[:2] in ("基层", "各级", "企业", "有关", "社会", "部分"):
        return None
    return Body(start, end, 0.55, "suffix")


def _body_from(view: View, at: int) -> tuple[Body | None, int]:
    """The organisation that begins at a word, and the word to go on with."""
    words, text = view.words, view.text
    first = words[at]
    surface = text[first.start : first.end]
    organisation = first.tag in ("ORG", "nt")
    if not (organisation or _opens(view, at)):
        return None, at + 1
    best = at if organisation else -1
    for k in range(at + 1, min(len(words), at + _MOST_WORDS)):
        word = words[k]
        if word.end - first.start > _MOST_CHARACTERS or not _inside(view, word):
            break
        if best >= 0 and _weak_ending(view, k):
            continue
        if _ends(view, k) and not (k == at + 1 and not organisation and _loose(view, at, k)):
            best = k
    if best < 0:
        return None, at + 1
    start, end = _trim(text, first.start, _whole_before_chief(text, first.start, words[best].end))
    if text[end - 2 : end - 1] == text[end - 1 : end] and text[end : end + 1] == "长":
        end -= 1  # 出版社社|长
    if text[end - 1 : end + 1] == "院区":
        end += 1
    if not suffix_of(text[start:end]):
        end = _cut_at_office(text, start, end)
    if end - start < 2 or not _is_name(view, start, end, organisation and best == at, first):
        return None, at + 1
    reason = "model" if organisation and best == at else "suffix"
    if surface and organisation and best > at:
        reason = "model_suffix"
    return Body(start, end, 0.8 if reason == "model" else 0.7, reason), best + 1


def _opens(view: View, at: int) -> bool:
    """Whether a name may begin at a word that the model does not call an organisation."""
    word = view.words[at]
    surface = view.text[word.start : word.end]
    if surface in _WEAK:
        return False
    if word.tag in ("LOC", "ns") or surface in entries("organisations", "places"):
        return True
    if _UNKNOWN_SEAT.match(view.text, word.start) and word.end - word.start == 2 and not frequency(surface):
        return word.tag in _NOUNS
    level = _LEVEL.match(surface)
    if level and level.end() < len(surface) and suffix_of(surface) == surface[level.end() :]:
        return True
    return bool(_NUMBERED.match(view.text, word.start)) and word.tag in _NOUNS | {"v"}


def _inside(view: View, word: Word) -> bool:
    surface = view.text[word.start : word.end]
    if surface in entries("organisations", "inside"):
        return True
    if word.tag == "m":
        return bool(_ORDINAL.match(surface))
    position = position_at(surface, 0)
    return word.tag in _NOUNS and (
        position is None or position.end < len(surface) or position.kind is OfficeKind.PEOPLE
    )


def _ends(view: View, k: int) -> bool:
    """Whether a name may end with word k: an ending of names that is no part of a position (党委 + 书记)."""
    word = view.words[k]
    surface = view.text[word.start : word.end]
    if word.tag in ("ORG", "nt"):
        return True
    suffix = suffix_of(surface)
    if not suffix or surface in _PARTY or (len(surface) == 1 and surface not in "部局厅署厂"):
        return False
    return not (suffix in _PARTY and position_at(view.text, word.end))


def _weak_ending(view: View, k: int) -> bool:
    """A common noun (科技, 航空) that another noun follows: no end of a name that is complete without it."""
    word = view.words[k]
    if view.text[word.start : word.end] not in entries("organisations", "weak") or k + 1 >= len(view.words):
        return False
    return view.words[k + 1].tag in ("n", "vn", "nz", "v") and not position_at(view.text, word.end)


def _loose(view: View, at: int, k: int) -> bool:
    """A place and a common noun (北京工会工作) that no office or verb follows: a noun phrase, no name."""
    place = view.text[view.words[at].start : view.words[at].end]
    noun = view.text[view.words[k].start : view.words[k].end]
    if not is_generic(noun) or place not in entries("organisations", "places"):
        return False
    return position_at(view.text, view.words[k].end) is None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    lead = _LEAD.match(text[start:end])
    if lead:
        start += lead.end()
    tail = _TAIL.search(text, start, end)
    if tail and tail.end() == end:
        end = tail.start()
    if position_at(text, end):  # 桃园社区|党委书记: the party's body belongs to the position
        end -= next((len(unit) for unit in _PARTY if _belongs(text[start:end], unit)), 0)
        if text[start:end].endswith("工会") and len(suffix_of(text[start : end - 2])) > 1:
            end -= 2  # 重型机械集团|工会主席: the union of a firm too
    return start, end


_CUT_BY_CHIEF = "部局厅段院社所站委"


def _whole_before_chief(text: str, start: int, end: int) -> int:
    """A name that lost its last character to the position (宣传|部长, 电务|段段长): its end with that character."""
    last = text[end : end + 1]
    if not last or last not in _CUT_BY_CHIEF:
        return end
    surface = text[start : end + 1]
    doubled = position_at(text, end + 1) is not None
    if not doubled and text[end + 1 : end + 2] != "长":
        return end
    named = len(suffix_of(surface)) > 2 or (last in "局厅" and re.search(r"[省市区县州]", surface[1:-1]) is not None)
    return end + 1 if named or (doubled and suffix_of(surface)) else end


def _belongs(surface: str, unit: str) -> bool:
    """The party's body within an organisation; those of a town or county (宿迁市纪委) are bodies of their own."""
    if not surface.endswith(unit) or len(surface) <= len(unit) + 2:
        return False
    return not (unit in ("纪委", "团委") and surface[-len(unit) - 1] in "省市区县州")


def _cut_at_office(text: str, start: int, end: int) -> int:
    """The model's organisation may hold a title and a name (集团工会主席|连胜): it ends before the position."""
    for name in (end - 2, end - 3):
        position = position_before(text, name) if name - start > 4 and surname_at(text, name) else None
        if position is not None and start + 2 < position.bare:
            return position.bare
    return end


def _is_name(view: View, start: int, end: int, bare: bool, first: Word) -> bool:
    """Whether a trimmed span is a name: no common noun, signature, piece of a quoted title or of a list."""
    surface = view.text[start:end]
    if surface[-2:] in ("人大", "政协") and re.match(r"代表|委员|常委", view.text[end:]):
        return False  # 北京市人大代表 is a position
    if re.fullmatch(r".{1,3}族", surface):
        return False  # 汉族
    if is_generic(surface) or re.search(r"[\s，。“”\"]", surface) or _ROLES.search(surface):
        return False
    if re.fullmatch(r"[各本该我全](?:级|市|区|县|省|校|院|地)?.{0,4}", surface) and suffix_of(surface):
        return False
    if bare and not suffix_of(surface):
        if position_before(view.text, start) is not None and surname_at(view.text, start):
            return False  # 副院长|都兴华
        if _in_longer_quote(view.text, start, end):
            return False
        if len(surface) < 3 and first.tag == "ORG" and _among_nouns(view, start, end):
            return False
    return True


def _in_longer_quote(text: str, start: int, end: int) -> bool:
    opened = max(text.rfind("“", 0, start), text.rfind("《", 0, start))
    closed = max(text.rfind("”", 0, start), text.rfind("》", 0, start))
    if opened <= closed:
        return False
    return not (opened == start - 1 and text[end : end + 1] in "”》") and text[opened] == "“"


def _among_nouns(view: View, start: int, end: int) -> bool:
    """In a list 安服、运营、科信 the neighbours tell: no entity on either side."""
    if view.text[start - 1 : start] != "、" or view.text[end : end + 1] != "、":
        return False
    at = view.word_at(start)
    near = [view.words[k].tag for k in (at - 2, at + 2) if 0 <= k < len(view.words)]
    return not any(tag in ("ORG", "nt", "LOC", "ns", "PER", "nr", "nz") for tag in near)


def body_before(view: View, end: int) -> Body | None:
    """In a title: the words before an offset, if they end as names of organisations do."""
    if end not in view.ends or not (
        suffix_of(view.text[:end]) or _NUMBERED_END.search(view.text, max(0, end - 5), end)
    ):
        return None
    at = view.word_at(end - 1)
    start = view.words[at].start
    for k in range(at - 1, max(-1, at - _MOST_WORDS), -1):
        word = view.words[k]
        surface = view.text[word.start : word.end]
        if not (_inside(view, word) or _inside_title(word, surface)):
            break
        if end - word.start > _MOST_CHARACTERS:
            break
        start = word.start
    start, _ = _trim(view.text, start, end)
    surface = view.text[start:end]
    if surface in entries("offices", "units") or re.fullmatch(r"[本该我贵各].{1,3}", surface):
        return None  # 经费审查委员会|主任, after the organisation of the first office
    if end - start < 2 or is_generic(surface) or surface in _PARTY:
        return None
    if any(is_generic(surface[:cut]) and is_generic(surface[cut:]) for cut in range(2, end - start - 1)):
        return None  # 公司工会, 学校办公室
    return Body(start, end, 0.6, "title")


def seat_before(view: View, end: int) -> Body | None:
    """In a title: the seat of power that the model read into the position (江州|市委书记)."""
    seat = _SEAT.search(view.text, max(0, end - 6), end)
    if seat is None:
        return None
    start = seat.start()
    place = view.words[view.word_at(start - 1)] if start else None
    if place is not None and place.end in (start, start + 1):
        alone = not re.match(r"[\u4e00-\u9fff]", view.text[place.start - 1 : place.start])
        if place.tag in ("LOC", "ns") or (
            alone and place.tag in ("n", "nz", "nr", "PER") and place.end - place.start < 4
        ):
            start = place.start
    return Body(start, end, 0.6, "title")


def _inside_title(word: Word, surface: str) -> bool:
    """Between a stop and a position more may stand inside a name: 客三分公司, 某公司."""
    return surface == "某" or (len(surface) <= 2 and word.tag in ("a", "v", "q", "m") and not surface.isdigit())


def level_prefix(text: str) -> str:
    """省, 市, 区 … at the head of a short form such as 市总工会 or 区委; "" for a full name."""
    level = _LEVEL.match(text)
    return level.group() if level and level.end() < len(text) and suffix_of(text[level.end() - 1 :]) else ""


def level_forms(name: str) -> dict[str, str]:
    """Short forms that a full name may have from now on: 房山区总工会 → 区总工会."""
    levels = entries("organisations", "levels")
    return {
        name[cut:]: name
        for cut in range(1, len(name) - 1)
        if name[cut] in levels and name[cut:] != name and suffix_of(name[cut:]) in (name[cut:], name[cut + 1 :])
    }


def seats(name: str) -> dict[str, str]:
    """Level → town or county of a full name, under the key "市…": 江州市委 says which town 市人大常委会 is of."""
    seat = _SEATED.match(name)
    return {f"{seat['level']}…": seat["seat"]} if seat and suffix_of(name) else {}
