"""The list of the authority file: read in pieces as it is scrolled, so that 200,000 records are no more than 200."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from models.values.entity import EntityLine, EntityPage
from models.values.mention import EntityKind
from services.config.messages import text
from ui.jobs.runner import JobRunner
from ui.widgets.look import Look
from ui.widgets.theme import KIND_DOTS

if TYPE_CHECKING:
    from services.desk.desk import Desk

Index = QModelIndex | QPersistentModelIndex
LINE = int(Qt.ItemDataRole.UserRole)
HIGH = 48


class AuthorityModel(QAbstractListModel):
    """`total` is how many records the question has; those read so far are the rows."""

    counted = Signal(int)

    def __init__(self, jobs: JobRunner, desk: "Desk", failed: Callable[[Exception], object]) -> None:
        super().__init__()
        self._jobs, self._desk, self._failed = jobs, desk, failed
        self.lines: list[EntityLine] = []
        self.total = 0
        self._query = ""
        self._asking = False
        self._kind: EntityKind | None = None
        self._turn = 0  # number of the question; answers to an older one are dropped

    def ask(self, query: str, kind: EntityKind | None, then: Callable[[], object] | None = None) -> None:
        """Another question: the list begins anew once its first piece has come."""
        self._query, self._kind = query, kind
        self._turn += 1
        turn, desk = self._turn, self._desk

        def done(page: EntityPage) -> None:
            if turn != self._turn:
                return
            self._asking = False
            self.beginResetModel()
            self.lines, self.total = list(page.lines), page.total
            self.endResetModel()
            self.counted.emit(page.total)
            if then is not None:
                then()

        self._asking = True
        self._jobs.pure(
            text("window.job.names"), lambda _: desk.records.page(query, kind), done=done, failed=self._failed,
            supersede="authority",
        )  # fmt: skip

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._asking and len(self.lines) < self.total

    def fetchMore(self, parent: Index) -> None:
        if not self.canFetchMore(parent) or not self.lines:
            return
        self._asking = True
        turn, desk, query, kind, last = self._turn, self._desk, self._query, self._kind, self.lines[-1]

        def done(page: EntityPage) -> None:
            if turn != self._turn:
                return
            self._asking = False
            if not page.lines:
                self.total = len(self.lines)
                return
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(page.lines) - 1)
            self.lines.extend(page.lines)
            self.endInsertRows()

        self._jobs.pure(
            text("window.job.names"), lambda _: desk.records.page(query, kind, after=last), done=done,
            failed=self._failed, supersede="authority",
        )  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.name} {line.hint} {text('window.names.count', count=line.mentions)}".strip()
        return None


class _Row(QStyledItemDelegate):
    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, look, box = index.data(LINE), self._look, option.rect
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(box, look.colour("acs" if chosen else "hover" if over else "surf"))
        if chosen:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), look.colour("ac"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.colour("line"))
        left, right = box.left() + 36, box.right() - 12
        top = box.top() + (14 if not line.hint else 5)
        painter.fillRect(QRect(box.left() + 16, top + 5, 10, 10), QColor(KIND_DOTS[line.kind.value]))
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(look.faces.ui(12))
        painter.setPen(look.colour("t2"))
        count = str(line.mentions) if line.mentions else ""
        painter.drawText(QRect(right - 60, top, 60, 20), middle | int(Qt.AlignmentFlag.AlignRight), count)
        painter.setFont(look.faces.ui(13, bold=chosen))
        painter.setPen(look.colour("t1" if line.confirmed else "t2"))
        name = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, right - left - 48)
        painter.drawText(QRect(left, top, right - left - 44, 20), middle, name)
        painter.setFont(look.faces.ui(12))
        painter.setPen(look.colour("t2"))
        hint = painter.fontMetrics().elidedText(line.hint, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, box.top() + 25, right - left, 18), middle, hint)
        painter.restore()


class AuthorityList(QListView):
    chosen = Signal(object)  # EntityLine under the cursor

    def __init__(self, look: Look, model: AuthorityModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Row(look, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(text("window.authority.name"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._turn)
        look.changed.connect(self.viewport().update)

    def _turn(self, index: QModelIndex, before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(LINE))
