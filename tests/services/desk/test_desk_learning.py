"""Learning from a folder: hostile files are named, the lesson is on trial, put in use, taken back, forgotten."""

import os
from pathlib import Path

import pytest

from services.config import paths
from services.config.errors import UserError
from services.desk.desk import Desk
from services.desk.learning import gain_in_words
from services.jobs.job import Cancelled, JobContext
from services.proofing.characters import house, tables

PAGE = "槐树湾社区职工书屋近日开放，附近职工下班后可以借阅图书，现场还办了朗读会。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "往期"
    (made / "2023").mkdir(parents=True)
    for number in range(30):
        (made / "2023" / f"{number:02}.txt").write_text(f"第{number}期\n" + f"{PAGE}\n" * 4, "utf-8")
    (made / "坏.docx").write_bytes(b"PK\x03\x04 no archive")
    (made / "怪.bin").write_bytes(os.urandom(4000))
    (made / "图.jpg").write_bytes(b"\xff\xd8\xff")
    (made / "外面.txt").symlink_to("/etc/hostname")
    return made


def test_on_trial_in_use_taken_back_forgotten(desk: Desk, folder: Path) -> None:
    learned = desk.learning.learn(folder)
    assert learned.files == 30
    assert {one.file for one in learned.skipped} == {"坏.docx", "怪.bin"}
    assert all(one.file in one.reason for one in learned.skipped)
    assert desk.learning.status() is None
    assert desk.learning.trial() is not None
    before = tables.in_use()
    desk.learning.adopt()
    held = desk.learning.status()
    assert held is not None
    assert held.in_use
    assert held.characters == learned.characters
    after = tables.in_use()
    assert before is not None
    assert after is not None
    assert len(after.counts.tables) == len(before.counts.tables) + 1
    desk.learning.take_back()
    assert desk.learning.status() is None
    assert desk.learning.trial() is not None
    assert desk.learning.forget()
    assert desk.learning.trial() is None
    assert not desk.learning.forget()


def test_taking_back_gives_the_lesson_before(desk: Desk, folder: Path) -> None:
    desk.learning.learn(folder)
    desk.learning.adopt()
    (folder / "more.txt").write_text(PAGE * 50, "utf-8")
    second = desk.learning.learn(folder)
    desk.learning.adopt()
    now = desk.learning.status()
    assert now is not None
    assert now.characters == second.characters
    desk.learning.take_back()
    earlier = desk.learning.status()
    assert earlier is not None
    assert earlier.characters < second.characters


def test_the_articles_of_the_store(desk: Desk, cards: tuple[object, ...], folder: Path) -> None:
    learned = desk.learning.learn(folder, with_store=True)
    assert learned.articles == len(cards)
    assert "2 篇" in gain_in_words(learned)[0]


def test_a_crash_in_the_middle_leaves_what_was(desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.learning.learn(folder)
    desk.learning.adopt()
    mark = (paths.data_folder() / house.NAME).read_bytes()

    def broken(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(UserError) as told:
        desk.learning.learn(folder)
    assert told.value.key == "proofing.learn.cannot_write"
    assert (paths.data_folder() / house.NAME).read_bytes() == mark
    assert not list(paths.data_folder().glob("*.part"))


def test_half_written_files_of_a_killed_program_are_swept(desk: Desk, folder: Path) -> None:
    old = paths.data_folder() / f".{house.NAME}.deadbeef.part"
    old.write_bytes(b"half")
    desk.learning.learn(folder)
    assert not old.exists()


def test_stopped(desk: Desk, folder: Path) -> None:
    job = JobContext()
    job.cancel()
    with pytest.raises(Cancelled):
        desk.learning.learn(folder, context=job)
    assert desk.learning.trial() is None


def test_told_in_plain_words(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    for where, key in ((tmp_path / "none", "no_folder"), (tmp_path / "leer", "too_little")):
        with pytest.raises(UserError) as told:
            desk.learning.learn(where)
        assert told.value.key == f"proofing.learn.{key}"
    for act in (desk.learning.adopt, desk.learning.take_back):
        with pytest.raises(UserError) as told:
            act()
        assert told.value.key == "proofing.learn.nothing"


def test_a_note_that_was_tampered_with(desk: Desk, folder: Path) -> None:
    desk.learning.learn(folder)
    place = paths.data_folder() / house.TRIAL
    house.write(house.replace(house.read(place), note={"gain": {"x": 1}, "time": 5, "files": "many"}), place)
    found = desk.learning.trial()
    assert found is not None
    assert found.gain is None
    assert found.files == 0
