"""The authority file out to CSV or JSON and in again: all of a file's sound rows in one unit of work, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.tables.base import now
from models.tables.entity import AliasRow, EntityChangeRow, EntityRow, OfficeRow
from models.values.entity import BadRow, EditRecords, EntityRecord, NamesFile
from models.values.ids import EntityId, IssueId
from models.values.mention import EntityKind
from services.config.errors import UserError
from services.config.files import write_whole
from services.config.messages import text
from services.desk.authority import AT_ONCE, records_of
from services.desk.name_files import guarded, numbered, read_names, to_csv, to_json
from services.desk.permissions import Action
from services.desk.records import write_record
from services.jobs.job import JobContext
from services.store.audit import add_line
from services.store.codec import dump
from services.store.news import tell

if TYPE_CHECKING:
    from services.desk.desk import Desk

LOGGED_WHOLE = 2000  # records of an import that the log keeps word for word; of more it keeps which they were
Key = tuple[EntityKind, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did; `inverse` takes it back."""

    new: int
    changed: int
    same: int
    bad: tuple[BadRow, ...]
    inverse: EditRecords


def export_names(desk: "Desk", path: Path, context: JobContext | None = None) -> int:
    """Writes every record (merged ones as one) to a .csv or .json file; how many there were."""
    with desk.store.read() as session:
        records = list(_all(session, context or JobContext()))
    write_whole(path, to_json(records) if path.suffix.lower() == ".json" else to_csv(records))
    return len(records)


def _all(session: Session, context: JobContext) -> Iterator[EntityRecord]:
    last = 0
    while True:
        context.check()
        chosen = select(EntityRow).where(EntityRow.id > last, EntityRow.merged_into.is_(None)).order_by(EntityRow.id)
        rows = session.scalars(chosen.limit(AT_ONCE)).all()
        if not rows:
            return
        yield from records_of(session, rows)
        last = rows[-1].id
        session.expunge_all()


def told(bad: Sequence[BadRow]) -> list[str]:
    """The bad rows in words, a line each."""
    return [
        text("desk.names_row", row=one.row, column=f" {one.column}" if one.column else "", reason=one.reason)
        for one in bad
    ]


def import_names(desk: "Desk", path: Path, *, skip_bad: bool = False, context: JobContext | None = None) -> Imported:
    """Takes a file in: new records are made, those of the same kind, name and number gain what they lack. Raises
    UserError for a file with bad rows unless these are to be left out; then nothing was changed."""
    found = read_names(path)
    if found.bad and not skip_bad:
        raise UserError("desk.names_bad_rows", file=path.name, n=len(found.bad))
    return put_names(desk, found, context)


def put_names(desk: "Desk", found: NamesFile, context: JobContext | None = None) -> Imported:
    context = context or JobContext()
    desk.permit(Action.NAMES)
    with desk.store.work() as work:
        session = work.session
        held = _held(session, found.records)
        fresh: list[EntityRecord] = []
        before: list[EntityRecord] = []
        after: list[EntityRecord] = []
        same = 0
        for record, number in zip(found.records, found.numbers, strict=True):
            old = held.get((record.kind, record.name, number))
            if old is None:
                fresh.append(record)
            elif (grown := joined(old, record)) != old:
                before.append(old)
                after.append(grown)
            else:
                same += 1
        for record in after:
            write_record(session, record)
        ids = _insert(session, fresh, context)
        inverse = EditRecords(records=tuple(replace(one, version=0) for one in before), gone=tuple(ids), reason="undo")
        if ids or after:
            _log(session, desk, fresh, after, inverse)
        work.commit()
    return Imported(new=len(ids), changed=len(after), same=same, bad=found.bad, inverse=inverse)


def joined(old: EntityRecord, new: EntityRecord) -> EntityRecord:
    """The old record with what the new one knows more."""
    names = {one.name for one in old.aliases} | {old.name}
    terms = {(one.position, one.organisation, one.since, one.until) for one in old.offices}
    return replace(
        old,
        aliases=old.aliases + tuple(one for one in new.aliases if one.name not in names),
        offices=old.offices
        + tuple(one for one in new.offices if (one.position, one.organisation, one.since, one.until) not in terms),
        parent=new.parent or old.parent,
        note=new.note or old.note,
        source=new.source or old.source,
        confirmed=old.confirmed or new.confirmed,
    )


def _held(session: Session, records: Sequence[EntityRecord]) -> dict[Key, EntityRecord]:
    """The records on file that bear these names, by kind, name and number."""
    names = list(dict.fromkeys(record.name for record in records))
    found: dict[Key, EntityRecord] = {}
    for at in range(0, len(names), AT_ONCE):
        some = names[at : at + AT_ONCE]
        rows = session.scalars(
            select(EntityRow).where(EntityRow.name.in_(some), EntityRow.merged_into.is_(None)).order_by(EntityRow.id)
        ).all()
        for record, number in numbered(records_of(session, rows, whole=False)):
            found[record.kind, record.name, number] = record
    return found


def _insert(session: Session, records: Sequence[EntityRecord], context: JobContext) -> list[EntityId]:
    ids: list[EntityId] = []
    moment = now()
    for at in range(0, len(records), AT_ONCE):
        context.check()
        context.tell(at, len(records), "")
        some = records[at : at + AT_ONCE]
        rows = [
            {
                "kind": one.kind.value, "name": one.name, "parent": one.parent, "note": one.note, "source": one.source,
                "confirmed": one.confirmed, "version": 1, "made": moment, "changed": moment,
            }
            for one in some
        ]  # fmt: skip
        keys = list(session.scalars(insert(EntityRow).returning(EntityRow.id, sort_by_parameter_order=True), rows))
        pairs = list(zip(keys, some, strict=True))
        aliases: list[dict[str, Any]] = [
            {"entity_id": key, "alias": name.name, "since": name.since, "until": name.until}
            for key, one in pairs
            for name in {alias.name: alias for alias in one.aliases if alias.name != one.name}.values()
        ]
        offices: list[dict[str, Any]] = [
            {
                "entity_id": key, "position": term.position, "organisation": term.organisation,
                "since": term.since, "until": term.until,
            }
            for key, one in pairs
            for term in dict.fromkeys(one.offices)
        ]  # fmt: skip
        if aliases:
            session.execute(insert(AliasRow), aliases)
        if offices:
            session.execute(insert(OfficeRow), offices)
        ids += [EntityId(key) for key in keys]
    return ids


def _log(
    session: Session, desk: "Desk", fresh: Sequence[EntityRecord], after: Sequence[EntityRecord], inverse: EditRecords
) -> None:
    made = tuple(replace(one, id=key) for one, key in zip(fresh, inverse.gone, strict=True))
    whole = len(made) + len(after) <= LOGGED_WHOLE
    change = EditRecords(records=(*after, *made) if whole else (), reason="import")
    moment, author, stored = now(), desk.settings.editor, dump(change)
    session.add(EntityChangeRow(time=moment, author=author, reason="import", change=stored, inverse=dump(inverse)))
    subject = f"names {len(made)} + {len(after)}"
    add_line(session, time=moment, author=author, reason="import", subject=subject, version=0, stored=stored)
    tell(session, "names", 0)


MENTION_COLUMNS = ("版", "稿件", "类别", "名称", "原文", "职务", "起", "止", "名录编号")


def export_mentions(desk: "Desk", issue: IssueId | None, path: Path) -> int:
    """Writes every mention of an issue (or of all articles) as CSV that Excel and WPS open; how many there were."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(MENTION_COLUMNS)
    count = 0
    for card in desk.articles.list(issue):
        for m in desk.articles.open(card.id).mentions:
            if m.was:
                continue
            offices = "；".join(f"{one.organisation}{one.position}" for one in m.offices)
            cells = (card.headline, text(f"tagging.kind.{m.kind.value}"), m.name, m.text, offices)
            page = card.page_number or ""
            writer.writerow([page, *(guarded(cell) for cell in cells), m.start, m.end, m.entity or ""])
            count += 1
    write_whole(path, out.getvalue().encode("utf-8-sig"))
    return count
