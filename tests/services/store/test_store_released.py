"""Every schema that was ever released comes up to today's, on both databases, with all that stood in it.

How a release adds its files: tests/services/store/released/keep.py.
"""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from models.tables.article import ArticleRow
from models.tables.every import METADATA, ROWS
from services.config.settings import Settings
from services.desk.desk import Desk, open_desk
from services.store import inspect_file, schema
from services.store.revisions import revision_text
from services.store.rows import read_mentions, read_text
from services.store.search import find
from services.store.unit_of_work import Store
from services.store.upgrade import upgrade_server
from tests.services.store.released.keep import AFTER, BEFORE, OTHER, RAW
from tests.services.store.servers import REASON, URL, fresh_server

RELEASED = Path(__file__).parent / "released"
SQLITE = sorted(path.name.split(".")[0] for path in RELEASED.glob("*.sqlite.sql"))
POSTGRES = sorted(path.name.split(".")[0] for path in RELEASED.glob("*.postgres.sql"))


def test_both_databases_have_every_release() -> None:
    assert SQLITE == POSTGRES
    assert SQLITE[0] == "0002"
    assert set(SQLITE) <= set(schema.REVISIONS)


def laid(revision: str, place: Path) -> dict[str, int]:
    """The kept store as a file, and the rows of its tables."""
    connection = sqlite3.connect(place)
    connection.executescript((RELEASED / f"{revision}.sqlite.sql").read_text("utf-8"))
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    known = [name for name in names if name in METADATA.tables]
    counts = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in known}
    connection.close()
    return counts


@pytest.mark.parametrize("revision", SQLITE)
def test_a_file_of_a_release(revision: str, tmp_path: Path) -> None:
    place = tmp_path / "store.db"
    counts = laid(revision, place)
    assert all(counts.values()), "rows in every table"
    before = inspect_file.look(place)
    assert before.revision == revision
    store = Store(str(place))
    whole(store, counts)
    store.close()
    copies = list(tmp_path.glob(f"store.db.*.schema-{revision}"))
    if revision != schema.HEAD:
        assert [inspect_file.look(copy).revision for copy in copies] == [revision]


@pytest.mark.skipif(not URL, reason=REASON)
@pytest.mark.parametrize("revision", POSTGRES)
def test_a_server_of_a_release(revision: str) -> None:
    import psycopg

    with fresh_server() as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute((RELEASED / f"{revision}.postgres.sql").read_text("utf-8").encode())
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
            counts = {
                name: connection.execute(f"SELECT count(*) FROM {name}".encode()).fetchone()[0]  # type: ignore[index]
                for (name,) in found
                if name in METADATA.tables
            }
        assert all(counts.values())
        assert upgrade_server(url) == (revision, schema.HEAD)
        store = Store(url)
        whole(store, counts)
        store.close()


def whole(store: Store, counts: dict[str, int]) -> None:
    """Nothing of what the release held is gone, and all of it is read by today's program."""
    health = store.check()
    assert (health.ok, health.message, health.schema) == (True, "ok", schema.HEAD)
    with store.read() as session:
        for table, count in counts.items():
            held = session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            assert held >= count, table
        for row in ROWS:
            session.query(row).all()
        assert [read_text(row) for row in session.query(ArticleRow).order_by(ArticleRow.id)] == [AFTER, OTHER]
        assert revision_text(session, 1, 0) == BEFORE  # type: ignore[arg-type]
        assert revision_text(session, 1, 1) == AFTER  # type: ignore[arg-type]
        assert [mention.name for mention in read_mentions(session, 1)] == ["澜江大桥"] * 2  # type: ignore[arg-type]
        for query, articles in (("合龙", [1]), ("旧址“甲”\\", [1]), ("王芳", [1]), ("渔", [2]), ("合拢", [1])):
            assert [hit.article for hit in find(session, query, 5)] == articles, query
    with Desk(store, Settings(editor="测")) as desk:
        assert [card.headline for card in desk.articles.list()] == [OTHER.headline, AFTER.headline]
        assert desk.intake.manuscript(1).raw == RAW  # type: ignore[arg-type]
        assert len(desk.issues.all()) == 2
        assert desk.publications.all()[0][1].name == "澜江晨报"


def test_an_upgraded_file_is_worked_in(tmp_path: Path) -> None:
    place = tmp_path / "store.db"
    laid(SQLITE[0], place)
    with open_desk(place, Settings(editor="测")) as desk:
        sheet = desk.articles.open(desk.articles.list()[0].id)
        from dataclasses import replace

        from models.values.change import EditArticle

        content = replace(sheet.text, headline="柳浦开渔")
        receipt = desk.apply(EditArticle(article=sheet.id, text=content, version=sheet.version, reason="edit"))
        desk.apply(receipt.inverse)
        assert desk.store.check().ok
