"""The authority file: people and organisations that tagging met are put on file, with short names and offices."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.tables.base import now
from models.tables.change_log import ChangeRow
from models.tables.entity import AliasRow, EntityRow, OfficeRow
from models.tables.mention import MentionRow
from models.values.cards import EntityCard
from models.values.entity import EntityRecord
from models.values.ids import ArticleId, EntityId, IssueId
from models.values.mention import EntityKind, FormerName, Mention, Office, OfficeTerm
from services.store.rows import kind_of

SURE = 0.5  # certainty from which a mention makes a record of its own


def enter(session: Session, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions with their entities: found by name or short name, else put on file. Places are not kept on file.

    Where two records bear the name and nothing tells them apart, a mention stays without one: the editor chooses.
    """
    return tuple(
        replace(mention, entity=_entity(session, mention)) if enters(mention) else mention for mention in mentions
    )


def enters(mention: Mention) -> bool:
    """Whether a mention is put on file."""
    known = mention.entity is not None or mention.certainty >= SURE
    return known and mention.kind is not EntityKind.PLACE and not mention.was


def enter_by_hand(
    session: Session,
    mentions: Sequence[Mention],
    before: Sequence[Mention],
    *,
    recall: bool = True,
    moment: datetime.datetime | None = None,
) -> tuple[Mention, ...]:
    """What an editor marked is on file and confirmed at once; `before` is what the article held.

    A record made here bears the `moment` of the change, by which `doubt_made` knows it again. A mention that comes
    without its record keeps the one that it had, unless (`recall` off) a choice is undone.
    """
    held: dict[tuple[str, EntityKind, str], set[EntityId]] = {}
    for m in before:
        if m.by_hand and m.entity is not None:
            held.setdefault((m.text, m.kind, m.name), set()).add(m.entity)
    made = []
    for m in mentions:
        known = held.get((m.text, m.kind, m.name), set())
        if not m.by_hand or m.entity in known:
            made.append(m)
        elif recall and m.entity is None and len(known) == 1:
            made.append(replace(m, entity=next(iter(known))))
        else:
            made.append(replace(m, entity=_entity(session, m, moment)) if enters(m) else m)
    return tuple(made)


def doubt_made(session: Session, article: ArticleId, before: Sequence[Mention], after: Sequence[Mention]) -> None:
    """A mark is undone: the record that it made stays on file, confirmed no more, if nobody else speaks of it.

    It is not deleted: another record might get its number, and a redo would point there.
    """
    left = {m.entity for m in after}
    for gone in {m.entity: m for m in before if m.by_hand and m.entity is not None and m.entity not in left}.values():
        row = session.get(EntityRow, gone.entity)
        if row is None or row.name != gone.name or row.note or row.source or row.parent or row.merged_into is not None:
            continue
        made = select(ChangeRow.id).where(ChangeRow.article_id == article, ChangeRow.time == row.made).limit(1)
        spoken = select(MentionRow.id).where(MentionRow.entity_id == row.id).limit(1)
        if session.scalars(made).first() is not None and session.scalars(spoken).first() is None:
            row.confirmed, row.changed = False, now()


def _entity(session: Session, mention: Mention, moment: datetime.datetime | None = None) -> EntityId | None:
    row = session.get(EntityRow, mention.entity) if mention.entity is not None else None
    if row is None:
        rows = named(session, mention.kind, mention.name)
        row = rows[0] if len(rows) == 1 else _by_office(session, rows, mention.offices)
        if rows and row is None:
            return None
    if row is None:
        made = moment or now()
        row = EntityRow(kind=mention.kind.value, name=mention.name, confirmed=mention.by_hand, made=made, changed=made)
        session.add(row)
        session.flush()
    elif row.merged_into is not None:
        row = session.get(EntityRow, row.merged_into) or row
    if mention.by_hand and not row.confirmed:
        row.confirmed, row.changed = True, now()
    key = EntityId(row.id)
    if row.confirmed:
        return key  # what a text says never changes a confirmed record by itself: it may be the text that is wrong
    short = mention.text if mention.text != row.name else ""
    added = bool(short) and mention.kind is EntityKind.ORGANISATION and add_alias(session, key, short)
    for office in mention.offices:
        added = add_office(session, key, office) or added
    if added:
        row.changed = now()
    return key


def _by_office(session: Session, rows: Sequence[EntityRow], offices: Sequence[Office]) -> EntityRow | None:
    """The one record of several of a name that holds one of the offices of the text."""
    if not rows or not offices:
        return None
    told = {(one.organisation, one.position) for one in offices}
    held = select(OfficeRow).where(OfficeRow.entity_id.in_([row.id for row in rows]))
    mine = {one.entity_id for one in session.scalars(held) if (one.organisation, one.position) in told}
    found = [row for row in rows if row.id in mine]
    return found[0] if len(found) == 1 else None


def named(session: Session, kind: EntityKind, name: str) -> Sequence[EntityRow]:
    """The records of this name that are not merged into another; else the one record that has it for a short name."""
    rows = session.scalars(
        select(EntityRow).where(EntityRow.kind == kind.value, EntityRow.name == name).order_by(EntityRow.id).limit(50)
    ).all()
    if rows:
        return _roots(session, rows)
    rows = session.scalars(
        select(EntityRow)
        .join(AliasRow, AliasRow.entity_id == EntityRow.id)
        .where(EntityRow.kind == kind.value, AliasRow.alias == name)
        .limit(50)
    ).all()
    roots = _roots(session, rows)
    return roots if len(roots) == 1 else ()


def _roots(session: Session, rows: Sequence[EntityRow]) -> list[EntityRow]:
    found = {}
    for row in rows:
        root = row if row.merged_into is None else session.get(EntityRow, row.merged_into) or row
        found[root.id] = root
    return list(found.values())


def root_of(session: Session, entity: EntityId) -> EntityId:
    """The record that this one was merged into, else itself."""
    merged = session.scalars(select(EntityRow.merged_into).where(EntityRow.id == entity)).first()
    return entity if merged is None else EntityId(merged)


def roots_of(session: Session, entities: Iterable[EntityId]) -> dict[EntityId, EntityId]:
    """For each record the one that it was merged into, or itself."""
    asked = list(dict.fromkeys(entities))
    rows = session.execute(
        select(EntityRow.id, EntityRow.merged_into).where(EntityRow.id.in_(asked), EntityRow.merged_into.is_not(None))
    )
    merged = {EntityId(key): EntityId(root or 0) for key, root in rows}
    return {key: merged.get(key, key) for key in asked}


def add_alias(session: Session, key: EntityId, alias: str) -> bool:
    held = select(AliasRow.id).where(AliasRow.entity_id == key, AliasRow.alias == alias)
    if session.scalars(held).first() is not None:
        return False
    session.add(AliasRow(entity_id=key, alias=alias))
    session.flush()
    return True


def add_office(session: Session, key: EntityId, office: Office) -> bool:
    held = select(OfficeRow.id).where(
        OfficeRow.entity_id == key,
        OfficeRow.position == office.position,
        OfficeRow.organisation == office.organisation,
    )
    if session.scalars(held).first() is not None:
        return False
    session.add(OfficeRow(entity_id=key, position=office.position, organisation=office.organisation))
    session.flush()
    return True


def cards(session: Session, issue: IssueId | None) -> tuple[EntityCard, ...]:
    """Records with how often they are mentioned (in the issue's articles), most often first; merged ones are one."""
    root = func.coalesce(EntityRow.merged_into, EntityRow.id)
    counted = select(root, func.count()).join(MentionRow, MentionRow.entity_id == EntityRow.id)
    if issue is not None:
        counted = counted.join(ArticleRow, ArticleRow.id == MentionRow.article_id).where(ArticleRow.issue_id == issue)
    counts = {int(row[0]): int(row[1]) for row in session.execute(counted.group_by(root)).all()}
    chosen = select(EntityRow).where(EntityRow.merged_into.is_(None))
    if issue is not None:
        chosen = chosen.where(EntityRow.id.in_(list(counts)))
    rows = session.scalars(chosen).all()
    records = records_of(session, rows)
    made = [
        EntityCard(
            id=EntityId(row.id),
            kind=record.kind,
            name=record.name,
            aliases=tuple(alias.name for alias in record.aliases),
            offices=tuple(dict.fromkeys(term.office for term in record.offices)),
            mentions=counts.get(row.id, 0),
            note=record.note,
            confirmed=record.confirmed,
        )
        for row, record in zip(rows, records, strict=True)
    ]
    return tuple(sorted(made, key=lambda card: (-card.mentions, card.id)))


AT_ONCE = 5000  # rows asked for with one list of ids


def records_of(session: Session, rows: Sequence[EntityRow], *, whole: bool = True) -> list[EntityRecord]:
    """The rows as records; with `whole` the names and offices of what was merged into them are theirs too."""
    merged: dict[int, list[EntityRow]] = {}
    if whole:
        for some in _pieces([row.id for row in rows]):
            for row in session.scalars(select(EntityRow).where(EntityRow.merged_into.in_(some)).order_by(EntityRow.id)):
                merged.setdefault(row.merged_into or 0, []).append(row)
    everyone = [row.id for row in rows] + [row.id for held in merged.values() for row in held]
    aliases: dict[int, list[FormerName]] = {}
    offices: dict[int, list[OfficeTerm]] = {}
    for some in _pieces(everyone):
        for alias in session.scalars(select(AliasRow).where(AliasRow.entity_id.in_(some)).order_by(AliasRow.id)):
            made = FormerName(name=alias.alias, since=alias.since, until=alias.until)
            aliases.setdefault(alias.entity_id, []).append(made)
        for office in session.scalars(select(OfficeRow).where(OfficeRow.entity_id.in_(some)).order_by(OfficeRow.id)):
            term = OfficeTerm(
                position=office.position, organisation=office.organisation, since=office.since, until=office.until
            )
            offices.setdefault(office.entity_id, []).append(term)
    return [_record(row, merged.get(row.id, []), aliases, offices) for row in rows]


def _record(
    row: EntityRow,
    merged: Sequence[EntityRow],
    aliases: dict[int, list[FormerName]],
    offices: dict[int, list[OfficeTerm]],
) -> EntityRecord:
    names = list(aliases.get(row.id, ()))
    terms = list(offices.get(row.id, ()))
    for one in merged:
        more = [*aliases.get(one.id, ()), *([FormerName(name=one.name)] if one.name != row.name else ())]
        held = {name.name for name in names} | {row.name}
        names += [name for name in more if name.name not in held]
        terms += [term for term in offices.get(one.id, ()) if term not in terms]
    return EntityRecord(
        id=EntityId(row.id),
        kind=kind_of(row),
        name=row.name,
        aliases=tuple(names),
        offices=tuple(terms),
        parent=row.parent,
        note=row.note,
        source=row.source,
        confirmed=row.confirmed,
        merged_into=None if row.merged_into is None else EntityId(row.merged_into),
        version=row.version,
    )


def _pieces(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(keys), AT_ONCE):
        yield keys[at : at + AT_ONCE]
