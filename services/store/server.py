"""The way to a PostgreSQL server: its address, its driver, no word of its password.

A password comes from the system's keyring (the optional package `keyring`), from ~/.pgpass or from the service file;
one that stands in the address is used and shown nowhere. TLS and the like (sslmode, sslrootcert, passfile) stand in
the address and go to libpq as they are.
"""

import time
from importlib import import_module
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from services.config.errors import UserError

SECRET = ("password", "sslpassword")  # options of the address that are never shown
KEYRING = "qingyang"  # name of the service under which passwords stand in the keyring
HIDDEN = "***"
IDLE = 5.0  # seconds


def shown_url(where: str) -> str:
    """The address without any password, for messages and logs; what cannot be read is cut off before its host."""
    try:
        return _shown(make_url(where))
    except (ArgumentError, ValueError):
        return where.rpartition("@")[2].partition("?")[0]


def _shown(url: URL) -> str:
    hidden = url.update_query_dict({name: HIDDEN for name in SECRET if name in url.query})
    return hidden.render_as_string(hide_password=True)


def keyring_name(url: URL) -> str:
    """Under whose name a password stands in the keyring: user@host:port/database."""
    return f"{url.username or ''}@{url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}"


def server_engine(where: str) -> tuple[Engine, str]:
    """An engine on a PostgreSQL database, not yet connected, and its URL without the password. Raises UserError."""
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:  # a port that is no number
        raise UserError("store.bad_url", url=shown_url(where)) from error
    shown = _shown(url)
    if url.get_backend_name() != "postgresql":
        raise UserError("store.bad_url", url=shown)
    if url.password is None and not {"password", "passfile", "service"} & url.query.keys():
        url = url.set(password=_from_keyring(keyring_name(url)))
    options: dict[str, Any] = {"connect_timeout": 8}
    try:
        engine = create_engine(url.set(drivername="postgresql+psycopg"), connect_args=options)
    except ModuleNotFoundError as error:
        raise UserError("store.no_psycopg", url=shown) from error
    event.listen(engine, "checkout", _look_first)
    event.listen(engine, "checkin", _note_use)
    return engine, shown


def _note_use(connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _look_first(connection: Any, record: ConnectionPoolEntry, proxy: object) -> None:
    """A connection that lay idle is tried before it is used; one that was used a moment ago costs no extra trip."""
    import psycopg

    if time.monotonic() - record.info.get("used", time.monotonic()) < IDLE:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.Error as error:
        raise DisconnectionError from error  # the pool makes a new one


def _from_keyring(name: str) -> str | None:
    """The password that the system's keyring holds; None where there is none, or no keyring."""
    try:
        keyring, errors = import_module("keyring"), import_module("keyring.errors")
    except ImportError:
        return None
    try:
        found = keyring.get_password(KEYRING, name)
    except errors.KeyringError:
        return None
    return found if isinstance(found, str) else None
