"""稿件: an article and its current text.

`text` is values.ArticleText as JSON. Headline, authors, characters and form stand beside it for the lists. `findings`
is what proofing last found open (-1: never proofed) and `page_id` the page it belongs to; both are written past the
version counter, since they are no edit of the article.
"""

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Timed


class ArticleRow(Timed, Base):
    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    manuscript_id: Mapped[int | None] = mapped_column(ForeignKey("manuscript.id"), index=True)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"), index=True)
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id"), index=True)
    place: Mapped[int] = mapped_column(default=0)  # order within its manuscript
    text: Mapped[str] = mapped_column(Text)
    headline: Mapped[str] = mapped_column(Text)
    authors: Mapped[str] = mapped_column(Text, default="[]")  # JSON list of names
    characters: Mapped[int] = mapped_column(default=0)
    form: Mapped[str] = mapped_column(Text, default="news")
    findings: Mapped[int] = mapped_column(default=-1)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
