"""Persons of a document: candidates from every view, weighed one by one, then by the whole document.

In: the views with their organisations. Out: persons. A candidate is a place where a name may begin: the word model says
so, an office stands before, a word of speech stands after, another name stands before in a list. For each of its
possible lengths the evidence is added up (weights in the code, set by hand); the best length wins when it reaches
ENOUGH. 院长张宇汇报了 is 张宇: 汇报 is a word that would be cut, and 张宇汇 occurs nowhere else.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from services.lexicon.names import DOTS, given_weight, is_foreign, surname_at
from services.lexicon.offices import OfficeKind, position_at, position_before
from services.lexicon.segment import frequency
from services.lexicon.tables import characters, entries
from services.tagging.bodies import Body
from services.tagging.reading import View

ENOUGH = 2.6
Spans = frozenset[tuple[int, int]]
_FUNCTION = frozenset({"c", "p", "u", "d", "f", "r", "xc"})
_SEX = re.compile(r"[（(，,][男女](?:[，,。）)（(]|、)")
_COUNTED = re.compile(r"[一二两三四五六七八九十\d]+(?:人|位|名)|等")
_HAN = re.compile(r"[\u3400-\u9fff]")
_DOTTED = re.compile(rf"[\u3400-\u9fff]{{1,7}}(?:[{DOTS}][\u3400-\u9fff]{{1,8}})+")
_LIST = re.compile(r"[ \u3000]?(?:、|和|与|及|以及)[ \u3000]?|[ \u3000]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person at [start, end) of a view."""

    view: int
    start: int
    end: int
    text: str
    weight: float
    reasons: tuple[str, ...]
    name: str = ""  # without padding, where it differs


@dataclass(frozen=True, slots=True)
class _Option:
    end: int
    weight: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    view: View
    start: int
    options: tuple[_Option, ...]


def find_persons(
    views: Sequence[View],
    bodies: Sequence[Sequence[Body]],
    *,
    known: Sequence[Spans],
    taken: Iterable[Person] = (),
) -> list[Person]:
    """Persons of the document in order. `known`: spans of known names in each view; `taken`: signed persons."""
    fixed = list(taken)
    document = "\n".join(view.text for view in views)
    found = list(fixed)
    for view in views:
        mine = [person for person in fixed if person.view == view.number]
        for candidate in _candidates(view, bodies[view.number], known[view.number], mine):
            best = _choose(candidate, document)
            if best is not None:
                found.append(_person(candidate, best))
    found = _without_overlap(found)
    found = _without_overlap(found + _chained(views, found, known, document))
    return _without_overlap(found + _repeated(views, found, bodies))


def _person(candidate: _Candidate, option: _Option) -> Person:
    return Person(
        view=candidate.view.number,
        start=candidate.start,
        end=option.end,
        text=candidate.view.text[candidate.start : option.end],
        weight=option.weight,
        reasons=option.reasons,
    )


def _without_overlap(persons: Iterable[Person]) -> list[Person]:
    """The heavier of two that overlap."""
    kept: list[Person] = []
    used: dict[int, list[tuple[int, int]]] = {}
    for person in sorted(persons, key=lambda item: (-item.weight, item.start - item.end)):
        spans = used.setdefault(person.view, [])
        if all(person.end <= start or end <= person.start for start, end in spans):
            spans.append((person.start, person.end))
            kept.append(person)
    return sorted(kept, key=lambda item: (item.view, item.start))


def _candidates(view: View, bodies: Sequence[Body], known: Spans, taken: Sequence[Person]) -> Iterator[_Candidate]:
    blocked = [(body.start, body.end) for body in bodies] + [(person.start, person.end) for person in taken]
    for start in sorted(_places(view, known)):
        if any(a <= start < b for a, b in blocked):
            continue
        options = tuple(_options(view, start, known))
        if options:
            yield _Candidate(view, start, options)


def _places(view: View, known: Spans) -> set[int]:
    """Where a name may begin."""
    text = view.text
    found: set[int] = set()
    for word in view.words:
        if word.tag in ("PER", "nr"):
            found.update(
                word.start + match.start() for match in re.finditer(r"[^\s#（()）“”、，]+", text[word.start : word.end])
            )
        if surname_at(text, word.end) and position_before(text, word.end):
            found.add(word.end)
        elif text[word.end : word.end + 1] in (" ", "\u3000") and position_before(text, word.end):
            found.add(word.end + 1)
        if word.tag == "n" and surname_at(text, word.end) and text[word.end - 1] in "员师家手工者匠":
            found.add(word.end)
    for match in _marks().finditer(text):
        for length in (2, 3, 4):
            start = match.start() - length
            if start >= 0 and start in view.starts and surname_at(text, start):
                found.add(start)
    found.update(start for start, _ in known)
    found.update(_dotted_start(view, match) for match in _DOTTED.finditer(text))
    return found


@cache
def _marks() -> re.Pattern[str]:
    """What stands behind names: verbs of speech, forms of address, the sex in brackets."""
    words = sorted(entries("offices", "speech") | entries("offices", "forms"), key=len, reverse=True)
    return re.compile("|".join((*words, _SEX.pattern)))


def _dotted_start(view: View, match: re.Match[str]) -> int:
    """Where a name with a dot begins: behind the last position or word that renders no sounds."""
    sounds = characters("organisations", "sounds")
    dot = next(at for at in range(match.start(), match.end()) if view.text[at] in DOTS)
    for word in view.words:
        if word.tag in ("PER", "nr") and match.start() <= word.start < dot <= word.end:
            return word.start
    start = dot
    while start > match.start() and view.text[start - 1] in sounds and not position_before(view.text, start):
        start -= 1
    return start


def _options(view: View, start: int, known: Spans) -> Iterator[_Option]:
    """The lengths that a name at a place may have, each with its weight."""
    text = view.text
    foreign = _DOTTED.match(text, start)
    if foreign:
        yield _foreign(view, start, foreign.end())
        return
    ends: dict[int, float] = {}
    for length, weight in surname_at(text, start):
        for given in (1, 2):
            ends.setdefault(start + length + given, weight)
        if length == 1 and surname_at(text, start + 1):  # two surnames: 范徐丽泰
            ends.setdefault(start + 4, weight - 2.5)
    word = view.words[view.word_at(start)]
    for end, weight in ends.items():
        name = text[start:end]
        if end <= len(text) and all(_HAN.match(character) for character in name):
            yield _weigh(view, start, end, weight, known)
    if word.start == start and word.tag in ("PER", "nr"):
        option = _as_modelled(view, start, word.end)
        if option is not None:
            yield option


def _foreign(view: View, start: int, limit: int) -> _Option:
    """A dotted name runs as far as its characters render sounds, or as far as the model says."""
    text = view.text
    last_dot = max(at for at in range(start, limit) if text[at] in DOTS)
    word = view.words[view.word_at(last_dot)]
    if word.tag in ("PER", "nr") and last_dot < word.end - 1:
        end = min(word.end, limit)
        if not any(_after(text, at) for at in range(last_dot + 1, end)):
            return _Option(end, 4.0, ("model", "dotted"))
    end = last_dot + 1
    sounds = characters("organisations", "sounds")
    while end < limit and text[end] in sounds and not _after(text, end):
        end += 1
    end = max(end, min(limit, last_dot + 2))
    return _Option(end, 3.2, ("dotted",))


def _after(text: str, at: int) -> bool:
    words = entries("offices", "after")
    return any(text[at : at + n] in words for n in (4, 3, 2))


def _as_modelled(view: View, start: int, end: int) -> _Option | None:
    """What the model calls a person though no surname begins it: names of other peoples, by-names."""
    name = view.text[start:end].rstrip(" \u3000等")
    if len(name) < 2 or not all(_HAN.match(character) for character in name) or len(name) > 9:
        return None
    if position_before(name, len(name)) or position_at(name, 0):
        return None
    weight = 2.7 if view.words[view.word_at(start)].tag == "PER" else 2.0
    if is_foreign(name):
        weight += 0.8
    elif set(name) & characters("surnames", "never"):
        return None
    if len(name) > 3 and not any(_after(view.text, at) for at in range(start + 2, start + len(name))):
        weight += 1.5 if sum(map(is_foreign, name)) > 0.7 * len(name) else 0.5
    if position_before(view.text, start):
        weight += 1.5
    return _Option(start + len(name), weight, ("model",))


def _weigh(view: View, start: int, end: int, surname: float, known: Spans) -> _Option:
    text, name = view.text, view.text[start:end]
    compound = 2 if text[start : start + 2] in entries("surnames", "compound") and end - start > 2 else 1
    weight = surname + given_weight(name[compound:]) + (0.3 if len(name) == 3 else 0.0)
    reasons: list[str] = []
    word = view.words[view.word_at(start)]
    modelled = word.tag in ("PER", "nr") and word.end - word.start > 1
    if modelled and word.start <= start and end <= word.end and (start == word.start or text[start - 1] in " \u3000#"):
        exact = end == word.end or text[end : end + 1] in (" ", "\u3000")
        weight += (3.0 if word.tag == "PER" else 2.6) if exact else 0.6
        reasons.append("model" if exact else "model_start")
    weight += 0.8 if start in view.starts else -1.5
    weight += 1.0 if end in view.ends else -0.7
    if word.start == start and word.end - start == 1 and word.tag in _FUNCTION:
        weight -= 2.5
    before = _before(view, start, reasons)
    weight += before + _behind(view, end, reasons)
    if not modelled and before < 1.0:
        weight -= 0.8 if surname > 0.1 else 1.5
    if (start, end) in known:
        weight += 2.5
        reasons.append("known")
    weight += _as_words(view, start, end, exact="model" in reasons)
    return _Option(end, weight, tuple(reasons))


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
    if _SEX.match(text, end):
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
    if not _HAN.match(text, end):
        return 0.6
    return 0.8 if any(text[end : end + n] in entries("offices", "after") for n in (1, 2, 3, 4)) else 0.0


def _as_words(view: View, start: int, end: int, *, exact: bool) -> float:
    """Against a name: it is a word itself (高兴), or a word would be cut at its end (张宇汇|报)."""
    text, name = view.text, view.text[start:end]
    weight = 0.0
    if not exact:
        common = frequency(name)
        weight -= (4.0 if common > 500 else 2.5) if common > 2 else 0.0
        if end - start > 2:
            weight -= 1.0 if frequency(name[1:]) > 300 else 0.0
            weight -= 2.5 if frequency(name[:2]) > 100 else 0.0
        weight -= _unlike(view, start)
    word = view.words[view.word_at(end - 1)]
    cut = text[end - 1 : end + 1]
    if len(cut) == 2 and _HAN.match(cut[1]) and end - start > 2:
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
    if start and _HAN.match(text[start - 1]) and frequency(text[start - 1 : start + 1]) > 500:
        return 2.0
    if first.start != start or first.end - start != 1 or at + 1 >= len(view.words):
        return 0.0
    return 3.0 if view.words[at + 1].tag in ("LOC", "ns", "ORG", "nt", "PER", "TIME") else 0.0


def _choose(candidate: _Candidate, document: str) -> _Option | None:
    """The best length, the whole document heard: a name recurs before different characters, a slip does not."""
    options = [_heavier(option, _vote(candidate, option, document)) for option in candidate.options]
    best = max(options, key=lambda option: (option.weight, option.end), default=None)
    return best if best is not None and best.weight >= ENOUGH else None


def _heavier(option: _Option, more: float) -> _Option:
    return replace(option, weight=option.weight + more)


def _vote(candidate: _Candidate, option: _Option, document: str) -> float:
    name = candidate.view.text[candidate.start : option.end]
    following: set[str] = set()
    count = 0
    at = document.find(name)
    while at >= 0 and count < 20:
        following.add(document[at + len(name) : at + len(name) + 1])
        count += 1
        at = document.find(name, at + len(name))
    if count < 2:
        return 0.0
    if len(following) == 1 and _HAN.match(next(iter(following)) or " ") and not following & entries("offices", "after"):
        return -0.8  # always before the same character: part of something longer
    return 1.2


def _chained(views: Sequence[View], found: Sequence[Person], known: Sequence[Spans], document: str) -> list[Person]:
    """Names that follow a name in a list: 经理甲、乙、丙三人."""
    more: list[Person] = []
    queue = list(found)
    taken = {(person.view, person.start) for person in found}
    while queue:
        person = queue.pop()
        view = views[person.view]
        link = _LIST.match(view.text, person.end)
        if link is None or (view.number, link.end()) in taken:
            continue
        plain = link.group().strip() == ""
        options = tuple(
            _heavier(option, 1.4 if not plain else 0.3) for option in _options(view, link.end(), known[view.number])
        )
        candidate = _Candidate(view, link.end(), options)
        best = _choose(candidate, document) if options else None
        if best is not None:
            follower = _person(candidate, best)
            more.append(follower)
            queue.append(follower)
            taken.add((view.number, follower.start))
    return more


def _repeated(views: Sequence[View], found: Sequence[Person], bodies: Sequence[Sequence[Body]]) -> list[Person]:
    """The same names elsewhere in the document, where their edges are edges of words."""
    names = {person.text: person for person in found if len(person.text) >= 2}
    more: list[Person] = []
    for view in views:
        for name, person in names.items():
            for match in re.finditer(re.escape(name), view.text):
                if any(body.start <= match.start() < body.end for body in bodies[view.number]):
                    continue
                whole = match.start() in view.starts and match.end() in view.ends
                loose = len(name) > 2 and not frequency(name)
                if (whole and not (frequency(name) > 2 and not _is_person_here(view, match))) or loose:
                    more.append(
                        replace(
                            person, view=view.number, start=match.start(), end=match.end(), text=name,
                            weight=min(2.7, person.weight), reasons=("document",),
                        )
                    )  # fmt: skip
    return more


def _is_person_here(view: View, match: re.Match[str]) -> bool:
    word = view.words[view.word_at(match.start())]
    return word.tag in ("PER", "nr") and word.start == match.start()
