"""What every command uses: the store's desk, lines and JSON for who called, progress for who looks on."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from services.config.errors import UserError
from services.jobs.job import JobContext

if TYPE_CHECKING:
    from services.desk.desk import Desk

Options = argparse.Namespace


def desk_of(store: str | None, *, new: bool = False) -> "Desk":
    """The store's desk. Only `new` makes a store where there is none: a slip in its name must not make an empty one."""
    from services.desk.desk import open_desk

    if not new and store is not None and "://" not in store and not Path(store).exists():
        raise UserError("cli.no_store", file=store)
    return open_desk(store)


def print_json(value: object, indent: int | None = 1) -> None:
    line = json.dumps(value, ensure_ascii=False, indent=indent) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


def write(path: Path, words: str) -> None:
    from services.config.files import write_whole

    write_whole(path, words.encode("utf-8"))


def progress() -> JobContext:
    """Progress on standard error when it is a terminal, else silence."""
    if not sys.stderr.isatty():
        return JobContext()

    def tell(done: int, total: int, words: str) -> None:
        print(f"\r\033[K{words} {done}/{total}", end="\n" if done >= total else "", file=sys.stderr, flush=True)

    return JobContext(tell=tell)
