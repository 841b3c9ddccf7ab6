"""F6 名称总表 as a tab: the card of the name under the cursor above, names against articles below."""

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from models.values.ids import ArticleId, EntityId, IssueId
from models.values.mention import EntityKind
from services.config.messages import text
from services.desk.names import (
    NameInIssue,
    NamePlace,
    NamesOfIssue,
    OfficeSpan,
    confirm,
    names_of_issue,
    offices_of,
)
from services.jobs.job import JobContext
from ui.jobs.runner import JobRunner
from ui.tagging.card import NameCard, nothing
from ui.tagging.matrix import MatrixView
from ui.widgets.look import Look
from ui.widgets.pieces import Chips, label, row, rule
from ui.widgets.splitter import HairSplitter

if TYPE_CHECKING:
    from services.desk.desk import Desk

FILTERS = ("all", *(kind.value for kind in EntityKind), "conflict")
EMPTY = NamesOfIssue(articles=(), rows=())


class NamesView(QWidget):
    opened = Signal(object, int, int)  # ArticleId, place in its flat text
    failed = Signal(object)

    def __init__(self, look: Look, jobs: JobRunner, desk: "Desk", issue: IssueId, day: datetime.date) -> None:
        super().__init__()
        self._jobs, self._desk, self._issue, self._day = jobs, desk, issue, day
        self._names = EMPTY
        self._chip = "all"
        self._wanted = ""  # name to turn to when the table stands
        self.card = NameCard(look)
        self.matrix = MatrixView(look)
        self.chips = Chips(self._put_chip)
        self._count = label("", "hint")
        below = QWidget()
        below.setObjectName("surface")
        below.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QWidget()
        head.setFixedHeight(44)
        head.setLayout(
            row(label(text("window.matrix.name"), "heading"), self._count, None, self.chips, margins=(24, 0, 16, 0))
        )
        inner = QVBoxLayout(below)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(head)
        inner.addWidget(rule())
        inner.addWidget(self.matrix, 1)
        both = HairSplitter(look, Qt.Orientation.Vertical)
        both.addWidget(self.card)
        both.addWidget(below)
        both.begin_with([372, 560])
        both.setChildrenCollapsible(False)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(nothing(look))
        self._stack.addWidget(both)
        self.setFocusProxy(self.matrix)
        self.matrix.turned.connect(self._turn)
        self.matrix.opened.connect(self._open_cell)
        self.card.opened.connect(self._open_place)
        self.card.chosen.connect(lambda found: self.go_to(found.name))
        self.card.confirmed.connect(self._confirm)
        self.reload()

    def reload(self) -> None:
        """Names as they are stored now; read in a job."""
        desk, issue = self._desk, self._issue
        here = self.matrix.row_here()
        if here is not None and not self._wanted:
            self._wanted = here.name
        self._jobs.pure(
            text("window.job.names"),
            lambda _: names_of_issue(desk, issue),
            done=self._take,
            failed=self.failed.emit,
            supersede="names",
            quiet=False,
        )

    def _take(self, names: NamesOfIssue) -> None:
        self._names = names
        counts = {kind.value: sum(one.kind is kind for one in names.rows) for kind in EntityKind}
        counts |= {"all": len(names.rows), "conflict": names.conflicts}
        for name in FILTERS:
            self.chips.put(name, text(f"window.matrix.chip_{name}", count=counts[name]))
        self._count.setText(text("window.matrix.count", articles=len(names.articles), names=len(names.rows)))
        self._stack.setCurrentIndex(1 if names.rows else 0)
        self._show()

    def _show(self) -> None:
        rows = tuple(one for one in self._names.rows if self._lets(one))
        inside = {place.article for one in rows for place in one.places}
        self.matrix.show_rows(rows, tuple(one for one in self._names.articles if one.id in inside))
        if self._wanted:
            self.go_to(self._wanted)
            self._wanted = ""

    def _lets(self, found: NameInIssue) -> bool:
        if self._chip == "conflict":
            return bool(found.verdict.kind)
        return self._chip in ("all", found.kind.value)

    def _put_chip(self, chip: str) -> None:
        self._chip = chip
        self._show()

    def go_to(self, name: str) -> None:
        """Turns to a name; while the table is being read, as soon as it stands."""
        rows = self.matrix.cells.rows
        at = next((at for at, one in enumerate(rows) if one.name == name), None)
        if at is None and self._chip != "all" and any(one.name == name for one in self._names.rows):
            self.chips.turn_on("all")
            self._chip = "all"
            self._wanted = name
            self._show()
        elif at is None:
            self._wanted = name if not self._names.rows else ""
        else:
            self.matrix.go_to_row(at)
            self.matrix.scrollTo(self.matrix.currentIndex())

    def _turn(self, found: NameInIssue) -> None:
        said = tuple(OfficeSpan(office=one, since=None, until=None) for one in found.offices if one.position)
        self.card.show_name(found, self._names, said, self._day)
        entity = found.entity
        if entity is None or found.kind is not EntityKind.PERSON:
            return
        desk = self._desk

        def done(spans: tuple[OfficeSpan, ...]) -> None:
            if self.matrix.row_here() is found and spans:
                self.card.show_name(found, self._names, spans, self._day)

        self._jobs.pure(
            text("window.job.names"), lambda _: offices_of(desk, entity), done=done, failed=self.failed.emit,
            supersede="name",
        )  # fmt: skip

    def _open_cell(self, found: NameInIssue, at: int) -> None:
        places = found.in_article(self.matrix.cells.articles[at].id) or found.places
        if places:
            self._open_place(places[0])

    def _open_place(self, place: NamePlace) -> None:
        self.opened.emit(ArticleId(place.article), place.start, place.end)

    def _confirm(self, entity: EntityId) -> None:
        desk = self._desk

        def work(_: JobContext) -> None:
            confirm(desk, entity)

        self._jobs.write(
            text("window.job.save"), work, done=lambda _: self.reload(), failed=self.failed.emit, quiet=True
        )
