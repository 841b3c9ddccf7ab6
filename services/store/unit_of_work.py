"""A unit of work: all between `with store.work() as work` and `work.commit()` is stored, or nothing of it."""

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, Pool
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.tables.base import now
from services.config.errors import UserError
from services.jobs.lanes import LaneBusy, WriteLane
from services.store import inspect_file, keeping
from services.store.backup import backup_file, last_backup
from services.store.closing import close
from services.store.database import WRITES, open_engine
from services.store.health import StoreHealth, health
from services.store.instance import Instance, hold_instance
from services.store.news import FileNews, Heard, News
from services.store.server import shown_url


class Work:
    """A session that writes. Rolls back when it is left without `commit()`."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def commit(self) -> None:
        close(self.session)


class Store:
    """An open store. Reads run on short sessions of their own, writes one after the other in the write lane."""

    def __init__(self, where: str) -> None:
        """Opens or makes the store at a path or URL. Raises UserError."""
        self.name = where if "://" not in where else shown_url(where).rpartition("@")[2]
        self.path: Path | None = None if "://" in where else inspect_file.place_of(where)
        self.engine: Engine = open_engine(where)
        self._lane = WriteLane()
        self._pools: list[Pool] = []  # closed, but a connection may still come back to them
        self._instance: Instance | None = None
        self._writer = self.engine.execution_options(**{WRITES: True})

    @contextmanager
    def work(self) -> Iterator[Work]:
        try:
            with self._lane.hold(), Session(self._writer, expire_on_commit=False) as session:
                yield Work(session)
        except LaneBusy as error:
            raise UserError("store.locked", file=self.name) from error
        except StaleDataError as error:
            raise UserError("store.stale") from error
        except IntegrityError:
            raise  # a row that points nowhere is our bug, not a damaged store
        except (DatabaseError, sqlite3.Error) as error:
            raise self._trouble(error) from error

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads: one moment's state of the store."""
        try:
            with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
                yield session
        except ValueError as error:
            if not _of_a_column(error):
                raise
            raise UserError("store.damaged", file=self.name, detail=str(error)) from error
        except (DatabaseError, sqlite3.Error) as error:
            raise self._trouble(error) from error

    def _trouble(self, error: Exception) -> UserError:
        """The plain words for what the database said. A server that cannot be reached comes back; a file does not."""
        if self.path is not None:
            return inspect_file.trouble(error.__cause__ or error, self.name)
        said = str(error.__cause__ or error).strip().partition("\n")[0]
        if isinstance(error, OperationalError) or (isinstance(error, DBAPIError) and error.connection_invalidated):
            return UserError("store.server_lost", url=self.name, reason=said)
        return UserError("store.server_said", url=self.name, reason=said)

    def backup(self, target: Path, *, overwrite: bool = False) -> Path:
        """A verified copy of a SQLite store. Raises UserError, also for a store on a server (pg_dump does that)."""
        if self.path is None:
            raise UserError("store.backup_on_server", file=self.name)
        return backup_file(self.path, target, overwrite=overwrite)

    def backup_due(self, moment: datetime.datetime | None = None) -> bool:
        """Whether a backup by itself is due: changed, and half an hour after the last. Never for a server."""
        return self.path is not None and keeping.is_due(self.path, moment or now())

    def backup_now(self, moment: datetime.datetime | None = None) -> Path:
        """A backup into the store's own folder of backups; older ones are thinned out. Raises UserError."""
        if self.path is None:
            raise UserError("store.backup_on_server", file=self.name)
        return keeping.back_up(self.path, moment or now())

    def backups(self) -> tuple[tuple[datetime.datetime, Path], ...]:
        """The backups made by themselves, newest first."""
        return () if self.path is None else keeping.backups(self.path)

    def last_backup(self) -> datetime.datetime | None:
        """When the last good copy was made, by itself or by hand, as long as it is still there."""
        return None if self.path is None else last_backup(self.path)

    def hold(self) -> None:
        """Takes the store file for this window alone until `close`. Raises UserError when another window has it."""
        if self.path is not None and self._instance is None:
            self._instance = hold_instance(self.path)

    def listen(self, heard: Heard) -> News | FileNews:
        """News of changes by other programs, in a thread of its own. Close it before the store."""
        return News(self.engine, heard) if self.path is None else FileNews(self.path, heard)

    def check(self) -> StoreHealth:
        return health(self.engine, self.last_backup())

    def close(self) -> None:
        """May be called again: a reader that was under way gives its connection back to a pool of before."""
        self._pools.append(self.engine.pool)
        self.engine.dispose()
        for pool in self._pools:
            pool.dispose()
        if self._instance is not None:
            self._instance.release()
            self._instance = None


def _of_a_column(error: ValueError) -> bool:
    """Whether a value in a row was none of its column's type: a date that is no date. Our own bugs go on."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and "sqlalchemy" in trace.tb_frame.f_globals.get("__name__", "")
