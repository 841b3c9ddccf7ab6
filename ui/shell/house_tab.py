"""The tab of the house's own words, rules, lessons and error rates, kept in step with the open articles."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from models.values.house import HouseWord
from models.values.ids import ArticleId
from services.config.messages import text
from ui.proofing.house_view import HouseView
from ui.proofing.view import ArticleView
from ui.shell.faults import Faults
from ui.shell.frame import Frame

KEY = "house"
REREAD_AFTER = 1500  # ms after a change was stored


class HouseTab(QObject):
    def __init__(self, window: Frame, faults: Faults) -> None:
        super().__init__(window)
        self._window, self._faults = window, faults
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REREAD_AFTER)
        self._timer.timeout.connect(self._reread)
        window.newsroom.was_stored.connect(lambda *_: self._timer.start())

    def open(self, page: str) -> None:
        """Turns to the tab, and in it to a page of house_view.PAGES."""
        window = self._window
        desk = window.newsroom.desk
        if desk is None:
            return
        window.newsroom.flush_all()
        view = window.centre.view(KEY)
        if not isinstance(view, HouseView):
            view = HouseView(window.look, window.runner, desk, window.stacks.open(KEY), window.newsroom.issue)
            view.failed.connect(self._faults.tell)
            view.said.connect(lambda words: window.notices.tell(words))
            view.learned.connect(self._tell_learned)
            view.opened.connect(self._open_article)
            view.unwaive.connect(self._unwaive)
            view.changed.connect(self._check_again)
            window.centre.add(KEY, view, text("proofing.house_view.name"), "check_all")
        else:
            window.centre.turn_to(KEY)
        view.turn_to(page)

    def _open_article(self, article: ArticleId, words: str) -> None:
        def show(view: ArticleView) -> None:
            at = view.session.sheet.text.flat().text.find(words)
            if words and at >= 0:
                view.reveal(at, at + len(words))

        self._window.open_article(article, show)

    def _unwaive(self, word: HouseWord) -> None:
        """What one article lets stand is taken back in that article, as a step of its own undo."""
        if word.article is None:
            return

        def take_back(view: ArticleView) -> None:
            session = view.session
            kept = tuple(w for w in session.sheet.waivers if (w.key, w.scope) != (word.key, word.scope))
            if kept != session.sheet.waivers:
                session.do(replace(session.state("unwaive"), waivers=kept))

        self._window.open_article(word.article, take_back)

    def _tell_learned(self) -> None:
        view = self._window.centre.view(KEY)
        if isinstance(view, HouseView):
            undo = (text("window.action.undo"), view.learning.take_back)
            self._window.notices.tell(text("proofing.learning.used"), offer=undo)

    def _check_again(self) -> None:
        for session in self._window.newsroom.sessions.values():
            session.check()

    def _reread(self) -> None:
        view = self._window.centre.view(KEY)
        if isinstance(view, HouseView) and view.isVisible():
            view.reload()
