"""Opening a store: a SQLite file of our own, or a PostgreSQL database by its URL.

SQLite runs with a write-ahead log and synchronous=FULL: no acknowledged commit is lost in a power cut, for about 6 ms
a commit. Writers begin with BEGIN IMMEDIATE, so that two of them wait for each other rather than fail half-way.
"""

import contextlib
import os
import secrets
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from services.config.errors import UserError
from services.store import inspect_file, schema
from services.store.server import server_engine
from services.store.squeezed import holds

WRITES = "writes"  # execution option of a connection that is going to write
BUSY_MILLISECONDS = 5000


def open_engine(where: str) -> Engine:
    """An engine on a store that is whole and of today's schema; made new where there is none. Raises UserError."""
    if "://" in where:
        return _open_url(where)
    path = inspect_file.place_of(where)
    inspect_file.refuse_place(path)
    if not path.exists():
        _make_new(path)
    found = inspect_file.look(path)
    if found.revision not in schema.REVISIONS or found.user_version > len(schema.REVISIONS):
        raise UserError("store.too_new" if found.revision else "store.not_ours", file=path)
    if found.revision != schema.HEAD:
        from services.store.upgrade import upgrade_file

        upgrade_file(path, found.revision)
    engine = sqlite_engine(path)
    try:
        with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            pass  # takes the write lock once: a store that is locked or cannot be written is told now
    except (SQLAlchemyError, sqlite3.Error) as error:  # setting up a connection speaks the driver's own errors
        engine.dispose()
        raise inspect_file.trouble(error.__cause__ or error, path) from error
    return engine


def sqlite_engine(path: Path) -> Engine:
    """An engine on a SQLite file without looking at it first."""
    engine = create_engine(f"sqlite+pysqlite:///{path.resolve()}", connect_args={"timeout": inspect_file.WAIT_SECONDS})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.create_function("holds", 2, holds, deterministic=True)  # the search looks texts through with it
    connection.isolation_level = None  # the driver's own transactions would commit behind our back
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "trusted_schema=OFF",
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_new(path: Path) -> None:
    """A new store beside its place, then under its name: nobody ever sees half a store."""
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        engine = sqlite_engine(half)
        try:
            with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
                schema.create(connection)
                schema.stamp(connection)
        finally:
            engine.dispose()
        _put(half, path)
    except OSError as error:
        raise UserError("store.not_made", file=path, reason=error.strerror or str(error)) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise inspect_file.trouble(error.__cause__ or error, path) from error
    finally:
        for rest in (half, half.with_name(half.name + "-wal"), half.with_name(half.name + "-shm")):
            with contextlib.suppress(OSError):
                rest.unlink(missing_ok=True)


def _put(half: Path, path: Path) -> None:
    try:
        os.link(half, path)  # fails where another program was quicker: its store is as good as ours
    except FileExistsError:
        return
    except OSError:
        half.rename(path)  # a file system without hard links


def _open_url(where: str) -> Engine:
    engine, shown = server_engine(where)
    try:
        with engine.begin() as connection:
            _check_postgres(connection, shown)
    except (OperationalError, UnicodeError) as error:
        engine.dispose()
        raise UserError("store.no_server", url=shown, reason=str(error.__cause__ or error).strip()) from error
    except UserError:
        engine.dispose()
        raise
    return engine


def _check_postgres(connection: Connection, shown: str) -> None:
    """An empty database gets the schema; an older or newer schema is refused: an administrator upgrades a server."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": schema.SERVER_LOCK})
    revision = schema.revision_on_server(connection)
    if revision == "":
        if connection.execute(text("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")).scalar():
            raise UserError("store.not_ours", file=shown)
        schema.create(connection)
    elif revision != schema.HEAD:
        raise UserError("store.older" if revision in schema.REVISIONS else "store.too_new", file=shown)
