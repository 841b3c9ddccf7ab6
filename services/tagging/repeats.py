"""A name known from elsewhere in the document: is it meant here too? In: a span of a view. Out: yes or no."""

import re

from services.lexicon.names import is_foreign
from services.lexicon.offices import OfficeKind, position_before
from services.lexicon.segment import frequency
from services.lexicon.tables import entries
from services.tagging.evidence import HAN, goes_on_after
from services.tagging.reading import View


def stands(view: View, start: int, end: int) -> bool:
    """Whether a name known from elsewhere in the document is meant here; a word needs its neighbours."""
    word = frequency(view.text[start:end]) > 2
    if start not in view.starts or end not in view.ends:
        if start in view.starts and _with_verb(view, start, end):
            return True
        return end - start > 2 and not word
    return not word or _is_person_here(view, start) or _acts_here(view, start, end) >= _ACTS


def _with_verb(view: View, start: int, end: int) -> bool:
    """At the head of a sentence the model took name and verb for one word that no dictionary has: 毕业|说."""
    word = view.words[view.word_at(start)]
    verb = view.text[end : word.end]
    opens = (view.text[start - 1 : start] or "\n") in "。！？”\n"
    return opens and verb in entries("offices", "speech") and frequency(view.text[word.start : word.end]) == 0


_ACTS = 1.8
_ROOM = re.compile(r"(?:劳模|技能|大师|工匠|职工|劳动模范)*(?:创新)?(?:工作室|工作站)")
_SAYS = re.compile(r"(?:[\u4e00-\u9fff]{2}(?:说|道)[，：:。]|事后|当时|随后|此时)")
_TITLED = re.compile(r"(?:老师|站长|主任|书记|主席|局长|院长|校长|所长|厂长|经理|班长)")
_NO_ACTOR = ("的", "地", "了", "不", "性", "化", "我", "你", "您", "他", "她", "它", "职")
_MEETS = (*"对向给被把由让和与、及跟同为据", "说服", "采访", "递给", "见到", "看到", "找到", "遇到", "认识", "记者")
_PASSIVE = re.compile(
    r"[被把向对说在曾也还却已则才又仍将正从拿站坐走跑看听想笑常总再今现年][^的]|[用跳投跑打获夺][出了]|以\d|接着|[时后][，,]|这才|刚刚|一边|则"
)


def _acts_here(view: View, start: int, end: int) -> float:
    """For a word that is a name elsewhere in the document: how much the neighbours speak for the name here."""
    text = view.text
    if text[end : end + 1] == "的" and text[end + 1 : end + 3] in entries("offices", "relations"):
        return _ACTS  # 包容的丈夫
    if text[end : end + 1] in _NO_ACTOR:
        by = text[start - 1 : start] in ("被", "由", "受") or (
            len(text[start:end]) > 1 and _is_rendered(view, start, end)
        )
        return _ACTS if by and text[end] == "的" else 0.0
    before, after = text[start - 1 : start], text[end : end + 5]
    if before and before in "（(" and after[:1] in ("，", "）", ")", "："):
        return _ACTS
    tag = view.words[view.word_at(start)].tag
    if _ROOM.match(text, end) or (tag in ("ORG", "nt", "PER", "nr", "nz") and _TITLED.match(text, end)):
        return _ACTS
    weight = 0.0
    opens = (before or "\n") in "。！？”\n"
    if not HAN.match(before or "，"):
        weight += 1.5 if before == "、" else 1.0
    elif (position := position_before(text, start)) is not None:
        weight += 0.9 if position.kind is OfficeKind.PEOPLE else 2.0
    elif any(text.endswith(word, 0, start) for word in _MEETS):
        weight += 0.9
    if any(after.startswith(word) and end + len(word) in view.ends for word in entries("offices", "speech")):
        weight += 1.2
        if opens:  # a sentence hardly begins with an adverb and 表示: 马上|表示
            return _ACTS
    elif _SAYS.match(text, end):
        if opens:
            return _ACTS
        weight += 1.0
    elif goes_on_after(text, end) or _PASSIVE.match(after):
        weight += 0.9
    elif not HAN.match(after or "，"):
        weight += 0.5 if weight else 0.0
    return weight - (1.0 if tag in ("ad", "d", "p", "c") else 0.0)


def _is_rendered(view: View, start: int, end: int) -> bool:
    """A foreign family name that the model takes for a name of some other kind (杜邦)."""
    return view.words[view.word_at(start)].tag in ("ORG", "LOC", "nt", "ns", "nz") and is_foreign(view.text[start:end])


def _is_person_here(view: View, start: int) -> bool:
    word = view.words[view.word_at(start)]
    return word.tag in ("PER", "nr") and word.start == start
