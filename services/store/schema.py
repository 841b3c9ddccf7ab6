"""The schema's revision, and making a store fresh. A test proves that `create` and the migrations give the same."""

from sqlalchemy import Connection, text

from models.tables.every import METADATA
from services.store import inspect_file

REVISIONS = ("0001", "0002")  # services/store/migrations/versions, oldest first
HEAD = REVISIONS[-1]

# Every character a word, Latin words and numbers whole. The categories make marks and symbols words too, so that a
# phrase finds exactly its substring (https://www.sqlite.org/fts5.html, 4.3.1).
SEARCH_TABLE = (
    "CREATE VIRTUAL TABLE chars USING fts5(body, "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'\")"
)
VERSION_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def create(connection: Connection) -> None:
    """Every table of a new store, stamped with the newest revision. Alembic is not loaded for it."""
    METADATA.create_all(connection)
    if connection.dialect.name == "sqlite":
        connection.execute(text(SEARCH_TABLE))
    connection.execute(text(VERSION_TABLE))
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})


def stamp(connection: Connection) -> None:
    """Marks a SQLite file as ours and of the newest schema."""
    connection.exec_driver_sql(f"PRAGMA application_id={inspect_file.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={len(REVISIONS)}")
