"""The article as an editor sees it: tool bar, fields, body with line numbers and margin, the card under the caret.

It turns typing into bursts (600 ms of rest, 2 s at most, or before any other command) and hands them to the session;
what the session puts in place it shows with the smallest edit. Offsets here are code points of the flat text.
"""

from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout

from models.values.article_text import ArticleText, Part, PartRef
from models.values.finding import Finding, RuleCard, Tier
from models.values.mention import Mention
from services.config.messages import text
from ui.actions.ids import ActionId
from ui.actions.registry import ActionRegistry
from ui.proofing.edits import Splice, carry_mentions, join, make_part, relocate_mentions, shift, splice_between, split
from ui.proofing.find_bar import FindBar, places, replaced
from ui.proofing.finding_card import FindingCard
from ui.proofing.gutter import TAG_LEFT
from ui.proofing.marks import Mark
from ui.proofing.reason_dialog import ReasonDialog
from ui.proofing.session import ArticleSession
from ui.proofing.sheet_pane import PARTS, SheetPane
from ui.proofing.text_view import PartEdit
from ui.widgets.floating import SHADOW
from ui.widgets.look import Look

IDLE, LONGEST = 600, 2000  # ms of a burst of typing


class ArticleView(SheetPane):
    finding_changed = Signal(object)  # the finding under the caret, or None
    said = Signal(str)  # a short notice

    def __init__(self, look: Look, session: ArticleSession, actions: ActionRegistry, *, measure: int = 18) -> None:
        super().__init__(look, actions, measure)
        self.session = session
        self._cards: dict[str, RuleCard] = {}
        self._dismissed: Finding | None = None
        self.current: Finding | None = None
        self.card = FindingCard(look, self, actions[ActionId.ACCEPT], actions[ActionId.WAIVE])
        self._idle, self._longest = self._timer(IDLE), self._timer(LONGEST)
        self._connect()
        self._find = FindBar(look)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self._find)
        self._find.look_for.connect(self._find_next)
        self._find.replace_one.connect(self._replace_one)
        self._find.replace_all.connect(self._replace_all)
        self._find.left.connect(self._leave_find)
        session.flush = self.flush
        self._show_state()
        self.body.put_caret(0)
        self._load_cards()

    def _timer(self, after: int) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(after)
        made.timeout.connect(self._burst_over)
        return made

    def _connect(self) -> None:
        for edit in self.editors():
            edit.edited.connect(self._typed)
            edit.left.connect(self.flush)
            edit.offer = self._offer
            edit.cursorPositionChanged.connect(lambda edit=edit: self._caret(edit))
        self.fields.grew.connect(lambda: QTimer.singleShot(0, self._place_card))
        self._margin.chosen.connect(self.go_to)
        self.body.verticalScrollBar().valueChanged.connect(lambda *_: self._place_card())
        self.card.accept.connect(self._accept_as)
        self.card.waive.connect(self.waive)
        self.card.step.connect(self.walk)
        self.session.text_put.connect(self._show_state)
        self.session.marks_changed.connect(self._show_marks)

    def _load_cards(self) -> None:
        session = self.session

        def show(cards: tuple[RuleCard, ...]) -> None:
            if session.is_closed:
                return  # and this view with it
            self._cards = {card.rule: card for card in cards}
            self._margin.titles = {card.rule: card.title for card in cards if card.title}
            self._margin.update()
            self.moved.emit()

        session.runner.pure(text("window.job.check"), lambda context: session.desk.proofing.cards(), done=show)

    def title_of(self, finding: Finding) -> str:
        card = self._cards.get(finding.rule)
        return card.title if card is not None and card.title else finding.message

    def text(self) -> ArticleText:
        """What the editors hold."""
        fields = {part.value: edit.plain() for part, edit in self.fields.edits.items()}
        return replace(self.session.sheet.text, body=self.body.paragraphs(), **fields)  # type: ignore[arg-type]

    def go_to(self, finding: Finding) -> None:
        """Sets the caret into a finding and brings it into sight."""
        self._dismissed = None
        self.reveal(finding.start, finding.start)

    def caret_set(self, edit: PartEdit) -> None:
        self._caret(edit)

    def laid_out(self) -> None:
        self._place_card()

    # --- typing

    def _typed(self) -> None:
        self.session.mark_typing(True)
        self._idle.start()
        if not self._longest.isActive():
            self._longest.start()
        self.moved.emit()

    def _burst_over(self) -> None:
        """Words that an input method is still composing are left alone: they come with its next commit."""
        self.flush(commit=False)

    def flush(self, *, commit: bool = True) -> None:
        """Hands what was typed to the session as one change."""
        if commit and any(edit.hasFocus() for edit in self.editors()):
            QGuiApplication.inputMethod().commit()
        waiting = self._idle.isActive() or self._longest.isActive()
        self._idle.stop()
        self._longest.stop()
        if waiting or self.session.saved == "typing":
            self.session.type(self.text())

    def _show_state(self) -> None:
        words = self.session.sheet.text
        if words == self.text():
            return
        fields_changed = self.fields.show_text(words)
        if self.body.paragraphs() != words.body:
            self.body.show_paragraphs(words.body)
            if not fields_changed:
                self.last = self.body
        self.moved.emit()

    def _show_marks(self) -> None:
        """Marks are told in the session's text; what was typed since is reckoned with."""
        session = self.session
        told, now = session.sheet.text.flat().text, self.text().flat().text
        splice = splice_between(told, now) if told != now else Splice(0, 0, "")
        marked: tuple[Finding | Mention, ...] = (*session.sheet.mentions, *session.findings)
        spans = [
            (place, what)
            for what in marked
            if (place := shift(what.start, what.end, splice) if told != now else (what.start, what.end)) is not None
        ]
        for edit in self.editors():
            edit.put_marks([])
        for edit, start, end in self._starts():
            edit.put_marks(
                [Mark(p[0] - start, p[1] - start, what) for p, what in spans if start <= p[0] and p[1] <= end]
            )
        self._margin.update()
        self._caret(self.last)
        self.moved.emit()

    def put_tiers(self, tiers: frozenset[Tier]) -> None:
        for edit in self.editors():
            edit.tiers = tiers
            edit.viewport().update()
        self._margin.update()
        self._caret(self.last)

    def findings(self) -> tuple[Finding, ...]:
        """Findings of the tiers in sight, in the order of the text."""
        return tuple(finding for finding in self.session.findings if finding.tier in self.body.tiers)

    # --- the finding under the caret

    def _caret(self, edit: PartEdit) -> None:
        if edit.hasFocus():
            self.last = edit
        if edit is not self.last:
            return
        finding = edit.finding_at(edit.caret())
        if finding is not self._dismissed:
            self._dismissed = None
        self._set_current(finding)
        self._tell_part()

    def _set_current(self, finding: Finding | None) -> None:
        if finding is not self.current:
            self.current = finding
            for edit in self.editors():
                edit.current = finding
                edit.viewport().update()
            self._margin.update()
            self.finding_changed.emit(finding)
        if finding is None or finding is self._dismissed:
            self.card.hide()
            self._cover(QRect())
            return
        listed = self.findings()
        number = next((index for index, one in enumerate(listed, 1) if one is finding), 1)
        flat = self.session.sheet.text.flat().text
        if self.card.finding is not finding or self.card.isHidden():
            self.card.show_finding(
                finding, flat, number=number, count=len(listed), rule_card=self._cards.get(finding.rule)
            )
        self._place_card()
        self.card.show()
        self.card.raise_()

    def _place_card(self) -> None:
        finding = self.current if hasattr(self, "card") else None  # laid out before all of it is made
        if finding is None or finding is self._dismissed:
            return
        edit = self.last
        line = edit.place_of(finding)
        if line is None or not edit.viewport().rect().intersects(line):
            self.card.hide()  # scrolled out of sight: it comes back with its line
            self._cover(QRect())
            return
        self.card.show()
        at = edit.viewport().mapTo(self, line.topLeft())
        wide, high = self.card.width(), self.card.height()
        if self._in_margin and edit is self.body:
            left = self._margin.mapTo(self, QPoint(TAG_LEFT - SHADOW, 0)).x()
            top = at.y() - 32
        else:
            left = at.x() - 24
            top = at.y() + line.height() + 8 - SHADOW
        left = max(-SHADOW, min(left, self.width() - wide))
        top = max(44, min(top, self.height() - high))
        self.card.move(left, top)
        self._cover(QRect(left, top, wide, high) if self._in_margin else QRect())

    def _cover(self, card: QRect) -> None:
        """Tells the margin where the card lies."""
        covered = QRect(self._margin.mapFrom(self, card.topLeft()), card.size()) if card.isValid() else QRect()
        covered = covered.adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW) if covered.isValid() else covered
        if covered != self._margin.covered:
            self._margin.covered = covered
            self._margin.update()

    def walk(self, by: int) -> None:
        """F8 and Shift+F8: the next finding after the caret, the first again after the last."""
        self.flush()
        listed = self.findings()
        if not listed:
            self.said.emit(text("window.proof.none"))
            return
        self._dismissed = None
        if self.current in listed:
            at = (listed.index(self.current) + by) % len(listed)
        else:
            caret = self.caret()
            if by > 0:
                at = next((index for index, one in enumerate(listed) if one.start >= caret), 0)
            else:
                at = next((index for index in range(len(listed) - 1, -1, -1) if listed[index].end <= caret), -1)
        self.go_to(listed[at])

    def accept(self) -> None:
        """Alt+Enter."""
        self.flush()
        finding = self.current
        if finding is None:
            self.said.emit(text("window.proof.put_caret"))
        elif not finding.suggestions:
            self.said.emit(text("window.proof.no_suggestion"))
        else:
            self.session.accept((finding,))

    def _accept_as(self, suggestion: str) -> None:
        self.flush()
        if self.current is not None:
            self.session.accept_as(self.current, suggestion)

    def waive(self, scope: str = "here") -> None:
        """Alt+Del."""
        self.flush()
        if self.current is None:
            self.said.emit(text("window.proof.put_caret"))
        elif scope == "house":
            finding = self.current
            ask = ReasonDialog(self, finding.text, lambda reason: self.session.waive(finding, "house", reason))
            ask.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            ask.open()
        else:
            self.session.waive(self.current, scope)

    def _offer(self, menu: QMenu) -> None:
        """The editor's own menu: what can be done with the words under the pointer."""
        for id in (ActionId.ACCEPT, ActionId.WAIVE) if self.current is not None else ():
            menu.addAction(self._actions[id])
        menu.addSeparator()
        for id in (ActionId.TAG, ActionId.TAG_ORGANISATION, ActionId.TAG_PLACE, ActionId.TAG_ALL, ActionId.UNTAG):
            menu.addAction(self._actions[id])
        menu.addSeparator()
        for id in (ActionId.JOIN, ActionId.SPLIT, ActionId.UNDO, ActionId.REDO):
            menu.addAction(self._actions[id])

    # --- find and replace

    def open_find(self) -> None:
        """Ctrl+H: the bar, with what is selected."""
        self.flush()
        start, end = self.selection()
        chosen = self.session.sheet.text.flat().text[start:end]
        if chosen and "\n" not in chosen:
            self._find.wanted.setText(chosen)
        self._find.show()
        self._find.wanted.setFocus()
        self._find.wanted.selectAll()

    def _leave_find(self) -> None:
        self._find.hide()
        self.last.setFocus()

    def _find_next(self, wanted: str) -> None:
        self.flush()
        found = places(self.session.sheet.text.flat().text, wanted)
        self._find.tell(len(found))
        if found:
            after = self.selection()[1]
            at = next((place for place in found if place >= after), found[0])
            self.reveal(at, at + len(wanted))
            self._find.wanted.setFocus()

    def _replace_one(self, wanted: str, by: str) -> None:
        """Replaces the words that are selected, then goes on to the next."""
        start, end = self.selection()
        if wanted and self.session.sheet.text.flat().text[start:end] == wanted:
            self.last.textCursor().insertText(by)
            self.flush()
        self._find_next(wanted)

    def _replace_all(self, wanted: str, by: str) -> None:
        self.flush()
        sheet = self.session.sheet
        count = len(places(sheet.text.flat().text, wanted))
        self._find.tell(count)
        words = replaced(sheet.text, wanted, by)
        if count and words != sheet.text:
            old, new = sheet.text.flat().text, words.flat().text
            change = replace(self.session.state("replace"), text=words)
            self.session.do(replace(change, mentions=carry_mentions(sheet.mentions, old, new)))

    # --- parts

    def _ref(self) -> tuple[PartRef, int]:
        """The part under the caret and the caret's code point in it."""
        for part, edit in self.fields.edits.items():
            if edit is self.last:
                return PartRef(part=part), edit.caret()
        index, offset = self.body.paragraph_at_caret()
        block = self.body.document().findBlockByNumber(index)
        return PartRef(part=self.body.part_of(block), index=index), offset

    def _tell_part(self) -> None:
        part = self._ref()[0].part
        for id, one in PARTS.items():
            self._actions[id].setChecked(one is part)

    def _restructure(self, words: ArticleText, reason: str) -> None:
        sheet = self.session.sheet
        if words == sheet.text:
            self._tell_part()
            return
        change = self.session.state(reason)
        self.session.do(replace(change, text=words, mentions=relocate_mentions(sheet.mentions, sheet.text, words)))
        self._tell_part()

    def make_part(self, part: Part) -> None:
        self.flush()
        ref, _ = self._ref()
        sheet = self.session.sheet
        if ref.part in (Part.BODY, Part.CROSSHEAD, Part.CAPTION) and ref.index >= len(sheet.text.body):
            return
        self._restructure(make_part(sheet.text, ref, part), "part")

    def join(self) -> None:
        self.flush()
        ref, _ = self._ref()
        if self.last is self.body:
            end = len(self.session.sheet.text.body[ref.index].text) if self.session.sheet.text.body else 0
            start = self._block_start(ref.index)
            self._restructure(join(self.session.sheet.text, ref.index), "join")
            self.body.put_caret(start + end)

    def split(self) -> None:
        self.flush()
        ref, offset = self._ref()
        if self.last is self.body and self.session.sheet.text.body:
            self._restructure(split(self.session.sheet.text, ref.index, offset), "split")

    def _block_start(self, index: int) -> int:
        return sum(len(paragraph.text) + 1 for paragraph in self.session.sheet.text.body[:index])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.card.isVisible():
            self._dismissed = self.current
            self.card.hide()
            self.last.setFocus()
            return
        super().keyPressEvent(event)
