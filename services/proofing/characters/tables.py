"""What the checker knows, from resources/language: counts, words, characters that are taken for one another.

Opened in well under 0.2 s: the big tables are mapped, the small ones read. See resources/language/NOTICE for origins.
"""

import logging
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from services.config import paths
from services.config.paths import RESOURCES
from services.proofing.characters import house
from services.proofing.characters.arrays import archived
from services.proofing.characters.combine import Combiners
from services.proofing.characters.de import FILE, DeModel
from services.proofing.characters.hashed import HashTable
from services.proofing.characters.ngrams import Counts, unpacked
from services.proofing.characters.words import Words

_log = logging.getLogger("qingyang.proofing")
FOLDER = RESOURCES / "language"
FIRST, LAST = 0x4E00, 0x9FA5  # the characters that have candidates


@dataclass(frozen=True, slots=True)
class Confusables:
    """Candidates of character c: [starts[c - FIRST], starts[c - FIRST + 1]), the more common ones first."""

    starts: NDArray[np.int64]
    codes: NDArray[np.int64]
    kinds: NDArray[np.uint8]  # bits: 1 the same syllable, 2 a near one, 4 looks alike
    looks: NDArray[np.float32]  # 0 to 1
    common: NDArray[np.float32]  # log10 share of each character in text, by code
    syllable: NDArray[np.int64]  # of the first reading, by code; 0 for none
    pair_sounds: NDArray[np.int64]  # sorted: 1024 * first syllable + second
    pairs: NDArray[np.int64]  # words of two characters in the same order


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that a check needs."""

    counts: Counts
    words: Words
    confusables: Confusables
    combiners: Combiners | None
    de: DeModel | None = None


def open_tables(folder: Path = FOLDER, *, trained: bool = True) -> Tables:
    """Raises one of house.UNREADABLE where a file is missing or is not what it should be."""
    listed = archived(folder / "characters.npz")
    return Tables(
        counts=Counts((HashTable.open(folder / "laws.npy"),), unpacked(listed["single"])),
        words=Words.of(listed["words"], listed["word_logs"], HashTable.open(folder / "word_runs.npy")),
        confusables=Confusables(
            starts=listed["starts"].astype(np.int64),
            codes=listed["candidates"].astype(np.int64),
            kinds=listed["kinds"],
            looks=listed["looks"].astype(np.float32) / np.float32(255),
            common=listed["common"].astype(np.float32),
            syllable=listed["syllable"].astype(np.int64),
            pair_sounds=listed["pair_sounds"].astype(np.int64),
            pairs=listed["pairs"].astype(np.int64),
        ),
        combiners=Combiners.open(folder / "combiner.npz") if trained else None,
        de=DeModel.open(folder / FILE) if trained else None,
    )


def with_lesson(tables: Tables, lesson: house.House) -> Tables:
    """The tables with what the house learned: its counts, and its fit where it was made for this very combiner."""
    made = replace(tables, counts=house.added(tables.counts, lesson))
    if made.combiners is None or not lesson.fit or lesson.note.get("combiner") != house.mark_of_combiner():
        return made
    return replace(made, combiners=house.fitted(made.combiners, lesson.fit))


def in_use() -> Tables | None:
    """The tables of the program with what the house learned; None where they are missing or broken: silence then."""
    folder = paths.data_folder()
    path = folder / house.NAME
    return _in_use(folder, path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=1)
def _in_use(folder: Path, learned: int) -> Tables | None:
    """`learned` tells one state of the house's file from another."""
    try:
        tables = open_tables()
    except house.UNREADABLE as error:
        _log.warning("the checker of wrong characters is off: %s", error)
        return None
    if not learned:
        return tables
    try:
        return with_lesson(tables, house.read(folder / house.NAME))
    except house.UNREADABLE as error:
        _log.warning("what the house learned cannot be read: %s", error)
        return tables
