"""A PostgreSQL for the tests: each test works in a schema of its own on the server of QINGYANG_TEST_POSTGRES."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

URL = os.environ.get("QINGYANG_TEST_POSTGRES", "")
REASON = 'no server: eval "$(sh resources/setup/postgres.sh start)"'
BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.skipif(not URL, reason=REASON)))


@contextmanager
def fresh_server() -> Iterator[str]:
    """The URL of an empty store on the server; what was in it is dropped afterwards."""
    import psycopg

    name = f"t{secrets.token_hex(6)}"
    with psycopg.connect(URL, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{name}"')
    try:
        yield f"{URL}{'&' if '?' in URL else '?'}options=-csearch_path%3D{name}"
    finally:
        with psycopg.connect(URL, autocommit=True) as connection:
            connection.execute(f'DROP SCHEMA "{name}" CASCADE')
