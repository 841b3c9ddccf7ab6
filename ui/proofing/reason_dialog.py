"""Why something may stand in the whole paper: asked once, kept in the lexicon."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from services.config.messages import text
from ui.widgets.pieces import button, label, row


class ReasonDialog(QDialog):
    """Enter or the button lets stand; Esc leaves all as it was."""

    def __init__(self, parent: QWidget, words: str, done: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle(text("window.card.waive"))
        self.setMinimumWidth(440)
        self._done = done
        shown = words if len(words) <= 20 else words[:20] + "…"
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(text("proofing.lexicon.ask_hint"))
        self.reason.setAccessibleName(text("proofing.lexicon.reason"))
        self.reason.returnPressed.connect(self._send)
        send = button(text("window.card.waive"), self._send, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label(text("proofing.lexicon.ask", words=shown.replace("\n", "¶")), "heading"))
        layout.addWidget(self.reason)
        layout.addLayout(row(None, button(text("window.cancel"), self.reject), send))
        self.reason.setFocus()

    def _send(self) -> None:
        self._done(self.reason.text().strip())
        self.accept()
