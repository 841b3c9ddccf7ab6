"""提及: a person, an organisation or a place in an article's flat text, by code points."""

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base


class MentionRow(Base):
    __tablename__ = "mention"
    __table_args__ = (Index(None, "article_id", "start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    entity_id: Mapped[int | None] = mapped_column(ForeignKey("entity.id"), index=True)
    start: Mapped[int] = mapped_column()
    data: Mapped[str] = mapped_column(Text)  # values.Mention as JSON, its entity left out
