"""Every change with its inverse, in order: history, audit, and what an editor saw at a version. Only ever added to.

A step of typing that was folded (services/desk/folding) holds no change and, as its inverse, a hash of what stood
before.
"""

import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, UtcTime, now


class ChangeRow(Base):
    __tablename__ = "change_log"
    __table_args__ = (Index(None, "article_id", "version"), Index(None, "page_id", "version"))

    id: Mapped[int] = mapped_column(primary_key=True)
    time: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)
    author: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"))
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"))
    version: Mapped[int] = mapped_column()  # of the article or page after the change
    change: Mapped[str] = mapped_column(Text)
    inverse: Mapped[str] = mapped_column(Text)
