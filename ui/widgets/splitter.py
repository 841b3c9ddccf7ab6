"""A splitter with a hair line to see; a double click restores the sizes it was made with.

Qt itself widens the zone to grab to five pixels where a handle is one pixel wide.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from ui.widgets.look import Look


class HairHandle(QSplitterHandle):
    def __init__(self, look: Look, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("ac" if self.underMouse() else "line"))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        splitter = self.splitter()
        if isinstance(splitter, HairSplitter):
            splitter.restore()


class HairSplitter(QSplitter):
    def __init__(self, look: Look, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self._look = look
        self._first: list[int] = []
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def begin_with(self, sizes: list[int]) -> None:
        self._first = sizes
        self.setSizes(sizes)

    def restore(self) -> None:
        if self._first:
            self.setSizes(self._first)

    def createHandle(self) -> QSplitterHandle:
        return HairHandle(self._look, self.orientation(), self)
