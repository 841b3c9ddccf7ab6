"""名录 as a tab: the list of all records, and the one under the cursor with everything that the archive says of it."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QStackedLayout, QVBoxLayout, QWidget

from models.values.entity import EditRecords, EntityLine, EntityPlace, EntityRecord, RecordsReceipt
from models.values.ids import ArticleId, EntityId
from models.values.mention import EntityKind, OfficeTerm
from services.config.messages import text
from services.desk.names import OfficeSpan
from services.jobs.job import JobContext
from ui.jobs.runner import JobRunner
from ui.tagging.authority_list import AuthorityList, AuthorityModel
from ui.tagging.card import KIND, PLACE, WHERE, PlaceRow, Timeline
from ui.tagging.merge_dialog import MergeDialog, RenameDialog, SplitDialog
from ui.tagging.record_dialog import RecordDialog
from ui.widgets.look import Look
from ui.widgets.pieces import Chips, EmptyState, FittingArea, button, label, row, rule
from ui.widgets.splitter import HairSplitter

if TYPE_CHECKING:
    from services.desk.desk import Desk

ASK_AFTER = 180  # ms after the last key in the search field
KINDS: dict[str, EntityKind | None] = {"all": None, **{kind.value: kind for kind in EntityKind}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A record with what the archive says of it."""

    record: EntityRecord
    merged: tuple[EntityRecord, ...]
    namesakes: tuple[EntityRecord, ...]
    places: tuple[EntityPlace, ...]
    articles: tuple[tuple[ArticleId, str, datetime.date | None, int], ...]
    beside: tuple[tuple[EntityLine, int], ...]


def dossier(desk: "Desk", entity: EntityId) -> Dossier:
    record = desk.records.get(entity)
    key = record.id or entity
    namesakes = desk.records.named(record.kind, record.name)
    return Dossier(
        record=record,
        merged=desk.records.merged(key),
        namesakes=tuple(one for one in namesakes if one.id != key),
        places=desk.records.places(key),
        articles=desk.records.articles(key),
        beside=desk.records.beside(key, 8),
    )


class _Step(QUndoCommand):
    """One change of the authority file. `put(change, keep)` stores what `change()` gives once its turn has come, and
    hands the receipt to `keep` on the writing lane: undo right after may follow before the window hears of it."""

    def __init__(self, words: str, change: EditRecords, put: "Put") -> None:
        super().__init__(words)
        self._forward, self._inverse = change, EditRecords()
        self._put = put

    def redo(self) -> None:
        self._put(lambda: self._forward, self._keep)

    def _keep(self, receipt: RecordsReceipt) -> None:
        self._forward, self._inverse = receipt.change, receipt.inverse

    def undo(self) -> None:
        self._put(lambda: self._inverse, lambda receipt: None)


Put = Callable[[Callable[[], EditRecords], Callable[[RecordsReceipt], object]], object]


class AuthorityView(QWidget):
    opened = Signal(object, int, int)  # ArticleId, place in its flat text
    failed = Signal(object)
    stored = Signal(object)  # RecordsReceipt: articles may have changed with it

    def __init__(self, look: Look, jobs: JobRunner, desk: "Desk", stack: QUndoStack, day: datetime.date) -> None:
        super().__init__()
        self._look, self._jobs, self._desk, self._stack_, self._day = look, jobs, desk, stack, day
        self.on_lane: Callable[[RecordsReceipt], object] = lambda receipt: None  # told before anything else is written
        self._shown: Dossier | None = None
        self._wanted: EntityId | None = None
        self._kind = "all"
        self.model = AuthorityModel(jobs, desk, self.failed.emit)
        self.list = AuthorityList(look, self.model)
        self.query = QLineEdit()
        self.query.setPlaceholderText(text("window.authority.query"))
        self.query.setAccessibleName(text("window.authority.query"))
        self.query.setClearButtonEnabled(True)
        self.chips = Chips(self._put_kind)
        for key in KINDS:
            self.chips.put(key, text(f"window.authority.chip_{key}"))
        self._count = label("", "hint")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_AFTER)
        self._timer.timeout.connect(self.reload)
        self.query.textChanged.connect(lambda *_: self._timer.start())
        self.model.counted.connect(lambda n: self._count.setText(text("window.authority.count", count=f"{n:,}")))
        self.list.chosen.connect(lambda line: self.show_entity(line.id))
        self._build()
        self.setFocusProxy(self.query)
        self.reload()

    # --- made once

    def _build(self) -> None:
        left = QWidget()
        left.setObjectName("surface")
        inner = QVBoxLayout(left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(
            row(label(text("window.authority.name"), "heading"), self._count, None, margins=(16, 12, 12, 4))
        )
        inner.addLayout(row(self.query, margins=(16, 4, 12, 4)))
        inner.addLayout(row(self.chips, None, margins=(16, 4, 12, 8)))
        inner.addWidget(rule())
        inner.addWidget(self.list, 1)
        both = HairSplitter(self._look, Qt.Orientation.Horizontal)
        both.addWidget(left)
        both.addWidget(self._card())
        both.begin_with([360, 800])
        both.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(both)

    def _card(self) -> QWidget:
        look = self._look
        self._name, self._line = label(), label("", "small")
        self._name.setFont(look.faces.font(look.faces.serif, 24, bold=True))
        self._line.setWordWrap(True)
        self._facts = label("", "small")
        self._facts.setWordWrap(True)
        self.timeline = Timeline(look)
        self.area = FittingArea()
        self.area.setWidget(self.timeline)
        self.area.setMaximumHeight(220)
        self.edit = button(text("window.authority.edit"), self._edit, kind="primary")
        self.rename = button(text("window.authority.rename"), self._rename)
        self.merge = button(text("window.authority.merge"), self._merge)
        self.split = button(text("window.authority.split"), self._split)
        self.unmerge = button(text("window.authority.unmerge"), self._unmerge, kind="quiet")
        self.places = QListWidget()
        self.places.setAccessibleName(text("window.authority.places"))
        self.places.setFrameShape(QListWidget.Shape.NoFrame)
        self.places.setItemDelegate(PlaceRow(look, self.places))
        self.places.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.places.setMouseTracking(True)
        self.places.itemActivated.connect(self._open)
        self.places.itemClicked.connect(self._open)
        self._places_line = label("", "hint")
        self._beside = label("", "small")
        self._beside.setWordWrap(True)
        inside = QWidget()
        inside.setObjectName("surface")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(24, 16, 24, 8)
        layout.setSpacing(8)
        layout.addWidget(self._name)
        layout.addWidget(self._line)
        layout.addLayout(row(self.edit, self.rename, self.merge, self.split, self.unmerge, None))
        layout.addWidget(self._facts)
        layout.addWidget(self.area)
        layout.addLayout(row(label(text("window.authority.places"), "heading"), self._places_line, None))
        layout.addWidget(self.places, 1)
        layout.addWidget(label(text("window.names.beside"), "heading"))
        layout.addWidget(self._beside)
        whole = QWidget()
        self._pages = QStackedLayout(whole)
        self._pages.addWidget(
            EmptyState(look, "person", text("window.authority.nobody"), text("window.authority.nobody_line"))
        )
        self._pages.addWidget(inside)
        return whole

    # --- shown

    def reload(self) -> None:
        """The list as it is stored now; the record in front stays in front."""
        self.model.ask(self.query.text(), KINDS[self._kind], self._listed)

    def _listed(self) -> None:
        here = self._wanted or (self._shown.record.id if self._shown is not None else None)
        at = next((at for at, line in enumerate(self.model.lines) if line.id == here), None)
        if at is None and self.model.lines and self._wanted is None and (here is None or self.query.text()):
            at = 0
        if at is not None:
            self.list.setCurrentIndex(self.model.index(at))
        elif here is None and not self.model.lines:
            self._pages.setCurrentIndex(0)

    def _put_kind(self, kind: str) -> None:
        self._kind = kind
        self.reload()

    def show_entity(self, entity: EntityId) -> None:
        """Reads the record with all that the archive says of it, in a job."""
        desk = self._desk
        self._wanted = entity
        self._jobs.pure(
            text("window.job.names"), lambda _: dossier(desk, entity), done=self._show, failed=self.failed.emit,
            supersede="dossier",
        )  # fmt: skip

    def _show(self, found: Dossier) -> None:
        self._shown, self._wanted = found, None
        record = found.record
        self._name.setText(record.name)
        state = text("window.names.confirmed" if record.confirmed else "window.names.unconfirmed")
        also = "、".join(_dated(one.name, one.since, one.until) for one in record.aliases)
        parts = [text(f"window.kind.{record.kind.value}"), state, record.parent]
        self._line.setText(" · ".join(part for part in parts if part))
        facts = [text("window.names.also", names=also)] if also else []
        if found.namesakes:
            hints = "；".join(one.hint(self._day) or text("window.authority.no_hint") for one in found.namesakes)
            facts.append(text("window.authority.namesakes", count=len(found.namesakes), hints=hints))
        if found.merged:
            names = "、".join(one.name for one in found.merged)
            facts.append(text("window.authority.merged", names=names))
        facts += [text("window.authority.source", source=record.source)] if record.source else []
        facts += [record.note] if record.note else []
        self._facts.setText("\n".join(facts))
        self._facts.setVisible(bool(facts))
        self.unmerge.setVisible(bool(found.merged))
        self.rename.setVisible(record.kind is EntityKind.ORGANISATION)
        self.area.setVisible(record.kind is EntityKind.PERSON)
        spans = sorted(record.offices, key=lambda one: (one.since or datetime.date.min, one.position))
        self.timeline.put(tuple(_span(one) for one in spans), self._day)
        self._places_line.setText(
            text(
                "window.authority.places_line",
                count=sum(one[3] for one in found.articles),
                articles=len(found.articles),
            )
        )
        self.places.clear()
        for place in found.places:
            item = QListWidgetItem(place.words)
            item.setData(PLACE, place)
            item.setData(WHERE, f"{place.date or ''}  {place.headline}".strip())
            item.setData(KIND, record.kind.value)
            item.setToolTip(place.headline)
            self.places.addItem(item)
        self._beside.setText("　".join(f"{line.name} {count}" for line, count in found.beside) or "—")
        self._pages.setCurrentIndex(1)

    def _open(self, item: QListWidgetItem) -> None:
        place = item.data(PLACE)
        self.opened.emit(ArticleId(place.article), place.start, place.end)

    # --- changed

    def put(self, change: EditRecords) -> None:
        """One step of undo."""
        words = text(f"window.authority.step_{change.reason or 'edit'}")
        self._stack_.push(_Step(words, change, self._store))

    def _store(self, change: Callable[[], EditRecords], keep: Callable[[RecordsReceipt], object]) -> None:
        desk = self._desk

        def work(context: JobContext) -> RecordsReceipt:
            receipt = desk.records.apply(change())
            keep(receipt)
            self.on_lane(receipt)
            return receipt

        def done(receipt: RecordsReceipt) -> None:
            self.stored.emit(receipt)
            stored_change = receipt.change
            here = self._shown.record.id if self._shown is not None else None
            if stored_change.reason == "add" and stored_change.records:
                here = stored_change.records[0].id
            if here in stored_change.gone:
                here = self._shown = None
            self.reload()
            if here is not None:
                self.show_entity(here)

        self._jobs.write(text("window.job.save"), work, done=done, failed=self.failed.emit, quiet=True)

    def _edit(self) -> None:
        if self._shown is not None and self._shown.record.id is not None:
            desk, key = self._desk, self._shown.record.id
            self._jobs.pure(text("window.job.names"), lambda _: desk.records.own(key), done=self._ask_edit)

    def _ask_edit(self, record: EntityRecord) -> None:
        dialog = RecordDialog(self, record)
        dialog.kept.connect(lambda made: self.put(EditRecords(records=(made,), reason="edit")))
        dialog.open()

    def add(self) -> None:
        """A new record, its name what stands in the search field."""
        record = EntityRecord(kind=KINDS[self._kind] or EntityKind.PERSON, name=self.query.text().strip())
        dialog = RecordDialog(self, record, new=True)
        dialog.kept.connect(lambda made: self.put(EditRecords(records=(made,), reason="add")))
        dialog.open()

    def _rename(self) -> None:
        if self._shown is None or self._shown.record.id is None:
            return
        key, desk = self._shown.record.id, self._desk
        dialog = RenameDialog(self, self._shown.record, self._day)
        dialog.chosen.connect(lambda name, day: self._make(lambda _: desk.records.rename(key, name, day)))
        dialog.open()

    def _merge(self) -> None:
        if self._shown is None or self._shown.record.id is None:
            return
        desk, record, key = self._desk, self._shown.record, self._shown.record.id

        def find(query: str, show: Callable[[Sequence[EntityLine]], None]) -> None:
            self._jobs.pure(
                text("window.job.names"), lambda _: desk.records.page(query, record.kind, limit=60).lines, done=show,
                supersede="merge",
            )  # fmt: skip

        dialog = MergeDialog(self, record, find)
        dialog.chosen.connect(lambda others: self._make(lambda _: desk.records.merge(key, others)))
        dialog.open()

    def _split(self) -> None:
        if self._shown is None or self._shown.record.id is None:
            return
        desk, key = self._desk, self._shown.record.id
        dialog = SplitDialog(self, self._shown.record, self._shown.articles)

        def split(articles: list[ArticleId], offices: list[OfficeTerm]) -> None:
            self._make(lambda _: desk.records.split(key, articles, offices))

        dialog.chosen.connect(split)
        dialog.open()

    def _unmerge(self) -> None:
        if self._shown is not None and self._shown.merged and self._shown.merged[-1].id is not None:
            desk, key = self._desk, self._shown.merged[-1].id
            self._make(lambda _: desk.records.unmerge(key))

    def _make(self, work: Callable[[JobContext], EditRecords]) -> None:
        """A change is made off the window's thread, then done as a step of undo."""
        self._jobs.pure(text("window.job.names"), work, done=self.put, failed=self.failed.emit)


def _span(term: OfficeTerm) -> OfficeSpan:
    return OfficeSpan(office=term.office, since=term.since, until=term.until)


def _dated(name: str, since: datetime.date | None, until: datetime.date | None) -> str:
    return f"{name}（{since or '…'} — {until or '…'}）" if since or until else name
