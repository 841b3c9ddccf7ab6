"""The audit chain: a line a change, each hashed together with the hash of the line before (SHA-256, hexadecimal)."""

import datetime
import hashlib
import json

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from models.tables.audit import AuditRow
from services.store.closing import insert_later, later, on_server

BEGINNING = "0" * 64
LOCK = 1364815464  # of the one line of writers at the end of the chain, on a server
READ_AT_ONCE = 5000
HEAD = '["'  # of a line, before the hash before it
ADDED = (  # `rest` is the line behind the hash before it; the words of a line are those of `hash_of`
    "INSERT INTO audit (time, author, reason, subject, version, digest, hash) SELECT"
    " %(time)s, %(author)s, %(reason)s, %(subject)s, %(version)s, %(digest)s,"
    " encode(sha256(convert_to(%(head)s || coalesce((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), %(beginning)s)"
    " || %(rest)s, 'UTF8')), 'hex')"
)


def hash_of(
    before: str, time: datetime.datetime, author: str, reason: str, subject: str, version: int, digest: str
) -> str:
    """The hash of a line after the line with the hash `before`."""
    line = _line(before, time, author, reason, subject, version, digest)
    return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()


def _line(
    before: str, time: datetime.datetime, author: str, reason: str, subject: str, version: int, digest: str
) -> str:
    moment = time.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    return json.dumps([before, moment, author, reason, subject, version, digest], ensure_ascii=False)


def add_line(
    session: Session, *, time: datetime.datetime, author: str, reason: str, subject: str, version: int, stored: str
) -> None:
    """Adds the line for a change to the caller's unit of work.

    On a server it is the server that reads the last hash and computes the new one, after the lock and with the last
    steps of the unit of work: writers queue here for no longer than that and the COMMIT take.
    """
    digest = hashlib.sha256(stored.encode("utf-8", "surrogatepass")).hexdigest()
    line = {"time": time, "author": author, "reason": reason, "subject": subject, "version": version, "digest": digest}
    if on_server(session):
        later(session, "SELECT pg_advisory_xact_lock(%(lock)s)", lock=LOCK)
        rest = _line("", time, author, reason, subject, version, digest).removeprefix(HEAD)
        later(session, ADDED, head=HEAD, rest=rest, beginning=BEGINNING, **line)
        return
    before = session.scalars(select(AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)).first() or BEGINNING
    insert_later(session, AuditRow, **line, hash=hash_of(before, time, author, reason, subject, version, digest))


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
