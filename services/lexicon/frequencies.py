"""How often words are used: jieba's dictionary (MIT, 349,046 words) as a table on disk, mapped into memory.

In: the start of a word. Out: the words that begin there, each with its frequency. As a Python dict the dictionary takes
60 MB and a second at every start. Here it is a tree of characters in one hash table: an entry's key is the slot of the
character before it and the character itself, so that an entry's slot is the name of its node and no string is kept.
Both arrays (20 MB of address space, of which only the pages in use are read) are built once, into the user's own cache
folder, and shared by all processes.
"""

import mmap
import os
import sys
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from services.config.paths import cache_folder

SLOTS = 1 << 20  # twice as many as the tree has nodes
_ROOT = SLOTS  # the node before every word
_MASK = SLOTS - 1
_CODES = 21  # bits of a code point
_MAGIC = b"QYWORDS2"
_HEADER = 16  # the magic, then the sum of all frequencies


class Frequencies:
    """The table. `keys` has SLOTS entries (0 is a free slot), `counts` as many; a count of 0 is no word of its own."""

    __slots__ = ("_counts", "_held", "_keys", "total")

    def __init__(self, keys: memoryview, counts: memoryview, total: int, held: object = None) -> None:
        self._keys = keys
        self._counts = counts
        self._held = held  # the file's mapping lives as long as the table
        self.total = total

    def of(self, word: str) -> int:
        """The frequency of a word; 0 for an unknown one."""
        node = _ROOT
        for character in word:
            node = self._step(node, ord(character))
            if node < 0:
                return 0
        return 0 if node == _ROOT else int(self._counts[node])

    def ends(self, text: str, start: int) -> list[tuple[int, int]]:
        """Every word that begins at an offset: (its end, its frequency), the shorter first."""
        keys, counts = self._keys, self._counts
        found: list[tuple[int, int]] = []
        node = _ROOT
        for at in range(start, len(text)):
            code = ord(text[at])
            key = node << _CODES | code
            slot = _slot(node, code)
            held = keys[slot]
            while held != key:
                if not held:
                    return found
                slot = slot + 1 & _MASK
                held = keys[slot]
            node = slot
            count = counts[slot]
            if count:
                found.append((at + 1, count))
        return found

    def _step(self, node: int, code: int) -> int:
        key = node << _CODES | code
        slot = _slot(node, code)
        while held := self._keys[slot]:
            if held == key:
                return slot
            slot = slot + 1 & _MASK
        return -1


def _slot(node: int, code: int) -> int:
    """Where a node's child is looked for first."""
    return (node * 0x9E3779B1 + code * 0x85EBCA6B >> 11) & _MASK


@cache
def frequencies() -> Frequencies:
    """The table of jieba's dictionary; built on the first use of all, which takes two seconds."""
    dictionary = package() / "dict.txt"
    state = dictionary.stat()
    path = cache_folder() / f"words_{state.st_size:x}_{state.st_mtime_ns:x}_{sys.byteorder}.table"
    return _opened(path) or _made(dictionary, path)


def package() -> Path:
    """The folder of jieba's data; the package is found, not imported. Raises FileNotFoundError."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("jieba")
    return Path(spec.origin).parent


def _opened(path: Path) -> Frequencies | None:
    try:
        with path.open("rb") as file:
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    if len(held) != _HEADER + SLOTS * 12 or held[:8] != _MAGIC:
        held.close()
        return None
    view = memoryview(held)
    return Frequencies(
        keys=view[_HEADER : _HEADER + SLOTS * 8].cast("Q"),
        counts=view[_HEADER + SLOTS * 8 :].cast("I"),
        total=int.from_bytes(held[8:16], sys.byteorder),
        held=held,
    )


def _made(dictionary: Path, path: Path) -> Frequencies:
    """Builds the table and keeps it; where the folder cannot be written it is used from memory."""
    table = build(_rows(dictionary))
    keys, counts = table._keys, table._counts
    try:
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + table.total.to_bytes(8, sys.byteorder))
            file.write(keys)
            file.write(counts)
        Path(name).replace(path)
    except OSError:  # no space, or another process has the file open (Windows): the next start tries again
        return table
    return _opened(path) or table


def _rows(dictionary: Path) -> Iterator[tuple[str, int]]:
    for line in dictionary.read_text("utf-8").splitlines():
        word, count, *_ = line.split(" ")
        yield word, int(count)


def build(rows: Iterable[tuple[str, int]]) -> Frequencies:
    """A table of words with their frequencies; of a word that comes twice the last frequency counts."""
    keys = array("Q", bytes(8 * SLOTS))
    counts = array("I", bytes(4 * SLOTS))
    total, nodes = 0, 0
    trail: list[int] = [_ROOT]  # nodes of the word before: the dictionary is sorted, so most of them are shared
    before = ""
    for word, count in rows:
        total += count
        pairs = enumerate(zip(before, word, strict=False))
        shared = next((at for at, (one, other) in pairs if one != other), min(len(before), len(word)))
        del trail[shared + 1 :]
        for character in word[shared:]:
            node = trail[-1]
            key = node << _CODES | ord(character)
            slot = _slot(node, ord(character))
            while keys[slot] and keys[slot] != key:
                slot = slot + 1 & _MASK
            nodes += not keys[slot]
            if nodes > SLOTS * 3 // 4:
                raise ValueError(f"more than {SLOTS} slots are needed")
            keys[slot] = key
            trail.append(slot)
        counts[trail[-1]] = count
        before = word
    return Frequencies(memoryview(keys), memoryview(counts), total)
