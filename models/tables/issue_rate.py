"""差错率 of an issue as it stood at a moment that counts: its export, or the end of work on it. Only ever added to."""

import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, UtcTime, now


class IssueRateRow(Base):
    __tablename__ = "issue_rate"

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    time: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)
    cause: Mapped[str] = mapped_column(Text)  # "export", "check"
    author: Mapped[str] = mapped_column(Text, default="")
    characters: Mapped[int] = mapped_column()
    fixed: Mapped[int] = mapped_column(default=0)  # findings put right before print: work done, not quality
    errors: Mapped[float] = mapped_column()  # still open, weighted
    allowed: Mapped[float] = mapped_column()
    per_10k: Mapped[float] = mapped_column()
