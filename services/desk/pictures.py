"""图片: pictures as they came, looked through once before they are kept.

A picture is decoded whole on arrival: a truncated or bomb-like file is refused now, not on the press. Formats are
named to Pillow, since it would hand a PostScript file called .jpg to an interpreter.
"""

import hashlib
import io
import struct
import warnings
from pathlib import Path

from sqlalchemy import select

from models.tables.picture import PictureRow
from models.values.cards import PictureCard
from models.values.ids import PictureId
from services.config.errors import UserError
from services.desk.bench import Bench
from services.desk.permissions import Action
from services.store.rows import clean

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF")
MOST_PIXELS = 50_000_000
MOST_BYTES = 64 * 1024 * 1024


class Pictures:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def add(self, path: Path, *, caption: str = "", credit: str = "") -> PictureCard:
        """Keeps a picture; the same bytes are kept once. Raises UserError for what is no sound picture."""
        try:
            if path.stat().st_size > MOST_BYTES:
                raise UserError("desk.picture_too_large", file=path.name)
            raw = path.read_bytes()
        except OSError as error:
            raise UserError("desk.picture_unreadable", file=path.name, reason=error.strerror or str(error)) from error
        width, height = sound_size(path.name, raw)
        digest = hashlib.sha256(raw).hexdigest()
        with self._bench.work(Action.TAKE_IN) as work:
            row = work.session.scalars(select(PictureRow).where(PictureRow.sha256 == digest).limit(1)).first()
            if row is None:
                row = PictureRow(raw=raw, sha256=digest, width=width, height=height, name=clean(path.name))
                work.session.add(row)
            row.caption, row.credit = clean(caption) or row.caption or "", clean(credit) or row.credit or ""
            work.commit()
            return _card(row)

    def all(self) -> tuple[PictureCard, ...]:
        with self._bench.store.read() as session:
            return tuple(_card(row) for row in session.scalars(select(PictureRow).order_by(PictureRow.id)))

    def card(self, picture: PictureId) -> PictureCard:
        with self._bench.store.read() as session:
            row = session.get(PictureRow, picture)
            if row is None:
                raise UserError("desk.no_picture", id=picture)
            return _card(row)

    def data(self, picture: PictureId) -> bytes:
        """The bytes as they came."""
        with self._bench.store.read() as session:
            raw = session.scalars(select(PictureRow.raw).where(PictureRow.id == picture)).first()
        if raw is None:
            raise UserError("desk.no_picture", id=picture)
        return bytes(raw)


ORIENTATION = 0x0112  # EXIF: how the camera was held
SIDEWAYS = (5, 6, 7, 8)
DAMAGED = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    struct.error,
    EOFError,
    IndexError,
    OverflowError,
)  # of decoders


def sound_size(name: str, raw: bytes) -> tuple[int, int]:
    """Pixels, upright, of a picture that decodes whole. Raises UserError."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            with Image.open(io.BytesIO(raw), formats=FORMATS) as image:
                width, height = image.size
                if width * height > MOST_PIXELS:
                    raise UserError("desk.picture_too_large", file=name)
                turned = image.getexif().get(ORIENTATION) in SIDEWAYS
                image.load()
    except (*DAMAGED, Image.DecompressionBombError) as error:
        raise UserError("desk.picture_damaged", file=name) from error
    return (height, width) if turned else (width, height)


def _card(row: PictureRow) -> PictureCard:
    return PictureCard(
        id=PictureId(row.id),
        name=row.name,
        width=row.width,
        height=row.height,
        caption=row.caption,
        credit=row.credit,
    )
