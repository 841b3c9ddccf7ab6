"""Names that are everyday words (高兴, 方向), and words that are no names. In: a place of a view. Out: weights.

Whether a word is a name is told by its place: behind a title and before a verb it is one (副局长|高兴|到会), before 地
or 的 it is not.
"""

import re
from collections.abc import Sequence

from services.lexicon.lac import Word
from services.lexicon.names import given_weight, surname_weight
from services.lexicon.offices import OfficeKind, position_before
from services.lexicon.segment import frequency
from services.lexicon.tables import entries
from services.tagging.evidence import FUNCTION, HAN, Told, goes_on_after
from services.tagging.reading import View

_ENDS = re.compile(r"等\d+[人名位]|等[一二三四五六七八九十]+[人名位]|[上中少]将|[大上中少]校|同志|先生|女士")
_ETC = re.compile(r"等[\d０-９一二两三四五六七八九十]+[人名位]")
_ADVERB = ("地", "的", "性", "了", "化", "感", "度")


def strays(view: View, word: Word, end: int) -> bool:
    """After a name of two characters that the model ends here: is the next character left over from the name?

    What the model makes of it is then no word (秦晚|照带), or a rare word by itself that names hold (阮清|越).
    """
    text = view.text
    if word.end != end or end >= len(text) or given_weight(text[end]) < -1:
        return False
    if _ENDS.match(text, end + 1):
        return True
    if given_weight(text[end]) < 0.5:
        return False
    rest = view.words[view.word_at(end)]
    surface = text[rest.start : rest.end]
    if goes_on_after(text, end) or surface in entries("offices", "after"):
        return False
    if len(surface) > 2:
        return frequency(surface) == 0 and rest.tag in ("n", "nz", "v", "vn", "a", "nw")
    return frequency(surface) == 0 if len(surface) == 2 else len(surface) == 1 and frequency(surface) < 18000


def relief_at(view: View, start: int, end: int, surname: float, told: Told, reasons: Sequence[str]) -> float:
    """How far its place excuses a name that is an everyday word (副局长|高兴|到会): 0 not at all … 1 wholly.

    The word must be followed as names are; 高兴地, 方便的 are no names, nor words of news verbs (明确表示).
    """
    text = view.text
    if "unit" in reasons or "counted" in reasons or "sex" in reasons or "caption" in reasons or "age" in reasons:
        return 0.9
    if text[end : end + 1] in _ADVERB or text[start:end] in entries("offices", "after"):
        return 0.0
    if "lead" in reasons:
        return 0.9 if surname >= 0.5 else 0.0
    position = position_before(text, start)
    if position is None or not (_closes(text, end) or _verb_follows(view, end)):
        return 0.0
    titled = position.start in told.ends or position.bare in told.ends
    word = view.words[view.word_at(start)]
    if surname < 0 or (not titled and word.start == start and word.end == end and word.tag in FUNCTION | {"ad"}):
        chief = position.kind is OfficeKind.CHIEF and word.tag == "ad" and surname >= 0.5
        return 0.5 if chief and _closes(text, end) else 0.0
    if position.kind is OfficeKind.PEOPLE:
        return 0.7 if text[position.bare : start] in entries("offices", "relations") and surname >= 0.5 else 0.2
    relief = 0.9 if titled else 0.75 if position.kind is OfficeKind.CHIEF else 0.45
    if relief == 0.45 and text[start - 1] in "工员手匠":
        relief = 0.65
    return relief if surname >= 0.1 else relief / 2


def _verb_follows(view: View, end: int) -> bool:
    word = view.words[view.word_at(end)]
    return word.start == end and word.tag in ("v", "d", "p", "c", "m", "TIME", "t", "ad", "w")


def _closes(text: str, end: int) -> bool:
    """Whether what stands behind is what stands behind names: a mark, a verb of the list, the end."""
    if end >= len(text) or not HAN.match(text, end):
        return True
    return any(text[end : end + n] in entries("offices", "after") for n in (4, 3, 2, 1))


def as_words(view: View, start: int, end: int, *, exact: bool, relief: float) -> float:
    """Against a name: it is a word itself (高兴), or a word would be cut at its end (张宇汇|报)."""
    text, name = view.text, view.text[start:end]
    weight = 0.0
    if not exact:
        common = frequency(name)
        weight -= (1.0 - relief) * (4.0 if common > 500 else 2.5) if common > 2 else 0.0
        if end - start > 2:
            weight -= 1.0 if frequency(name[1:]) > 300 else 0.0
            if frequency(name[1:]) > 1000 and (surname_weight(name[0]) or 0.0) < 0.5:
                weight -= 1.5  # 总统|通电话
            compound = name[:2] in entries("surnames", "compound")
            if not compound and frequency(name[:2]) > 100:
                apart = name[2] in _ADVERB or name[2] in entries("offices", "after")
                weight -= 2.5 if apart else 2.5 * (1.0 - 0.7 * relief)  # 部长|阳春雪
        weight -= _unlike(view, start)
        if relief < 0.5 and any(n > end - start and frequency(text[start : start + n]) for n in (4, 5)):
            weight -= 2.0  # 司空|见惯, 路遥|知马力
    if end - start == 3 and name[2] in entries("offices", "after") and given_weight(name[2]) < 0:
        weight -= 1.0  # 常青|获“…”
    word = view.words[view.word_at(end - 1)]
    cut = text[end - 1 : end + 1]
    if len(cut) == 2 and HAN.match(cut[1]) and end - start > 2 and not _ETC.match(text, end):
        if frequency(cut) > 300 and cut not in entries("offices", "after"):
            weight -= 1.2
        elif cut in entries("offices", "after"):
            weight -= 2.4
    if word.start < end < word.end and word.tag not in ("PER", "nr"):
        weight -= 1.8 if frequency(text[word.start : word.end]) > 3 else 0.8
    return weight


def _unlike(view: View, start: int) -> float:
    """Against a name that the model does not see: its surname is a word by itself before a name (来|武汉), or
    ends a word that an office would cut (司机|关重大 is 机关)."""
    text, at = view.text, view.word_at(start)
    first = view.words[at]
    position = position_before(text, start)
    if position is not None and frequency(text[position.bare : start + 1]) > 0:
        return 2.5  # 主席台, 书记员
    if start and HAN.match(text[start - 1]) and frequency(text[start - 1 : start + 1]) > 500:
        return 2.0
    if first.start != start or first.end - start != 1 or at + 1 >= len(view.words):
        return 0.0
    return 3.0 if view.words[at + 1].tag in ("LOC", "ns", "ORG", "nt", "PER", "TIME") else 0.0


def is_nowhere(view: View, start: int, end: int) -> bool:
    """One word to the model, unknown to the dictionary, at the head of a clause or behind a position: rather a name."""
    text = view.text
    if frequency(text[start:end]) or given_weight(text[start + 1 : end]) < 0.4:
        return False
    before = text[start - 1 : start]
    if before and before in "《“‘「『":
        return False
    return not HAN.match(before or "，") or position_before(text, start) is not None
