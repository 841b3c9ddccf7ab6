"""The card of the finding under the caret: what, the clause, an example, 采纳 and 放行. It never takes the focus."""

from functools import partial
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from models.values.finding import Finding, RuleCard
from services.config.messages import text
from ui.actions.registry import keys_of
from ui.proofing.marks import GROUNDS, ICONS, INKS
from ui.widgets.floating import SHADOW, FloatingFrame
from ui.widgets.look import Look
from ui.widgets.pieces import IconButton, button, label, row, rule

WIDTH = 420
MOST_OTHERS = 4
LINE = 20  # characters of a line of context


def context_html(flat: str, finding: Finding, look: Look, *, fixed: bool) -> str:
    """The words with their neighbours; what goes is struck out, what comes is underlined."""
    around = max(2, (LINE - len(finding.text)) // 2)
    before = flat[max(0, finding.start - around) : finding.start].split("\n")[-1]
    after = flat[finding.end : finding.end + around].split("\n")[0]
    head = "…" if len(before) == around else ""
    tail = "…" if len(after) == around else ""
    if fixed:
        new = finding.suggestions[0] if finding.suggestions else finding.text
        middle = f'<span style="color:{look.theme.ins};text-decoration:underline">{escape(new)}</span>'
    else:
        middle = (
            f'<span style="color:{look.theme.err};text-decoration:line-through">{escape(finding.text)}</span>'
        ).replace("\n", "¶")
    return f"{head}{escape(before)}{middle}{escape(after)}{tail}"


class FindingCard(FloatingFrame):
    accept = Signal(str)  # the suggestion
    waive = Signal(str)
    step = Signal(int)

    def __init__(self, look: Look, parent: QWidget, accept: QAction, waive: QAction) -> None:
        super().__init__(look, parent)
        self.finding: Finding | None = None
        self.setFixedWidth(WIDTH + 2 * SHADOW)
        self._mark, self._title, self._tier, self._count = QLabel(), label("", "heading"), label("", "tiertag"), label()
        self._count.setObjectName("small")
        back = IconButton(look, "up", text("window.action.previous_finding"), size=12)
        onward = IconButton(look, "down", text("window.action.next_finding"), size=12)
        for arrow, by in ((back, -1), (onward, 1)):
            arrow.setFixedSize(24, 24)
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            arrow.clicked.connect(lambda *_, by=by: self.step.emit(by))
        head = row(self._mark, self._title, self._tier, None, self._count, back, onward, gap=8, margins=(12, 8, 8, 8))
        self._old, self._new, self._clause, self._why = QLabel(), QLabel(), label("", "heading"), label("", "small")
        for words in (self._old, self._new):
            words.setTextFormat(Qt.TextFormat.RichText)
            words.setFont(look.faces.font(look.faces.serif, 15))
            words.setStyleSheet(f"font-family: '{look.faces.serif}'; font-size: 15px")
        self._why.setWordWrap(True)
        self._clause.setWordWrap(True)
        self._old_name, self._new_name = (
            label(text("window.card.old"), "small"),
            label(text("window.card.new"), "small"),
        )
        for name in (self._old_name, self._new_name):
            name.setFixedWidth(44)
        self._accept = button(f"{text('window.card.accept')}  {keys_of(accept)}", self._accept_first, kind="primary")
        self._waive = QToolButton()
        self._waive.setText(f"{text('window.card.waive')}  {keys_of(waive)}")
        self._waive.setAccessibleName(text("window.card.waive"))
        self._waive.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._waive)
        for scope in ("here", "article", "house"):
            menu.addAction(text(f"window.card.scope_{scope}"), partial(self.waive.emit, scope))
        self._waive.setMenu(menu)
        self._waive.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._accept.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._waive.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self.inside)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(rule())
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 12, 12, 12)
        inner.setSpacing(6)
        inner.addLayout(row(self._old_name, self._old, None, gap=0))
        inner.addLayout(row(self._new_name, self._new, None, gap=0))
        self._others = QWidget()
        self._other_row = row(gap=6, margins=(44, 0, 0, 0))
        self._others.setLayout(self._other_row)
        inner.addWidget(self._others)
        inner.addSpacing(4)
        inner.addWidget(rule())
        inner.addSpacing(4)
        inner.addWidget(self._clause)
        inner.addWidget(self._why)
        inner.addSpacing(6)
        inner.addLayout(row(self._accept, self._waive, None))
        outer.addLayout(inner)
        self.setAccessibleName(text("window.card.name"))
        self.hide()

    def show_finding(self, finding: Finding, flat: str, *, number: int, count: int, rule_card: RuleCard | None) -> None:
        """Fills the card; `number` of `count` counts from 1."""
        self.finding = finding
        look = self.look
        ratio = max(1.0, self.devicePixelRatioF())
        self._mark.setPixmap(look.pixmap(ICONS[finding.tier], INKS[finding.tier], 16, ratio))
        title = rule_card.title if rule_card is not None and rule_card.title else finding.message
        self._title.setText(self._title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, 200))
        self._tier.setText(text(f"window.tier.{finding.tier.value}"))
        ground, ink = look.colour(GROUNDS[finding.tier]).name(), look.colour(INKS[finding.tier]).name()
        self._tier.setStyleSheet(f"background: {ground}; color: {ink}")
        self._count.setText(f"{number} / {count}")
        self._old.setText(context_html(flat, finding, look, fixed=False))
        can = bool(finding.suggestions)
        self._new.setVisible(can)
        self._new_name.setVisible(can)
        self._accept.setVisible(can)
        if can:
            self._new.setText(context_html(flat, finding, look, fixed=True))
        self._offer_others(finding)
        self._clause.setText(finding.clause)
        self._clause.setVisible(bool(finding.clause))
        why = finding.message
        if rule_card is not None and rule_card.wrong and rule_card.right:
            why += "\n" + text("window.card.example", wrong=rule_card.wrong[0], right=rule_card.right[0])
        self._why.setText(why)
        self.setFixedHeight(self.needed().height())

    def _accept_first(self) -> None:
        if self.finding is not None and self.finding.suggestions:
            self.accept.emit(self.finding.suggestions[0])

    def _offer_others(self, finding: Finding) -> None:
        """Further suggestions, each a button."""
        while self._other_row.count():
            item = self._other_row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        others = finding.suggestions[1:MOST_OTHERS]
        for words in others:
            made = button(words or text("window.finding.delete"), partial(self.accept.emit, words))
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._other_row.addWidget(made)
        self._other_row.addStretch(1)
        self._others.setVisible(bool(others))

    def needed(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        return QSize(
            self.width(),
            layout.heightForWidth(self.width()) if layout.hasHeightForWidth() else layout.sizeHint().height(),
        )
