"""Long work without Qt: what a job is handed, so that it can tell how far it is and be stopped."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field


class Cancelled(Exception):
    """Raised inside a job that was told to stop. Nothing half-done may be left behind."""


@dataclass(slots=True)
class JobContext:
    """`tell(done, total, words)` reports progress; `check()` raises Cancelled once `cancel()` was called."""

    tell: Callable[[int, int, str], None] = lambda done, total, words: None
    _stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        self._stop.set()

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled
