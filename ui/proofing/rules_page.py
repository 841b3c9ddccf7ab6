"""本报词表: proposals from past corrections to approve or refuse, rules written by hand, and what of all rules runs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QUndoStack
from PySide6.QtWidgets import QComboBox, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from models.values.house import HouseRule
from services.config.messages import text
from services.jobs.job import JobContext
from ui.jobs.runner import JobRunner
from ui.proofing.lexicon_page import ListKeys, Step
from ui.widgets.look import Look
from ui.widgets.pieces import EmptyState, button, label, row, rule
from ui.widgets.rows import VALUE, RowDelegate, RowList

if TYPE_CHECKING:
    from services.desk.desk import Desk

GROUPS = ("proposed", "approved", "refused", "broken", "slow")
ICONS = {"proposed": ("hint", "hint"), "approved": ("check", "ok"), "refused": ("close", "t3")}
TIERS = ("likely", "certain", "hint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A rule that does not run, or that was given up on texts."""

    name: str
    place: str
    words: str


class _RuleDelegate(RowDelegate):
    height = 56

    def paint_row(self, painter: QPainter, box: QRect, value: object, *, selected: bool) -> None:
        left, right = box.left() + 32, box.right() - 24
        first, second = QRect(left, box.top() + 8, right - left, 20), QRect(left, box.top() + 31, right - left, 18)
        token = "t2" if selected else "t3"
        if isinstance(value, Trouble):
            edge = self.words_right(painter, first, value.place, size=12)
            first.setRight(edge - 16)
            self.words(painter, first, value.name, bold=selected)
            self.words(painter, second, value.words, size=12, token="t2")
            return
        assert isinstance(value, HouseRule)
        seen = text("proofing.list.seen", count=value.seen) if value.seen else text("proofing.list.by_hand")
        tier = text(f"window.tier.{value.tier}")
        edge = self.words_right(painter, first, f"{seen} · {tier}", size=12)
        self._paint_change(painter, QRect(left, box.top() + 6, edge - left - 16, 24), value)
        by = value.decided_by or value.author
        day = value.decided.astimezone().strftime("%Y-%m-%d") if value.decided is not None else ""
        who = " · ".join(part for part in (by, day) if part)
        second.setRight(self.words_right(painter, second, who, size=12, token=token) - 16)
        kind = text("proofing.list.pattern") if value.kind == "regex" else ""
        about = value.message or (f"…{value.sample}…" if value.sample else kind)
        self.words(painter, second, about, size=12, token="t2")

    def _paint_change(self, painter: QPainter, box: QRect, value: HouseRule) -> None:
        look = self.look
        font = look.faces.font(look.faces.serif, 15)
        pieces = [(value.wrong, "err", value.kind == "literal"), ("  →  ", "t3", False), (value.fix, "ins", False)]
        if not value.fix:
            pieces = (
                pieces[:1] if value.kind == "regex" else [*pieces[:2], (text("window.finding.delete"), "ins", False)]
            )
        x = box.left()
        for words, token, struck in pieces:
            font.setStrikeOut(struck)
            painter.setFont(font)
            painter.setPen(look.colour(token))
            room = box.right() - x
            if room < 12:
                return
            cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(x, box.top(), room, box.height()), int(Qt.AlignmentFlag.AlignVCenter), cut)
            x += painter.fontMetrics().horizontalAdvance(cut)


class RulesPage(QWidget):
    failed = Signal(object)
    said = Signal(str)
    changed = Signal()

    def __init__(self, look: Look, jobs: JobRunner, desk: "Desk", stack: QUndoStack) -> None:
        super().__init__()
        self._jobs, self._desk, self._undo = jobs, desk, stack
        self.list = RowList(look, text("proofing.list.name"))
        self.list.setModel(self.list.rows)
        self.list.setItemDelegate(_RuleDelegate(look, self.list))
        self.mine = button(text("proofing.list.mine"), self._mine)
        self.approve = button(text("proofing.list.approve"), lambda: self.decide("approved"), kind="primary")
        self.refuse = button(text("proofing.list.refuse"), lambda: self.decide("refused"))
        self.remove = button(text("proofing.list.remove"), self._remove)
        self.kind, self.tier = QComboBox(), QComboBox()
        for kind in ("literal", "regex"):
            self.kind.addItem(text(f"proofing.list.{kind}"), kind)
        for tier in TIERS:
            self.tier.addItem(text(f"window.tier.{tier}"), tier)
        self.wrong, self.fix, self.message = QLineEdit(), QLineEdit(), QLineEdit()
        for name in ("kind", "tier", "wrong", "fix", "message"):
            getattr(self, name).setAccessibleName(text(f"proofing.list.field_{name}"))
        self.add = button(text("proofing.list.add"), self._add)
        self._count, self._wrong_words = label("", "hint"), label("", "small")
        self._wrong_words.setStyleSheet(f"color: {look.theme.err}")
        look.changed.connect(lambda: self._wrong_words.setStyleSheet(f"color: {look.theme.err}"))
        self._empty = EmptyState(look, "check_all", text("proofing.list.empty"), text("proofing.list.empty_line"))
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        self._stack.setCurrentIndex(self._stack.addWidget(QWidget()))  # until it is read
        self._lay_out()
        self.kind.currentIndexChanged.connect(lambda *_: self._name_fields())
        for field in (self.wrong, self.fix, self.message):
            field.returnPressed.connect(self._add)
            field.textChanged.connect(lambda *_: self._wrong_words.setText(""))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._tell())
        approve = partial(self.decide, "approved")
        keys = {
            Qt.Key.Key_Return: approve,
            Qt.Key.Key_Enter: approve,
            Qt.Key.Key_Delete: partial(self.decide, "refused"),
        }
        ListKeys(self.list, dict(keys))
        self._name_fields()
        self._tell()
        self.reload()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        head = QWidget()
        head.setFixedHeight(44)
        head.setLayout(
            row(self._count, None, self.mine, self.approve, self.refuse, self.remove, margins=(24, 0, 24, 0))
        )
        layout.addWidget(head)
        layout.addWidget(rule())
        layout.addLayout(self._stack, 1)
        layout.addWidget(rule())
        foot = QWidget()
        self.wrong.setFixedWidth(180)
        self.fix.setFixedWidth(180)
        inner = QVBoxLayout(foot)
        inner.setContentsMargins(24, 16, 24, 0)
        inner.setSpacing(0)
        self._wrong_words.setFixedHeight(16)
        inner.addLayout(row(self.kind, self.wrong, label("→"), self.fix, self.tier, self.message, self.add))
        inner.addWidget(self._wrong_words)
        layout.addWidget(foot)

    def _name_fields(self) -> None:
        regex = self.kind.currentData() == "regex"
        self.wrong.setPlaceholderText(text("proofing.list.hint_pattern" if regex else "proofing.list.field_wrong"))
        self.fix.setPlaceholderText(text("proofing.list.field_fix"))
        self.message.setPlaceholderText(text("proofing.list.field_message"))

    def reload(self) -> None:
        desk = self._desk

        def read(context: JobContext) -> tuple[tuple[HouseRule, ...], tuple[Trouble, ...], tuple[Trouble, ...], int]:
            report = desk.proofing.rules().report
            broken = tuple(
                Trouble(
                    name=one.rule or one.file,
                    place=f"{one.file}:{one.line}" if one.line else one.file,
                    words=one.reason,
                )
                for one in report.broken
            )
            slow = tuple(
                Trouble(name=rule, place="", words=text("proofing.list.slow_line", count=count))
                for rule, count in sorted(desk.proofing.slow.items())
            )
            return desk.proofing.house.all(), broken, slow, len(report.running)

        self._jobs.write(text("window.job.list"), read, done=self._show, failed=self.failed.emit, quiet=True)

    def _show(self, found: tuple[tuple[HouseRule, ...], tuple[Trouble, ...], tuple[Trouble, ...], int]) -> None:
        rules, broken, slow, running = found
        here = self.current()
        model = self.list.rows
        model.clear()
        rows: dict[str, list[object]] = {name: [one for one in rules if one.state == name] for name in GROUPS[:3]}
        rows |= {"broken": list(broken), "slow": list(slow)}
        for name, some in rows.items():
            if not some:
                continue
            icon, token = ICONS.get(name, ("likely", "warn"))
            group = model.add_group(text(f"proofing.list.{name}"), str(len(some)), icon=icon, token=token)
            for one in some:
                words = f"{one.wrong} {one.fix}" if isinstance(one, HouseRule) else str(one)
                item = model.add_row(group, words, one, spoken=words)
                if isinstance(one, HouseRule) and here is not None and one.id == here.id:
                    self.list.setCurrentIndex(item.index())
            if name != "refused":
                self.list.expand(model.index(model.rowCount() - 1, 0))
        self._count.setText(text("proofing.list.count", running=running, broken=len(broken)))
        self._stack.setCurrentIndex(1 if any(rows.values()) else 0)
        self._tell()

    def current(self) -> HouseRule | None:
        value = self.list.currentIndex().data(VALUE)
        return value if isinstance(value, HouseRule) else None

    def _tell(self) -> None:
        here = self.current()
        self.approve.setEnabled(here is not None and here.state != "approved")
        self.refuse.setEnabled(here is not None and here.state != "refused")
        self.remove.setEnabled(here is not None)

    def _write(self, work: Callable[[], object], done: Callable[[object], object] | None = None) -> None:
        def over(result: object) -> None:
            self.reload()
            self.changed.emit()
            if done is not None:
                done(result)

        def refused(error: Exception) -> None:
            self.reload()
            self.failed.emit(error)

        self._jobs.write(text("window.job.save"), lambda context: work(), done=over, failed=refused, quiet=True)

    def decide(self, state: str) -> None:
        here, house = self.current(), self._desk.proofing.house
        if here is None or here.state == state:
            return
        self._undo.push(
            Step(
                text(f"proofing.list.{state}"),
                lambda: self._write(lambda: house.decide(here.id, state)),
                lambda: self._write(lambda: house.decide(here.id, here.state, here.reason)),
            )
        )

    def _remove(self) -> None:
        here, house = self.current(), self._desk.proofing.house
        if here is None:
            return
        last = [here.id]

        def undo() -> None:
            last[0] = house.put(replace(here, id=0)).id

        self._undo.push(
            Step(
                text("proofing.list.remove"),
                lambda: self._write(lambda: house.remove(last[0])),
                lambda: self._write(undo),
            )
        )

    def _add(self) -> None:
        """A rule that cannot run is told beside the fields, which keep what was typed."""
        made = HouseRule(
            kind=str(self.kind.currentData()),
            wrong=self.wrong.text(),
            fix=self.fix.text(),
            tier=str(self.tier.currentData()),
            message=self.message.text().strip(),
        )
        if not made.wrong.strip():
            self.wrong.setFocus()
            return
        house = self._desk.proofing.house

        def done(stored: object) -> None:
            assert isinstance(stored, HouseRule)
            last = [stored.id]

            def again() -> None:
                last[0] = house.put(replace(stored, id=0)).id

            first = [True]

            def redo() -> None:
                if first:
                    first.clear()
                    return
                self._write(again)

            self._undo.push(Step(text("proofing.list.add"), redo, lambda: self._write(lambda: house.remove(last[0]))))
            for field in (self.wrong, self.fix, self.message):
                field.clear()
            self.reload()
            self.changed.emit()

        self._jobs.write(
            text("window.job.save"),
            lambda context: house.put(made),
            done=done,
            failed=lambda error: self._wrong_words.setText(str(error)),
            quiet=True,
        )

    def _mine(self) -> None:
        house = self._desk.proofing.house

        def done(count: object) -> None:
            self.reload()
            self.said.emit(text("proofing.list.mined", count=count) if count else text("proofing.list.mined_none"))

        self._jobs.write(
            text("proofing.house.mining"),
            lambda context: house.mine(context=context),
            done=done,
            failed=self.failed.emit,
        )
