"""Ctrl+N: a new issue of a paper, with its date, number and pages."""

import datetime

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QDialog, QGridLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from models.values.cards import IssueCard
from models.values.ids import PublicationId
from models.values.publication import Publication
from services.config.messages import text
from services.jobs.job import JobContext
from ui.shell.newsroom import Newsroom
from ui.widgets.look import Look
from ui.widgets.pieces import button, label, row


class IssueDialog(QDialog):
    made = Signal(object)  # IssueCard
    failed = Signal(object)

    def __init__(self, window: QWidget, look: Look, newsroom: Newsroom) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("window.action.new_issue").rstrip("…"))
        self._newsroom = newsroom
        newest = newsroom.issue
        self.paper = QComboBox()
        self.paper.setEditable(True)
        for paper in dict.fromkeys(issue.publication.name for issue in newsroom.issues):
            self.paper.addItem(paper)
        if newest is not None:
            self.paper.setCurrentText(newest.publication.name)
        self.date = QDateEdit(QDate.currentDate() if newest is None else _day_after(newest.date))
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setLocale(QLocale.c())
        self.number = QLineEdit()
        if newest is not None and newest.total_number:
            self.number.setText(str(newest.total_number + 1))
        self.count = QSpinBox()
        self.count.setRange(1, 64)
        self.count.lineEdit().setTextMargins(7, 0, 0, 0)  # the style sheet has no say inside a spin box
        self.count.setValue(len(newest.pages) if newest is not None and newest.pages else 4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        fields = {"paper": self.paper, "date": self.date, "number": self.number, "count": self.count}
        for at, (name, field) in enumerate(fields.items()):
            words = text(f"window.new_issue.{name}")
            field.setAccessibleName(words)
            field.setMinimumWidth(280)
            grid.addWidget(label(words), at, 0)
            grid.addWidget(field, at, 1)
        self._make = button(text("window.new_issue.make"), self._create, kind="primary")
        self._make.setDefault(True)
        cancel = button(text("window.cancel"), self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(24)
        layout.addLayout(grid)
        layout.addLayout(row(None, cancel, self._make))

    def _create(self) -> None:
        desk = self._newsroom.desk
        name = self.paper.currentText().strip()
        if desk is None or not name:
            self.paper.setFocus()
            return
        date = datetime.date.fromisoformat(self.date.date().toString("yyyy-MM-dd"))
        number = self.number.text().strip()
        total = int(number) if number.isascii() and number.isdigit() else None
        pages = self.count.value()

        def work(context: JobContext) -> IssueCard:
            known: dict[str, PublicationId] = {one.name: id for id, one in desk.publications.all()}
            paper = known.get(name) or desk.publications.save(Publication(name=name))
            return desk.issues.create(paper, date, pages, total_number=total)

        def done(issue: IssueCard) -> None:
            self.made.emit(issue)
            self.accept()

        self._make.setEnabled(False)
        self._newsroom.runner.write(text("window.job.new_issue"), work, done=done, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        self._make.setEnabled(True)
        self.failed.emit(error)


def _day_after(date: datetime.date) -> QDate:
    return QDate(date.year, date.month, date.day).addDays(1)
