"""Plans that automatic layout proposes: thumbnails beside the page. Arrows preview, Enter adopts, Esc restores."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from services.config.messages import text
from ui.layout.faults import words_of
from ui.layout.painting import PictureSource, sketch
from ui.layout.session import PageSession
from ui.widgets.look import Look
from ui.widgets.pieces import button, label, row

if TYPE_CHECKING:
    from models.values.laid_page import LaidPage

NAMES = "甲乙丙丁"
THUMB = QSize(62, 90)
WIDTH = 224


class OptionsPanel(QFrame):
    """Floats over the pasteboard while there are plans to choose from."""

    closed = Signal()

    def __init__(self, session: PageSession, look: Look, pictures: PictureSource, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._look, self._pictures = session, look, pictures
        self._options: Sequence[Any] = ()
        self.setObjectName("card")
        self.setAutoFillBackground(True)
        self.setFixedWidth(WIDTH)
        self._list = QListWidget()
        self._list.setAccessibleName(text("canvas.options"))
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.setIconSize(THUMB)
        self._list.setSpacing(2)
        self._list.setWordWrap(True)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.currentRowChanged.connect(self._preview)
        self._list.itemDoubleClicked.connect(lambda _: self.adopt())
        self._adopt = button(text("canvas.adopt"), self.adopt, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(label(text("canvas.options"), "heading"))
        layout.addWidget(self._list)
        layout.addLayout(row(None, button(text("canvas.close"), self.give_up), self._adopt))
        self.hide()

    def propose(self, options: Sequence[Any]) -> None:
        """Shows plans, best first, and previews the first."""
        self._options = options
        self._list.clear()
        ratio = self.devicePixelRatioF()
        for index, option in enumerate(options):
            picture = QPixmap.fromImage(sketch(option.laid, THUMB.width(), ratio, self._pictures))
            score = round(float(option.score.total))
            name = NAMES[index % len(NAMES)]
            words = text("canvas.option", name=name, score=score, fit=self._fit(option.laid))
            item = QListWidgetItem(QIcon(picture), words)
            item.setSizeHint(QSize(WIDTH - 24, THUMB.height() + 10))
            item.setToolTip("\n".join(words_of(fault) for fault in option.laid.faults) or text("canvas.no_faults"))
            self._list.addItem(item)
        self._list.setFixedHeight((THUMB.height() + 14) * max(1, len(options)) + 4)
        self.adjustSize()
        self.show()
        self.raise_()
        self._list.setCurrentRow(0)
        self._list.setFocus()

    def _fit(self, laid: "LaidPage") -> str:
        if laid.overset_lines:
            return text("canvas.option_over", n=laid.overset_lines)
        return text("canvas.option_fits", n=laid.empty_lines)

    def _preview(self, index: int) -> None:
        if 0 <= index < len(self._options):
            self._session.try_plan(self._options[index].plan)

    def adopt(self) -> None:
        self.hide()
        self._session.keep("canvas.reason.automatic")
        self.closed.emit()

    def give_up(self) -> None:
        self.hide()
        self._session.give_up()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.adopt()
        elif event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)
