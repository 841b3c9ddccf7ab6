"""Ctrl+Shift+P 输出: which files, what for, into which folder. Only asks; writing is a job of the window."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.values.cards import IssueCard
from services.config.messages import text
from ui.widgets.look import Look
from ui.widgets.pieces import button, label, row, rule

PRESETS = ("press", "proof", "archive")
PDF, DOCX = "issue.pdf", "issue.docx"  # what the desk names its files
FOLDER, PRESET, KINDS = "export/folder", "export/preset", "export/kinds"  # keys of what is remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be written."""

    folder: Path
    pdf: bool
    docx: bool
    preset: str

    def in_the_way(self) -> tuple[str, ...]:
        """Names of files that writing would replace."""
        wanted = [name for on, name in ((self.pdf, PDF), (self.docx, DOCX)) if on]
        return tuple(name for name in wanted if (self.folder / name).exists())


class ExportDialog(QDialog):
    ordered = Signal(object)  # Order

    def __init__(self, window: QWidget, look: Look, settings: QSettings, issue: IssueCard, preset: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("window.output.title"))
        self.setMinimumWidth(560)
        self._settings = settings
        name = label(f"{issue.publication.name}  {issue.date:%Y-%m-%d}", "issuename")
        count = label(text("window.page.count", count=len(issue.pages)), "hint")
        self.pdf, self.docx = QCheckBox(text("window.output.pdf")), QCheckBox(text("window.output.docx"))
        kinds = str(settings.value(KINDS, "pdf docx")).split()
        self.pdf.setChecked("pdf" in kinds)
        self.docx.setChecked("docx" in kinds)
        self.presets = {one: QRadioButton(text(f"window.output.{one}")) for one in PRESETS}
        group = QButtonGroup(self)
        for one in self.presets.values():
            group.addButton(one)
        self.presets[preset if preset in PRESETS else PRESETS[0]].setChecked(True)
        self.folder = QLineEdit(str(settings.value(FOLDER, str(Path.home()))))
        self.folder.setAccessibleName(text("window.output.folder"))
        self.write = button(text("window.output.write"), self._order, kind="primary")
        self.write.setDefault(True)
        self._wrong = label("", "small")
        self._wrong.setStyleSheet(f"color: {look.theme.err}")
        self._lay_out([name, count])
        for box in (self.pdf, self.docx):
            box.toggled.connect(self._look)
        self.folder.textChanged.connect(self._look)
        self._look()

    def _lay_out(self, head: list[QWidget]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addLayout(row(*head, None))
        layout.addSpacing(8)
        layout.addWidget(self.pdf)
        inner = QVBoxLayout()
        inner.setContentsMargins(24, 0, 0, 4)
        inner.setSpacing(2)
        for name, choice in self.presets.items():
            inner.addWidget(choice)
            line = label(text(f"window.output.{name}_line"), "hint")
            line.setWordWrap(True)
            line.setContentsMargins(24, 0, 0, 6)
            inner.addWidget(line)
        layout.addLayout(inner)
        layout.addWidget(self.docx)
        line = label(text("window.output.docx_line"), "hint")
        line.setContentsMargins(24, 0, 0, 8)
        layout.addWidget(line)
        layout.addWidget(rule())
        layout.addSpacing(8)
        choose = button(text("window.output.choose"), self._choose)
        layout.addWidget(label(text("window.output.folder")))
        layout.addLayout(row(self.folder, choose))
        layout.addWidget(self._wrong)
        layout.addLayout(row(None, button(text("window.cancel"), self.reject), self.write))

    def _choose(self) -> None:
        dialog = QFileDialog(self, text("window.output.folder"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def order(self) -> Order:
        preset = next(name for name, choice in self.presets.items() if choice.isChecked())
        folder = Path(self.folder.text().strip()).expanduser()
        return Order(folder=folder, pdf=self.pdf.isChecked(), docx=self.docx.isChecked(), preset=preset)

    def _look(self) -> None:
        """What stands in the way of writing is said before the button is pressed."""
        for choice in self.presets.values():
            choice.setEnabled(self.pdf.isChecked())
        wrong = ""
        if not (self.pdf.isChecked() or self.docx.isChecked()):
            wrong = text("window.output.nothing")
        elif not self.folder.text().strip() or not self.order().folder.is_absolute():
            wrong = text("window.output.no_folder")
        elif self.order().folder.is_file():
            wrong = text("window.output.is_file")
        self._wrong.setText(wrong)
        self.write.setEnabled(not wrong)

    def _order(self) -> None:
        held = self.order().in_the_way()
        if not held:
            self._send()
            return
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(text("window.output.title"))
        box.setText(text("window.output.overwrite", files="、".join(held)))
        yes = box.addButton(text("window.output.replace"), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(text("window.cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        box.buttonClicked.connect(lambda pressed: self._send() if pressed is yes else None)
        box.open()

    def _send(self) -> None:
        order = self.order()
        self._settings.setValue(FOLDER, str(order.folder))
        self._settings.setValue(PRESET, order.preset)
        kinds = [name for name, on in (("pdf", order.pdf), ("docx", order.docx)) if on]
        self._settings.setValue(KINDS, " ".join(kinds))
        self.ordered.emit(order)
        self.accept()
