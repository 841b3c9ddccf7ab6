"""印刷特性文件: ICC profiles of printing conditions as the print houses gave them. The same bytes are kept once."""

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Timed


class ProfileRow(Timed, Base):
    __tablename__ = "profile"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)  # of the file
    title: Mapped[str] = mapped_column(Text)  # what the profile calls itself
    sha256: Mapped[str] = mapped_column(Text, unique=True)
    raw: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
