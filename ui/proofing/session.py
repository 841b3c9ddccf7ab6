"""One open article: its state, its undo order, and its way into the store.

Typing comes in as bursts (view.py), fixes, tags and parts as changes; each is one command of the article's undo stack,
and each goes to the desk on the lane that writes, in the order in which it was done. The version that the store gave
last is compared on each write, so that another window's work is never overwritten unseen.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from models.values.article_text import ArticleText
from models.values.cards import ArticleSheet, ProofReport
from models.values.change import Change, EditArticle, Receipt, Waiver
from models.values.finding import ErrorRate, Finding, Tier
from services.config.errors import UserError
from services.config.messages import text
from services.desk.merging import State
from services.jobs.job import JobContext
from ui.jobs.runner import JobRunner
from ui.proofing.edits import carry_findings, carry_mentions, carry_waivers, splice_between
from ui.undo.change_command import ChangeCommand

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.merging import Choice
    from services.desk.sharing import Merged

MARKS_AFTER = 100  # ms after a name was tagged or a finding let stand
CHECK_AFTER = 900  # ms of rest after a change until the whole text is checked again; its paragraph is at once


RETRY_AFTER = 3000  # ms until a server that was lost is tried again
CATCH_UP = 200  # ms until it is looked again whether somebody still types


class Saved(StrEnum):
    SAVED = "saved"
    TYPING = "typing"  # words in the editors that are no change yet
    SAVING = "saving"
    FAILED = "failed"


class ArticleSession(QObject):
    """`sheet` is what the window shows; `findings` are those of its text, moved along as it changes."""

    text_put = Signal()  # the state changed by something else than typing: show it
    marks_changed = Signal()  # findings, mentions or waivers
    saved_changed = Signal()
    checked = Signal()
    noted = Signal(str)  # about the check itself: a model of one's own that does not answer
    stored = Signal(object)  # the Receipt
    save_failed = Signal(object)  # the exception
    met = Signal(object)  # Merged: an edit met somebody else's; without a receipt a person has to choose
    renewed = Signal()  # somebody else's change is shown

    def __init__(self, desk: "Desk", sheet: ArticleSheet, runner: JobRunner, stack: QUndoStack) -> None:
        super().__init__()
        self.desk, self.runner, self.stack = desk, runner, stack
        self.sheet = sheet
        self.findings: tuple[Finding, ...] = ()
        self.waived: tuple[Finding, ...] = ()
        self.rate: ErrorRate | None = None
        self.is_checked = False
        self.flush: Callable[[], object] = lambda: None  # the view puts its burst in order
        self._stored = sheet.version  # touched on the writing lane only, once open
        self._base = state_of(sheet)  # the same: what stands at that version
        self._behind = self._base  # the same: what was written last before a merge that the window does not show yet
        self._held = False  # the same: nothing is written until a person has chosen
        self._merges = 0  # counted on the writing lane
        self._shown = 0  # merges that the window shows
        self._merged: Merged | None = None  # to be shown as soon as nothing is under way
        self.meeting: Merged | None = None  # waits for a person's choices
        self._lost = False
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_AFTER)
        self._retry.timeout.connect(self.save)
        self._writing = 0
        self._typing = False
        self._broken = False
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_AFTER)
        self._timer.timeout.connect(self.check)

    @property
    def saved(self) -> Saved:
        if self._broken:
            return Saved.FAILED
        if self._typing:
            return Saved.TYPING
        return Saved.SAVING if self._writing else Saved.SAVED

    @property
    def is_closed(self) -> bool:
        return self._closed

    def mark_typing(self, typing: bool) -> None:
        if typing != self._typing:
            self._typing = typing
            self.saved_changed.emit()

    def type(self, words: ArticleText) -> None:
        """A burst of typing: one command, whatever it did."""
        self._typing = False
        if words == self.sheet.text:
            self.saved_changed.emit()
            return
        old, new = self.sheet.text.flat().text, words.flat().text
        self.do(
            EditArticle(
                article=self.sheet.id,
                text=words,
                mentions=carry_mentions(self.sheet.mentions, old, new),
                waivers=carry_waivers(self.sheet.waivers, old, new),
                reason="typing",
            )
        )

    def do(self, change: EditArticle) -> None:
        """Puts a change in place as one step of undo."""
        before = EditArticle(
            article=self.sheet.id,
            text=self.sheet.text,
            mentions=self.sheet.mentions,
            waivers=self.sheet.waivers,
            reason="undo",
        )
        words = text(f"window.step.{change.reason}") if change.reason in STEPS else change.reason
        self.stack.push(ChangeCommand(words, forward=change, inverse=before, put=self._put))

    def _put(self, change: Change) -> None:
        assert isinstance(change, EditArticle)
        old, new = self.sheet.text.flat().text, change.text.flat().text
        self.sheet = replace(self.sheet, text=change.text, mentions=change.mentions, waivers=change.waivers)
        self.findings = carry_findings(self.findings, old, new)
        self.waived = carry_findings(self.waived, old, new)
        self.findings = tuple(finding for finding in self.findings if not _stands(finding, change.waivers))
        self.text_put.emit()
        self.marks_changed.emit()
        self._write(change)
        if self.is_checked and old != new:
            self._recheck(old, new)
        self._timer.start(CHECK_AFTER if old != new else MARKS_AFTER)

    def _recheck(self, old: str, new: str) -> None:
        """The paragraphs that an edit touched, at once; the whole check that was under way is dropped."""
        sheet, carried = self.sheet, (*self.findings, *self.waived)
        splice = splice_between(old, new)
        self._check_job(
            lambda: self.desk.proofing.recheck(sheet, carried, (splice.start, splice.start + len(splice.text)))
        )

    def _write(self, change: EditArticle, *, force: bool = False) -> None:
        shown = self._shown

        def work(context: JobContext) -> "Receipt | Merged | None":
            if self._held and not force:
                return None
            if shown != self._merges and not force:
                return self._meet(change, self._behind)
            try:
                receipt = self.desk.apply(replace(change, version=0 if force else self._stored))
            except UserError as error:
                if error.key != "desk.stale":
                    raise
                return self._meet(change, self._base)
            self._go_on_from(receipt)
            return receipt

        self._queue(work)

    def _queue(self, work: "Callable[[JobContext], Receipt | Merged | None]") -> None:
        self._writing += 1
        self.runner.write(text("window.job.save"), work, done=self._written, failed=self._failed, quiet=True)
        self.saved_changed.emit()

    def _meet(self, change: EditArticle, base: State) -> "Merged":
        """On the writing lane: somebody else was first. Both edits are put together, or kept for a person to choose."""
        merged = self.desk.sharing.merge(change, base)
        if merged.receipt is None:
            self._held = True
        else:
            self._keep_merged(merged, state_of(change))
        return merged

    def _keep_merged(self, merged: "Merged", mine: State) -> None:
        assert merged.receipt is not None
        self._stored, self._base, self._behind = merged.receipt.version, state_of(merged.sheet), mine
        self._held = False
        self._merges += 1

    def _written(self, result: "Receipt | Merged | None") -> None:
        self._writing -= 1
        if isinstance(result, Receipt):
            self._broken = self._lost = False
            self.sheet = replace(self.sheet, version=result.version)
            self._link(result)
            self.stored.emit(result)
        elif result is not None and result.receipt is not None:
            self._broken = self._lost = False
            self.meeting = None
            self._merged = result
            self.stored.emit(result.receipt)
        elif result is not None:
            self._broken, self._lost, self.meeting = True, False, result
            self.met.emit(result)
        self.saved_changed.emit()
        self._show_merged()

    def _link(self, receipt: Receipt) -> None:
        """Marks by hand are put on file when they are stored: the window knows their records from then on."""
        change = receipt.change
        if isinstance(change, EditArticle) and change.text.flat().text == self.sheet.text.flat().text:
            known = {(m.start, m.end, m.kind, m.name): m.entity for m in change.mentions if m.by_hand}
            linked = tuple(
                replace(m, entity=known.get((m.start, m.end, m.kind, m.name))) if m.by_hand and m.entity is None else m
                for m in self.sheet.mentions
            )
            if linked != self.sheet.mentions:
                self.sheet = replace(self.sheet, mentions=linked)

    def _show_merged(self) -> None:
        """Shows what was put together once no words of this window are under way any more."""
        merged = self._merged
        if merged is None or self._closed:
            return
        if not self._writing:
            self.flush()
        if self._typing:
            QTimer.singleShot(CATCH_UP, self._show_merged)
        elif not self._writing:
            self._merged = None
            self._shown = self._merges
            self._take(merged.sheet)
            self.met.emit(merged)

    def _take(self, sheet: ArticleSheet) -> None:
        """Shows what stands in the store. Undo begins anew: an older step would take back somebody else's words."""
        old, new = self.sheet.text.flat().text, sheet.text.flat().text
        self.sheet = sheet
        self.stack.clear()
        self.findings = carry_findings(self.findings, old, new)
        self.waived = carry_findings(self.waived, old, new)
        self.text_put.emit()
        self.marks_changed.emit()
        self.check()

    def settle(self, choices: "Sequence[Choice]") -> None:
        """A person has chosen: stores the article so, and what was written here meanwhile on top of it."""
        meeting = self.meeting
        if meeting is None:
            return
        self.flush()
        article, mine, settled = self.sheet.id, meeting.merge.mine, meeting.merge.settled(choices)

        def work(context: JobContext) -> "Merged":
            try:
                receipt = self.desk.sharing.settle(article, settled, meeting.sheet.version)
            except UserError as error:
                if error.key != "desk.stale":
                    raise
                again = EditArticle(
                    article=article, text=settled.text, mentions=settled.mentions, waivers=settled.waivers
                )
                merged = self.desk.sharing.merge(again, meeting.merge.theirs)
                if merged.receipt is not None:
                    self._keep_merged(merged, mine)
                return merged
            merged = replace(meeting, sheet=self.desk.articles.open(article), receipt=receipt)
            self._keep_merged(merged, mine)
            return merged

        self._queue(work)
        if state_of(self.sheet) != mine:
            self._write(self.state("typing"))

    def renew(self, version: int) -> None:
        """Somebody else stored a version: it is shown where nothing of this window is under way."""
        if version <= self.sheet.version or self.saved is not Saved.SAVED:
            return

        def show(sheet: ArticleSheet) -> None:
            if self._closed or self.saved is not Saved.SAVED or sheet.version <= self.sheet.version:
                return
            self.flush()
            if self.saved is not Saved.SAVED:
                return  # words that were just typed: they are put together when they are stored
            self._stored, self._base = sheet.version, state_of(sheet)
            self._take(sheet)
            self.renewed.emit()

        self.runner.pure(
            text("window.job.list"),
            lambda context: self.desk.articles.open(self.sheet.id),
            done=show,
            supersede=f"renew {self.sheet.id}",
        )

    def _failed(self, error: Exception) -> None:
        self._writing -= 1
        self._broken = True
        lost = isinstance(error, UserError) and error.key == "store.server_lost"
        told, self._lost = self._lost and lost, lost
        if lost:
            self._retry.start()
        self.saved_changed.emit()
        if not told:
            self.save_failed.emit(error)

    def save(self, *, force: bool = False) -> None:
        """Ctrl+S: what was typed becomes a change; what could not be stored is tried again."""
        self.flush()
        if self.meeting is not None and not force:
            self.met.emit(self.meeting)
        elif self._broken or force:
            self._write(self.state("save"), force=force)

    def state(self, reason: str) -> EditArticle:
        """What stands now, as a change."""
        sheet = self.sheet
        return EditArticle(
            article=sheet.id, text=sheet.text, mentions=sheet.mentions, waivers=sheet.waivers, reason=reason
        )

    def note_stored(self, receipt: Receipt) -> Receipt:
        """Called on the writing lane after the desk has stored a change: writes that wait go on from there.

        Not when the desk built on words that this window has never seen: the next write meets them and is merged.
        """
        found = receipt.inverse
        if isinstance(found, EditArticle) and _words(found) == _words(self._base):
            self._go_on_from(receipt)
        return receipt

    def _go_on_from(self, receipt: Receipt) -> None:
        self._stored = receipt.version
        if isinstance(receipt.change, EditArticle):
            self._base = state_of(receipt.change)

    def adopt(self, receipt: Receipt) -> None:
        """A change that the desk itself has stored becomes the newest step of undo, on the text as it now stands."""
        change = receipt.change
        if not isinstance(change, EditArticle) or change.article != self.sheet.id:
            return
        old, new = change.text.flat().text, self.sheet.text.flat().text
        hand = [mention for mention in self.sheet.mentions if mention.by_hand]
        found = [
            mention
            for mention in carry_mentions(change.mentions, old, new)
            if not any(mention.start < one.end and one.start < mention.end for one in hand)
        ]
        merged = tuple(sorted((*hand, *found), key=lambda mention: (mention.start, mention.end)))
        self.do(replace(self.state("tag"), mentions=merged))

    def check(self) -> None:
        """Proofs the text in a job; a newer check drops the older result."""
        if self._closed:
            return
        self._timer.stop()
        sheet = self.sheet
        self._check_job(lambda: self.desk.proofing.check(sheet))

    def _check_job(self, work: Callable[[], ProofReport]) -> None:
        sheet = self.sheet

        def checked(context: JobContext) -> ProofReport:
            context.check()  # superseded before its turn came
            return work()

        def show(report: ProofReport) -> None:
            if self._closed or sheet.text != self.sheet.text or sheet.waivers != self.sheet.waivers:
                return  # a newer state is being checked already
            self.findings, self.waived, self.rate = report.findings, report.waived, report.rate
            for words in report.notes:
                self.noted.emit(words)
            self.is_checked = True
            self.marks_changed.emit()
            self.checked.emit()

        self.runner.pure(text("window.job.check"), checked, done=show, supersede=f"check {sheet.id}")

    def accept(self, findings: tuple[Finding, ...]) -> None:
        """Applies the first suggestion of each as one step."""
        self.flush()
        self._fix(tuple(finding for finding in findings if finding in self.findings and finding.suggestions))

    def accept_as(self, finding: Finding, suggestion: str) -> None:
        """Applies one of a finding's suggestions."""
        self.flush()
        if finding in self.findings:
            self._fix((replace(finding, suggestions=(suggestion,)),))

    def _fix(self, findings: tuple[Finding, ...]) -> None:
        if findings:
            self.do(replace(self.desk.proofing.fix(self.sheet, findings), reason="fix"))

    def accept_certain(self) -> int:
        """All of tier certain as one step; how many there were."""
        self.flush()
        sure = tuple(f for f in self.findings if f.tier is Tier.CERTAIN and f.suggestions)
        self.accept(sure)
        return len(sure)

    def waive(self, finding: Finding, scope: str, reason: str = "") -> None:
        self.flush()
        if finding in self.findings:
            self.do(replace(self.desk.proofing.waive(self.sheet, finding, scope, reason), reason="waive"))

    def take_back(self, finding: Finding) -> None:
        """A finding that was let stand is shown again."""
        self.flush()
        change = self.desk.proofing.unwaive(self.sheet, finding)
        if change.waivers != self.sheet.waivers:
            self.waived = tuple(one for one in self.waived if one is not finding)
            self.do(replace(change, reason="unwaive"))

    def close(self) -> None:
        self.flush()
        self._closed = True
        self._timer.stop()
        self._retry.stop()


def state_of(held: ArticleSheet | EditArticle) -> State:
    """Text, mentions and waivers alone."""
    return State(text=held.text, mentions=held.mentions, waivers=held.waivers)


def _words(held: EditArticle | State) -> tuple[object, ...]:
    return held.text.flat(), held.text.form, held.waivers


def _stands(finding: Finding, waivers: tuple[Waiver, ...]) -> bool:
    """Whether a waiver lets the finding stand; what the next check says is what counts."""
    return any(
        waiver.key == finding.key and (waiver.scope != "here" or waiver.start == finding.start) for waiver in waivers
    )


STEPS = (
    "merge",
    "draft",
    "typing",
    "fix",
    "tag",
    "untag",
    "waive",
    "unwaive",
    "replace",
    "part",
    "join",
    "split",
    "undo",
    "save",
)
