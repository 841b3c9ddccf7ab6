"""The tabs of names: those of the issue, the authority file, who stands with whom; kept in step with what is stored."""

from PySide6.QtCore import QObject, QTimer

from models.values.entity import EditRecords, RecordsReceipt
from models.values.ids import ArticleId, EntityId
from services.config.messages import text
from ui.shell.faults import Faults
from ui.shell.frame import Frame
from ui.shell.names_work import NamesWork
from ui.tagging.authority_view import AuthorityView
from ui.tagging.names_view import NamesView
from ui.tagging.network import NetworkView

KEY, AUTHORITY, NETWORK = "names", "authority", "network"
REREAD_AFTER = 1500  # ms after a change was stored


class NamesTab(QObject):
    def __init__(self, window: Frame, faults: Faults) -> None:
        super().__init__(window)
        self._window, self._faults = window, faults
        self.work = NamesWork(window, faults)
        self.work.imported = self._reread
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REREAD_AFTER)
        self._timer.timeout.connect(self._reread)
        window.newsroom.was_stored.connect(lambda *_: self._timer.start())
        window.newsroom.elsewhere.connect(self._timer.start)

    def open(self, name: str = "") -> None:
        """Turns to the names of the issue, and there to a name."""
        window = self._window
        desk, issue = window.newsroom.desk, window.newsroom.issue
        if desk is None or issue is None:
            return
        window.newsroom.flush_all()
        view = window.centre.view(KEY)
        if view is None:
            made = NamesView(window.look, window.runner, desk, issue.id, issue.date)
            made.failed.connect(self._faults.tell)
            made.opened.connect(self._open_place)
            made.card.wanted.connect(self.open_authority)
            window.centre.add(KEY, made, text("window.matrix.name"), "person")
            view = made
        else:
            window.centre.turn_to(KEY)
        if name and isinstance(view, NamesView):
            view.go_to(name)

    def open_authority(self, entity: EntityId | None = None) -> None:
        """Turns to the authority file, and there to a record."""
        window = self._window
        desk, issue = window.newsroom.desk, window.newsroom.issue
        if desk is None or issue is None:
            return
        view = window.centre.view(AUTHORITY)
        if view is None:
            made = AuthorityView(window.look, window.runner, desk, window.stacks.open(AUTHORITY), issue.date)
            made.failed.connect(self._faults.tell)
            made.opened.connect(self._open_place)
            made.on_lane = lambda receipt: self.work.note(receipt.articles)
            made.stored.connect(self._follow)
            window.centre.add(AUTHORITY, made, text("window.authority.name"), "organisation")
            view = made
        else:
            window.centre.turn_to(AUTHORITY)
        if entity is not None and isinstance(view, AuthorityView):
            view.show_entity(entity)

    def open_network(self) -> None:
        window = self._window
        desk, issue = window.newsroom.desk, window.newsroom.issue
        if desk is None or issue is None:
            return
        window.newsroom.flush_all()
        if window.centre.view(NETWORK) is not None:
            window.centre.turn_to(NETWORK)
            return
        made = NetworkView(window.look, window.runner, desk, issue.id, issue.date)
        made.failed.connect(self._faults.tell)
        made.opened.connect(self.open_authority)
        made.told.connect(window.notices.tell)
        window.centre.add(NETWORK, made, text("window.network.name"), "place")

    def add(self) -> None:
        """A new record of the authority file."""
        self.open_authority()
        view = self._window.centre.view(AUTHORITY)
        if isinstance(view, AuthorityView):
            view.add()

    def _open_place(self, article: ArticleId, start: int, end: int) -> None:
        self._window.open_article(article, lambda shown: shown.reveal(start, end))

    def _follow(self, receipt: RecordsReceipt) -> None:
        self.work.adopt(receipt.articles)
        if receipt.change != EditRecords():
            self._timer.start()

    def _reread(self) -> None:
        for key in (KEY, AUTHORITY):
            view = self._window.centre.view(key)
            if isinstance(view, (NamesView, AuthorityView)):
                view.reload()
