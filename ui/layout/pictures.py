"""Pictures for the canvas: read and decoded in a job, grey until they are there; how fine they will print."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from models.values.cards import PictureCard
from models.values.ids import PictureId
from models.values.laid_page import PictureBox
from models.values.plan import FramePlan, PicturePlan
from models.values.template import PageTemplate
from services.config.errors import UserError
from services.jobs.job import JobContext
from ui.jobs.runner import JobRunner

if TYPE_CHECKING:
    from services.desk.desk import Desk

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff")
MOST_PIXELS = 2400  # of a side on the screen; the press gets every pixel
LEAST_ROWS = 3
FINE_PPI = 200  # under it a picture may look soft on newsprint: twice the 100 lines an inch of the screen ruling


class PictureStore(QObject):
    """Pictures of the store, each read once off the window's thread; None until it is there, or when it is broken."""

    arrived = Signal(object)  # PictureId

    def __init__(self, desk: "Desk", jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._jobs = desk, jobs
        self._images: dict[PictureId, QImage | None] = {}
        self._cards: dict[PictureId, PictureCard | None] = {}

    def __call__(self, picture: PictureId) -> QImage | None:
        if picture not in self._images:
            self._ask(picture)
        return self._images[picture]

    def card(self, picture: PictureId) -> PictureCard | None:
        """Name and pixels of a picture, None until they are known."""
        if picture not in self._cards:
            self._ask(picture)
        return self._cards[picture]

    def _ask(self, picture: PictureId) -> None:
        self._images[picture] = self._cards[picture] = None
        desk = self._desk

        def work(context: JobContext) -> tuple[PictureCard, QImage] | None:
            try:
                return desk.pictures.card(picture), decoded(desk.pictures.data(picture))
            except UserError:
                return None  # a page that names a lost picture is still drawn; preflight tells it

        def done(found: tuple[PictureCard, QImage] | None) -> None:
            if found is not None:
                card, image = found
                self._cards[picture] = card
                self._images[picture] = None if image.isNull() else image
                self.arrived.emit(picture)

        self._jobs.pure("picture", work, done=done)


def decoded(raw: bytes) -> QImage:
    """The picture for the screen, no larger than it can show. Safe in any thread."""
    image = QImage.fromData(raw)
    if max(image.width(), image.height()) > MOST_PIXELS:
        image = image.scaled(
            QSize(MOST_PIXELS, MOST_PIXELS),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    return image.convertToFormat(QImage.Format.Format_RGB32) if not image.isNull() else image


def effective_ppi(place: PictureBox, card: PictureCard) -> int:
    """Pixels an inch that the cropped picture has at its printed size."""
    left, top, right, bottom = place.crop
    if place.box.width <= 0 or place.box.height <= 0:
        return 0
    across = card.width * (right - left) * 72 / place.box.width
    down = card.height * (bottom - top) * 72 / place.box.height
    return int(min(across, down))


def with_picture(frame: FramePlan, card: PictureCard, template: PageTemplate) -> FramePlan:
    """The frame with a picture: in the place of the one (or of the place-holder) that it has, else at its head.

    A new one takes half the columns of a frame of four or more, and the rows of its proportion, but leaves at least
    half of the frame to heading and text.
    """
    if frame.picture is not None:
        held = frame.picture
        filled = replace(held, picture=card.id, caption=held.caption or card.caption, credit=held.credit or card.credit)
        return replace(frame, picture=filled)
    columns = frame.columns // 2 if frame.columns >= 4 else 0
    wide = template.span_width(columns or frame.columns)
    rows = round(wide * card.height / max(1, card.width) / template.leading)
    rows = max(LEAST_ROWS, min(rows, frame.rows // 2))
    picture = PicturePlan(rows=rows, picture=card.id, columns=columns, caption=card.caption, credit=card.credit)
    return replace(frame, picture=picture)


def without_picture(frame: FramePlan) -> FramePlan:
    """Takes the picture off and leaves its place; takes the place away when no picture stands in it."""
    if frame.picture is None:
        return frame
    if frame.picture.picture is None:
        return replace(frame, picture=None)
    return replace(frame, picture=replace(frame.picture, picture=None, caption="", credit=""))


def dropped_pictures(data: QMimeData) -> list[Path]:
    """Picture files among what is dragged; empty unless all of it is pictures."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return files if files and all(path.suffix.lower() in SUFFIXES for path in files) else []


PictureCards = Callable[[PictureId], PictureCard | None]
