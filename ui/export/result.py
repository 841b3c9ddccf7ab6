"""What was written: files with their sizes, what the press check noticed, the way to the folder."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from services.config.messages import text
from ui.widgets.look import Look
from ui.widgets.pieces import button, label, row


def show_file(path: Path) -> None:
    """Opens a file or a folder with the program that the desktop has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def size_words(path: Path) -> str:
    """1.2 MB, 340 KB; nothing for a file that has gone meanwhile."""
    try:
        size = path.stat().st_size
    except OSError:
        return ""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} KB"


class ResultDialog(QDialog):
    """`notes` are what is wrong, `told` what was done; `ready` is the verdict on a file for the press."""

    def __init__(
        self,
        window: QWidget,
        look: Look,
        files: tuple[Path, ...],
        notes: tuple[str, ...],
        told: tuple[str, ...] = (),
        ready: bool | None = None,
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("window.output.title"))
        self.resize(600, 400)
        folder = files[0].parent
        self.files, self.notes = QListWidget(), QListWidget()
        for path in files:
            icon = look.icon("page" if path.suffix == ".pdf" else "article")
            item = QListWidgetItem(icon, f"{path.name}    {size_words(path)}")
            item.setData(Qt.ItemDataRole.UserRole, str(path))
            item.setToolTip(str(path))
            self.files.addItem(item)
        for note in notes:
            self.notes.addItem(QListWidgetItem(look.icon("likely", "warn"), note))
        for words in told:
            self.notes.addItem(QListWidgetItem(look.icon("hint", "t3"), words))
        if not notes and ready is None:
            self.notes.addItem(QListWidgetItem(look.icon("check", "ok"), text("window.output.all_right")))
        for shown, name in ((self.files, "written"), (self.notes, "notes")):
            shown.setAccessibleName(text(f"window.output.{name}"))
            shown.setFrameShape(QListWidget.Shape.NoFrame)
            shown.setWordWrap(True)
            shown.setSpacing(2)
            shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.files.setFixedHeight(34 * max(1, len(files)) + 8)
        self.files.itemActivated.connect(lambda item: show_file(Path(item.data(Qt.ItemDataRole.UserRole))))
        self.open_folder = button(text("window.output.open_folder"), lambda: show_file(folder), kind="primary")
        self.open_folder.setDefault(True)
        where = label(str(folder), "hint")
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        where.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(label(text("window.output.written"), "heading"))
        layout.addWidget(where)
        layout.addWidget(self.files)
        self.verdict = label("", "lead")
        self.verdict.setWordWrap(True)
        if ready is not None:
            self.verdict.setText(text("window.output.ready" if ready else "window.output.not_ready"))
            self.verdict.setStyleSheet(f"color: {look.theme.ok if ready else look.theme.err}; font-weight: 600")
            layout.addWidget(self.verdict)
        count = label(str(len(notes)) if notes else "", "hint")
        layout.addLayout(row(label(text("window.output.notes"), "heading"), count, None))
        layout.addWidget(self.notes, 1)
        layout.addLayout(row(None, button(text("window.output.close"), self.accept), self.open_folder))
