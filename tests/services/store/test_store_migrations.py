"""The steps of alembic and a store made fresh give the same schema; an older store comes up whole, a copy is kept."""

import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from services.config.errors import UserError
from services.store import inspect_file, schema
from services.store.database import sqlite_engine
from services.store.unit_of_work import Store
from services.store.upgrade import migrate


def stepped(path: Path, revision: str) -> None:
    """A store made by the steps up to a revision."""
    from sqlalchemy import event

    engine = create_engine(f"sqlite+pysqlite:///{path}")
    event.listen(engine, "connect", lambda connection, record: setattr(connection, "isolation_level", None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as connection, connection.begin():
        migrate(connection, revision)
        schema.stamp(connection)
        connection.exec_driver_sql(f"PRAGMA user_version={schema.REVISIONS.index(revision) + 1}")
    engine.dispose()


def shape(path: Path) -> dict[str, object]:
    """Tables with their columns, keys and indexes, as SQLite reports them."""
    connection = sqlite3.connect(path)
    made: dict[str, object] = {}
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    for kind, name, table, sql in rows:
        if kind == "table":
            columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
            made[name] = sorted((c[1], c[2], c[3], c[5]) for c in columns)
            keys = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
            made[f"{name} keys"] = sorted((k[2], k[3], k[4], k[6]) for k in keys)
            made[f"{name} names"] = sorted(re.findall(r"CONSTRAINT (\w+)", sql))
        else:
            made[f"{table}.{name}"] = re.sub(r"\s+", " ", sql or "")
    connection.close()
    return made


def test_steps_and_fresh_store_give_the_same_schema(tmp_path: Path) -> None:
    stepped(tmp_path / "steps.db", schema.HEAD)
    Store(str(tmp_path / "fresh.db")).close()
    assert shape(tmp_path / "steps.db") == shape(tmp_path / "fresh.db")


def test_revisions_are_those_on_the_disk() -> None:
    folder = Path(schema.__file__).parent / "migrations" / "versions"
    found = sorted(re.search(r'^revision = "(\w+)"', p.read_text("utf-8"), re.M)[1] for p in folder.glob("v*.py"))
    assert tuple(found) == schema.REVISIONS


def test_an_older_store_is_upgraded_and_a_copy_kept(tmp_path: Path) -> None:
    place = tmp_path / "old.db"
    stepped(place, "0001")
    connection = sqlite3.connect(place)
    text = '{"headline":"澜江晨雾","body":[{"text":"船坞旧址"}]}'
    connection.execute(
        "INSERT INTO article (id, place, text, headline, authors, characters, form, findings, version, made, changed)"
        " VALUES (7, 0, ?, '澜江晨雾', '[]', 8, 'news', -1, 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
        (text,),
    )
    connection.commit()
    connection.close()
    with Store(str(place)).read() as session:
        from services.store.search import find

        assert [hit.article for hit in find(session, "船坞", 5)] == [7]
    copies = list(tmp_path.glob("old.db.*.schema-0001"))
    assert len(copies) == 1
    assert inspect_file.look(copies[0]).revision == "0001"
    assert inspect_file.look(place).revision == schema.HEAD


def test_a_step_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "old.db"
    stepped(place, "0001")
    connection = sqlite3.connect(place)
    connection.execute(
        "INSERT INTO article (id, place, text, headline, authors, characters, form, findings, version, made, changed)"
        " VALUES (7, 0, 'no json', 'x', '[]', 8, 'news', -1, 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00')"
    )
    connection.commit()
    connection.close()
    with pytest.raises(UserError) as told:
        Store(str(place))
    assert told.value.key == "store.upgrade_failed"
    assert inspect_file.look(place).revision == "0001"
    assert "chars" not in str(shape(place).keys())


def test_opening_a_store_of_today_loads_no_alembic(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "from services.store.unit_of_work import Store; import sys\n"
        f"Store({str(tmp_path / 's.db')!r}).close(); Store({str(tmp_path / 's.db')!r}).close()\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(schema.__file__).parents[2])


def test_engine_settings(store: Store) -> None:
    engine = sqlite_engine(store.path)
    with engine.connect() as connection:
        read = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    engine.dispose()
    assert read == PRAGMAS


PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
