"""One document's mentions, put together from what the single modules find. In: views. Out: mentions.

Spans of the single modules are offsets of a view; here they become offsets of the flat text. Where two kinds claim the
same characters the order is: signed names, persons, organisations, places.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from models.values.article_text import Byline, Part
from models.values.mention import EntityKind, KnownEntity, Mention, Office
from services.lexicon.gazetteer import Gazetteer, gazetteer
from services.lexicon.names import DOTS
from services.lexicon.tables import entries
from services.tagging.bodies import Body, find_bodies, level_forms, level_prefix, seats, suffix_of
from services.tagging.bylines import Signed, signed
from services.tagging.definitions import Definition, definitions, full_form
from services.tagging.evidence import Spans
from services.tagging.foreign import is_rendered_person
from services.tagging.knowledge import common_bodies, governed, is_place, pieces, travelled
from services.tagging.persons import ENOUGH, Person, find_persons
from services.tagging.reading import View
from services.tagging.resolve import resolve
from services.tagging.spans import Taken
from services.tagging.tails import add_tails
from services.tagging.titles import Title, title_after, title_before

_LINK = re.compile(r"(?:[（(][男女][^（）()]{0,12}[）)])?[ \u3000]*(?:、|和|与|及|以及|[ \u3000])[ \u3000]*$")
_COUNT = re.compile(r"(?:等)?[一二两三四五六七八九十\d]+(?:人|位|名)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A mention in the making: a span of a view."""

    view: int
    start: int
    end: int
    kind: EntityKind
    name: str
    weight: float
    reasons: tuple[str, ...]
    offices: tuple[Office, ...] = ()


@dataclass(slots=True)
class _Desk:
    """What is known of one document while it is tagged."""

    views: Sequence[View]
    index: Gazetteer
    defined: tuple[Definition, ...]
    home_city: str
    bodies: list[list[Body]] = field(default_factory=list)
    places: list[Spans] = field(default_factory=list)
    named: dict[tuple[int, int, int], str] = field(default_factory=dict)  # view, start, end of a place → its full name
    ends: list[dict[int, Body]] = field(default_factory=list)  # bodies of each view by their end
    place_ends: list[dict[int, int]] = field(default_factory=list)  # places of each view, end → start


def tag_document(
    views: Sequence[View],
    *,
    known: tuple[KnownEntity, ...],
    bylines: Sequence[Byline],
    home_city: str,
    staff: Sequence[str],
) -> tuple[Mention, ...]:
    desk = _Desk(views, gazetteer(known), definitions(views), home_city)
    desk.bodies = [_bodies(desk, view) for view in views]
    desk.defined += add_tails(views, desk.bodies, desk.defined)
    desk.places = [_places(desk, view) for view in views]
    desk.ends = [{body.end: body for body in bodies} for bodies in desk.bodies]
    desk.place_ends = [{end: start for start, end in places} for places in desk.places]
    signatures = [_signed(view, bylines, staff) for view in views]
    taken = [
        Person(view=view.number, start=one.start, end=one.end, text=view.text[one.start : one.end], weight=9.0,
               reasons=("byline",), name=one.name)
        for view, ones in zip(views, signatures, strict=True) for one in ones
    ]  # fmt: skip
    own = Gazetteer(KnownEntity(id=None, kind=EntityKind.PERSON, name=name) for name in staff)
    spans = [_known_spans(view, EntityKind.PERSON, desk.index, own) for view in views]
    persons = find_persons(views, desk.bodies, known=spans, taken=taken)
    roles = {(view.number, one.start): one for view, ones in zip(views, signatures, strict=True) for one in ones}
    found = list(_with_offices(desk, persons, roles))
    found.extend(_organisations(desk))
    found.extend(
        _Found(view=view.number, start=start, end=end, kind=EntityKind.PLACE,
               name=desk.named.get((view.number, start, end), view.text[start:end]), weight=4.0, reasons=("model",))
        for view in views for start, end in desk.places[view.number]
    )  # fmt: skip
    return tuple(_mentions(desk, _settled(found)))


def _known_spans(view: View, kind: EntityKind, *indexes: Gazetteer) -> Spans:
    return frozenset(
        (start, end)
        for index in indexes
        for start, end in index.spans(view.text)
        if index.find(view.text[start:end], kind)
    )


def _signed(view: View, bylines: Sequence[Byline], staff: Sequence[str]) -> list[Signed]:
    found = signed(view, [*bylines, *(Byline(role="", name=name) for name in staff)])
    if view.passage.part in (Part.DATELINE, Part.SIGNATURE):
        names = {one.name for one in found}
        for byline in bylines:
            at = view.text.find(byline.name) if byline.name and byline.name not in names else -1
            if at >= 0 and not suffix_of(byline.name):
                office = Office(position=byline.role) if byline.role else None
                found.append(Signed(start=at, end=at + len(byline.name), name=byline.name, office=office))
    return found


_NAMES = frozenset({"PER", "nr", "ORG", "nt", "LOC", "ns", "nz", "s"})  # what the model calls names, rightly or not


def _bodies(desk: _Desk, view: View) -> list[Body]:
    """Organisations of a view: definitions and known names first, then what the endings and the model say."""
    found = [Body(item.start, item.end, 1.0, "defined") for item in desk.defined if item.view == view.number]
    for short in {item.short for item in desk.defined}:
        found.extend(
            Body(match.start(), match.end(), 0.95, "short_form") for match in re.finditer(re.escape(short), view.text)
        )
    found.extend(
        Body(start, end, 0.9, "known")
        for start, end in _known_spans(view, EntityKind.ORGANISATION, desk.index)
        if end - start > 2 or (start in view.starts and end in view.ends)
    )
    found.extend(find_bodies(view))
    found.extend(common_bodies(view))
    persons = {(word.start, word.end) for word in view.words if word.tag in _NAMES and is_rendered_person(view, word)}
    found = [
        body
        for body in found
        if (body.start, body.end) not in persons
        and not governed(view.text[body.start : body.end])
        and not any(dot + view.text[body.start : body.end] in other.text for other in desk.views for dot in DOTS)
    ]
    kept: list[Body] = []
    surest: dict[tuple[int, int], Body] = {}
    for body in found:
        surest[body.start, body.end] = max(surest.get((body.start, body.end), body), body, key=lambda item: item.weight)
    taken = Taken()
    for body in sorted(found, key=lambda item: (-(item.end - item.start), -item.weight)):
        if taken.take(body.start, body.end):
            kept.append(surest[body.start, body.end])
    return sorted(kept)


def _places(desk: _Desk, view: View) -> Spans:
    found: set[tuple[int, int]] = set()
    for start, end, name in _told_places(view):
        found.add((start, end))
        if name != view.text[start:end]:
            desk.named[view.number, start, end] = name
    found |= _known_spans(view, EntityKind.PLACE, desk.index)
    bodies = Taken((body.start, body.end) for body in desk.bodies[view.number])
    return frozenset(span for span in found if bodies.is_free(*span))


def _told_places(view: View) -> Iterator[tuple[int, int, str]]:
    """Places of the word model, and those of common knowledge that it calls something else."""
    for word in view.words:
        start, end = _stripped(view.text, word.start, word.end)
        surface = view.text[start:end]
        if word.tag in ("LOC", "ns"):
            if start < end:
                yield from pieces(view.text, start, end)
        elif word.tag in ("PER", "nr") and len(surface) > 2 and surface[-1] in "市县区省":
            yield start, end, surface  # 江湾市
        elif country := governed(surface):
            yield start, start + len(country), country
        elif len(surface) > 1 and word.tag in _NAMES and is_place(surface):
            yield start, end, surface
    yield from travelled(view)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    marks = " \u3000#\t“”‘’\"'（）()《》，。、：；·-"
    while start < end and text[start] in marks:
        start += 1
    while start < end and text[end - 1] in marks:
        end -= 1
    if text[start:end].startswith("新") and text[start + 1 : end] in entries("organisations", "places"):
        start += 1  # 新房山建设
    return start, end


def _with_offices(desk: _Desk, persons: Sequence[Person], roles: dict[tuple[int, int], Signed]) -> Iterator[_Found]:
    """Persons with their offices; a list of names shares the title before it."""
    before: Person | None = None
    title = Title(start=0)
    for number, person in enumerate(persons):
        view = desk.views[person.view]
        signature = roles.get((person.view, person.start))
        if signature is not None:
            title = Title(start=person.start, offices=_signed_office(desk, view, person, signature))
        else:
            own = title_before(view, person.start, desk.ends[view.number], desk.place_ends[view.number])
            own = _meant(desk, view, own)
            if own.offices:
                title = _inherited(view, before, title, own)
            elif not (before and _shares(view, before, title, persons, number)):
                title = Title(start=person.start)
            _mark(desk, view, title.bodies)
            _absorb(desk, view, own)
        offices = title.offices
        if signature is None:
            after = title_after(view, person.end, desk.ends[view.number], desk.place_ends[view.number])
            offices += tuple(office for office in after.offices if office not in offices)
            _mark(desk, view, after.bodies)
        yield _Found(
            view=person.view, start=person.start, end=person.end, kind=EntityKind.PERSON,
            name=person.name or person.text, weight=person.weight, reasons=person.reasons, offices=offices,
        )  # fmt: skip
        before = person


_SAID = re.compile(r"[该本我贵](?P<kind>院|校|厂|公司|局|中心|集团|矿|所|社|站|行|馆|协会|学会)$")
_KINDS = {
    "院": ("医院", "学院", "法院", "检察院", "研究院", "院"),
    "校": ("大学", "学院", "学校", "中学", "小学", "一中", "二中", "幼儿园"),
    "公司": ("公司", "集团"),
}


def _meant(desk: _Desk, view: View, title: Title) -> Title:
    """该院副院长: the organisation is the last one before that is of this kind."""
    said = _SAID.search(view.text, max(0, title.start - 4), title.start)
    if said is None or not title.offices or any(office.organisation for office in title.offices):
        return title
    kinds = _KINDS.get(said["kind"], (said["kind"],))
    for earlier in reversed(desk.views[: view.number + 1]):
        for body in reversed(desk.bodies[earlier.number]):
            text = earlier.text[body.start : body.end]
            name = full_form(desk.defined, text, earlier.number, body.start) or text
            if name.endswith(kinds) and (earlier.number < view.number or body.end <= said.start()):
                return replace(title, offices=tuple(replace(office, organisation=name) for office in title.offices))
    return title


def _signed_office(desk: _Desk, view: View, person: Person, signature: Signed) -> tuple[Office, ...]:
    """The role as signed; a reporter of another house (江州日报记者 甲) has its name."""
    office = signature.office
    if office is None or office.organisation:
        return () if office is None else (office,)
    told = title_before(view, person.start, desk.ends[view.number], desk.place_ends[view.number])
    other = [one for one in told.offices if one.position == office.position and one.organisation]
    return tuple(other[-1:]) or (office,)


def _inherited(view: View, before: Person | None, title: Title, own: Title) -> Title:
    """部长甲、副部长乙: a title without organisation right behind a person in a list has that person's organisation."""
    if before is None or before.view != view.number or any(office.organisation for office in own.offices):
        return own
    organisation = next((office.organisation for office in title.offices if office.organisation), "")
    link = view.text[before.end : own.start]
    if not organisation or own.outside or not re.fullmatch(r"[（(]?[男女]?[）)]?(?:、|，|和|与|及|以及)", link):
        return own
    return replace(own, offices=tuple(replace(office, organisation=organisation) for office in own.offices))


def _absorb(desk: _Desk, view: View, title: Title) -> None:
    """A place that is the level of an honour (云岭省先进工作者) belongs to the position."""
    if not title.outside:
        return
    positions = {office.position for office in title.offices}
    desk.places[view.number] = frozenset(
        (start, end)
        for start, end in desk.places[view.number]
        if not any(title.start <= start and view.text.startswith(position, start) for position in positions)
    )


def _mark(desk: _Desk, view: View, bodies: Sequence[Body]) -> None:
    """Organisations that only a title gave away."""
    mine = desk.bodies[view.number]
    for body in bodies:
        if desk.ends[view.number].get(body.end) == body:
            continue
        rivals = [other for other in mine if body.start < other.end and other.start < body.end]
        if all(body.start <= other.start and other.end <= body.end for other in rivals):
            mine[:] = [other for other in mine if other not in rivals]
            mine.append(body)
            desk.ends[view.number][body.end] = body


def _shares(view: View, before: Person, title: Title, persons: Sequence[Person], number: int) -> bool:
    """Whether a name follows another in a list under one title: 副主席甲、乙, or 经理甲、乙、丙三人 for a chief."""
    last = persons[number]
    if before.view != last.view or not title.offices or not _LINK.match(view.text[before.end : last.start]):
        return False
    if title.shared:
        return True
    for at in range(number + 1, len(persons)):
        follower = persons[at]
        if follower.view != view.number or not _LINK.match(view.text[last.end : follower.start]):
            break
        last = follower
    return bool(_COUNT.match(view.text, last.end))


def _organisations(desk: _Desk) -> Iterator[_Found]:
    for view in desk.views:
        for body in desk.bodies[view.number]:
            text = view.text[body.start : body.end]
            yield _Found(
                view=view.number, start=body.start, end=body.end, kind=EntityKind.ORGANISATION, name=text,
                weight=2.0 + 3.0 * body.weight, reasons=(body.reason,),
            )  # fmt: skip


_ORDER = {EntityKind.PERSON: 0, EntityKind.ORGANISATION: 1, EntityKind.PLACE: 2}


def _settled(found: Sequence[_Found]) -> list[_Found]:
    """Without overlap: signed and well attested persons, then organisations, then places."""
    kept: list[_Found] = []
    taken: dict[int, Taken] = {}
    for one in sorted(found, key=lambda item: (_ORDER[item.kind], -item.weight, item.start)):
        if taken.setdefault(one.view, Taken()).take(one.start, one.end):
            kept.append(one)
    return sorted(kept, key=lambda item: (item.view, item.start))


def _mentions(desk: _Desk, found: Sequence[_Found]) -> Iterator[Mention]:
    levels: dict[str, str] = {}
    offices: dict[str, tuple[Office, ...]] = {}
    for one in found:
        if one.kind is EntityKind.PERSON:
            offices[one.name] = (*offices.get(one.name, ()), *one.offices)
    for one in found:
        view = desk.views[one.view]
        place = view.passage.to_flat(one.start, one.end)
        if place is None:
            continue
        mention = Mention(
            start=place[0],
            end=place[1],
            text=view.text[one.start : one.end],
            kind=one.kind,
            name=one.name,
            offices=one.offices,
            certainty=round(1 / (1 + math.exp(ENOUGH - 1.0 - one.weight)), 3),
            reasons=one.reasons,
        )
        if one.kind is EntityKind.ORGANISATION:
            mention = replace(mention, name=_full_name(desk, one, levels))
            levels.update(level_forms(mention.name))
            levels.update(seats(mention.name))
        yield _linked(desk, mention, one.offices or offices.get(one.name, ()))


def _full_name(desk: _Desk, one: _Found, levels: dict[str, str]) -> str:
    """The full form of a short one: defined by the text, the last one that ended so, or with the town of the paper."""
    full = full_form(desk.defined, one.name, one.view, one.start)
    if full is not None:
        return full
    for item in desk.defined:
        if one.name.startswith(item.short) and not item.full.startswith(one.name):
            return item.full + one.name[len(item.short) :]  # 江城二院|康复医学科
    level = level_prefix(one.name)
    if not level:
        return one.name
    for short, name in levels.items():
        if one.name == short or (one.name.startswith(short) and len(one.name) > len(short)):
            return name + one.name[len(short) :]
    if level == "市" and desk.home_city:
        city = desk.home_city.removesuffix("市")
        return f"{city}{one.name}"
    return (levels.get(f"{level}…") or _only_seat(desk, level)) + one.name[len(level) :]


def _only_seat(desk: _Desk, level: str) -> str:
    """The one town or county that the text speaks of, for 县委 and its like; else the level itself."""
    named = {
        view.text[start:end]
        for view in desk.views for start, end in desk.places[view.number]
        if view.text[end - 1] == level and end - start > 2
    }  # fmt: skip
    return named.pop() if len(named) == 1 else level


def _linked(desk: _Desk, mention: Mention, offices: Sequence[Office]) -> Mention:
    records = desk.index.find(mention.text, mention.kind) or desk.index.find(mention.name, mention.kind)
    link = resolve(records, offices)
    if link.entity is None:
        return replace(mention, reasons=(*mention.reasons, *link.reasons))
    return replace(
        mention,
        name=link.entity.name,
        entity=link.entity.id,
        certainty=max(mention.certainty, 0.95),
        reasons=(*mention.reasons, *link.reasons),
    )
