"""The picture of the selected frame in the inspector: which, how large, caption and credit, how fine it prints."""

from dataclasses import replace

from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from models.values.ids import ArticleId
from models.values.laid_page import PictureBox
from models.values.plan import FramePlan
from services.config.messages import text
from ui.layout.frame_menu import ask_picture
from ui.layout.pictures import FINE_PPI, LEAST_ROWS, PictureStore, effective_ppi
from ui.layout.session import PageSession
from ui.widgets.look import Look
from ui.widgets.pieces import button, label, row


class PictureForm(QWidget):
    """Shown under the frame's figures; the fields only while the frame has a place for a picture."""

    def __init__(self, session: PageSession, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self._session, self._look, self._pictures = session, look, pictures
        self._filling = False
        self._shown: ArticleId | None = None
        self._title = label(text("canvas.picture.title"), "heading")
        self._name = label("", "hint")
        template = session.template
        self._rows = self._number(LEAST_ROWS, template.rows, text("canvas.unit.row"), "rows")
        self._columns = self._number(0, template.columns, text("canvas.unit.column"), "columns")
        self._columns.setSpecialValueText(text("canvas.picture.full"))
        self.caption = self._line("caption")
        self.credit = self._line("credit")
        self.fine = label("", "small")
        self.fine.setWordWrap(True)
        self.choose = button(text("canvas.menu.picture"), self._ask)
        self.remove = button(text("canvas.menu.picture_off"), self._take_off, kind="quiet")
        self._fields = QWidget()
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for name, field, at, side, wide in (
            ("columns", self._columns, 0, 0, 1),
            ("rows", self._rows, 0, 2, 1),
            ("caption", self.caption, 1, 0, 3),
            ("credit", self.credit, 2, 0, 3),
        ):
            field.setMinimumWidth(72)
            grid.addWidget(QLabel(text(f"canvas.picture.{name}")), at, side)
            grid.addWidget(field, at, side + 1, 1, wide)
        grid.addWidget(self.fine, 3, 0, 1, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(row(self._title, self._name, None))
        layout.addWidget(self._fields)
        layout.addLayout(row(self.choose, self.remove, None))
        pictures.arrived.connect(self._arrived)
        look.changed.connect(self._recolour)

    def _number(self, least: int, most: int, unit: str, name: str) -> QSpinBox:
        made = QSpinBox()
        made.setRange(least, most)
        made.setSuffix(f" {unit}")
        made.setKeyboardTracking(False)
        made.setAccessibleName(f"{text('canvas.picture.title')} {text(f'canvas.picture.{name}')}")
        made.lineEdit().setTextMargins(7, 0, 0, 0)
        made.valueChanged.connect(lambda *_: self._edit())
        return made

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(text(f"canvas.picture.{name}"))
        made.setPlaceholderText(text(f"canvas.picture.{name}_hint"))
        made.editingFinished.connect(self._edit)
        return made

    def _frame(self) -> FramePlan | None:
        return self._session.frame(self._shown)

    def show_frame(self, frame: FramePlan | None) -> None:
        """Fills the form from the plan; what is being typed in a field stays."""
        same = frame is not None and frame.article == self._shown
        if not same and (self.caption.isModified() or self.credit.isModified()):
            self._edit()  # what was typed for the frame before
        self._shown = frame.article if frame is not None else None
        self.setVisible(frame is not None)
        if frame is None:
            return
        picture = frame.picture
        self._fields.setVisible(picture is not None)
        self.remove.setVisible(picture is not None)
        filled = picture is not None and picture.picture is not None
        self.choose.setText(text("canvas.menu.other_picture" if filled else "canvas.menu.picture"))
        self.remove.setText(text("canvas.menu.picture_off" if filled else "canvas.menu.no_place"))
        if picture is not None:
            self._filling = True
            self._columns.setMaximum(frame.columns)
            self._columns.setValue(min(picture.columns, frame.columns))
            self._rows.setValue(picture.rows)
            for field, words in ((self.caption, picture.caption), (self.credit, picture.credit)):
                if not (same and field.hasFocus() and field.isModified()):
                    field.setText(words)
            self._filling = False
        self._tell_fine()

    def _place(self) -> PictureBox | None:
        laid = self._session.laid_frame(self._shown)
        return laid.pictures[0] if laid is not None and laid.pictures else None

    def _tell_fine(self) -> None:
        """Name, pixels, and pixels an inch at the printed size; coarse ones in the colour of doubts."""
        place = self._place()
        card = self._pictures.card(place.picture) if place is not None and place.picture is not None else None
        self._name.setText("")
        if card is None or place is None:
            self.fine.setText(text("canvas.picture.none") if place is not None and place.picture is None else "")
            self._recolour()
            return
        ppi = effective_ppi(place, card)
        key = "canvas.picture.coarse" if ppi < FINE_PPI else "canvas.picture.fine"
        self.fine.setText(text(key, ppi=ppi, width=card.width, height=card.height, least=FINE_PPI))
        self._name.setText(card.name if len(card.name) <= 24 else f"{card.name[:12]}…{card.name[-10:]}")
        self._name.setToolTip(card.name)
        self._recolour()

    def _recolour(self) -> None:
        place = self._place()
        card = self._pictures.card(place.picture) if place is not None and place.picture is not None else None
        coarse = place is not None and card is not None and effective_ppi(place, card) < FINE_PPI
        self.fine.setStyleSheet(f"color: {self._look.theme.warn}" if coarse else "")

    def _arrived(self, picture: object) -> None:
        place = self._place()
        if place is not None and place.picture == picture:
            self._tell_fine()

    def _edit(self) -> None:
        frame = self._frame()
        if self._filling or frame is None or frame.picture is None:
            return
        caption, credit = self.caption.text().strip(), self.credit.text().strip()
        wished = replace(
            frame.picture,
            rows=max(LEAST_ROWS, min(self._rows.value(), frame.rows)),
            columns=self._columns.value(),
            caption=caption,
            credit=credit,
        )
        self.caption.setModified(False)
        self.credit.setModified(False)
        if wished != frame.picture:
            self._session.edit_frame(replace(frame, picture=wished), "canvas.reason.picture_edit")

    def _ask(self) -> None:
        if self._shown is not None:
            ask_picture(self, self._session, self._shown)

    def _take_off(self) -> None:
        if self._shown is not None:
            self._session.take_picture_off(self._shown)
