"""历次修改: the text of an article at each saved step. Number 0 is the article as received.

`text` is the whole text (values.ArticleText as JSON) where `base` is -1, else the delta from the revision `base`
(services/store/deltas).
"""

import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, UtcTime, now


class RevisionRow(Base):
    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int] = mapped_column()
    base: Mapped[int] = mapped_column(default=-1)
    text: Mapped[str] = mapped_column(Text)
    characters: Mapped[int] = mapped_column()
    author: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    began: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)  # first change folded into it
    time: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)  # last change folded into it
