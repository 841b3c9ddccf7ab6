"""本报词表与自定规则: rules of the house that every window on this store proofs by.

Mined from corrections that were made again and again, or written by hand. Only rows in the state "approved" speak.
"""

import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, UtcTime, now


class HouseRuleRow(Base):
    __tablename__ = "house_rule"
    __table_args__ = (UniqueConstraint("kind", "wrong", "fix"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)  # "literal" or "regex"
    wrong: Mapped[str] = mapped_column(Text)  # words, or a pattern
    fix: Mapped[str] = mapped_column(Text, default="")  # "" of a pattern: nothing to put in its place
    tier: Mapped[str] = mapped_column(Text, default="likely")
    message: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(Text)  # "proposed", "approved", "refused"
    sample: Mapped[str] = mapped_column(Text, default="")  # the words around one correction
    author: Mapped[str] = mapped_column(Text, default="")  # "" for what was mined
    decided_by: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    seen: Mapped[int] = mapped_column(default=0)  # how often the correction was made
    time: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)
    decided: Mapped[datetime.datetime | None] = mapped_column(UtcTime)
