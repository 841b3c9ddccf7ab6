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

from services.lexicon.names import DOTS, surname_at
from services.lexicon.offices import position_before
from services.lexicon.segment import frequency
from services.lexicon.tables import characters, entries
from services.tagging.bodies import Body
from services.tagging.reading import View
from services.tagging.weighing import DOTTED, HAN, SEX, Option, Spans, Told, counted, goes_on_after, options_at

ENOUGH = 2.6
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
class _Candidate:
    view: View
    start: int
    options: tuple[Option, ...]


def find_persons(
    views: Sequence[View],
    bodies: Sequence[Sequence[Body]],
    *,
    known: Sequence[Spans],
    taken: Iterable[Person] = (),
) -> list[Person]:
    """Persons of the document in order. `known`: spans of known names in each view; `taken`: signed persons."""
    fixed = list(taken)
    told = [Told(spans, counted(view)) for view, spans in zip(views, known, strict=True)]
    document = "\n".join(view.text for view in views)
    found = list(fixed)
    for view in views:
        mine = [person for person in fixed if person.view == view.number]
        for candidate in _candidates(view, bodies[view.number], told[view.number], mine):
            best = _choose(candidate, document)
            if best is not None:
                found.append(_person(candidate, best))
    found = _without_overlap(found)
    found = _without_overlap(found + _chained(views, found, told, document))
    return _without_overlap(found + _repeated(views, found, bodies))


def _person(candidate: _Candidate, option: Option) -> Person:
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


def _candidates(view: View, bodies: Sequence[Body], told: Told, taken: Sequence[Person]) -> Iterator[_Candidate]:
    blocked = [(body.start, body.end) for body in bodies] + [(person.start, person.end) for person in taken]
    for start in sorted(_places(view, told)):
        if any(a <= start < b for a, b in blocked):
            continue
        options = tuple(options_at(view, start, told))
        if options:
            yield _Candidate(view, start, options)


def _places(view: View, told: Told) -> set[int]:
    """Where a name may begin."""
    text = view.text
    found: set[int] = set()
    for word in view.words:
        if word.tag in ("PER", "nr"):
            found.update(
                word.start + match.start() for match in re.finditer(r"[^\s#（()）“”、，]+", text[word.start : word.end])
            )
        if word.tag in ("PER", "nr", "ORG", "nt") and word.end - word.start > 3:
            inner = range(word.start + 1, word.end - 1)
            found.update(at for at in inner if surname_at(text, at) and position_before(text, at))
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
    found.update(start for start, _ in told.known)
    found.update(start for start, _ in told.counted)
    found.update(_dotted_start(view, match) for match in DOTTED.finditer(text))
    return found


@cache
def _marks() -> re.Pattern[str]:
    """What stands behind names: verbs of speech, forms of address, the sex in brackets."""
    words = sorted(entries("offices", "speech") | entries("offices", "forms"), key=len, reverse=True)
    return re.compile("|".join((*words, SEX.pattern)))


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


def _choose(candidate: _Candidate, document: str) -> Option | None:
    """The best length, the whole document heard: a name recurs before different characters, a slip does not."""
    options = [_heavier(option, _vote(candidate, option, document)) for option in candidate.options]
    best = max(options, key=lambda option: (option.weight, option.end), default=None)
    return best if best is not None and best.weight >= ENOUGH else None


def _heavier(option: Option, more: float) -> Option:
    return replace(option, weight=option.weight + more)


def _vote(candidate: _Candidate, option: Option, document: str) -> float:
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
    if len(following) == 1 and HAN.match(next(iter(following)) or " ") and not following & entries("offices", "after"):
        return -0.8  # always before the same character: part of something longer
    return 1.2


def _chained(views: Sequence[View], found: Sequence[Person], told: Sequence[Told], document: str) -> list[Person]:
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
            _heavier(option, 1.4 if not plain else 0.3) for option in options_at(view, link.end(), told[view.number])
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
                if _stands(view, match, name):
                    here = replace(person, view=view.number, start=match.start(), end=match.end(), text=name)
                    more.append(replace(here, weight=min(2.7, person.weight), reasons=("document",)))
    return more


def _stands(view: View, match: re.Match[str], name: str) -> bool:
    """Whether a name known from elsewhere in the document is meant here; a word needs its neighbours."""
    word = frequency(name) > 2
    if match.start() not in view.starts or match.end() not in view.ends:
        return len(name) > 2 and not word
    return not word or _is_person_here(view, match) or _acts_here(view, match)


def _acts_here(view: View, match: re.Match[str]) -> bool:
    """At the head of a clause and before a word that follows names: ，方便表示，."""
    before = view.text[match.start() - 1 : match.start()]
    if HAN.match(before or "，"):
        return False
    return goes_on_after(view.text, match.end())


def _is_person_here(view: View, match: re.Match[str]) -> bool:
    word = view.words[view.word_at(match.start())]
    return word.tag in ("PER", "nr") and word.start == match.start()
