"""The commands about whole stores, as a person at a terminal meets them."""

import json
import sqlite3
from pathlib import Path

import pytest

from services.desk.desk import open_desk
from ui.cli.run import run
from ui.cli.window import Window


class Unused(Window):
    def __call__(self, *given: object, **named: object) -> int:
        raise AssertionError("no window is asked for")


def told(*arguments: object) -> int:
    return run([str(one) for one in arguments], Unused())  # type: ignore[abstract]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    place = tmp_path / "store.db"
    assert told("sample", "--store", place) == 0
    return place


def test_a_backup_is_not_replaced_without_being_asked(store: Path, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    copy = tmp_path / "copy.db"
    assert told("backup", copy, "--store", store) == 0
    first = copy.read_bytes()
    assert told("backup", copy, "--store", store) == 3
    assert "--overwrite" in capsys.readouterr().err
    assert copy.read_bytes() == first
    assert told("backup", copy, "--overwrite", "--store", store) == 0
    assert told("backup", store, "--overwrite", "--store", store) == 3
    assert told("restore", copy, "--store", store) == 0
    assert told("check", "--store", store) == 0


def test_copy_and_reindex_and_upgrade(store: Path, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "second.db"
    capsys.readouterr()
    assert told("copy", store, target, "--json") == 0
    tables = {one["table"]: one for one in json.loads(capsys.readouterr().out)["tables"]}
    held = sqlite3.connect(target).execute("SELECT count(*) FROM article").fetchone()[0]
    assert tables["article"]["rows"] == held > 0
    assert len(tables["article"]["sha256"]) == 64
    assert told("copy", store, target) == 3  # not empty any more
    connection = sqlite3.connect(target)
    connection.execute("INSERT INTO chars (chars) VALUES ('delete-all')")
    connection.commit()
    connection.close()
    assert told("check", "--store", target) == 3
    assert told("reindex", "--store", target) == 0
    assert told("check", "--store", target) == 0
    assert told("upgrade", "--store", target) == 0
    for command in (("copy", tmp_path / "none.db", target), ("reindex", "--store", tmp_path / "none.db")):
        assert told(*command) == 3
    assert not (tmp_path / "none.db").exists()


def test_people_of_a_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = str(tmp_path / "people.db")
    open_desk(store).close()

    def users(*arguments: str) -> int:
        return told("users", *arguments, "--store", store)

    assert users("list") == 0
    assert "不限制" in capsys.readouterr().out
    assert users("add", "zhang", "--role", "editor") == 3  # the first is a chief
    me = open_desk(store).people.login()
    assert users("add", me, "--role", "chief", "--name", "程总编") == 0
    assert users("add", "zhang", "reporter") == 0
    assert users("role", "zhang", "layout") == 0
    capsys.readouterr()
    assert users("list", "--json") == 0
    rows = json.loads(capsys.readouterr().out)["users"]
    assert {one["login"]: one["role"] for one in rows} == {me: "chief", "zhang": "layout"}
    assert users("remove", me) == 3
    assert users("add", "li") == 2
    assert users("remove", "zhang") == 0
    assert users("remove", me) == 0
