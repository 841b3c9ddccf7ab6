"""版: a page of an issue with its plan.

`plan` is values.PagePlan as JSON in the form `plan_schema`. The figures are what the layout engine last found;
`figures_of` names the state they belong to, so that they are told apart from outdated ones. They are written past
the version counter: they are no edit.
"""

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Timed

PLAN_SCHEMA = 1


class PageRow(Timed, Base):
    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("issue_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    number: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(Text, default="")
    plan: Mapped[str] = mapped_column(Text)
    plan_schema: Mapped[int] = mapped_column(default=PLAN_SCHEMA)
    figures_of: Mapped[str] = mapped_column(Text, default="")
    overset_lines: Mapped[int] = mapped_column(default=0)
    empty_lines: Mapped[int] = mapped_column(default=0)
    faults: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
