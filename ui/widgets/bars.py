"""Bars: the budget of errors, and how far a job is."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.look import Look
from ui.widgets.pieces import label, restyle


class Meter(QWidget):
    """A bar of 96 × 6 with a tick at the limit. Beyond the limit it turns to the colour of faults."""

    def __init__(self, look: Look, *, width: int = 96, tick: bool = True) -> None:
        super().__init__()
        self._look, self._tick = look, tick
        self._part = 0.0
        self.setFixedSize(QSize(width, 14))
        look.changed.connect(self.update)

    def put(self, part: float) -> None:
        """`part` of the limit, 0 … ; above 1 the limit is passed."""
        if part != self._part:
            self._part = part
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, 4, self.width() - (2 if self._tick else 0), 6)
        painter.setBrush(self._look.colour("line2"))
        painter.drawRoundedRect(track, 3, 3)
        if self._part > 0:
            painter.setBrush(self._look.colour("err" if self._tick and self._part > 1 else "ac"))
            filled = QRectF(track)
            filled.setWidth(max(4.0, track.width() * min(1.0, self._part)))
            painter.drawRoundedRect(filled, 3, 3)
        if self._tick:
            painter.fillRect(QRectF(self.width() - 2, 1, 2, 12), self._look.colour("t1"))


class Budget(QWidget):
    """差错率: label, value and bar. `rate` and `limit` in errors per 10,000 characters."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._look = look
        self._words = words
        self._value = label()
        self._meter = Meter(look)
        self._rate: tuple[float, float] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(words))
        layout.addWidget(self._value)
        layout.addWidget(self._meter)
        look.changed.connect(self._repaint)
        self.put(None)

    def put(self, rate: tuple[float, float] | None) -> None:
        self._rate = rate
        self._repaint()

    def _repaint(self) -> None:
        if self._rate is None:
            self._value.setText("—")
            self._meter.put(0.0)
            restyle(self._value, "")
            return
        rate, limit = self._rate
        over = rate > limit
        self._value.setText(f"{rate:.1f}‱ / {limit:g}‱")
        restyle(self._value, f"font-weight: 700; color: {self._look.theme.err if over else self._look.theme.t1}")
        self._meter.put(rate / limit if limit else 0.0)
        self.setAccessibleName(f"{self._words} {self._value.text()}")
