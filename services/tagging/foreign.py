"""Names that no Chinese surname begins: dotted ones, names of other peoples. In: a place of a view. Out: options."""

from collections.abc import Iterator

from services.lexicon.names import DOTS, is_foreign, surname_weight
from services.lexicon.offices import OfficeKind, position_at, position_before
from services.lexicon.segment import frequency
from services.lexicon.tables import characters, entries
from services.tagging.evidence import HAN, Option, goes_on_after
from services.tagging.reading import View

_SHORTEST_RENDERED = 3


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
            return Option(end, 4.0, ("model", "dotted"))
    end = last_dot + 1
    sounds = characters("organisations", "sounds")
    while end < limit and text[end] in sounds and not goes_on_after(text, end):
        end += 1
    end = max(end, min(limit, last_dot + 2))
    return Option(end, 3.2, ("dotted",))


def cut_first(view: View, start: int) -> Iterator[Option]:
    """Behind a position, a name whose first character the model took for a word: 学生|才旦卓玛."""
    at = view.word_at(start)
    if at + 1 >= len(view.words) or view.words[at].start != start or not position_before(view.text, start):
        return
    rest = view.words[at + 1]
    if rest.start != start + 1 or rest.tag not in ("PER", "nr") or rest.end - rest.start < 3:
        return
    if is_foreign(view.text[rest.start : rest.end]) and goes_on_after(view.text, start) is False:
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
        if not inside:
            return
        end = inside[0]
    word = view.words[view.word_at(start)]
    if word.start <= start and word.end >= end and word.tag not in ("PER", "nr", "LOC", "ORG", "nz", "n"):
        return
    if frequency(text[start:end]) > 20:
        return
    yield Option(end, 3.0 if position.kind is not OfficeKind.PEOPLE else 2.7, ("office", "rendered"))


def as_modelled(view: View, start: int, end: int) -> Option | None:
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
