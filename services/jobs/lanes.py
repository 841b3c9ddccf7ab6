"""One lane that writes: window, jobs and autosave never write the store at once.

A lock and no thread of its own: a writer waits for its turn (a commit takes some milliseconds) and errors come up
where they belong. The price: nobody may do long work while holding the lane; engines run before it is taken.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class LaneBusy(Exception):
    """Somebody held the lane for longer than a writer is ready to wait."""


class WriteLane:
    def __init__(self, patience: float = 30.0) -> None:
        """`patience` in seconds: how long a writer waits for the lane."""
        self._turn = threading.RLock()
        self._patience = patience
        self._inside = False

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Waits for the lane and holds it. Raises LaneBusy when it stays taken, RuntimeError when entered twice."""
        if not self._turn.acquire(timeout=self._patience):
            raise LaneBusy
        try:
            if self._inside:
                raise RuntimeError("a unit of work within a unit of work")
            self._inside = True
            try:
                yield
            finally:
                self._inside = False
        finally:
            self._turn.release()
