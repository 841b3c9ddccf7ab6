"""Files as they lie on a disk."""

from pathlib import Path

import pytest

from services.config.errors import UserError
from services.intake.sniff import read_manuscript


def test_bytes_and_name_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "稿件 一.md"
    path.write_bytes("标题\r\n\r\n正文。".encode("gbk"))
    manuscript = read_manuscript(path)
    assert (manuscript.name, manuscript.raw) == ("稿件 一.md", path.read_bytes())


def test_missing_folder_and_device(tmp_path: Path) -> None:
    for path, key in ((tmp_path / "no.txt", "not_found"), (tmp_path, "folder"), (Path("/dev/zero"), "unreadable")):
        with pytest.raises(UserError) as caught:
            read_manuscript(path)
        assert caught.value.key == f"intake.{key}"
