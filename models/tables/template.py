"""自备版式: page templates that the house made, as the words of a template file, so that a newsroom shares them."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Timed


class TemplateRow(Timed, Base):
    __tablename__ = "template"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    words: Mapped[str] = mapped_column(Text)  # TOML as in resources/grids
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 -- SQLAlchemy reads it once
