"""The dock's list of findings: three folds by tier, what is wrong, what comes instead, why, and where."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from models.values.finding import Finding, Tier
from services.config.messages import text
from ui.actions.ids import ActionId
from ui.actions.registry import ActionRegistry, keys_of
from ui.proofing.marks import ICONS, INKS
from ui.widgets.look import Look
from ui.widgets.pieces import ActionButton, Chips, EmptyState, label, row
from ui.widgets.rows import VALUE, RowDelegate, RowList

AROUND = 5  # characters before and after a finding in the list


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    finding: Finding
    before: str
    after: str
    title: str
    place: str


class _FindingDelegate(RowDelegate):
    height = 60

    def paint_row(self, painter: QPainter, box: QRect, value: object, *, selected: bool) -> None:
        assert isinstance(value, FindingRow)
        finding = value.finding
        left, right = box.left() + 32, box.right() - 16
        edge = self.words_right(painter, QRect(left, box.top() + 9, right - left, 22), value.place, size=12) - 12
        self._paint_change(painter, QRect(left, box.top() + 8, edge - left, 24), value)
        second = QRect(left, box.top() + 33, right - left, 18)
        title_edge = self.words(painter, second, value.title, size=12, token="t2")
        room = right - title_edge - 16
        if finding.clause and room > 60:
            painter.setFont(self.look.faces.ui(12))
            cut = painter.fontMetrics().elidedText(finding.clause, Qt.TextElideMode.ElideRight, room)
            self.words_right(painter, second, cut, size=12, token="t2" if selected else "t3")

    def _paint_change(self, painter: QPainter, box: QRect, value: FindingRow) -> None:
        """…before struck-out after → suggestion, in the face of the copy."""
        look, finding = self.look, value.finding
        font = look.faces.font(look.faces.serif, 15)
        fix = finding.suggestions[0] if finding.suggestions else None
        pieces: list[tuple[str, str, str]] = [(value.before, "t1", "")]
        old = finding.text.replace("\n", "¶")
        pieces.append((old, "err", "strike") if fix is not None else (old, INKS[finding.tier], ""))
        if finding.end - finding.start < 8:
            pieces.append((value.after, "t1", ""))
        if fix is not None:
            pieces += [("  →  ", "t3", ""), (fix or text("window.finding.delete"), "ins", "under")]
        x = box.left()
        for words, token, style in pieces:
            font.setStrikeOut(style == "strike")
            font.setUnderline(style == "under")
            painter.setFont(font)
            painter.setPen(look.colour(token))
            room = box.right() - x
            if room < 12 or not words:
                continue
            cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(x, box.top(), room, box.height()), int(Qt.AlignmentFlag.AlignVCenter), cut)
            x += painter.fontMetrics().horizontalAdvance(cut)


class FindingList(QWidget):
    chosen = Signal(object)  # Finding
    taken_back = Signal(object)  # a Finding that was let stand
    tiers_changed = Signal(object)  # frozenset[Tier] that the text shows

    def __init__(self, look: Look, actions: ActionRegistry) -> None:
        super().__init__()
        self._look = look
        self._waived: tuple[Finding, ...] = ()
        self._filter = "all"
        self._hints = False
        self._counts = dict.fromkeys(Tier, 0)
        self.chips = Chips(self.put_filter)
        self.list = RowList(look, text("window.dock.findings"))
        self.list.setModel(self.list.rows)
        self.list.setItemDelegate(_FindingDelegate(look, self.list))
        self._empty = EmptyState(look, "check", text("window.empty.findings"), text("window.empty.findings_line"))
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.list)
        bar = QWidget()
        bar.setObjectName("pane")
        bar.setFixedHeight(44)
        bar.setLayout(row(self.chips, None, margins=(12, 0, 12, 0)))
        foot = QWidget()
        foot.setObjectName("dockfoot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot.setFixedHeight(48)
        fix = ActionButton(actions[ActionId.FIX_CERTAIN], kind="plain")
        onward = label(text("window.finding.next", keys=keys_of(actions[ActionId.NEXT_FINDING])), "hint")
        foot.setLayout(row(fix, None, onward, margins=(12, 0, 16, 0)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addLayout(self._stack, 1)
        layout.addWidget(foot)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.list.activated.connect(self._take_back)
        self._tell_counts()
        look.changed.connect(self._tell_counts)

    @property
    def tiers(self) -> frozenset[Tier]:
        """Tiers that the text shows: hints only when they are asked for."""
        if self._filter != "all":
            return frozenset({Tier(self._filter)})
        return frozenset(Tier) if self._hints else frozenset({Tier.CERTAIN, Tier.LIKELY})

    def put_filter(self, name: str) -> None:
        self._filter = name
        self.chips.turn_on(name)
        self._fold()
        self.tiers_changed.emit(self.tiers)

    def put_hints(self, shown: bool) -> None:
        if shown != self._hints:
            self._hints = shown
            self._fold()
            self.tiers_changed.emit(self.tiers)

    def show_findings(
        self, findings: tuple[Finding, ...], flat: str, *, title: Callable[[Finding], str],
        place: Callable[[Finding], str], checked: bool, waived: tuple[Finding, ...] = (),
    ) -> None:  # fmt: skip
        """Fills the list; `title` names a finding, `place` says where it stands. What was let stand comes last."""

        def add(group: QStandardItem, finding: Finding, where: str) -> None:
            start = max(flat.rfind("\n", 0, finding.start) + 1, finding.start - AROUND)
            after = flat[finding.end : finding.end + AROUND].split("\n")[0]
            words = FindingRow(
                finding=finding, before=flat[start : finding.start], after=after, title=title(finding), place=where
            )
            model.add_row(group, finding.text, words, spoken=f"{words.title} {finding.text} {where}")

        self._waived = waived
        down = self.list.verticalScrollBar().value()
        model = self.list.rows
        model.clear()
        for tier in Tier:
            of_tier = [finding for finding in findings if finding.tier is tier]
            self._counts[tier] = len(of_tier)
            if of_tier:
                words = text(f"window.tier.{tier.value}")
                group = model.add_group(words, str(len(of_tier)), icon=ICONS[tier], token=INKS[tier])
                group.setData(tier, VALUE)
                for finding in of_tier:
                    add(group, finding, place(finding))
        if waived:
            group = model.add_group(text("window.settled.name"), str(len(waived)), icon="waive", token="t3")
            for finding in waived:
                add(group, finding, text("window.settled.back"))
        self._fold()
        self.list.verticalScrollBar().setValue(down)
        self._tell_counts()
        name = "findings" if checked else "unchecked"
        self._empty.tell(text(f"window.empty.{name}"), text(f"window.empty.{name}_line"))
        self._stack.setCurrentIndex(1 if findings or waived else 0)

    def show_nothing(self) -> None:
        self.show_findings((), "", title=str, place=str, checked=False)
        self._empty.tell(text("window.empty.no_article"), text("window.empty.no_article_line"))

    def _fold(self) -> None:
        root = self.list.rootIndex()
        for at in range(self.list.rows.rowCount()):
            tier = self.list.rows.item(at).data(VALUE)
            if tier is None:  # let stand: folded until a person opens it
                self.list.setRowHidden(at, root, self._filter != "all")
                continue
            self.list.setRowHidden(at, root, self._filter != "all" and tier.value != self._filter)
            self.list.setExpanded(self.list.rows.index(at, 0), tier in self.tiers)

    def _tell_counts(self) -> None:
        self.chips.put("all", text("window.chip.all", count=sum(self._counts.values())))
        for tier in Tier:
            name = text(f"window.tier.{tier.value}")
            self.chips.put(tier.value, str(self._counts[tier]), icon=(self._look, ICONS[tier], INKS[tier]))
            self.chips.name(tier.value, f"{name} {self._counts[tier]}")

    def _choose(self, index: QModelIndex) -> None:
        value = index.data(VALUE)
        if isinstance(value, FindingRow) and value.finding not in self._waived:
            self.chosen.emit(value.finding)

    def _take_back(self, index: QModelIndex) -> None:
        value = index.data(VALUE)
        if isinstance(value, FindingRow) and value.finding in self._waived:
            self.taken_back.emit(value.finding)

    def select(self, finding: Finding | None) -> None:
        """Shows which finding the caret is in."""
        if finding is None:
            self.list.clearSelection()
            return
        for at in range(self.list.rows.rowCount()):
            group = self.list.rows.item(at)
            for index in range(group.rowCount()):
                value = group.child(index).data(VALUE)
                if value.finding is finding:
                    self.list.setCurrentIndex(group.child(index).index())
                    self.list.scrollTo(group.child(index).index())
                    return
