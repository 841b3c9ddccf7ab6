"""The audit chain: a line a change, each hashed together with the hash of the line before (SHA-256, hexadecimal)."""

import datetime
import hashlib
import json

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from models.tables.audit import AuditRow

BEGINNING = "0" * 64
LOCK = 1364815464  # of the one line of writers at the end of the chain, on a server
READ_AT_ONCE = 5000


def hash_of(
    before: str, time: datetime.datetime, author: str, reason: str, subject: str, version: int, digest: str
) -> str:
    """The hash of a line after the line with the hash `before`."""
    moment = time.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    line = json.dumps([before, moment, author, reason, subject, version, digest], ensure_ascii=False)
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()


def add_line(
    session: Session, *, time: datetime.datetime, author: str, reason: str, subject: str, version: int, stored: str
) -> None:
    """Adds the line for a change to the caller's unit of work: best as its last step, since writers queue here."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    before = session.scalars(select(AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)).first() or BEGINNING
    digest = hashlib.sha256(stored.encode("utf-8", "surrogatepass")).hexdigest()
    session.add(
        AuditRow(
            time=time,
            author=author,
            reason=reason,
            subject=subject,
            version=version,
            digest=digest,
            hash=hash_of(before, time, author, reason, subject, version, digest),
        )
    )
    session.flush()


def first_broken(connection: Connection) -> int | None:
    """The id of the first line that does not fit the lines before it; None for a whole chain."""
    table = AuditRow.__table__
    before = BEGINNING
    lines = connection.execute(select(table).order_by(table.c.id).execution_options(yield_per=READ_AT_ONCE))
    for line in lines:
        wanted = hash_of(before, line.time, line.author, line.reason, line.subject, line.version, line.digest)
        if line.hash != wanted:
            return int(line.id)
        before = line.hash
    return None
