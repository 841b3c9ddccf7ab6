"""Keeps the schema of a release as two readable files, with rows in every table, to be migrated by the tests for good.

A release adds its files once, before its schema is given out, and nobody changes them afterwards:

    eval "$(sh resources/setup/postgres.sh start)"
    python -m tests.services.store.released.keep 0004

writes 0004.sqlite.sql and 0004.postgres.sql beside this module; `test_store_released.py` finds them by their names.
A new table or column gets its values by its type; one that must hold a value of its own (JSON, a hash) gets it in
`VALUES`.
"""

import datetime
import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    event,
    insert,
    text,
)

from models.values.article_text import ArticleText, Byline, Paragraph
from models.values.change import EditArticle
from models.values.ids import ArticleId
from models.values.mention import EntityKind, Mention
from models.values.plan import FramePlan, HeadingPlan, PagePlan
from models.values.publication import Publication
from services.store import schema, search
from services.store.audit import BEGINNING, hash_of
from services.store.codec import dump, dump_union
from services.store.deltas import make_delta
from services.store.upgrade import migrate

HERE = Path(__file__).parent
DAY = datetime.date(2026, 3, 9)
MOMENT = datetime.datetime(2026, 3, 9, 8, 30)
RAW = "澜江大桥合龙\n\n　　本报讯（记者 白鹭）澜江大桥昨日合龙。".encode("gb18030")

BEFORE = ArticleText(
    headline="澜江大桥合拢",
    dateline="本报讯（记者 白鹭）",
    body=(Paragraph(text="澜江大桥昨日合拢，王 芳出席。"), Paragraph(text="船坞旧址“甲”\\乙同日开放。")),
    bylines=(Byline(role="记者", name="白鹭"),),
)
AFTER = ArticleText(
    headline="澜江大桥合龙", dateline=BEFORE.dateline, body=BEFORE.body, signature="本报记者 文", bylines=BEFORE.bylines
)
OTHER = ArticleText(headline="柳浦渔汛", body=(Paragraph(text="柳浦今春渔汛早了十日。"),))
NAMED = Mention(start=20, end=23, text="澜江桥", kind=EntityKind.PLACE, name="澜江大桥")
FRAME = FramePlan(article=ArticleId(1), column=0, row=0, columns=3, rows=20, heading=HeadingPlan(size=28.0))
PLAN = PagePlan(number=1, name="要闻", template="tabloid", frames=(FRAME,))

ROWS = 2  # in every table
VALUES: dict[tuple[str, str], tuple[Any, Any]] = {
    ("publication", "name"): ("澜江晨报", "柳浦日报"),
    ("publication", "data"): (dump(Publication(name="澜江晨报")), dump(Publication(name="柳浦日报"))),
    ("issue", "publication_id"): (1, 1),
    ("issue", "date"): (DAY, DAY + datetime.timedelta(days=1)),
    ("page", "issue_id"): (1, 1),
    ("page", "number"): (1, 2),
    ("page", "plan"): (dump(PLAN), dump(PagePlan(number=2, template="tabloid"))),
    ("page", "plan_schema"): (1, 1),
    ("manuscript", "raw"): (RAW, RAW[:20]),
    ("manuscript", "sha256"): (hashlib.sha256(RAW).hexdigest(), hashlib.sha256(RAW[:20]).hexdigest()),
    ("manuscript", "encoding"): ("gb18030", "gb18030"),
    ("manuscript", "kind"): ("text", "text"),
    ("article", "page_id"): (1, None),
    ("article", "issue_id"): (1, 2),
    ("article", "text"): (dump(AFTER), dump(OTHER)),
    ("article", "headline"): (AFTER.headline, OTHER.headline),
    ("article", "authors"): ('["白鹭"]', "[]"),
    ("article", "form"): ("news", "news"),
    ("article", "version"): (2, 1),
    ("revision", "article_id"): (1, 1),
    ("revision", "number"): (0, 1),
    ("revision", "base"): (-1, 0),
    ("waiver", "scope"): ("article", "here"),
    ("settled_finding", "how"): ("fixed", "waived"),
    ("entity", "kind"): ("person", "place"),
    ("entity", "name"): ("王芳", "澜江大桥"),
    ("mention", "data"): (dump(NAMED), dump(NAMED)),
    ("mention", "start"): (20, 20),
    ("mention", "article_id"): (1, 1),
    ("change_log", "article_id"): (1, 1),
    ("change_log", "page_id"): (None, None),
    ("change_log", "version"): (2, 3),
    ("change_log", "change"): (dump_union(EditArticle(article=ArticleId(1), text=AFTER, version=1)),) * 2,
    ("change_log", "inverse"): (dump_union(EditArticle(article=ArticleId(1), text=BEFORE, version=2)),) * 2,
    ("audit", "subject"): ("article 1", "page 1"),
}


def made(table: Table) -> list[dict[str, Any]]:
    """Two rows that the table's keys and the program's reader accept."""
    rows: list[dict[str, Any]] = []
    for number in range(ROWS):
        row: dict[str, Any] = {}
        for column in table.columns:
            given = VALUES.get((table.name, column.name))
            row[column.name] = given[number] if given else plain(table, column.name, column.type, number)
        rows.append(row)
    if table.name == "revision":
        whole, later = dump(BEFORE), dump(AFTER)
        rows[0]["text"], rows[1]["text"] = whole, make_delta(whole, later) if "base" in rows[0] else later
    if table.name == "audit":
        chained(rows)
    return rows


def plain(table: Table, name: str, kind: object, number: int) -> Any:
    if name == "id" or name.endswith("_id"):
        return number + 1
    if isinstance(kind, DateTime):
        return MOMENT + datetime.timedelta(minutes=number)
    if isinstance(kind, Date):
        return DAY + datetime.timedelta(days=number)
    if isinstance(kind, Boolean):
        return bool(number)
    if isinstance(kind, Integer):
        return number + 1
    if isinstance(kind, LargeBinary):
        return bytes([number, 1, 2, 255])
    return f"{table.name} {name} {number + 1}"


def chained(rows: list[dict[str, Any]]) -> None:
    before = BEGINNING
    for row in rows:
        row["digest"] = hashlib.sha256(row["subject"].encode()).hexdigest()
        time = row["time"].replace(tzinfo=datetime.UTC)
        line = (row["author"], row["reason"], row["subject"], row["version"], row["digest"])
        row["hash"] = before = hash_of(before, time, *line)


def fill(connection: Connection) -> None:
    """Rows in every table of the schema as it stands there, and what they are found by."""
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: not name.startswith("chars") and name != "alembic_version")
    for table in metadata.sorted_tables:
        connection.execute(insert(table), made(table))
        if connection.dialect.name == "postgresql":
            following = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), {ROWS})"
            connection.execute(text(following))
    if connection.dialect.name == "postgresql" and connection.execute(text("SELECT to_regclass('chars')")).scalar():
        for key, content in ((1, AFTER), (2, OTHER)):
            words = search.numbers(search.parts_of(content))
            entered = "INSERT INTO chars (id, tokens) VALUES (:id, CAST(:words AS smallint[]))"
            connection.execute(text(entered), {"id": key, "words": words})


def keep_sqlite(revision: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "store.db"
        engine = create_engine(f"sqlite+pysqlite:///{place}")
        event.listen(engine, "connect", lambda connection, record: setattr(connection, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
        with engine.connect() as connection, connection.begin():
            migrate(connection, revision)
            schema.stamp(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={schema.REVISIONS.index(revision) + 1}")
            fill(connection)
        engine.dispose()
        kept = sqlite3.connect(place)
        (HERE / f"{revision}.sqlite.sql").write_text("\n".join(statements(kept, revision)) + "\n", "utf-8")
        kept.close()


def statements(kept: sqlite3.Connection, revision: str) -> list[str]:
    """The whole file as statements, shadow tables of the index left out: they come with it."""
    application, version = (kept.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    lines = [f"PRAGMA application_id={application};", f"PRAGMA user_version={version};", "BEGIN;"]
    found = kept.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    after: list[str] = []
    for kind, name, sql in found:
        if name.startswith("chars_"):
            continue
        (lines if kind == "table" else after).append(re.sub(r"\s*\n\s*", " ", sql) + ";")
        if kind != "table" or name == "chars":
            continue
        columns = [row[1] for row in kept.execute(f"PRAGMA table_info({name})")]
        quoted = " || ', ' || ".join(f"quote({column})" for column in columns)
        for (values,) in kept.execute(f"SELECT {quoted} FROM {name} ORDER BY rowid").fetchall():
            lines.append(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({values});")
    if kept.execute("SELECT 1 FROM sqlite_master WHERE name = 'chars_config'").fetchone():
        for name, value in kept.execute("SELECT k, v FROM chars_config WHERE k <> 'version'").fetchall():
            lines.append(f"INSERT INTO chars (chars, rank) VALUES ('{name}', {value});")
    for key, content in ((1, AFTER), (2, OTHER)):
        if kept.execute("SELECT 1 FROM sqlite_master WHERE name = 'chars'").fetchone():
            body = indexed(content, revision).replace("'", "''")
            lines.append(f"INSERT INTO chars (rowid, body) VALUES ({key}, '{body}');")
    return [*lines, *after, "COMMIT;"]


def indexed(content: ArticleText, revision: str) -> str:
    """What the revision's index is filled with; 0002 held single characters in order, later ones numbers of pairs."""
    if revision == "0002":
        return " \ue000 ".join(" ".join("".join(part.split())) for part in search.parts_of(content) if part)
    return " ".join(sorted(search.tokens(search.parts_of(content))))


def keep_postgres(revision: str) -> None:
    import psycopg

    from services.store.server import server_engine

    url, name = os.environ["QINGYANG_TEST_POSTGRES"], f"kept_{revision}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{name}"')
    try:
        engine, _ = server_engine(f"{url}?options=-csearch_path%3D{name}")
        with engine.begin() as connection:
            migrate(connection, revision)
            fill(connection)
        engine.dispose()
        asked = ["pg_dump", "--inserts", "--no-owner", "--no-privileges", "--no-comments", f"--schema={name}", url]
        lines = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.splitlines()
        left_out = ("--", "SET ", "SELECT pg_catalog.set_config", "CREATE SCHEMA", "\\")
        kept = [line.replace(f"{name}.", "") for line in lines if line.strip() and not line.startswith(left_out)]
        (HERE / f"{revision}.postgres.sql").write_text("\n".join(kept) + "\n", "utf-8")
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP SCHEMA "{name}" CASCADE')


if __name__ == "__main__":
    for asked_for in sys.argv[1:] or [schema.HEAD]:
        keep_sqlite(asked_for)
        keep_postgres(asked_for)
