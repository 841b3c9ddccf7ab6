"""A whole store copied into an empty one, SQLite to PostgreSQL or back; counts and hashes of every table compared.

Read from one moment of the source and written in one unit of work: the copy is whole and checked, or there is none.
"""

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.orm import Session

from models.tables.every import METADATA
from services.config.errors import UserError
from services.jobs.job import JobContext
from services.store import search
from services.store.unit_of_work import Store

AT_ONCE = 500  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCopy:
    """One table as it stands in both stores."""

    table: str
    rows: int
    sha256: str


def copy_store(source: Store, target: Store, context: JobContext | None = None) -> tuple[TableCopy, ...]:
    """Copies everything, ids kept; `target` must be empty. Raises UserError, the target then as it was."""
    tables = METADATA.sorted_tables
    with source.read() as reading, target.work() as work:
        _one_moment(reading)
        writing = work.session
        for table in tables:
            if writing.execute(select(func.count()).select_from(table)).scalar_one():
                raise UserError("store.copy_not_empty", file=target.name)
        held: list[TableCopy] = []
        for number, table in enumerate(tables):
            if context is not None:
                context.check()
                context.tell(number, len(tables), table.name)
            for rows in _rows(reading.connection(), table):
                writing.execute(insert(table), rows)
            _count_on(writing, table)
            before, after = digest(reading.connection(), table), digest(writing.connection(), table)
            if before != after:
                detail = f"{table.name}: {before.rows} / {after.rows}"
                raise UserError("store.copy_differs", file=target.name, detail=detail)
            held.append(after)
        search.rebuild(writing)
        work.commit()
    return tuple(held)


def digest(connection: Connection, table: Table) -> TableCopy:
    """Rows of a table and the hash over all of them in order of their ids, the same on both databases."""
    hashed = hashlib.sha256()
    count = 0
    for rows in _rows(connection, table):
        for row in rows:
            hashed.update(repr([_plain(row[column.name]) for column in table.columns]).encode("utf-8", "surrogatepass"))
            count += 1
    return TableCopy(table=table.name, rows=count, sha256=hashed.hexdigest())


def _rows(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    last = 0
    few = 8 if any(column.name == "raw" for column in table.columns) else AT_ONCE  # pictures are large
    while True:
        chosen = select(table).where(table.c.id > last).order_by(table.c.id).limit(few)
        rows: list[dict[str, Any]] = [{**row} for row in connection.execute(chosen).mappings()]
        if not rows:
            return
        yield rows
        last = rows[-1]["id"]


def _plain(value: object) -> object:
    if isinstance(value, (bytes, memoryview)):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.isoformat()
    return value


def _one_moment(reading: Session) -> None:
    if reading.get_bind().dialect.name == "postgresql":
        reading.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _count_on(writing: Session, table: Table) -> None:
    """A server's own numbers go on after the highest id copied."""
    if writing.get_bind().dialect.name == "postgresql":
        sequence = "SELECT setval(pg_get_serial_sequence(:name, 'id'), max(id)) FROM {} HAVING max(id) IS NOT NULL"
        writing.execute(text(sequence.format(table.name)), {"name": table.name})
