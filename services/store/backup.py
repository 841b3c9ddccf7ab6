"""Copies of a store: made online, checked before they get their name; a restored store never overwrites another.

The time of the last copy stands in a small file beside the store (name + ".backup"), since writing it into the store
would make every copy older than its original.
"""

import contextlib
import datetime
import os
import secrets
import sqlite3
import time
from pathlib import Path

from services.config.errors import UserError
from services.store import inspect_file, schema
from services.store.instance import hold_instance

PAGES_AT_ONCE = 1000  # 4 MB a step: no save waits longer than the step
PAUSE = 0.004  # seconds between two steps at least; as long as the step's way to the disk took, at most MOST_PAUSE
MOST_PAUSE = 0.5


def backup_file(store: Path, target: Path, *, overwrite: bool = False) -> Path:
    """Copies the store to `target` by SQLite's online backup, checks the copy, then gives it its name.

    A file that is there stays: with `overwrite` an older backup is replaced, never a store that is worked in and never
    anything else. Raises UserError.
    """
    if target.is_dir():
        target = target / f"{store.stem}-{_stamp()}.db"
    if target.resolve() == store.resolve():
        raise UserError("store.backup_onto_itself", file=target)
    if not target.parent.is_dir():
        raise UserError("store.no_folder", file=target, folder=target.parent)
    _refuse_target(target, overwrite=overwrite)
    copy_checked(store, target, overwrite=overwrite)
    _remember(store, target)
    return target


def _refuse_target(target: Path, *, overwrite: bool) -> None:
    """Raises UserError unless the name is free, or is that of an older backup which may be replaced."""
    if not target.exists() and not target.is_symlink():
        return
    try:
        inspect_file.look(target, writing=False)
        logged = inspect_file.keeps_log(target)
    except UserError as error:
        raise UserError("store.backup_other_file", file=target) from error
    if logged:
        raise UserError("store.backup_onto_store", file=target)
    if not overwrite:
        raise UserError("store.backup_exists", file=target)


def copy_checked(store: Path, target: Path, *, overwrite: bool = False, reading: bool = False) -> None:
    """A whole, checked copy under the name `target`; with `overwrite` what is there is replaced in one step.

    With `reading` the source may lie where nothing can be written (a CD, a file for reading only).
    """
    half = target.with_name(f".{target.name}.{secrets.token_hex(4)}.new")
    try:
        os.close(os.open(half, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        source = inspect_file.reader(store) if reading else _writer(store)
        copy = sqlite3.connect(half)
        try:
            source.execute("BEGIN")  # one moment's state: otherwise every save would make the copy begin anew
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            copy.execute("PRAGMA journal_mode=OFF")  # a copy that is not whole is thrown away
            copy.execute("PRAGMA synchronous=OFF")  # each step goes to the disk by itself
            source.backup(copy, pages=PAGES_AT_ONCE, progress=lambda _, left, __: _pace(half, left))
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it
            verdict = str(copy.execute("PRAGMA quick_check(1)").fetchone()[0])
        finally:
            copy.close()
            source.close()
        if verdict != "ok":
            raise UserError("store.damaged", file=store, detail=verdict)
        _to_disk(half)
        _give_name(half, target, overwrite=overwrite)
    except sqlite3.Error as error:
        raise inspect_file.trouble(error, store) from error
    except OSError as error:
        raise UserError("store.backup_failed", file=target, reason=error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)


def _writer(store: Path) -> sqlite3.Connection:
    return sqlite3.connect(store, timeout=inspect_file.WAIT_SECONDS)


def _give_name(half: Path, target: Path, *, overwrite: bool) -> None:
    """Its name in one step; a file that came there meanwhile is not replaced."""
    if overwrite:
        half.replace(target)
        return
    try:
        os.link(half, target)
    except FileExistsError as error:
        raise UserError("store.backup_exists", file=target) from error
    except OSError:  # a file system without hard links
        if target.exists():
            raise UserError("store.backup_exists", file=target) from None
        half.rename(target)


def _refuse_open(store: Path) -> None:
    """Raises UserError while any other connection has the store open: it would go on writing into the moved file."""
    try:
        connection = sqlite3.connect(store, timeout=1.0, isolation_level=None)
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise UserError("store.locked", file=store) from error
    except sqlite3.DatabaseError:
        return  # damaged: nobody can have it open in earnest, and restoring is what is wanted


def restore_file(copy: Path, store: Path) -> Path | None:
    """Puts a copy in the store's place. The store that was there is moved aside; its new path is returned."""
    if not copy.exists():
        raise UserError("store.no_copy", file=copy)
    inspect_file.refuse_place(store)
    found = inspect_file.look(copy, writing=False)
    if found.revision not in schema.REVISIONS or found.user_version > len(schema.REVISIONS):
        raise UserError("store.too_new" if found.revision else "store.not_ours", file=copy)
    instance = hold_instance(store)
    half = store.with_name(f".{store.name}.{secrets.token_hex(4)}.restored")
    aside: Path | None = None
    try:
        if store.exists():
            _refuse_open(store)
        copy_checked(copy, half, reading=True)
        if store.exists():
            aside = _free(store.with_name(f"{store.name}.{_stamp()}.before-restore"))
            _whole(store)
            for tail in ("-wal", "-shm"):  # the log belongs to its file: they move together
                log = store.with_name(store.name + tail)
                if log.exists():
                    log.rename(aside.with_name(aside.name + tail))
            store.rename(aside)
        half.rename(store)
    except OSError as error:
        raise UserError("store.restore_failed", file=store, reason=error.strerror or str(error)) from error
    finally:
        instance.release()
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
    return aside


def last_backup(store: Path) -> datetime.datetime | None:
    """When the last good copy was made; None when there is none, or it is no longer where it was put."""
    try:
        moment, name = store.with_name(store.name + ".backup").read_text("utf-8").splitlines()[:2]
        return datetime.datetime.fromisoformat(moment) if Path(name).is_file() else None
    except (OSError, ValueError):
        return None


def _remember(store: Path, copy: Path) -> None:
    with contextlib.suppress(OSError):  # the copy is made; only its date is not told
        words = f"{datetime.datetime.now(datetime.UTC).isoformat()}\n{copy.resolve()}"
        store.with_name(store.name + ".backup").write_text(words + "\n", "utf-8")


def _whole(store: Path) -> None:
    """Brings the log into the file where that can be done; a damaged store is moved aside as it is."""
    with contextlib.suppress(sqlite3.Error):
        connection = sqlite3.connect(store, timeout=1.0)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def _free(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free


def _pace(half: Path, remaining: int) -> None:
    """Brings the step to the disk, then leaves the disk to everybody else for as long as that took.

    A gigabyte that lay in memory until the end would go to the disk at once, and a save would wait behind all of it.
    """
    if not remaining:
        return
    started = time.perf_counter()
    _to_disk(half)
    time.sleep(min(MOST_PAUSE, max(PAUSE, time.perf_counter() - started)))


def _stamp() -> str:
    return datetime.datetime.now().strftime("%Y%m%d-%H%M%S")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
