"""Writing a file whole or not at all: to a temporary file beside it, flushed to the disk, then renamed over it."""

import os
import tempfile
from pathlib import Path

from services.config.errors import UserError


def write_whole(path: Path, content: bytes) -> None:
    """Replaces the file by `content`; on any failure the old file stays as it was. Raises UserError."""
    handle, name = -1, ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise UserError("cli.cannot_write", file=str(path), reason=error.strerror or str(error)) from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
