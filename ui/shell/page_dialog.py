"""Name and slogan of a page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from services.config.messages import text
from ui.widgets.pieces import button, label, row


class PageDialog(QDialog):
    named = Signal(str, str, str)  # name, slogan, template

    def __init__(self, window: QWidget, number: int, name: str, slogan: str, template: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("window.page.title", number=f"{number:02d}"))
        self.name, self.slogan = QLineEdit(name), QLineEdit(slogan)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for at, (key, field) in enumerate((("page_name", self.name), ("slogan", self.slogan))):
            words = text(f"window.page.{key}")
            field.setAccessibleName(words)
            field.setMinimumWidth(360)
            grid.addWidget(label(words), at, 0)
            grid.addWidget(field, at, 1)
        self.template = QComboBox()
        self.template.setAccessibleName(text("window.settings.template"))
        self.template.addItem(template, template)
        grid.addWidget(label(text("window.settings.template")), 2, 0)
        grid.addWidget(self.template, 2, 1)
        self.slogan.setPlaceholderText(text("window.page.slogan_hint"))
        self.keep = button(text("window.settings.keep"), self._send, kind="primary")
        self.keep.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(24)
        layout.addLayout(grid)
        layout.addLayout(row(None, button(text("window.cancel"), self.reject), self.keep))
        self.name.selectAll()

    def put_templates(self, titles: dict[str, str]) -> None:
        """The templates that there are, by name; the page's own stays chosen."""
        chosen = str(self.template.currentData())
        self.template.clear()
        for name, title in {chosen: chosen, **titles}.items():
            self.template.addItem(title, name)
        self.template.setCurrentIndex(self.template.findData(chosen))

    def _send(self) -> None:
        self.named.emit(self.name.text().strip(), self.slogan.text().strip(), str(self.template.currentData()))
        self.accept()
