"""Several editors at one store: who holds what is shown, what others change appears, edits that met are told.

A lease is a courtesy. It is taken when a tab is opened and renewed by the heartbeat; whoever opens what somebody else
holds is told so and may take it over. News come in a thread of the store and are handed to the window's thread.
"""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from models.values.cards import ArticleCard
from models.values.ids import ArticleId, PageId
from services.config.errors import UserError
from services.config.messages import text
from services.jobs.job import JobContext
from ui.layout.view import PageView
from ui.proofing.session import ArticleSession
from ui.proofing.view import ArticleView
from ui.shell.conflict_view import ConflictView
from ui.shell.crash import write_drafts
from ui.shell.frame import Frame

if TYPE_CHECKING:
    from services.desk.leases import Lease
    from services.desk.sharing import Merged

HEARTBEAT = 20_000  # ms


class Listening(Protocol):
    def close(self) -> None: ...


class Together(QObject):
    held_changed = Signal()
    heard = Signal(str, int)  # subject and version, from the listening thread

    def __init__(self, window: Frame) -> None:
        super().__init__(window)
        self._window = window
        self._news: Listening | None = None
        self._over = False
        self._mine: dict[str, Lease] = {}
        self._theirs: dict[str, Lease] = {}
        self._asked: set[str] = set()
        self._beat = QTimer(self)
        self._beat.setInterval(HEARTBEAT)
        self._beat.timeout.connect(self._renew)
        self.heard.connect(self._hear)
        window.newsroom.ready.connect(self._begin)
        window.newsroom.closing.connect(self._end)

    def holder(self, subject: str) -> str:
        """Who else has an article or a page open; "" for nobody."""
        lease = self._theirs.get(subject)
        return lease.holder if lease is not None else ""

    # --- beginning and end

    def _begin(self) -> None:
        desk = self._window.newsroom.desk
        if desk is None or self._news is not None:
            return

        self._over = False

        def listen(context: JobContext) -> Listening:
            return desk.store.listen(self.heard.emit)

        self._window.runner.pure(text("window.job.list"), listen, done=self._listening)
        if desk.leases.shared:
            self._beat.start()
            self._look()
        self.follow_tabs()

    def _listening(self, news: Listening) -> None:
        if self._news is not None or self._over:  # closed, or begun again, while it connected
            news.close()
            return
        self._news = news

    def _end(self) -> None:
        """Before the store is closed: nothing is held any more. A server that is gone hears it by our silence."""
        self._beat.stop()
        self._over = True
        desk, news = self._window.newsroom.desk, self._news
        self._news = None
        if news is not None:
            news.close()
        if desk is not None:
            for subject in self._mine:
                try:
                    desk.leases.give(subject)
                except UserError:
                    break
        self._mine = {}

    # --- leases

    def follow_tabs(self) -> None:
        """Takes what is open and gives back what was closed."""
        desk = self._window.newsroom.desk
        if desk is None or not desk.leases.shared:
            return
        wanted = {key for key in self._window.centre.keys if key.partition(" ")[0] in ("article", "page")}
        wanted = {key for key in wanted if key.partition(" ")[2].isdigit()}
        for subject in sorted(wanted - self._asked):
            self._asked.add(subject)
            self._take(subject)
        for subject in sorted(self._asked - wanted):
            self._asked.discard(subject)
            if self._mine.pop(subject, None) is not None:
                self._give(subject)

    def _take(self, subject: str, *, over: bool = False) -> None:
        desk = self._window.newsroom.desk
        if desk is None:
            return

        def done(lease: "Lease") -> None:
            if lease.mine and subject not in self._asked:  # its tab was closed meanwhile
                self._give(subject)
            elif lease.mine:
                self._mine[subject] = lease
                self._theirs.pop(subject, None)
            else:
                self._theirs[subject] = lease
                words = text("window.together.held", name=lease.holder, what=self._name(subject))
                offer = (text("window.together.take_over"), lambda: self._take(subject, over=True))
                self._window.notices.tell(words, offer=offer)
            self.held_changed.emit()

        self._window.runner.write(
            text("window.job.save"),
            lambda context: desk.leases.take(subject, over=over),
            done=done,
            failed=_unheard,
            quiet=True,
        )

    def _give(self, subject: str) -> None:
        desk = self._window.newsroom.desk
        if desk is not None:
            self._window.runner.write(
                text("window.job.save"), lambda _: desk.leases.give(subject), failed=_unheard, quiet=True
            )

    def _renew(self) -> None:
        """The heartbeat: what somebody has taken over is told, and every word of it is stored or kept at once."""
        desk, mine = self._window.newsroom.desk, tuple(self._mine.values())
        if desk is None:
            return

        def done(lost: "tuple[Lease, ...]") -> None:
            for lease in lost:
                if self._mine.pop(lease.subject, None) is None:
                    continue
                view = self._window.centre.view(lease.subject)
                if isinstance(view, ArticleView):
                    view.session.save()
                words = text("window.together.taken", name=lease.holder, what=self._name(lease.subject))
                self._window.notices.tell(words, fault=True)
            self._look()

        self._window.runner.write(
            text("window.job.save"), lambda _: desk.leases.beat(mine), done=done, failed=_unheard, quiet=True
        )

    def _look(self) -> None:
        desk = self._window.newsroom.desk
        if desk is None:
            return

        def done(found: "tuple[Lease, ...]") -> None:
            theirs = {lease.subject: lease for lease in found if not lease.mine}
            if theirs != self._theirs:
                self._theirs = theirs
                self.held_changed.emit()

        self._window.runner.pure(
            text("window.job.list"), lambda _: desk.leases.all(), done=done, failed=_unheard, supersede="leases"
        )

    def _name(self, subject: str) -> str:
        kind, _, number = subject.partition(" ")
        newsroom = self._window.newsroom
        if kind == "article":
            found = next((card.headline for card in newsroom.cards if str(card.id) == number), "")
            return f"“{found}”" if found else text("window.together.article")
        pages = newsroom.issue.pages if newsroom.issue is not None else ()
        page = next((one for one in pages if str(one.id) == number), None)
        if page is None:
            return text("window.together.page")
        return text("window.page.name", number=f"{page.number:02d}", name=page.name).strip()

    # --- what others change

    def _hear(self, subject: str, version: int) -> None:
        """On the window's thread. "" for news that may have been missed: everything open is looked at."""
        window = self._window
        kind, _, rest = subject.partition(" ")
        if kind == "lease":
            if rest in self._mine and version > self._mine[rest].token:
                self._renew()
            else:
                self._look()
            return
        view = window.centre.view(subject)
        if isinstance(view, ArticleView):
            view.session.renew(version)
        elif isinstance(view, PageView):
            self._renew_page(view, version)
        elif kind == "template":
            for page in self._pages():
                page.session.reload()
        elif not subject:
            self._catch_up()
        window.newsroom.changed_elsewhere()

    def _renew_page(self, view: PageView, version: int) -> None:
        if view.session.is_behind(version) and not view.session.broken:
            view.session.reload()

    def _pages(self) -> list[PageView]:
        views = [self._window.centre.view(key) for key in self._window.centre.keys]
        return [view for view in views if isinstance(view, PageView)]

    def _catch_up_pages(self) -> None:
        desk, ids = self._window.newsroom.desk, [view.session.page for view in self._pages()]
        if desk is None or not ids:
            return

        def done(versions: "dict[PageId, int]") -> None:
            for view in self._pages():
                if view.session.page in versions:
                    self._renew_page(view, versions[view.session.page])

        self._window.runner.pure(
            text("window.job.list"),
            lambda _: {key: desk.pages.facts(key).version for key in ids},
            done=done,
            failed=_unheard,
            supersede="missed pages",
        )

    def _catch_up(self) -> None:
        self._catch_up_pages()
        desk = self._window.newsroom.desk
        keys = [key for key in self._window.centre.keys if isinstance(self._window.centre.view(key), ArticleView)]
        ids = [ArticleId(int(key.partition(" ")[2])) for key in keys]
        if desk is None or not ids:
            return

        def done(cards: "tuple[ArticleCard, ...]") -> None:
            for card in cards:
                view = self._window.centre.view(f"article {card.id}")
                if isinstance(view, ArticleView):
                    view.session.renew(card.version)

        self._window.runner.pure(
            text("window.job.list"), lambda _: desk.articles.cards(ids), done=done, failed=_unheard, supersede="missed"
        )

    # --- edits that met

    def follow(self, session: ArticleSession) -> None:
        session.met.connect(lambda merged: self._met(session, merged))
        session.renewed.connect(lambda: self._renewed(session))
        session.save_failed.connect(lambda error: self._draft(session, error))

    def _renewed(self, session: ArticleSession) -> None:
        headline = session.sheet.text.headline
        self._window.notices.tell(text("window.together.renewed", headline=headline))

    def _met(self, session: ArticleSession, merged: "Merged") -> None:
        window, key = self._window, f"merge {session.sheet.id}"
        headline = session.sheet.text.headline
        if merged.receipt is not None:
            if window.centre.view(key) is not None:
                window.centre.remove(key)
            mine, theirs = merged.merge.taken
            window.notices.tell(text("window.conflict.merged", headline=headline, mine=mine, theirs=theirs))
            return
        others = merged.author or text("window.conflict.somebody")
        if window.centre.view(key) is not None:
            window.centre.remove(key)
        view = ConflictView(window.look, headline, merged.merge.conflicts, others)
        view.settled.connect(session.settle)
        title = text("window.conflict.tab", headline=headline)
        window.centre.add(key, view, title, "history")

    def _draft(self, session: ArticleSession, error: Exception) -> None:
        """A server that is gone: the words lie on the own disk too until it is back."""
        if isinstance(error, UserError) and error.key == "store.server_lost":
            try:
                write_drafts({f"article {session.sheet.id}": session.sheet.text})
            except OSError as fault:
                reason = fault.strerror or str(fault)
                self._window.notices.tell(text("window.save.no_drafts", reason=reason), fault=True)


def _unheard(error: Exception) -> None:
    """Leases and news are a courtesy: a server that is gone is told where words wait for it. Bugs go on."""
    if not isinstance(error, UserError):
        raise error
