"""出版物: one paper. `data` is values.Publication as JSON; the name stands beside it to be found by."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Timed


class PublicationRow(Timed, Base):
    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, index=True)
    data: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy reads it once
