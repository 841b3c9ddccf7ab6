"""差错 and how it was settled: what an editor lets stand (waiver), what was fixed, and the house's own lexicon."""

import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, UtcTime, now


class WaiverRow(Base):
    """放行 in one article; scope "here", "article" or "house"."""

    __tablename__ = "waiver"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    key: Mapped[str] = mapped_column(Text)
    scope: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    start: Mapped[int] = mapped_column(default=-1)


class SettledRow(Base):
    """One finding that was fixed or waived: who, when, how. Only ever added to."""

    __tablename__ = "settled_finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), index=True)
    key: Mapped[str] = mapped_column(Text, index=True)
    how: Mapped[str] = mapped_column(Text)  # "fixed", "waived", "unwaived"
    author: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    time: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)


class HouseWordRow(Base):
    """A finding's key or a word that the house never wants flagged."""

    __tablename__ = "house_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(Text, default="")
    time: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)
