"""合并与拆分: which records are one, and what of a record belongs to another of the same name."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from models.values.entity import EntityLine, EntityRecord
from models.values.ids import ArticleId, EntityId
from models.values.mention import OfficeTerm
from services.config.messages import text
from ui.widgets.pieces import button, label, row

HIGH = 28  # px of a line
VALUE = int(Qt.ItemDataRole.UserRole)


def ticked(view: QListWidget) -> list[Any]:
    items = [view.item(at) for at in range(view.count())]
    return [item.data(VALUE) for item in items if item.checkState() is Qt.CheckState.Checked]


def tick_list(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setObjectName("ticks")
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    return made


def add_tick(view: QListWidget, words: str, value: object) -> QListWidgetItem:
    item = QListWidgetItem(words)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Unchecked)
    item.setData(VALUE, value)
    item.setToolTip(words)
    item.setSizeHint(QSize(0, HIGH))
    view.addItem(item)
    return item


def described(line: EntityLine) -> str:
    hint = f" · {line.hint}" if line.hint else ""
    return f"{line.name}{hint}  {text('window.names.count', count=line.mentions)}"


class MergeDialog(QDialog):
    chosen = Signal(object)  # list of EntityId that are one with the record

    def __init__(
        self,
        window: QWidget,
        record: EntityRecord,
        find: Callable[[str, Callable[[Sequence[EntityLine]], None]], object],
    ) -> None:
        """`find(query, show)` hands records whose names hold the words to `show`."""
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("window.merge.title", name=record.name))
        self._record, self._find = record, find
        self.query = QLineEdit(record.name)
        self.query.setPlaceholderText(text("window.merge.query"))
        self.query.setAccessibleName(text("window.merge.query"))
        self.list = tick_list(text("window.merge.list"))
        self.list.setMinimumSize(480, 240)
        self.keep = button(text("window.merge.do"), self._send, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        words = label(text("window.merge.line", name=record.name), "small")
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addWidget(self.query)
        layout.addWidget(self.list, 1)
        layout.addLayout(row(None, button(text("window.cancel"), self.reject), self.keep))
        self.query.textChanged.connect(self._ask)
        self._ask(record.name)

    def _ask(self, words: str) -> None:
        self._find(words, self._show)

    def _show(self, lines: Sequence[EntityLine]) -> None:
        held = set(map(int, ticked(self.list)))
        kept = [self.list.item(at) for at in range(self.list.count())]
        known = {int(item.data(VALUE)): item.text() for item in kept if int(item.data(VALUE)) in held}
        self.list.clear()
        for key, words in known.items():
            add_tick(self.list, words, key).setCheckState(Qt.CheckState.Checked)
        for line in lines:
            if line.id != self._record.id and line.id not in known and line.kind is self._record.kind:
                add_tick(self.list, described(line), int(line.id))

    def _send(self) -> None:
        found = [EntityId(int(key)) for key in ticked(self.list)]
        if found:
            self.chosen.emit(found)
            self.accept()


class SplitDialog(QDialog):
    chosen = Signal(object, object)  # articles whose mentions move, offices that move

    def __init__(
        self,
        window: QWidget,
        record: EntityRecord,
        articles: Sequence[tuple[ArticleId, str, datetime.date | None, int]],
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("window.split.title", name=record.name))
        self.offices, self.articles = tick_list(text("window.split.offices")), tick_list(text("window.split.articles"))
        self.offices.setMinimumHeight(96)
        self.articles.setMinimumSize(480, 200)
        for term in record.offices:
            add_tick(self.offices, f"{term.organisation}{term.position}", term)
        for key, headline, date, count in articles:
            line = f"{date or ''}  {headline}  {text('window.names.count', count=count)}".strip()
            add_tick(self.articles, line, int(key))
        self.keep = button(text("window.split.do"), self._send, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        words = label(text("window.split.line", name=record.name), "small")
        words.setWordWrap(True)
        layout.addWidget(words)
        if record.offices:
            layout.addWidget(label(text("window.split.offices"), "heading"))
            layout.addWidget(self.offices)
        layout.addWidget(label(text("window.split.articles"), "heading"))
        layout.addWidget(self.articles, 1)
        layout.addLayout(row(None, button(text("window.cancel"), self.reject), self.keep))

    def _send(self) -> None:
        terms = [one for one in ticked(self.offices) if isinstance(one, OfficeTerm)]
        articles = [ArticleId(int(key)) for key in ticked(self.articles)]
        if terms or articles:
            self.chosen.emit(articles, terms)
            self.accept()


class RenameDialog(QDialog):
    chosen = Signal(str, object)  # new name, first day on which it holds

    def __init__(self, window: QWidget, record: EntityRecord, day: datetime.date) -> None:
        from PySide6.QtCore import QDate, QLocale

        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("window.rename.title", name=record.name))
        self._old = record.name
        self.name = QLineEdit(record.name)
        self.name.setMinimumWidth(360)
        self.name.setAccessibleName(text("window.rename.name"))
        self.name.selectAll()
        self.day = QDateEdit(QDate(day.year, day.month, day.day))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setLocale(QLocale.c())
        self.day.setAccessibleName(text("window.rename.day"))
        keep = button(text("window.rename.do"), self._send, kind="primary")
        keep.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        words = label(text("window.rename.line"), "small")
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addLayout(row(label(text("window.rename.name")), self.name, gap=12))
        layout.addLayout(row(label(text("window.rename.day")), self.day, None, gap=12))
        layout.addLayout(row(None, button(text("window.cancel"), self.reject), keep))

    def _send(self) -> None:
        name = self.name.text().strip()
        if name and name != self._old:
            self.chosen.emit(name, datetime.date.fromisoformat(self.day.date().toString("yyyy-MM-dd")))
            self.accept()
