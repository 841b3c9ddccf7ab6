"""稿库: the issue's articles grouped by page, each with its state, author, length and open findings."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from models.values.cards import ArticleCard, IssueCard
from models.values.ids import ArticleId
from services.config.messages import text
from ui.widgets.look import Look
from ui.widgets.rows import GROUP, VALUE, RowDelegate, RowList, RowModel

ARTICLE_MIME = "application/x-qingyang-article"  # the article's id, for a drag onto a page
CHIPS = ("all", "open", "clean", "free")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    card: ArticleCard
    findings: int
    holder: str = ""  # who else has it open
    lines: int | None  # printed lines where the article is placed


def in_chip(chip: str, row: ArticleRow) -> bool:
    """Whether a filter chip lets the article through."""
    if chip == "open":
        return row.findings != 0
    if chip == "clean":
        return row.findings == 0
    return row.card.page is None if chip == "free" else True


class _ArticleDelegate(RowDelegate):
    height = 56

    def paint_row(self, painter: QPainter, box: QRect, value: object, *, selected: bool) -> None:
        assert isinstance(value, ArticleRow)
        card, right = value.card, box.right() - 12
        self._mark(painter, QRectF(box.left() + 14, box.top() + 14, 8, 8), value)
        left = box.left() + 32
        edge = self._findings(painter, right, box.center().y(), value) - 8
        headline = card.headline or text("window.no_headline")
        self.words(painter, QRect(left, box.top() + 8, edge - left, 20), headline, bold=selected)
        second = QRect(left, box.top() + 29, right - 28 - left, 18)
        token = "t2" if selected else "t3"
        if value.lines is not None:
            self.words_right(painter, second, text("window.lines", count=value.lines), token=token)
        middle = QRect(left, second.top(), second.width() - (56 if value.lines is not None else 0), 18)
        start = self.words_right(painter, middle, text("window.characters", count=f"{card.characters:,}"), token=token)
        state = text(f"window.state.{card.state}") if card.state in STATES else card.state
        if value.holder:
            state = value.holder  # the icon before it says that it is at work
        names = "、".join(card.authors)
        room = start - 12 - left
        end = self.words(painter, QRect(left, second.top(), room // 2, 18), names, size=12, token=token)
        at = max(left + room // 2 if names else left, end + 10)
        if value.holder:
            token = "warn"
            self.look.paint_icon(painter, "person", token, QRectF(at, second.top() + 2, 14, 14))
            at += 18
        self.words(painter, QRect(at, second.top(), max(0, start - 8 - at), 18), state, size=12, token=token)

    def _mark(self, painter: QPainter, box: QRectF, value: ArticleRow) -> None:
        """Ring: in work; disc: nothing left to settle; square: a picture story."""
        done = value.findings == 0
        painter.setPen(QPen(self.look.colour("ok" if done else "ac"), 2))
        painter.setBrush(self.look.colour("ok") if done else Qt.BrushStyle.NoBrush)
        inner = box.adjusted(1, 1, -1, -1)
        if value.card.form == "photo":
            painter.drawRect(inner)
        else:
            painter.drawEllipse(inner)

    def _findings(self, painter: QPainter, right: int, middle: int, value: ArticleRow) -> int:
        if value.findings > 0:
            tokens = ("err", "errs") if value.findings >= 4 else ("warn", "warns")
            return self.pill(painter, right, middle, str(value.findings), tokens)
        if value.findings == 0:
            self.look.paint_icon(painter, "check", "ok", QRectF(right - 17, middle - 7, 14, 14))
        return right - 20


STATES = ("received", "edited", "proofed", "placed")


class _ArticleModel(RowModel):
    def mimeTypes(self) -> list[str]:
        return [ARTICLE_MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        made = QMimeData()
        rows = [index.data(VALUE) for index in indexes]
        made.setData(ARTICLE_MIME, ",".join(str(row.card.id) for row in rows if row is not None).encode())
        return made


class ArticleList(RowList):
    opened = Signal(int)  # ArticleId
    page_opened = Signal(int)  # PageId

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, text("window.list.name"), parent)
        self.rows = _ArticleModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_ArticleDelegate(look, self))
        self.setDragEnabled(True)
        self.setDragDropMode(RowList.DragDropMode.DragOnly)
        self._folded: set[str] = set()
        self.expanded.connect(lambda index: self._folded.discard(index.data()))
        self.collapsed.connect(lambda index: self._folded.add(index.data()))
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def _open(self, index: QModelIndex) -> None:
        value = index.data(VALUE)
        if isinstance(value, ArticleRow):
            self.opened.emit(value.card.id)

    def show_cards(
        self, rows: tuple[ArticleRow, ...], issue: IssueCard | None, lets: Callable[[ArticleRow], bool]
    ) -> int:
        """Fills the list with the rows that the filter lets through; gives how many."""
        down, front = self.verticalScrollBar().value(), self.selected()
        self.rows.clear()
        shown = 0
        pages = {} if issue is None else {page.number: page for page in issue.pages}
        filtered = not all(lets(row) for row in rows)
        numbers = sorted({*pages, *(row.card.page_number for row in rows if row.card.page_number)})
        for number in (*numbers, None):
            held = [row for row in rows if row.card.page_number == number and lets(row)]
            if not held and (number is None or filtered):
                continue
            shown += len(held)
            self._add(number, pages[number].name if number in pages else "", held)
        self.verticalScrollBar().setValue(down)
        if front is not None:
            self.select(front)
        return shown

    def _add(self, number: int | None, name: str, held: list[ArticleRow]) -> None:
        words = text("window.list.unplaced") if number is None else f"{number:02d}  {name}".strip()
        left = sum(max(0, row.findings) for row in held)
        right = text("window.list.left", count=left) if left else text("window.list.none_left") if held else ""
        group = self.rows.add_group(words, text("window.list.count", count=len(held)), right=right)
        for row in held:
            card = row.card
            spoken = f"{card.headline} {'、'.join(card.authors)} {card.characters} {row.findings}"
            if row.holder:
                spoken += " " + text("window.together.at_work", name=row.holder)
            self.rows.add_row(group, card.headline, row, spoken=spoken)
        self.setExpanded(group.index(), words not in self._folded)

    def selected(self) -> ArticleId | None:
        value = self.currentIndex().data(VALUE)
        return value.card.id if isinstance(value, ArticleRow) else None

    def select(self, article: ArticleId | None) -> None:
        for at in range(self.rows.rowCount()):
            group = self.rows.item(at)
            for index in range(group.rowCount()):
                value = group.child(index).data(VALUE)
                if value.card.id == article:
                    self.setCurrentIndex(group.child(index).index())
                    return
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def headlines(self) -> list[str]:
        """The headlines in sight, from the top."""
        found = []
        for at in range(self.rows.rowCount()):
            group = self.rows.item(at)
            if group.data(GROUP) is not None:
                found += [group.child(index).data(VALUE).card.headline for index in range(group.rowCount())]
        return found
