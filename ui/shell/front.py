"""What is in front: dock, status bar and commands follow the tab that the person looks at."""

from PySide6.QtCore import QObject, QTimer

from models.values.cards import RevisionCard
from models.values.finding import Finding, Tier
from models.values.ids import ArticleId, PageId
from services.config.messages import text
from ui.actions.catalogue import Scope
from ui.proofing.view import ArticleView
from ui.shell.frame import Frame
from ui.shell.page_tab import PageTabs

TELL_AFTER = 30  # ms: a burst of changes fills the dock once


class Front(QObject):
    def __init__(self, window: Frame, pages: PageTabs) -> None:
        super().__init__(window)
        self._window, self._pages = window, pages
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TELL_AFTER)
        self._timer.timeout.connect(self._fill)
        self._told: tuple[object, ...] = ()

    @property
    def article(self) -> ArticleView | None:
        view = self._window.centre.front
        return view if isinstance(view, ArticleView) else None

    def follow(self, view: ArticleView) -> None:
        view.moved.connect(lambda: self._moved(view))
        self._pages.watch(view)
        view.finding_changed.connect(lambda finding: self._select(view, finding))
        view.said.connect(lambda words: self._window.notices.tell(words))
        view.session.stored.connect(lambda *_: self._history(view))

    def turn(self, key: str) -> None:
        """Another tab came to the front."""
        window, view = self._window, self.article
        window.stacks.activate(key)
        self._told = ()
        kind = Scope.ARTICLE if view is not None else Scope.PAGE if key.startswith("page ") else Scope.ALWAYS
        window.actions_.set_scope(kind)
        if view is not None:
            window.dock.put_inspector(self._pages.panel(view.session.sheet.id))
            window.column.list.select(view.session.sheet.id)
            window.column.pages.mark(view.session.sheet.page)
            window.status.put_saved(view.session.saved)
            window.status.put_zoom(view.body.zoom)
            if window.dock.front == "inspector":
                window.dock.show_tab("findings")
            view.last.setFocus()
            self._history(view)
        else:
            window.column.list.select(None)
            window.column.pages.mark(None)
            window.status.put_saved(None)
            if not key.startswith("page "):
                window.dock.put_inspector(None)
            self._pages.turned(key)
            if window.centre.front is not None:
                window.centre.front.setFocus()
        self._fill()

    def turn_dock(self, name: str) -> None:
        if name == "history" and self.article is not None:
            self._history(self.article)

    def refresh(self) -> None:
        self._timer.start()

    def _moved(self, view: ArticleView) -> None:
        if view is self.article:
            self._timer.start()

    def _fill(self) -> None:
        window, view = self._window, self.article
        rate = window.newsroom.issue_rate()
        if view is None:
            window.dock.findings.show_nothing()
            window.dock.names.show_mentions(())
            window.dock.history.show_revisions(())
            window.dock.tell_counts(0, 0)
            page = self.page()
            on_page = window.newsroom.page_rate(page) if page is not None else None
            window.status.put_rates(None, rate, with_article=False, page=on_page)
            if not window.centre.front_key.startswith("page "):
                window.status.put_length(None, None)
                window.status.put_zoom(None)
            return
        session = view.session
        window.status.put_rates(session.rate, rate, with_article=True)
        window.status.put_length(view.text().characters, view.body.lines(), self._pages.surplus_of(session.sheet))
        state = (
            session.sheet.text,
            session.sheet.mentions,
            session.findings,
            session.waived,
            session.is_checked,
            view.body.measure,
        )
        if state == self._told:
            return
        self._told = state
        flat = session.sheet.text.flat().text
        window.dock.findings.show_findings(
            session.findings,
            flat,
            title=view.title_of,
            place=view.line_words,
            checked=session.is_checked,
            waived=session.waived,
        )
        window.dock.findings.select(view.current)
        window.dock.names.show_mentions(session.sheet.mentions)
        open_findings = sum(one.tier is not Tier.HINT for one in session.findings)
        window.dock.tell_counts(open_findings, len({m.name for m in session.sheet.mentions}))

    def _select(self, view: ArticleView, finding: Finding | None) -> None:
        if view is self.article:
            self._window.dock.findings.select(finding)

    def go_to_finding(self, finding: Finding) -> None:
        if self.article is not None:
            self.article.go_to(finding)

    def take_back(self, finding: Finding) -> None:
        if self.article is not None:
            self.article.session.take_back(finding)

    def reveal(self, start: int, end: int) -> None:
        if self.article is not None:
            self.article.reveal(start, end)

    def put_tiers(self, tiers: frozenset[Tier]) -> None:
        window = self._window
        for key in window.centre.keys:
            view = window.centre.view(key)
            if isinstance(view, ArticleView):
                view.put_tiers(tiers)

    def _history(self, view: ArticleView) -> None:
        window = self._window
        desk = window.newsroom.desk
        if desk is None or view is not self.article or window.dock.front != "history":
            return
        article: ArticleId = view.session.sheet.id

        def show(cards: tuple[RevisionCard, ...]) -> None:
            if self.article is view:
                window.dock.history.show_revisions(cards)

        window.runner.pure(
            text("window.job.list"), lambda context: desk.articles.revisions(article), done=show, supersede="history"
        )

    def page(self) -> PageId | None:
        key = self._window.centre.front_key
        return PageId(int(key.split()[1])) if key.startswith("page ") else None
