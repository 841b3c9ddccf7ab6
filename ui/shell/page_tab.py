"""Tabs of pages: the station's view in the window's frame; what an article has from the page it stands on."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from models.values.article_text import ArticleText, PartRef
from models.values.cards import ArticleSheet, PageSheet
from models.values.change import PlanPage, Receipt
from models.values.ids import ArticleId, PageId
from models.values.plan import FramePlan, PagePlan
from models.values.template import PageTemplate
from services.config.messages import text
from services.fonts.catalogue import installed
from services.jobs.job import JobContext
from ui.layout.fit_panel import FitPanel
from ui.layout.glyph_paths import GlyphPaths
from ui.layout.painting import RunPainter
from ui.layout.template_dialog import TemplateDialog
from ui.layout.view import PageView
from ui.proofing.view import ArticleView
from ui.shell.faults import Faults
from ui.shell.frame import Frame
from ui.shell.page_dialog import PageDialog

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.templates import TemplateCard

MEASURE = 18  # characters a line of an article that stands on no page


class PageTabs(QObject):
    def __init__(self, window: Frame, faults: Faults) -> None:
        super().__init__(window)
        self._window, self._faults = window, faults
        self._measures: dict[int, int] = {}
        self._surplus: dict[int, int] = {}
        self._parts: dict[ArticleId, tuple[PageId, FramePlan]] = {}  # where articles stand; of several parts the first
        self._panels: dict[ArticleId, tuple[QWidget, FitPanel]] = {}
        self._told: dict[ArticleId, tuple[ArticleText, FramePlan]] = {}
        self._runs: RunPainter | None = None  # outlines of glyphs are read once for all pages

    def open(self, page: PageId, then: Callable[[], object] | None = None) -> None:
        """Turns to the page's tab; the page is laid out in a job before a new tab opens."""
        window, key = self._window, f"page {page}"
        desk = window.newsroom.desk
        if window.centre.view(key) is not None:
            window.centre.turn_to(key)
            if then is not None:
                then()
            return
        if desk is None:
            return
        window.newsroom.flush_all()

        def show(opened: tuple[PageSheet, PageTemplate]) -> None:
            if window.centre.view(key) is None:
                window.centre.add(key, self._make(*opened), page_words(opened[0]), "page")
            if then is not None:
                then()

        def work(context: JobContext) -> tuple[PageSheet, PageTemplate]:
            sheet = desk.pages.open(page)
            self._painter().warm(sheet.laid)
            return sheet, desk.pages.template(page)

        window.runner.pure(text("window.job.page"), work, done=show, quiet=False)

    def _painter(self) -> RunPainter:
        if self._runs is None:
            self._runs = RunPainter(GlyphPaths(installed()))
        return self._runs

    def _make(self, sheet: PageSheet, template: PageTemplate) -> PageView:
        window = self._window
        desk = window.newsroom.desk
        assert desk is not None
        stack = window.stacks.open(f"page {sheet.id}")
        view = PageView(
            desk=desk,
            sheet=sheet,
            template=template,
            look=window.look,
            jobs=window.runner,
            undo=stack,
            runs=self._painter(),
        )
        view.opened.connect(window.open_article)
        view.led.connect(self.lead)
        view.zoomed.connect(lambda zoom: window.status.put_zoom(zoom) if window.centre.front is view else None)
        view.session.stored.connect(window.newsroom.stored)
        view.session.failed.connect(lambda error: self._faults.tell_plan(view.session, error))
        view.session.laid.connect(lambda laid: self._laid(view))
        return view

    def _laid(self, view: PageView) -> None:
        session = view.session
        words = text("window.page.name", number=f"{session.plan.number:02d}", name=session.plan.name)
        self._window.centre.rename(f"page {session.page}", words)
        self.turned(f"page {session.page}")

    # --- name, slogan, a further page

    def ask_name(self, page: int = 0) -> None:
        """Name and slogan of a page (0: the one in front). In an open page it is a step of its undo."""
        window, view = self._window, self._window.centre.view(f"page {page}") if page else self.front
        desk = window.newsroom.desk
        if desk is None:
            return
        if isinstance(view, PageView):
            self._ask(view.session.plan, partial(_name_open, view))
        elif page:
            id = PageId(page)
            window.runner.pure(
                text("window.job.page"),
                lambda _: desk.pages.open(id).plan,
                done=lambda plan: self._ask(plan, partial(self._name_closed, desk, id)),
                failed=self._faults.tell,
            )

    def _ask(self, plan: PagePlan, keep: Callable[[str, str, str], object]) -> None:
        desk = self._window.newsroom.desk
        if desk is None:
            return

        dialog = PageDialog(self._window, plan.number, plan.name, plan.slogan, plan.template)
        dialog.named.connect(keep)
        dialog.open()

        def show(cards: "tuple[TemplateCard, ...]") -> None:
            if isValid(dialog):
                dialog.put_templates({card.name: card.title for card in cards if not card.broken})

        self._window.runner.pure(
            "templates", lambda _: desk.pages.templates.cards(), done=show, failed=self._faults.tell
        )

    def edit_templates(self) -> None:
        """The dialog in which templates are made and changed; begins with that of the page in front."""
        window, view = self._window, self.front
        desk = window.newsroom.desk
        if desk is None:
            return
        name = view.session.plan.template if view is not None else ""

        def changed() -> None:
            for one in self._views():
                one.session.reload()
            window.newsroom.reload()

        dialog = TemplateDialog(window, window.look, desk, window.runner, name)
        dialog.changed.connect(changed)
        dialog.failed.connect(self._faults.tell)
        dialog.open()

    def _name_closed(self, desk: "Desk", page: PageId, name: str, slogan: str, template: str) -> None:
        self._window.runner.write(
            text("window.job.page"),
            lambda _: desk.pages.name(page, name=name, slogan=slogan, template=template),
            done=lambda _: self._window.newsroom.reload(),
            failed=self._faults.tell,
            quiet=True,
        )

    def add_page(self) -> None:
        """A further page at the end of the issue, opened at once."""
        window = self._window
        desk, issue = window.newsroom.desk, window.newsroom.issue
        if desk is None or issue is None:
            return

        def done(page: PageId) -> None:
            window.newsroom.reload()
            self.open(page)

        window.runner.write(
            text("window.job.page"), lambda _: desk.issues.add_page(issue.id), done=done, failed=self._faults.tell
        )

    @property
    def front(self) -> PageView | None:
        view = self._window.centre.front
        return view if isinstance(view, PageView) else None

    def turned(self, key: str) -> None:
        """A page came to the front, or was laid anew."""
        view, window = self.front, self._window
        if view is None or window.centre.front_key != key:
            return
        page = PageId(int(key.split()[1]))
        window.column.pages.mark(page)
        window.dock.put_inspector(view.inspector)
        window.dock.show_tab("inspector")
        laid = view.session.shown
        window.status.put_length(None, None, laid.overset_lines)

    def follow(self, stored: object) -> None:
        """Open pages on which an edited article stands, or that another page's jump changed, are laid anew."""
        if not isinstance(stored, Receipt):
            return
        change = stored.change
        if isinstance(change, PlanPage):
            for view in self._views():
                if view.session.page == change.page and view.session.is_behind(stored.version):
                    view.session.reload()
            return
        part = self._parts.get(change.article)
        if part is None or not _jumps(part[1]):
            self._reload(change.article)
            return
        desk = self._window.newsroom.desk
        if desk is not None:
            self._window.runner.write(
                text("window.job.page"),
                lambda _: desk.pages.keep_jumps(part[0]),
                done=lambda _: self._reload(change.article),
                failed=self._faults.tell,
                quiet=True,
            )

    def _reload(self, article: ArticleId) -> None:
        for view in self._views():
            if view.session.frame(article) is not None:
                view.session.reload()

    def _views(self) -> list[PageView]:
        views = (self._window.centre.view(key) for key in self._window.centre.keys)
        return [view for view in views if isinstance(view, PageView)]

    def lead(self, article: ArticleId, ref: PartRef) -> None:
        """Shows a paragraph in the editor."""

        def show(view: ArticleView) -> None:
            span = next((span for span in view.text().flat().spans if span.ref == ref), None)
            if span is not None:
                view.reveal(span.start, span.end)

        self._window.open_article(article, show)

    # --- an article as it is being typed

    def watch(self, view: ArticleView) -> None:
        """The page and the fit follow an article while it is typed, a key press at a time."""
        article, panel = view.session.sheet.id, FitPanel(self._window.look)
        panel.chosen.connect(lambda ref: self.lead(article, ref))
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(panel)
        inside.addStretch(1)
        older = self._panels.pop(article, None)
        if older is not None:
            older[0].deleteLater()
        self._panels[article] = (holder, panel)
        self._told.pop(article, None)
        wait = QTimer(view)
        wait.setSingleShot(True)
        wait.setInterval(0)
        wait.timeout.connect(lambda: self._typed(view))
        view.moved.connect(wait.start)
        wait.start()

    def panel(self, article: ArticleId) -> QWidget | None:
        """How the article fits its place on the page; None while it stands on none."""
        return self._panels[article][0] if article in self._parts and article in self._panels else None

    def _typed(self, view: ArticleView) -> None:
        desk, article = self._window.newsroom.desk, view.session.sheet.id
        part = self._parts.get(article)
        if part is None or desk is None:
            return
        words = view.text()
        page, frame = part
        if self._told.get(article) == (words, frame):
            return
        self._told[article] = (words, frame)
        for one in self._views():
            if one.session.frame(article) is not None:
                one.session.show_words(article, words)

        def show(fit: Any) -> None:
            if fit is not None and article in self._panels:
                self._panels[article][1].show_fit(fit)
                self._surplus[article] = fit.over
                if self._window.centre.front is view:
                    self._window.status.put_length(words.characters, view.body.lines(), max(0, fit.over))

        self._window.runner.pure(
            "fit", lambda _: desk.pages.fit(page, frame, {article: words}), done=show, supersede=f"fit {article}"
        )

    def take_laid(self, sheet: PageSheet, template: PageTemplate) -> None:
        """Remembers measure and surplus of the articles of a page."""
        stand = {frame.article for frame in sheet.plan.frames}
        for frame in sheet.plan.frames:
            span = template.span_width(frame.columns)
            inside = frame.text_columns or frame.columns
            wide = (span - (inside - 1) * template.gutter) / inside
            self._measures[frame.article] = max(6, int(wide / template.body.size + 0.05))
        for laid in sheet.laid.frames:
            self._surplus[laid.article] = laid.overset_lines
        for frame in reversed(sheet.plan.frames):
            self._parts[frame.article] = (sheet.id, frame)
        for gone in [key for key, part in self._parts.items() if part[0] == sheet.id and key not in stand]:
            del self._parts[gone]
        for frame in sheet.plan.frames:
            view = self._window.centre.view(f"article {frame.article}")
            if isinstance(view, ArticleView):
                view.suggest_measure(self._measures[frame.article])
                self._typed(view)
                if self._window.centre.front is view:
                    self._window.dock.put_inspector(self.panel(frame.article))

    def measure_of(self, sheet: ArticleSheet) -> int:
        """Characters a line of the column that the article will have."""
        return self._measures.get(sheet.id, MEASURE)

    def surplus_of(self, sheet: ArticleSheet) -> int:
        return self._surplus.get(sheet.id, 0)


def _name_open(view: PageView, name: str, slogan: str, template: str) -> None:
    session = view.session
    session.try_plan(replace(session.plan, name=name, slogan=slogan, template=template))
    session.keep("canvas.reason.name")


def _jumps(frame: FramePlan) -> bool:
    return bool(frame.jump_to or frame.jump_from or frame.start)


def page_words(sheet: PageSheet) -> str:
    return text("window.page.name", number=f"{sheet.plan.number:02d}", name=sheet.plan.name)
