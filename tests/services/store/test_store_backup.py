"""A backup is a whole store; restoring it never loses the one that was there."""

import contextlib
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from models.tables.finding import HouseWordRow
from models.tables.manuscript import ManuscriptRow
from models.tables.picture import PictureRow
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
    with pytest.raises(UserError) as told:
        store.backup(target)
    assert told.value.key == "store.backup_exists"
    assert target.read_bytes() == first
    store.backup(target, overwrite=True)
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


def test_no_other_store_and_no_other_file_is_ever_replaced(store: Store, tmp_path: Path) -> None:
    put(store, "mine")
    live, other, bad, link = (tmp_path / name for name in ("live.db", "letter.docx", "half.db", "link.db"))
    theirs = Store(str(live))
    put(theirs, "theirs")
    theirs.close()
    other.write_bytes(b"words of somebody else")
    bad.write_bytes(store.backup(tmp_path / "whole.db").read_bytes()[:9000])
    link.symlink_to(tmp_path / "nowhere.db")
    before = {path: path.read_bytes() for path in (live, other, bad)}
    wanted = {live: "store.backup_onto_store", other: "store.backup_other_file", bad: "store.backup_other_file"}
    for path, key in {**wanted, link: "store.backup_other_file"}.items():
        for overwrite in (False, True):
            with pytest.raises(UserError) as told:
                store.backup(path, overwrite=overwrite)
            assert told.value.key == key
    assert {path: path.read_bytes() for path in before} == before
    assert words(live) == ["theirs"]
    assert not list(tmp_path.glob(".*"))


def test_a_copy_that_can_only_be_read_is_restored(store: Store, place: Path, tmp_path: Path) -> None:
    put(store, "kept")
    disc = tmp_path / "disc"
    disc.mkdir()
    copy = store.backup(disc / "copy.db")
    put(store, "later")
    store.close()
    copy.chmod(0o444)
    disc.chmod(0o555)
    before = copy.read_bytes()
    try:
        aside = restore_file(copy, place)
    finally:
        disc.chmod(0o755)
    assert words(place) == ["kept"]
    assert aside is not None
    assert words(aside) == ["kept", "later"]
    assert (copy.read_bytes(), [path.name for path in disc.iterdir()]) == (before, ["copy.db"])


def test_manuscripts_and_pictures_are_in_the_backup(store: Store, place: Path, tmp_path: Path) -> None:
    raw, image = os.urandom(200_000), os.urandom(300_000)
    with store.work() as work:
        work.session.add(ManuscriptRow(name="a.txt", kind="text", raw=raw, sha256="", encoding="utf-8"))
        work.session.add(PictureRow(name="b.jpg", raw=image, sha256="", width=1, height=1))
        work.commit()
    copy = store.backup(tmp_path / "copy.db")
    store.close()
    place.unlink()
    restore_file(copy, place)
    again = Store(str(place))
    with again.read() as session:
        assert session.scalars(select(ManuscriptRow.raw)).all() == [raw]
        assert session.scalars(select(PictureRow.raw)).all() == [image]
    again.close()


def test_a_copy_of_a_newer_program_is_not_restored(store: Store, place: Path, tmp_path: Path) -> None:
    copy = store.backup(tmp_path / "newer.db")
    store.close()
    with contextlib.closing(sqlite3.connect(copy)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.execute("PRAGMA user_version = 999")
        file.commit()
    before = place.read_bytes()
    with pytest.raises(UserError) as told:
        restore_file(copy, place)
    assert told.value.key == "store.too_new"
    assert place.read_bytes() == before
