"""放行词: what is let stand, with reason, author, date and place; search, add, take back (one step of undo each)."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from models.values.finding import RuleCard
from models.values.house import HouseWord
from services.config.messages import text
from ui.jobs.runner import JobRunner
from ui.widgets.look import Look
from ui.widgets.pieces import EmptyState, button, label, row, rule
from ui.widgets.rows import VALUE, RowDelegate, RowList

if TYPE_CHECKING:
    from services.desk.desk import Desk

SCOPES = ("house", "article", "here")


class _WordDelegate(RowDelegate):
    height = 56

    def __init__(self, look: Look, view: RowList, titles: dict[str, str]) -> None:
        super().__init__(look, view)
        self._titles = titles

    def paint_row(self, painter: QPainter, box: QRect, value: object, *, selected: bool) -> None:
        assert isinstance(value, HouseWord)
        left, right = box.left() + 32, box.right() - 24
        day = value.time.astimezone().strftime("%Y-%m-%d") if value.time is not None else ""
        edge = self.words_right(painter, QRect(left, box.top() + 8, right - left, 20), day, size=12, token="t2")
        painter.setFont(self.look.faces.font(self.look.faces.serif, 15))
        painter.setPen(self.look.colour("t1"))
        metrics = painter.fontMetrics()
        words = metrics.elidedText(value.words.replace("\n", "¶"), Qt.TextElideMode.ElideRight, (edge - left) // 2)
        painter.drawText(QRect(left, box.top() + 7, edge - left, 22), int(Qt.AlignmentFlag.AlignVCenter), words)
        at = left + metrics.horizontalAdvance(words) + 12
        title = self._titles.get(value.rule, value.rule) or text("proofing.lexicon.any_rule")
        self.words(painter, QRect(at, box.top() + 8, max(0, edge - at - 12), 20), title, size=12, token="t2")
        second = QRect(left, box.top() + 31, right - left, 18)
        who = " · ".join(part for part in (value.author, value.headline) if part)
        token = "t2" if selected else "t3"
        painter.setFont(self.look.faces.ui(12))
        shown = painter.fontMetrics().elidedText(who, Qt.TextElideMode.ElideRight, (right - left) // 2)
        stop = self.words_right(painter, second, shown, size=12, token=token)
        reason = value.reason or text("proofing.lexicon.no_reason")
        second.setRight(stop - 16)
        self.words(painter, second, reason, size=12, token="t1" if value.reason else token)


class Step(QUndoCommand):
    """Taking an entry back, or adding one, and its inverse."""

    def __init__(self, words: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        super().__init__(words)
        self._do, self._undo = do, undo

    def redo(self) -> None:
        self._do()

    def undo(self) -> None:
        self._undo()


class ListKeys(QObject):
    """Keys that do something to the row that is current, while the list has the focus."""

    def __init__(self, rows: RowList, keys: dict[Qt.Key, Callable[[], object]]) -> None:
        super().__init__(rows)
        self._keys = keys
        rows.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            do = self._keys.get(Qt.Key(event.key()))
            if do is not None:
                do()
                return True
        return False


class LexiconPage(QWidget):
    opened = Signal(object, str)  # ArticleId, the words to look for in it
    unwaive = Signal(object)  # a HouseWord of one article
    failed = Signal(object)
    changed = Signal()  # open articles are to be checked again

    def __init__(self, look: Look, jobs: JobRunner, desk: "Desk", stack: QUndoStack) -> None:
        super().__init__()
        self._jobs, self._desk, self._undo = jobs, desk, stack
        self._titles: dict[str, str] = {}
        self.list = RowList(look, text("proofing.lexicon.name"))
        self.list.setModel(self.list.rows)
        self.list.setItemDelegate(_WordDelegate(look, self.list, self._titles))
        self.search = QLineEdit()
        self.search.setPlaceholderText(text("proofing.lexicon.search"))
        self.search.setAccessibleName(text("proofing.lexicon.search"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(280)
        self.word, self.reason = QLineEdit(), QLineEdit()
        self.word.setPlaceholderText(text("proofing.lexicon.word"))
        self.reason.setPlaceholderText(text("proofing.lexicon.reason"))
        for field in (self.word, self.reason):
            field.setAccessibleName(field.placeholderText())
        self.word.setFixedWidth(180)
        self.reason.setFixedWidth(300)
        self.add = button(text("proofing.lexicon.add"), self._add)
        self.back = button(text("proofing.lexicon.back"), self.take_back)
        self._count = label("", "hint")
        self._empty = EmptyState(look, "waive", text("proofing.lexicon.empty"), text("proofing.lexicon.empty_line"))
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        self._stack.setCurrentIndex(self._stack.addWidget(QWidget()))  # until it is read
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QWidget()
        head.setFixedHeight(44)
        head.setLayout(row(self._count, None, self.search, margins=(24, 0, 24, 0)))
        layout.addWidget(head)
        layout.addWidget(rule())
        layout.addLayout(self._stack, 1)
        layout.addWidget(rule())
        foot = QWidget()
        foot.setFixedHeight(48)
        foot.setLayout(row(self.word, self.reason, self.add, None, self.back, margins=(24, 0, 24, 0)))
        layout.addWidget(foot)
        self.search.textChanged.connect(lambda *_: self.reload())
        self.word.returnPressed.connect(self._add)
        self.reason.returnPressed.connect(self._add)
        self.list.activated.connect(self._open)
        ListKeys(self.list, {Qt.Key.Key_Delete: self.take_back})
        self.list.selectionModel().currentChanged.connect(lambda *_: self._tell())
        self._name_rules()
        self.reload()

    def reload(self) -> None:
        query, lexicon = self.search.text(), self._desk.lexicon

        def done(words: tuple[HouseWord, ...]) -> None:
            if query == self.search.text():
                self._show(words)

        # on the lane of the writers: what was just written is in it, and no long check is waited for
        self._jobs.write(
            text("window.job.list"),
            lambda context: lexicon.words(query),
            done=done,
            failed=self.failed.emit,
            quiet=True,
        )

    def _name_rules(self) -> None:
        def done(cards: tuple[RuleCard, ...]) -> None:
            self._titles.update({card.rule: card.title for card in cards})
            self.list.viewport().update()

        desk = self._desk
        self._jobs.pure(text("window.job.list"), lambda context: desk.proofing.cards(), done=done)

    def _show(self, words: tuple[HouseWord, ...]) -> None:
        here = self.current()
        model = self.list.rows
        model.clear()
        for scope in SCOPES:
            some = [word for word in words if word.scope == scope]
            if not some:
                continue
            group = model.add_group(text(f"proofing.lexicon.scope_{scope}"), str(len(some)), icon="waive", token="t2")
            for word in some:
                item = model.add_row(group, word.words, word, spoken=f"{word.words} {word.reason} {word.author}")
                if here is not None and (word.scope, word.id) == (here.scope, here.id):
                    self.list.setCurrentIndex(item.index())
            self.list.expand(model.index(model.rowCount() - 1, 0))
        self._count.setText(text("proofing.lexicon.count", count=len(words)))
        searching = bool(self.search.text().strip())
        name = "nothing" if searching else "empty"
        self._empty.tell(text(f"proofing.lexicon.{name}"), text(f"proofing.lexicon.{name}_line"))
        self._stack.setCurrentIndex(1 if words else 0)
        self._tell()

    def current(self) -> HouseWord | None:
        value = self.list.currentIndex().data(VALUE)
        return value if isinstance(value, HouseWord) else None

    def _tell(self) -> None:
        self.back.setEnabled(self.current() is not None)

    def _write(self, work: Callable[[], object]) -> None:
        def done(_: object) -> None:
            self.reload()
            self.changed.emit()

        self._jobs.write(text("window.job.save"), lambda context: work(), done=done, failed=self._refused, quiet=True)

    def _refused(self, error: Exception) -> None:
        self.reload()
        self.failed.emit(error)

    def _add(self) -> None:
        words, reason, lexicon = self.word.text().strip(), self.reason.text().strip(), self._desk.lexicon
        if not words:
            self.word.setFocus()
            return
        entry = HouseWord(id=0, key=words, scope="house", reason=reason, author="", time=None)
        self._undo.push(
            Step(
                text("proofing.lexicon.add"),
                lambda: self._write(lambda: lexicon.add(words, reason)),
                lambda: self._write(lambda: lexicon.take_back(entry)),
            )
        )
        self.word.clear()
        self.reason.clear()

    def take_back(self) -> None:
        """Del: the entry speaks no more; findings it let stand are told again."""
        word, lexicon = self.current(), self._desk.lexicon
        if word is None:
            return
        if word.scope != "house":
            self.unwaive.emit(word)
            return
        self._undo.push(
            Step(
                text("proofing.lexicon.back"),
                lambda: self._write(lambda: lexicon.take_back(word)),
                lambda: self._write(lambda: lexicon.put(word)),
            )
        )

    def _open(self, index: QModelIndex) -> None:
        word = index.data(VALUE)
        if isinstance(word, HouseWord) and word.article is not None:
            self.opened.emit(word.article, word.words)
