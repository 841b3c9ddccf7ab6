"""The status bar: error budgets, length, surplus; on the right the job, whether all is saved, the zoom."""

import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from models.values.finding import ErrorRate
from services.config.messages import text
from ui.jobs.panel import JobPanel
from ui.jobs.runner import JobRunner
from ui.proofing.session import Saved
from ui.widgets.bars import Budget
from ui.widgets.look import Look
from ui.widgets.pieces import label, restyle, row, rule

ALLOWED = 3.0  # errors per 10,000 characters (报纸期刊质量管理规定, 2020)


class StatusBar(QWidget):
    def __init__(self, look: Look, runner: JobRunner) -> None:
        super().__init__()
        self.setObjectName("statusbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(28)
        self._look = look
        self.article = Budget(look, text("window.status.article"))
        self.page = Budget(look, text("window.status.page"))
        self.issue = Budget(look, text("window.status.issue"))
        self._length, self._surplus, self._zoom, self._backup = label(), label(), label(), label()
        self._mark, self._saved = QLabel(), label()
        self._state: Saved | None = None
        self.jobs = JobPanel(look, runner)
        bar = rule(upright=True)
        bar.setFixedHeight(14)
        self.setLayout(
            row(
                self.article, self.page, self.issue, bar, self._length, self._surplus, None, self.jobs, self._backup,
                self._mark, self._saved, self._zoom, gap=14, margins=(16, 0, 16, 0),
            )
        )  # fmt: skip
        look.changed.connect(self._retint)
        self.put_saved(None)

    def _retint(self) -> None:
        self.put_saved(self._state)

    def put_rates(
        self, article: ErrorRate | None, issue: ErrorRate | None, *, with_article: bool, page: ErrorRate | None = None
    ) -> None:
        self.article.setVisible(with_article)
        self.page.setVisible(page is not None)
        self.page.put((page.per_10k, ALLOWED) if page is not None else None)
        self.article.put((article.per_10k, ALLOWED) if article is not None else None)
        self.issue.put((issue.per_10k, ALLOWED) if issue is not None else None)

    def put_length(self, characters: int | None, lines: int | None, surplus: int = 0) -> None:
        words = [] if characters is None else [text("window.characters", count=f"{characters:,}")]
        if lines is not None:
            words.append(text("window.lines", count=lines))
        self._length.setText("   ".join(words))
        self._surplus.setText(text("window.status.surplus", count=surplus) if surplus else "")
        restyle(self._surplus, f"color: {self._look.theme.err}; font-weight: 700")

    def put_saved(self, state: Saved | None) -> None:
        self._state = state
        self._mark.setVisible(state is not None)
        self._saved.setText(text(f"window.saved.{state.value}") if state is not None else "")
        if state is None:
            return
        icon, token = {Saved.SAVED: ("check", "ok"), Saved.FAILED: ("certain", "err")}.get(state, ("save", "t2"))
        self._mark.setPixmap(self._look.pixmap(icon, token, 14, max(1.0, self.devicePixelRatioF())))
        colour = self._look.theme.err if state is Saved.FAILED else self._look.theme.t2
        restyle(self._saved, f"color: {colour}")

    def put_backup(self, when: datetime.datetime | None) -> None:
        """The last good backup, in the person's own time; nothing where there is none."""
        here = None if when is None else when.astimezone()
        self._backup.setText("" if here is None else text("archive.backup.status", when=f"{here:%m-%d %H:%M}"))
        tip = "" if here is None else text("archive.backup.status_tip", when=f"{here:%Y-%m-%d %H:%M}")
        self._backup.setToolTip(tip)

    def put_zoom(self, zoom: float | None) -> None:
        self._zoom.setText(f"{round(100 * zoom)}%" if zoom is not None else "")
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
