"""Jobs in the status bar: words, bar, percent and a cancel button; shown once a job takes longer than 400 ms."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from services.config.messages import text
from ui.jobs.runner import Job, JobRunner
from ui.widgets.bars import Meter
from ui.widgets.look import Look
from ui.widgets.pieces import IconButton, label

SHOW_AFTER = 400  # ms


class JobPanel(QWidget):
    """Shows the newest job that is not quiet; the number of the others stands before its name."""

    def __init__(self, look: Look, runner: JobRunner) -> None:
        super().__init__()
        self._jobs: list[Job] = []
        self._words, self._percent = label(), label()
        self._meter = Meter(look, width=120, tick=False)
        self._cancel = IconButton(look, "close", text("window.job.cancel"), size=12)
        self._cancel.setFixedSize(20, 20)
        self._cancel.clicked.connect(self._stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self._words, self._meter, self._percent, self._cancel):
            layout.addWidget(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOW_AFTER)
        self._timer.timeout.connect(lambda: self.setVisible(bool(self._jobs)))
        self.hide()
        runner.started.connect(self._add)

    def _stop(self) -> None:
        if self._jobs:
            self._jobs[-1].cancel()

    def _add(self, job: Job) -> None:
        self._jobs.append(job)
        job.progressed.connect(lambda done, total, words: self._tell(job, done, total, words))
        job.ended.connect(lambda: self._drop(job))
        self._tell(job, 0, 0, "")
        if not self._timer.isActive():
            self._timer.start()

    def _tell(self, job: Job, done: int, total: int, words: str) -> None:
        if not self._jobs or job is not self._jobs[-1]:
            return
        more = f"{len(self._jobs)} · " if len(self._jobs) > 1 else ""
        self._words.setText(more + (words or job.name))
        self._meter.put(done / total if total else 0.0)
        self._percent.setText(f"{100 * done // total}%" if total else "")

    def _drop(self, job: Job) -> None:
        if job in self._jobs:
            self._jobs.remove(job)
        if not self._jobs:
            self._timer.stop()
            self.hide()
        else:
            self._tell(self._jobs[-1], 0, 0, "")
