"""关系图 as a tab: people and organisations of the issue or its year, drawn; kept as a picture."""

import datetime
import math
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from models.values.ids import IssueId
from models.values.mention import EntityKind
from services.config.errors import UserError
from services.config.messages import text
from services.desk.network import Network, network_of, place
from services.jobs.job import JobContext
from ui.jobs.runner import JobRunner
from ui.widgets.look import Look
from ui.widgets.pieces import Chips, EmptyState, button, label, row, rule
from ui.widgets.theme import KIND_DOTS

if TYPE_CHECKING:
    from services.desk.desk import Desk

Spots = tuple[tuple[float, float], ...]
FACE, MARGIN = 13, 48  # px of a label's type; white round the drawing
CELL = 160.0  # px of the grid in which labels are kept apart
MOST_PIXELS = 12_000  # of a picture's longer side
LEAST_LABEL = 0.72  # scale below which only labels that find room are drawn, at this size
STEP = 1.25  # of the zoom
EMPTY = Network(nodes=(), ties=())
WORDS = 14  # characters of the longest label


def radius(mentions: int) -> float:
    return min(18.0, 4.0 + 1.7 * math.sqrt(mentions))


def shown_name(name: str) -> str:
    return name if len(name) <= WORDS else name[: WORDS - 1] + "…"


Box = tuple[float, float, float, float]


def _cells(box: Box) -> list[tuple[int, int]]:
    """The squares of a grid that a box lies in: only boxes of one square can meet."""
    across = range(int(box[0] // CELL), int(box[2] // CELL) + 1)
    return [(x, y) for x in across for y in range(int(box[1] // CELL), int(box[3] // CELL) + 1)]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class NetworkCanvas(QWidget):
    """The drawing: drag moves it, the wheel and +/− zoom, arrows walk to the nearest name that way."""

    turned = Signal(object)  # Node | None under the cursor
    opened = Signal(object)  # Node: Enter or a double click

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.network = EMPTY
        self.spots: Spots = ()
        self.here: int | None = None
        self._near: frozenset[int] = frozenset()
        self._scale, self._middle = 1.0, QPointF(0, 0)
        self._fitted = True
        self._drawn: tuple[object, list[tuple[int, QRectF]]] = (None, [])
        self._grip: tuple[QPoint, QPointF] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(text("window.network.name"))
        look.changed.connect(self.update)

    def sizes(self, network: Network) -> list[tuple[float, float]]:
        """Width and height of each dot with its label, px at full size."""
        metrics = QFontMetricsF(self._look.faces.ui(FACE))
        return [
            (
                max(metrics.horizontalAdvance(shown_name(node.name)), 2 * radius(node.mentions)) + 4,
                2 * radius(node.mentions) + metrics.height() + 4,
            )
            for node in network.nodes
        ]

    def show_network(self, network: Network, spots: Spots) -> None:
        self.network, self.spots = network, spots
        self.go_to(None)
        self.fit()

    # --- where things are

    def bounds(self) -> QRectF:
        if not self.spots:
            return QRectF(0, 0, 1, 1)
        sizes = self.sizes(self.network)
        left = min(x - w / 2 for (x, _), (w, _) in zip(self.spots, sizes, strict=True))
        right = max(x + w / 2 for (x, _), (w, _) in zip(self.spots, sizes, strict=True))
        top = min(y - h / 2 for (_, y), (_, h) in zip(self.spots, sizes, strict=True))
        bottom = max(y + h / 2 for (_, y), (_, h) in zip(self.spots, sizes, strict=True))
        return QRectF(left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN)

    def fit(self) -> None:
        box = self.bounds()
        self._middle = box.center()
        self._scale = min(1.25, self.width() / box.width(), self.height() / box.height())
        self._fitted = True
        self.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zooms so that what is under `at` stays there."""
        at = at or QPointF(self.width() / 2, self.height() / 2)
        before = self._to_drawing(at)
        self._scale = max(0.08, min(4.0, self._scale * factor))
        self._middle += before - self._to_drawing(at)
        self._fitted = False
        self.update()

    def _to_drawing(self, at: QPointF) -> QPointF:
        return self._middle + (at - QPointF(self.width() / 2, self.height() / 2)) / self._scale

    def _on_screen(self, at: int) -> QPointF:
        spot = QPointF(*self.spots[at])
        return (spot - self._middle) * self._scale + QPointF(self.width() / 2, self.height() / 2)

    def node_at(self, place: QPointF) -> int | None:
        where = self._to_drawing(place)
        sizes = self.sizes(self.network)
        inside = [
            at
            for at, ((x, y), (w, h)) in enumerate(zip(self.spots, sizes, strict=True))
            if abs(where.x() - x) <= max(w, 20 / self._scale) / 2 and abs(where.y() - y) <= max(h, 20 / self._scale) / 2
        ]
        return min(inside, key=lambda at: math.dist(self.spots[at], (where.x(), where.y())), default=None)

    def go_to(self, at: int | None) -> None:
        self.here = at
        self._near = frozenset(self.network.neighbours(at)) if at is not None else frozenset()
        if at is not None and not QRectF(self.rect()).adjusted(40, 40, -40, -40).contains(self._on_screen(at)):
            self._middle = QPointF(*self.spots[at])
        self.turned.emit(self.network.nodes[at] if at is not None else None)
        self.update()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("surf"))
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(self._scale, self._scale)
        painter.translate(-self._middle)
        self.draw(painter, self._scale)
        if self.hasFocus() and self.here is None:
            painter.resetTransform()
            painter.setPen(QPen(self._look.colour("ac"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def draw(self, painter: QPainter, scale: float) -> None:
        """The whole drawing in its own px, for the screen and for a picture alike."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, lit = self._look, self._near | ({self.here} if self.here is not None else set())
        below = (
            QFontMetricsF(look.faces.ui(FACE)).height() + 4
        ) / 2  # the label stands below the dot in the node's box
        middles = [QPointF(x, y - below) for x, y in self.spots]
        for tie in self.network.ties:
            on = self.here in (tie.one, tie.other)
            colour = look.colour("ac" if on else "t3")
            colour.setAlphaF(0.9 if on else 0.10 if lit else min(0.65, 0.26 + 0.08 * tie.together))
            line = Qt.PenStyle.SolidLine if tie.together else Qt.PenStyle.DashLine
            painter.setPen(QPen(colour, min(3.0, 0.7 + 0.4 * tie.together) + (0.6 if tie.office else 0), line))
            painter.drawLine(middles[tie.one], middles[tie.other])
        for at, node in enumerate(self.network.nodes):
            colour = QColor(KIND_DOTS[node.kind.value])
            if lit and at not in lit:
                colour.setAlphaF(0.28)
            painter.setPen(QPen(look.colour("ac"), 2) if at == self.here else QPen(look.colour("surf"), 1))
            painter.setBrush(colour)
            size = radius(node.mentions)
            if node.kind is EntityKind.ORGANISATION:
                painter.drawRoundedRect(
                    QRectF(middles[at].x() - size, middles[at].y() - size, 2 * size, 2 * size), 2, 2
                )
            else:
                painter.drawEllipse(middles[at], size, size)
        self._labels(painter, scale, middles, lit)

    def _labels(
        self, painter: QPainter, scale: float, middles: list[QPointF], lit: "frozenset[int] | set[int]"
    ) -> None:
        """At full size every label has its place; in a small drawing those that find room, the foremost first."""
        look = self._look
        font = look.faces.ui(FACE)
        font.setPixelSize(max(1, round(FACE * max(1.0, LEAST_LABEL / scale))))
        painter.setFont(font)
        for at, box in self._boxes(scale, middles, lit, QFontMetricsF(font)):
            painter.setPen(look.colour("t3" if lit and at not in lit else "t1"))
            words = shown_name(self.network.nodes[at].name)
            painter.drawText(box.adjusted(-4, 0, 4, 0), int(Qt.AlignmentFlag.AlignCenter), words)

    def _boxes(
        self, scale: float, middles: list[QPointF], lit: "frozenset[int] | set[int]", metrics: QFontMetricsF
    ) -> list[tuple[int, QRectF]]:
        """The labels that are drawn and where; chosen anew only when the size or the name in front is another."""
        key = (scale, self.here, self.spots)
        if self._drawn[0] == key:
            return self._drawn[1]
        halves = [radius(node.mentions) for node in self.network.nodes]
        dots = [(m.x() - h, m.y() - h, m.x() + h, m.y() + h) for m, h in zip(middles, halves, strict=True)]
        taken: dict[tuple[int, int], list[tuple[int, Box]]] = {}
        for at, dot in enumerate(dots):
            for cell in _cells(dot):
                taken.setdefault(cell, []).append((at, dot))
        chosen = []
        for at in sorted(range(len(middles)), key=lambda at: (at != self.here, at not in lit, at)):
            wide = metrics.horizontalAdvance(shown_name(self.network.nodes[at].name))
            left, top = middles[at].x() - wide / 2, middles[at].y() + halves[at] + 1
            box = (left, top, left + wide, top + metrics.height())
            if scale < LEAST_LABEL and any(
                other != at and _meet(box, held) for cell in _cells(box) for other, held in taken.get(cell, ())
            ):
                continue
            for cell in _cells(box):
                taken.setdefault(cell, []).append((-1, box))
            chosen.append((at, QRectF(left, top, wide, metrics.height())))
        self._drawn = (key, chosen)
        return chosen

    def image(self) -> QImage:
        """The whole drawing at twice its size, nothing chosen in it."""
        box, kept = self.bounds(), (self.here, self._near)
        self.here, self._near = None, frozenset()
        times = min(2.0, MOST_PIXELS / max(box.width(), box.height()))
        image = QImage(
            QSize(math.ceil(box.width() * times), math.ceil(box.height() * times)), QImage.Format.Format_RGB32
        )
        image.fill(self._look.colour("surf"))
        painter = QPainter(image)
        painter.scale(times, times)
        painter.translate(-box.topLeft())
        self.draw(painter, 1.0)
        painter.end()
        self.here, self._near = kept
        return image

    def save_svg(self, path: Path) -> bool:
        box, kept = self.bounds(), (self.here, self._near)
        self.here, self._near = None, frozenset()
        done = self._save_svg(path, box)
        self.here, self._near = kept
        return done

    def _save_svg(self, path: Path, box: QRectF) -> bool:
        out = QSvgGenerator()
        out.setFileName(str(path))
        out.setSize(QSize(math.ceil(box.width()), math.ceil(box.height())))
        out.setViewBox(QRect(0, 0, math.ceil(box.width()), math.ceil(box.height())))
        out.setTitle(text("window.network.name"))
        painter = QPainter()
        if not painter.begin(out):
            return False
        painter.fillRect(QRectF(0, 0, box.width(), box.height()), self._look.colour("surf"))
        painter.translate(-box.topLeft())
        self.draw(painter, 1.0)
        return painter.end()

    # --- hands

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(STEP ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.node_at(event.position())
        self._grip = (event.position().toPoint(), QPointF(self._middle))
        self.go_to(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None and event.buttons() & Qt.MouseButton.LeftButton:
            start, middle = self._grip
            self._middle = middle - QPointF(event.position().toPoint() - start) / self._scale
            self._fitted = False
            self.update()
            return
        at = self.node_at(event.position())
        node = self.network.nodes[at] if at is not None else None
        self.setToolTip(
            text("window.network.tip", name=node.name, mentions=node.mentions, articles=node.articles) if node else ""
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.node_at(event.position())
        if at is not None:
            self.opened.emit(self.network.nodes[at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in ways and self.spots:
            self.go_to(0 if self.here is None else self._nearest(self.here, ways[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.here is not None:
            self.opened.emit(self.network.nodes[self.here])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(STEP)
        elif key is Qt.Key.Key_Minus:
            self.zoom(1 / STEP)
        elif key is Qt.Key.Key_0:
            self.fit()
        elif key is Qt.Key.Key_Escape and self.here is not None:
            self.go_to(None)
        else:
            super().keyPressEvent(event)

    def _nearest(self, here: int, way: tuple[int, int]) -> int:
        """The name that lies nearest in a direction, the way there counted less than the way beside it."""
        x, y = self.spots[here]
        best, least = here, math.inf
        for at, (ox, oy) in enumerate(self.spots):
            along = (ox - x) * way[0] + (oy - y) * way[1]
            beside = abs((ox - x) * way[1]) + abs((oy - y) * way[0])
            if at != here and along > 0 and along + 2 * beside < least:
                best, least = at, along + 2 * beside
        return best


class NetworkView(QWidget):
    opened = Signal(object)  # EntityId whose card is wanted
    failed = Signal(object)
    told = Signal(str)

    def __init__(self, look: Look, jobs: JobRunner, desk: "Desk", issue: IssueId, day: datetime.date) -> None:
        super().__init__()
        self._jobs, self._desk, self._issue, self._day = jobs, desk, issue, day
        self._scope = "issue"
        self.canvas = NetworkCanvas(look)
        self.chips = Chips(self._put_scope)
        self.chips.put("issue", text("window.network.issue"))
        self.chips.put("year", text("window.network.year", year=day.year))
        self._count = label("", "hint")
        self._line = label("", "small")
        head = QWidget()
        head.setObjectName("surface")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(44)
        self.keep = button(text("window.network.save"), self._ask_file)
        head.setLayout(
            row(
                label(text("window.network.name"), "heading"), self._count, None, self._line, self.chips,
                button(text("window.network.fit"), self.canvas.fit, kind="quiet"), self.keep, margins=(24, 0, 16, 0),
            )
        )  # fmt: skip
        empty = EmptyState(look, "person", text("window.network.empty"), text("window.empty.matrix_line"))
        inside = QWidget()
        self._stack = QStackedLayout(inside)
        self._stack.addWidget(empty)
        self._stack.addWidget(self.canvas)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(rule())
        layout.addWidget(inside, 1)
        self.setFocusProxy(self.canvas)
        self.canvas.turned.connect(self._tell)
        self.canvas.opened.connect(lambda node: self.opened.emit(node.id))
        self.reload()

    def reload(self) -> None:
        """Reads who stands with whom, then places it, both in jobs."""
        desk, issue, year = self._desk, self._issue, self._day.year
        whole_year = self._scope == "year"
        self._jobs.pure(
            text("window.job.network"),
            lambda _: network_of(desk, year=year) if whole_year else network_of(desk, issue=issue),
            done=self._place,
            failed=self.failed.emit,
            supersede="network",
        )

    def _place(self, network: Network) -> None:
        sizes = self.canvas.sizes(network)

        def work(context: JobContext) -> Spots:
            return place(network, sizes, context)

        def done(spots: Spots) -> None:
            self.canvas.show_network(network, spots)
            self._stack.setCurrentIndex(1 if network.nodes else 0)
            left = text("window.network.left_out", count=network.left_out) if network.left_out else ""
            self._count.setText(text("window.network.count", names=len(network.nodes), ties=len(network.ties)) + left)

        self._jobs.pure(
            text("window.job.network"), work, done=done, failed=self.failed.emit, supersede="network", quiet=False
        )

    def _tell(self, node: object) -> None:
        at = self.canvas.here
        if at is None:
            self._line.setText("")
            return
        found = self.canvas.network.nodes[at]
        self._line.setText(
            text("window.network.tip", name=found.name, mentions=found.mentions, articles=found.articles)
        )

    def _put_scope(self, scope: str) -> None:
        self._scope = scope
        self.reload()

    def go_to(self, name: str) -> None:
        at = next((at for at, node in enumerate(self.canvas.network.nodes) if node.name == name), None)
        self.canvas.go_to(at)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, text("window.network.save"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["PNG (*.png)", "SVG (*.svg)"])
        dialog.selectFile(text("window.network.file", date=self._day.isoformat()))
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def save(self, path: Path) -> None:
        path = path if path.suffix.lower() in (".png", ".svg") else path.with_suffix(".png")
        wrong = UserError("cli.cannot_write", file=str(path), reason=text("window.network.not_written"))
        said = text("window.network.saved", file=path.name)
        if path.suffix.lower() == ".svg":
            if self.canvas.save_svg(path):
                self.told.emit(said)
            else:
                self.failed.emit(wrong)
            return
        image = self.canvas.image()

        def work(context: JobContext) -> None:
            if not image.save(str(path), "PNG"):  # type: ignore[call-overload]
                raise wrong

        self._jobs.pure(
            text("window.job.network"), work, done=lambda _: self.told.emit(said), failed=self.failed.emit, quiet=False
        )
