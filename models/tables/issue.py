"""期: one day's paper of a publication; its pages point to it."""

import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Timed


class IssueRow(Timed, Base):
    __tablename__ = "issue"

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), index=True)
    date: Mapped[datetime.date] = mapped_column(index=True)
    total_number: Mapped[int | None] = mapped_column()
    sample: Mapped[bool] = mapped_column(default=False)  # made from seeds/
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
