"""Names that no Chinese surname begins: dotted ones, names of other peoples. In: a place of a view. Out: options."""

import re
from collections.abc import Iterator

from services.lexicon.lac import Word
from services.lexicon.names import DOTS, is_foreign, surname_weight
from services.lexicon.offices import OfficeKind, position_at, position_before
from services.lexicon.segment import frequency
from services.lexicon.tables import characters, entries
from services.tagging.bodies import suffix_of
from services.tagging.evidence import HAN, Option, goes_on_after
from services.tagging.knowledge import is_place
from services.tagging.reading import View

_MARKS = ("、", "，", "。", "；")
_SHORTEST_RENDERED = 3
_NUMBERED = re.compile(r"[一二三四五六七八九十]+世")
_SPEAKS = re.compile(
    r"(?:今天|昨天|日前|近日|也|还|则|已|曾|正|将|在|对|向|说|称|与|和|率|以|为|于|上午|下午|先后|分别|首次|多次|再次|一人|接受|拒绝|同意|投|抵达|会见|[（(])"
)


def begins_dotted(view: View, start: int) -> bool:
    """Whether nothing but the name stands between a place and the first dot: no 获得者 before 阿依古丽·买买提."""
    text = view.text
    dot = next(at for at in range(start, len(text)) if text[at] in DOTS)
    word = view.words[view.word_at(start)]
    if word.start == start and word.tag in ("PER", "nr"):
        return position_at(text, start) is None
    sounds = characters("organisations", "sounds")
    return all(character in sounds for character in text[start:dot])


def dotted(view: View, start: int, limit: int) -> Option:
    """A dotted name runs as far as its characters render sounds, or as far as the model says."""
    text = view.text
    last_dot = max(at for at in range(start, limit) if text[at] in DOTS)
    word = view.words[view.word_at(last_dot)]
    if word.tag in ("PER", "nr") and last_dot < word.end - 1:
        end = min(word.end, limit)
        if not any(goes_on_after(text, at) for at in range(last_dot + 1, end)):
            rest = view.words[view.word_at(end)]
            if rest.start == end < limit and rest.tag in ("PER", "nr") and is_foreign(text[end : rest.end]):
                end = min(rest.end, limit)  # 因|苏尔萨
            if _closes_before(text, end, limit):
                end = limit  # 帕提曼·阿|不都拉、
            return Option(end, 6.0, ("model", "dotted"))
    end = last_dot + 1
    sounds = characters("organisations", "sounds")
    while end < limit and text[end] in sounds and not goes_on_after(text, end):
        end += 1
    end = max(end, min(limit, last_dot + 2))
    return Option(end, 5.5, ("dotted",))


def _closes_before(text: str, end: int, limit: int) -> bool:
    """Whether a character or three between the model's end and a mark still render sounds."""
    if not 0 < limit - end < 4 or text[limit : limit + 1] not in _MARKS or position_at(text, end):
        return False
    return is_foreign(text[limit - 1]) and not any(goes_on_after(text, at) for at in range(end, limit))


def cut_first(view: View, start: int) -> Iterator[Option]:
    """Behind a position, a name whose first character the model took for a word: 学生|才旦卓玛."""
    at = view.word_at(start)
    if at + 1 >= len(view.words) or view.words[at].start != start or not position_before(view.text, start):
        return
    rest = view.words[at + 1]
    if rest.start != start + 1 or rest.tag not in ("PER", "nr") or rest.end - rest.start < 2:
        return
    if rest.end - rest.start == 2 and view.text[start] not in characters("organisations", "sounds"):
        return
    if is_foreign(view.text[rest.start : rest.end]) and not goes_on_after(view.text, start):
        yield Option(rest.end, 5.0, ("office", "model"))


def rendered(view: View, start: int) -> Iterator[Option]:
    """Behind a position, characters that render sounds, as far as they go: 徒弟|买买提江, 总理|若斯潘."""
    text, sounds = view.text, characters("organisations", "sounds")
    position = position_before(text, start) if start else None
    if position is None:
        return
    end = start
    while end < len(text) and end - start < 9 and text[end] in sounds and not goes_on_after(text, end):
        end += 1
    if end - start < _SHORTEST_RENDERED or (surname_weight(text[start]) == 1.0 and end - start == 3):
        return
    if end < len(text) and HAN.match(text[end]):
        inside = [at for at in range(end, start + _SHORTEST_RENDERED - 1, -1) if at in view.ends]
        numbered = _NUMBERED.match(text, end)
        if not inside and not numbered:
            return
        end = numbered.end() if numbered else inside[0]
    word = view.words[view.word_at(start)]
    if word.start <= start and word.end >= end and word.tag not in ("PER", "nr", "LOC", "ORG", "nz", "n"):
        return
    if frequency(text[start:end]) > 20:
        return
    yield Option(end, 3.0 if position.kind is not OfficeKind.PEOPLE else 2.7, ("office", "rendered"))


def is_rendered_person(view: View, word: Word) -> bool:
    """Whether a word of three to six sounds stands as persons do; places and bodies that the lists hold are none."""
    text, name = view.text, view.text[word.start : word.end]
    if not 3 <= len(name) <= 6 or not is_foreign(name) or is_place(name) or frequency(name) > 60:
        return False
    if name in entries("organisations", "known") or suffix_of(name) or name[-1] in _PLACE_ENDS:
        return False
    if any(name[:length] in entries("places", "countries") for length in (2, 3, 4)):
        return False  # 墨西哥|比索
    weight = 0.0 if word.tag in ("LOC", "ns") else 0.4
    before, after = text[max(0, word.start - 1) : word.start], text[word.end : word.end + 4]
    position = position_before(text, word.start)
    if position is not None:
        weight += 1.2
    elif before in ("对", "向", "与", "同", "跟", "受", "由") or text.endswith(("反对", "会见"), 0, word.start):
        weight += 0.5
    if position_at(text, word.end):
        weight += 0.8
    elif any(after.startswith(verb) for verb in entries("offices", "speech")):
        weight += 1.0
    elif goes_on_after(text, word.end) or (after[:1] not in ("在", "和", "与") and _SPEAKS.match(after)):
        weight += 0.6
    return weight >= 1.0


_PLACE_ENDS = "省市区县州岛湾港山河江湖海城镇村路街堡"


def _goes_on_in_word(text: str, end: int) -> bool:
    return frequency(text[end - 1 : end + 1]) >= 100 or frequency(text[end - 1 : end + 2]) > 0


def cut_short(view: View, start: int, end: int) -> Iterator[Option]:
    """The model's rendered name with a character too many, where a word would be cut: 叶利钦|通电话."""
    name = view.text[start:end]
    if len(name) < 4 or not is_foreign(name) or not _goes_on_in_word(view.text, end):
        return
    weight = 7.0 if position_before(view.text, start) else 5.5
    yield Option(end - 1, weight, ("model_start",))


def _begins_place(text: str, start: int) -> bool:
    """Whether a listed place of three characters or more begins here and goes beyond the model's person: 利雅|得."""
    return any(is_place(text[start : start + length]) for length in (3, 4, 5))


def as_modelled(view: View, start: int, end: int) -> Option | None:
    """What the model calls a person though no surname begins it: names of other peoples, by-names."""
    name = view.text[start:end].rstrip(" \u3000等")
    if len(name) > 2 and (name[-1] in "市县区省" or is_place(name) or _begins_place(view.text, start)):
        return None
    if led_by(name) or (len(name) == 2 and name[1] in ADDRESSED):
        return None
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
    elif frequency(name) > 3 and not is_foreign(name) and not _acts(view.text, start + len(name)):
        weight -= 1.5  # a word of the dictionary that does nothing a person does: 雄伟, 墨香
    return Option(start + len(name), weight, ("model",))


ADDRESSED = "老家总"  # 胡老, 刘家, 江总: a surname with a form of address is no full name
_LEADS = frozenset("对任使给把被为向")


def led_by(name: str) -> int:
    """How many characters before a rendered name the model took in: 对|埃斯特拉达, 智利|萨拉斯. 0 for none."""
    if len(name) < 4:
        return 0
    if name[0] in _LEADS and is_foreign(name[1:]):
        return 1
    return 2 if len(name) > 4 and name[:2] in entries("places", "countries") and is_foreign(name[2:]) else 0


def _acts(text: str, end: int) -> bool:
    """Whether what follows is done by people, or said of them."""
    return any(text.startswith(word, end) for word in entries("offices", "speech") | entries("offices", "forms"))
