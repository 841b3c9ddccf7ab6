"""The dock's list of revisions of the article in front, newest first."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStackedLayout, QWidget

from models.values.cards import RevisionCard
from services.config.messages import text
from ui.widgets.look import Look
from ui.widgets.pieces import EmptyState
from ui.widgets.rows import RowDelegate, RowList


def reason_words(reason: str) -> str:
    """The words for a step that is known, else the reason as it stands."""
    try:
        return text(f"window.step.{reason}")
    except KeyError:
        return reason


class _RevisionDelegate(RowDelegate):
    height = 52

    def paint_row(self, painter: QPainter, box: QRect, value: object, *, selected: bool) -> None:
        assert isinstance(value, RevisionCard)
        left, right = box.left() + 16, box.right() - 16
        first = QRect(left, box.top() + 6, right - left, 20)
        edge = self.words_right(painter, first, f"{value.time.astimezone():%H:%M:%S}")
        words = reason_words(value.reason)
        self.words(painter, QRect(left, first.top(), edge - left - 8, 20), words, bold=selected)
        second = QRect(left, box.top() + 27, right - left, 18)
        self.words_right(painter, second, text("window.characters", count=f"{value.characters:,}"))
        number = text("window.history.number", number=value.number)
        line = f"{number} · {value.author}" if value.author else number
        self.words(painter, second, line, size=12, token="t2")


class HistoryList(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.list = RowList(look, text("window.dock.history"))
        self.list.setModel(self.list.rows)
        self.list.setItemDelegate(_RevisionDelegate(look, self.list))
        self._empty = EmptyState(look, "history", text("window.empty.history"), text("window.empty.history_line"))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)

    def show_revisions(self, revisions: tuple[RevisionCard, ...]) -> None:
        model = self.list.rows
        model.clear()
        days: dict[str, list[RevisionCard]] = {}
        for card in sorted(revisions, key=lambda card: -card.number):
            days.setdefault(f"{card.time.astimezone():%Y-%m-%d}", []).append(card)
        for day, cards in days.items():
            group = model.add_group(day, str(len(cards)))
            for card in cards:
                model.add_row(group, reason_words(card.reason), card)
        self.list.expandAll()
        self._stack.setCurrentIndex(1 if revisions else 0)
