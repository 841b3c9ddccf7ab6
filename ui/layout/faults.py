"""The live list of what is wrong with a page, and the words for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from models.values.laid_page import LaidPage, PageFault
from services.config.messages import text
from ui.layout.session import PageSession
from ui.widgets.look import Look
from ui.widgets.pieces import label, row

FAULT = Qt.ItemDataRole.UserRole


def words_of(fault: PageFault) -> str:
    """The fault in the language of the window."""
    return text(fault.message, **dict(fault.values))


class FaultList(QWidget):
    """Severe faults first; choosing one selects its frame."""

    chosen = Signal(object)  # ArticleId | None

    def __init__(self, session: PageSession, look: Look) -> None:
        super().__init__()
        self._session, self._look = session, look
        self._title = label(text("canvas.faults"), "heading")
        self._count = label("", "hint")
        self._list = QListWidget()
        self._list.setAccessibleName(text("canvas.faults"))
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.setWordWrap(True)
        self._list.setSpacing(2)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(
            row(self._title, self._count, None, label(text("canvas.live"), "hint"), margins=(16, 12, 16, 8))
        )
        holder = QVBoxLayout()
        holder.setContentsMargins(12, 0, 12, 8)
        holder.addWidget(self._list)
        layout.addLayout(holder, 1)
        session.laid.connect(self.show_faults)
        look.changed.connect(self._retint)
        self.show_faults(session.shown)

    def show_faults(self, laid: LaidPage) -> None:
        self._list.clear()
        for fault in sorted(laid.faults, key=lambda fault: not fault.severe):
            token = "err" if fault.severe else "warn"
            item = QListWidgetItem(self._look.icon("certain" if fault.severe else "likely", token), words_of(fault))
            item.setData(FAULT, fault)
            item.setToolTip(words_of(fault))
            self._list.addItem(item)
        if not laid.faults:
            item = QListWidgetItem(self._look.icon("check", "ok"), text("canvas.no_faults"))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(item)
        self._count.setText(str(len(laid.faults)) if laid.faults else "")

    def _retint(self) -> None:
        self.show_faults(self._session.shown)

    def _choose(self, item: QListWidgetItem) -> None:
        fault = item.data(FAULT)
        if isinstance(fault, PageFault):
            self._session.select(fault.article)
            self.chosen.emit(fault.article)
