"""Ctrl+Shift+F 查找稿库: words and conditions above, what was found below, newest first, the words marked.

Each look is a job; a newer one drops the older. Nothing is asked of the store on the window's thread.
"""

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from models.values.cards import SearchFilter, SearchHit
from services.config.messages import text
from ui.jobs.runner import JobRunner
from ui.widgets.look import Look
from ui.widgets.pieces import EmptyState, button, label, restyle, row, rule
from ui.widgets.rows import VALUE, RowDelegate, RowList

if TYPE_CHECKING:
    from services.desk.desk import Desk

MOST = 200  # articles shown
REST = 120  # ms without a key before the store is asked
STATES = ("received", "edited", "proofed", "placed")
NOTHING = SearchFilter()
WIDTHS = {"since": 112, "until": 112, "page": 64, "author": 96, "person": 96, "organisation": 144}


class HitDelegate(RowDelegate):
    """Headline with day, page and state; under it the words round the hit, the hit on a ground of its own."""

    height = 60

    def paint_row(self, painter: QPainter, box: QRect, value: object, *, selected: bool) -> None:
        if not isinstance(value, SearchHit):
            return
        inner = box.adjusted(24, 6, -24, -6)
        upper = QRect(inner.left(), inner.top(), inner.width(), 24)
        left = self.words_right(painter, upper, about(value))
        room = QRect(upper.left(), upper.top(), max(40, left - 16 - upper.left()), upper.height())
        self.words(painter, room, value.headline or text("archive.search.no_headline"), size=14, bold=True)
        lower = QRect(inner.left(), upper.bottom(), inner.width(), 24)
        self._snippet(painter, lower, value)

    def _snippet(self, painter: QPainter, box: QRect, hit: SearchHit) -> None:
        first, last = hit.mark
        flat = hit.snippet.replace("\n", " ")
        left = self.words(painter, box, flat[:first], token="t2")
        if last > first and left < box.right() - 8:
            painter.setFont(self.look.faces.ui(13, bold=True))
            wide = min(painter.fontMetrics().horizontalAdvance(flat[first:last]), box.right() - left)
            painter.fillRect(QRect(left, box.top() + 3, wide, box.height() - 6), self.look.colour("warns"))
            room = QRect(left, box.top(), box.right() - left, box.height())
            left = self.words(painter, room, flat[first:last], bold=True)
        if left < box.right() - 8:
            room = QRect(left, box.top(), box.right() - left, box.height())
            self.words(painter, room, flat[last:], token="t2")


def about(hit: SearchHit) -> str:
    """2026-03-09 · 1 版 · 白鹭 · 已上版."""
    parts = [
        f"{hit.date:%Y-%m-%d}" if hit.date is not None else "",
        text("archive.search.on_page", number=hit.page_number) if hit.page_number is not None else "",
        "、".join(hit.authors[:3]),
        text(f"archive.search.{hit.state}") if hit.state in STATES else "",
    ]
    return "  ·  ".join(part for part in parts if part)


class HitList(RowList):
    opened = Signal(object)  # SearchHit
    left = Signal()  # Up from the first row

    def __init__(self, look: Look) -> None:
        super().__init__(look, text("archive.search.results"))
        self.setModel(self.rows)
        self.setItemDelegate(HitDelegate(look, self))
        self.setUniformRowHeights(True)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def _open(self, index: QModelIndex) -> None:
        value = index.data(VALUE)
        if isinstance(value, SearchHit):
            self.opened.emit(value)

    def put(self, hits: tuple[SearchHit, ...]) -> None:
        self.rows.clear()
        root = self.rows.invisibleRootItem()
        for hit in hits:
            self.rows.add_row(root, hit.headline, hit, spoken=f"{hit.headline} {about(hit)} {hit.snippet}")
        self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)


class SearchView(QWidget):
    opened = Signal(object)  # SearchHit
    failed = Signal(object)

    def __init__(self, look: Look, jobs: JobRunner, desk: "Desk") -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look, self._jobs, self._desk = look, jobs, desk
        self.query = self._line("query")
        self.query.setMinimumHeight(34)
        self.fields = {name: self._line(name) for name in WIDTHS}
        for name, wide in WIDTHS.items():
            self.fields[name].setMinimumWidth(wide)
            self.fields[name].setMaximumWidth(2 * wide)
        self.state = QComboBox()
        self.state.setAccessibleName(text("archive.search.state"))
        self.state.addItem(text("archive.search.any_state"), "")
        for state in STATES:
            self.state.addItem(text(f"archive.search.{state}"), state)
        self.count = label("", "small")
        self.list = HitList(look)
        self._start = EmptyState(look, "search", text("archive.search.start"), text("archive.search.start_line"))
        self._none = EmptyState(look, "search", text("archive.search.none"), text("archive.search.none_line"))
        self.clear = button(text("archive.search.clear"), self._clear)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self.look)
        self._lay_out()
        self.setFocusProxy(self.query)
        for line in (self.query, *self.fields.values()):
            line.textChanged.connect(lambda *_: self._timer.start())
            line.returnPressed.connect(self._enter)
        self.state.currentIndexChanged.connect(lambda *_: self._timer.start())
        self.list.opened.connect(self.opened.emit)
        self.list.left.connect(self.query.setFocus)

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(text(f"archive.search.{name}"))
        made.setAccessibleName(text(f"archive.search.{name}"))
        made.setClearButtonEnabled(name == "query")
        return made

    def _lay_out(self) -> None:
        head = QWidget()
        inner = QVBoxLayout(head)
        inner.setContentsMargins(24, 14, 24, 12)
        inner.setSpacing(10)
        inner.addLayout(row(self.query, self.clear, gap=10))
        inner.addLayout(row(*self.fields.values(), self.state, None, gap=8))
        inner.addWidget(self.count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(rule())
        below = QWidget()
        layout.addWidget(below, 1)
        self._stack = QStackedLayout(below)
        for shown in (self._start, self._none, self.list):
            self._stack.addWidget(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.list.rows.rowCount() and not self.list.hasFocus():
            self.list.setFocus()
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.list.rows.index(0, 0))
        elif event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            self._clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.query.setFocus()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """Enter looks at once, and opens the newest where the answer stands already."""
        if self._timer.isActive():
            self._timer.stop()
            self.look()
        elif self._stack.currentWidget() is self.list:
            self.opened.emit(self.list.rows.index(0, 0).data(VALUE))

    def _clear(self) -> None:
        for line in (self.query, *self.fields.values()):
            line.clear()
        self.state.setCurrentIndex(0)
        self.query.setFocus()

    def kept(self) -> SearchFilter | str:
        """The conditions, or what is wrong with one of them, in words."""
        days: dict[str, datetime.date | None] = {}
        for name in ("since", "until"):
            typed = self.fields[name].text().strip()
            try:
                days[name] = datetime.date.fromisoformat(typed.replace("/", "-").replace(".", "-")) if typed else None
            except ValueError:
                return text("archive.search.day_wrong", value=typed)
        page = self.fields["page"].text().strip()
        if page and not (page.isascii() and page.isdigit() and len(page) < 6):
            return text("archive.search.page_wrong", value=page)
        names = {name: self.fields[name].text().strip() for name in ("author", "person", "organisation")}
        state = str(self.state.currentData())
        return SearchFilter(page=int(page) if page else None, state=state, **days, **names)  # type: ignore[arg-type]

    def look(self) -> None:
        """Asks the store for what is typed now."""
        query, kept, desk = self.query.text().strip(), self.kept(), self._desk
        if isinstance(kept, str):
            self._tell(kept, wrong=True)
            return
        if not query and kept == NOTHING:
            self._jobs.pure(text("window.job.search"), lambda _: (), supersede="archive")  # drops what is under way
            self.list.put(())
            self._tell("")
            self._stack.setCurrentWidget(self._start)
            return
        self._tell(text("archive.search.looking"))
        self._jobs.pure(
            text("window.job.search"),
            lambda context: desk.search.find(query, MOST, kept, context),
            done=self._show,
            failed=self.failed.emit,
            supersede="archive",
        )

    def _show(self, hits: tuple[SearchHit, ...]) -> None:
        self.list.put(hits)
        self._tell(text("archive.search.most" if len(hits) >= MOST else "archive.search.count", count=len(hits)))
        self._stack.setCurrentWidget(self.list if hits else self._none)

    def _tell(self, words: str, *, wrong: bool = False) -> None:
        self.count.setText(words)
        restyle(self.count, f"color: {self._look.theme.err}" if wrong else "")
