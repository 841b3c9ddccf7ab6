"""The schema's revision, and making a store fresh. A test proves that `create` and the migrations give the same."""

from sqlalchemy import Connection, text

from models.tables.every import METADATA
from services.store import inspect_file

REVISIONS = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
)  # services/store/migrations/versions, oldest first
HEAD = REVISIONS[-1]
SERVER_LOCK = 1364815463  # advisory lock of a database on a server while its schema is made or changed

# What articles are found by (services/store/search). FTS5 without content and positions, words as they are given
# (https://www.sqlite.org/fts5.html, 4.3.2, 4.4.1, 4.6); its rowid is the article's id.
SEARCH_TABLE = "CREATE VIRTUAL TABLE chars USING fts5(body, content='', detail=none, tokenize='ascii')"
SEARCH_MEMORY = "INSERT INTO chars (chars, rank) VALUES ('hashsize', 8000000)"  # bytes before a piece is written
SEARCH_TABLE_SERVER = (
    "CREATE TABLE chars (id INTEGER NOT NULL, tokens SMALLINT[] NOT NULL, CONSTRAINT pk_chars PRIMARY KEY (id), "
    "CONSTRAINT fk_chars_id_article FOREIGN KEY (id) REFERENCES article (id))",
    "CREATE INDEX ix_chars_tokens ON chars USING gin (tokens)",
)
# No line of the audit chain is changed or deleted, whoever asks.
AUDIT_GUARDS = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines stay'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines stay'); END",
)
AUDIT_GUARDS_SERVER = (
    "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'audit lines stay'; END $$",
    "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()",
)
VERSION_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def create(connection: Connection) -> None:
    """Every table of a new store, stamped with the newest revision. Alembic is not loaded for it."""
    METADATA.create_all(connection)
    beyond_tables(connection)
    connection.execute(text(VERSION_TABLE))
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})


def revision_on_server(connection: Connection) -> str:
    """The schema's revision in a database on a server; "" where the database holds none."""
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar() is None:
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def beyond_tables(connection: Connection) -> None:
    """Search index and guards: what the metadata cannot say."""
    if connection.dialect.name == "sqlite":
        statements: tuple[str, ...] = (SEARCH_TABLE, SEARCH_MEMORY, *AUDIT_GUARDS)
    else:
        statements = (*SEARCH_TABLE_SERVER, *AUDIT_GUARDS_SERVER)
    for statement in statements:
        connection.exec_driver_sql(statement)


def stamp(connection: Connection) -> None:
    """Marks a SQLite file as ours and of the newest schema."""
    connection.exec_driver_sql(f"PRAGMA application_id={inspect_file.APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={len(REVISIONS)}")
