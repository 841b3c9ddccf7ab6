"""The selected box or rule in the inspector, and what lines, tints and ornaments a frame has."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from models.values.plan import BoxPlan, FramePlan, RulePlan, RuleStyle
from services.config.messages import text
from ui.layout.session import PageSession
from ui.widgets.pieces import label

TINTS = (0, 5, 8, 12, 20)  # per cent of black; newsprint fills in above


def style_box(name: str) -> QComboBox:
    """Kinds of lines."""
    made = QComboBox()
    made.setAccessibleName(text(f"canvas.object.{name}"))
    for style in RuleStyle:
        made.addItem(text(f"canvas.line.{style.value}"), style)
    return made


def ornament_box(session: PageSession) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(text("canvas.object.filler"))
    for name in ("", *session.ornaments):
        made.addItem(text(f"canvas.ornament.{name or 'none'}"), name)
    return made


class ObjectForm(QWidget):
    """Shown while a box or a rule is selected, in place of the frame's fields."""

    def __init__(self, session: PageSession) -> None:
        super().__init__()
        self._session, self._filling = session, False
        self._title = label("", "heading")
        self.style_ = style_box("style")
        self.tint = QComboBox()
        self.tint.setAccessibleName(text("canvas.object.tint"))
        for tint in TINTS:
            self.tint.addItem(f"{tint}%", tint / 100)
        self.ornament = ornament_box(session)
        self.words = QLineEdit()
        self.words.setAccessibleName(text("canvas.object.title"))
        self.words.setPlaceholderText(text("canvas.object.title_hint"))
        self.rows = QSpinBox()
        self.rows.setRange(2, 12)
        self.rows.setSuffix(f" {text('canvas.unit.row')}")
        self.rows.setKeyboardTracking(False)
        self.rows.setAccessibleName(text("canvas.object.title_rows"))
        self.rows.lineEdit().setTextMargins(7, 0, 0, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        fields = (("style", self.style_), ("tint", self.tint), ("title", self.words), ("title_rows", self.rows))
        self._labels: dict[str, QLabel] = {}
        for at, (name, field) in enumerate((*fields, ("filler", self.ornament))):
            self._labels[name] = QLabel(text(f"canvas.object.{name}"))
            grid.addWidget(self._labels[name], at, 0)
            grid.addWidget(field, at, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addLayout(grid)
        for chooser in (self.style_, self.tint, self.ornament):
            chooser.activated.connect(lambda *_: self._edit())
        self.words.editingFinished.connect(self._edit)
        self.rows.valueChanged.connect(lambda *_: self._edit())
        self.fill()

    def fill(self) -> None:
        """Shows what is selected."""
        thing = self._session.thing
        self.setVisible(thing is not None)
        if thing is None:
            return
        self._filling = True
        box = thing if isinstance(thing, BoxPlan) else None
        self._title.setText(text("canvas.object.box" if box is not None else "canvas.object.rule"))
        style = box.border if box is not None else thing.style if isinstance(thing, RulePlan) else RuleStyle.NONE
        self.style_.setCurrentIndex(self.style_.findData(style))
        for name, field in (
            ("tint", self.tint),
            ("title", self.words),
            ("title_rows", self.rows),
            ("filler", self.ornament),
        ):
            field.setVisible(box is not None)
            self._labels[name].setVisible(box is not None)
        if box is not None:
            near = min(range(len(TINTS)), key=lambda at: abs(TINTS[at] / 100 - box.tint))
            self.tint.setCurrentIndex(near)
            if not self.words.hasFocus():
                self.words.setText(box.title)
            self.rows.setValue(box.title_rows)
            self.ornament.setCurrentIndex(max(0, self.ornament.findData(box.ornament)))
        self._filling = False

    def _edit(self) -> None:
        thing = self._session.thing
        if self._filling or thing is None:
            return
        style = RuleStyle(str(self.style_.currentData()))  # Qt hands a string back
        made: BoxPlan | RulePlan
        if isinstance(thing, BoxPlan):
            made = replace(
                thing,
                border=style,
                tint=float(self.tint.currentData()),
                title=self.words.text().strip(),
                title_rows=min(self.rows.value(), thing.rows),
                ornament=str(self.ornament.currentData()),
            )
        else:
            made = replace(thing, style=style)
        if made != thing:
            self._session.edit_thing(made)


class DressForm(QWidget):
    """Border and ornament of the selected frame."""

    def __init__(self, session: PageSession) -> None:
        super().__init__()
        self._session = session
        self.border, self.filler = style_box("border"), ornament_box(session)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 0, 16, 12)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for side, name, field in ((0, "border", self.border), (2, "filler", self.filler)):
            field.setMinimumWidth(72)
            grid.addWidget(QLabel(text(f"canvas.object.{name}")), 0, side)
            grid.addWidget(field, 0, side + 1)
            field.activated.connect(lambda *_: self._edit())

    def show_frame(self, frame: FramePlan | None) -> None:
        self.setVisible(frame is not None)
        if frame is not None:
            self.border.setCurrentIndex(self.border.findData(frame.border))
            self.filler.setCurrentIndex(max(0, self.filler.findData(frame.filler)))

    def _edit(self) -> None:
        frame = self._session.frame(self._session.selection)
        if frame is not None:
            made = replace(
                frame, border=RuleStyle(str(self.border.currentData())), filler=str(self.filler.currentData())
            )
            self._session.edit_frame(made, "canvas.reason.border")
