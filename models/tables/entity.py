"""人物/机构/地点: the authority file, with aliases and offices that hold for a time."""

import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Timed


class EntityRow(Timed, Base):
    __tablename__ = "entity"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text, index=True)
    parent: Mapped[str] = mapped_column(Text, default="")  # organisation above, as printed
    note: Mapped[str] = mapped_column(Text, default="")
    confirmed: Mapped[bool] = mapped_column(default=False)  # by a person; what tagging alone met proves nothing
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class AliasRow(Base):
    __tablename__ = "entity_alias"
    __table_args__ = (UniqueConstraint("entity_id", "alias"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"))
    alias: Mapped[str] = mapped_column(Text, index=True)


class OfficeRow(Base):
    """职务; `since` and `until` are None where nobody said."""

    __tablename__ = "entity_office"

    id: Mapped[int] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), index=True)
    position: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[datetime.date | None] = mapped_column()
    until: Mapped[datetime.date | None] = mapped_column()
