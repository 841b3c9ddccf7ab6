"""A record of the authority file as a form: names with their days, offices with theirs, organisation, note, source."""

import datetime
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from models.values.entity import EntityRecord
from models.values.mention import EntityKind, FormerName, OfficeTerm
from services.config.errors import UserError
from services.config.messages import text
from services.desk.record_form import complain
from ui.widgets.pieces import button, label, row

Rows = list[list[str]]
HIGH, DAY = 30, 116  # px of a row; of a column of days
MOST_NOTE = 20_000


class Lines(QTableWidget):
    """Rows of words; there is always an empty one at the end to write in."""

    def __init__(self, name: str, columns: tuple[str, ...], rows: Rows, height: int) -> None:
        super().__init__(0, len(columns))
        self.setAccessibleName(name)
        self.setObjectName("lines")
        self.setHorizontalHeaderLabels(list(columns))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(HIGH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(True)
        self.setFixedHeight(height)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for at in (len(columns) - 2, len(columns) - 1):
            head.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(at, DAY)
        for values in (*rows, [""] * len(columns)):
            self._add(values)
        self.itemChanged.connect(self._grow)

    def _add(self, values: list[str]) -> None:
        at = self.rowCount()
        self.insertRow(at)
        for column, words in enumerate(values):
            self.setItem(at, column, QTableWidgetItem(words))

    def _grow(self, item: QTableWidgetItem) -> None:
        if item.row() == self.rowCount() - 1 and item.text().strip():
            self._add([""] * self.columnCount())

    def rows(self) -> Rows:
        found = []
        for at in range(self.rowCount()):
            cells = [self.item(at, column) for column in range(self.columnCount())]
            words = [cell.text().strip() if cell is not None else "" for cell in cells]
            if any(words):
                found.append(words)
        return found


class RecordDialog(QDialog):
    """`kept` sends the record as the person wants it; nothing is stored here."""

    kept = Signal(object)  # EntityRecord

    def __init__(self, window: QWidget, record: EntityRecord, *, new: bool = False) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("window.record.new" if new else "window.record.title", name=record.name))
        self._record = record
        self.name, self.parent_, self.source = (
            QLineEdit(record.name),
            QLineEdit(record.parent),
            QLineEdit(record.source),
        )
        self.kind = QComboBox()
        for kind in EntityKind:
            self.kind.addItem(text(f"window.kind.{kind.value}"), kind)
        self.kind.setCurrentIndex(list(EntityKind).index(record.kind))
        days = (text("window.record.since"), text("window.record.until"))
        self.aliases = Lines(
            text("window.record.aliases"),
            (text("window.record.alias"), *days),
            [[one.name, _day(one.since), _day(one.until)] for one in record.aliases],
            128,
        )
        self.offices = Lines(
            text("window.record.offices"),
            (text("window.record.office"), text("window.record.organisation"), *days),
            [[one.position, one.organisation, _day(one.since), _day(one.until)] for one in record.offices],
            160,
        )
        self.note = QPlainTextEdit(record.note)
        self.note.setFixedHeight(72)
        self.note.setObjectName("namesbox")
        self.confirmed = QCheckBox(text("window.record.confirmed"))
        self.confirmed.setChecked(record.confirmed)
        self.fault = label("", "small")
        self.fault.setWordWrap(True)
        self.fault.setProperty("fault", True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        fields: dict[str, QWidget] = {
            "name": self.name, "kind": self.kind, "parent": self.parent_, "aliases": self.aliases,
            "offices": self.offices, "source": self.source, "note": self.note,
        }  # fmt: skip
        for at, (key, field) in enumerate(fields.items()):
            words = text(f"window.record.{key}")
            field.setAccessibleName(words)
            grid.addWidget(label(words), at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, at, 1)
        grid.setColumnMinimumWidth(1, 520)
        self.parent_.setPlaceholderText(text("window.record.parent_hint"))
        self.source.setPlaceholderText(text("window.record.source_hint"))
        self.keep = button(text("window.settings.keep"), self._send, kind="primary")
        self.keep.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(14)
        layout.addLayout(grid)
        layout.addWidget(self.confirmed)
        layout.addWidget(self.fault)
        layout.addLayout(row(None, button(text("window.cancel"), self.reject), self.keep))

    def record(self) -> EntityRecord:
        """What the form says. Raises UserError for a day that is none."""
        return replace(
            self._record,
            name=self.name.text().strip(),
            kind=EntityKind(self.kind.currentData()),
            parent=self.parent_.text().strip(),
            aliases=tuple(
                FormerName(name=one[0], since=_date(one[1]), until=_date(one[2]))
                for one in self.aliases.rows()
                if one[0]
            ),
            offices=tuple(
                OfficeTerm(position=one[0], organisation=one[1], since=_date(one[2]), until=_date(one[3]))
                for one in self.offices.rows()
                if one[0]
            ),
            source=self.source.text().strip(),
            note=self.note.toPlainText().strip()[:MOST_NOTE],
            confirmed=self.confirmed.isChecked(),
        )

    def _send(self) -> None:
        try:
            made = self.record()
            complain(made)
        except UserError as error:
            self.fault.setText(str(error))
            return
        self.kept.emit(made)
        self.accept()


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day is not None else ""


def _date(words: str) -> datetime.date | None:
    """2024-05-01, 2024/5/1, 2024.5.1; a year or a month alone is its first day."""
    parts = words.replace("/", "-").replace(".", "-").strip("-").split("-") if words else []
    if not parts:
        return None
    try:
        if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError
        year, month, day = (*map(int, parts), 1, 1)[:3]
        return datetime.date(year, month, day)
    except (ValueError, OverflowError):
        raise UserError("window.record.bad_day", value=words[:20]) from None
