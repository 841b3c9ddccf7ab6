"""When we fail: first the words that were typed are put into safety, then the person is told."""

import logging
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from models.values.article_text import ArticleText
from services.config import paths
from services.config.messages import text

LOG = logging.getLogger("qingyang.window")


def draft_words(words: ArticleText) -> str:
    """An article as a plain manuscript, readable by a person and by 收稿."""
    heads = [line for line in (words.kicker, words.headline, words.deck) if line]
    body = [paragraph.text for paragraph in words.body]
    if words.dateline and body:
        body[0] = f"{words.dateline}{body[0]}"
    elif words.dateline:
        body = [words.dateline]
    return "\n\n".join([*heads, *body, *([words.signature] if words.signature else [])]) + "\n"


def write_drafts(drafts: dict[str, ArticleText]) -> tuple[Path, ...]:
    """Writes each text into the drafts folder of the user's data, new files every time."""
    folder = paths.data_folder() / "drafts"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    written = []
    for name, words in drafts.items():
        path = folder / f"{stamp}-{name.replace(' ', '-')}.txt"
        path.write_text(draft_words(words), "utf-8")
        written.append(path)
    return tuple(written)


class CrashHandler(QObject):
    """Takes the place of sys.excepthook: drafts, log, dialog. The window goes on where it can."""

    happened = Signal(str)

    def __init__(self, window: QWidget, unsaved: Callable[[], dict[str, ArticleText]]) -> None:
        super().__init__(window)
        self._window, self._unsaved = window, unsaved
        self._busy = False
        self.happened.connect(self._tell)

    def install(self) -> None:
        sys.excepthook = self.handle

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        LOG.error("bug %s", kind.__name__)
        if self._busy:
            return
        self._busy = True
        try:
            drafts = write_drafts(self._unsaved())
        except OSError as refused:  # the disk is full or locked: say so, go on
            details = f"{refused}\n{details}"
            drafts = ()
        where = "\n".join(str(path) for path in drafts)
        self.happened.emit(f"{where}\n\n{details}" if where else details)

    def _tell(self, details: str) -> None:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(text("window.title"))
        box.setText(text("window.crash.title"))
        box.setInformativeText(text("window.crash.line", folder=paths.data_folder() / "drafts"))
        box.setDetailedText(details)
        box.finished.connect(lambda *_: setattr(self, "_busy", False))
        box.open()
