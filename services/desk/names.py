"""名录: who and what stands in an issue, article by article, and where the articles disagree about it.

Reads through the desk's own doors; the one write is a person's word that a record is right.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from models.values.ids import ArticleId, EntityId, IssueId
from models.values.mention import EntityKind, Mention, Office
from services.config.errors import UserError
from services.desk.permissions import Action

if TYPE_CHECKING:
    from services.desk.desk import Desk

AROUND = 22  # characters shown on each side of a mention
SENTENCE_ENDS = "。！？!?\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePlace:
    """One mention with the words round it; `at` is its place in `words`."""

    article: ArticleId
    start: int
    end: int
    text: str
    words: str
    at: int
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameArticle:
    """A column of the matrix."""

    id: ArticleId
    headline: str
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What comparing the mentions found: `kind` is office, spelling, near or "" (they agree); `articles` disagree."""

    kind: str = ""
    detail: str = ""
    articles: frozenset[ArticleId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameInIssue:
    """A row of the matrix."""

    kind: EntityKind
    name: str
    entity: EntityId | None
    confirmed: bool
    offices: tuple[Office, ...]
    aliases: tuple[str, ...]
    places: tuple[NamePlace, ...]
    verdict: Verdict = Verdict()
    hint: str = ""  # tells two of one name apart

    @property
    def forms(self) -> dict[str, int]:
        """Ways in which the name is written, and how often."""
        found: dict[str, int] = {}
        for place in self.places:
            found[place.text] = found.get(place.text, 0) + 1
        return found

    def in_article(self, article: ArticleId) -> tuple[NamePlace, ...]:
        return tuple(place for place in self.places if place.article == article)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesOfIssue:
    articles: tuple[NameArticle, ...]
    rows: tuple[NameInIssue, ...]

    @property
    def conflicts(self) -> int:
        return sum(bool(row.verdict.kind) for row in self.rows)

    def together(self, row: NameInIssue) -> tuple[tuple[NameInIssue, int], ...]:
        """Names in the same articles, those that stand there most often first."""
        own = {place.article for place in row.places}
        counted = ((one, sum(place.article in own for place in one.places)) for one in self.rows if one is not row)
        return tuple(sorted((pair for pair in counted if pair[1]), key=lambda pair: -pair[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSpan:
    """An office on file; None where nobody said since or until when."""

    office: Office
    since: datetime.date | None
    until: datetime.date | None


def names_of_issue(desk: "Desk", issue: IssueId | None) -> NamesOfIssue:
    """Every person, organisation and place of the issue's articles; those that disagree first in their kind."""
    cards = desk.articles.list(issue)
    records = {card.id: card for card in desk.tagging.entities(issue)}
    roots = desk.records.roots(issue)
    found: dict[_Row, list[tuple[Mention, NamePlace]]] = {}
    for card in cards:
        sheet = desk.articles.open(card.id)
        flat = sheet.text.flat().text
        for mention in sheet.mentions:
            entity = roots.get(mention.entity, mention.entity) if mention.entity is not None else None
            record = records.get(entity) if entity is not None else None
            name = mention.text if mention.was else record.name if record is not None else mention.name or mention.text
            key = (mention.kind, name, None if mention.was else entity)
            found.setdefault(key, []).append((mention, _place(card.id, flat, mention)))
    rows = []
    for (kind, name, entity), held in _gathered(found).items():
        record = records.get(entity) if entity is not None else None
        said = dict.fromkeys(office for mention, _ in held for office in mention.offices)
        offices = (record.offices if record is not None else ()) or tuple(said)
        shared = sum(other[:2] == (kind, name) for other in found) > 1
        rows.append(
            NameInIssue(
                kind=kind,
                name=name,
                entity=entity,
                confirmed=record is not None and record.confirmed,
                offices=offices,
                aliases=record.aliases if record is not None else (),
                places=tuple(place for _, place in held),
                hint=f"{offices[0].organisation}{offices[0].position}" if shared and offices else "",
            )
        )
    judged = judge(rows)
    kinds = list(EntityKind)
    ordered = sorted(judged, key=lambda row: (kinds.index(row.kind), not row.verdict.kind, -len(row.places)))
    articles = tuple(NameArticle(id=card.id, headline=card.headline, page=card.page_number) for card in cards)
    return NamesOfIssue(articles=articles, rows=tuple(ordered))


_Row = tuple[EntityKind, str, EntityId | None]


def _gathered(
    found: dict[_Row, list[tuple[Mention, NamePlace]]],
) -> dict[_Row, list[tuple[Mention, NamePlace]]]:
    """Mentions that nobody linked go with the one record of their name; where there are two they stay apart."""
    linked: dict[tuple[EntityKind, str], list[EntityId]] = {}
    for kind, name, entity in found:
        if entity is not None:
            linked.setdefault((kind, name), []).append(entity)
    made: dict[_Row, list[tuple[Mention, NamePlace]]] = {}
    for (kind, name, entity), held in found.items():
        known = linked.get((kind, name), [])
        meant = known[0] if entity is None and len(known) == 1 else entity
        made.setdefault((kind, name, meant), []).extend(held)
    for held in made.values():
        held.sort(key=lambda pair: (pair[1].article, pair[1].start))
    return made


def _place(article: ArticleId, flat: str, mention: Mention) -> NamePlace:
    """The mention in its sentence, cut where the sentence is long."""
    left = max((flat.rfind(mark, 0, mention.start) for mark in SENTENCE_ENDS), default=-1) + 1
    ends = [at for mark in SENTENCE_ENDS if (at := flat.find(mark, mention.end)) >= 0]
    right = min(ends, default=len(flat) - 1) + 1
    left, right = max(left, mention.start - AROUND), min(right, mention.end + AROUND)
    words = flat[left:right].rstrip("\n")
    return NamePlace(
        article=article,
        start=mention.start,
        end=mention.end,
        text=mention.text,
        words=words,
        at=mention.start - left,
        offices=mention.offices,
    )


def judge(rows: Sequence[NameInIssue]) -> tuple[NameInIssue, ...]:
    """The rows with their verdicts: offices that exclude each other, several short forms, names one character apart."""
    near = _near(rows)
    return tuple(_with(row, _offices(row) or _spelling(row) or near.get(row.name)) for row in rows)


def _with(row: NameInIssue, verdict: Verdict | None) -> NameInIssue:
    return row if verdict is None else replace(row, verdict=verdict)


def _offices(row: NameInIssue) -> Verdict | None:
    """Two articles give a person different positions at one organisation, and neither has all of the other's."""
    if row.kind is not EntityKind.PERSON:
        return None
    said: dict[tuple[ArticleId, str], set[str]] = {}
    for place in row.places:
        for office in place.offices:
            if office.position and office.organisation:  # 老师傅 and 焊工 of nowhere do not exclude each other
                said.setdefault((place.article, office.organisation), set()).add(office.position)
    for (one, first), (other, second) in combinations(said.items(), 2):
        if one[0] != other[0] and one[1] == other[1] and not (first <= second or second <= first):
            return Verdict(
                kind="office", detail="／".join(sorted(first ^ second)), articles=frozenset({one[0], other[0]})
            )
    return None


def _spelling(row: NameInIssue) -> Verdict | None:
    """An organisation with two short forms or more that nobody has put on file."""
    if row.kind is not EntityKind.ORGANISATION:
        return None
    known = {row.name, *(row.aliases if row.confirmed else ())}
    short = [form for form in row.forms if form not in known]
    if len(short) < 2:
        return None
    where = frozenset(place.article for place in row.places if place.text in short)
    return Verdict(kind="spelling", detail="、".join(short), articles=where)


def _near(rows: Iterable[NameInIssue]) -> dict[str, Verdict]:
    """People of one family name and one length whose names differ in one character, with an office in common."""
    people = [row for row in rows if row.kind is EntityKind.PERSON and len(row.name) >= 2]
    found: dict[str, Verdict] = {}
    for one, other in combinations(people, 2):
        if len(one.name) != len(other.name) or one.name[0] != other.name[0] or len(one.name) < 3:
            continue
        apart = sum(a != b for a, b in zip(one.name, other.name, strict=True))
        mine = {(o.organisation, o.position) for o in one.offices}
        shared = bool(mine & {(o.organisation, o.position) for o in other.offices})
        if apart == 1 and (shared or _slip(one, other)):
            for row, twin in ((one, other), (other, one)):
                where = frozenset(place.article for place in row.places)
                found[row.name] = Verdict(kind="near", detail=twin.name, articles=where)
    return found


def _slip(one: NameInIssue, other: NameInIssue) -> bool:
    """A name that is on file and one that nobody knows, a look-alike character apart."""
    from services.proofing.rules.names import taken_for

    pairs = [(a, b) for a, b in zip(one.name, other.name, strict=True) if a != b]
    return one.confirmed != other.confirmed and all(b in taken_for(a) for a, b in pairs)


def offices_of(desk: "Desk", entity: EntityId) -> tuple[OfficeSpan, ...]:
    """The offices on file, with the time for which they hold."""
    return tuple(
        OfficeSpan(office=term.office, since=term.since, until=term.until) for term in desk.records.get(entity).offices
    )


def confirm(desk: "Desk", entity: EntityId) -> None:
    """A person says that the record is right: from now on it is the measure of the name. Raises UserError."""
    from models.tables.base import now
    from models.tables.entity import EntityRow
    from services.store.news import tell

    desk.permit(Action.NAMES)
    with desk.store.work() as work:
        row = work.session.get(EntityRow, entity)
        if row is None:
            raise UserError("window.names.gone", id=entity)
        if not row.confirmed:
            row.confirmed, row.changed = True, now()
            tell(work.session, "names", 0)
        work.commit()
