"""收稿: what is in the files, before anything is stored: articles found, their parts, doubts, the encoding guessed."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QComboBox, QDialog, QPlainTextEdit, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from models.values.article_text import ArticleText, ReceivedArticle, Reception
from models.values.cards import ArticleCard
from models.values.ids import IssueId
from services.config.messages import text
from services.jobs.job import JobContext
from ui.jobs.runner import JobRunner
from ui.widgets.look import Look
from ui.widgets.pieces import EmptyState, button, label, row, rule
from ui.widgets.rows import VALUE, RowDelegate, RowList

if TYPE_CHECKING:
    from services.desk.desk import Desk

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")


def shown_parts(words: ArticleText) -> str:
    """An article with the names of its parts, for the preview."""
    lines = []
    for ref, part in words.parts():
        lines.append(f"【{text(f'window.part.{ref.part.value}')}】{part}")
    return "\n".join(lines)


class _FoundDelegate(RowDelegate):
    height = 56

    def paint_row(self, painter: QPainter, box: QRect, value: object, *, selected: bool) -> None:
        assert isinstance(value, ReceivedArticle)
        left, right = box.left() + 32, box.right() - 16
        words = value.text
        edge = right
        if value.doubts:
            edge = self.pill(painter, right, box.center().y(), str(len(value.doubts)), ("warn", "warns")) - 8
        headline = words.headline or text("window.no_headline")
        self.words(painter, QRect(left, box.top() + 8, edge - left, 20), headline, bold=selected)
        names = "、".join(f"{one.role} {one.name}".strip() for one in words.bylines)
        second = QRect(left, box.top() + 29, edge - left, 18)
        token = "t2" if selected else "t3"
        start = self.words_right(painter, second, text("window.characters", count=f"{words.characters:,}"), token=token)
        self.words(painter, QRect(left, second.top(), start - left - 8, 18), names, size=12, token=token)


class TakeInDialog(QDialog):
    taken = Signal(object)  # tuple[ArticleCard, ...]
    failed = Signal(object)

    def __init__(
        self, window: QWidget, look: Look, runner: JobRunner, files: list[Path], *, desk: "Desk", issue: IssueId | None
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("window.intake.title"))
        self.resize(960, 640)
        self._runner, self._files, self._desk, self._issue = runner, files, desk, issue
        self._alive = True
        self._receptions: list[Reception] = []
        self._line = label(text("window.intake.reading", count=len(files)), "lead")
        self.encodings = QComboBox()
        self.encodings.setAccessibleName(text("window.intake.encoding"))
        self.encodings.setEnabled(False)
        self.encodings.activated.connect(lambda *_: self._read(self.encodings.currentData()))
        self.list = RowList(look, text("window.intake.found"))
        self.list.setModel(self.list.rows)
        self.list.setItemDelegate(_FoundDelegate(look, self.list))
        self._paper = QPlainTextEdit()
        self._paper.setReadOnly(True)
        self._paper.setAccessibleName(text("window.intake.preview"))
        self._paper.setFont(look.faces.font(look.faces.serif, 15))
        self._paper.setStyleSheet(f"font-family: '{look.faces.serif}'; font-size: 15px")
        self._paper.document().setDocumentMargin(16)
        self._doubts = label("", "small")
        self._doubts.setWordWrap(True)
        self._doubts.setContentsMargins(16, 8, 16, 8)
        right = QWidget()
        right.setObjectName("surface")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QVBoxLayout(right)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self._paper, 1)
        inner.addWidget(self._doubts)
        both = QSplitter()
        both.setHandleWidth(1)
        both.addWidget(self.list)
        both.addWidget(right)
        both.setSizes([360, 600])
        self._nothing = EmptyState(look, "empty_list", text("window.empty.found"), text("window.empty.found_line"))
        self._middle = QStackedWidget()
        self._middle.addWidget(both)
        self._middle.addWidget(self._nothing)
        self.take = button(text("window.intake.take"), self._take, kind="primary")
        self.take.setDefault(True)
        self.take.setEnabled(False)
        cancel = button(text("window.cancel"), self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QWidget()
        head.setLayout(
            row(self._line, None, label(text("window.intake.encoding"), "small"), self.encodings, gap=8,
                margins=(24, 12, 16, 12))
        )  # fmt: skip
        foot = QWidget()
        foot.setLayout(row(None, cancel, self.take, margins=(16, 10, 16, 10)))
        for part in (head, rule()):
            layout.addWidget(part)
        layout.addWidget(self._middle, 1)
        layout.addWidget(rule())
        layout.addWidget(foot)
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._show(index.data(VALUE)))
        self._read(None)

    def _read(self, encoding: str | None) -> None:
        desk, files = self._desk, self._files
        self._encoding = encoding

        def work(context: JobContext) -> list[Reception]:
            found = []
            for number, path in enumerate(files):
                context.check()
                context.tell(number, len(files), path.name)
                found.append(desk.intake.preview(path, encoding))
            return found

        self._runner.pure(
            text("window.job.read"), work, done=self._found, failed=self._refused, supersede="take in", quiet=False
        )

    def _refused(self, error: Exception) -> None:
        if self._alive:
            self.reject()
        self.failed.emit(error)

    def _found(self, receptions: list[Reception]) -> None:
        if not self._alive:
            return
        self._receptions = receptions
        self.list.rows.clear()
        for reception in receptions:
            count = text("window.list.count", count=len(reception.articles))
            group = self.list.rows.add_group(reception.file, count, right=reception.encoding)
            for article in reception.articles:
                self.list.rows.add_row(group, article.text.headline, article)
        self.list.expandAll()
        total = sum(len(reception.articles) for reception in receptions)
        self._line.setText(text("window.intake.line", files=len(receptions), articles=total))
        self._middle.setCurrentIndex(0 if total else 1)
        self.take.setEnabled(total > 0)
        self._offer_encodings(receptions)
        first = self.list.rows.item(0)
        if first is not None and first.rowCount():
            self.list.setCurrentIndex(first.child(0).index())

    def _offer_encodings(self, receptions: list[Reception]) -> None:
        """The guess, the others that decode the bytes, and the usual ones."""
        texts = [one for one in receptions if one.encoding != "docx"]
        if not texts:
            self.encodings.setEnabled(False)
            return
        chosen = texts[0].encoding
        names = list(dict.fromkeys([chosen, *texts[0].other_encodings, *ENCODINGS]))
        self.encodings.clear()
        for name in names:
            self.encodings.addItem(name.upper(), name)
        self.encodings.setCurrentIndex(0)
        self.encodings.setEnabled(True)

    def _show(self, value: object) -> None:
        if isinstance(value, ReceivedArticle):
            self._paper.setPlainText(shown_parts(value.text))
            self._doubts.setText("\n".join(value.doubts))
            self._doubts.setVisible(bool(value.doubts))

    def _take(self) -> None:
        desk, files, issue, encoding = self._desk, self._files, self._issue, self._encoding

        def work(context: JobContext) -> tuple[ArticleCard, ...]:
            cards = desk.intake.take_in(files, issue=issue, encoding=encoding, context=context)
            context.check()
            desk.tagging.tag_many([card.id for card in cards])  # names are known before the rules look
            return cards

        self._runner.write(text("window.job.take_in"), work, done=self.taken.emit, failed=self.failed.emit)
        self.hide()  # lives on until the job has told what became of it
        self._alive = False

    def done(self, result: int) -> None:
        self._alive = False
        super().done(result)
