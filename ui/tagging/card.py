"""The card of a name: who it is, offices on a line of years, where it stands in this issue, what stands beside it."""

import datetime
import math

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from models.values.ids import EntityId
from services.config.messages import text
from services.desk.names import NameInIssue, NamePlace, NamesOfIssue, OfficeSpan
from ui.widgets.bars import Meter
from ui.widgets.look import Look
from ui.widgets.pieces import EmptyState, button, column, label, restyle, row, rule

YEAR, BAR, PITCH, FADE, LEFT = 128, 24, 34, 70, 152  # px
YEARS, MOST_YEARS = 3, 14  # shown up to the year of the issue, the least and the most
PLACE, WHERE, KIND = (int(Qt.ItemDataRole.UserRole) + at for at in range(3))


class Timeline(QWidget):
    """任职: a bar an office; an unknown start fades in; the day of the issue is a line."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._spans: tuple[OfficeSpan, ...] = ()
        self._day = datetime.date(2000, 1, 1)
        self._years = YEARS
        look.changed.connect(self.update)

    def put(self, spans: tuple[OfficeSpan, ...], day: datetime.date) -> None:
        self._spans, self._day = spans, day
        first = min((one.since.year for one in spans if one.since is not None), default=day.year)
        self._years = max(YEARS, min(MOST_YEARS, day.year - first + 1))
        self.setFixedHeight(28 + PITCH * max(1, len(spans)))
        self.setAccessibleName("；".join(f"{one.office.organisation}{one.office.position}" for one in spans))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(LEFT + YEAR * (YEARS + 1), 28 + PITCH)

    def _x(self, day: datetime.date) -> float:
        start = datetime.date(self._day.year - self._years + 1, 1, 1)
        wide = min(YEAR, max(24, (self.width() - LEFT - 72) // self._years))
        return LEFT + wide * (day - start).days / 365.25

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, today = self._look, self._x(self._day)
        painter.setFont(look.faces.ui(12))
        every = max(1, math.ceil(self._years * 40 / max(40, today - LEFT)))  # years whose numbers have room
        for year in range(self._day.year - self._years + 1, self._day.year + 1):
            x = round(self._x(datetime.date(year, 1, 1))) + 0.5
            painter.setPen(look.colour("t3"))
            room = (self._day.year - year) % every == 0 and (today - x > 84 or x > today)
            if room:  # else it would stand under the day of the issue
                painter.drawText(QRectF(x + 4, 0, 60, 18), int(Qt.AlignmentFlag.AlignVCenter), str(year))
            painter.setPen(look.colour("line"))
            painter.drawLine(int(x), 20, int(x), self.height())
        for at, span in enumerate(self._spans):
            self._bar(painter, span, 24 + PITCH * at, today)
        if not self._spans:
            box = QRectF(LEFT, 24, max(60.0, today - LEFT), BAR)
            painter.setPen(QPen(look.colour("line2"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(look.colour("t3"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text("window.names.no_office"))
        painter.setPen(QPen(look.colour("ac"), 1))
        painter.drawLine(round(today), 18, round(today), self.height())
        painter.drawText(
            QRectF(today - 40, 0, 120, 18), int(Qt.AlignmentFlag.AlignVCenter),
            text("window.names.day", month=self._day.month, day=self._day.day),
        )  # fmt: skip

    def _bar(self, painter: QPainter, span: OfficeSpan, top: int, today: float) -> None:
        look = self._look
        painter.setFont(look.faces.ui(13))
        painter.setPen(look.colour("t1"))
        words = painter.fontMetrics().elidedText(span.office.position, Qt.TextElideMode.ElideRight, LEFT - 12)
        painter.drawText(QRectF(0, top, LEFT - 12, BAR), int(Qt.AlignmentFlag.AlignVCenter), words)
        left = self._x(span.since) if span.since is not None else self._x(datetime.date(self._day.year - 1, 1, 1))
        left = max(float(LEFT), left)
        right = min(today, self._x(span.until)) if span.until is not None else today
        box = QRectF(left, top, max(24.0, right - left), BAR)
        ground = look.colour("person")
        brush = QBrush(ground)
        if span.since is None:
            fade = QLinearGradient(box.left(), 0, box.left() + FADE, 0)
            clear = QColor(ground)
            clear.setAlpha(0)
            fade.setColorAt(0, clear)
            fade.setColorAt(1, ground)
            brush = QBrush(fade)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(look.colour("t1"))
        painter.setFont(look.faces.ui(12))
        words = painter.fontMetrics().elidedText(
            span.office.organisation, Qt.TextElideMode.ElideRight, int(box.width()) - 8
        )
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


class PlaceRow(QStyledItemDelegate):
    """A mention in its sentence, its words on the ground of their kind; page and article at the right."""

    def __init__(self, look: Look, view: QListWidget) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, 34)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        place, where, kind = index.data(PLACE), index.data(WHERE), index.data(KIND)
        look, box = self._look, option.rect
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus()
            painter.fillRect(box, look.colour("acs" if chosen else "hover"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), look.colour("line"))
        painter.setFont(look.faces.ui(12))
        painter.setPen(look.colour("t2"))
        wide = min(180, box.width() // 3)
        words = painter.fontMetrics().elidedText(where, Qt.TextElideMode.ElideRight, wide)
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(box.adjusted(0, 0, -8, 0), right, words)
        painter.setFont(look.faces.font(look.faces.serif, 15))
        metrics = painter.fontMetrics()
        painter.setPen(look.colour("t1"))
        shown = metrics.elidedText(place.words, Qt.TextElideMode.ElideRight, box.width() - wide - 24)
        before, name = place.words[: place.at], place.text
        if len(shown) >= place.at + len(name):
            start = box.left() + metrics.horizontalAdvance(before)
            ground = QRect(start, box.center().y() - 11, metrics.horizontalAdvance(name), 22)
            painter.fillRect(ground, look.colour(kind))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


class NameCard(QWidget):
    opened = Signal(object)  # NamePlace
    confirmed = Signal(object)  # EntityId that a person says is right
    chosen = Signal(object)  # NameInIssue that stands beside it
    wanted = Signal(object)  # EntityId whose whole record is wanted

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._row: NameInIssue | None = None
        self._mark = QLabel()
        self._mark.setFixedSize(40, 40)
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._name = label()
        self._name.setFont(look.faces.font(look.faces.serif, 26, bold=True))
        self._line, self._warning = label("", "small"), label("", "small")
        self.confirm = button(text("window.names.confirm"), self._confirm, kind="primary")
        self.record = button(text("window.authority.open"), self._want)
        self.timeline = Timeline(look)
        self.places = self._list("window.names.places")
        self._places_line = label("", "hint")
        self._beside = QVBoxLayout()
        self._beside.setSpacing(6)
        self._forms = label("", "small")
        self._forms.setWordWrap(True)
        self._build()
        look.changed.connect(self._recolour)

    def _list(self, name: str) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(text(name))
        made.setFrameShape(QListWidget.Shape.NoFrame)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setItemDelegate(PlaceRow(self._look, made))
        made.setMouseTracking(True)
        made.itemActivated.connect(self._open)
        made.itemClicked.connect(self._open)
        return made

    def _build(self) -> None:
        names = column(self._name, self._line, gap=0)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._mark)
        head.addLayout(names, 1)
        head.addWidget(self._warning)
        head.addWidget(self.record)
        head.addWidget(self.confirm)
        left = QVBoxLayout()
        left.setContentsMargins(24, 16, 24, 8)
        left.setSpacing(8)
        left.addLayout(head)
        self._offices_head = label(text("window.names.offices"), "heading")
        left.addWidget(self._offices_head)
        left.addWidget(self.timeline)
        left.addLayout(row(label(text("window.names.places"), "heading"), self._places_line, None))
        left.addWidget(self.places, 1)
        side = QWidget()
        side.setFixedWidth(296)
        inner = QVBoxLayout(side)
        inner.setContentsMargins(24, 20, 24, 8)
        inner.setSpacing(8)
        inner.addWidget(label(text("window.names.beside"), "heading"))
        inner.addLayout(self._beside)
        inner.addSpacing(8)
        inner.addWidget(label(text("window.names.forms"), "heading"))
        inner.addWidget(self._forms)
        inner.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(rule(upright=True))
        whole.addWidget(side)

    def show_name(
        self, found: NameInIssue, issue: NamesOfIssue, spans: tuple[OfficeSpan, ...], day: datetime.date
    ) -> None:
        self._row = found
        self._name.setText(found.name)
        self._mark.setText(found.name[:1])
        said = "、".join(dict.fromkeys(f"{one.organisation}{one.position}" for one in found.offices))
        kind = text(f"window.kind.{found.kind.value}")
        self._line.setText(f"{kind} · {said}" if said else kind)
        self._line.setToolTip(said)
        self.confirm.setVisible(found.entity is not None and not found.confirmed)
        self.record.setVisible(found.entity is not None)
        known = "confirmed" if found.confirmed else "unconfirmed" if found.entity is not None else ""
        self._warning.setText(text(f"window.names.{known}") if known else "")
        for part in (self._offices_head, self.timeline):
            part.setVisible(found.kind.value == "person")
        self.timeline.put(spans, day)
        headlines = {one.id: one for one in issue.articles}
        articles = len({place.article for place in found.places})
        self._places_line.setText(text("window.names.places_line", count=len(found.places), articles=articles))
        self.places.clear()
        for place in found.places:
            item = QListWidgetItem(place.words)
            item.setData(PLACE, place)
            where = headlines.get(place.article)
            if where is not None:
                page = text("window.page.name", number=f"{where.page:02d}", name="").strip() if where.page else ""
                item.setData(WHERE, f"{page} {where.headline}".strip())
                item.setToolTip(where.headline)
            item.setData(KIND, found.kind.value)
            self.places.addItem(item)
        self._fill_beside(issue.together(found)[:6])
        self._forms.setText(
            "\n".join(f"{form}　{text('window.names.count', count=n)}" for form, n in found.forms.items())
        )
        self._recolour()

    def _fill_beside(self, beside: tuple[tuple[NameInIssue, int], ...]) -> None:
        while self._beside.count():
            item = self._beside.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        most = max((count for _, count in beside), default=1)
        for other, count in beside:
            name = button(other.name if len(other.name) <= 9 else other.name[:8] + "…", kind="quiet")
            name.setToolTip(other.name)
            name.clicked.connect(lambda *_, other=other: self.chosen.emit(other))
            meter = Meter(self._look, width=72, tick=False)
            meter.put(count / most)
            line = QWidget()
            line.setLayout(row(name, None, meter, label(str(count), "small"), gap=8))
            self._beside.addWidget(line)

    def _want(self) -> None:
        if self._row is not None and self._row.entity is not None:
            self.wanted.emit(self._row.entity)

    def _recolour(self) -> None:
        if self._row is not None:
            theme = self._look.theme
            ground = getattr(theme, self._row.kind.value)
            restyle(
                self._mark,
                f"background: {ground}; border-radius: 20px; font-size: 20px; font-family: '{self._look.faces.serif}'",
            )
            restyle(self._warning, f"color: {theme.ok if self._row.confirmed else theme.warn}")

    def _confirm(self) -> None:
        if self._row is not None and self._row.entity is not None:
            self.confirmed.emit(EntityId(self._row.entity))

    def _open(self, item: QListWidgetItem) -> None:
        place = item.data(PLACE)
        if isinstance(place, NamePlace):
            self.opened.emit(place)


def nothing(look: Look) -> EmptyState:
    """Shown while the issue has no names."""
    return EmptyState(look, "person", text("window.empty.names"), text("window.empty.matrix_line"))
