"""来稿: a file as it arrived, byte for byte. Nothing in the program changes or deletes such a row."""

import datetime
from typing import Any

from sqlalchemy import LargeBinary, Text, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from models.tables.base import Base, UtcTime, now


class ManuscriptRow(Base):
    __tablename__ = "manuscript"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(Text, index=True)
    encoding: Mapped[str] = mapped_column(Text)  # as it was read: a codec, or "docx"
    arrived: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)


class ManuscriptTouched(RuntimeError):
    """Our bug: something tried to change or delete a manuscript."""


@event.listens_for(ManuscriptRow, "before_update")
@event.listens_for(ManuscriptRow, "before_delete")
def _refuse(mapper: Mapper[ManuscriptRow], connection: Any, target: ManuscriptRow) -> None:
    raise ManuscriptTouched(target.id)
