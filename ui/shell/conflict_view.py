"""合并: what two people wrote in the same place, side by side; nothing is stored before a choice is made for each.

Mine, theirs and what stood before. What was put in is underlined, what was taken out struck through: told apart without
colour too. Whatever is chosen, both texts stay among the revisions.
"""

import html
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from services.config.messages import text
from services.desk.merging import Choice, Conflict
from ui.proofing.revisions import Kind, differences
from ui.widgets.look import Look
from ui.widgets.pieces import button, label, row

ORDER = (Choice.MINE, Choice.THEIRS, Choice.BOTH, Choice.BASE)
SHOWN = (Choice.MINE, Choice.THEIRS, Choice.BASE)  # the columns
WIDEST = 1080  # px


class _Words(QLabel):
    """One side's words with what it changed."""

    def __init__(self, look: Look, name: str, base: str, words: str) -> None:
        super().__init__()
        self._look, self._base, self._plain = look, base, words
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setFont(look.faces.font(look.faces.serif, 16))
        self.setAccessibleName(f"{name} {words}")
        self.setContentsMargins(12, 8, 12, 12)
        look.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        theme = self._look.theme
        if not self._plain:
            gone = html.escape(text("window.conflict.gone"))
            self.setText(f'<span style="color:{theme.t3}">{gone}</span>')
            return
        pieces = []
        for piece in differences(self._base, self._plain):
            words = html.escape(piece.text).replace("\n", "<br>")
            if piece.kind is Kind.INSERTED:
                words = f'<span style="color:{theme.ins}; text-decoration: underline">{words}</span>'
            elif piece.kind is Kind.DELETED:
                words = f'<span style="color:{theme.err}; text-decoration: line-through">{words}</span>'
            pieces.append(words)
        self.setText(f'<div style="line-height:150%">{"".join(pieces)}</div>')


class _Card(QWidget):
    """One conflict: its part, three columns, four choices."""

    chosen = Signal()

    def __init__(self, look: Look, number: int, conflict: Conflict, others: str) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.choice: Choice | None = None
        part = text(f"window.part.{conflict.part.value}")
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.addWidget(label(f"{number}  {part}", "heading"), 0, 0, 1, 3)
        base = conflict.words(Choice.BASE)
        for at, side in enumerate(SHOWN):
            name = text(f"window.conflict.{side.value}", name=others)
            grid.addWidget(label(name, "hint"), 1, at)
            words = _Words(look, name, base, conflict.words(side))
            words.setObjectName("conflictside")
            grid.addWidget(words, 2, at)
            grid.setColumnStretch(at, 1)
        self._group = QButtonGroup(self)
        self.buttons: dict[Choice, QRadioButton] = {}
        line = row(gap=16, margins=(0, 8, 0, 0))
        for choice in ORDER:
            made = QRadioButton(text(f"window.conflict.take_{choice.value}"))
            made.setAccessibleName(f"{part} {made.text()}")
            made.toggled.connect(lambda on, choice=choice: self._put(choice) if on else None)
            self._group.addButton(made)
            self.buttons[choice] = made
            line.addWidget(made)
        line.addStretch(1)
        grid.addLayout(line, 3, 0, 1, 3)

    def _put(self, choice: Choice) -> None:
        self.choice = choice
        self.chosen.emit()


class ConflictView(QWidget):
    settled = Signal(object)  # tuple of a Choice for each conflict

    def __init__(self, look: Look, headline: str, conflicts: Sequence[Conflict], others: str) -> None:
        super().__init__()
        self._count = label("", "hint")
        bar = QWidget()
        bar.setObjectName("toolbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(44)
        words = text("window.conflict.line", headline=headline, count=len(conflicts), name=others)
        title = label(words, "heading")
        title.setMinimumWidth(0)
        self.save = button(text("window.conflict.save"), self._save, kind="primary")
        bar.setLayout(row(title, None, self._count, self.save, gap=12, margins=(16, 0, 16, 0)))
        self.cards = tuple(_Card(look, at, one, others) for at, one in enumerate(conflicts, 1))
        inside = QWidget()
        inside.setObjectName("conflicts")
        held = QVBoxLayout(inside)
        held.setContentsMargins(24, 20, 24, 20)
        held.setSpacing(16)
        note = label(text("window.conflict.note"), "hint")
        note.setWordWrap(True)
        held.addWidget(note)
        for card in self.cards:
            card.chosen.connect(self._tell)
            held.addWidget(card)
        held.addStretch(1)
        inside.setMaximumWidth(WIDEST)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(area, 1)
        self.setFocusProxy(self.cards[0].buttons[Choice.MINE] if self.cards else self.save)
        self._tell()

    def _tell(self) -> None:
        left = sum(card.choice is None for card in self.cards)
        self._count.setText(text("window.conflict.left", count=left) if left else "")
        self.save.setEnabled(not left)

    def _save(self) -> None:
        choices = tuple(card.choice for card in self.cards if card.choice is not None)
        if len(choices) == len(self.cards):
            self.save.setEnabled(False)
            self.settled.emit(choices)
