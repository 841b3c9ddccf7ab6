"""Writing a file whole or not at all: to a temporary file beside it, flushed to the disk, then renamed over it."""

import contextlib
import os
import secrets
from pathlib import Path

from services.config.errors import UserError


def write_whole(path: Path, content: bytes) -> None:
    """Replaces the file by `content`; on any failure the old file stays as it was. Raises UserError."""
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(half, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise UserError("cli.cannot_write", file=str(path), reason=error.strerror or str(error)) from error


def need_writable(folder: Path) -> None:
    """Makes the folder where it is missing and tries to write in it. Raises UserError."""
    probe = folder / f".{secrets.token_hex(4)}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError as error:
        raise UserError("cli.cannot_write", file=str(folder), reason=error.strerror or str(error)) from error
