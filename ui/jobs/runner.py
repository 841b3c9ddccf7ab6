"""Long work off the window's thread: one lane that writes the store, in order, and a small pool for pure work.

Results come back on the window's thread by signal. A newer job with the same `supersede` name drops the older result.
"""

import itertools
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from services.jobs.job import Cancelled, JobContext

POOL = 2


class Job(QObject):
    """One piece of work under way. Every signal but `_told` and `_over` is sent on the window's thread."""

    progressed = Signal(int, int, str)  # done, total, words
    done = Signal(object)  # what the work gave
    failed = Signal(object)  # the exception
    ended = Signal()
    _told = Signal(int, int, str)
    _over = Signal(object)

    def __init__(self, name: str, *, quiet: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.name = name
        self.quiet = quiet
        self.superseded = False
        self.context = JobContext(tell=self._told.emit)
        self._told.connect(self.progressed, Qt.ConnectionType.QueuedConnection)
        self._over.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    def start(self, where: Executor, work: Callable[[JobContext], object]) -> None:
        where.submit(work, self.context).add_done_callback(self._over.emit)

    def cancel(self) -> None:
        self.context.cancel()

    def _arrive(self, future: "Future[object]") -> None:
        if not future.cancelled():
            error = future.exception()
            if error is None:
                self.done.emit(future.result())
            elif not isinstance(error, Cancelled):
                self.failed.emit(error)
        self.ended.emit()


class JobRunner(QObject):
    """`started` tells the panel of every job that is not quiet."""

    started = Signal(object)
    idle = Signal()
    broke = Signal(object)  # an exception that nobody asked to hear of

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._pool = ThreadPoolExecutor(POOL, thread_name_prefix="work")
        self._jobs: dict[int, Job] = {}
        self._newest: dict[str, Job] = {}
        self._numbers = itertools.count(1)
        self._closed = False

    @property
    def under_way(self) -> tuple[Job, ...]:
        return tuple(self._jobs.values())

    def write(
        self,
        name: str,
        work: Callable[[JobContext], Any],
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        quiet: bool = False,
    ) -> Job:
        """Work that writes the store: one after the other, in the order given."""
        return self._start(self._lane, Job(name, quiet=quiet, parent=self), work, (done, failed))

    def pure(
        self,
        name: str,
        work: Callable[[JobContext], Any],
        *,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        supersede: str = "",
        quiet: bool = True,
    ) -> Job:
        """Work that changes nothing."""
        job = Job(name, quiet=quiet, parent=self)
        if supersede:
            older = self._newest.get(supersede)
            if older is not None:
                older.superseded = True
                older.cancel()
            self._newest[supersede] = job
        return self._start(self._pool, job, work, (done and self._while_open(done), failed))

    def _while_open(self, done: Callable[[Any], object]) -> Callable[[Any], object]:
        """What pure work found is of no use to a window that was closed meanwhile, and would begin new work."""
        return lambda result: None if self._closed else done(result)

    def _start(
        self,
        where: Executor,
        job: Job,
        work: Callable[[JobContext], Any],
        hear: tuple[Callable[[Any], object] | None, Callable[[Exception], object] | None],
    ) -> Job:
        done, failed = hear
        number = next(self._numbers)
        self._jobs[number] = job
        job.done.connect(lambda result: None if job.superseded or done is None else done(result))
        job.failed.connect(lambda error: self._tell(job, error, failed))
        job.ended.connect(lambda: self._end(number, job))
        job.start(where, work)
        if not job.quiet:
            self.started.emit(job)
        return job

    def _tell(self, job: Job, error: Exception, failed: Callable[[Exception], object] | None) -> None:
        if job.superseded:
            return
        if failed is not None:
            failed(error)
        else:
            self.broke.emit(error)

    def _end(self, number: int, job: Job) -> None:
        self._jobs.pop(number, None)
        for name in [name for name, newest in self._newest.items() if newest is job]:
            del self._newest[name]
        job.deleteLater()
        if not self._jobs:
            self.idle.emit()

    def drain(self, seconds: float = 10.0) -> None:
        """Waits until everything written so far is in the store; for closing and for crashes only."""
        if not self._closed:
            self._lane.submit(lambda: None).result(timeout=seconds)

    def close(self) -> None:
        """Stops what can be stopped and waits for the writer."""
        if self._closed:
            return
        self._closed = True
        for job in self.under_way:
            if not job.quiet:
                job.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._lane.shutdown(wait=True)
