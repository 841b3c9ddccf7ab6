"""Page templates 版式: looked at, copied from a preset, changed with the page beside the fields, kept for everybody."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from models.values.laid_page import LaidPage
from models.values.template import PageTemplate
from services.config.errors import UserError
from services.config.messages import text
from services.fonts.catalogue import installed
from services.jobs.job import JobContext
from ui.jobs.runner import JobRunner
from ui.layout.glyph_paths import GlyphPaths
from ui.layout.painting import RunPainter, paint_page
from ui.layout.template_form import TemplateForm
from ui.widgets.look import Look
from ui.widgets.pieces import button, label, row

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.templates import TemplateCard

SHEET = QSize(330, 500)  # px that the page has in the dialog
WAIT = 250  # ms after an edit, then the page is laid anew
ARTICLES = 6  # of the newest, that stand on the page in the dialog
NAME = Qt.ItemDataRole.UserRole


class TemplateDialog(QDialog):
    changed = Signal()  # a template was stored or removed
    failed = Signal(object)  # Exception

    def __init__(self, window: QWidget, look: Look, desk: "Desk", jobs: JobRunner, name: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("template.dialog"))
        screen = window.screen().availableGeometry()
        self.resize(min(1180, screen.width() - 80), min(760, screen.height() - 80))
        self._look, self._desk, self._jobs, self._wanted = look, desk, jobs, name
        self._shown: PageTemplate | None = None  # as stored
        self._past: list[PageTemplate] = []  # what the fields said before, for undo
        self._ahead: list[PageTemplate] = []
        self._now: PageTemplate | None = None
        self._paths = GlyphPaths(installed())
        self._cards: dict[str, TemplateCard] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(text("template.list"))
        self.list.setFixedWidth(224)
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.currentItemChanged.connect(lambda *_: self._turn())
        self.form = TemplateForm()
        self.form.edited.connect(self._edited)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidget(self.form)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.viewport().setAutoFillBackground(False)
        self.form.setAutoFillBackground(False)
        self._page = QLabel()
        self._room = QSize(SHEET.width(), max(240, min(SHEET.height(), screen.height() - 260)))
        self._page.setFixedSize(self._room)
        self._page.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self._page.setAccessibleName(text("template.preview"))
        self._told = label("", "small")
        self._told.setWordWrap(True)
        self._told.setMinimumHeight(36)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT)
        self._wait.timeout.connect(self._lay)
        self.copy = button(text("template.copy"), self._copy)
        self.remove = button(text("template.remove"), self._remove, kind="quiet")
        self.undo = button(text("template.undo"), self._undo, kind="quiet")
        self.redo = button(text("template.redo"), self._redo, kind="quiet")
        self.keep = button(text("template.keep"), self._keep, kind="primary")
        self._lay_out()
        for keys, do in ((QKeySequence.StandardKey.Undo, self._undo), (QKeySequence.StandardKey.Redo, self._redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        self._read()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        left.addLayout(row(self.copy, self.remove, None))
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(label(text("template.preview"), "heading"))
        right.addWidget(self._page)
        right.addWidget(self._told)
        right.addStretch(1)
        parts = QHBoxLayout()
        parts.setSpacing(24)
        parts.addLayout(left)
        parts.addWidget(self._area, 1)
        parts.addLayout(right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(parts, 1)
        layout.addLayout(row(self.undo, self.redo, None, button(text("canvas.close"), self.reject), self.keep))

    # --- what there is

    def _read(self) -> None:
        self._jobs.pure(
            "templates", lambda _: self._desk.pages.templates.cards(), done=self._fill, failed=self.failed.emit
        )

    def _fill(self, cards: "tuple[TemplateCard, ...]") -> None:
        self._cards = {card.name: card for card in cards}
        self.list.blockSignals(True)
        self.list.clear()
        for card in cards:
            words = text("template.preset_of", title=card.title) if card.preset else card.title
            icon = self._look.icon("certain", "err") if card.broken else self._look.icon("page")
            item = QListWidgetItem(icon, words)
            item.setData(NAME, card.name)
            item.setToolTip(card.broken or card.name)
            self.list.addItem(item)
        names = list(self._cards)
        self.list.setCurrentRow(names.index(self._wanted) if self._wanted in names else 0)
        self.list.blockSignals(False)
        self._turn()

    def _card(self) -> "TemplateCard | None":
        item = self.list.currentItem()
        return self._cards.get(str(item.data(NAME))) if item is not None else None

    def _turn(self) -> None:
        """Another template of the list."""
        card = self._card()
        if card is None:
            return
        self._wanted = card.name
        self._past, self._ahead = [], []
        if card.broken:
            self._tell(card.broken)
            self.form.setEnabled(False)
            self._shown = self._now = None
            self._buttons()
            return
        self._jobs.pure(
            "template",
            lambda _: self._desk.pages.templates.get(card.name),
            done=self._show,
            failed=self.failed.emit,
            supersede="template",
        )

    def _show(self, template: PageTemplate) -> None:
        self._shown = self._now = template
        self._put(template)

    def _put(self, template: PageTemplate) -> None:
        card = self._card()
        self._now = template
        self.form.show_template(template, fixed=card is None or card.preset)
        self._area.setMinimumWidth(self.form.minimumSizeHint().width() + 24)
        self._check()
        self._lay()

    # --- what is changed

    def _edited(self) -> None:
        made = self.form.template()
        if made is None or self._now is None or made == self._now:
            return
        self._past.append(self._now)
        self._ahead = []
        self._now = made
        self._check()
        self._wait.start()

    def _undo(self) -> None:
        if self._past and self._now is not None:
            self._ahead.append(self._now)
            self._put(self._past.pop())

    def _redo(self) -> None:
        if self._ahead and self._now is not None:
            self._past.append(self._now)
            self._put(self._ahead.pop())

    def _check(self) -> None:
        """What is wrong with the numbers is told at once."""
        words = ""
        if self._now is not None:
            try:
                self._desk.pages.templates.check(self._now)
            except UserError as error:
                words = str(error)
        card = self._card()
        self._tell(words or (text("template.preset_hint") if card is not None and card.preset else ""), bool(words))
        self._buttons(right=not words)

    def _tell(self, words: str, wrong: bool = True) -> None:
        self._told.setText(words)
        self._told.setStyleSheet(f"color: {self._look.theme.err if wrong else self._look.theme.t2}")

    def _buttons(self, *, right: bool = False) -> None:
        card = self._card()
        own = card is not None and not card.preset
        self.remove.setEnabled(own)
        self.copy.setEnabled(self._now is not None)
        self.undo.setEnabled(bool(self._past))
        self.redo.setEnabled(bool(self._ahead))
        self.keep.setEnabled(own and right and self._now != self._shown)

    # --- the page beside

    def _lay(self) -> None:
        made, desk, paths, room = self._now, self._desk, self._paths, self._room
        if made is None:
            return
        ratio = self.devicePixelRatioF()

        def work(_: JobContext) -> QImage:
            newest = desk.articles.list(None)[:ARTICLES]
            texts = tuple((card.id, desk.articles.open(card.id).text) for card in newest)
            return page_image(desk.pages.templates.preview(made, texts), RunPainter(paths), room, ratio)

        def show(image: QImage) -> None:
            if self._now is made:
                self._page.setPixmap(QPixmap.fromImage(image))

        self._jobs.pure("template page", work, done=show, failed=lambda _: None, supersede="template page")

    # --- what is stored

    def _keep(self) -> None:
        made = self._now
        if made is None or not self.keep.isEnabled():
            return

        def done(_: object) -> None:
            self._shown = made
            self._buttons(right=True)
            self.changed.emit()
            self._read()

        self._write(lambda: self._desk.pages.templates.save(made), done)

    def _copy(self) -> None:
        """A template of the house like the one that is shown, under a name of its own."""
        if self._now is None:
            return
        number = 1
        while f"house {number}" in self._cards:
            number += 1
        card = self._card()
        plain = (card.title if card is not None else self._now.title).split("（")[0].split(" (")[0]
        made = replace(self._now, name=f"house {number}", title=text("template.copy_of", title=plain, number=number))
        self._wanted = made.name

        def done(_: object) -> None:
            self._read()
            self.changed.emit()

        self._write(lambda: self._desk.pages.templates.save(made), done)

    def _remove(self) -> None:
        card = self._card()
        if card is None or card.preset:
            return

        def done(_: object) -> None:
            self._wanted = ""
            self._read()
            self.changed.emit()

        self._write(lambda: self._desk.pages.templates.remove(card.name), done)

    def _write(self, do: object, done: object) -> None:
        assert callable(do)
        assert callable(done)
        self._jobs.write(
            text("template.job"), lambda _: do(), done=done, failed=lambda error: self._tell(str(error)), quiet=True
        )


def page_image(page: LaidPage, runs: RunPainter, room: QSize, ratio: float) -> QImage:
    """The whole page in a room of so many px. Safe in any thread: it paints outlines on an image of its own."""
    scale = min(room.width() / page.width, room.height() / page.height)
    size = QSize(round(page.width * scale * ratio), round(page.height * scale * ratio))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(scale * ratio, scale * ratio)
    paint_page(painter, page, runs, lambda _: None)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image
