"""图片: a picture's bytes as they came, its size in pixels, caption and credit."""

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Timed


class PictureRow(Timed, Base):
    __tablename__ = "picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sha256: Mapped[str] = mapped_column(Text, index=True)
    width: Mapped[int] = mapped_column()
    height: Mapped[int] = mapped_column()
    caption: Mapped[str] = mapped_column(Text, default="")
    credit: Mapped[str] = mapped_column(Text, default="")
