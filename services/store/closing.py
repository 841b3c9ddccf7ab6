"""The end of a unit of work: what everybody else would wait for is written last, on a server in one trip with COMMIT.

The steps given to `later` go to the server as one pipeline, when everything is read and computed: it holds the end of
the audit chain, where all writers queue, only while it works through them itself, and not while a program far away
thinks. (An article's own row is held from the start: whoever else wants it would come too late in any case, and is
told so the sooner.) On SQLite, where a writer has the whole file from BEGIN IMMEDIATE on, each step is
carried out at once.
"""

import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from models.tables.base import Base

STEPS = "closing"  # key of the steps in Session.info

Step = tuple[str, dict[str, Any]]


def on_server(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def later(session: Session, sql: str, **values: object) -> None:
    """A step for a server in its driver's words (%(name)s), carried out by `send` or `close`."""
    session.info.setdefault(STEPS, []).append((sql, {name: _plain(value) for name, value in values.items()}))


def insert_later(session: Session, table: type[Base], **values: object) -> None:
    """A new row, every column but the id given: at once in a file, with the last steps on a server."""
    if not on_server(session):
        session.execute(insert(table), values)
        return
    names = ", ".join(values)
    marks = ", ".join(f"%({name})s" for name in values)
    later(session, f"INSERT INTO {table.__tablename__} ({names}) VALUES ({marks})", **values)


def update_later(session: Session, table: type[Base], key: int, **values: object) -> None:
    """New values for a row of a server that the unit of work holds; its version goes up by one."""
    sets = ", ".join(f"{name} = %({name})s" for name in values)
    later(
        session, f"UPDATE {table.__tablename__} SET {sets}, version = version + 1 WHERE id = %(key)s", key=key, **values
    )


def send(session: Session) -> None:
    """Carries out the steps so far; the unit of work goes on."""
    steps = session.info.pop(STEPS, [])
    session.flush()
    if steps:
        _pipeline(session, steps, commit=False)


def close(session: Session) -> None:
    """Carries out the steps and commits."""
    steps = session.info.pop(STEPS, [])
    if steps:
        session.flush()
        _pipeline(session, steps, commit=True)
    session.commit()


def _pipeline(session: Session, steps: list[Step], *, commit: bool) -> None:
    import psycopg

    driver = session.connection().connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    try:
        with driver.pipeline(), driver.cursor() as cursor:
            for sql, values in steps:
                cursor.execute(sql, values)
            if commit:
                driver.commit()
    except psycopg.IntegrityError as error:
        raise IntegrityError(None, None, error) from error
    except psycopg.OperationalError as error:
        session.connection().invalidate()
        raise OperationalError(None, None, error) from error
    except psycopg.Error as error:
        raise DatabaseError(None, None, error) from error


def _plain(value: object) -> object:
    """A moment as it lies in the database: UTC without a zone."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).replace(tzinfo=None)
    return value
