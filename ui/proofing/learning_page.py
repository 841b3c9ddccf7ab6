"""学习往期: a folder of back issues is counted as a job; what it gains is shown before it is put in use."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from services.config.messages import text
from services.jobs.job import JobContext
from ui.jobs.runner import Job, JobRunner
from ui.widgets.bars import Meter
from ui.widgets.look import Look
from ui.widgets.pieces import button, column, label, row, rule

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.learning import Learned

WIDEST = 720
SHOWN = 12  # files named that nothing was learned from


class LearningPage(QWidget):
    failed = Signal(object)
    said = Signal(str)
    changed = Signal()
    used = Signal()  # put in use just now: may be taken back

    def __init__(self, look: Look, jobs: JobRunner, desk: "Desk") -> None:
        super().__init__()
        self._jobs, self._desk = jobs, desk
        self._job: Job | None = None
        self.with_store = QCheckBox(text("proofing.learning.with_store"))
        self.choose = button(text("proofing.learning.choose"), self._ask, kind="primary")
        self.stop = button(text("window.cancel"), self._stop)
        self.use = button(text("proofing.learning.use"), self._use, kind="primary")
        self.drop = button(text("proofing.learning.drop"), self._drop)
        self.forget = button(text("proofing.learning.forget"), self._forget)
        self._about = label(text("proofing.learning.about"), "small")
        self._state, self._told, self._skipped = label("", "lead"), label(""), label("", "small")
        self._progress = label("", "small")
        self._meter = Meter(look, width=240, tick=False)
        for words in (self._about, self._told, self._skipped):
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        self._rule = rule()
        inside.setLayout(column(self._state, self._about, gap=8, margins=(0, 0, 0, 0)))
        layout = inside.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addSpacing(8)
        layout.addLayout(row(self.choose, self.with_store, None, self.forget, gap=16))
        layout.addLayout(row(self._meter, self._progress, self.stop, None, gap=12))
        layout.addSpacing(8)
        layout.addWidget(self._rule)
        layout.addSpacing(8)
        layout.addWidget(self._told)
        layout.addLayout(row(self.use, self.drop, None))
        layout.addWidget(self._skipped)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addLayout(row(inside, None))
        outer.setStretch(0, 1)
        self.reload()

    def reload(self) -> None:
        """Shows what is in use and what waits."""
        learning = self._desk.learning
        held, trial = learning.status(), learning.trial()
        if held is not None:
            day = held.time.astimezone().strftime("%Y-%m-%d")
            self._state.setText(text("proofing.learning.held", count=f"{held.characters:,}", day=day))
        else:
            self._state.setText(text("proofing.learning.none"))
        self.forget.setVisible(held is not None)
        shown = trial or held
        self._show(shown, waits=trial is not None)
        running = self._job is not None
        for part in (self._meter, self._progress, self.stop):
            part.setVisible(running)
        self.choose.setEnabled(not running)

    def _show(self, learned: "Learned | None", *, waits: bool) -> None:
        gained = learned is not None and (learned.gain is None or learned.gain.is_one)
        self._told.setVisible(learned is not None)
        self._rule.setVisible(learned is not None)
        self.use.setVisible(waits)
        self.drop.setVisible(waits)
        self.use.setProperty("kind", "primary" if gained else "plain")
        self.use.style().polish(self.use)
        self._skipped.setVisible(learned is not None and bool(learned.skipped))
        if learned is None:
            return
        from services.desk.learning import gain_in_words  # SQLAlchemy with it: not before the window stands

        lines = gain_in_words(learned)
        self._told.setText("\n".join(lines if waits else lines[:-1]))
        names = [f"{one.file}：{one.reason}" for one in learned.skipped[:SHOWN]]
        more = len(learned.skipped) - SHOWN
        if more > 0:
            names.append(text("cli.learn.skipped_more", count=more))
        self._skipped.setText("\n".join([text("proofing.learning.skipped", count=len(learned.skipped)), *names]))

    def _ask(self) -> None:
        dialog = QFileDialog(self, text("proofing.learning.choose"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.learn)
        dialog.open()

    def learn(self, folder: str) -> None:
        """Learns from a folder in a job."""
        learning, with_store = self._desk.learning, self.with_store.isChecked()

        def work(context: JobContext) -> "Learned":
            return learning.learn(Path(folder), with_store=with_store, context=context)

        job = self._jobs.pure(
            text("proofing.learning.job"),
            work,
            done=lambda _: None,
            failed=self.failed.emit,
            supersede="learn",
            quiet=False,
        )
        job.progressed.connect(self._tell)
        job.ended.connect(self._ended)
        self._job = job
        self.reload()

    def _tell(self, done: int, total: int, words: str) -> None:
        self._meter.put(done / total if total else 0.0)
        self._progress.setText(words)

    def _ended(self) -> None:
        self._job = None
        self._progress.setText("")
        self._meter.put(0.0)
        self.reload()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _use(self) -> None:
        self._do(self._desk.learning.adopt, "")

    def take_back(self) -> None:
        """What was just put in use goes back on trial."""
        self._do(self._desk.learning.take_back, "proofing.learning.taken_back")

    def _drop(self) -> None:
        self._desk.learning.drop_trial()
        self.reload()

    def _forget(self) -> None:
        self._do(self._desk.learning.forget, "proofing.learning.forgotten")

    def _do(self, act: object, words: str) -> None:
        def work(context: JobContext) -> object:
            assert callable(act)
            return act()

        def done(_: object) -> None:
            self.reload()
            if words:
                self.said.emit(text(words))
            else:
                self.used.emit()
            self.changed.emit()

        self._jobs.pure(text("proofing.learning.job"), work, done=done, failed=self.failed.emit)
