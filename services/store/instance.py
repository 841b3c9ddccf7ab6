"""One window per store file: a lock that the system takes back from a program that died, whatever killed it.

The lock lies on a small file beside the store (name + ".lock"), not on the store: SQLite has locks of its own there.
Commands that only look or write for a moment need none; SQLite lets them take turns with the window.
"""

import contextlib
import os
from pathlib import Path

from services.config.errors import UserError


class Instance:
    """Held from `hold_instance` to `release`."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle: int | None = handle

    def release(self) -> None:
        if self._handle is None:
            return
        with contextlib.suppress(OSError):
            self._path.unlink()  # before it is let go: who waits for it sees that it is another file now
        os.close(self._handle)
        self._handle = None


def hold_instance(store: Path) -> Instance:
    """Takes the store for this window. Raises UserError when another one has it."""
    path = store.with_name(store.name + ".lock")
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError as error:
            raise UserError("store.unreadable", file=path, reason=error.strerror or str(error)) from error
        if not _take(handle):
            holder = _holder(handle)
            os.close(handle)
            raise UserError("store.in_use", file=store, pid=holder or "?")
        if _same(handle, path):
            break
        os.close(handle)  # the holder let it go and removed it between our two steps
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    return Instance(path, handle)


def _take(handle: int) -> bool:
    try:
        import fcntl
    except ModuleNotFoundError:  # Windows: a lock on a byte far behind the number
        import msvcrt

        try:
            os.lseek(handle, 1 << 20, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(handle: int) -> str:
    with contextlib.suppress(OSError):
        words = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
        return words if words.isdigit() else ""
    return ""


def _same(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False
