"""Ctrl+H: find and replace inside the article in front. Replacing all is one step of undo."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from models.values.article_text import ArticleText, PartRef
from services.config.messages import text
from ui.proofing.edits import FIELDS
from ui.widgets.look import Look
from ui.widgets.pieces import IconButton, button, label, row


def places(flat: str, wanted: str) -> list[int]:
    """Where the words stand, from the left, none inside another."""
    found, at = [], flat.find(wanted) if wanted else -1
    while at >= 0:
        found.append(at)
        at = flat.find(wanted, at + len(wanted))
    return found


def replaced(words: ArticleText, wanted: str, by: str) -> ArticleText:
    """Every part with the words replaced; line ends are no part of what can be found."""

    def part(ref: PartRef, old: str) -> str:
        return old.replace(wanted, by) if wanted else old

    fields = {one.value: part(PartRef(part=one), str(getattr(words, one.value))) for one in FIELDS}
    body = tuple(
        replace(paragraph, text=part(PartRef(part=paragraph.part, index=at), paragraph.text))
        for at, paragraph in enumerate(words.body)
    )
    return replace(words, body=body, **fields)  # type: ignore[arg-type]


class FindBar(QWidget):
    look_for = Signal(str)
    replace_one = Signal(str, str)
    replace_all = Signal(str, str)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("toolbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(44)
        self.wanted, self.by = QLineEdit(), QLineEdit()
        for line, name in ((self.wanted, "wanted"), (self.by, "by")):
            words = text(f"window.find.{name}")
            line.setPlaceholderText(words)
            line.setAccessibleName(words)
            line.setFixedWidth(200)
        self._count = label("", "small")
        onward = button(text("window.find.next"), lambda: self.look_for.emit(self.wanted.text()))
        one = button(text("window.find.one"), lambda: self.replace_one.emit(self.wanted.text(), self.by.text()))
        every = button(text("window.find.all"), lambda: self.replace_all.emit(self.wanted.text(), self.by.text()))
        close = IconButton(look, "close", text("window.find.close"), size=12)
        close.clicked.connect(lambda *_: self.left.emit())
        self.wanted.returnPressed.connect(lambda: self.look_for.emit(self.wanted.text()))
        self.by.returnPressed.connect(lambda: self.replace_one.emit(self.wanted.text(), self.by.text()))
        self.setLayout(
            row(self.wanted, self.by, onward, one, every, self._count, None, close, gap=8, margins=(16, 0, 12, 0))
        )
        self.hide()

    def tell(self, count: int) -> None:
        self._count.setText(text("window.find.count", count=count))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
