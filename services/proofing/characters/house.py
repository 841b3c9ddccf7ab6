"""What the house's own back issues add: counts of their runs of characters and a fit of the checker, in one file.

Only counts are kept, no text. They are added to those of the laws, so that what the house writes is known and left
alone, and what it never writes stands out. A lesson is first on trial; `adopt` puts it in use, `take_back` undoes that,
`forget` takes everything away. Every file is written beside its place and renamed: a crash leaves the old one.
"""

import contextlib
import json
import os
import secrets
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from services.config.paths import RESOURCES
from services.jobs.job import JobContext
from services.proofing.characters.arrays import archived
from services.proofing.characters.combine import ARRAYS, Combiner, Combiners
from services.proofing.characters.hashed import HashTable, Keys, build
from services.proofing.characters.ngrams import LONGEST, Counts, codes, keys_of, packed, runs

NAME = "house_characters.npz"
TRIAL = "house_characters.trial.npz"
BEFORE = "house_characters.before.npz"
LEAST = {2: 1, 3: 1, 4: 2, 5: 2}  # runs seen more rarely are left out
LOAD = 0.8
CHUNK = 4_000_000  # characters that are counted in one go: about 300 MB
# what NumPy raises for files that were cut short, are empty, or of another kind
UNREADABLE = (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile, zlib.error)

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class House:
    """`fit` are arrays of a refitted second combiner with its thresholds; empty: that of the program holds.

    `note` is what a person is told: when, how many files and characters, what was gained.
    """

    table: HashTable
    single: Floats
    fit: Mapping[str, Floats] = field(default_factory=dict)
    note: Mapping[str, Any] = field(default_factory=dict)


class _Sums:
    """Distinct keys with their sums, merged chunk by chunk."""

    def __init__(self) -> None:
        self.keys: Keys = np.zeros(0, np.uint64)
        self.counts: NDArray[np.int64] = np.zeros(0, np.int64)

    def add(self, keys: Keys) -> None:
        fresh, counts = np.unique(keys, return_counts=True)
        if not len(self.keys):
            self.keys, self.counts = fresh, counts.astype(np.int64)
            return
        both = np.concatenate([self.keys, fresh])
        sums = np.concatenate([self.counts, counts])
        order = np.argsort(both, kind="stable")
        both, sums = both[order], sums[order]
        starts = np.flatnonzero(np.r_[True, both[1:] != both[:-1]])
        self.keys, self.counts = both[starts], np.add.reduceat(sums, starts)


def count(texts: Iterable[str], job: JobContext | None = None, words: str = "") -> House:
    """The runs of the texts, counted. `words` stand beside the progress. Raises Cancelled."""
    job = job or JobContext()
    chunks = list(_chunks(texts))
    steps = len(chunks) * (LONGEST - 1) + 1
    single = np.zeros(0x10000, np.int64)
    sums = {length: _Sums() for length in range(2, LONGEST + 1)}
    done = 0
    for chunk in chunks:
        line = codes(chunk)
        single += np.bincount(line, minlength=0x10000)
        for length, sum_ in sums.items():
            job.check()
            job.tell(done, steps, words)
            if len(line) >= length:
                sum_.add(keys_of(runs(line, length)))
            done += 1
    job.check()
    job.tell(done, steps, words)
    kept = {length: sum_.counts >= LEAST[length] for length, sum_ in sums.items()}
    keys = np.concatenate([sums[length].keys[keep] for length, keep in kept.items()])
    counts = np.concatenate([sums[length].counts[keep] for length, keep in kept.items()])
    table = build(keys, packed(counts)[:, None], LOAD)
    job.tell(steps, steps, words)
    return House(table, single.astype(np.float32))


def _chunks(texts: Iterable[str]) -> Iterable[str]:
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text) + 1
        if size >= CHUNK:
            yield "\n".join(held)
            held, size = [], 0
    if held:
        yield "\n".join(held)


def learn(texts: Iterable[str], folder: Path) -> int:
    """Counts the texts and puts the result in use at once, without a fit. How many characters there were."""
    house = count(texts)
    write(house, folder / NAME)
    return int(house.single.sum())


def write(house: House, path: Path) -> None:
    """Writes the file whole or not at all. Raises OSError."""
    for old in path.parent.glob(f".{NAME}.*.part"):  # of a program that was killed while it wrote
        with contextlib.suppress(OSError):
            old.unlink()
    half = path.parent / f".{NAME}.{secrets.token_hex(4)}.part"
    arrays: dict[str, Any] = {f"fit_{name}": value for name, value in house.fit.items()}
    note = np.frombuffer(json.dumps(dict(house.note), ensure_ascii=False).encode(), np.uint8)
    try:
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            np.savez(file, rows=house.table.rows, single=house.single, note=note, **arrays)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise


def read(path: Path) -> House:
    """Raises OSError, ValueError, KeyError or BadZipFile."""
    file = archived(path)
    rows, single = file["rows"], file["single"]
    fit = {name[4:]: array for name, array in file.items() if name.startswith("fit_")}
    note = json.loads(file["note"].tobytes()) if "note" in file else {}
    if rows.ndim != 2 or rows.shape[1] != 12 or rows.dtype != np.uint8 or not len(rows) or single.shape != (0x10000,):
        raise ValueError(path.name)
    return House(HashTable(rows, 1), single.astype(np.float32), fit, note if isinstance(note, dict) else {})


def note_of(path: Path) -> dict[str, Any] | None:
    """The note of a file without its tables; None where there is no file or none that can be read."""
    try:
        file = archived(path, "note")
        note = json.loads(file["note"].tobytes()) if "note" in file else {}
        return note if isinstance(note, dict) else {}
    except UNREADABLE:
        return None


def adopt(folder: Path) -> None:
    """The lesson on trial comes in use; what was in use before is kept for `take_back`. Raises OSError."""
    if (folder / NAME).is_file():
        (folder / NAME).replace(folder / BEFORE)
    else:
        (folder / BEFORE).unlink(missing_ok=True)
    (folder / TRIAL).replace(folder / NAME)


def drop_trial(folder: Path) -> None:
    (folder / TRIAL).unlink(missing_ok=True)


def take_back(folder: Path) -> None:
    """Undoes `adopt`: what was in use before it, or nothing; the lesson is on trial again. Raises OSError."""
    if (folder / NAME).is_file():
        (folder / NAME).replace(folder / TRIAL)
    if (folder / BEFORE).is_file():
        (folder / BEFORE).replace(folder / NAME)


def forget(folder: Path) -> None:
    """Takes away what was learned; nothing happens where nothing was."""
    for name in (NAME, TRIAL, BEFORE):
        (folder / name).unlink(missing_ok=True)


def with_house(counts: Counts, folder: Path) -> Counts:
    """The counts with those of the house, where there are any. Raises OSError, ValueError, KeyError or BadZipFile."""
    path = folder / NAME
    return added(counts, read(path)) if path.is_file() else counts


def added(counts: Counts, house: House) -> Counts:
    if house.single.shape != counts.single.shape:
        raise ValueError(NAME)
    return replace(counts, tables=(*counts.tables, house.table), single=counts.single + house.single)


def fitted(combiners: Combiners, fit: Mapping[str, Floats]) -> Combiners:
    """Raises KeyError, ValueError."""
    second = Combiner(*(fit[name] for name in ARRAYS))
    if second.hidden.shape != combiners.second.hidden.shape:
        raise ValueError(NAME)
    return replace(combiners, second=second, likely=float(fit["likely"]), hint=float(fit["hint"]))


def mark_of_combiner() -> str:
    """Tells one combiner of the program from another: a fit belongs to the one it was made from."""
    import hashlib

    try:
        return hashlib.sha256((RESOURCES / "language" / "combiner.npz").read_bytes()).hexdigest()[:16]
    except OSError:
        return ""
