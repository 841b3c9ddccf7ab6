"""The command palette: every command, article, page and name behind one line of typing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.floating import SHADOW, FloatingFrame
from ui.widgets.look import Look

WIDTH, TOP, ROW, MOST = 640, 120, 36, 10
ENTRY = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`prefix` is ">" for a command, "@" for a name, "#" for a page, "" for an article."""

    words: str
    place: str
    icon: str
    keys: str
    prefix: str
    do: Callable[[], object]
    also: str = ""  # other words that find it, not shown


def score(wanted: str, words: str) -> int:
    """How well the words answer: 0 not at all; a run of the wanted letters beats letters strewn in order."""
    if not wanted:
        return 1
    wanted, words = wanted.lower(), words.lower()
    at = words.find(wanted)
    if at >= 0:
        return 1000 - at
    place = 0
    for letter in wanted:
        place = words.find(letter, place) + 1
        if not place:
            return 0
    return max(1, 500 - place)


def _near(wanted: str, also: str) -> int:
    """Words that are not shown count only where they hold the wanted ones as they stand."""
    return 400 if wanted and wanted.lower() in also.lower() else 0


def matching(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """Entries that answer what was typed, best first; a leading > @ or # asks for one kind only."""
    prefix = typed[:1] if typed[:1] in (">", "@", "#") else ""
    wanted = typed[len(prefix) :].strip()
    scored = [
        (max(score(wanted, entry.words), score(wanted, entry.place) // 2, _near(wanted, entry.also)), -index, entry)
        for index, entry in enumerate(entries)
        if not prefix or entry.prefix == prefix
    ]
    scored.sort(key=lambda found: (-found[0], -found[1]))
    return [entry for points, _, entry in scored if points > 0]


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: Entry | None = index.data(ENTRY)
        look, box = self._look, option.rect
        painter.save()
        if entry is None:  # nothing was found
            painter.setFont(look.faces.ui(13))
            painter.setPen(look.colour("t3"))
            painter.drawText(box.adjusted(44, 0, -16, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.colour("acs"))
        look.paint_icon(
            painter, entry.icon or "command", "t2", QRect(box.left() + 16, box.top() + 10, 16, 16).toRectF()
        )
        painter.setFont(look.faces.ui(12))
        painter.setPen(look.colour("t2"))
        right = box.right() - 16
        if entry.keys:
            wide = painter.fontMetrics().horizontalAdvance(entry.keys)
            painter.drawText(QRect(right - wide, box.top(), wide, ROW), Qt.AlignmentFlag.AlignVCenter, entry.keys)
            right -= wide + 16
        painter.setFont(look.faces.ui(13))
        painter.setPen(look.colour("t1"))
        left = box.left() + 44
        words = painter.fontMetrics().elidedText(entry.words, Qt.TextElideMode.ElideRight, max(40, right - left - 80))
        wide = painter.fontMetrics().horizontalAdvance(words)
        painter.drawText(QRect(left, box.top(), wide + 2, ROW), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(look.faces.ui(12))
        painter.setPen(look.colour("t2"))
        painter.drawText(
            QRect(left + wide + 12, box.top(), max(0, right - left - wide - 12), ROW),
            Qt.AlignmentFlag.AlignVCenter,
            entry.place,
        )
        painter.restore()


class CommandPalette(FloatingFrame):
    """A child of the window, made anew each time it opens; Esc gives the focus back to who had it."""

    def __init__(
        self, look: Look, window: QWidget, entries: Sequence[Entry], *, name: str, hint: str, nothing: str = ""
    ) -> None:
        super().__init__(look, window)
        self._entries, self._nothing = entries, nothing
        self._before = window.focusWidget()
        self.inside.setObjectName("palette")
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(name)
        self.list = QListView()
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_EntryDelegate(look, self))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        layout = QVBoxLayout(self.inside)
        layout.setContentsMargins(1, 1, 1, 7)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        self.line.textChanged.connect(self._fill)
        self.line.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._run(index))
        self._fill("")
        self.show()
        self.raise_()
        self.line.setFocus()

    def _fill(self, typed: str) -> None:
        self._model.clear()
        for entry in matching(self._entries, typed)[:200]:
            item = QStandardItem(entry.words)
            item.setEditable(False)
            item.setData(entry, ENTRY)
            self._model.appendRow(item)
        if not self._model.rowCount():
            nothing = QStandardItem(self._nothing)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._model.appendRow(nothing)
        self.list.setCurrentIndex(self._model.index(0, 0))
        rows = max(1, min(MOST, self._model.rowCount()))
        self.list.setFixedHeight(rows * ROW)
        parent = self.window()
        wide = min(WIDTH, parent.width() - 48) + 2 * SHADOW
        self.setGeometry((parent.width() - wide) // 2, min(TOP, parent.height() // 6) - SHADOW, wide, 0)
        self.resize(wide, 44 + rows * ROW + 16 + 2 * SHADOW)

    def _run(self, index: QModelIndex) -> None:
        entry: Entry | None = index.data(ENTRY) if index.isValid() else None
        self.leave()
        if entry is not None:
            entry.do()

    def leave(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row = self.list.currentIndex().row()
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self.list.currentIndex())
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                count = max(1, self._model.rowCount())
                self.list.setCurrentIndex(self._model.index((row + step) % count, 0))
                return True
        if event.type() == QEvent.Type.FocusOut and self.isVisible() and watched is self.line:
            self.hide()
            self.deleteLater()
        return False
