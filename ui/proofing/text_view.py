"""The editors of an article: one for each field, one for the body. Plain text in, plain text out; parts are blocks.

Qt's own undo is off: typing becomes changes of the article's one undo order (session.py). Positions that leave this
file are code points of the editor's text, lines ended by one line feed.
"""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QTextEdit

from models.values.article_text import Paragraph, Part
from models.values.finding import Finding, Tier
from models.values.mention import Mention
from services.config.messages import text
from ui.proofing.edits import line_splices, moved_offset, splice_between
from ui.proofing.marks import GROUNDS, Mark, paint_ground, paint_underline, stretches
from ui.proofing.offsets import Utf16Map
from ui.widgets.look import Look

TEXT_SIZE = 22  # px of the text at zoom 1.0
PART_PROPERTY = int(QTextBlockFormat.Property.UserProperty) + 1
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
SHORT_EDIT = 200  # characters of an edit that the caret follows
OURS = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier)
TEXT_KEYS = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.MoveToNextWord,
    QKeySequence.StandardKey.MoveToPreviousWord,
    QKeySequence.StandardKey.SelectNextWord,
    QKeySequence.StandardKey.SelectPreviousWord,
    QKeySequence.StandardKey.MoveToStartOfDocument,
    QKeySequence.StandardKey.MoveToEndOfDocument,
    QKeySequence.StandardKey.SelectStartOfDocument,
    QKeySequence.StandardKey.SelectEndOfDocument,
    QKeySequence.StandardKey.DeleteStartOfWord,
    QKeySequence.StandardKey.DeleteEndOfWord,
)


def pastable(words: str) -> str:
    """Words as a document holds them: every kind of line end one line feed, no control characters, no halves.

    The store drops such characters too; done here, offsets in the window and in the store stay the same.
    """
    return UNFIT.sub("", LINE_ENDS.sub("\n", words))


class PartEdit(QTextEdit):
    """What fields and body share: marks, plain text, no undo of its own."""

    edited = Signal()
    left = Signal()  # the focus went elsewhere

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.look = look
        self.marks: list[Mark] = []
        self.tiers: frozenset[Tier] = frozenset(Tier)
        self.current: Finding | None = None
        self._known = ""  # the text as last told
        self._silent = False
        self.offer: Callable[[QMenu], object] = lambda menu: None  # adds the view's commands to the editor's menu
        self.setAccessibleName(name)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().contentsChanged.connect(self._changed)
        look.changed.connect(self.viewport().update)

    def plain(self) -> str:
        """The text; what an input method is still composing is no part of it."""
        block, lines = self.document().begin(), []
        while block.isValid():
            lines.append(block.text())
            block = block.next()
        return "\n".join(lines).replace("\u2028", "\n")

    def _changed(self) -> None:
        """Formats and compositions change a document too: only new words count."""
        now = self.plain()
        if now == self._known:
            return
        splice = splice_between(self._known, now)
        self._known = now
        self.marks = [moved for mark in self.marks if (moved := mark.moved(splice)) is not None]
        if not self._silent:
            self.edited.emit()

    def show_plain(self, words: str) -> bool:
        """Puts a text in place with small edits; True when there was anything to do.

        One short edit takes the caret along, as undo does everywhere; many edits, or a long one, leave caret and
        scroll bar where they are in the text.
        """
        old = self.plain()
        if old == words:
            return False
        splices = line_splices(old, words)
        caret, down = self.caret(), self.verticalScrollBar().value()
        cursor = QTextCursor(self.document())
        self._silent = True
        cursor.beginEditBlock()
        units = Utf16Map(old)
        for splice in reversed(splices):
            cursor.setPosition(units.to_qt(splice.start))
            cursor.setPosition(units.to_qt(splice.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(splice.text)
        cursor.endEditBlock()
        self._silent = False
        only = splices[0]
        if len(splices) == 1 and max(only.end - only.start, len(only.text)) <= SHORT_EDIT:
            self.put_caret(only.start + len(only.text))
        else:
            self.put_caret(moved_offset(caret, splices))
            self.verticalScrollBar().setValue(down)
        return True

    def caret(self) -> int:
        return Utf16Map(self.plain()).to_points(self.textCursor().position())

    def selected(self) -> tuple[int, int]:
        units = Utf16Map(self.plain())
        cursor = self.textCursor()
        return units.to_points(cursor.selectionStart()), units.to_points(cursor.selectionEnd())

    def put_caret(self, start: int, end: int | None = None) -> None:
        """Sets the caret, or selects [start, end), and brings it into sight."""
        units = Utf16Map(self.plain())
        cursor = self.textCursor()
        cursor.setPosition(units.to_qt(start))
        if end is not None:
            cursor.setPosition(units.to_qt(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def put_marks(self, marks: Sequence[Mark]) -> None:
        self.marks = sorted(marks, key=lambda mark: mark.start)
        self.viewport().update()

    def finding_at(self, offset: int) -> Finding | None:
        """The smallest finding that holds the offset (its end included)."""
        held = [
            mark
            for mark in self.marks
            if isinstance(mark.what, Finding) and mark.what.tier in self.tiers and mark.start <= offset <= mark.end
        ]
        best = min(held, key=lambda mark: (offset == mark.end, mark.end - mark.start), default=None)
        return best.what if best is not None and isinstance(best.what, Finding) else None

    def place_of(self, finding: Finding) -> QRect | None:
        """Where the first line of a finding stands in the viewport."""
        for mark in self.marks:
            if mark.what is finding:
                return self.rect_at(mark.start)
        return None

    def rect_at(self, offset: int) -> QRect:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1  # marks may be a moment older than the text
        cursor.setPosition(min(last, Utf16Map(self.plain()).to_qt(offset)))
        return self.cursorRect(cursor)

    def blocks_in_sight(self) -> list[tuple[QTextBlock, QPointF]]:
        """Blocks that the viewport shows, each with its origin in the viewport."""
        layout = self.document().documentLayout()
        down = self.verticalScrollBar().value()
        height = self.viewport().height()
        block = self.cursorForPosition(QRect(0, 0, 1, 1).topLeft()).block()
        found = []
        while block.isValid():
            box = layout.blockBoundingRect(block)
            if box.top() - down > height:
                break
            # the block's rect holds its margins; its lines start below the top margin
            found.append((block, QPointF(0, box.top() - down)))
            block = block.next()
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        seen = self.blocks_in_sight()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_marks(painter, seen, over=False)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_marks(painter, seen, over=True)
        painter.end()

    def _paint_marks(self, painter: QPainter, seen: list[tuple[QTextBlock, QPointF]], *, over: bool) -> None:
        if not self.marks or not seen:
            return
        units = Utf16Map(self._known)
        for block, origin in seen:
            begin, length = block.position(), block.length() - 1
            for mark in self.marks:
                start, end = units.to_qt(mark.start) - begin, units.to_qt(mark.end) - begin
                if end < 0 or start > length:
                    continue
                self._paint_mark(painter, mark, stretches(block, origin, max(0, start), min(length, end)), over=over)

    def _paint_mark(self, painter: QPainter, mark: Mark, pieces: object, *, over: bool) -> None:
        what = mark.what
        for piece in pieces:  # type: ignore[attr-defined]
            if isinstance(what, Mention):
                if not over:
                    paint_ground(painter, piece, self.look.colour("asked" if what.was else what.kind.value))
            elif what.tier in self.tiers:
                if over:
                    paint_underline(painter, piece, what.tier, self.look)
                elif what is self.current:
                    paint_ground(painter, piece, self.look.colour(GROUNDS[what.tier]))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = any(event.modifiers() & key for key in OURS)
            if held and not any(event.matches(key) for key in TEXT_KEYS):
                event.ignore()  # undo, tags, parts … are commands of the window, not of this editor
                return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        QGuiApplication.inputMethod().commit()
        super().focusOutEvent(event)
        self.left.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Cut, copy and paste of Qt's own menu, without its undo, then what the view offers."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        has = self.textCursor().hasSelection()
        for name, do, on in (("cut", self.cut, has), ("copy", self.copy, has), ("paste", self.paste, self.canPaste())):
            menu.addAction(text(f"window.edit.{name}"), do).setEnabled(on)
        menu.addSeparator()
        self.offer(menu)
        menu.popup(event.globalPos())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words, but no files: those are the window's, to be taken in."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        lines = [line.strip(" \t\u3000") for line in pastable(source.text()).split("\n")]
        self.textCursor().insertText(self.pasted(lines))
        self.ensureCursorVisible()

    def pasted(self, lines: list[str]) -> str:
        return "\n".join(line for line in lines if line)

    def createMimeDataFromSelection(self) -> QMimeData:
        made = QMimeData()
        made.setText(self.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n"))
        return made


class FieldEdit(PartEdit):
    """One heading: a single paragraph that grows with its words. Enter goes on to the next field."""

    onward = Signal(int)  # +1 to the field below, -1 to the one above

    def __init__(self, look: Look, name: str, font: QFont, leading: int) -> None:
        super().__init__(look, name)
        self._leading = leading
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_font(font, leading)
        self.document().documentLayout().documentSizeChanged.connect(lambda *_: self.updateGeometry())

    def set_font(self, font: QFont, leading: int) -> None:
        self._leading = leading
        self.setFont(font)
        self.document().setDefaultFont(font)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        shape = QTextBlockFormat()
        shape.setLineHeight(leading, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.mergeBlockFormat(shape)
        self.setCurrentFont(font)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(200, max(self._leading, round(self.document().size().height())))

    def height_for(self, width: int) -> int:
        """Height of the words at a width, in pixels."""
        self.document().setTextWidth(width)
        return max(self._leading, round(self.document().size().height()))

    def pasted(self, lines: list[str]) -> str:
        return " ".join(line for line in lines if line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        one_line = self.document().size().height() < 1.5 * self._leading
        onward = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if plain and (onward or (one_line and event.key() == Qt.Key.Key_Down)):
            self.onward.emit(1)
        elif plain and one_line and event.key() == Qt.Key.Key_Up:
            self.onward.emit(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class BodyEdit(PartEdit):
    """正文: one block a paragraph; body, crosshead and caption by block format. Lines are as wide as the column."""

    onward = Signal(int)

    def __init__(self, look: Look, name: str, font_of: Callable[[Part, float], QFont]) -> None:
        super().__init__(look, name)
        self._font_of = font_of
        self.zoom = 1.0
        self.measure = 18
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.set_measure(18, 1.0)

    @property
    def size_px(self) -> int:
        return round(TEXT_SIZE * self.zoom)

    @property
    def leading_px(self) -> int:
        return round(34 * self.zoom)

    def text_width(self) -> int:
        """px of a full line, with 2 px slack so that it never wraps early."""
        em = QFontMetricsF(self._font_of(Part.BODY, self.zoom)).horizontalAdvance("国")
        return round(self.measure * em) + 2

    def set_measure(self, measure: int, zoom: float) -> None:
        """`measure` in characters a line; `zoom` 1.0 is type of TEXT_SIZE."""
        self.measure, self.zoom = measure, zoom
        self.document().setDefaultFont(self._font_of(Part.BODY, zoom))
        self.setLineWrapColumnOrWidth(self.text_width())
        block = self.document().begin()
        while block.isValid():
            self._dress(block, self.part_of(block))
            block = block.next()

    @staticmethod
    def part_of(block: QTextBlock) -> Part:
        name = block.blockFormat().property(PART_PROPERTY)
        return Part(name) if name else Part.BODY

    def _dress(self, block: QTextBlock, part: Part) -> None:
        shape = QTextBlockFormat()
        shape.setProperty(PART_PROPERTY, part.value)
        shape.setLineHeight(self.leading_px, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        shape.setTextIndent(2 * self.size_px if part is Part.BODY else 0)
        words = QTextCharFormat()
        words.setFont(self._font_of(part, self.zoom))
        cursor = QTextCursor(block)
        cursor.setBlockFormat(shape)
        cursor.setBlockCharFormat(words)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(words)

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """What the body holds; one empty block is an empty body."""
        block = self.document().begin()
        found: list[Paragraph] = []
        while block.isValid():
            part = self.part_of(block)
            found.extend(Paragraph(text=line, part=part) for line in block.text().split("\u2028"))
            block = block.next()
        return () if len(found) == 1 and not found[0].text else tuple(found)

    def show_paragraphs(self, body: Sequence[Paragraph]) -> None:
        """Puts paragraphs in place with the smallest edit, then dresses the blocks whose part is another."""
        self.show_plain("\n".join(paragraph.text for paragraph in body))
        self._silent = True
        block = self.document().begin()
        for paragraph in body:
            if not block.isValid():
                break
            dressed = block.blockFormat().property(PART_PROPERTY) == paragraph.part.value
            if not dressed or block.charFormat().font() != self._font_of(paragraph.part, self.zoom):
                self._dress(block, paragraph.part)
            block = block.next()
        if not body:
            self._dress(self.document().begin(), Part.BODY)
        self._silent = False

    def paragraph_at_caret(self) -> tuple[int, int]:
        """Index of the paragraph under the caret, and the caret's code point in it."""
        cursor = self.textCursor()
        block = cursor.block()
        return block.blockNumber(), Utf16Map(block.text()).to_points(cursor.positionInBlock())

    def line_of(self, offset: int) -> int:
        """Number of the printed line, from 1, that holds a code point."""
        position = Utf16Map(self.plain()).to_qt(offset)
        block, lines = self.document().begin(), 0
        while block.isValid():
            layout = block.layout()
            if block.contains(position) or not block.next().isValid():
                return lines + layout.lineForTextPosition(max(0, position - block.position())).lineNumber() + 1
            lines += max(1, layout.lineCount())
            block = block.next()
        return max(1, lines)

    def lines(self) -> int:
        """Printed lines of the whole body at its measure."""
        block, lines = self.document().begin(), 0
        while block.isValid():
            lines += max(1, block.layout().lineCount())
            block = block.next()
        return lines

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            cursor = self.textCursor()
            heading = self.part_of(cursor.block()) is not Part.BODY and cursor.atBlockEnd()
            cursor.insertBlock()
            if heading:
                self._dress(cursor.block(), Part.BODY)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        elif plain and event.key() == Qt.Key.Key_Up and self._on_first_line():
            self.onward.emit(-1)
        else:
            super().keyPressEvent(event)

    def _on_first_line(self) -> bool:
        cursor = self.textCursor()
        line = cursor.block().layout().lineForTextPosition(cursor.positionInBlock())
        return cursor.blockNumber() == 0 and line.lineNumber() == 0 and not cursor.hasSelection()
