"""The way to a PostgreSQL server: its address, its driver, no word of its password."""

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from services.config.errors import UserError


def server_engine(where: str) -> tuple[Engine, str]:
    """An engine on a PostgreSQL database, not yet connected, and its URL without the password. Raises UserError."""
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise UserError("store.bad_url", url=where.rpartition("@")[2]) from error
    shown = url.render_as_string(hide_password=True)
    if url.get_backend_name() != "postgresql":
        raise UserError("store.bad_url", url=shown)
    options: dict[str, Any] = {"connect_timeout": 8}
    try:
        # TLS and the like (sslmode, sslrootcert, passfile) stand in the URL and go to libpq as they are
        return create_engine(url.set(drivername="postgresql+psycopg"), connect_args=options, pool_pre_ping=True), shown
    except ModuleNotFoundError as error:
        raise UserError("store.no_psycopg", url=shown) from error
