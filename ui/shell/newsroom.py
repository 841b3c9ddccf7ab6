"""The issue in front: its cards, its open articles, its error budget. Asks the desk off the window's thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from models.values.cards import ArticleCard, ArticleSheet, IssueCard, ProofReport
from models.values.change import Receipt
from models.values.finding import ErrorRate, Finding, Tier
from models.values.ids import ArticleId, IssueId, PageId
from services.config.messages import text
from services.jobs.job import JobContext
from ui.jobs.runner import JobRunner
from ui.proofing.session import ArticleSession
from ui.undo.stacks import UndoStacks

if TYPE_CHECKING:
    from services.desk.desk import Desk

REFRESH_AFTER = 250  # ms after a change was stored


class Newsroom(QObject):
    cards_changed = Signal()
    issue_changed = Signal()
    rate_changed = Signal()
    pages_changed = Signal()
    elsewhere = Signal()  # another program changed something
    was_stored = Signal(object)  # Receipt
    ready = Signal()  # the first list stands
    closing = Signal()  # the store is about to be closed
    refused = Signal(object)  # the store could not be opened

    def __init__(self, runner: JobRunner, stacks: UndoStacks, parent: QObject) -> None:
        super().__init__(parent)
        self.runner, self.stacks = runner, stacks
        self.desk: Desk | None = None
        self.issue: IssueCard | None = None
        self.issues: tuple[IssueCard, ...] = ()
        self.cards: tuple[ArticleCard, ...] = ()
        self.sessions: dict[ArticleId, ArticleSession] = {}
        self.rates: dict[ArticleId, ErrorRate] = {}
        self.open_findings: dict[ArticleId, tuple[Finding, ...]] = {}
        self.counts: dict[ArticleId, int] = {}  # open findings as checked here, newer than the store's
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.setInterval(REFRESH_AFTER)
        self._refresh.timeout.connect(self.reload)

    def open(self, opener: Callable[[], "tuple[Desk, IssueCard | None]"]) -> None:
        """Opens the store on the writing lane; `opener` gives the desk and the issue to show."""

        def work(context: JobContext) -> "tuple[Desk, IssueCard | None]":
            desk, issue = opener()
            if issue is None:
                issue = next(iter(desk.issues.all()), None)
            return desk, issue

        def done(opened: "tuple[Desk, IssueCard | None]") -> None:
            self.desk = opened[0]
            self.show_issue(opened[1])

        self.runner.write(text("window.job.open"), work, done=done, failed=self.refused.emit)

    def show_issue(self, issue: IssueCard | None) -> None:
        self.issue = issue
        self.cards, self.rates, self.counts = (), {}, {}
        self.open_findings = {}
        self.issue_changed.emit()
        self.reload(first=True)

    def reload(self, *, first: bool = False) -> None:
        desk, issue = self.desk, self.issue
        if desk is None:
            return
        key: IssueId | None = issue.id if issue is not None else None

        def work(context: JobContext) -> tuple[tuple[IssueCard, ...], tuple[ArticleCard, ...]]:
            return desk.issues.all(), desk.articles.list(key)

        def done(found: tuple[tuple[IssueCard, ...], tuple[ArticleCard, ...]]) -> None:
            self.issues, self.cards = found
            before = self.issue
            self.issue = next((one for one in self.issues if one.id == key), self.issue)
            if before is not None and self.issue is not None and before.publication != self.issue.publication:
                self.issue_changed.emit()
            self.cards_changed.emit()
            self.pages_changed.emit()
            if first:
                self.ready.emit()
                self._measure()

        self.runner.pure(text("window.job.list"), work, done=done, supersede="list")

    def search(self, query: str, show: Callable[[frozenset[ArticleId]], object]) -> None:
        """Articles of the issue that hold the words anywhere."""
        desk, issue = self.desk, self.issue
        if desk is None:
            return
        key = issue.id if issue is not None else None
        self.runner.pure(
            text("window.job.search"),
            lambda context: frozenset(card.id for card in desk.articles.list(key, query)),
            done=show,
            supersede="search",
        )

    def open_article(self, article: ArticleId, show: Callable[[ArticleSession], object]) -> None:
        """Hands over the article's session, made from what the store holds now."""
        held = self.sessions.get(article)
        if held is not None:
            show(held)
            return
        desk = self.desk
        if desk is None:
            return

        def done(sheet: ArticleSheet) -> None:
            if article not in self.sessions:
                session = ArticleSession(desk, sheet, self.runner, self.stacks.open(f"article {article}"))
                session.setParent(self)
                session.stored.connect(self.stored)
                session.checked.connect(lambda: self._checked(session))
                self.sessions[article] = session
                session.check()
            show(self.sessions[article])

        self.runner.pure(text("window.job.list"), lambda context: desk.articles.open(article), done=done)

    def close_article(self, article: ArticleId) -> None:
        session = self.sessions.pop(article, None)
        if session is not None:
            session.close()
            self.stacks.close(f"article {article}")
            session.deleteLater()

    def stored(self, receipt: Receipt | ProofReport) -> None:
        """Lists follow what was stored, a little later."""
        self.was_stored.emit(receipt)
        self._refresh.start()

    def changed_elsewhere(self) -> None:
        """Another program changed something: the lists follow, a little later."""
        self.elsewhere.emit()
        self._refresh.start()

    def _checked(self, session: ArticleSession) -> None:
        if session.rate is not None:
            self.open_findings[session.sheet.id] = session.findings
            self._keep(session.sheet.id, session.rate, sum(one.tier is not Tier.HINT for one in session.findings))

    def _keep(self, article: ArticleId, rate: ErrorRate, count: int) -> None:
        self.rates[article] = rate
        self.rate_changed.emit()
        if self.counts.get(article) != count:
            self.counts[article] = count
            self.cards_changed.emit()

    def findings_of(self, card: ArticleCard) -> int:
        """Open findings of a card, -1 while not checked."""
        return self.counts.get(card.id, card.findings)

    def _measure(self) -> None:
        """Every article's errors, for the budget of the issue."""
        desk, cards = self.desk, self.cards
        if desk is None or not cards:
            return

        def work(context: JobContext) -> list[ProofReport]:
            reports = []
            for number, card in enumerate(cards):
                context.check()
                context.tell(number, len(cards), "")
                reports.append(desk.proofing.check(desk.articles.open(card.id)))
            return reports

        self.runner.pure(text("window.job.check_issue"), work, done=self._measured, supersede="measure", quiet=False)

    def _measured(self, reports: list[ProofReport]) -> None:
        for report in reports:
            if report.article is not None and report.article not in self.sessions:
                self.rates[report.article] = report.rate
                self.open_findings[report.article] = report.findings
                self.counts[report.article] = sum(one.tier is not Tier.HINT for one in report.findings)
        self.rate_changed.emit()
        self.cards_changed.emit()

    def check_issue(self) -> None:
        """Shift+F7: every article is checked and the numbers are kept in the store."""
        desk, cards = self.desk, self.cards
        if desk is None:
            return
        for session in self.sessions.values():
            session.flush()

        def work(context: JobContext) -> list[ProofReport]:
            reports = []
            for number, card in enumerate(cards):
                context.check()
                context.tell(number, len(cards), card.headline)
                reports.append(desk.proofing.check(card.id))
            return reports

        def done(reports: list[ProofReport]) -> None:
            self._measured(reports)
            for session in self.sessions.values():
                session.check()

        self.runner.write(text("window.job.check_issue"), work, done=done)

    def issue_rate(self) -> ErrorRate | None:
        """The budget of the whole issue from what was checked so far."""
        return self._rate_of({card.id for card in self.cards})

    def page_rate(self, page: PageId) -> ErrorRate | None:
        """The budget of one page."""
        return self._rate_of({card.id for card in self.cards if card.page == page})

    def _rate_of(self, articles: set[ArticleId]) -> ErrorRate | None:
        """The same error counts three times at most in all of the articles together."""
        checked = [article for article in self.rates if article in articles]
        characters = sum(self.rates[article].characters for article in checked)
        if not characters or self.desk is None:
            return None
        findings = [one for article in checked for one in self.open_findings.get(article, ())]
        return self.desk.rates.over(findings, characters)

    def flush_all(self) -> None:
        for session in self.sessions.values():
            session.flush()

    def close(self) -> None:
        for article in list(self.sessions):
            self.close_article(article)
        self.runner.close()
        self.closing.emit()
        if self.desk is not None:
            self.desk.close()
            self.desk = None
