"""Rows of lists: a base for delegates that paint two-line rows and group rows in the window's way."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from ui.widgets.look import Look

GROUP_ROW = 32
VALUE = int(Qt.ItemDataRole.UserRole) + 1  # the card behind a row
GROUP = int(Qt.ItemDataRole.UserRole) + 2  # (words, count, words at the right, icon, token) of a group row

Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints grounds, selection bar and group rows; a subclass paints `paint_row`."""

    height = 56

    def __init__(self, look: Look, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.look, self.view = look, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, GROUP_ROW if index.data(GROUP) is not None else self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        box = QRect(0, option.rect.top(), self.view.viewport().width(), option.rect.height())
        painter.setClipRect(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        group = index.data(GROUP)
        if group is not None:
            self._paint_group(painter, box, group, opened=bool(option.state & QStyle.StateFlag.State_Open))
        else:
            focused = self.view.hasFocus()
            ground = "acs" if selected else "hover" if over else "surf"
            painter.fillRect(box, self.look.colour(ground))
            if selected:
                bar = QRect(box.left(), box.top(), 3, box.height())
                painter.fillRect(bar, self.look.colour("ac" if focused or self.view.isEnabled() else "line2"))
            self.paint_row(painter, box, index.data(VALUE), selected=selected)
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), self.look.colour("line"))
        if self.view.hasFocus() and index == self.view.currentIndex():
            painter.setPen(self.look.colour("ac"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -2))
        painter.restore()

    def _paint_group(
        self, painter: QPainter, box: QRect, group: tuple[str, str, str, str, str], *, opened: bool
    ) -> None:
        words, count, right, icon, token = group
        look = self.look
        painter.fillRect(box, look.colour("panel"))
        look.paint_icon(painter, "down" if opened else "right", "t2", QRect(12, box.center().y() - 5, 12, 12).toRectF())
        left = 32
        if icon:
            look.paint_icon(painter, icon, token, QRect(left, box.center().y() - 7, 14, 14).toRectF())
            left += 20
        left = self.words(painter, QRect(left, box.top(), box.width() - left, box.height()), words, bold=True) + 8
        self.words(painter, QRect(left, box.top(), box.width() - left, box.height()), count, size=12, token="t3")
        self.words_right(painter, QRect(0, box.top(), box.width() - 16, box.height()), right, size=12, token="t2")

    def paint_row(self, painter: QPainter, box: QRect, value: object, *, selected: bool) -> None:
        raise NotImplementedError

    def words(
        self, painter: QPainter, box: QRect, words: str, *, size: int = 13, token: str = "t1", bold: bool = False
    ) -> int:
        """Draws words cut to the box, gives their right edge."""
        painter.setFont(self.look.faces.ui(size, bold=bold))
        painter.setPen(self.look.colour(token))
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), cut)
        return box.left() + painter.fontMetrics().horizontalAdvance(cut)

    def words_right(self, painter: QPainter, box: QRect, words: str, *, size: int = 12, token: str = "t2") -> int:
        """Draws words that end at the right of the box, gives their left edge."""
        painter.setFont(self.look.faces.ui(size))
        painter.setPen(self.look.colour(token))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), words)
        return box.right() - painter.fontMetrics().horizontalAdvance(words)

    def pill(self, painter: QPainter, right: int, middle: int, words: str, tokens: tuple[str, str]) -> int:
        """A count in a pill that ends at `right`; gives its left edge."""
        painter.setFont(self.look.faces.ui(11, bold=True))
        wide = max(20, painter.fontMetrics().horizontalAdvance(words) + 12)
        box = QRect(right - wide, middle - 9, wide, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.colour(tokens[1]))
        painter.drawRoundedRect(box, 9, 9)
        painter.setPen(self.look.colour(tokens[0]))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        return box.left()


class RowList(QTreeView):
    """A tree of group rows with rows under them; one tab stop, arrow keys and type-ahead."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel(self)
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._fold)
        look.changed.connect(self.viewport().update)

    def _fold(self, index: QModelIndex) -> None:
        if index.data(GROUP) is not None:
            self.setExpanded(index, not self.isExpanded(index))


class RowModel(QStandardItemModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def add_group(self, words: str, count: str, *, right: str = "", icon: str = "", token: str = "t2") -> QStandardItem:
        item = QStandardItem(words)
        item.setData((words, count, right, icon, token), GROUP)
        item.setData(f"{words} {count} {right}".strip(), int(Qt.ItemDataRole.AccessibleTextRole))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.appendRow(item)
        return item

    @staticmethod
    def add_row(group: QStandardItem, words: str, value: object, *, spoken: str = "") -> QStandardItem:
        item = QStandardItem(words)
        item.setData(value, VALUE)
        item.setData(spoken or words, int(Qt.ItemDataRole.AccessibleTextRole))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled)
        group.appendRow(item)
        return item
