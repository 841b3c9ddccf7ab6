"""The tab of the names of the issue, kept in step with what is stored."""

from PySide6.QtCore import QObject, QTimer

from services.config.messages import text
from ui.shell.faults import Faults
from ui.shell.frame import Frame
from ui.tagging.names_view import NamesView

KEY = "names"
REREAD_AFTER = 1500  # ms after a change was stored


class NamesTab(QObject):
    def __init__(self, window: Frame, faults: Faults) -> None:
        super().__init__(window)
        self._window, self._faults = window, faults
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REREAD_AFTER)
        self._timer.timeout.connect(self._reread)
        window.newsroom.was_stored.connect(lambda *_: self._timer.start())

    def open(self, name: str = "") -> None:
        """Turns to the tab, and in it to a name."""
        window = self._window
        desk, issue = window.newsroom.desk, window.newsroom.issue
        if desk is None or issue is None:
            return
        window.newsroom.flush_all()
        view = window.centre.view(KEY)
        if view is None:
            made = NamesView(window.look, window.runner, desk, issue.id, issue.date)
            made.failed.connect(self._faults.tell)
            made.opened.connect(
                lambda article, start, end: window.open_article(article, lambda shown: shown.reveal(start, end))
            )
            window.centre.add(KEY, made, text("window.matrix.name"), "person")
            view = made
        else:
            window.centre.turn_to(KEY)
        if name and isinstance(view, NamesView):
            view.go_to(name)

    def _reread(self) -> None:
        view = self._window.centre.view(KEY)
        if isinstance(view, NamesView):
            view.reload()
