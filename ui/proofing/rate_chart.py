"""差错率 issue by issue: a bar each, the limit of 3 in 10,000 as a line; what stood when the issue was printed."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from models.values.house import IssueRate
from services.config.messages import text
from ui.widgets.look import Look

LIMIT = 3.0  # errors per 10,000 characters (报纸期刊质量管理规定, 2020)
LEFT, RIGHT, TOP, BOTTOM = 48, 24, 28, 36  # px around the plot
STEP_MOST, BAR_MOST = 72, 28
STEPS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)


class RateChart(QWidget):
    """Bars over the limit are in the colour of faults; the value stands over each as long as there is room."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rates: tuple[IssueRate, ...] = ()
        self.setMinimumHeight(220)
        self.setAccessibleName(text("proofing.rate.chart"))
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(640, 260)

    def show_rates(self, rates: tuple[IssueRate, ...]) -> None:
        self._rates = rates
        over = sum(one.per_10k > LIMIT for one in rates)
        self.setAccessibleDescription(text("proofing.rate.spoken", count=len(rates), over=over))
        self.update()

    def _shown(self) -> tuple[IssueRate, ...]:
        """The newest that fit."""
        room = max(1, (self.width() - LEFT - RIGHT) // 14)
        return self._rates[-room:]

    def _top(self, shown: tuple[IssueRate, ...]) -> float:
        most = max([LIMIT * 1.3, *(one.per_10k for one in shown)])
        step = self._step(most)
        return step * (int(most / step) + 1)

    @staticmethod
    def _step(most: float) -> float:
        return next((step for step in STEPS if most / step <= 6), STEPS[-1] * 10)

    def _wide(self, shown: tuple[IssueRate, ...]) -> float:
        return min(STEP_MOST, (self.width() - LEFT - RIGHT) / max(1, len(shown)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, shown = self._look, self._shown()
        plot = QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM)
        top = self._top(shown)
        painter.setFont(look.faces.ui(11))
        value, step = 0.0, self._step(max(top - 1e-9, 0.1))
        while value <= top + 1e-9:
            y = plot.bottom() - plot.height() * value / top
            painter.setPen(QPen(look.colour("line2" if value == 0 else "line"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(look.colour("t3"))
            box = QRectF(0, y - 8, LEFT - 8, 16)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), f"{value:g}")
            value += step
        self._paint_bars(painter, plot, shown, top)
        y = plot.bottom() - plot.height() * LIMIT / top
        painter.setPen(QPen(look.colour("err"), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setFont(look.faces.ui(11, bold=True))
        painter.setPen(look.colour("err"))
        words = text("proofing.rate.limit")
        painter.drawText(QRectF(plot.left(), 4, plot.width(), 16), int(Qt.AlignmentFlag.AlignRight), words)
        self._paint_words(painter, plot, shown, top)

    def _bar(self, plot: QRectF, at: int, one: IssueRate, wide: float, top: float) -> QRectF:
        thin = min(BAR_MOST, wide * 0.6)
        high = max(2.0, plot.height() * min(one.per_10k, top) / top)
        return QRectF(plot.left() + wide * (at + 0.5) - thin / 2, plot.bottom() - high, thin, high)

    def _paint_bars(self, painter: QPainter, plot: QRectF, shown: tuple[IssueRate, ...], top: float) -> None:
        wide = self._wide(shown)
        painter.setPen(Qt.PenStyle.NoPen)
        for at, one in enumerate(shown):
            painter.setBrush(self._look.colour("err" if one.per_10k > LIMIT else "ac"))
            painter.drawRoundedRect(self._bar(plot, at, one, wide, top), 2, 2)

    def _paint_words(self, painter: QPainter, plot: QRectF, shown: tuple[IssueRate, ...], top: float) -> None:
        """Values over the bars, days under them; as many as there is room for."""
        look, wide = self._look, self._wide(shown)
        limit = plot.bottom() - plot.height() * LIMIT / top
        each = int(44 / wide) + 1 if wide < 44 else 1
        for at, one in enumerate(shown):
            bar = self._bar(plot, at, one, wide, top)
            over = one.per_10k > LIMIT
            if wide >= 30:
                painter.setFont(look.faces.ui(11, bold=over))
                box = QRectF(bar.center().x() - 14, bar.top() - 17, 28, 15)
                if abs(box.center().y() - limit) < 10:
                    painter.fillRect(box, look.colour("surf"))  # the line stops for the figure
                painter.setPen(look.colour("err" if over else "t1"))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), f"{one.per_10k:.1f}")
            if (len(shown) - 1 - at) % each == 0:
                painter.setFont(look.faces.ui(11))
                painter.setPen(look.colour("t2"))
                day = QRectF(bar.center().x() - 30, plot.bottom() + 6, 60, 16)
                painter.drawText(day, int(Qt.AlignmentFlag.AlignCenter), f"{one.date.month}.{one.date.day}")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            shown = self._shown()
            at = int((event.pos().x() - LEFT) / self._wide(shown)) if event.pos().x() >= LEFT else -1
            if 0 <= at < len(shown):
                QToolTip.showText(event.globalPos(), rate_words(shown[at]), self, QRect())
            else:
                QToolTip.hideText()
            return True
        return super().event(event)


def rate_words(rate: IssueRate) -> str:
    """One issue in words."""
    return text(
        "proofing.rate.one",
        day=rate.date.isoformat(),
        rate=f"{rate.per_10k:.2f}",
        errors=f"{rate.errors:g}",
        allowed=f"{rate.allowed:.1f}",
        count=f"{rate.characters:,}",
        fixed=rate.fixed,
    )
