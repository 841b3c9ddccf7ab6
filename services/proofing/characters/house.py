"""What the house's own back issues add: counts of their runs of characters, in one file beside the store.

Only counts are kept, no text. They are added to those of the laws, so that what the house writes is known and left
alone, and what it never writes stands out. To forget them all, delete the file. Ten million characters are counted in
well under a minute.
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from services.proofing.characters.hashed import HashTable, Keys, build
from services.proofing.characters.ngrams import LONGEST, Counts, codes, keys_of, packed, runs

NAME = "house_characters.npz"
LEAST = {2: 1, 3: 1, 4: 2, 5: 2}  # runs seen more rarely are left out
LOAD = 0.8


def learn(texts: Iterable[str], folder: Path) -> int:
    """Counts the texts and puts the result in the place of what was learned before. How many characters there were."""
    line = codes("\n".join(texts))
    keys: list[Keys] = []
    counts = []
    for length in range(2, LONGEST + 1):
        key, count = np.unique(keys_of(runs(line, length)), return_counts=True)
        keep = count >= LEAST[length]
        keys.append(key[keep])
        counts.append(count[keep])
    table = build(np.concatenate(keys), packed(np.concatenate(counts))[:, None], LOAD)
    single = np.bincount(line, minlength=0x10000).astype(np.float32)
    handle, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        np.savez(file, rows=table.rows, single=single)
    Path(name).replace(folder / NAME)
    return len(line)


def forget(folder: Path) -> None:
    """Takes away what was learned; nothing happens where nothing was."""
    (folder / NAME).unlink(missing_ok=True)


def with_house(counts: Counts, folder: Path) -> Counts:
    """The counts with those of the house, where there are any. Raises OSError, ValueError, KeyError or BadZipFile."""
    path = folder / NAME
    if not path.is_file():
        return counts
    with path.open("rb") as source, np.load(source, allow_pickle=False) as file:
        rows, single = file["rows"], file["single"]
    if rows.ndim != 2 or rows.shape[1] != 12 or rows.dtype != np.uint8 or single.shape != counts.single.shape:
        raise ValueError(NAME)
    return Counts((*counts.tables, HashTable(rows, 1)), counts.single + single)
