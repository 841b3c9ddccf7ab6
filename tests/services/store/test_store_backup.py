"""A backup is a whole store; restoring it never loses the one that was there."""

import os
from pathlib import Path

import pytest
from sqlalchemy import select

from models.tables.finding import HouseWordRow
from services.config.errors import UserError
from services.store import inspect_file
from services.store.backup import restore_file
from services.store.unit_of_work import Store


def put(store: Store, word: str) -> None:
    with store.work() as work:
        work.session.add(HouseWordRow(key=word))
        work.commit()


def words(place: Path) -> list[str]:
    store = Store(str(place))
    with store.read() as session:
        found = list(session.scalars(select(HouseWordRow.key).order_by(HouseWordRow.id)))
    store.close()
    return found


def test_back_and_forth(store: Store, place: Path, tmp_path: Path) -> None:
    put(store, "before")
    copy = store.backup(tmp_path / "copy.db")
    assert copy.stat().st_mode & 0o077 == 0
    assert store.check().last_backup is not None
    put(store, "after")
    store.close()
    aside = restore_file(copy, place)
    assert words(place) == ["before"]
    assert aside is not None
    assert aside.name.startswith("store.db.")
    assert words(aside) == ["before", "after"]
    assert not list(tmp_path.glob(".*"))


def test_a_backup_into_a_folder_gets_a_name_of_its_own(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    copy = store.backup(folder)
    assert copy.parent == folder
    assert inspect_file.look(copy).revision


def test_an_older_backup_is_replaced_only_by_a_whole_one(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    store.backup(target)
    first = target.read_bytes()
    put(store, "x")
    store.backup(target)
    assert target.read_bytes() != first
    assert inspect_file.look(target).revision


def test_a_backup_onto_the_store_is_refused(store: Store, place: Path) -> None:
    with pytest.raises(UserError) as told:
        store.backup(place)
    assert told.value.key == "store.backup_onto_itself"


def test_what_is_no_backup_restores_nothing(store: Store, place: Path, tmp_path: Path) -> None:
    put(store, "kept")
    store.close()
    bad = tmp_path / "bad.db"
    bad.write_bytes(os.urandom(9000))
    for copy, key in ((bad, "store.not_ours"), (tmp_path / "none.db", "store.no_copy")):
        with pytest.raises(UserError) as told:
            restore_file(copy, place)
        assert told.value.key == key
    assert words(place) == ["kept"]


def test_restoring_over_a_damaged_store_keeps_the_wreck(store: Store, place: Path, tmp_path: Path) -> None:
    put(store, "kept")
    copy = store.backup(tmp_path / "copy.db")
    store.close()
    wreck = os.urandom(5000)
    place.write_bytes(wreck)
    aside = restore_file(copy, place)
    assert aside is not None
    assert aside.read_bytes() == wreck
    assert words(place) == ["kept"]


def test_health(store: Store) -> None:
    health = store.check()
    assert (health.ok, health.articles, health.message, health.last_backup) == (True, 0, "ok", None)
    with store.work() as work:
        from sqlalchemy import text

        work.session.execute(text("INSERT INTO chars (rowid, body) VALUES (5, 'x')"))
        work.commit()
    assert not store.check().ok
