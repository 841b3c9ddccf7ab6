"""差错率: this issue and its pages as they stand now, and every issue as it was printed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.values.cards import IssueCard
from models.values.finding import ErrorRate
from models.values.house import IssueRate
from services.config.messages import text
from services.jobs.job import JobContext
from ui.jobs.runner import JobRunner
from ui.proofing.rate_chart import LIMIT, RateChart
from ui.widgets.look import Look
from ui.widgets.pieces import EmptyState, button, label, row, rule
from ui.widgets.rows import RowDelegate, RowList

if TYPE_CHECKING:
    from services.desk.desk import Desk

COLUMNS = (("characters", 110), ("errors", 96), ("allowed", 96), ("per_10k", 110))  # names and px, from the right


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    name: str
    rate: ErrorRate


class _RateDelegate(RowDelegate):
    height = 36

    def paint_row(self, painter: QPainter, box: QRect, value: object, *, selected: bool) -> None:
        assert isinstance(value, RateRow)
        rate = value.rate
        over = rate.per_10k > LIMIT
        right = box.right() - 24
        figures = {
            "characters": f"{rate.characters:,}",
            "errors": f"{rate.errors:.1f}",
            "allowed": f"{rate.allowed:.1f}",
            "per_10k": f"{rate.per_10k:.2f}",
        }
        for name, wide in reversed(COLUMNS):
            cell = QRect(right - wide, box.top(), wide, box.height())
            token = "err" if over and name == "per_10k" else "t1"
            self.words_right(painter, cell, figures[name], size=13, token=token)
            right -= wide
        self.words(painter, QRect(box.left() + 24, box.top(), right - 40, box.height()), value.name, bold=selected)


class RatesPage(QWidget):
    failed = Signal(object)

    def __init__(self, look: Look, jobs: JobRunner, desk: "Desk", issue: IssueCard | None) -> None:
        super().__init__()
        self._jobs, self._desk, self._issue = jobs, desk, issue
        self.chart = RateChart(look)
        self.list = RowList(look, text("proofing.rate.now"))
        self.list.setModel(self.list.rows)
        self.list.setItemDelegate(_RateDelegate(look, self.list))
        self._none = EmptyState(look, "check_all", text("proofing.rate.empty"), text("proofing.rate.empty_line"))
        self._none.setMinimumHeight(220)
        self.keep = button(text("proofing.rate.keep"), self._keep)
        self._heads = row(label(text("proofing.rate.now"), "heading"), None, gap=0, margins=(24, 0, 24, 0))
        for name, wide in COLUMNS:
            title = label(text(f"proofing.rate.{name}"), "hint")
            title.setFixedWidth(wide)
            title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._heads.addWidget(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QWidget()
        head.setFixedHeight(44)
        head.setLayout(row(label(text("proofing.rate.history"), "heading"), None, self.keep, margins=(24, 0, 24, 0)))
        layout.addWidget(head)
        layout.addWidget(rule())
        layout.addWidget(self._none)
        layout.addWidget(self.chart)
        layout.addWidget(rule())
        heads = QWidget()
        heads.setFixedHeight(36)
        heads.setLayout(self._heads)
        layout.addWidget(heads)
        layout.addWidget(rule())
        layout.addWidget(self.list, 1)
        self.chart.hide()
        self.reload()

    def reload(self) -> None:
        desk, issue = self._desk, self._issue

        def read(context: JobContext) -> tuple[tuple[IssueRate, ...], tuple[RateRow, ...]]:
            rows = []
            if issue is not None:
                rows.append(RateRow(name=text("proofing.rate.issue"), rate=desk.rates.issue(issue.id, context)))
                for page in issue.pages:
                    name = text("proofing.rate.page", number=page.number, name=page.name).strip()
                    rows.append(RateRow(name=name, rate=desk.rates.page(page.id, context)))
            return desk.rates.history(), tuple(rows)

        self._jobs.pure(
            text("window.job.check"), read, done=self._show, failed=self.failed.emit, supersede="rates", quiet=False
        )

    def _show(self, found: tuple[tuple[IssueRate, ...], tuple[RateRow, ...]]) -> None:
        history, rows = found
        self.chart.show_rates(history)
        self.chart.setVisible(bool(history))
        self._none.setVisible(not history)
        model = self.list.rows
        model.clear()
        for one in rows:
            model.add_row(model.invisibleRootItem(), one.name, one, spoken=f"{one.name} {one.rate.per_10k:.2f}")
        self.keep.setEnabled(self._issue is not None)

    def _keep(self) -> None:
        issue, rates = self._issue, self._desk.rates
        if issue is not None:
            self._jobs.write(
                text("window.job.save"),
                lambda context: rates.keep(issue.id, "check", context),
                done=lambda _: self.reload(),
                failed=self.failed.emit,
            )
