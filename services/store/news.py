"""What other programs change in a store, told at once: only so that screens are refreshed.

A server tells which article or page it was (LISTEN/NOTIFY); a file is looked at twice a second for any change.

News are no record: some are missed while a connection is down. Whoever listens reads again what it shows after
`heard("", 0)`, which says that news may have been missed; the version of a change stays the guarantee.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from services.store.closing import later, on_server

WAIT = 0.5  # seconds between two looks at whether to stop
RETRY = 5.0  # seconds before a lost connection is tried again
CHANNEL = "'qingyang_' || current_schema()"

Heard = Callable[[str, int], None]


def tell(session: Session, subject: str, version: int) -> None:
    """Tells the others of a change ("article 12", its version) when the unit of work is committed."""
    if on_server(session):
        later(session, f"SELECT pg_notify({CHANNEL}, %(news)s)", news=f"{subject} {version}")


class FileNews:
    """Looks whether any other connection has changed a SQLite file; tells only that it did: `heard("", 0)`."""

    def __init__(self, path: Path, heard: Heard) -> None:
        self._path = path
        self._heard = heard
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="news", daemon=True)
        self._thread.start()
        self._ready.wait(RETRY)

    def close(self) -> None:
        self._stop.set()
        self._thread.join(2 * RETRY)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._look()
            except sqlite3.Error:  # locked or moved aside: looked for again
                self._stop.wait(RETRY)

    def _look(self) -> None:
        with contextlib.closing(sqlite3.connect(f"{self._path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            before = connection.execute("PRAGMA data_version").fetchone()
            self._ready.set()
            while not self._stop.wait(WAIT):
                now = connection.execute("PRAGMA data_version").fetchone()
                if now != before:
                    before = now
                    self._heard("", 0)


class News:
    """Listens on a connection of its own, in a thread of its own, until `close`."""

    def __init__(self, engine: Engine, heard: Heard) -> None:
        """`heard(subject, version)` is called in the listening thread, also for one's own changes."""
        self._engine = engine
        self._heard = heard
        self._stop = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="news", daemon=True)
        self._thread.start()
        self._ready.wait(RETRY)

    def close(self) -> None:
        self._stop.set()
        self._thread.join(2 * RETRY)

    def _run(self) -> None:
        import psycopg

        again = False
        while not self._stop.is_set():
            try:
                self._listen(again)
            except (SQLAlchemyError, psycopg.Error):
                again = True
                self._stop.wait(RETRY)

    def _listen(self, again: bool) -> None:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            channel = connection.execute(text(f"SELECT {CHANNEL}")).scalar_one()
            connection.exec_driver_sql('LISTEN "' + channel.replace('"', '""') + '"')
            driver = connection.connection.driver_connection
            assert driver is not None
            self._ready.set()
            if again:
                self._heard("", 0)
            try:
                while not self._stop.is_set():
                    for news in driver.notifies(timeout=WAIT):
                        subject, _, version = news.payload.rpartition(" ")
                        self._heard(subject, int(version) if version.isdigit() else 0)
            finally:
                connection.invalidate()  # never given to anybody else: it still listens
