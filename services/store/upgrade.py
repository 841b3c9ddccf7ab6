"""Bringing an older store up to today's schema: on a connection of its own, all steps or none, a copy kept before.

Foreign keys are off before BEGIN IMMEDIATE (rebuilding a table would otherwise delete what points to it) and are
checked, with the whole file, before COMMIT. Alembic is loaded here and nowhere else.
"""

import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from services.config.errors import UserError
from services.store import inspect_file, schema
from services.store.backup import copy_checked
from services.store.server import server_engine

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade_file(path: Path, revision: str, target: str = schema.HEAD) -> Path:
    """Upgrades a SQLite store; returns the copy kept of the older one. Raises UserError, the store then as it was."""
    stamp = datetime.datetime.now().strftime("%Y%m%d-%H%M%S")
    copy = path.with_name(f"{path.name}.{stamp}.schema-{revision}")
    copy_checked(path, copy)
    engine = _engine(path)
    try:
        with engine.connect() as connection, connection.begin():
            migrate(connection, target)
            _refuse_broken(connection, path)
            schema.stamp(connection)
    except (SQLAlchemyError, RuntimeError, ValueError) as error:
        raise UserError("store.upgrade_failed", file=path, reason=str(error), copy=copy) from error
    finally:
        engine.dispose()
    return copy


def upgrade_server(url: str) -> tuple[str, str]:
    """Upgrades a store on a server; the schema before and after. Clients wait meanwhile. Raises UserError.

    For an administrator: no client does it by itself. Copy the database before (pg_dump).
    """
    engine, shown = server_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": schema.SERVER_LOCK})
            found = schema.revision_on_server(connection)
            if found == "":
                raise UserError("store.not_ours", file=shown)
            if found not in schema.REVISIONS:
                raise UserError("store.too_new", file=shown)
            if found != schema.HEAD:
                migrate(connection)
    except (SQLAlchemyError, UnicodeError) as error:
        reason = str(error.__cause__ or error).strip()
        raise UserError("store.server_upgrade_failed", url=shown, reason=reason) from error
    finally:
        engine.dispose()
    return found, schema.HEAD


def migrate(connection: Connection, target: str = schema.HEAD) -> None:
    """Runs the steps that are missing, within the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite+pysqlite:///{path.resolve()}", connect_args={"timeout": inspect_file.WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def set_up(connection, record):  # type: ignore[no-untyped-def]
        connection.isolation_level = None
        for pragma in ("busy_timeout=5000", "foreign_keys=OFF", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _refuse_broken(connection: Connection, path: Path) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    verdict = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    if broken is not None or verdict != "ok":
        raise ValueError(verdict if broken is None else f"foreign key: {broken[0]}")
