"""What floats: a frame with a soft shadow painted round it, and notices (toasts) that pile up in a corner."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.look import Look
from ui.widgets.pieces import IconButton, button, label

SHADOW = 12  # px of shadow round a floating frame
NOTICE_MS = 6000
MOST_NOTICES = 3


class FloatingFrame(QWidget):
    """A card inside its parent (never a window, so that an input method keeps its focus). Contents go in `inside`."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.inside = QWidget(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SHADOW, SHADOW - 4, SHADOW, SHADOW + 4)
        outer.addWidget(self.inside)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.inside.geometry())
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(SHADOW, 0, -2):  # soft edge: rings that grow fainter outwards
            shade = QColor(0, 0, 0)
            shade.setAlphaF(self.look.theme.shadow * 0.28 * (1 - step / SHADOW) ** 2 + 0.004)
            painter.setBrush(shade)
            painter.drawRoundedRect(card.adjusted(-step, -step + 4, step, step + 2), 6 + step, 6 + step)
        path = QPainterPath()
        path.addRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(self.look.colour("line2"))
        painter.setBrush(self.look.colour("surf"))
        painter.drawPath(path)


class Notice(FloatingFrame):
    """One line of words with at most one thing to do about it. A fault stays until it is closed."""

    def __init__(self, look: Look, parent: QWidget, words: str, *, fault: bool, close_words: str) -> None:
        super().__init__(look, parent)
        self.fault = fault
        layout = QHBoxLayout(self.inside)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.setSpacing(8)
        self._words = label(words)
        self._words.setWordWrap(True)
        if fault:
            mark = label()
            mark.setPixmap(look.pixmap("certain", "err", 16, max(1.0, self.devicePixelRatioF())))
            layout.addWidget(mark)
        layout.addWidget(self._words, 1)
        self.close_button = IconButton(look, "close", close_words, size=12)
        layout.addWidget(self.close_button)
        self.setAccessibleName(words)
        self.setFixedWidth(360 + 2 * SHADOW)

    @property
    def words(self) -> str:
        return self._words.text()

    def offer(self, words: str, do: Callable[[], object]) -> QPushButton:
        made = button(words, do, kind="quiet")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = self.inside.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(layout.count() - 1, made)
        return made


class Notices(QObject):
    """Piles notices up at the bottom right of `area`; the one place where the window tells news and faults."""

    def __init__(self, look: Look, area: QWidget, close_words: str) -> None:
        super().__init__(area)
        self._look, self._area, self._close_words = look, area, close_words
        self._shown: list[Notice] = []
        area.installEventFilter(self)

    @property
    def shown(self) -> tuple[Notice, ...]:
        return tuple(self._shown)

    def tell(self, words: str, *, fault: bool = False, offer: tuple[str, Callable[[], object]] | None = None) -> Notice:
        """Shows the words; a fault stays until closed, news goes after six seconds."""
        for same in [one for one in self._shown if one.words == words]:
            self.close(same)  # told again, not twice
        while len(self._shown) >= MOST_NOTICES:
            self.close(self._shown[0])
        notice = Notice(self._look, self._area, words, fault=fault, close_words=self._close_words)
        if offer is not None:
            do = offer[1]

            def act() -> None:
                self.close(notice)
                do()

            notice.offer(offer[0], act)
        notice.close_button.clicked.connect(lambda *_: self.close(notice))
        self._shown.append(notice)
        if not fault:
            timer = QTimer(notice)
            timer.setInterval(NOTICE_MS)
            timer.timeout.connect(lambda: None if notice.underMouse() else self.close(notice))
            timer.start()
        notice.show()
        self._place()
        return notice

    def close(self, notice: Notice) -> None:
        if notice in self._shown:
            self._shown.remove(notice)
            notice.hide()
            notice.deleteLater()
            self._place()

    def _place(self) -> None:
        bottom = self._area.height() - 16 + SHADOW
        for notice in reversed(self._shown):
            notice.adjustSize()
            height = max(40 + 2 * SHADOW, notice.sizeHint().height(), notice.heightForWidth(notice.width()))
            left = self._area.width() - notice.width() - 16 + SHADOW
            notice.setGeometry(QRect(left, bottom - height, notice.width(), height))
            notice.raise_()
            bottom -= height - SHADOW

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
