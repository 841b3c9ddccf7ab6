"""对照原稿: the article as it stands against the manuscript as received, inline. Read only."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from models.values.article_text import ArticleText
from services.config.messages import text
from ui.proofing.revisions import Kind, Piece, differences
from ui.widgets.look import Look
from ui.widgets.pieces import label, row

WIDTH = 720  # px of the text


class CompareView(QWidget):
    def __init__(self, look: Look, received: ArticleText, now: ArticleText) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self.pieces: tuple[Piece, ...] = differences(received.flat().text, now.flat().text)
        count = {kind: sum(len(p.text) for p in self.pieces if p.kind is kind) for kind in Kind}
        changed = count[Kind.INSERTED] + count[Kind.DELETED]
        line = text("window.compare.line", inserted=count[Kind.INSERTED], deleted=count[Kind.DELETED])
        bar = QWidget()
        bar.setObjectName("toolbar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(44)
        words = line if changed else text("window.compare.none")
        bar.setLayout(row(label(words, "heading"), None, margins=(16, 0, 16, 0)))
        self.paper = QTextEdit()
        self.paper.setReadOnly(True)
        self.paper.setAccessibleName(text("window.action.compare"))
        self.paper.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.paper.setLineWrapColumnOrWidth(WIDTH)
        self.paper.document().setDocumentMargin(32)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.paper, 1)
        look.changed.connect(self._fill)
        self.setFocusProxy(self.paper)
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The text stands in the middle."""
        super().resizeEvent(event)
        self.paper.setViewportMargins(max(0, (self.width() - WIDTH - 64) // 2), 0, 0, 0)

    def _fill(self) -> None:
        """Inserted: underlined in its ink; deleted: struck out; both are told apart without colour too."""
        look = self._look
        self.paper.clear()
        cursor = QTextCursor(self.paper.document())
        shape = QTextBlockFormat()
        shape.setLineHeight(30, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        shape.setBottomMargin(8)
        cursor.setBlockFormat(shape)
        for piece in self.pieces:
            style = QTextCharFormat()
            style.setFont(QFont(look.faces.font(look.faces.serif, 18)))
            token = {Kind.INSERTED: "ins", Kind.DELETED: "err"}.get(piece.kind, "t1")
            style.setForeground(look.colour(token))
            style.setFontUnderline(piece.kind is Kind.INSERTED)
            style.setFontStrikeOut(piece.kind is Kind.DELETED)
            words = piece.text.replace("\n", "¶\n") if piece.kind is not Kind.SAME else piece.text
            cursor.insertText(words, style)
        self.paper.moveCursor(QTextCursor.MoveOperation.Start)
