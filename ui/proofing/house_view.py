"""本报用字 as a tab: the lexicon, the house list, learning from back issues, error rates. One page of it at a time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.values.cards import IssueCard
from services.config.messages import text
from ui.jobs.runner import JobRunner
from ui.proofing.learning_page import LearningPage
from ui.proofing.lexicon_page import LexiconPage
from ui.proofing.rates_page import RatesPage
from ui.proofing.rules_page import RulesPage
from ui.widgets.look import Look
from ui.widgets.pieces import Chips, label, row, rule

if TYPE_CHECKING:
    from services.desk.desk import Desk

PAGES = ("lexicon", "list", "learning", "rate")


class HouseView(QWidget):
    opened = Signal(object, str)  # ArticleId, words to look for
    unwaive = Signal(object)  # HouseWord of one article
    failed = Signal(object)
    said = Signal(str)
    changed = Signal()  # what is told changed: open articles are checked again
    learned = Signal()  # a lesson was put in use: it can be taken back

    def __init__(self, look: Look, jobs: JobRunner, desk: "Desk", stack: QUndoStack, issue: IssueCard | None) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.lexicon = LexiconPage(look, jobs, desk, stack)
        self.list = RulesPage(look, jobs, desk, stack)
        self.learning = LearningPage(look, jobs, desk)
        self.rate = RatesPage(look, jobs, desk, issue)
        self.chips = Chips(self.turn_to)
        self._stack = QStackedWidget()
        for name in PAGES:
            self.chips.put(name, text(f"proofing.{name}.name"))
            self._stack.addWidget(getattr(self, name))
        head = QWidget()
        head.setFixedHeight(44)
        head.setLayout(
            row(label(text("proofing.house_view.name"), "heading"), None, self.chips, margins=(24, 0, 16, 0))
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(rule())
        layout.addWidget(self._stack, 1)
        for page in (self.lexicon, self.list, self.learning, self.rate):
            page.failed.connect(self.failed)
        for told in (self.list, self.learning):
            told.said.connect(self.said)
        for moving in (self.lexicon, self.list, self.learning):
            moving.changed.connect(self.changed)
        self.learning.used.connect(self.learned)
        self.lexicon.opened.connect(self.opened)
        self.lexicon.unwaive.connect(self.unwaive)

    def turn_to(self, name: str) -> None:
        self.chips.turn_on(name)
        page = getattr(self, name)
        self._stack.setCurrentWidget(page)
        page.reload()
        page.setFocus()

    def reload(self) -> None:
        getattr(self, PAGES[self._stack.currentIndex()]).reload()
