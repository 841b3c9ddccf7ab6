"""What each command of the window does. A handler is a line or two; views and newsroom do the work."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from models.values.article_text import ArticleText, Part
from models.values.cards import ArticleCard, IssueCard
from models.values.change import Receipt
from models.values.mention import EntityKind, Mention
from services.config.errors import UserError
from services.config.messages import text
from services.jobs.job import JobContext
from ui.actions.ids import ActionId as A
from ui.actions.palette import CommandPalette
from ui.intake.dialog import TakeInDialog
from ui.layout.objects import Tool
from ui.proofing.compare import CompareView
from ui.proofing.sheet_pane import PARTS
from ui.proofing.view import ArticleView
from ui.shell.archive import Archive
from ui.shell.entries import palette_entries
from ui.shell.faults import Faults
from ui.shell.frame import Frame
from ui.shell.front import Front
from ui.shell.house_tab import HouseTab
from ui.shell.issue_dialog import IssueDialog
from ui.shell.names_tab import NamesTab
from ui.shell.output import Output
from ui.shell.page_tab import PageTabs
from ui.shell.preferences import Preferences
from ui.widgets.look import Scheme
from ui.widgets.rows import RowList

ZOOMS = (0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5)
KINDS = {A.TAG: EntityKind.PERSON, A.TAG_ORGANISATION: EntityKind.ORGANISATION, A.TAG_PLACE: EntityKind.PLACE}

TOOLS = {A.TOOL_SELECT: Tool.SELECT, A.TOOL_BOX: Tool.BOX, A.TOOL_RULE: Tool.RULE, A.TOOL_CROP: Tool.CROP}


class Commands(QObject):
    """Bound before the bars are built; `attach` hands over what is made after them."""

    front: Front
    pages: PageTabs
    faults: Faults
    output: Output
    preferences: Preferences
    names: NamesTab
    house: HouseTab
    archive: Archive

    def __init__(self, window: Frame) -> None:
        super().__init__(window)
        self._window = window

    def attach(self, front: Front, pages: PageTabs, faults: Faults, output: Output, preferences: Preferences) -> None:
        self.front, self.pages, self.faults = front, pages, faults
        self.output, self.preferences = output, preferences
        self.names = NamesTab(self._window, faults)
        self._window.dock.names.settled.connect(self._settle_asked)
        self.house = HouseTab(self._window, faults)
        self.archive = Archive(self._window, faults)

    def bind(self) -> None:
        """Binds a handler to every command that works."""
        window, on = self._window, self._on_article
        table: dict[A, Callable[[], object]] = {
            A.NEW_ISSUE: self.new_issue,
            A.OPEN_ISSUE: lambda: window.column.offer_issues(),
            A.TAKE_IN: self.ask_files,
            A.PROOF_SHEET: lambda: self.output.ask_proof_sheet(),
            A.EXPORT: lambda: self.output.ask(),
            A.SAVE: self.save,
            A.BACKUP: lambda: self.archive.backups(),
            A.SEARCH: lambda: self.archive.search(),
            A.CLOSE_TAB: lambda: window.close_tab(window.centre.front_key),
            A.QUIT: window.close,
            A.UNDO: self.undo,
            A.REDO: self.redo,
            A.FIND: self.find,
            A.REPLACE: on(ArticleView.open_find),
            A.PALETTE: self.palette,
            A.JOIN: on(ArticleView.join),
            A.SPLIT: on(ArticleView.split),
            A.AUTOMATIC: self.automatic,
            A.CHECK_ALL: on(self._check),
            A.CHECK_ISSUE: window.newsroom.check_issue,
            A.NEXT_FINDING: on(lambda view: view.walk(1)),
            A.PREVIOUS_FINDING: on(lambda view: view.walk(-1)),
            A.ACCEPT: on(ArticleView.accept),
            A.WAIVE: on(lambda view: view.waive("here")),
            A.FIX_CERTAIN: on(self._fix_certain),
            A.SHOW_HINTS: self._show_hints,
            A.LEXICON: lambda: self.house.open("lexicon"),
            A.HOUSE_LIST: lambda: self.house.open("list"),
            A.LEARN: lambda: self.house.open("learning"),
            A.RATES: lambda: self.house.open("rate"),
            A.COMPARE: on(self._compare),
            A.TAG_NAMES: on(self._tag_names),
            A.TAG_ALL: on(lambda view: self._mark(view, kind=None, everywhere=True)),
            A.UNTAG: on(self._unmark),
            A.ZOOM_IN: lambda: self._zoom(1),
            A.ZOOM_OUT: lambda: self._zoom(-1),
            A.ZOOM_RESET: lambda: self._zoom(0),
            A.THEME_LIGHT: lambda: self._scheme(Scheme.LIGHT),
            A.THEME_DARK: lambda: self._scheme(Scheme.DARK),
            A.THEME_SYSTEM: lambda: self._scheme(Scheme.SYSTEM),
            A.FOLD_COLUMN: lambda: window.fold(window.column),
            A.FOLD_DOCK: lambda: window.fold(window.dock),
            A.NEXT_TAB: lambda: window.centre.step(1),
            A.PREVIOUS_TAB: lambda: window.centre.step(-1),
            A.FOCUS_COLUMN: lambda: self._focus_pane(window.column),
            A.FOCUS_CENTRE: self._focus_centre,
            A.FOCUS_DOCK: lambda: self._focus_pane(window.dock),
            A.SETTINGS: lambda: self.preferences.ask(),
            A.NAME_PAGE: lambda: self.pages.ask_name(),
            A.ADD_PAGE: lambda: self.pages.add_page(),
            A.TEMPLATES: lambda: self.pages.edit_templates(),
            A.ABOUT: self.about,
        }
        for id, do in (table | self._of_names()).items():
            window.actions_.bind(id, do)
        for id, part in PARTS.items():
            window.actions_.bind(id, on(partial(_make_part, part)))
        for id, kind in KINDS.items():
            window.actions_.bind(id, on(partial(self._mark, kind=kind, everywhere=False)))
        for id, tool in TOOLS.items():
            window.actions_.bind(id, partial(self._choose_tool, tool))
        scheme = window.look.scheme
        window.actions_[A(f"theme_{scheme.value}")].setChecked(True)

    def _of_names(self) -> dict[A, Callable[[], object]]:
        """The commands of people and organisations."""
        on = self._on_article
        return {
            A.MATRIX: lambda: self.names.open(),
            A.NAME_CARD: on(self._name_card),
            A.CHOOSE_RECORD: on(lambda view: self.names.work.choose(view)),
            A.TAG_ISSUE: on(lambda view: self.names.work.mark_all(view, archive=False)),
            A.TAG_ARCHIVE: on(lambda view: self.names.work.mark_all(view, archive=True)),
            A.UNTAG_ALL: on(lambda view: self.names.work.unmark_here(view)),
            A.UNTAG_ISSUE: on(lambda view: self.names.work.unmark_all(view, archive=False)),
            A.UNTAG_ARCHIVE: on(lambda view: self.names.work.unmark_all(view, archive=True)),
            A.AUTHORITY: lambda: self.names.open_authority(),
            A.NEW_RECORD: lambda: self.names.add(),
            A.NETWORK: lambda: self.names.open_network(),
            A.NAMES_IMPORT: lambda: self.names.work.ask_import(),
            A.NAMES_EXPORT: lambda: self.names.work.ask_export(),
            A.MENTIONS_EXPORT: lambda: self.names.work.ask_mentions(),
        }

    def _on_article(self, do: Callable[[ArticleView], object]) -> Callable[[], object]:
        def act() -> None:
            view = self.front.article
            if view is not None:
                QGuiApplication.inputMethod().commit()
                do(view)

        return act

    # --- issues and manuscripts

    def show_issue(self, issue: IssueCard) -> None:
        window = self._window
        for key in window.centre.keys:
            window.close_tab(key)
        window.newsroom.show_issue(issue)

    def new_issue(self) -> None:
        window = self._window
        if window.newsroom.desk is not None:
            dialog = IssueDialog(window, window.look, window.newsroom)
            dialog.made.connect(self.show_issue)
            dialog.failed.connect(self.faults.tell)
            dialog.open()

    def ask_files(self) -> None:
        if self._window.newsroom.desk is None:
            return
        dialog = QFileDialog(self._window, text("window.intake.choose"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([text("window.intake.kinds"), text("window.intake.all_kinds")])
        dialog.filesSelected.connect(self.take_in)
        dialog.open()

    def take_in(self, files: Sequence[str]) -> TakeInDialog | None:
        """The preview of what is in the files; 收稿 stores it in a job."""
        window = self._window
        desk = window.newsroom.desk
        if desk is None:
            return None
        issue = window.newsroom.issue
        dialog = TakeInDialog(
            window, window.look, window.runner, [Path(file) for file in files], desk=desk,
            issue=issue.id if issue is not None else None,
        )  # fmt: skip
        dialog.taken.connect(self._taken)
        dialog.failed.connect(self.faults.tell)
        dialog.open()
        return dialog

    def _taken(self, cards: tuple[ArticleCard, ...]) -> None:
        window = self._window
        window.newsroom.reload()
        window.notices.tell(text("window.intake.taken", count=len(cards)))
        if cards:
            window.open_article(cards[0].id)

    def save(self) -> None:
        QGuiApplication.inputMethod().commit()
        for session in self._window.newsroom.sessions.values():
            session.save()

    # --- editing

    def undo(self) -> None:
        QGuiApplication.inputMethod().commit()
        self._flush()
        self._window.stacks.group.undo()

    def redo(self) -> None:
        self._flush()
        self._window.stacks.group.redo()

    def _flush(self) -> None:
        view = self.front.article
        if view is not None:
            view.flush()

    def find(self) -> None:
        column = self._window.column
        if not column.isVisible():
            self._window.fold(column)
        column.search.setFocus()
        column.search.selectAll()

    def palette(self) -> None:
        window = self._window
        QGuiApplication.inputMethod().commit()
        CommandPalette(
            window.look, window, palette_entries(window, self.front, self.pages), name=text("window.palette.name"),
            hint=text("window.palette.hint"), nothing=text("window.palette.nothing"),
        )  # fmt: skip

    def _check(self, view: ArticleView) -> None:
        """F7: now, and the number of findings is kept in the store."""
        view.flush()
        view.session.check()
        desk = view.session.desk
        article = view.session.sheet.id
        self._window.runner.write(
            text("window.job.check"),
            lambda context: desk.proofing.check(article),
            done=lambda report: self._window.newsroom.stored(report),
            quiet=True,
        )

    def _fix_certain(self, view: ArticleView) -> None:
        count = view.session.accept_certain()
        words = text("window.proof.fixed", count=count) if count else text("window.proof.none_certain")
        offer = (text("window.action.undo"), self.undo) if count else None
        self._window.notices.tell(words, offer=offer)

    def _show_hints(self) -> None:
        self._window.dock.findings.put_hints(self._window.actions_[A.SHOW_HINTS].isChecked())

    def _mark(self, view: ArticleView, *, kind: EntityKind | None, everywhere: bool) -> None:
        """Marks the selection; without a kind that of the mention there, else a person."""
        view.flush()
        start, end = view.selection()
        sheet = view.session.sheet
        under = next((m for m in sheet.mentions if m.start < max(end, start + 1) and start < m.end), None)
        if start == end and under is not None:
            start, end = under.start, under.end
        if start == end:
            self._window.notices.tell(text("window.names.select"))
            return
        kind = kind or (under.kind if under is not None else EntityKind.PERSON)
        try:
            change = view.session.desk.tagging.mark(sheet, start, end, kind, everywhere)
        except UserError as error:
            self._window.notices.tell(str(error))
            return
        if change.mentions != sheet.mentions:
            view.session.do(replace(change, reason="tag"))

    def _unmark(self, view: ArticleView) -> None:
        view.flush()
        start, end = view.selection()
        session = view.session
        if start == end:
            under = next((m for m in session.sheet.mentions if m.start <= start <= m.end), None)
            if under is None:
                self._window.notices.tell(text("window.names.select"))
                return
            start, end = under.start, under.end
        change = session.desk.tagging.unmark(session.sheet, start, end, False)
        if change.mentions != session.sheet.mentions:
            session.do(replace(change, reason="untag"))

    def _settle_asked(self, mentions: Sequence[Mention], keep: bool) -> None:
        view = self.front.article
        if view is not None:
            self.names.work.settle(view, mentions, keep=keep)

    def _name_card(self, view: ArticleView) -> None:
        """The card of the name under the caret."""
        start, _ = view.selection()
        under = next((m for m in view.session.sheet.mentions if m.start <= start <= m.end), None)
        if under is None:
            self._window.notices.tell(text("window.names.select"))
        else:
            self.names.open(under.name or under.text)

    def _tag_names(self, view: ArticleView) -> None:
        """Tags the article anew, as a job; the receipt becomes a step of undo."""
        view.flush()
        session = view.session
        desk, article = session.desk, session.sheet.id

        def work(context: JobContext) -> Receipt:
            return session.note_stored(desk.tagging.tag(article))

        self._window.runner.write(text("window.job.tag"), work, done=session.adopt)

    def _compare(self, view: ArticleView) -> None:
        """F4: a tab with the article against the manuscript as it was received."""
        view.flush()
        window, desk, sheet = self._window, view.session.desk, view.session.sheet
        key = f"compare {sheet.id}"

        def show(received: ArticleText) -> None:
            window.centre.remove(key)  # one made earlier shows an older text
            words = text("window.compare.words", name=sheet.text.headline)
            window.centre.add(key, CompareView(window.look, received, sheet.text), words, "history")

        window.runner.pure(text("window.job.list"), lambda context: desk.articles.as_received(sheet.id), done=show)

    def automatic(self) -> None:
        page = self.pages.front
        if page is not None:
            page.session.automatic()

    def _choose_tool(self, tool: Tool) -> None:
        page = self.pages.front
        if page is not None:
            page.choose_tool(tool)

    # --- looks

    def _zoom(self, by: int) -> None:
        window = self._window
        view, page = self.front.article, self.pages.front
        if view is not None:
            now = min(range(len(ZOOMS)), key=lambda at: abs(ZOOMS[at] - view.body.zoom))
            zoom = 1.0 if by == 0 else ZOOMS[max(0, min(len(ZOOMS) - 1, now + by))]
            view.put_zoom(zoom)
            window.status.put_zoom(zoom)
        elif page is not None:
            (page.canvas.fit, page.zoom_in, page.zoom_out)[by]()

    def _scheme(self, scheme: Scheme) -> None:
        self._window.look.choose(scheme)
        self._window.actions_[A(f"theme_{scheme.value}")].setChecked(True)

    def _focus_pane(self, pane: QWidget) -> None:
        window = self._window
        if not pane.isVisible():
            window.fold(pane)
        front = window.dock.stack.currentWidget() if pane is window.dock else window.column
        inner = next(iter(front.findChildren(RowList)), None) if front is not None else None
        if inner is not None:
            inner.setFocus()

    def _focus_centre(self) -> None:
        view = self.front.article
        front = view.last if view is not None else self._window.centre.front
        if front is not None:
            front.setFocus()

    def about(self) -> None:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(text("window.title"))
        box.setText(text("window.about.title"))
        desk = self._window.newsroom.desk
        box.setInformativeText(text("window.about.line", store=desk.store_name if desk is not None else "—"))
        box.open()


def _make_part(part: Part, view: ArticleView) -> None:
    view.make_part(part)
