"""Arrays out of our own files of numbers. In: a path. Out: arrays.

NumPy reads the head of an array with `ast.literal_eval`, and on Python 3.11 that fails by chance, with SystemError
("AST constructor recursion depth mismatch"), while another thread parses too. Two jobs of the window do, so one lock
stands around all our reading, and what another parser of the process spoilt is read once more.
"""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Read = TypeVar("Read")
_ONE_AT_A_TIME = Lock()
_TRIES = 20


def archived(path: Path, *names: str) -> dict[str, NDArray[Any]]:
    """The named arrays of an .npz file, those it has; all without names. Raises OSError, ValueError or BadZipFile."""

    def work() -> dict[str, NDArray[Any]]:
        with path.open("rb") as source, np.load(source, allow_pickle=False) as file:
            return {name: file[name] for name in file.files if not names or name in names}

    return _undisturbed(work)


def mapped(path: Path) -> NDArray[Any]:
    """The array of an .npy file, mapped into memory. Raises OSError or ValueError."""
    return _undisturbed(lambda: np.load(path, mmap_mode="r", allow_pickle=False))


def _undisturbed(work: Callable[[], Read]) -> Read:
    with _ONE_AT_A_TIME:
        for _ in range(_TRIES - 1):
            try:
                return work()
            except SystemError:
                continue  # another thread parsed at that moment; nothing of the file was wrong
        return work()
