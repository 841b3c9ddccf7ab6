"""What the print house asked for, in the export dialog: set once, kept with the publication."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QGridLayout, QLineEdit, QSpinBox, QWidget

from models.values.press import CONDITIONS, CUSTOM, NEWSPRINT, PressSettings
from services.config.messages import text
from ui.widgets.look import Look
from ui.widgets.pieces import button, label, row

WIDE = 120  # pixels of a profile's title that are shown


class PressPanel(QWidget):
    """`picked`: a file that may be a profile; whoever checks it answers with `show_profile` or `refuse`."""

    picked = Signal(object)  # Path
    changed = Signal()

    def __init__(self, look: Look, press: PressSettings) -> None:
        super().__init__()
        self._sha = press.profile
        self.condition = QComboBox()
        for name in dict.fromkeys((press.condition, *CONDITIONS)):
            self.condition.addItem(self._said(name), name)
        self.condition.setCurrentIndex(0)
        self.condition.model().sort(0)
        ours = self.condition.findData(CUSTOM)
        if ours > 0:  # first, whatever the language calls it
            words = self.condition.itemText(ours)
            self.condition.removeItem(ours)
            self.condition.insertItem(0, words, CUSTOM)
        self.condition.setCurrentIndex(self.condition.findData(press.condition))
        self.profile = label(text("window.output.profile_set") if press.profile else "")
        self.profile.setMinimumWidth(120)
        self.pick = button(text("window.output.choose"), self._pick)
        self.clear = button(text("window.output.clear"), self._clear)
        self.marks = QCheckBox(text("window.output.marks"))
        self.marks.setChecked(press.marks)
        self.spot = QLineEdit(press.spot)
        self.spot.setPlaceholderText(text("window.output.spot_none"))
        self.spot.setMaxLength(40)
        self.ppi = QSpinBox()
        self.ppi.setRange(72, 400)
        self.ppi.setSuffix(" ppi")
        self.ppi.setValue(press.least_ppi)
        self.ppi.lineEdit().setTextMargins(8, 0, 0, 0)
        self.wrong = label("", "small")
        self.wrong.setWordWrap(True)
        self.wrong.setStyleSheet(f"color: {look.theme.err}")
        for part, name in (
            (self.condition, "condition"),
            (self.spot, "spot"),
            (self.ppi, "least_ppi"),
            (self.pick, "profile"),
        ):
            part.setAccessibleName(text(f"window.output.{name}"))
        self._lay_out()
        self._look()
        self.condition.currentIndexChanged.connect(lambda _: self._look())

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 0, 0, 8)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        lines = (
            ("profile", row(self.profile, None, self.clear, self.pick)),
            ("condition", row(self.condition, None)),
            ("spot", row(self.spot)),
            ("least_ppi", row(self.ppi, None)),
        )
        for at, (name, parts) in enumerate(lines):
            grid.setRowMinimumHeight(at, 34)
            grid.addWidget(label(text(f"window.output.{name}"), "small"), at, 0)
            grid.addLayout(parts, at, 1)
        grid.addWidget(self.marks, len(lines), 1)
        hint = label(text("window.output.press_kept"), "hint")
        hint.setWordWrap(True)
        grid.addWidget(self.wrong, len(lines) + 1, 0, 1, 2)
        grid.addWidget(hint, len(lines) + 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)

    @staticmethod
    def _said(name: str) -> str:
        known = name in CONDITIONS
        said = text("window.output.conditions." + name) if known else name
        return said if name == CUSTOM or not known else f"{name}  {said}"

    def settings(self) -> PressSettings:
        return PressSettings(
            condition=str(self.condition.currentData()),
            profile=self._sha,
            marks=self.marks.isChecked(),
            least_ppi=self.ppi.value(),
            spot=self.spot.text().strip(),
        )

    def _pick(self) -> None:
        dialog = QFileDialog(self, text("window.output.profile"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{text('window.output.profile')} (*.icc *.icm)")
        dialog.fileSelected.connect(lambda chosen: self.picked.emit(Path(chosen)))
        dialog.open()

    def _clear(self) -> None:
        self._sha = ""
        self._look()
        self.changed.emit()

    def show_profile(self, sha256: str, title: str) -> None:
        """A sound profile is used from now on."""
        self._sha = sha256
        self.wrong.setText("")
        self._look(title)
        self.changed.emit()

    def refuse(self, why: str) -> None:
        """The file was no profile of a press: what was set stays."""
        self.wrong.setText(why)
        self._look()

    def known(self, profiles: dict[str, str]) -> None:
        """Titles of the profiles in the store."""
        if self._sha in profiles:
            self._look(profiles[self._sha])

    def _look(self, title: str = "") -> None:
        shown = title or (self.profile.text() if self._sha else "")
        ours = self.condition.currentData() in NEWSPRINT
        said = shown if self._sha else text("window.output.profile_none" if ours else "window.output.profile_name_only")
        room = WIDE if self._sha else 2 * WIDE
        self.profile.setText(self.profile.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room))
        self.profile.setToolTip(shown if self._sha else "")
        self.clear.setVisible(bool(self._sha))
        self.condition.setEnabled(not self._sha)
        self.wrong.setVisible(bool(self.wrong.text()))
        self.wrong.setMinimumHeight(3 * self.wrong.fontMetrics().height() if self.wrong.text() else 0)
