"""A unit of work is stored whole or not at all; writers take turns; manuscripts cannot be touched."""

import threading

import pytest
from sqlalchemy import func, select

from models.tables.finding import HouseWordRow
from models.tables.manuscript import ManuscriptRow, ManuscriptTouched
from services.config.errors import UserError
from services.jobs.lanes import LaneBusy, WriteLane
from services.store.rows import clean, read
from services.store.unit_of_work import Store


def count(store: Store) -> int:
    with store.read() as session:
        return session.execute(select(func.count()).select_from(HouseWordRow)).scalar_one()


def fail_half_way(either: Store) -> None:
    store = either
    with store.work() as work:
        work.session.add(HouseWordRow(key="甲"))
        work.session.flush()
        raise LookupError


def test_without_commit_nothing_is_kept(either: Store) -> None:
    store = either
    with store.work() as work:
        work.session.add(HouseWordRow(key="甲"))
        work.session.flush()
    assert count(store) == 0
    with pytest.raises(LookupError):
        fail_half_way(store)
    assert count(store) == 0
    with store.work() as work:
        work.session.add(HouseWordRow(key="甲"))
        work.commit()
    assert count(store) == 1


def test_many_threads_write_and_read(either: Store) -> None:
    store = either

    def write(thread: int) -> None:
        for number in range(5):
            with store.work() as work:
                work.session.add(HouseWordRow(key=f"{thread}-{number}"))
                work.commit()
            count(store)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(store) == 30


def test_a_unit_of_work_within_another_is_our_bug(either: Store) -> None:
    store = either
    with store.work(), pytest.raises(RuntimeError), store.work():
        pass
    with store.work() as work:
        work.session.add(HouseWordRow(key="still works"))
        work.commit()


def test_a_lane_that_stays_taken() -> None:
    lane = WriteLane(patience=0.05)
    told: list[bool] = []

    def wait() -> None:
        try:
            with lane.hold():
                told.append(False)
        except LaneBusy:
            told.append(True)

    with lane.hold():
        thread = threading.Thread(target=wait)
        thread.start()
        thread.join()
    assert told == [True]


def test_a_manuscript_is_never_changed_nor_deleted(either: Store) -> None:
    store = either
    with store.work() as work:
        work.session.add(ManuscriptRow(name="a.txt", kind="text", raw=b"x", sha256="0", encoding="utf-8"))
        work.commit()
    for act in ("change", "delete"):
        with store.work() as work:
            row = work.session.scalars(select(ManuscriptRow)).one()
            if act == "change":
                row.raw = b"y"
            else:
                work.session.delete(row)
            with pytest.raises(ManuscriptTouched):
                work.commit()


def test_a_damaged_row_is_named() -> None:
    with pytest.raises(UserError) as told:
        read(tuple[str, ...], "[1]", "article", 17)
    assert "17" in str(told.value)
    assert "article" in str(told.value)


def test_characters_that_no_database_takes() -> None:
    assert clean("甲\x00乙\ud800\x0c丙\ufffe\t丁\n") == "甲乙丙\t丁\n"
    assert clean("甲 乙𠮷") == "甲 乙𠮷"
