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

from models.values.mention import EntityKind, KnownEntity
from services.lexicon.gazetteer import Gazetteer
from services.lexicon.names import DOTS, surname_at
from services.lexicon.offices import position_at, position_before
from services.lexicon.tables import characters, entries
from services.tagging.bodies import Body, suffix_of
from services.tagging.everyday import is_nowhere
from services.tagging.evidence import CAPTION, DOTTED, HAN, SEX, Option, Spans, Told
from services.tagging.foreign import is_rendered_person, led_by
from services.tagging.knowledge import is_place
from services.tagging.lists import counted, padded
from services.tagging.reading import View
from services.tagging.repeats import stands
from services.tagging.spans import Taken
from services.tagging.weighing import options_at

ENOUGH = 2.6
_NO_NAME = frozenset("，。、；：！？“”（）()《》 \u3000\n")
_MOST_VOTES = 20  # occurrences of a name that are looked at
_LISTED_UNIT = re.compile(r"(?:^|[：:、；;，,。\s])(?P<name>[\u3400-\u9fff]{2,4})[（(](?=[^（）()]{2,24}[）)])")
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
    fixed = _with_padded(views, bodies, list(taken))
    told = [
        Told(spans, counted(view), frozenset(body.end for body in bodies[view.number]))
        for view, spans in zip(views, known, strict=True)
    ]
    votes = _Votes("\n".join(view.text for view in views))
    found = list(fixed)
    for view in views:
        mine = [person for person in fixed if person.view == view.number]
        for candidate in _candidates(view, bodies[view.number], told[view.number], mine):
            best = _choose(candidate, votes)
            if best is not None:
                found.append(_person(candidate, best))
    found = _without_overlap(found)
    found = _without_overlap(found + _chained(views, found, told, votes))
    return _without_overlap(found + _repeated(views, found, bodies))


def _with_padded(views: Sequence[View], bodies: Sequence[Sequence[Body]], taken: list[Person]) -> list[Person]:
    """Signed names, and those of two characters with a space between them."""
    for view in views:
        blocked = Taken(
            [(body.start, body.end) for body in bodies[view.number]]
            + [(person.start, person.end) for person in taken if person.view == view.number]
        )
        for start, end in sorted(padded(view)):
            if blocked.take(start, end):
                text = view.text[start:end]
                name = text[0] + text[-1]
                reasons = ("office",) if position_before(view.text, start) else ("shape",)
                taken.append(
                    Person(view=view.number, start=start, end=end, text=text, weight=5.0, reasons=reasons, name=name)
                )
    return taken


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
    used: dict[int, Taken] = {}
    for person in sorted(persons, key=lambda item: (-item.weight, item.start - item.end)):
        if used.setdefault(person.view, Taken()).take(person.start, person.end):
            kept.append(person)
    return sorted(kept, key=lambda item: (item.view, item.start))


def _candidates(view: View, bodies: Sequence[Body], told: Told, taken: Sequence[Person]) -> Iterator[_Candidate]:
    blocked = Taken([*((body.start, body.end) for body in bodies), *((one.start, one.end) for one in taken)])
    for start in sorted(_places(view, told)):
        if not blocked.is_free(start, start + 1) or _among_places(view, start):
            continue
        options = tuple(options_at(view, start, told))
        if options:
            yield _Candidate(view, start, options)


def _among_places(view: View, start: int) -> bool:
    """In a list behind a place and before no person (东澜、西汀、南屿三地): one more place, unknown to the model."""
    at = view.word_at(start)
    if view.text[start - 1 : start] != "、" or at < 2 or view.words[at].start != start:
        return False
    behind = view.words[at + 2].tag if at + 2 < len(view.words) else ""
    listed = at + 1 < len(view.words) and view.text[view.words[at + 1].start] == "、"
    return listed and view.words[at - 2].tag in ("LOC", "ns") and behind not in ("PER", "nr")


def _places(view: View, told: Told) -> set[int]:
    """Where a name may begin."""
    text = view.text
    found: set[int] = set()
    for word in view.words:
        if word.tag in ("PER", "nr"):
            found.update(
                word.start + match.start() for match in re.finditer(r"[^\s#（()）“”、，]+", text[word.start : word.end])
            )
            found.update(
                word.start + cut for cut in range(2, word.end - word.start - 1) if is_place(text[word.start :][:cut])
            )
            found.add(word.start + led_by(text[word.start : word.end]))
        if word.tag in ("LOC", "ns", "ORG", "nt", "nz") and is_rendered_person(view, word):
            found.add(word.start)
        if word.tag in ("PER", "nr", "ORG", "nt") and word.end - word.start > 2:
            inner = range(word.start + 1, word.end - 1)
            found.update(at for at in inner if surname_at(text, at) and position_before(text, at))
        elif word.tag in ("v", "n", "nz", "vn", "a", "nw") and word.end - word.start > 1:
            straddled = range(word.start + 1, min(word.end, word.start + 3))
            found.update(at for at in straddled if surname_at(text, at) and _straddles(text, at, word.start))
        if word.tag in ("n", "nz", "vn") and word.end - word.start > 2:
            found.update(
                at for at in (word.end - 1, word.end - 2) if surname_at(text, at) and position_before(text, at)
            )
        if text[word.end : word.end + 1] not in _NO_NAME and position_before(text, word.end):
            found.add(word.end)
        elif text[word.end : word.end + 1] in (" ", "\u3000") and position_before(text, word.end):
            found.add(word.end + 1)
        if 2 <= word.end - word.start <= 3 and surname_at(text, word.start) and is_nowhere(view, word.start, word.end):
            found.add(word.start)
        if word.tag == "n" and surname_at(text, word.end) and text[word.end - 1] in "员师家手工者匠":
            found.add(word.end)
    for match in _marks().finditer(text):
        for length in (2, 3, 4):
            start = match.start() - length
            if start >= 0 and start in view.starts and surname_at(text, start):
                found.add(start)
    for match in _LISTED_UNIT.finditer(text):
        found.update(at for at in range(match.start("name"), match.end("name") - 1) if surname_at(text, at))
    for end in told.ends:
        if text[end : end + 1] == "的" and surname_at(text, end + 1):
            found.add(end + 1)
    found.update(word.end for word in view.words if text[word.start : word.end] in entries("offices", "leads"))
    found.update(start for start, _ in told.known)
    found.update(start for start, _ in told.counted)
    found.update(_dotted_start(view, match) for match in DOTTED.finditer(text))
    return found


def _straddles(text: str, at: int, edge: int) -> bool:
    """Whether a position that began before an edge ends at an offset behind it: 部|长|阳春雪."""
    position = position_before(text, at)
    return position is not None and position.bare < edge


@cache
def _marks() -> re.Pattern[str]:
    """What stands behind names: verbs of speech, forms of address, the sex in brackets."""
    words = sorted(entries("offices", "speech") | entries("offices", "forms"), key=len, reverse=True)
    return re.compile("|".join((*words, SEX.pattern, CAPTION.pattern)))


def _dotted_start(view: View, match: re.Match[str]) -> int:
    """Where a name with a dot begins: behind the last position or word that renders no sounds."""
    sounds = characters("organisations", "sounds")
    dot = next(at for at in range(match.start(), match.end()) if view.text[at] in DOTS)
    for word in view.words:
        if word.tag in ("PER", "nr") and match.start() <= word.start < dot <= word.end:
            title = position_at(view.text, word.start)  # 王储|玛哈·哇集拉隆功
            return title.end if title is not None and title.end < dot else word.start
    start = dot
    while start > match.start() and view.text[start - 1] in sounds and not position_before(view.text, start):
        start -= 1
    return start


class _Votes:
    """What the whole document says of a string of characters as a name, asked once for each string."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._told: dict[str, float] = {}

    def of(self, name: str) -> float:
        if name not in self._told:
            self._told[name] = self._count(name)
        return self._told[name]

    def runs_on(self, name: str) -> bool:
        """Never again, and without its last character at least three times, once before no character of a word."""
        if self._document.count(name) != 1:
            return False
        ends = [self._document[match.end() : match.end() + 1] for match in re.finditer(name[:-1], self._document)]
        return len(ends) >= 3 and any(not HAN.match(mark or " ") for mark in ends)

    def _count(self, name: str) -> float:
        following: list[str] = []
        at = self._document.find(name)
        while at >= 0 and len(following) < _MOST_VOTES:
            at += len(name)
            following.append(self._document[at : at + 1])
            at = self._document.find(name, at)
        if len(following) < 2:
            return 0.0
        if any(character in ("市", "县", "区", "省") for character in following):
            return -4.0  # 江湾 where the document knows 江湾市
        same = len(set(following)) == 1 and HAN.match(following[0] or " ")
        if same and following[0] not in entries("offices", "after"):
            return -0.8  # always before the same character: part of something longer
        return 1.2


def _choose(candidate: _Candidate, votes: _Votes) -> Option | None:
    """The best length, the whole document heard: a name recurs before different characters, a slip does not."""
    text, start = candidate.view.text, candidate.start
    options = [_heavier(option, votes.of(text[start : option.end])) for option in candidate.options]
    options = [
        _heavier(option, -4.0)  # 叶飞|梅开二度, where 叶飞 is named three times and 叶飞梅 never again
        if option.end - start == 3 and votes.runs_on(text[start : option.end])
        else option
        for option in options
    ]
    best = max(options, key=lambda option: (option.weight, option.end), default=None)
    return best if best is not None and best.weight >= ENOUGH else None


def _heavier(option: Option, more: float) -> Option:
    return replace(option, weight=option.weight + more)


def _chained(views: Sequence[View], found: Sequence[Person], told: Sequence[Told], votes: _Votes) -> list[Person]:
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
        listed = 0.3 if plain else 2.2 if "office" in person.reasons else 1.4
        options = tuple(
            _heavier(option, listed + _in_row(view, link, option, person))
            for option in options_at(view, link.end(), told[view.number])
        )
        candidate = _Candidate(view, link.end(), options)
        best = _choose(candidate, votes) if options else None
        if best is not None:
            follower = _person(candidate, best)
            more.append(follower)
            queue.append(follower)
            taken.add((view.number, follower.start))
    return more


def _in_row(view: View, link: re.Match[str], option: Option, person: Person) -> float:
    """副主席高兴、方便、佘敏: behind a titled name, an everyday word between two marks that is no office is a name."""
    text, start, end = view.text, link.end(), option.end
    titled = "office" in person.reasons and link.group() == "、"
    if not titled or text[end : end + 1] not in ("、", "，", "。", "等") or text[end - 1] in "间组室部处科员班队家":
        return 0.0
    if position_at(text, start) is not None or suffix_of(text[start:end]) or "model" in option.reasons:
        return 0.0
    return 2.0


def _only_modelled(view: View, body: Body) -> bool:
    """A short word that only the model takes for an organisation (平安): a name of the document comes before it."""
    return body.reason == "model" and body.end - body.start < 4 and not suffix_of(view.text[body.start : body.end])


def _repeated(views: Sequence[View], found: Sequence[Person], bodies: Sequence[Sequence[Body]]) -> list[Person]:
    """The same names elsewhere in the document, where their edges are edges of words."""
    names = {person.name or person.text: replace(person, name="") for person in found if len(person.text) >= 2}
    for person in found:  # 皮埃尔·杜邦 is 杜邦 from here on
        family = re.split(f"[{DOTS}]", person.text)[-1]
        if 2 <= len(family) < len(person.text):
            names.setdefault(family, person)
    index = Gazetteer(KnownEntity(id=None, kind=EntityKind.PERSON, name=name) for name in names)
    more: list[Person] = []
    for view in views:
        blocked = Taken((body.start, body.end) for body in bodies[view.number] if not _only_modelled(view, body))
        for start, end in index.spans(view.text):
            name = view.text[start:end]
            if blocked.is_free(start, end) and stands(view, start, end):
                here = replace(names[name], view=view.number, start=start, end=end, text=name)
                more.append(replace(here, weight=min(2.7, here.weight), reasons=("document",)))
    return more
