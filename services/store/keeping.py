"""Backups that nobody asks for: when one is due, where it goes, which older ones are kept."""

import contextlib
import datetime
import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from services.config.errors import UserError
from services.config.paths import data_folder
from services.store.backup import backup_file, last_backup

EVERY = datetime.timedelta(minutes=30)
DAILY, WEEKLY, MONTHLY = 12, 10, 9  # days, weeks and months of which the last copy is kept
NEWEST = 2  # kept whatever day they are of
_NAME = re.compile(r"-(\d{8}-\d{6})\.db$")
_STAMP = "%Y%m%d-%H%M%S"


def backups_of(store: Path) -> Path:
    """The folder of a store's backups; two stores of one name in two folders have two."""
    real = store.resolve()
    mark = hashlib.sha256(str(real).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return data_folder() / "backups" / f"{real.stem}-{mark}"


def is_due(store: Path, moment: datetime.datetime) -> bool:
    """Whether the store has changed since its last backup and that is half an hour ago."""
    last = last_backup(store)
    if last is None:
        return True
    return moment - last >= EVERY and _changed(store) > last


def back_up(store: Path, moment: datetime.datetime) -> Path:
    """A backup into the store's folder; older ones that nobody needs go once it is whole. Raises UserError."""
    folder = backups_of(store)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UserError("store.backup_failed", file=folder, reason=error.strerror or str(error)) from error
    name = f"{store.stem}-{moment.astimezone(datetime.UTC).strftime(_STAMP)}.db"
    copy = backup_file(store, folder / name, overwrite=True)
    for path in superfluous(folder.glob("*.db")):
        with contextlib.suppress(OSError):
            path.unlink()
    return copy


def backups(store: Path) -> tuple[tuple[datetime.datetime, Path], ...]:
    """What was kept by itself, newest first."""
    return tuple(sorted(_dated(backups_of(store).glob("*.db")), reverse=True))


def superfluous(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The copies that are neither the last of one of 12 days, 10 weeks and 9 months, nor among the two newest."""
    dated = sorted(_dated(paths), reverse=True)
    kept = {path for _, path in dated[:NEWEST]}
    periods: tuple[tuple[int, Callable[[datetime.datetime], object]], ...] = (
        (DAILY, lambda day: day.date()),
        (WEEKLY, lambda day: day.isocalendar()[:2]),
        (MONTHLY, lambda day: (day.year, day.month)),
    )
    for count, period in periods:
        last: dict[object, Path] = {}
        for moment, path in dated:
            last.setdefault(period(moment), path)
        kept.update(list(last.values())[:count])
    return tuple(path for _, path in dated if path not in kept)


def _dated(paths: Iterable[Path]) -> list[tuple[datetime.datetime, Path]]:
    found = []
    for path in paths:
        match = _NAME.search(path.name)
        with contextlib.suppress(ValueError):
            if match and not path.name.startswith("."):
                moment = datetime.datetime.strptime(match[1], _STAMP).replace(tzinfo=datetime.UTC)
                found.append((moment, path))
    return found


def _changed(store: Path) -> datetime.datetime:
    times = [0.0]
    for path in (store, store.with_name(store.name + "-wal")):
        with contextlib.suppress(OSError):
            times.append(path.stat().st_mtime)
    return datetime.datetime.fromtimestamp(max(times), datetime.UTC)
