"""An open page: what is planned, what is shown, and every way an editor changes it. No widget in here.

A change is shown at once by a preview made off the window's thread (a newer preview drops an older one); letting go
stores it by the desk in the writer's lane, and puts it on the page's undo stack.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from models.values.article_text import ArticleText, Part
from models.values.cards import PageSheet, PictureCard
from models.values.change import Change, PlanPage, Receipt
from models.values.ids import ArticleId, PageId
from models.values.laid_page import LaidFrame, LaidPage
from models.values.plan import BoxPlan, FramePlan, PagePlan, RulePlan
from models.values.template import PageTemplate
from services.config.errors import UserError
from services.config.messages import text
from services.jobs.job import JobContext
from ui.jobs.runner import JobRunner
from ui.layout.gesture import Grip, dragged
from ui.layout.pictures import with_picture, without_picture
from ui.layout.plans import by_hand, over_others, unjumped, with_frame, with_thing, without
from ui.undo.change_command import ChangeCommand

if TYPE_CHECKING:
    from services.desk.desk import Desk


PASSED_OVER = ("desk.stale", "store.stale", "desk.not_allowed", "desk.stranger")  # refused for good, not for now


class PageSession(QObject):
    laid = Signal(object)  # LaidPage now to be shown
    selected = Signal(object)  # ArticleId | None
    stored = Signal(object)  # Receipt
    failed = Signal(object)  # Exception
    proposed = Signal(object)  # tuple of plan options
    regridded = Signal()  # another template, or another state of it
    fitted = Signal(object)  # CopyFit of the selected frame, or None

    def __init__(
        self,
        desk: "Desk",
        sheet: PageSheet,
        template: PageTemplate,
        jobs: JobRunner,
        undo: QUndoStack,
        *,
        warm: Callable[[LaidPage], None] = lambda laid: None,
    ) -> None:
        """`warm` is called in jobs with what they laid, before it is shown."""
        super().__init__()
        self._desk, self._jobs, self._undo, self._warm = desk, jobs, undo, warm
        self.page: PageId = sheet.id
        self.template = template
        self._sheet = sheet
        self._version = sheet.version  # as the store gave it last; touched on the writing lane only while it writes
        self._kept = sheet.plan  # what the store holds for sure
        self._asked = sheet.plan  # what was handed to the store last
        self._writing = 0
        self._beside: tuple[tuple[PageId, int, str], ...] = ()
        self._reload_after = False
        self.broken = False  # the last plan could not be stored
        self.shown: LaidPage = self._sheet.laid
        self.plan: PagePlan = self._sheet.plan
        self.selection: ArticleId | None = None
        self.thing: BoxPlan | RulePlan | None = None  # a box or rule that is selected instead of an article
        self.part = 0  # which of the article's frames on the page is selected, when it has several
        self.fit: Any = None  # CopyFit of the selected frame
        self._typed: dict[ArticleId, ArticleText] = {}  # words that are not stored yet
        self.laid.connect(lambda *_: self._measure())
        self.selected.connect(lambda *_: self._measure())
        self._look_beside()

    # -- reading -----------------------------------------------------------------------------------------------------
    def frame(self, article: ArticleId | None) -> FramePlan | None:
        """The article's frame; of several the selected one."""
        found = [frame for frame in self.plan.frames if frame.article == article]
        return found[self._part(article, len(found))] if found else None

    def laid_frame(self, article: ArticleId | None) -> LaidFrame | None:
        found = [frame for frame in self.shown.frames if frame.article == article]
        return found[self._part(article, len(found))] if found else None

    def is_selected(self, frame: LaidFrame) -> bool:
        return frame is self.laid_frame(self.selection)

    def _part(self, article: ArticleId | None, count: int) -> int:
        return min(self.part, count - 1) if article == self.selection else 0

    def headline(self, article: ArticleId) -> str:
        """What stands as the article's headline on the page as it is shown."""
        frame = self.laid_frame(article)
        runs = () if frame is None else frame.runs
        return "".join(run.text for run in runs if run.source is not None and run.source.ref.part is Part.HEADLINE)

    def select(self, article: ArticleId | None, part: int = 0) -> None:
        if (article, part, None) != (self.selection, self.part, self.thing):
            self.selection, self.part, self.thing = article, part, None
            self.selected.emit(article)

    def select_thing(self, thing: BoxPlan | RulePlan) -> None:
        """A box or a rule of the plan, in place of an article."""
        if thing is not self.thing:
            self.selection, self.part, self.thing = None, 0, thing
            self.selected.emit(None)

    def is_behind(self, version: int) -> bool:
        """Whether the store holds a newer plan than this session has written or read."""
        return not self._writing and version > self._version

    def _look_beside(self) -> None:
        def take(found: tuple[tuple[PageId, int, str], ...]) -> None:
            self._beside = found

        self._jobs.pure("pages", lambda _: self._desk.pages.beside(self.page), done=take, failed=self._fail)

    def _measure(self) -> None:
        """How the selected article fits, reckoned off the window's thread."""
        frame = self.frame(self.selection)
        if frame is None:
            self.fit = None
            self.fitted.emit(None)
            return
        typed = dict(self._typed)

        def take(fit: object) -> None:
            self.fit = fit
            self.fitted.emit(fit)

        self._jobs.pure(
            "fit",
            lambda _: self._desk.pages.fit(self.page, frame, typed),
            done=take,
            failed=self._fail,
            supersede=f"fit {self.page}",
        )

    def show_words(self, article: ArticleId, words: ArticleText) -> None:
        """Shows the page with words that are being typed; the store's own come with the next reload."""
        if self._typed.get(article) != words:
            self._typed[article] = words
            self._preview(self.plan)

    def reload(self) -> None:
        """The page as it is stored now: after an article of it was edited, or another window changed it."""
        if self._writing:
            self._reload_after = True  # what waits to be written would be passed over
            return
        if self.broken:  # a plan that could not be stored yet is not dropped
            self._preview(self.plan)
            return

        def work(_: JobContext) -> tuple[PageSheet, PageTemplate]:
            sheet = self._desk.pages.open(self.page)
            self._warm(sheet.laid)
            return sheet, self._desk.pages.template(self.page)

        self._jobs.pure("page", work, done=self._take, failed=self._fail, supersede=f"reload {self.page}")

    def _take(self, read: tuple[PageSheet, PageTemplate]) -> None:
        sheet, template = read
        if self._writing:  # read before what was changed meanwhile
            self._reload_after = True
            return
        if self.broken:
            return
        if by_hand(sheet.plan) != by_hand(self._kept):
            self._undo.clear()  # somebody else's plan: an older step would take it back unseen
        self._sheet, self.plan, self._kept = sheet, sheet.plan, sheet.plan
        self._version = sheet.version
        self._typed.clear()
        self._regrid(template)
        self._look_beside()
        if self.frame(self.selection) is None:
            self.select(None)
        self._show(sheet.laid)

    # -- changing ----------------------------------------------------------------------------------------------------
    def drag(self, article: ArticleId, grip: Grip, columns: int, rows: int) -> None:
        """Shows the page as it would be with the frame dragged; nothing is stored."""
        found = [frame for frame in self._sheet.plan.frames if frame.article == article]
        if found:
            frame = found[self._part(article, len(found))]
            self.try_plan(with_frame(self._sheet.plan, frame, dragged(frame, grip, columns, rows, self.template)))

    def edit_frame(self, frame: FramePlan, reason: str = "canvas.reason.frame") -> None:
        """Stores a frame changed by keys or in the inspector."""
        before = self.frame(frame.article)
        if before is not None:
            self.try_plan(with_frame(self.plan, before, frame))
            self.keep(reason)

    def try_frame(self, frame: FramePlan) -> None:
        """Shows the selected frame changed; nothing is stored."""
        before = self.frame(frame.article)
        if before is not None:
            self.try_plan(with_frame(self.plan, before, frame))

    def edit_plan(self, plan: PagePlan, reason: str) -> None:
        """Stores a plan changed in one step of undo."""
        self.try_plan(plan)
        self.keep(reason)

    def add_thing(self, thing: BoxPlan | RulePlan) -> None:
        plan = self.plan
        if isinstance(thing, BoxPlan):
            self.edit_plan(replace(plan, boxes=(*plan.boxes, thing)), "canvas.reason.box")
        else:
            self.edit_plan(replace(plan, rules=(*plan.rules, thing)), "canvas.reason.rule")
        self.select_thing(thing)

    def try_thing(self, thing: BoxPlan | RulePlan) -> None:
        """Shows the selected box or rule changed; nothing is stored."""
        before, self.thing = self.thing, thing
        self.try_plan(with_thing(self.plan, before, thing))

    def edit_thing(self, thing: BoxPlan | RulePlan) -> None:
        self.try_thing(thing)
        self.keep("canvas.reason.box" if isinstance(thing, BoxPlan) else "canvas.reason.rule")
        self.selected.emit(None)

    def remove_thing(self) -> None:
        before = self.thing
        if before is not None:
            self.select(None)
            self.edit_plan(with_thing(self.plan, before, None), "canvas.reason.no_thing")

    def try_plan(self, plan: PagePlan) -> None:
        """Shows a plan without storing it."""
        if plan == self.plan:
            return
        self.plan = plan
        self._preview(plan)

    def _preview(self, plan: PagePlan) -> None:
        typed = dict(self._typed)

        def work(_: JobContext) -> tuple[LaidPage, PageTemplate]:
            laid = self._desk.pages.preview(self.page, plan, typed)
            self._warm(laid)
            return laid, self._desk.pages.templates.get_or_first(plan.template)[0]

        def show(made: tuple[LaidPage, PageTemplate]) -> None:
            self._regrid(made[1])
            self._show(made[0])

        self._jobs.pure(
            "preview",
            work,
            done=show,
            failed=self._fail,
            supersede=f"preview {self.page}",
        )

    def keep(self, reason: str) -> None:
        """Stores the plan that is shown as one step of undo."""
        if self.plan == self._sheet.plan:
            return
        forward = PlanPage(page=self.page, plan=self.plan, reason=reason)
        inverse = PlanPage(page=self.page, plan=self._sheet.plan, reason="undo")
        self._undo.push(ChangeCommand(text(reason), forward=forward, inverse=inverse, put=self._put))

    def give_up(self) -> None:
        """Back to the stored plan."""
        self.try_plan(self._sheet.plan)

    def place(self, article: ArticleId, column: int, row: int) -> None:
        """Puts an article on the page at a column and row."""

        def ask() -> PlanPage:
            try:
                return self._desk.pages.place(self._current(), article, column, row)
            except UserError as error:
                if error.key != "desk.no_room":
                    raise
            return PlanPage(page=self.page, plan=over_others(self.plan, article, column, row, self.template))

        self._change(ask, "canvas.reason.place", article)

    def remove(self, article: ArticleId) -> None:
        self._change(lambda: self._desk.pages.remove(self._current(), article), "canvas.reason.remove", None)

    def put_picture(self, article: ArticleId, path: Path) -> None:
        """Takes a picture file into the store and puts it at the head of the article, or in its place-holder."""

        def take(card: PictureCard) -> None:
            frame = self.frame(article)
            if frame is not None:
                self.edit_frame(with_picture(frame, card, self.template), "canvas.reason.picture")
                self.select(article)

        self._jobs.write(
            text("canvas.job.picture"), lambda _: self._desk.pictures.add(path), done=take, failed=self._fail
        )

    def take_picture_off(self, article: ArticleId) -> None:
        """The picture goes, its place stays; asked again, the place goes too."""
        frame = self.frame(article)
        if frame is not None and frame.picture is not None:
            self.edit_frame(without_picture(frame), "canvas.reason.no_picture")

    def continue_on(self, article: ArticleId, onto: PageId) -> None:
        """Sends what finds no room of an article on to another page 转版; one step of this page's undo."""
        plan = self.plan

        def ask(_: JobContext) -> PlanPage:
            return self._desk.pages.continued(self.page, plan, article, onto)

        def take(change: PlanPage) -> None:
            put = [frame for frame in change.plan.frames if frame.article == article]
            before = PlanPage(page=onto, plan=without(change.plan, article), reason="undo")
            command = ChangeCommand(
                text("canvas.reason.jump"),
                forward=change,
                inverse=before,
                put=lambda one: self._put_other(one, article, put),
            )
            self._undo.push(command)

        self._jobs.pure("plan", ask, done=take, failed=self._fail)

    def _put_other(self, change: Change, article: ArticleId, put: list[FramePlan]) -> None:
        """Puts the rest of an article on another page, or takes it off again; whatever else was done to that page
        meanwhile, here or by somebody else, stays. `put`: the article's frames there as they were put."""
        if not isinstance(change, PlanPage):
            return
        plan = self.plan

        def right() -> PlanPage | None:
            facts = self._desk.pages.facts(change.page)
            there = [frame for frame in facts.plan.frames if frame.article == article]
            if change.reason == "undo" and not there:
                return None
            if change.reason == "undo" and unjumped(there) == unjumped(put):
                return replace(change, plan=without(facts.plan, article), version=facts.version)
            if change.reason == "undo" or there:
                raise UserError("canvas.other_changed", page=facts.plan.number)
            made = change
            if facts.version != change.version:
                made = self._desk.pages.continued(self.page, plan, article, change.page)
            put[:] = [frame for frame in made.plan.frames if frame.article == article]
            return made

        def work(_: JobContext) -> tuple[Receipt, ...]:
            made = right()
            receipts = () if made is None else (self._desk.apply(made),)
            return *receipts, *self._desk.pages.keep_jumps(self.page)

        def done(receipts: tuple[Receipt, ...]) -> None:
            self._writing -= 1
            for receipt in receipts:
                self.stored.emit(receipt)
            self._reload_after = True
            self._catch_up()

        def failed(error: Exception) -> None:
            self._writing -= 1
            self.failed.emit(error)
            self._catch_up()

        self._writing += 1
        self._jobs.write("plan", work, done=done, failed=failed, quiet=True)

    def overset(self, article: ArticleId) -> int:
        """Lines of the article that found no room in its frame."""
        frame = self.laid_frame(article)
        return frame.overset_lines if frame is not None else 0

    @property
    def ornaments(self) -> tuple[str, ...]:
        """Names of the 报花 that can be chosen."""
        return self._desk.pages.ornaments()

    def beside(self) -> tuple[tuple[PageId, int, str], ...]:
        """The issue's other pages: id, number, name; as they were when the page was opened or reloaded."""
        return self._beside

    def automatic(self) -> None:
        """Asks for plans; `proposed` brings them."""

        def work(context: JobContext) -> object:
            return self._desk.pages.automatic(self.page, context=context)

        self._jobs.pure(text("canvas.job.automatic"), work, done=self.proposed.emit, failed=self._fail, quiet=False)

    def _current(self) -> PageSheet:
        return replace(self._sheet, plan=self.plan)

    def _change(self, ask: Callable[[], PlanPage], reason: str, then: ArticleId | None) -> None:
        def take(change: PlanPage) -> None:
            self.try_plan(change.plan)
            self.keep(reason)
            self.select(then)

        self._jobs.pure("plan", lambda _: ask(), done=take, failed=self._fail)

    def _put(self, change: Change) -> None:
        if not isinstance(change, PlanPage):
            return
        self._sheet = replace(self._sheet, plan=change.plan)
        self._asked = change.plan
        self.try_plan(change.plan)

        def work(_: JobContext) -> tuple[Receipt, ...]:
            right = replace(change, plan=self._desk.pages.right(self.page, change.plan), version=self._version)
            receipt = self._desk.apply(right)
            self._version = receipt.version
            return receipt, *self._desk.pages.keep_jumps(self.page)

        self._writing += 1
        self._jobs.write("plan", work, done=self._stored, failed=self._refused, quiet=True)

    def _stored(self, receipts: tuple[Receipt, ...]) -> None:
        """What was stored for this page, then what it meant for other pages."""
        receipt, *others = receipts
        self._writing -= 1
        self.broken = False
        if isinstance(receipt.change, PlanPage):
            self._kept = receipt.change.plan
            if not self._writing:
                self._sheet = replace(self._sheet, plan=self._kept)
                self.plan = self._kept if self.plan == self._asked else self.plan
        self._sheet = replace(self._sheet, version=receipt.version)
        self.stored.emit(receipt)
        for other in others:
            self.stored.emit(other)
        self._catch_up()

    def _refused(self, error: Exception) -> None:
        """The plan is not in the store: it stays in the window, and is stored with the next change or by `again`."""
        self._writing -= 1
        if isinstance(error, UserError) and error.key in PASSED_OVER:
            self._reload_after, self.broken = True, False  # another window was first: its page is shown
            self._undo.clear()
        else:
            self.broken = True
            self._sheet = replace(self._sheet, plan=self._kept)
        self.failed.emit(error)
        self._catch_up()

    def again(self) -> None:
        """Stores what is shown after a write was refused."""
        if self.broken:
            self._put(PlanPage(page=self.page, plan=self.plan, reason="save"))

    def _catch_up(self) -> None:
        if self._reload_after and not self._writing:
            self._reload_after = False
            self.reload()

    def _regrid(self, template: PageTemplate) -> None:
        if template != self.template:
            self.template = template
            self.regridded.emit()

    def _show(self, laid: LaidPage) -> None:
        self.shown = laid
        if self.thing is not None and not any(self.thing is one for one in (*self.plan.boxes, *self.plan.rules)):
            self.thing = next((one for one in (*self.plan.boxes, *self.plan.rules) if one == self.thing), None)
        self.laid.emit(laid)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)
