"""Ctrl+, 设置: what holds for this person on this machine, and what holds for the paper."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from models.values.ids import PublicationId
from models.values.publication import Profile, Publication
from services.config.messages import text
from services.config.paths import RESOURCES
from services.config.settings import CHOICES, Settings
from ui.proofing.text_view import TEXT_SIZE
from ui.widgets.look import Look
from ui.widgets.pieces import button, label, row, rule

TEXT_SIZES = (16, 18, 20, 22, 24, 28, 32, 36, 44)  # px
APART = re.compile(r"[、，,；;\s]+")
OWN_MODEL = 40  # its row: after those of the paper
PAPER_LINES = ("name", "number", "sponsor", "publisher", "home_city")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the person left in the dialog. `paper` None: no paper, or nothing changed in it."""

    settings: Settings
    paper: tuple[PublicationId, Publication] | None


def names_in(words: str) -> tuple[str, ...]:
    """Names set apart by marks, blanks or line ends, each once."""
    return tuple(dict.fromkeys(one for one in APART.split(words) if one))


def template_titles() -> dict[str, str]:
    """Name and title of every page template that there is."""
    names = sorted(path.stem for path in (RESOURCES / "grids").glob("*.toml"))
    return {name: text(f"template.preset.{name}") for name in names}


class SettingsDialog(QDialog):
    chosen = Signal(object)  # Chosen

    def __init__(
        self,
        window: QWidget,
        look: Look,
        settings: Settings,
        zoom: float,
        papers: tuple[tuple[PublicationId, Publication], ...],
        front: str,
        templates: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("window.settings.title"))
        self.setMinimumWidth(600)
        self._settings = settings
        self._drafts = dict(papers)
        self._before = dict(papers)
        self._shown: PublicationId | None = None
        self.language = self._choice("language", {one: text(f"window.settings.{one}") for one in CHOICES["language"]})
        self.theme = self._choice("theme", {one: text(f"window.action.theme_{one}") for one in CHOICES["theme"]})
        self.zoom = self._choice("zoom", {str(one): text("window.settings.px", size=one) for one in TEXT_SIZES})
        self.editor = self._line("editor")
        self._put(self.language, settings.language)
        self._put(self.theme, look.scheme.value)
        self._put(self.zoom, str(min(TEXT_SIZES, key=lambda one: abs(one - zoom * TEXT_SIZE))))
        self.editor.setText(settings.editor)
        self.model = self._line("model")
        self.model.setPlaceholderText(text("window.settings.model_hint"))
        self.model_on = QCheckBox(text("window.settings.model_on"))
        self._model_words = label("", "hint")
        self._model_words.setWordWrap(True)
        self._model_words.setMinimumHeight(36)
        self.model.setText(settings.model)
        self.model_on.setChecked(bool(settings.model) and settings.model == settings.model_agreed)
        self.model.textEdited.connect(lambda *_: self._another_model())
        self._tell_model()
        self.paper = self._choice("paper", {str(id): one.name for id, one in papers})
        self.profile = self._choice("profile", {one.value: text(f"window.settings.{one.value}") for one in Profile})
        self.template = self._choice("template", {**template_titles(), **(templates or {})})
        self.lines = {name: self._line(name) for name in PAPER_LINES}
        self.staff, self.contributors = self._names("staff"), self._names("contributors")
        self._wrong = label("", "small")
        self._wrong.setStyleSheet(f"color: {look.theme.err}")
        self.keep = button(text("window.settings.keep"), self._send, kind="primary")
        self.keep.setDefault(True)
        self._lay_out(with_paper=bool(papers))
        self.profile.currentIndexChanged.connect(lambda *_: self._name_number())
        self.lines["name"].textChanged.connect(self._look)
        self.paper.currentIndexChanged.connect(lambda *_: self._turn())
        at = next((str(id) for id, one in papers if one.name == front), "")
        if at:
            self._put(self.paper, at)
        if papers:
            self._turn()

    def _choice(self, name: str, words: dict[str, str]) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(text(f"window.settings.{name}"))
        for value, shown in words.items():
            made.addItem(shown, value)
        return made

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(text(f"window.settings.{name}"))
        return made

    def _names(self, name: str) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setAccessibleName(text(f"window.settings.{name}"))
        made.setPlaceholderText(text("window.settings.names_hint"))
        made.setObjectName("namesbox")
        made.setFixedHeight(52)
        made.setTabChangesFocus(True)
        return made

    @staticmethod
    def _put(box: QComboBox, value: str) -> None:
        box.setCurrentIndex(max(0, box.findData(value)))

    def _lay_out(self, *, with_paper: bool) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(0, 88)
        grid.setColumnMinimumWidth(2, 88)
        self._number = QLabel(text("window.settings.number"))

        def put(at: int, first: QWidget, field: QWidget, second: QWidget | None, other: QWidget | None) -> None:
            grid.addWidget(first, at, 0, Qt.AlignmentFlag.AlignTop if second is None else Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(field, at, 1, 1, 3 if other is None else 1)
            if second is not None and other is not None:
                grid.addWidget(second, at, 2)
                grid.addWidget(other, at, 3)

        def words(name: str) -> QLabel:
            return label(text(f"window.settings.{name}"))

        grid.addWidget(label(text("window.settings.person"), "heading"), 0, 0, 1, 4)
        put(1, words("language"), self.language, words("theme"), self.theme)
        put(2, words("editor"), self.editor, words("zoom"), self.zoom)
        later = label(text("window.settings.later"), "hint")
        later.setWordWrap(True)
        later.setMinimumHeight(36)
        grid.addWidget(later, 3, 1, 1, 3)
        beside = QWidget()
        beside.setLayout(row(self.model, self.model_on, gap=12))
        beside.setFixedHeight(30)
        grid.addWidget(rule(), OWN_MODEL, 0, 1, 4)
        grid.addWidget(words("model"), OWN_MODEL + 1, 0)
        grid.addWidget(beside, OWN_MODEL + 1, 1, 1, 3)
        grid.addWidget(self._model_words, OWN_MODEL + 2, 1, 1, 3)
        if with_paper:
            grid.addWidget(rule(), 4, 0, 1, 4)
            grid.addWidget(label(text("window.settings.paper"), "heading"), 5, 0)
            grid.addWidget(self.paper, 5, 1, 1, 3)
            self.paper.setVisible(self.paper.count() > 1)
            put(6, words("name"), self.lines["name"], words("profile"), self.profile)
            put(7, self._number, self.lines["number"], words("home_city"), self.lines["home_city"])
            put(8, words("sponsor"), self.lines["sponsor"], words("publisher"), self.lines["publisher"])
            put(9, words("staff"), self.staff, None, None)
            put(10, words("contributors"), self.contributors, None, None)
            put(11, words("template"), self.template, None, None)
            grid.addWidget(label(text("window.settings.template_hint"), "hint"), 12, 1, 1, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(grid)
        layout.addStretch(1)
        layout.addLayout(row(self._wrong, None, button(text("window.cancel"), self.reject), self.keep))

    def _another_model(self) -> None:
        """What was agreed to for one model is not agreed to for another."""
        self.model_on.setChecked(False)
        self._tell_model()

    def _tell_model(self) -> None:
        named = self.model.text().strip()
        self.model_on.setEnabled(bool(named))
        from services.desk.proofing import model_in_words  # SQLAlchemy with it: not before the window stands

        self._model_words.setText(model_in_words(named) if named else text("window.settings.model_none"))

    def _name_number(self) -> None:
        internal = self.profile.currentData() == Profile.INTERNAL.value
        self._number.setText(text("window.settings.permit" if internal else "window.settings.number"))

    def _turn(self) -> None:
        """Another paper is shown; what was typed for the one before is remembered."""
        self._collect()
        self._shown = PublicationId(int(self.paper.currentData()))
        paper = self._drafts[self._shown]
        for name, field in self.lines.items():
            field.setText(str(getattr(paper, name)))
        self._put(self.profile, paper.profile.value)
        self._put(self.template, paper.template)
        self.staff.setPlainText("、".join(paper.staff))
        self.contributors.setPlainText("、".join(paper.contributors))
        self._name_number()

    def _collect(self) -> None:
        if self._shown is None:
            return
        self._drafts[self._shown] = replace(
            self._drafts[self._shown],
            **{name: field.text().strip() for name, field in self.lines.items()},  # type: ignore[arg-type]  # all text
            profile=Profile(self.profile.currentData()),
            template=str(self.template.currentData()),
            staff=names_in(self.staff.toPlainText()),
            contributors=names_in(self.contributors.toPlainText()),
        )

    def _look(self) -> None:
        missing = self._shown is not None and not self.lines["name"].text().strip()
        self._wrong.setText(text("window.settings.no_name") if missing else "")
        self.keep.setEnabled(not missing)

    def _size(self) -> int:
        """px; what stands in the file stays where the nearest of the list was not changed."""
        chosen = int(str(self.zoom.currentData()))
        held = self._settings.text_size
        return held if chosen == min(TEXT_SIZES, key=lambda one: abs(one - held)) else chosen

    def _send(self) -> None:
        self._collect()
        settings = replace(
            self._settings,
            language=str(self.language.currentData()),
            theme=str(self.theme.currentData()),
            editor=self.editor.text().strip() or self._settings.editor,
            text_size=self._size(),
            model=self.model.text().strip(),
            model_agreed=self.model.text().strip() if self.model_on.isChecked() else "",
        )
        changed = next(((id, one) for id, one in self._drafts.items() if one != self._before[id]), None)
        self.chosen.emit(Chosen(settings=settings, paper=changed))
        self.accept()
