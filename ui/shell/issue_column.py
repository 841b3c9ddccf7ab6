"""The left column: issue head, search, chips, the list of articles, thumbnails of the pages."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QStackedLayout, QVBoxLayout, QWidget

from models.values.cards import IssueCard
from models.values.ids import ArticleId
from services.config.messages import text
from ui.actions.ids import ActionId
from ui.actions.registry import ActionRegistry, keys_of
from ui.shell.article_list import CHIPS, ArticleList, ArticleRow, in_chip
from ui.shell.newsroom import Newsroom
from ui.shell.page_strip import PageStrip
from ui.widgets.look import Look
from ui.widgets.pieces import Chips, EmptyState, IconButton, button, column, label, row, rule

SEARCH_AFTER = 150  # ms of rest before the texts are searched


class SearchLine(QLineEdit):
    def __init__(self, look: Look, name: str, keys: str) -> None:
        super().__init__()
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.setToolTip(f"{name}  {keys}")
        self._look = look
        self._icon = self.addAction(look.icon("search", "t3"), QLineEdit.ActionPosition.LeadingPosition)
        look.changed.connect(self._retint)

    def _retint(self) -> None:
        self._icon.setIcon(self._look.icon("search", "t3"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class IssueColumn(QWidget):
    issue_chosen = Signal(object)

    def __init__(self, look: Look, newsroom: Newsroom, actions: ActionRegistry) -> None:
        super().__init__()
        self.setObjectName("column")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._newsroom = newsroom
        self._chip = "all"
        self._holder: Callable[[str], str] = lambda subject: ""
        self._found: frozenset[ArticleId] | None = None
        self._actions = actions
        self._name, self._number, self._line = label("", "issuename"), label("", "small"), label("", "hint")
        self._other = IconButton(look, "down", text("window.issue.other"), size=12)
        self._other.clicked.connect(self.offer_issues)
        self._take_in = IconButton(look, "intake", self._tip(ActionId.TAKE_IN))
        self._take_in.clicked.connect(lambda *_: actions[ActionId.TAKE_IN].trigger())
        head = QWidget()
        head.setFixedHeight(62)
        top = row(self._name, self._number, self._other, None, self._take_in, gap=6)
        head.setLayout(column(None, gap=0, margins=(16, 8, 8, 6)))
        layout = head.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertLayout(0, top)
        layout.insertWidget(1, self._line)
        self.search = SearchLine(look, text("window.search"), keys_of(actions[ActionId.FIND]))
        searching = QWidget()
        searching.setLayout(row(self.search, margins=(12, 0, 12, 0)))
        self.chips = Chips(self._put_chip)
        chips = QWidget()
        chips.setFixedHeight(40)
        chips.setLayout(row(self.chips, None, margins=(12, 0, 12, 0)))
        self.list = ArticleList(look)
        self._empty = self._empty_state(look)
        self._none = EmptyState(look, "search", text("window.empty.search"), text("window.empty.search_line"))
        self._loading = EmptyState(look, "open", text("window.empty.opening"), text("window.empty.opening_line"))
        self._stack = QStackedLayout()
        for shown in (self._loading, self._empty, self._none, self.list):
            self._stack.addWidget(shown)
        self.pages = PageStrip(look, newsroom)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for part in (head, searching, chips, rule()):
            outer.addWidget(part)
        outer.addLayout(self._stack, 1)
        outer.addWidget(rule())
        outer.addWidget(self.pages)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SEARCH_AFTER)
        self._wait.timeout.connect(self._search)
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._open_first)
        newsroom.cards_changed.connect(self.refresh)
        newsroom.issue_changed.connect(self._show_issue)
        newsroom.pages_changed.connect(self._show_issue)
        newsroom.refused.connect(self._tell_refused)
        self._show_issue()

    def _tip(self, id: ActionId) -> str:
        action = self._actions[id]
        return f"{action.text()}  {keys_of(action)}"

    def _empty_state(self, look: Look) -> QWidget:
        go = button(self._actions[ActionId.TAKE_IN].text(), self._actions[ActionId.TAKE_IN].trigger, kind="primary")
        return EmptyState(look, "empty_list", text("window.empty.list"), text("window.empty.list_line"), go)

    def _show_issue(self) -> None:
        issue = self._newsroom.issue
        self._other.setEnabled(self._newsroom.desk is not None)
        if issue is None:
            self._name.setText(text("window.issue.none" if self._newsroom.desk else "window.title"))
            self._number.setText("")
            self._line.setText("")
            return
        self._name.setText(issue.publication.name)
        number = text("window.issue.number", number=issue.total_number) if issue.total_number else ""
        self._number.setText(number)
        self._line.setText(issue_line(issue))

    def offer_issues(self) -> None:
        """The menu of the issues that the store holds."""
        menu = QMenu(self)
        for issue in self._newsroom.issues:
            words = f"{issue.publication.name}  {issue.date:%Y-%m-%d}"
            menu.addAction(words, partial(self.issue_chosen.emit, issue))
        menu.addSeparator()
        menu.addAction(self._actions[ActionId.NEW_ISSUE])
        menu.popup(self._other.mapToGlobal(self._other.rect().bottomLeft()))

    def _tell_refused(self, error: Exception) -> None:
        self._loading.tell(text("window.empty.refused"), str(error))
        self._stack.setCurrentWidget(self._loading)

    def _rows(self) -> tuple[ArticleRow, ...]:
        newsroom = self._newsroom
        lines = self.pages.lines_of_articles()
        return tuple(
            ArticleRow(
                card=card,
                findings=newsroom.findings_of(card),
                lines=lines.get(card.id),
                holder=self._holder(f"article {card.id}"),
            )
            for card in newsroom.cards
        )

    def put_holders(self, holder: Callable[[str], str]) -> None:
        """Who else has which article or page open, by subject."""
        self._holder = holder
        self.pages.put_holders(holder)
        self.refresh()

    def refresh(self) -> None:
        rows = self._rows()
        for chip in CHIPS:
            count = sum(in_chip(chip, one) for one in rows)
            self.chips.put(chip, text(f"window.chip.{chip}", count=count))
        typed = self.search.text().strip()

        def lets(one: ArticleRow) -> bool:
            if not in_chip(self._chip, one):
                return False
            if not typed:
                return True
            near = typed in one.card.headline or any(typed in name for name in one.card.authors)
            return near or (self._found is not None and one.card.id in self._found)

        shown = self.list.show_cards(rows, self._newsroom.issue, lets)
        if self._newsroom.desk is None:
            self._stack.setCurrentWidget(self._loading)
        elif not rows:
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self.list if shown else self._none)

    def _put_chip(self, chip: str) -> None:
        self._chip = chip
        self.refresh()

    def _typed(self) -> None:
        self._found = None
        self.refresh()
        if self.search.text().strip():
            self._wait.start()
        else:
            self._wait.stop()

    def _search(self) -> None:
        def show(found: frozenset[ArticleId]) -> None:
            self._found = found
            self.refresh()

        self._newsroom.search(self.search.text().strip(), show)

    def _open_first(self) -> None:
        model = self.list.rows
        if model.rowCount() and model.item(0).rowCount():
            self.list.setCurrentIndex(model.item(0).child(0).index())
            self.list.opened.emit(self.list.selected())


def issue_line(issue: IssueCard) -> str:
    """2026年11月22日 周日 · 4 版."""
    date = issue.date
    weekday = text(f"window.weekday.{date.isoweekday()}")
    return text(
        "window.issue.line", year=date.year, month=date.month, day=date.day, weekday=weekday, pages=len(issue.pages)
    )
