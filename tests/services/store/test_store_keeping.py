"""Backups by themselves: due on change after half an hour, thinned out, true in what is said of them; one window."""

import datetime
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from models.tables.finding import HouseWordRow
from models.tables.manuscript import ManuscriptRow
from models.tables.picture import PictureRow
from services.config.errors import UserError
from services.store import keeping
from services.store.backup import restore_file
from services.store.instance import hold_instance
from services.store.unit_of_work import Store

HOME = Path(keeping.__file__).parents[2]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data"
    monkeypatch.setattr(keeping, "data_folder", lambda: folder)
    return folder


def put(store: Store, word: str) -> None:
    with store.work() as work:
        work.session.add(HouseWordRow(key=word))
        work.commit()


def later(**delta: int) -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC) + datetime.timedelta(**delta)


def test_due_on_change_and_after_half_an_hour(store: Store) -> None:
    assert store.backup_due()
    copy = store.backup_now()
    assert store.check().last_backup == store.last_backup() is not None
    assert not store.backup_due(later(hours=2))  # nothing has changed
    put(store, "甲")
    assert not store.backup_due(later(minutes=29))
    assert store.backup_due(later(minutes=31))
    assert store.backups()[0][1] == copy
    copy.unlink()
    assert store.last_backup() is None  # what is gone is no backup
    assert store.backup_due()


def test_pictures_and_manuscripts_are_in_it(store: Store, place: Path) -> None:
    with store.work() as work:
        work.session.add(ManuscriptRow(name="a.txt", kind="text", raw="来稿".encode(), sha256="0", encoding="utf-8"))
        work.session.add(PictureRow(name="a.png", raw=b"\x89PNG", sha256="1", width=1, height=1))
        work.commit()
    copy = store.backup_now()
    store.close()
    place.unlink()
    restore_file(copy, place)
    again = Store(str(place))
    with again.read() as session:
        assert session.scalars(select(ManuscriptRow.raw)).one() == "来稿".encode()
        assert session.scalars(select(PictureRow.raw)).one() == b"\x89PNG"
    again.close()


def test_twelve_days_ten_weeks_nine_months(tmp_path: Path) -> None:
    start = datetime.datetime(2026, 11, 22, 18, tzinfo=datetime.UTC)
    names = [
        tmp_path / f"store-{(start - datetime.timedelta(hours=6 * number)).strftime('%Y%m%d-%H%M%S')}.db"
        for number in range(4 * 400)
    ]
    others = [tmp_path / "my own copy.db", tmp_path / ".store-20260101-000000.db"]
    kept = set(names) - set(keeping.superfluous([*names, *others]))
    days = sorted({name.name[6:14] for name in kept}, reverse=True)
    assert days[:12] == [(start - datetime.timedelta(days=number)).strftime("%Y%m%d") for number in range(12)]
    weeks = {datetime.datetime.strptime(day, "%Y%m%d").isocalendar()[:2] for day in days}
    assert len(weeks) >= 10
    assert len({day[:6] for day in days}) == 9
    assert len(kept) <= 12 + 10 + 9 + 2
    assert not set(others) & set(keeping.superfluous([*names, *others]))


def test_a_copy_of_a_store_under_edit_is_one_moment(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saves during a paced copy neither wait for its end nor make it begin anew."""
    monkeypatch.setattr("services.store.backup.PAGES_AT_ONCE", 2)
    monkeypatch.setattr("services.store.backup.PAUSE", 0.01)
    for number in range(50):
        put(store, f"a{number:03}" * 50)
    done = threading.Event()
    saved: list[int] = []

    def edit() -> None:
        while not done.is_set():
            put(store, f"b{len(saved):03}" * 50)
            saved.append(len(saved))

    editor = threading.Thread(target=edit)
    editor.start()
    copy = store.backup_now()
    done.set()
    editor.join()
    assert len(saved) > 1
    held = Store(str(copy))
    with held.read() as session:
        keys = list(session.scalars(select(HouseWordRow.key)))
    assert held.check().ok
    held.close()
    assert len(keys) >= 50
    assert len(keys) - 50 < len(saved) + 1


def test_a_second_window_is_told(store: Store, place: Path) -> None:
    store.hold()
    store.hold()  # the same window once more
    other = Store(str(place))
    with pytest.raises(UserError) as told:
        other.hold()
    assert told.value.key == "store.in_use"
    assert str(os.getpid()) in str(told.value)
    put(other, "a command may still write")
    with pytest.raises(UserError) as told:
        restore_file(store.backup_now(), place)
    assert told.value.key == "store.in_use"
    store.close()
    other.hold()
    other.close()
    assert not place.with_name("store.db.lock").exists()


def test_the_lock_of_a_killed_window_is_taken_over(place: Path) -> None:
    Store(str(place)).close()
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom services.store.instance import hold_instance\n"
        "held = hold_instance(Path(sys.argv[1]))\nprint('held', flush=True)\ntime.sleep(60)"
    )
    window = subprocess.Popen([sys.executable, "-c", code, str(place)], cwd=HOME, stdout=subprocess.PIPE)
    assert window.stdout
    assert window.stdout.readline() == b"held\n"
    with pytest.raises(UserError, match=str(window.pid)):
        hold_instance(place)
    window.send_signal(signal.SIGKILL)
    window.wait()
    window.stdout.close()
    assert place.with_name("store.db.lock").exists()
    hold_instance(place).release()
