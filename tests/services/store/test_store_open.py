"""Opening what is no sound store: told in plain words, and not one byte of it changed."""

import os
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from services.config.errors import UserError
from services.store import inspect_file, schema
from services.store.unit_of_work import Store


def refused(place: Path) -> UserError:
    """The error that opening gives; checks that neither the file nor its folder was touched."""
    before = place.read_bytes() if place.is_file() else None
    beside = sorted(place.parent.iterdir()) if place.parent.is_dir() else []
    with pytest.raises(UserError) as told:
        Store(str(place))
    if before is not None:
        assert place.read_bytes() == before
    assert beside == (sorted(place.parent.iterdir()) if place.parent.is_dir() else [])
    words = str(told.value)
    assert words
    assert "{" not in words
    return told.value


def test_a_new_store_is_private_and_opens_again(place: Path) -> None:
    Store(str(place)).close()
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    found = inspect_file.look(place)
    assert found.user_version == len(schema.REVISIONS)
    Store(str(place)).close()
    assert [path.name for path in place.parent.iterdir()] == [place.name]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "store.empty_file"),
        (b"x", "store.not_ours"),
        (os.urandom(5000), "store.not_ours"),
        (b"SQLite format 3\x00" + b"\x00" * 3000, "store.not_ours"),
        ("来稿".encode() * 500, "store.not_ours"),
    ],
)
def test_garbage(place: Path, content: bytes, key: str) -> None:
    place.write_bytes(content)
    assert refused(place).key == key


def test_another_programs_database(place: Path) -> None:
    connection = sqlite3.connect(place)
    connection.execute("CREATE TABLE recipes (name)")
    connection.commit()
    connection.close()
    assert refused(place).key == "store.not_ours"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.95])
def test_truncated(place: Path, part: float) -> None:
    Store(str(place)).close()
    content = place.read_bytes()
    place.write_bytes(content[: int(len(content) * part)])
    assert refused(place).key == "store.damaged"


def test_damaged_in_the_middle(place: Path) -> None:
    Store(str(place)).close()
    content = bytearray(place.read_bytes())
    for page in range(1, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = os.urandom(64)
    place.write_bytes(content)
    assert refused(place).key == "store.damaged"


def test_read_only_file(place: Path) -> None:
    Store(str(place)).close()
    place.chmod(0o400)
    assert refused(place).key == "store.read_only"


def test_newer_schema(place: Path) -> None:
    Store(str(place)).close()
    connection = sqlite3.connect(place)
    connection.execute("UPDATE alembic_version SET version_num='9999'")
    connection.commit()
    connection.close()
    assert refused(place).key == "store.too_new"


def test_newer_user_version(place: Path) -> None:
    Store(str(place)).close()
    connection = sqlite3.connect(place)
    connection.execute("PRAGMA user_version=99")
    connection.commit()
    connection.close()
    assert refused(place).key == "store.too_new"


def test_locked(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect_file, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr("services.store.database.BUSY_MILLISECONDS", 200)
    Store(str(place)).close()
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(UserError) as told:
            Store(str(place))
        assert told.value.key == "store.locked"
    finally:
        other.close()


def test_locked_by_a_program_without_a_log(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect_file, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr("services.store.database.BUSY_MILLISECONDS", 200)
    Store(str(place)).close()
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("PRAGMA journal_mode=DELETE")
    for lock in ("BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"):
        other.execute(lock)
        with pytest.raises(UserError) as told:
            Store(str(place))
        assert told.value.key == "store.locked"
        other.execute("ROLLBACK")
    other.close()
    Store(str(place)).close()


def test_a_folder(place: Path) -> None:
    place.mkdir()
    assert refused(place).key == "store.is_folder"


def test_a_missing_folder(place: Path) -> None:
    assert refused(place / "deeper" / "store.db").key == "store.no_folder"


@pytest.mark.parametrize(
    ("where", "key"),
    [
        ("~nobody-of-that-name/store.db", "store.no_folder"),
        ("{folder}/" + "x" * 300 + ".db", "store.unreadable"),
        ("{folder}/store.db/..", "store.is_folder"),
        ("{folder}/loop", "store.unreadable"),
    ],
)
def test_paths_that_lead_nowhere(tmp_path: Path, where: str, key: str) -> None:
    (tmp_path / "store.db").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UserError) as told:
        Store(where.format(folder=tmp_path))
    assert told.value.key == key
    assert sorted(tmp_path.iterdir()) == before


def test_a_pipe(place: Path) -> None:
    os.mkfifo(place)
    with pytest.raises(UserError) as told:
        Store(str(place))
    assert told.value.key == "store.no_file"


def test_a_store_with_an_unfinished_log_opens(tmp_path: Path) -> None:
    """A copy taken while the log was full, as after a crash: nothing of it is lost."""
    place = tmp_path / "a.db"
    store = Store(str(place))
    with store.work() as work:
        work.session.execute(HOUSE_WORD)
        work.commit()
    for tail in ("", "-wal"):
        shutil.copy(tmp_path / f"a.db{tail}", tmp_path / f"b.db{tail}")
    store.close()
    again = Store(str(tmp_path / "b.db"))
    with again.read() as session:
        from sqlalchemy import text

        assert session.execute(text("SELECT key FROM house_word")).scalar() == "澜江"
    again.close()


def test_network_drives_are_told_by_the_mount_table(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda1 / ext4 rw 0 0\nserver:/paper /mnt/paper nfs4 rw 0 0\n//s/x /mnt/a\\040b cifs rw 0 0\n")
    assert inspect_file.on_network(Path("/mnt/paper/2026/store.db"), mounts)
    assert inspect_file.on_network(Path("/mnt/a b/store.db"), mounts)
    assert not inspect_file.on_network(Path("/mnt/papers/store.db"), mounts)
    assert not inspect_file.on_network(Path("/home/x/store.db"), tmp_path / "none")
    assert inspect_file.on_network(Path("//server/paper/store.db"), tmp_path / "none")


@pytest.mark.parametrize("url", ["mysql://x/y", "postgres://", "http://x", "://", "sqlite:///x.db"])
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(UserError) as told:
        Store(url)
    assert told.value.key in {"store.bad_url", "store.no_psycopg", "store.no_server"}


def test_a_server_without_its_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UserError) as told:
        Store("postgresql://editor:secret@localhost/paper")
    assert told.value.key == "store.no_psycopg"
    assert "pip install 'psycopg[binary]'" in str(told.value)
    assert "secret" not in str(told.value)


def make_word():  # type: ignore[no-untyped-def]
    from sqlalchemy import insert

    from models.tables.finding import HouseWordRow

    return insert(HouseWordRow).values(key="澜江", reason="", author="")


HOUSE_WORD = make_word()
