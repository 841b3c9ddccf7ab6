"""名录: the authority file as editors keep it: read, changed, merged, split, with every change logged and undoable.

A merged record stays where it is and points to the one that it was found to be; its mentions, names and offices count
for that one. Taking the merge back clears the pointer, and everything is as it was.
"""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.tables.base import now
from models.tables.entity import AliasRow, EntityChangeRow, EntityRow, OfficeRow
from models.tables.issue import IssueRow
from models.tables.mention import MentionRow
from models.values.cards import ArticleSheet
from models.values.change import EditArticle, Receipt
from models.values.entity import (
    EditRecords,
    EntityLine,
    EntityPage,
    EntityPlace,
    EntityRecord,
    MovedMention,
    RecordsReceipt,
)
from models.values.ids import ArticleId, EntityId, IssueId
from models.values.mention import EntityKind, FormerName, OfficeTerm
from services.config.errors import UserError
from services.desk.articles import sheet as read_sheet
from services.desk.authority import records_of
from services.desk.bench import Bench
from services.desk.history import History, StaleVersion
from services.desk.permissions import Action
from services.desk.record_form import complain
from services.store.audit import add_line
from services.store.codec import dump
from services.store.news import tell
from services.store.rows import kind_of, read_mentions, read_text

PAGE = 200  # rows of the list read at a time
AROUND = 22  # characters shown on each side of a mention


class Records:
    def __init__(self, bench: Bench, history: History) -> None:
        self._bench = bench
        self._history = history

    # --- read

    def page(
        self, query: str = "", kind: EntityKind | None = None, after: EntityLine | None = None, limit: int = PAGE
    ) -> EntityPage:
        """A piece of the list, by name: those whose name or short name holds the query, after a line of it.

        `total` is told with the first piece only (else -1).
        """
        with self._bench.store.read() as session:
            which = _which(query.strip(), kind)
            total = -1
            if after is None:
                total = session.execute(select(func.count()).select_from(EntityRow).where(which)).scalar_one()
            else:
                which &= or_(EntityRow.name > after.name, (EntityRow.name == after.name) & (EntityRow.id > after.id))
                which &= EntityRow.name >= after.name  # the index leads
            chosen = select(EntityRow).where(which).order_by(EntityRow.name, EntityRow.id).limit(limit)
            rows = session.scalars(chosen).all()
            counts = _counts(session, [row.id for row in rows])
            lines = tuple(
                EntityLine(
                    id=EntityId(row.id), kind=record.kind, name=record.name, hint=record.hint(),
                    confirmed=record.confirmed, mentions=counts.get(row.id, 0),
                )
                for row, record in zip(rows, records_of(session, rows), strict=True)
            )  # fmt: skip
        return EntityPage(lines=lines, total=total)

    def get(self, entity: EntityId) -> EntityRecord:
        """The whole record, what was merged into it included; of a merged one the record that it was found to be."""
        with self._bench.store.read() as session:
            return whole(session, entity)

    def own(self, entity: EntityId) -> EntityRecord:
        """The record's own row, as a change puts it in place."""
        with self._bench.store.read() as session:
            return _own(session, entity)

    def merged(self, entity: EntityId) -> tuple[EntityRecord, ...]:
        """The records that were found to be this one."""
        with self._bench.store.read() as session:
            rows = session.scalars(
                select(EntityRow).where(EntityRow.merged_into == entity).order_by(EntityRow.id)
            ).all()
            return tuple(records_of(session, rows, whole=False))

    def roots(self, issue: IssueId | None) -> dict[EntityId, EntityId]:
        """For each merged record that the issue's articles mention the one that it was merged into."""
        with self._bench.store.read() as session:
            chosen = select(EntityRow.id, EntityRow.merged_into).where(EntityRow.merged_into.is_not(None))
            if issue is not None:
                told = select(MentionRow.entity_id).join(ArticleRow, ArticleRow.id == MentionRow.article_id)
                chosen = chosen.where(EntityRow.id.in_(told.where(ArticleRow.issue_id == issue)))
            return {EntityId(key): EntityId(root or 0) for key, root in session.execute(chosen)}

    def named(self, kind: EntityKind, name: str) -> tuple[EntityRecord, ...]:
        """Records of this very name or short name: two people of one name are two."""
        with self._bench.store.read() as session:
            also = select(AliasRow.entity_id).where(AliasRow.alias == name)
            which = or_(EntityRow.name == name, EntityRow.id.in_(also)) & EntityRow.merged_into.is_(None)
            chosen = select(EntityRow).where(which, EntityRow.kind == kind.value).order_by(EntityRow.id).limit(PAGE)
            return tuple(records_of(session, session.scalars(chosen).all()))

    def places(self, entity: EntityId, offset: int = 0, limit: int = PAGE) -> tuple[EntityPlace, ...]:
        """Every mention in the archive, under whatever name, newest article first."""
        with self._bench.store.read() as session:
            chosen = (
                select(MentionRow.article_id, MentionRow.start, ArticleRow.headline, IssueRow.date)
                .join(ArticleRow, ArticleRow.id == MentionRow.article_id)
                .outerjoin(IssueRow, IssueRow.id == ArticleRow.issue_id)
                .where(MentionRow.entity_id.in_(_family(entity)))
                .order_by(MentionRow.article_id.desc(), MentionRow.start)
                .offset(offset)
                .limit(limit)
            )
            texts: dict[int, tuple[str, dict[int, tuple[int, str]]]] = {}
            found = []
            for article, start, headline, date in session.execute(chosen).all():
                if article not in texts:
                    row = session.get_one(ArticleRow, article)
                    held = read_mentions(session, ArticleId(article))
                    texts[article] = read_text(row).flat().text, {m.start: (m.end, m.text) for m in held}
                flat, ends = texts[article]
                end, words = ends[start]
                if flat[start:end] == words:
                    around, at = in_sentence(flat, start, end)
                    found.append(
                        EntityPlace(
                            article=ArticleId(article), headline=headline, date=date, start=start, end=end,
                            text=words, words=around, at=at,
                        )
                    )  # fmt: skip
            return tuple(found)

    def articles(
        self, entity: EntityId, limit: int = 1000
    ) -> tuple[tuple[ArticleId, str, datetime.date | None, int], ...]:
        """Articles that mention it under any name, newest first: id, headline, date of issue, how often."""
        with self._bench.store.read() as session:
            chosen = (
                select(ArticleRow.id, ArticleRow.headline, IssueRow.date, func.count())
                .join(MentionRow, MentionRow.article_id == ArticleRow.id)
                .outerjoin(IssueRow, IssueRow.id == ArticleRow.issue_id)
                .where(MentionRow.entity_id.in_(_family(entity)))
                .group_by(ArticleRow.id, ArticleRow.headline, IssueRow.date)
                .order_by(ArticleRow.id.desc())
                .limit(limit)
            )
            return tuple((ArticleId(key), head, date, count) for key, head, date, count in session.execute(chosen))

    def beside(self, entity: EntityId, limit: int = 12) -> tuple[tuple[EntityLine, int], ...]:
        """Who stands in the same articles, and in how many, most first."""
        with self._bench.store.read() as session:
            family = session.scalars(_family(entity)).all()
            inside = select(MentionRow.article_id).where(MentionRow.entity_id.in_(family)).distinct()
            root = func.coalesce(EntityRow.merged_into, EntityRow.id)
            counted = (
                select(root, func.count(MentionRow.article_id.distinct()))
                .join(MentionRow, MentionRow.entity_id == EntityRow.id)
                .where(MentionRow.article_id.in_(inside), root.not_in(family))
                .group_by(root)
                .order_by(func.count(MentionRow.article_id.distinct()).desc(), root)
                .limit(limit)
            )
            counts = {int(key): int(count) for key, count in session.execute(counted).all()}
            rows = session.scalars(select(EntityRow).where(EntityRow.id.in_(list(counts)))).all()
            made = [
                (
                    EntityLine(
                        id=EntityId(row.id), kind=kind_of(row), name=row.name, hint=row.parent,
                        confirmed=row.confirmed, mentions=counts[row.id],
                    ),
                    counts[row.id],
                )
                for row in rows
            ]  # fmt: skip
        return tuple(sorted(made, key=lambda pair: (-pair[1], pair[0].id)))

    # --- change

    def apply(self, change: EditRecords) -> RecordsReceipt:
        """Puts a change in place in one unit of work. Raises UserError, StaleVersion; then nothing was done."""
        for record in change.records:
            complain(record)
        with self._bench.work(Action.NAMES) as work:
            receipt = self._put(work.session, change)
            work.commit()
        return receipt

    def _put(self, session: Session, change: EditRecords) -> RecordsReceipt:
        before = tuple(_own(session, one.id) for one in change.records if one.id is not None and _held(session, one.id))
        lost = tuple(_own(session, key) for key in change.gone)
        keys, new = [], []
        for record in change.records:
            key, made = write_record(session, record)
            keys.append(key)
            new += [key] if made else []
        records = tuple(replace(one, id=key, version=0) for one, key in zip(change.records, keys, strict=True))
        fresh = [key for one, key in zip(change.records, keys, strict=True) if one.id is None]
        moved = tuple(
            replace(one, entity=fresh[-1 - one.entity]) if one.entity is not None and one.entity < 0 else one
            for one in change.moved
        )
        articles = self._move(session, moved, change.reason)
        for key in change.gone:
            _take_away(session, key)
        done = replace(change, records=records, moved=moved)
        inverse = EditRecords(
            records=tuple(replace(one, version=0) for one in (*before, *lost)),
            gone=tuple(new),
            moved=tuple(replace(one, was=one.entity, entity=one.was) for one in moved),
            reason="undo",
        )
        stored, moment = dump(done), now()
        author = self._bench.author
        session.add(
            EntityChangeRow(time=moment, author=author, reason=change.reason, change=stored, inverse=dump(inverse))
        )
        subject = "names " + " ".join(str(key) for key in keys[:20])
        add_line(session, time=moment, author=author, reason=change.reason, subject=subject, version=0, stored=stored)
        tell(session, "names", 0)
        return RecordsReceipt(change=done, inverse=inverse, articles=articles)

    def _move(self, session: Session, moved: Sequence[MovedMention], reason: str) -> tuple[Receipt, ...]:
        receipts = []
        for article in dict.fromkeys(one.article for one in moved):
            sheet = read_sheet(session, article)
            changed = _moved(sheet, [one for one in moved if one.article == article])
            if changed is not None:
                receipts.append(self._history.put(session, replace(changed, reason=reason or "tag")))
        return tuple(receipts)

    def merge(self, keep: EntityId, others: Sequence[EntityId]) -> EditRecords:
        """The change that makes the others one with `keep`; its inverse makes them apart again, exactly."""
        with self._bench.store.read() as session:
            kept = _own(session, keep)
            if kept.merged_into is not None:
                raise UserError("desk.names_merged_already", name=kept.name)
            records = []
            for other in others:
                one = _own(session, other)
                if one.kind is not kept.kind or other == keep:
                    raise UserError("desk.names_not_one", name=one.name, other=kept.name)
                below = session.scalars(select(EntityRow.id).where(EntityRow.merged_into == other)).all()
                records += [replace(_own(session, EntityId(key)), merged_into=keep) for key in below]
                records.append(replace(one, merged_into=keep))
        return EditRecords(records=tuple(records), reason="merge")

    def unmerge(self, other: EntityId) -> EditRecords:
        """The change that makes a merged record one of its own again."""
        with self._bench.store.read() as session:
            return EditRecords(records=(replace(_own(session, other), merged_into=None),), reason="split")

    def split(
        self, entity: EntityId, articles: Sequence[ArticleId], offices: Sequence[OfficeTerm], parent: str = ""
    ) -> EditRecords:
        """The change that makes two of one: a new record of the name with these offices and the mentions of these
        articles; the old one keeps the rest."""
        with self._bench.store.read() as session:
            old = _own(session, entity)
            family = set(session.scalars(_family(entity)))
            moved = tuple(
                MovedMention(article=article, start=m.start, text=m.text, was=m.entity, entity=EntityId(-1))
                for article in articles
                for m in read_mentions(session, article)
                if m.entity in family
            )
        new = EntityRecord(
            kind=old.kind,
            name=old.name,
            offices=tuple(offices),
            parent=parent,
            confirmed=old.confirmed,
            source=old.source,
        )
        kept = replace(old, offices=tuple(one for one in old.offices if one not in offices))
        return EditRecords(records=(kept, new), moved=moved, reason="split")

    def rename(self, entity: EntityId, name: str, day: datetime.date) -> EditRecords:
        """The change by which an organisation is called otherwise from a day on; its old name is known as such."""
        old = self.own(entity)
        last = day - datetime.timedelta(days=1)
        kept = [one for one in old.aliases if one.name not in (name, old.name)]
        former = FormerName(name=old.name, until=last)
        return EditRecords(records=(replace(old, name=name, aliases=(*kept, former)),), reason="rename")


def whole(session: Session, entity: EntityId) -> EntityRecord:
    row = session.get(EntityRow, entity)
    if row is not None and row.merged_into is not None:
        row = session.get(EntityRow, row.merged_into)
    if row is None:
        raise UserError("window.names.gone", id=entity)
    return records_of(session, [row])[0]


def in_sentence(flat: str, start: int, end: int) -> tuple[str, int]:
    """The sentence round a place, cut where it is long, and where the place begins in it."""
    ends = "。！？!?\n"
    left = max((flat.rfind(mark, 0, start) for mark in ends), default=-1) + 1
    behind = [at for mark in ends if (at := flat.find(mark, end)) >= 0]
    right = min(behind, default=len(flat) - 1) + 1
    left, right = max(left, start - AROUND), min(right, end + AROUND)
    return flat[left:right].rstrip("\n"), start - left


def _which(query: str, kind: EntityKind | None) -> ColumnElement[bool]:
    which: ColumnElement[bool] = EntityRow.merged_into.is_(None)
    if kind is not None:
        which &= EntityRow.kind == kind.value
    if query:
        also = select(AliasRow.entity_id).where(AliasRow.alias.contains(query, autoescape=True))
        merged = select(EntityRow.merged_into).where(EntityRow.name.contains(query, autoescape=True))
        which &= or_(
            EntityRow.name.contains(query, autoescape=True), EntityRow.id.in_(also),
            EntityRow.id.in_(merged.where(EntityRow.merged_into.is_not(None))),
        )  # fmt: skip
    return which


def _counts(session: Session, keys: Sequence[int]) -> dict[int, int]:
    root = func.coalesce(EntityRow.merged_into, EntityRow.id)
    inside = or_(EntityRow.id.in_(keys), EntityRow.merged_into.in_(keys))
    counted = select(root, func.count()).join(MentionRow, MentionRow.entity_id == EntityRow.id).where(inside)
    return {int(key): int(count) for key, count in session.execute(counted.group_by(root)).all()}


def _family(entity: EntityId) -> Any:
    """The ids of the record and of those merged into it."""
    return select(EntityRow.id).where(or_(EntityRow.id == entity, EntityRow.merged_into == entity))


def _held(session: Session, entity: EntityId) -> bool:
    return session.get(EntityRow, entity) is not None


def _own(session: Session, entity: EntityId) -> EntityRecord:
    row = session.get(EntityRow, entity)
    if row is None:
        raise UserError("window.names.gone", id=entity)
    return records_of(session, [row], whole=False)[0]


def write_record(session: Session, record: EntityRecord) -> tuple[EntityId, bool]:
    """The record's row, made or brought to what the record says; whether it was made."""
    row = session.get(EntityRow, record.id, with_for_update=True) if record.id is not None else None
    made = row is None
    if row is None:
        row = EntityRow(id=record.id, kind=record.kind.value, name=record.name)
        session.add(row)
    elif record.version not in (0, row.version):
        raise StaleVersion("desk.stale")
    for root in {row.merged_into, record.merged_into} - {None}:
        _touch(session, EntityId(root or 0))
    row.kind, row.name, row.parent, row.note = record.kind.value, record.name, record.parent, record.note
    row.source, row.confirmed, row.merged_into = record.source, record.confirmed, record.merged_into
    row.changed = now()
    session.flush()
    session.execute(delete(AliasRow).where(AliasRow.entity_id == row.id))
    session.execute(delete(OfficeRow).where(OfficeRow.entity_id == row.id))
    aliases = {one.name: one for one in record.aliases if one.name and one.name != record.name}
    session.add_all(
        AliasRow(entity_id=row.id, alias=one.name, since=one.since, until=one.until) for one in aliases.values()
    )
    session.add_all(
        OfficeRow(
            entity_id=row.id, position=one.position, organisation=one.organisation, since=one.since, until=one.until
        )
        for one in dict.fromkeys(record.offices)
    )
    session.flush()
    return EntityId(row.id), made


def _touch(session: Session, entity: EntityId) -> None:
    row = session.get(EntityRow, entity)
    if row is not None:
        row.changed = now()


def _take_away(session: Session, entity: EntityId) -> None:
    """Deletes a record that nothing speaks of; else nobody confirms it any more."""
    row = session.get(EntityRow, entity)
    if row is None:
        return
    spoken = select(MentionRow.id).where(MentionRow.entity_id == entity).limit(1)
    below = select(EntityRow.id).where(EntityRow.merged_into == entity).limit(1)
    if session.scalars(spoken).first() is not None or session.scalars(below).first() is not None:
        row.confirmed, row.changed = False, now()
        return
    session.execute(delete(AliasRow).where(AliasRow.entity_id == entity))
    session.execute(delete(OfficeRow).where(OfficeRow.entity_id == entity))
    session.delete(row)
    session.flush()


def _moved(sheet: ArticleSheet, wanted: Sequence[MovedMention]) -> EditArticle | None:
    """The article with its mentions pointed elsewhere; each at its place, or the nearest of the same words."""
    mentions = list(sheet.mentions)
    for one in wanted:
        fits = [at for at, m in enumerate(mentions) if m.text == one.text and m.entity == one.was]
        if fits:
            at = min(fits, key=lambda at: abs(mentions[at].start - one.start))
            mentions[at] = replace(mentions[at], entity=one.entity)
    if tuple(mentions) == sheet.mentions:
        return None
    return EditArticle(
        article=sheet.id, text=sheet.text, mentions=tuple(mentions), waivers=sheet.waivers, version=sheet.version
    )
