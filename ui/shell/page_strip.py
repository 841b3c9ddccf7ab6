"""Thumbnails of the issue's pages, drawn from what the layout engine laid, in a worker."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from models.values.cards import PageCard, PageSheet
from models.values.ids import ArticleId, PageId
from models.values.laid_page import LaidPage
from models.values.template import PageTemplate
from services.config.messages import text
from services.jobs.job import JobContext
from ui.shell.newsroom import Newsroom
from ui.widgets.look import Look
from ui.widgets.pieces import IconButton, label, row

if TYPE_CHECKING:
    from services.desk.desk import Desk

HIGH, WIDE = 86, 62  # px of a thumbnail
REDRAW_AFTER = 400  # ms


def page_picture(laid: LaidPage, width: int, height: int, ratio: float) -> QImage:
    """The page in miniature: headings dark, text as grey lines, pictures and tints as areas. Safe in any thread."""
    image = QImage(QSize(round(width * ratio), round(height * ratio)), QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = min(width / laid.width, height / laid.height)
    painter.scale(scale, scale)
    ink, grey = QColor("#3A4046"), QColor("#9AA1A8")
    for frame in laid.frames:
        for tint in frame.tints:
            box = tint.box
            painter.fillRect(QRectF(box.x, box.y, box.width, box.height), QColor("#E4E8EB"))
        for picture in frame.pictures:
            box = picture.box
            painter.fillRect(QRectF(box.x, box.y, box.width, box.height), QColor("#B9C0C6"))
    for run in (*laid.furniture, *(run for frame in laid.frames for run in frame.runs)):
        if not run.xs:
            continue
        high = run.size * (0.62 if run.size > 12 else 0.36)
        box_line = QRectF(run.xs[0], run.baseline - high, run.xs[-1] + run.size - run.xs[0], high)
        painter.fillRect(box_line, ink if run.size > 12 else grey)
    painter.end()
    return image


class PageThumb(QAbstractButton):
    """One page: picture, number and name; a dot tells of a severe fault."""

    def __init__(self, look: Look, card: PageCard) -> None:
        super().__init__()
        self._look = look
        self.card = card
        self._image: QImage | None = None
        self._holder = ""
        self.setFixedSize(76, 118)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.put(card)
        look.changed.connect(self.update)

    def put(self, card: PageCard) -> None:
        self.card = card
        name = text("window.page.name", number=f"{card.number:02d}", name=card.name)
        faults = text("window.page.faults", count=card.faults) if card.faults else ""
        held = text("window.together.at_work", name=self._holder) if self._holder else ""
        self.setAccessibleName(" ".join(part for part in (name.strip(), faults, held) if part))
        self.setToolTip(self.accessibleName())
        self.update()

    def put_holder(self, holder: str) -> None:
        """Who else has the page open; "" for nobody."""
        if holder != self._holder:
            self._holder = holder
            self.put(self.card)

    def put_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, on = self._look, self.isChecked()
        if on or self.underMouse():
            painter.setPen(look.colour("ac") if on else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("acs" if on else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        sheet = QRect(7, 7, WIDE, HIGH)
        painter.fillRect(sheet, QColor("#FFFFFF"))
        if self._image is not None:
            painter.drawImage(sheet, self._image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.colour("line2"))
        painter.drawRect(QRectF(sheet).adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.card.overset_lines or self.card.faults:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor("#B3261E"))
            painter.drawEllipse(QRectF(sheet.right() - 9, sheet.bottom() - 9, 6, 6))
        if self._holder:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("warns"))
            mark = QRectF(sheet.left() + 3, sheet.top() + 3, 20, 20)
            painter.drawEllipse(mark)
            look.paint_icon(painter, "person", "warn", mark.adjusted(3, 3, -3, -3))
        painter.setFont(look.faces.ui(12, bold=on))
        painter.setPen(look.colour("ac" if on else "t2"))
        words = f"{self.card.number:02d} {self.card.name}".strip()
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, 74)
        painter.drawText(QRect(0, 95, 76, 20), int(Qt.AlignmentFlag.AlignCenter), words)
        if self.hasFocus():
            painter.setPen(look.colour("ac"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)


class PageStrip(QWidget):
    opened = Signal(int)  # PageId
    naming = Signal(int)  # PageId whose name and slogan are wanted
    adding = Signal()
    laid = Signal()  # lines of the articles are known anew
    sheet_laid = Signal(object, object)  # PageSheet, PageTemplate

    def __init__(self, look: Look, newsroom: Newsroom) -> None:
        super().__init__()
        self._look, self._newsroom = look, newsroom
        self._thumbs: dict[PageId, PageThumb] = {}
        self._versions: dict[PageId, int] = {}
        self._lines: dict[ArticleId, int] = {}
        self._holder: Callable[[str], str] = lambda subject: ""
        self._count = label("", "hint")
        self._arrow = IconButton(look, "down", text("window.page.fold"), size=12)
        self._arrow.clicked.connect(self._fold)
        self._plus = IconButton(look, "plus", text("window.action.add_page"), size=14)
        self._plus.clicked.connect(lambda *_: self.adding.emit())
        head = QWidget()
        head.setFixedHeight(36)
        head.setLayout(
            row(
                label(text("window.page.pages"), "heading"),
                self._count,
                None,
                self._plus,
                self._arrow,
                gap=4,
                margins=(16, 0, 8, 0),
            )
        )
        inside = QWidget()
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(8, 0, 8, 8)
        self._row.setSpacing(0)
        self._row.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(inside)
        self._area.setFixedHeight(130)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self._area)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(REDRAW_AFTER)
        self._wait.timeout.connect(self._draw)
        newsroom.pages_changed.connect(self._show)

    def _fold(self) -> None:
        self._area.setVisible(not self._area.isVisible())
        self._arrow.show_icon("down" if self._area.isVisible() else "right")

    def _show(self) -> None:
        issue = self._newsroom.issue
        pages = issue.pages if issue is not None else ()
        self.setVisible(bool(pages))
        over = sum(page.overset_lines for page in pages)
        words = text("window.page.count", count=len(pages))
        self._count.setText(words + (text("window.page.over", count=over) if over else ""))
        if [page.id for page in pages] != list(self._thumbs):
            for thumb in self._thumbs.values():
                thumb.deleteLater()
            self._thumbs, self._versions, self._lines = {}, {}, {}
            for page in pages:
                thumb = PageThumb(self._look, page)
                thumb.clicked.connect(lambda *_, id=page.id: self.opened.emit(id))
                thumb.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                thumb.customContextMenuRequested.connect(partial(self._offer, thumb))
                self._row.insertWidget(self._row.count() - 1, thumb)
                self._thumbs[page.id] = thumb
        for page in pages:
            self._thumbs[page.id].put(page)
            self._thumbs[page.id].put_holder(self._holder(f"page {page.id}"))
        self._wait.start()

    def _draw(self) -> None:
        desk, issue = self._newsroom.desk, self._newsroom.issue
        if desk is None or issue is None:
            return
        ratio = max(1.0, self.devicePixelRatioF())
        for page in issue.pages:
            self._newsroom.runner.pure(
                text("window.job.thumbs"),
                partial(_drawn, desk, page.id, ratio),
                done=self._put,
                supersede=f"thumb {page.id}",
            )

    def _put(self, drawn: tuple[PageSheet, PageTemplate, QImage]) -> None:
        sheet, template, image = drawn
        thumb = self._thumbs.get(sheet.id)
        if thumb is not None:
            thumb.put_image(image)
        self._lines.update({frame.article: frame.body_lines for frame in sheet.laid.frames})
        self.sheet_laid.emit(sheet, template)
        self.laid.emit()

    def _offer(self, thumb: PageThumb, at: QPoint) -> None:
        """The context menu of a page."""
        menu, page = QMenu(self), thumb.card.id
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(text("window.page.open"), lambda: self.opened.emit(page))
        menu.addAction(text("window.action.name_page"), lambda: self.naming.emit(page))
        menu.addSeparator()
        menu.addAction(text("window.action.add_page"), self.adding.emit)
        menu.popup(thumb.mapToGlobal(at))

    def put_holders(self, holder: Callable[[str], str]) -> None:
        """Who else has which page open, by subject."""
        self._holder = holder
        for id, thumb in self._thumbs.items():
            thumb.put_holder(holder(f"page {id}"))

    def lines_of_articles(self) -> dict[ArticleId, int]:
        """Printed lines of the body of each placed article."""
        return self._lines

    def mark(self, page: PageId | None) -> None:
        """Shows which page is in front."""
        for id, thumb in self._thumbs.items():
            thumb.setChecked(id == page)


def _drawn(desk: "Desk", page: PageId, ratio: float, context: JobContext) -> tuple[PageSheet, PageTemplate, QImage]:
    sheet = desk.pages.open(page)
    return sheet, desk.pages.template(page), page_picture(sheet.laid, WIDE, HIGH, ratio)
