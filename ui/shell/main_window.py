"""The window: column, centre and dock, the bars above and below; who hears of what. No work is done here."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QEvent, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from models.values.article_text import ArticleText
from models.values.ids import ArticleId
from services.config import paths
from services.config.messages import text
from ui.actions.catalogue import Scope
from ui.actions.ids import ActionId
from ui.actions.registry import ActionRegistry
from ui.jobs.runner import JobRunner
from ui.layout.view import PageView
from ui.proofing.session import ArticleSession, Saved
from ui.proofing.view import ArticleView
from ui.shell.centre import Centre
from ui.shell.commands import Commands
from ui.shell.crash import write_drafts
from ui.shell.dock import Dock
from ui.shell.faults import Faults
from ui.shell.frame import Frame
from ui.shell.front import Front
from ui.shell.issue_column import IssueColumn
from ui.shell.newsroom import Newsroom
from ui.shell.output import Output
from ui.shell.page_tab import PageTabs
from ui.shell.preferences import Preferences, text_zoom
from ui.shell.rights import watch_rights
from ui.shell.status import StatusBar
from ui.shell.together import Together
from ui.shell.top_bar import TopBar
from ui.undo.stacks import UndoStacks
from ui.widgets.floating import Notices
from ui.widgets.look import Look
from ui.widgets.pieces import EmptyState, button, rule
from ui.widgets.splitter import HairSplitter

FLOAT_DOCK, FLOAT_COLUMN = 1500, 1200  # px of the window below which a pane floats over the centre
COLUMN, DOCK = 320, 392
CLOSE_AGAIN = 50  # ms until a window that is still saving tries again to close


class MainWindow(Frame):
    painted = Signal(float)  # perf_counter() of the first paint

    def __init__(self, look: Look, settings: QSettings) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(text("window.title"))
        self.setAcceptDrops(True)
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.setMinimumSize(min(960, room.width()), min(600, room.height()))  # a scale of 2 leaves 960 × 540
        self.look, self._settings = look, settings
        self._first = True
        self._warned = False
        self._drafted: dict[str, ArticleText] = {}
        self.runner = JobRunner(self)
        self.stacks = UndoStacks(self)
        self.newsroom = Newsroom(self.runner, self.stacks, self)
        self.actions_ = ActionRegistry(look, self)
        self.commands = Commands(self)
        self.commands.bind()
        self.column = IssueColumn(look, self.newsroom, self.actions_)
        self.dock = Dock(look, self.actions_)
        self.centre = Centre(look, self._welcome())
        self.status = StatusBar(look, self.runner)
        self.top = TopBar(look, self.actions_)
        self.notices = Notices(look, self.centre, text("window.notice.close"))
        self.faults = Faults(self)
        self.pages = PageTabs(self, self.faults)
        self.front = Front(self, self.pages)
        self.output = Output(self, settings, self.faults)
        self.together = Together(self)
        watch_rights(self)
        self.preferences = Preferences(self, settings, self.faults)
        self.commands.attach(self.front, self.pages, self.faults, self.output, self.preferences)
        self._build()
        self._connect()
        self._restore()

    def _welcome(self) -> QWidget:
        action = self.actions_[ActionId.PALETTE]
        go = button(action.text(), action.trigger)
        return EmptyState(self.look, "article", text("window.empty.centre"), text("window.empty.centre_line"), go)

    def _build(self) -> None:
        self.splitter = HairSplitter(self.look, Qt.Orientation.Horizontal)
        for part in (self.column, self.centre, self.dock):
            self.splitter.addWidget(part)
        self.column.setMinimumWidth(264)
        self.column.setMaximumWidth(420)
        self.centre.setMinimumWidth(600)
        self.dock.setMinimumWidth(320)
        self.dock.setMaximumWidth(520)
        self._edges: dict[QWidget, QFrame] = {pane: rule(upright=True) for pane in (self.column, self.dock)}
        for pane, edge in self._edges.items():
            edge.setParent(pane)
            edge.hide()
        self.splitter.setStretchFactor(1, 1)
        self.splitter.begin_with([COLUMN, 1208, DOCK])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.status)
        self.actions_.set_scope(Scope.ALWAYS)

    def _connect(self) -> None:
        newsroom, column = self.newsroom, self.column
        newsroom.was_stored.connect(self.pages.follow)
        column.list.opened.connect(self.open_article)
        column.pages.opened.connect(self.pages.open)
        column.pages.naming.connect(self.pages.ask_name)
        column.pages.adding.connect(self.pages.add_page)
        column.pages.sheet_laid.connect(self.pages.take_laid)
        column.pages.laid.connect(column.refresh)
        column.issue_chosen.connect(self.commands.show_issue)
        newsroom.cards_changed.connect(self.front.refresh)
        newsroom.rate_changed.connect(self.front.refresh)
        self.centre.turned.connect(self.front.turn)
        self.centre.closing.connect(self.close_tab)
        self.dock.turned.connect(self.front.turn_dock)
        self.dock.findings.chosen.connect(self.front.go_to_finding)
        self.dock.findings.taken_back.connect(self.front.take_back)
        self.dock.findings.tiers_changed.connect(self.front.put_tiers)
        self.dock.names.chosen.connect(self.front.reveal)
        self.runner.broke.connect(self.faults.tell)
        newsroom.refused.connect(self.faults.tell)
        self.centre.turned.connect(lambda key: self.together.follow_tabs())
        self.together.held_changed.connect(lambda: column.put_holders(self.together.holder))

    # --- tabs

    def open_article(self, article: ArticleId, then: Callable[[ArticleView], object] | None = None) -> None:
        """Turns to the article's tab; opens it from the store where there is none."""
        key = f"article {article}"
        held = self.centre.view(key)
        if isinstance(held, ArticleView):
            self.centre.turn_to(key)
            if then is not None:
                then(held)
            return

        def show(session: ArticleSession) -> None:
            if self.centre.view(key) is None:
                self._add_article(key, session)
            view = self.centre.view(key)
            if then is not None and isinstance(view, ArticleView):
                then(view)

        self.newsroom.open_article(article, show)

    def _add_article(self, key: str, session: ArticleSession) -> None:
        view = ArticleView(self.look, session, self.actions_, measure=self.pages.measure_of(session.sheet))
        view.put_tiers(self.dock.findings.tiers)
        view.put_zoom(text_zoom(self._settings))
        session.saved_changed.connect(lambda: self._tell_saved(key, session))
        session.save_failed.connect(lambda error: self.faults.tell_save(session, error))
        session.noted.connect(lambda words: self.notices.tell(words, fault=True))
        session.text_put.connect(lambda: self.centre.rename(key, session.sheet.text.headline))
        self.together.follow(session)
        self.front.follow(view)
        self.centre.add(key, view, session.sheet.text.headline or text("window.no_headline"), "article")

    def _tell_saved(self, key: str, session: ArticleSession) -> None:
        self.centre.mark_unsaved(key, session.saved is not Saved.SAVED)
        if self.centre.front_key == key:
            self.status.put_saved(session.saved)

    def restore_tabs(self) -> bool:
        """Opens what was open when this issue was closed; whether there was anything."""
        issue = self.newsroom.issue
        kept = self._settings.value(f"tabs/{issue.id}") if issue is not None else None
        keys = [str(key) for key in kept] if isinstance(kept, list) else []
        articles = {f"article {card.id}": card.id for card in self.newsroom.cards}
        pages = {f"page {page.id}": page.id for page in issue.pages} if issue is not None else {}
        front = keys[0] if keys else ""
        known = [key for key in dict.fromkeys(keys[1:]) if key in articles or key in pages]

        def step(*_: object) -> None:
            if not known:
                self.centre.turn_to(front)
                return
            key = known.pop(0)  # one after the other: tabs come in the order in which they stood
            if key in articles:
                self.open_article(articles[key], step)
            else:
                self.pages.open(pages[key], step)

        found = bool(known)
        step()
        return found

    def close_tab(self, key: str) -> None:
        view = self.centre.view(key)
        if isinstance(view, ArticleView):
            view.session.flush()
            if view.session.saved is Saved.SAVING:  # its words are not in the store yet: wait for what comes of it
                QTimer.singleShot(CLOSE_AGAIN, lambda: self.close_tab(key))
                return
            if view.session.saved is Saved.FAILED:
                self.notices.tell(text("window.save.not_closed"), fault=True)
                return
            self.centre.remove(key)
            self.newsroom.close_article(view.session.sheet.id)
        elif key:
            if isinstance(view, PageView) and view.session.broken:
                self.notices.tell(text("window.save.page_not_closed"), fault=True)
                return
            self.centre.remove(key)
            self.stacks.close(key)

    # --- the frame

    def fold(self, pane: QWidget) -> None:
        pane.setVisible(not pane.isVisible())
        if pane.parentWidget() is self:
            self._place_floating()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle(self.dock, self.width() < FLOAT_DOCK, 2)
        self._settle(self.column, self.width() < FLOAT_COLUMN, 0)
        self._place_floating()

    def _settle(self, pane: QWidget, floats: bool, at: int) -> None:
        """Below a width a pane leaves the row: it is hidden, and floats over the centre when it is asked for."""
        inside = self.splitter.indexOf(pane) >= 0
        if floats and inside:
            pane.setParent(self)
            pane.hide()
            self._tell_floating(pane, floats=True)
        elif not floats and not inside:
            self.splitter.insertWidget(at, pane)
            self._tell_floating(pane, floats=False)
            pane.show()
            self.splitter.setSizes([COLUMN, max(640, self.width() - COLUMN - DOCK), DOCK])

    def _tell_floating(self, pane: QWidget, *, floats: bool) -> None:
        """A floating pane has an edge towards the centre."""
        self._edges[pane].setVisible(floats)

    def _place_floating(self) -> None:
        top, high = self.top.height(), self.height() - self.top.height() - self.status.height()
        if self.dock.parentWidget() is self:
            self.dock.setGeometry(self.width() - DOCK, top, DOCK, high)
            self.dock.raise_()
            self._edges[self.dock].setGeometry(0, 0, 1, high)
            self._edges[self.dock].raise_()
        if self.column.parentWidget() is self:
            self.column.setGeometry(0, top, COLUMN, high)
            self.column.raise_()
            self._edges[self.column].setGeometry(COLUMN - 1, 0, 1, high)
            self._edges[self.column].raise_()

    def _restore(self) -> None:
        geometry, panes = self._settings.value("geometry"), self._settings.value("panes")
        if geometry is not None:
            self.restoreGeometry(geometry)
            if isinstance(panes, list) and len(panes) == 3 and all(str(wide).isdigit() for wide in panes):
                self.splitter.setSizes([int(wide) for wide in panes])
        else:
            screen = QGuiApplication.primaryScreen().availableGeometry()
            self.resize(min(1920, screen.width()), min(1080, screen.height()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate:
            self.newsroom.flush_all()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._first:
            self._first = False
            now = perf_counter()
            QTimer.singleShot(0, lambda: self.painted.emit(now))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            QTimer.singleShot(0, lambda: self.commands.take_in(files))

    def unsaved(self) -> dict[str, ArticleText]:
        """What the store may not hold yet, for the crash handler."""
        found: dict[str, ArticleText] = {}
        for key in self.centre.keys:
            view = self.centre.view(key)
            if isinstance(view, ArticleView) and view.session.saved is not Saved.SAVED:
                found[key] = view.text()
        return found

    def _may_close(self) -> bool:
        """Everything typed is in the store; else it is waited for, and what is refused goes into drafts first."""
        self.newsroom.flush_all()
        states = {session.saved for session in self.newsroom.sessions.values()}
        if Saved.SAVING in states:
            QTimer.singleShot(CLOSE_AGAIN, self.close)
            return False
        if Saved.FAILED in states:
            return self._put_into_drafts()
        views = [self.centre.view(key) for key in self.centre.keys]
        if not self._warned and any(isinstance(view, PageView) and view.session.broken for view in views):
            self._warned = True
            self.notices.tell(text("window.save.page_not_closed"), fault=True)
            return False
        return True

    def _put_into_drafts(self) -> bool:
        """Whether the very words that the store refused lie in drafts since an earlier try to close."""
        words = self.unsaved()
        if words == self._drafted:
            return True
        try:
            write_drafts(words)
        except OSError as error:  # the disk is full, which may be why the store refused
            self.notices.tell(text("window.save.no_drafts", reason=error.strerror or str(error)), fault=True)
            return False
        self._drafted = words
        self.notices.tell(text("window.save.closing", folder=paths.data_folder() / "drafts"), fault=True)
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self._settings.setValue("geometry", self.saveGeometry())
        self._settings.setValue("panes", self.splitter.sizes())
        self._settings.setValue("scheme", self.look.scheme.value)
        if self.newsroom.issue is not None:
            self._settings.setValue(f"tabs/{self.newsroom.issue.id}", [self.centre.front_key, *self.centre.keys])
        for key in self.centre.keys:
            self.centre.remove(key)
        self.newsroom.close()
        event.accept()
