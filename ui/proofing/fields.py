"""The fields above the body: 引题 主题 副题 电头 署名, each with its label on the left and its length on the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from models.values.article_text import ArticleText, Part
from services.config.messages import text
from ui.proofing.text_view import FieldEdit
from ui.widgets.look import Look
from ui.widgets.pieces import label

LABEL = 96  # px, right aligned
GAP = 16
META = 96
TOP, BELOW = 16, 6
FIELD_PARTS = (Part.KICKER, Part.HEADLINE, Part.DECK, Part.DATELINE, Part.SIGNATURE)


def field_font(look: Look, part: Part) -> tuple[QFont, int]:
    """Font and leading, px."""
    if part is Part.HEADLINE:
        return look.faces.font(look.faces.serif, 32, bold=True), 44
    if part in (Part.KICKER, Part.DECK):
        return look.faces.font(look.faces.kai, 20), 28
    return look.faces.font(look.faces.serif, 16), 24


class FieldsPane(QWidget):
    """Laid out by hand so that the fields stand exactly above the text."""

    grew = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._left, self._wide = LABEL + GAP, 400
        self._needed = 0
        self.edits: dict[Part, FieldEdit] = {}
        self._labels: dict[Part, QLabel] = {}
        self._meta: dict[Part, QLabel] = {}
        self._rules: list[int] = []
        for part in FIELD_PARTS:
            name = text(f"window.part.{part.value}")
            font, leading = field_font(look, part)
            edit = FieldEdit(look, name, font, leading)
            edit.setParent(self)
            edit.setPlaceholderText(text(f"window.field.{part.value}"))
            edit.edited.connect(self._changed)
            edit.onward.connect(lambda by, part=part: self._go(part, by))
            self.edits[part] = edit
            for shelf, role in ((self._labels, "small"), (self._meta, "hint")):
                made = label(name if shelf is self._labels else "", role)
                made.setParent(self)
                shelf[part] = made
            self._labels[part].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        look.changed.connect(self.update)

    below = Signal()  # Enter or Down in the last field

    def _go(self, part: Part, by: int) -> None:
        at = FIELD_PARTS.index(part) + by
        if 0 <= at < len(FIELD_PARTS):
            self.edits[FIELD_PARTS[at]].setFocus()
        elif by > 0:
            self.below.emit()

    def put_columns(self, left: int, wide: int) -> None:
        """`left` edge of the fields and their width, px."""
        self._left, self._wide = left, wide
        self._lay_out()

    def _changed(self) -> None:
        self._count()
        if self._lay_out():
            self.grew.emit()

    def _count(self) -> None:
        for part, edit in self.edits.items():
            length = len(edit.plain())
            self._meta[part].setText(text("window.field.length", count=length) if length else "")

    def _lay_out(self) -> bool:
        y = TOP
        self._rules = []
        for part, edit in self.edits.items():
            height = edit.height_for(self._wide)
            edit.setGeometry(self._left, y, self._wide, height)
            _, leading = field_font(self._look, part)
            self._labels[part].setGeometry(max(0, self._left - GAP - LABEL), y, LABEL, leading)
            self._meta[part].setGeometry(self._left + self._wide + GAP, y, META, leading)
            y += height + BELOW
            self._rules.append(y - BELOW // 2)
            y += BELOW
        y += 8
        changed = y != self._needed
        self._needed = y
        self.setFixedHeight(y)
        self.update()
        return changed

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for edit, y in zip(self.edits.values(), self._rules, strict=False):
            painter.setPen(self._look.colour("ac" if edit.hasFocus() else "line"))
            painter.drawLine(self._left, y, self._left + self._wide, y)
        painter.setPen(self._look.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def show_text(self, words: ArticleText) -> bool:
        changed = [edit.show_plain(str(getattr(words, part.value))) for part, edit in self.edits.items()]
        self._count()
        if self._lay_out():
            self.grew.emit()
        return any(changed)
