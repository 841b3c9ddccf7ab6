"""What was exported: which issue, when, by whom, which file with which hash. Only ever added to."""

import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, UtcTime, now


class ExportRow(Base):
    __tablename__ = "export_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    time: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)
    author: Mapped[str] = mapped_column(Text)
    preset: Mapped[str] = mapped_column(Text)
    file: Mapped[str] = mapped_column(Text)  # bare name
    sha256: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column()
