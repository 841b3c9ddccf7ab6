"""文件 › 备份与恢复: when the last good backup was made, which there are, one more now, one put back."""

import datetime
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from services.config.messages import text
from ui.widgets.look import Look
from ui.widgets.pieces import button, label, row
from ui.widgets.rows import VALUE, RowDelegate, RowList


@dataclass(frozen=True, slots=True, kw_only=True)
class Backups:
    """`made`: moment, file and bytes of each, newest first."""

    server: bool = False
    last: datetime.datetime | None = None
    made: tuple[tuple[datetime.datetime, Path, int], ...] = ()


def moment_words(when: datetime.datetime) -> str:
    """In the person's own time."""
    return f"{when.astimezone():%Y-%m-%d %H:%M}"


class _BackupDelegate(RowDelegate):
    height = 40

    def paint_row(self, painter: QPainter, box: QRect, value: object, *, selected: bool) -> None:
        if not isinstance(value, tuple):
            return
        when, _, size = value
        inner = box.adjusted(16, 0, -16, 0)
        self.words(painter, inner, moment_words(when))
        self.words_right(painter, inner, text("archive.backup.size", size=f"{size / 1e6:,.1f}"))


class BackupsDialog(QDialog):
    now_asked = Signal()
    copy_asked = Signal()
    file_asked = Signal()
    restore_asked = Signal(object)  # Path

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("archive.backup.title"))
        self.setMinimumWidth(560)
        self.shown = Backups()
        self._busy = False
        self.last = label("", "heading")
        self.kept = label(text("archive.backup.kept"), "hint")
        self.kept.setWordWrap(True)
        self.list = RowList(look, text("archive.backup.list"))
        self.list.setModel(self.list.rows)
        self.list.setItemDelegate(_BackupDelegate(look, self.list))
        self.list.setMinimumHeight(240)
        self.now = button(text("archive.backup.now"), self.now_asked.emit, kind="primary")
        self.save_as = button(text("archive.backup.save_as"), self.copy_asked.emit)
        self.restore = button(text("archive.backup.restore"), self._send)
        self.restore_file = button(text("archive.backup.restore_file"), self.file_asked.emit)
        close = button(text("archive.backup.close"), self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self.last)
        layout.addWidget(self.kept)
        layout.addWidget(self.list, 1)
        layout.addLayout(row(self.restore, self.restore_file, None))
        layout.addSpacing(4)
        layout.addLayout(row(self.now, self.save_as, None, close))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._enable())
        self.now.setFocus()
        self._enable()

    def put(self, found: Backups) -> None:
        self.shown = found
        words = text("archive.backup.none")
        if found.server:
            words = text("archive.backup.server")
        elif found.last is not None:
            words = text("archive.backup.last", when=moment_words(found.last))
        self.last.setText(words)
        self.last.setWordWrap(True)
        self.list.rows.clear()
        for one in found.made:
            when = moment_words(one[0])
            self.list.rows.add_row(self.list.rows.invisibleRootItem(), when, one)
        self._enable()

    def put_busy(self, busy: bool) -> None:
        self._busy = busy
        self._enable()

    def _enable(self) -> None:
        free = not self._busy and not self.shown.server
        for one in (self.now, self.save_as, self.restore_file):
            one.setEnabled(free)
        self.restore.setEnabled(free and self.list.currentIndex().isValid())

    def _send(self) -> None:
        value = self.list.currentIndex().data(VALUE)
        if value is not None:
            self.restore_asked.emit(value[1])
