"""名称总表: names down, articles across, in each cell how often; what disagrees is marked. Enter opens the mention."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from services.config.messages import text
from services.desk.names import NameArticle, NameInIssue
from ui.widgets.look import Look
from ui.widgets.theme import KIND_DOTS

ROW, HEAD, NAMES, CELL = 32, 48, 416, 76  # px: height of rows and head, width of the names, least width of a cell
VERDICT = 168  # px of the names' column for what comparing found
Index = QModelIndex | QPersistentModelIndex
SHARES = ((4, 0.38), (2, 0.22), (1, 0.10))  # mentions from which a cell has this much of the accent


def verdict_words(row: NameInIssue) -> str:
    """What is wrong with a name, or that nothing is."""
    verdict = row.verdict
    if verdict.kind:
        return text(f"window.matrix.{verdict.kind}", detail=verdict.detail)
    if row.entity is not None and not row.confirmed:
        return text("window.matrix.first")
    return text("window.matrix.agree")


class MatrixModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[NameInIssue, ...] = ()
        self.articles: tuple[NameArticle, ...] = ()

    def put(self, rows: tuple[NameInIssue, ...], articles: tuple[NameArticle, ...]) -> None:
        self.beginResetModel()
        self.rows, self.articles = rows, articles
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.articles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, article = self.rows[index.row()], self.articles[index.column()]
        places = row.in_article(article.id)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(len(places)) if places else ""
        if role == Qt.ItemDataRole.ToolTipRole and places:
            return "\n".join(place.words for place in places[:6])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name} {article.headline} {len(places)}"
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if way is Qt.Orientation.Horizontal and section < len(self.articles):
            article = self.articles[section]
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                return article.headline
        if way is Qt.Orientation.Vertical and section < len(self.rows) and role == Qt.ItemDataRole.ToolTipRole:
            return f"{self.rows[section].name}  {verdict_words(self.rows[section])}"
        return None


class _Cells(QStyledItemDelegate):
    def __init__(self, look: Look, view: "MatrixView") -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, model = self._look, self._view.cells
        row, article = model.rows[index.row()], model.articles[index.column()]
        count = len(row.in_article(article.id))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = index.row() == self._view.currentIndex().row()
        painter.fillRect(option.rect, look.colour("acs" if here else "surf"))
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), look.colour("line"))
        box = QRectF(0, 0, 40, 22)
        box.moveCenter(QRectF(option.rect).center())
        if not count:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("line2"))
            painter.drawEllipse(box.center(), 1.2, 1.2)
        else:
            wrong = article.id in row.verdict.articles
            ground = look.colour("errs") if wrong else _shade(look, count)
            painter.setPen(QPen(look.colour("err"), 1.5) if wrong else Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(look.colour("err" if wrong else "t1"))
            painter.setFont(look.faces.ui(12, bold=wrong))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(count))
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("ac"), 2))
            painter.drawRoundedRect(box.adjusted(-3, -2, 3, 2), 4, 4)
        painter.restore()


def _shade(look: Look, count: int) -> QColor:
    share = next(part for least, part in SHARES if count >= least)
    made = look.colour("ac")
    made.setAlphaF(share)
    return made


class _NameHeader(QHeaderView):
    """The frozen first column: kind, name, and what comparing found."""

    opened = Signal(int)  # row

    def __init__(self, look: Look, view: "MatrixView") -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._look, self._view = look, view
        self.setFixedWidth(NAMES)
        self.setDefaultSectionSize(ROW)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)

    def sizeHint(self) -> QSize:
        return QSize(NAMES, ROW)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.logicalIndexAt(event.position().toPoint()))

    def paintSection(self, painter: QPainter, box: QRect, section: int) -> None:
        look, row = self._look, self._view.cells.rows[section]
        painter.save()
        here = section == self._view.currentIndex().row()
        painter.fillRect(box, look.colour("acs" if here else "surf"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.colour("line"))
        painter.fillRect(QRect(24, box.center().y() - 4, 10, 10), QColor(KIND_DOTS[row.kind.value]))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.faces.ui(13, bold=here))
        painter.setPen(look.colour("t1"))
        wide = NAMES - 42 - VERDICT - 8
        shown = f"{row.name} · {row.hint}" if row.hint else row.name
        name = painter.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(QRect(42, box.top(), wide, box.height()), middle, name)
        painter.setFont(look.faces.ui(12))
        painter.setPen(look.colour("err" if row.verdict.kind else "t2" if here else "t3"))
        words = painter.fontMetrics().elidedText(verdict_words(row), Qt.TextElideMode.ElideRight, VERDICT - 12)
        painter.drawText(QRect(NAMES - VERDICT, box.top(), VERDICT - 12, box.height()), middle, words)
        painter.restore()


class _ArticleHeader(QHeaderView):
    """Headlines turned over two lines."""

    def __init__(self, look: Look, view: "MatrixView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._look, self._view = look, view
        self.setFixedHeight(HEAD)
        self.setMinimumSectionSize(CELL)

    def paintSection(self, painter: QPainter, box: QRect, section: int) -> None:
        look, words = self._look, self._view.cells.articles[section].headline
        painter.save()
        painter.fillRect(box, look.colour("surf"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.colour("line"))
        painter.setFont(look.faces.ui(12))
        painter.setPen(look.colour("t1" if section == self._view.currentIndex().column() else "t2"))
        metrics, wide = painter.fontMetrics(), box.width() - 8
        cut = len(words)
        while cut > 1 and metrics.horizontalAdvance(words[:cut]) > wide:
            cut -= 1
        first, rest = words[:cut], metrics.elidedText(words[cut:], Qt.TextElideMode.ElideRight, wide)
        lines = [first, rest] if rest else [first]
        top = box.center().y() - 8 * len(lines)
        for at, line in enumerate(lines):
            painter.drawText(QRect(box.left() + 4, top + 16 * at, wide, 16), int(Qt.AlignmentFlag.AlignCenter), line)
        painter.restore()


class MatrixView(QTableView):
    opened = Signal(object, int)  # NameInIssue, column: Enter or a double click on a cell
    turned = Signal(object)  # NameInIssue now under the cursor

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.cells = MatrixModel()
        self._names = _NameHeader(look, self)
        self.setModel(self.cells)
        self.setVerticalHeader(self._names)
        self.setHorizontalHeader(_ArticleHeader(look, self))
        self.setItemDelegate(_Cells(look, self))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(text("window.matrix.name"))
        self.doubleClicked.connect(self._open)
        self._names.sectionClicked.connect(self.go_to_row)
        self.selectionModel().currentChanged.connect(self._turn)
        look.changed.connect(self._repaint)

    def _repaint(self) -> None:
        self.viewport().update()
        self.horizontalHeader().viewport().update()
        self._names.viewport().update()

    def show_rows(self, rows: tuple[NameInIssue, ...], articles: tuple[NameArticle, ...]) -> None:
        self.cells.put(rows, articles)
        self._fit()
        if rows and articles:
            self.go_to_row(0)

    def _fit(self) -> None:
        """Cells fill the width; where there are too many they keep their least width and scroll."""
        count = max(1, len(self.cells.articles))
        wide = max(CELL, (self.viewport().width()) // count) if count else CELL
        self.horizontalHeader().setDefaultSectionSize(min(wide, 160))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def row_here(self) -> NameInIssue | None:
        at = self.currentIndex().row()
        return self.cells.rows[at] if 0 <= at < len(self.cells.rows) else None

    def go_to_row(self, row: int) -> None:
        """Puts the cursor on the first article in which the name stands."""
        name = self.cells.rows[row]
        column = next((at for at, one in enumerate(self.cells.articles) if name.in_article(one.id)), 0)
        self.setCurrentIndex(self.cells.index(row, column))

    def _turn(self, index: QModelIndex, before: QModelIndex) -> None:
        self._repaint()
        if index.isValid() and index.row() != before.row():
            self.turned.emit(self.cells.rows[index.row()])

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.cells.rows[index.row()], index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
