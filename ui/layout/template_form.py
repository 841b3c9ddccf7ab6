"""The fields of a page template: sheet and type area in millimetres, type in points with its 字号, fonts by role."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from models.values.template import FontRole, PageTemplate, Prohibition, TypeStyle
from services.config.messages import text
from ui.widgets.pieces import label

MM = 72 / 25.4  # points
NAMED_SIZES = {  # GB/T 字号 in points
    42.0: "初号", 36.0: "小初", 26.25: "一号", 24.0: "小一", 22.0: "二号", 18.0: "小二", 15.75: "三号", 15.0: "小三",
    14.0: "四号", 12.0: "小四", 10.5: "五号", 9.0: "小五", 7.5: "六号", 6.5: "小六", 5.5: "七号",
}  # fmt: skip
IN_MM = {
    "width": (53, 1058),
    "height": (53, 1587),
    "left": (0, 352),
    "top": (0, 352),
    "bleed": (0, 10),
    "folio_top": (0, 352),
}
IN_POINTS = {"column_width": (36, 1500), "gutter": (3, 60), "leading": (6, 60), "baseline": (3, 60)}
COUNTS = {"columns": (1, 16), "rows": (10, 400), "masthead_rows": (1, 60)}
IN_EMS = {"gap": (0.0, 0.25), "indent": (0.0, 4.0)}
GROUPS = (
    ("sheet", ("width", "height", "bleed")),
    ("area", ("left", "top", "columns", "column_width", "gutter", "rows")),
    ("grid", ("leading", "baseline", "gap", "indent")),
    ("furniture", ("folio_top", "masthead_rows")),
)


STYLES = (
    "body", "caption", "byline", "lead_in", "crosshead", "kicker", "deck", "slogan", "folio_number", "folio_name",
    "folio_date", "folio_credit", "masthead",
)  # fmt: skip


class SizeBox(QComboBox):
    """A size in points, by its 字号 where it has one; any other size is typed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setEditable(True)
        self.setAccessibleName(name)
        for size, words in NAMED_SIZES.items():
            self.addItem(f"{words} {size:g}", size)

    def put(self, size: float) -> None:
        at = next((at for at in range(self.count()) if abs(float(self.itemData(at)) - size) < 0.01), -1)
        if at >= 0:
            self.setCurrentIndex(at)
        else:
            self.setCurrentIndex(-1)
            self.setEditText(f"{size:g}")

    def minimumSizeHint(self) -> QSize:
        return QSize(96, super().minimumSizeHint().height())

    def size_(self) -> float:
        """In points; 0 for words that are no size."""
        words = self.currentText().split()
        try:
            return float(words[-1]) if words else 0.0
        except ValueError:
            return 0.0


class TemplateForm(QWidget):
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._template: PageTemplate | None = None
        self._filling = False
        self.title = QLineEdit()
        self.title.setAccessibleName(text("template.title"))
        self.fields: dict[str, QDoubleSpinBox | QSpinBox] = {}
        self.prohibition, self.hanging = QComboBox(), QCheckBox(text("template.hanging"))
        self.prohibition.setAccessibleName(text("template.prohibition"))
        for level in Prohibition:
            self.prohibition.addItem(text(f"template.level.{level.value}"), level)
        self.steps = QLineEdit()
        self.steps.setAccessibleName(text("template.heading_steps"))
        self.styles: dict[str, tuple[QComboBox, SizeBox, QDoubleSpinBox]] = {}
        words = [text(f"template.{name}") for _, names in GROUPS for name in names]
        self._labels_wide = max(self.fontMetrics().horizontalAdvance(one) for one in words) + 2  # fields stand in line
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(label(text("template.title"), "heading"))
        layout.addWidget(self.title)
        for group, names in GROUPS:
            layout.addWidget(label(text(f"template.group.{group}"), "heading"))
            layout.addLayout(self._numbers(names))
        layout.addWidget(label(text("template.group.lines"), "heading"))
        lines = QGridLayout()
        lines.setHorizontalSpacing(8)
        lines.setColumnMinimumWidth(0, self._labels_wide)
        lines.setColumnStretch(1, 1)
        lines.addWidget(QLabel(text("template.prohibition")), 0, 0)
        lines.addWidget(self.prohibition, 0, 1)
        lines.addWidget(self.hanging, 1, 1)
        lines.addWidget(QLabel(text("template.heading_steps")), 2, 0)
        lines.addWidget(self.steps, 2, 1)
        layout.addLayout(lines)
        layout.addWidget(label(text("template.group.type"), "heading"))
        self._types = QGridLayout()
        self._types.setHorizontalSpacing(8)
        self._types.setColumnMinimumWidth(0, self._labels_wide)
        self._types.setColumnStretch(1, 1)
        self._types.setColumnStretch(2, 1)
        layout.addLayout(self._types)
        layout.addStretch(1)
        self.title.editingFinished.connect(self._tell)
        self.steps.editingFinished.connect(self._tell)
        self.prohibition.activated.connect(lambda *_: self._tell())
        self.hanging.clicked.connect(lambda *_: self._tell())

    def _numbers(self, names: tuple[str, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for side in (0, 2):
            grid.setColumnMinimumWidth(side, self._labels_wide)
        for at, name in enumerate(names):
            field: QDoubleSpinBox | QSpinBox
            if name in COUNTS:
                field = QSpinBox()
                field.setRange(*COUNTS[name])
            else:
                field = QDoubleSpinBox()
                field.setDecimals(2)
                field.setRange(*{**IN_MM, **IN_POINTS, **IN_EMS}[name])
                unit = "mm" if name in IN_MM else "point" if name in IN_POINTS else "em"
                field.setSuffix(f" {text(f'template.unit.{unit}')}")
            field.setKeyboardTracking(False)
            field.setAccessibleName(text(f"template.{name}"))
            field.lineEdit().setTextMargins(7, 0, 0, 0)
            field.valueChanged.connect(lambda *_: self._tell())
            self.fields[name] = field
            grid.addWidget(QLabel(text(f"template.{name}")), at // 2, at % 2 * 2)
            grid.addWidget(field, at // 2, at % 2 * 2 + 1)
        return grid

    def show_template(self, template: PageTemplate, *, fixed: bool) -> None:
        """`fixed`: a preset, to be looked at."""
        self._template, self._filling = template, True
        self.title.setText(text(f"template.preset.{template.name}") if fixed else template.title)
        for name, field in self.fields.items():
            value = getattr(template, name)
            field.setValue(value / MM if name in IN_MM else value)
        self.prohibition.setCurrentIndex(self.prohibition.findData(template.prohibition))
        self.hanging.setChecked(template.hanging)
        self.steps.setText("、".join(f"{step:g}" for step in template.heading_steps))
        self.steps.setCursorPosition(0)
        styles = {"body": template.body, "caption": template.caption, **template.styles}
        if list(styles) != list(self.styles):
            self._make_styles(styles)
        for name, style in styles.items():
            role, size, leading = self.styles[name]
            role.setCurrentIndex(role.findData(style.role))
            size.put(style.size)
            leading.setValue(style.leading)
        self.setEnabled(not fixed)
        self._filling = False

    def _make_styles(self, styles: dict[str, TypeStyle]) -> None:
        while (item := self._types.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.styles = {}
        for at, name in enumerate(styles):
            words = text(f"template.style.{name}") if name in STYLES else name
            role, size, leading = QComboBox(), SizeBox(words), QDoubleSpinBox()
            role.setAccessibleName(f"{words} {text('template.role')}")
            for one in FontRole:
                role.addItem(text(f"template.face.{one.value}"), one)
            leading.setRange(4, 300)
            leading.setDecimals(2)
            leading.setSuffix(f" {text('template.unit.point')}")
            leading.setKeyboardTracking(False)
            leading.setAccessibleName(f"{words} {text('template.leading')}")
            leading.lineEdit().setTextMargins(7, 0, 0, 0)
            leading.setEnabled(name != "body")  # the body's is the grid's
            role.activated.connect(lambda *_: self._tell())
            size.activated.connect(lambda *_: self._tell())
            line = size.lineEdit()
            if line is not None:
                line.editingFinished.connect(self._tell)
            leading.valueChanged.connect(lambda *_: self._tell())
            self.styles[name] = (role, size, leading)
            for side, widget in enumerate((QLabel(words), role, size, leading)):
                self._types.addWidget(widget, at, side)

    def template(self) -> PageTemplate | None:
        """The template that the fields say, unchecked."""
        if self._template is None:
            return None
        held = self._template
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            before = getattr(held, name)
            shown = before / MM if name in IN_MM else before
            if abs(field.value() - shown) >= 0.005:  # what was not touched keeps its exact value
                values[name] = field.value() * MM if name in IN_MM else field.value()
        styles = {name: self._style(name) for name in self.styles}
        leading = values.get("leading", held.leading)
        body, caption = replace(styles.pop("body"), leading=leading), styles.pop("caption")
        return replace(
            held,
            title=self.title.text().strip() or held.title,
            prohibition=Prohibition(str(self.prohibition.currentData())),  # Qt hands a string back
            hanging=self.hanging.isChecked(),
            heading_steps=_steps(self.steps.text()) or held.heading_steps,
            body=body,
            caption=caption,
            styles=styles,
            **values,
        )

    def _style(self, name: str) -> TypeStyle:
        role, size, leading = self.styles[name]
        return TypeStyle(role=FontRole(str(role.currentData())), size=size.size_(), leading=leading.value())

    def _tell(self) -> None:
        if not self._filling:
            self.edited.emit()


def _steps(words: str) -> tuple[float, ...]:
    """Sizes set apart by marks or blanks, largest first; nothing for words that are no sizes."""
    parts = words.replace("、", " ").replace(",", " ").replace("，", " ").split()
    try:
        return tuple(sorted({float(part) for part in parts}, reverse=True))
    except ValueError:
        return ()
