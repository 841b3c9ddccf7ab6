"""Ctrl+Shift+P 输出: which files, what for, into which folder. Only asks; writing is a job of the window."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from models.values.cards import IssueCard
from models.values.press import PressSettings
from services.config.messages import text
from ui.export.press_panel import PressPanel
from ui.widgets.look import Look
from ui.widgets.pieces import button, label, row, rule

PRESETS = ("press", "proof", "archive", "web")
WORDS = ("press", "archive", "clean")
PDF, DOCX, NAMES = "issue.pdf", "issue.docx", "names.csv"  # what the desk names its files
FOLDER, PRESET, KINDS = "export/folder", "export/preset", "export/kinds"  # keys of what is remembered
WORD, INDEX = "export/word", "export/index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be written."""

    folder: Path
    pdf: bool
    docx: bool
    preset: str
    word: str = ""
    index: bool = False
    names: bool = False
    press: PressSettings = field(default_factory=PressSettings)

    def in_the_way(self) -> tuple[str, ...]:
        """Names of files that writing would replace."""
        wanted = [name for on, name in ((self.pdf, PDF), (self.docx, DOCX), (self.names, NAMES)) if on]
        return tuple(name for name in wanted if (self.folder / name).exists())


class ExportDialog(QDialog):
    ordered = Signal(object)  # Order

    def __init__(
        self,
        window: QWidget,
        look: Look,
        settings: QSettings,
        issue: IssueCard,
        preset: str,
        press: PressSettings | None = None,
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("window.output.title"))
        self.setMinimumSize(900, 720)  # wrapped lines: a layout would take them for one line high
        self._settings, self._theme = settings, look
        name = label(f"{issue.publication.name}  {issue.date:%Y-%m-%d}", "issuename")
        count = label(text("window.page.whole", count=len(issue.pages)), "hint")
        self.pdf, self.docx = QCheckBox(text("window.output.pdf")), QCheckBox(text("window.output.docx"))
        self.names = QCheckBox(text("window.output.names"))
        self.index = QCheckBox(text("window.output.index"))
        kinds = str(settings.value(KINDS, "pdf docx")).split()
        for box, kind in ((self.pdf, "pdf"), (self.docx, "docx"), (self.names, "names")):
            box.setChecked(kind in kinds)
        self.presets = {one: QRadioButton(text(f"window.output.{one}")) for one in PRESETS}
        self.words = {one: QRadioButton(text(f"window.output.word_{one}")) for one in WORDS}
        self._group(self.presets, preset if preset in PRESETS else PRESETS[0])
        word = str(settings.value(WORD, WORDS[0]))
        self._group(self.words, word if word in WORDS else WORDS[0])
        self._indexed = {one: str(settings.value(f"{INDEX}/{one}", _indexed_at_first(one))) == "true" for one in WORDS}
        self._show_index()
        for kind_of_word in self.words.values():
            kind_of_word.toggled.connect(self._show_index)
        self.index.toggled.connect(self._keep_index)
        self.press = PressPanel(look, press or issue.publication.press)
        self.folder = QLineEdit(str(settings.value(FOLDER, str(Path.home()))))
        self.folder.setAccessibleName(text("window.output.folder"))
        self.before = QListWidget()
        self.write = button(text("window.output.write"), self._order, kind="primary")
        self.write.setDefault(True)
        self._wrong = label("", "small")
        self._wrong.setStyleSheet(f"color: {look.theme.err}")
        self._lay_out([name, count])
        for choice in (self.pdf, self.docx, self.names, *self.presets.values(), *self.words.values()):
            choice.toggled.connect(self._look)
        self.folder.textChanged.connect(self._look)
        self._look()

    def _word(self) -> str:
        return next(name for name, choice in self.words.items() if choice.isChecked())

    def _show_index(self) -> None:
        """Each kind of Word file has its own answer: the copy for typesetters comes without unless it is asked for."""
        if any(choice.isChecked() for choice in self.words.values()):
            self.index.setChecked(self._indexed[self._word()])

    def _keep_index(self, wanted: bool) -> None:
        self._indexed[self._word()] = wanted

    def _group(self, choices: dict[str, QRadioButton], chosen: str) -> None:
        group = QButtonGroup(self)
        for one in choices.values():
            group.addButton(one)
        choices[chosen].setChecked(True)

    def _lay_out(self, head: list[QWidget]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addLayout(row(*head, None))
        layout.addSpacing(8)
        sides = QHBoxLayout()
        sides.setSpacing(28)
        sides.addLayout(self._pdf_side(), 1)
        sides.addWidget(rule(upright=True))
        sides.addLayout(self._word_side(), 1)
        layout.addLayout(sides, 1)
        layout.addWidget(rule())
        layout.addSpacing(8)
        choose = button(text("window.output.choose"), self._choose)
        layout.addWidget(label(text("window.output.folder")))
        layout.addLayout(row(self.folder, choose))
        layout.addWidget(self._wrong)
        layout.addLayout(row(None, button(text("window.cancel"), self.reject), self.write))

    def _pdf_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(2)
        side.addWidget(self.pdf)
        side.addSpacing(4)
        for name, choice in self.presets.items():
            self._choice(side, choice, f"window.output.{name}_line")
            if name == "press":
                inner = QVBoxLayout()
                inner.setContentsMargins(24, 0, 0, 0)
                inner.addWidget(self.press)
                side.addLayout(inner)
        side.addStretch(1)
        return side

    def _word_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        side.setSpacing(2)
        side.addWidget(self.docx)
        side.addSpacing(4)
        for name, choice in self.words.items():
            self._choice(side, choice, f"window.output.word_{name}_line")
        self.index.setContentsMargins(0, 0, 0, 0)
        side.addLayout(row(self.index, None, margins=(24, 0, 0, 8)))
        side.addWidget(self.names)
        line = label(text("window.output.names_line"), "hint")
        line.setWordWrap(True)
        line.setContentsMargins(24, 0, 0, 12)
        side.addWidget(line)
        side.addWidget(rule())
        side.addSpacing(8)
        side.addWidget(label(text("window.output.before"), "small"))
        self.before.setAccessibleName(text("window.output.before"))
        self.before.setFrameShape(QListWidget.Shape.NoFrame)
        self.before.setWordWrap(True)
        self.before.setMinimumHeight(110)
        self.before.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.before.addItem(text("window.output.looking"))
        side.addWidget(self.before, 1)
        return side

    @staticmethod
    def _choice(side: QVBoxLayout, choice: QRadioButton, key: str) -> None:
        side.addLayout(row(choice, None, margins=(24, 0, 0, 0)))
        line = label(text(key), "hint")
        line.setWordWrap(True)
        line.setContentsMargins(48, 0, 0, 6)
        side.addWidget(line)

    def tell_before(self, sentences: tuple[str, ...]) -> None:
        """What would be wrong with the files if they were written now."""
        self.before.clear()
        for sentence in sentences:
            self.before.addItem(QListWidgetItem(self._theme.icon("likely", "warn"), sentence))
        if not sentences:
            self.before.addItem(QListWidgetItem(self._theme.icon("check", "ok"), text("window.output.before_right")))

    def _choose(self) -> None:
        dialog = QFileDialog(self, text("window.output.folder"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def order(self) -> Order:
        preset = next(name for name, choice in self.presets.items() if choice.isChecked())
        word = self._word()
        return Order(
            folder=Path(self.folder.text().strip()).expanduser(),
            pdf=self.pdf.isChecked(),
            docx=self.docx.isChecked(),
            preset=preset,
            word=word,
            index=self.index.isChecked(),
            names=self.names.isChecked(),
            press=self.press.settings(),
        )

    def _look(self) -> None:
        """What stands in the way of writing is said before the button is pressed."""
        for choice in self.presets.values():
            choice.setEnabled(self.pdf.isChecked())
        for choice in self.words.values():
            choice.setEnabled(self.docx.isChecked())
        self.index.setEnabled(self.docx.isChecked())
        self.press.setEnabled(self.pdf.isChecked() and self.presets["press"].isChecked())
        wrong = ""
        if not (self.pdf.isChecked() or self.docx.isChecked() or self.names.isChecked()):
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
        self._settings.setValue(WORD, order.word)
        for word, wanted in self._indexed.items():
            self._settings.setValue(f"{INDEX}/{word}", "true" if wanted else "false")
        kinds = [name for name, on in (("pdf", order.pdf), ("docx", order.docx), ("names", order.names)) if on]
        self._settings.setValue(KINDS, " ".join(kinds))
        self.ordered.emit(order)
        self.accept()


def _indexed_at_first(word: str) -> str:
    return "false" if word == "press" else "true"
