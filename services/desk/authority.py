"""The authority file: people and organisations that tagging met are put on file, with short names and offices."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.tables.base import now
from models.tables.entity import AliasRow, EntityRow, OfficeRow
from models.tables.mention import MentionRow
from models.values.cards import EntityCard
from models.values.ids import EntityId, IssueId
from models.values.mention import EntityKind, Mention, Office
from services.desk.bench import kind_of

Held = TypeVar("Held", AliasRow, OfficeRow)
SURE = 0.5  # certainty from which a mention makes a record of its own


def enter(session: Session, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions with their entities: found by name or short name, else put on file. Places are not kept on file."""
    return tuple(
        mention
        if mention.kind is EntityKind.PLACE or (mention.entity is None and mention.certainty < SURE)
        else replace(mention, entity=_entity(session, mention))
        for mention in mentions
    )


def _entity(session: Session, mention: Mention) -> EntityId:
    row = session.get(EntityRow, mention.entity) if mention.entity is not None else None
    if row is None:
        row = named(session, mention.kind, mention.name)
    if row is None:
        row = EntityRow(kind=mention.kind.value, name=mention.name, confirmed=mention.by_hand)
        session.add(row)
        session.flush()
    elif mention.by_hand and not row.confirmed:
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


def named(session: Session, kind: EntityKind, name: str) -> EntityRow | None:
    """The record of this name; by a short name only where one record alone has it."""
    row = session.scalars(
        select(EntityRow).where(EntityRow.kind == kind.value, EntityRow.name == name).order_by(EntityRow.id).limit(1)
    ).first()
    if row is not None:
        return row
    rows = session.scalars(
        select(EntityRow)
        .join(AliasRow, AliasRow.entity_id == EntityRow.id)
        .where(EntityRow.kind == kind.value, AliasRow.alias == name)
        .limit(2)
    ).all()
    return rows[0] if len(rows) == 1 else None


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
    """Records with how often they are mentioned (in the issue's articles), most often first."""
    counted = select(MentionRow.entity_id, func.count()).where(MentionRow.entity_id.is_not(None))
    if issue is not None:
        counted = counted.join(ArticleRow, ArticleRow.id == MentionRow.article_id).where(ArticleRow.issue_id == issue)
    rows_counted = session.execute(counted.group_by(MentionRow.entity_id)).all()
    counts = {int(row[0] or 0): int(row[1]) for row in rows_counted}
    chosen = select(EntityRow)
    if issue is not None:
        chosen = chosen.where(EntityRow.id.in_(list(counts)))
    rows = session.scalars(chosen).all()
    aliases = _grouped(session, AliasRow)
    offices = _grouped(session, OfficeRow)
    made = [
        EntityCard(
            id=EntityId(row.id),
            kind=kind_of(row),
            name=row.name,
            aliases=tuple(alias.alias for alias in aliases.get(row.id, [])),
            offices=tuple(
                Office(position=office.position, organisation=office.organisation) for office in offices.get(row.id, [])
            ),
            mentions=counts.get(row.id, 0),
            note=row.note,
            confirmed=row.confirmed,
        )
        for row in rows
    ]
    return tuple(sorted(made, key=lambda card: (-card.mentions, card.id)))


def _grouped(session: Session, table: type[Held]) -> dict[int, list[Held]]:
    found: dict[int, list[Held]] = {}
    for row in session.scalars(select(table).order_by(table.id)):
        found.setdefault(row.entity_id, []).append(row)
    return found
