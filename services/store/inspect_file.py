"""What a file is, found out without changing a byte of it: read before any connection that may write.

The SQLite header (https://www.sqlite.org/fileformat2.html, section 1.3) gives magic, size, user_version and
application_id; only a file that is ours by these is opened, first with mode=ro.
"""

import os
import re
import sqlite3
import stat
import struct
from dataclasses import dataclass
from pathlib import Path

from services.config.errors import UserError

_OCTAL = re.compile(r"\\([0-7]{3})")
APPLICATION_ID = 0x51596E67  # "QYng"
MAGIC = b"SQLite format 3\x00"
QUICK_CHECK_BELOW = 32 * 1024 * 1024  # bytes; a larger file is checked by `check`, not at every start
WAIT_SECONDS = 5.0
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "fuse.sshfs", "fuse.davfs", "davfs", "ceph"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A store of ours as it lies there: `revision` is "" in a file without one."""

    revision: str
    user_version: int


def place_of(where: str) -> Path:
    """The path that a person wrote, ~ for the home folder."""
    try:
        return Path(where).expanduser()
    except RuntimeError:  # ~ of somebody whom the system does not know
        return Path(where)


def refuse_place(path: Path) -> None:
    """Refuses a path on which no store can be: a folder, a missing folder, a network drive."""
    try:
        if path.is_dir():
            raise UserError("store.is_folder", file=path)
        if not path.parent.is_dir():
            raise UserError("store.no_folder", file=path, folder=path.parent)
        path.exists()
    except OSError as error:  # no right to look, a name too long
        raise UserError("store.unreadable", file=path, reason=error.strerror or str(error)) from error
    if on_network(path):
        raise UserError("store.network", file=path)


def on_network(path: Path, mounts: Path = Path("/proc/mounts")) -> bool:
    """Whether the path lies on a network drive, as far as the system tells. SQLite's locks do not hold there."""
    if str(path).startswith(("\\\\", "//")):
        return True
    try:
        table = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    real = os.path.realpath(path)
    best, kind = "", ""
    for line in table:
        fields = line.split()
        if len(fields) < 3:
            continue
        point = _OCTAL.sub(lambda escape: chr(int(escape[1], 8)), fields[1])  # \040 for a blank in a name
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind in NETWORK


def look(path: Path, *, writing: bool = True) -> Found:
    """What the store at `path` says of itself. Raises UserError for anything that is not a whole store of ours.

    With `writing` also for one that cannot be written, as one does who wants to work in it.
    """
    _refuse_header(path, writing=writing)
    try:
        connection = reader(path)
        try:
            return _read(connection, path)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise trouble(error, path) from error


def reader(path: Path) -> sqlite3.Connection:
    """A connection that only reads. Where no log lies beside the file nobody has it open; immutable then keeps SQLite
    from making one."""
    how = "mode=ro" if path.with_name(path.name + "-wal").exists() else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{how}", uri=True, timeout=WAIT_SECONDS)


def keeps_log(path: Path) -> bool:
    """Whether the file is one that is worked in: it has a write-ahead log (bytes 18 and 19), as no backup has."""
    with path.open("rb") as file:
        return file.read(20)[18:20] != b"\x01\x01"


def _read(connection: sqlite3.Connection, path: Path) -> Found:
    connection.execute("PRAGMA trusted_schema=OFF")
    user_version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    tables = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    revision = ""
    if "alembic_version" in tables:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        revision = str(row[0]) if row else ""
    if path.stat().st_size <= QUICK_CHECK_BELOW:
        verdict = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        if verdict != "ok":
            raise UserError("store.damaged", file=path, detail=verdict.replace("\n", " "))
    return Found(revision=revision, user_version=user_version)


def _refuse_header(path: Path, *, writing: bool) -> None:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise UserError("store.no_file", file=path)
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise UserError("store.unreadable", file=path, reason=error.strerror or str(error)) from error
    if size == 0:
        raise UserError("store.empty_file", file=path)
    if len(header) < 100 or not header.startswith(MAGIC):
        raise UserError("store.not_ours", file=path)
    if struct.unpack(">I", header[68:72])[0] != APPLICATION_ID:
        raise UserError("store.not_ours", file=path)
    _refuse_short(path, size, header)
    if not writing:
        return
    if not os.access(path, os.W_OK) or not mode & 0o222:
        raise UserError("store.read_only", file=path)
    if not os.access(path.parent, os.W_OK):
        raise UserError("store.read_only_folder", file=path, folder=path.parent)


def _refuse_short(path: Path, size: int, header: bytes) -> None:
    """A file shorter than its header says is truncated, unless a write-ahead log still holds the rest."""
    (page_size,) = struct.unpack(">H", header[16:18])
    page_size = 65536 if page_size == 1 else page_size
    change, pages, valid_for = (struct.unpack(">I", header[at : at + 4])[0] for at in (24, 28, 92))
    log = path.with_name(path.name + "-wal")
    if page_size < 512 or (change == valid_for and size < pages * page_size and not _filled(log)):
        raise UserError("store.damaged", file=path, detail=f"{size} < {pages} × {page_size}")


def _filled(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def trouble(error: BaseException, path: object) -> UserError:
    """The plain words for what SQLite reports."""
    words = str(error).lower()
    if "locked" in words or "busy" in words:
        return UserError("store.locked", file=path)
    if "readonly" in words or "read-only" in words or "read only" in words:
        return UserError("store.read_only", file=path)
    if "full" in words:
        return UserError("store.disk_full", file=path)
    if "unable to open" in words or "disk i/o" in words:
        return UserError("store.unreadable", file=path, reason=str(error))
    return UserError("store.damaged", file=path, detail=str(error))
