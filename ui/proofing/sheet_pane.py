"""The sheet: fields, body with line numbers and margin, laid side by side; where in the flat text each editor stands.

No session in here: ArticleView (view.py) brings text, findings and the undo order. Offsets are code points of the
flat text.
"""

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QScrollBar, QVBoxLayout, QWidget

from models.values.article_text import Part
from models.values.finding import Finding
from services.config.messages import text
from ui.actions.ids import ActionId
from ui.actions.registry import ActionRegistry
from ui.proofing.fields import GAP, LABEL, META, FieldsPane
from ui.proofing.gutter import TAG_LEFT, WIDTH, LineNumbers, MarginTags
from ui.proofing.text_view import TEXT_SIZE, BodyEdit, PartEdit
from ui.widgets.look import Look
from ui.widgets.pieces import ActionButton, Segments, row, rule
from ui.widgets.theme import SCROLLBAR

MARGIN, MARGIN_LEAST = 420, 320  # px of the margin; narrower, tags hide and the card opens under its line
MEASURES = (9, 11, 13, 15, 16, 18, 20, 22, 24, 28, 32, 40)
PARTS = {
    ActionId.PART_KICKER: Part.KICKER,
    ActionId.PART_HEADLINE: Part.HEADLINE,
    ActionId.PART_DECK: Part.DECK,
    ActionId.PART_DATELINE: Part.DATELINE,
    ActionId.PART_CROSSHEAD: Part.CROSSHEAD,
    ActionId.PART_CAPTION: Part.CAPTION,
    ActionId.PART_BODY: Part.BODY,
}


class SheetPane(QWidget):
    moved = Signal()  # caret, text or marks: the dock and the status bar follow

    def __init__(self, look: Look, actions: ActionRegistry, measure: int) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look, self._actions = look, actions
        self._in_margin = True
        self._by_hand = False  # a person chose the measure
        self.fields = FieldsPane(look)
        self.body = BodyEdit(look, text("window.part.body"), self._body_font)
        self.body.set_measure(measure, 1.0)
        self.last: PartEdit = self.body  # the editor that has, or had last, the focus
        self._numbers = LineNumbers(look, self.body)
        self._margin = MarginTags(look, self.body)
        self._bar = QScrollBar(Qt.Orientation.Vertical)
        self._bar.setAccessibleName(text("window.scroll"))
        self._build()
        self._join_scroll_bars()

    def caret_set(self, edit: PartEdit) -> None:
        """Called once the caret was set from outside."""

    def laid_out(self) -> None:
        """Called once the pieces have their places."""

    def _body_font(self, part: Part, zoom: float) -> QFont:
        faces = self._look.faces
        if part is Part.CAPTION:
            return faces.font(faces.kai, round(20 * zoom))
        return faces.font(faces.serif, round(TEXT_SIZE * zoom), bold=part is Part.CROSSHEAD)

    def _build(self) -> None:
        bar = QWidget()
        bar.setObjectName("toolbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(44)
        actions = self._actions
        self._measures = QComboBox()
        self._measures.setAccessibleName(text("window.measure.name"))
        for measure in sorted({*MEASURES, self.body.measure}):
            self._measures.addItem(text("window.measure.of", count=measure), measure)
        self._measures.setCurrentIndex(self._measures.findData(self.body.measure))
        self._measures.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        parts = Segments([actions[id] for id in PARTS])
        fix = ActionButton(actions[ActionId.FIX_CERTAIN], kind="plain")
        check = ActionButton(actions[ActionId.CHECK_ALL], kind="plain", shortcut=True)
        tools = (ActionButton(actions[ActionId.JOIN]), ActionButton(actions[ActionId.TAG]))
        self._tools = bar
        self._foldable = (*tools, fix, check)
        bar.setLayout(
            row(parts, rule(upright=True), *tools, None, self._measures, fix, check, gap=8, margins=(16, 0, 16, 0))
        )
        self._lower = QWidget()
        for part in (self._numbers, self.body, self._margin, self._bar):
            part.setParent(self._lower)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(bar)
        layout.addWidget(self.fields)
        layout.addWidget(self._lower, 1)

    def _join_scroll_bars(self) -> None:
        """The body's own bar is hidden; the one at the edge of the view stands for it."""
        inner = self.body.verticalScrollBar()
        inner.rangeChanged.connect(self._bar.setRange)
        inner.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(inner.setValue)
        self._measures.activated.connect(lambda *_: self._choose_measure())
        self.fields.below.connect(self.body.setFocus)
        self.body.onward.connect(lambda by: list(self.fields.edits.values())[-1].setFocus())

    # --- text and places

    def editors(self) -> tuple[PartEdit, ...]:
        """All editors in the order of the flat text."""
        edits = self.fields.edits
        return (*(edits[part] for part in (Part.KICKER, Part.HEADLINE, Part.DECK, Part.DATELINE)), self.body,
                edits[Part.SIGNATURE])  # fmt: skip

    def _starts(self) -> Iterator[tuple[PartEdit, int, int]]:
        """Each editor that holds text, with its start and end in the flat text."""
        at = 0
        for edit in self.editors():
            length = len(edit.plain())
            if length or (edit is self.body and self.body.document().blockCount() > 1):
                yield edit, at, at + length
                at += length + 1

    def caret(self) -> int:
        """The caret in the flat text."""
        at = 0
        for edit, start, end in self._starts():
            if edit is self.last:
                return start + edit.caret()
            at = end
        return at

    def selection(self) -> tuple[int, int]:
        for edit, start, _ in self._starts():
            if edit is self.last:
                first, last = edit.selected()
                return start + first, start + last
        return 0, 0

    def reveal(self, start: int, end: int) -> None:
        """Selects [start, end) of the flat text, or sets the caret there."""
        for edit, first, last in self._starts():
            if first <= start <= last:
                edit.setFocus()
                self.last = edit
                edit.put_caret(start - first, end - first if end > start else None)
                if edit is self.body:
                    self._show_middle()
                self.caret_set(edit)
                return

    def _show_middle(self) -> None:
        """A line near the edge moves to the upper third."""
        rect = self.body.cursorRect()
        height = self.body.viewport().height()
        if rect.bottom() > height * 0.8 or rect.top() < height * 0.1:
            bar = self.body.verticalScrollBar()
            bar.setValue(bar.value() + rect.top() - height // 3)

    def line_words(self, finding: Finding) -> str:
        """Where a finding stands: the printed line of the body, or the name of its field."""
        for edit, start, end in self._starts():
            if start <= finding.start <= end:
                if edit is self.body:
                    return text("window.line_of", line=self.body.line_of(finding.start - start))
                return edit.accessibleName()
        return ""

    # --- size

    def suggest_measure(self, measure: int) -> None:
        """The measure of the column on the page; a measure chosen by hand stays."""
        if not self._by_hand and measure != self.body.measure:
            if self._measures.findData(measure) < 0:
                self._measures.addItem(text("window.measure.of", count=measure), measure)
            self._measures.setCurrentIndex(self._measures.findData(measure))
            self.put_measure(measure)

    def _choose_measure(self) -> None:
        self._by_hand = True
        self.put_measure(int(self._measures.currentData()))

    def put_measure(self, measure: int) -> None:
        self.body.set_measure(measure, self.body.zoom)
        self._lay_out()
        self.moved.emit()

    def put_zoom(self, zoom: float) -> None:
        self.body.set_measure(self.body.measure, zoom)
        self._lay_out()
        self.moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Text, gutter and margin side by side, in the middle of what room there is."""
        for tool in self._foldable:
            tool.fold(False)
        short = self._tools.sizeHint().width() > self.width()
        for tool in self._foldable:
            tool.fold(short)
        room, wide = self.width() - SCROLLBAR, self.body.text_width()
        spare = room - (LABEL + GAP) - wide - META - GAP
        margin = min(MARGIN + TAG_LEFT, spare)
        self._in_margin = margin >= MARGIN_LEAST + TAG_LEFT
        block = wide + (margin if self._in_margin else 0)
        left = max(LABEL + GAP, (room - block) // 2) if self._in_margin else max(LABEL + GAP, (room - wide) // 2)
        left = min(left, max(LABEL + GAP, room - block - META - GAP))
        below = self._lower.geometry()
        height = below.height()
        self._numbers.setGeometry(left - 16 - WIDTH + 16, 16, WIDTH, height - 16)
        self.body.setGeometry(QRect(left, 16, min(wide, room - left), height - 16))
        self._margin.setVisible(self._in_margin)
        self._margin.setGeometry(left + wide, 16, max(0, margin), height - 16)
        self._bar.setGeometry(room, 0, SCROLLBAR, height)
        self._bar.setPageStep(self.body.viewport().height())
        fields = max(block, 520) if room - left - META - GAP > 520 else room - left - META - GAP
        self.fields.put_columns(left, min(max(fields, wide), room - left - META - GAP))
        self.laid_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self._lay_out)
