"""The selected frame in figures: columns, rows, heading, tint, pinned; and the page's faults below."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from models.values.ids import ArticleId
from models.values.plan import FramePlan
from models.values.template import FontRole
from services.config.messages import text
from ui.layout.faults import FaultList
from ui.layout.fit_panel import FitPanel
from ui.layout.object_form import DressForm, ObjectForm
from ui.layout.picture_form import PictureForm
from ui.layout.pictures import PictureStore
from ui.layout.session import PageSession
from ui.widgets.look import Look
from ui.widgets.pieces import FittingArea, label, rule

HEADING_ROLES = (FontRole.SONG_BLACK, FontRole.SONG_BOLD, FontRole.HEI_BOLD, FontRole.KAI)


class PageInspector(QWidget):
    led = Signal(object, object)  # ArticleId, PartRef to be shown in the editor

    def __init__(self, session: PageSession, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self._session = session
        self.picture = PictureForm(session, look, pictures)
        self.fit = FitPanel(look)
        self.thing = ObjectForm(session)
        self.dress = DressForm(session)
        self._filling = False
        template = session.template
        self._title = label("", "heading")
        self._title.setWordWrap(True)
        self._column = self._number(1, template.columns, text("canvas.unit.column"), "column")
        self._row = self._number(0, template.rows, text("canvas.unit.row"), "row")
        self._columns = self._number(1, template.columns, text("canvas.unit.column"), "columns")
        self._rows = self._number(3, template.rows, text("canvas.unit.row"), "rows")
        self._size = QComboBox()
        self._size.setAccessibleName(text("canvas.field.size"))
        self._put_sizes()
        self._role = QComboBox()
        self._role.setAccessibleName(text("canvas.field.role"))
        for role in HEADING_ROLES:
            self._role.addItem(text(f"canvas.role.{role.value}"), role)
        self._lines = self._number(1, 3, text("canvas.unit.line"), "lines")
        self._tint = QCheckBox(text("canvas.field.tint"))
        self._pinned = QCheckBox(text("canvas.field.pinned"))
        self._fit = label("", "small")
        self._fit.setWordWrap(True)
        self._form = QWidget()
        self.setLayout(self._layout(look))
        for chooser in (self._size, self._role):
            chooser.activated.connect(lambda *_: self._edit())
        for box in (self._tint, self._pinned):
            box.clicked.connect(lambda *_: self._edit())
        session.selected.connect(self._refill)
        session.regridded.connect(self._regrid)
        session.laid.connect(self._refill)
        session.fitted.connect(self.fit.show_fit)
        self.fit.chosen.connect(self._lead)
        self._fill()

    def _number(self, least: int, most: int, unit: str, name: str) -> QSpinBox:
        made = QSpinBox()
        made.setRange(least, most)
        made.setSuffix(f" {unit}")
        made.setKeyboardTracking(False)
        made.lineEdit().setTextMargins(7, 0, 0, 0)  # the style sheet has no say inside a spin box
        made.setAccessibleName(text(f"canvas.field.{name}"))
        made.valueChanged.connect(lambda *_: self._edit())
        return made

    def _layout(self, look: Look) -> QVBoxLayout:
        grid = QGridLayout(self._form)
        grid.setContentsMargins(16, 8, 16, 12)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        places: tuple[tuple[str, QWidget, int, int], ...] = (
            ("column", self._column, 0, 0),
            ("row", self._row, 0, 2),
            ("columns", self._columns, 1, 0),
            ("rows", self._rows, 1, 2),
            ("size", self._size, 2, 0),
            ("lines", self._lines, 2, 2),
            ("role", self._role, 3, 0),
        )
        for name, field, at, side in places:
            field.setMinimumWidth(72)
            grid.addWidget(QLabel(text(f"canvas.field.{name}")), at, side)
            grid.addWidget(field, at, side + 1)
        grid.addWidget(self._tint, 4, 1)
        grid.addWidget(self._pinned, 4, 3)
        grid.addWidget(self._fit, 5, 0, 1, 4)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._title.setContentsMargins(16, 12, 16, 4)
        self._between, self._below = rule(), rule()
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for part in (
            self._title,
            self.thing,
            self._form,
            self.dress,
            self._between,
            self.fit,
            self._below,
            self.picture,
        ):
            inner.addWidget(part)
        inner.addStretch(1)
        area = FittingArea()
        area.setWidget(inside)
        faults = FaultList(self._session, look)
        faults.setMinimumHeight(140)
        layout.addWidget(area)
        layout.addWidget(rule())
        layout.addWidget(faults, 1)
        return layout

    def _put_sizes(self) -> None:
        self._size.clear()
        for size in self._session.template.heading_steps:
            self._size.addItem(text("canvas.points", size=f"{size:g}"), size)

    def _regrid(self) -> None:
        """The page has another template: other columns, rows and sizes."""
        template = self._session.template
        self._filling = True
        self._put_sizes()
        for field, most in (
            (self._column, template.columns),
            (self._columns, template.columns),
            (self._row, template.rows),
            (self._rows, template.rows),
        ):
            field.setMaximum(most)
        self._filling = False
        self._fill()

    def _lead(self, ref: object) -> None:
        if self._session.selection is not None:
            self.led.emit(self._session.selection, ref)

    def _refill(self, what: object) -> None:
        self._fill()

    def _fill(self) -> None:
        frame = self._session.frame(self._session.selection)
        self._form.setVisible(frame is not None)
        self._between.setVisible(frame is not None)
        self._below.setVisible(frame is not None)
        self.picture.show_frame(frame)
        self.thing.fill()
        self.dress.show_frame(frame)
        self._title.setVisible(self._session.thing is None)
        if frame is None:
            self._title.setText(text("canvas.nothing_selected"))
            return
        self._filling = True
        self._title.setText(self._session.headline(frame.article))
        self._column.setValue(frame.column + 1)
        self._row.setValue(frame.row)
        self._columns.setValue(frame.columns)
        self._rows.setValue(frame.rows)
        self._lines.setValue(frame.heading.lines)
        self._size.setCurrentIndex(self._nearest(frame.heading.size))
        self._role.setCurrentIndex(max(0, self._role.findData(frame.heading.role)))
        self._tint.setChecked(frame.tint)
        self._pinned.setChecked(frame.pinned)
        self._fit.setText(self._surplus(frame.article))
        self._filling = False

    def _nearest(self, size: float) -> int:
        steps = self._session.template.heading_steps
        return min(range(len(steps)), key=lambda index: abs(steps[index] - size)) if steps else -1

    def _surplus(self, article: ArticleId) -> str:
        laid = self._session.laid_frame(article)
        if laid is None:
            return ""
        if laid.overset_lines:
            return text("canvas.over_long", n=laid.overset_lines)
        return text("canvas.under_long", n=laid.empty_lines) if laid.empty_lines else text("canvas.fits")

    def _edit(self) -> None:
        frame = self._session.frame(self._session.selection)
        if self._filling or frame is None:
            return
        self._session.edit_frame(self._wished(frame))

    def _wished(self, frame: FramePlan) -> FramePlan:
        template = self._session.template
        columns = min(self._columns.value(), template.columns)
        rows = min(self._rows.value(), template.rows)
        size = self._size.currentData()
        heading = replace(
            frame.heading,
            size=float(size) if size is not None else frame.heading.size,
            role=FontRole(str(self._role.currentData() or frame.heading.role)),  # Qt hands a string back
            lines=self._lines.value(),
        )
        return replace(
            frame,
            column=min(self._column.value() - 1, template.columns - columns),
            row=min(self._row.value(), template.rows - rows),
            columns=columns,
            rows=rows,
            heading=heading,
            tint=self._tint.isChecked(),
            pinned=self._pinned.isChecked(),
        )
