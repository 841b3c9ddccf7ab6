"""A file is written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from services.config.errors import UserError
from services.config.files import need_writable, write_whole


def test_a_new_file_and_its_folder_are_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b.txt", "清样".encode())
    assert (tmp_path / "a" / "b.txt").read_text("utf-8") == "清样"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]


def test_a_written_file_has_the_rights_that_others_of_the_user_have(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("x")
    write_whole(tmp_path / "whole", b"x")
    assert stat.S_IMODE((tmp_path / "whole").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def test_a_failure_leaves_the_old_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "kept.txt"
    target.write_text("old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError) as told:
        write_whole(target, b"new")
    assert told.value.key == "cli.cannot_write"
    assert "kept.txt" in str(told.value)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_whole(tmp_path, b"x")


def test_a_folder_that_takes_no_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_writable(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []

    def refused(self: Path, mode: int = 0o666, exist_ok: bool = True) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refused)
    with pytest.raises(UserError):
        need_writable(tmp_path)
