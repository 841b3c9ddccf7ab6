"""人物/机构/地点: the authority file, with aliases and offices that hold for a time."""

import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.tables.base import Base, Timed, UtcTime, now


class EntityRow(Timed, Base):
    __tablename__ = "entity"
    __table_args__ = (Index(None, "changed"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text, index=True)
    parent: Mapped[str] = mapped_column(Text, default="")  # organisation above, a person's own; as printed
    note: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")  # where it is known from
    confirmed: Mapped[bool] = mapped_column(default=False)  # by a person; what tagging alone met proves nothing
    # 并入: the record that this one was found to be. Its mentions, short names and offices stay with it, so that
    # taking the merge back is exact. No foreign key: rows are copied in the order of their ids.
    merged_into: Mapped[int | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class AliasRow(Base):
    """简称、曾用名; a name with an end was given up on that day."""

    __tablename__ = "entity_alias"
    __table_args__ = (UniqueConstraint("entity_id", "alias"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"))
    alias: Mapped[str] = mapped_column(Text, index=True)
    since: Mapped[datetime.date | None] = mapped_column()
    until: Mapped[datetime.date | None] = mapped_column()


class OfficeRow(Base):
    """职务; `since` and `until` are None where nobody said."""

    __tablename__ = "entity_office"

    id: Mapped[int] = mapped_column(primary_key=True)
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"), index=True)
    position: Mapped[str] = mapped_column(Text)
    organisation: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[datetime.date | None] = mapped_column()
    until: Mapped[datetime.date | None] = mapped_column()


class EntityChangeRow(Base):
    """What was done to the authority file by hand, with its inverse."""

    __tablename__ = "entity_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    time: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)
    author: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    change: Mapped[str] = mapped_column(Text)  # values.EditRecords as JSON
    inverse: Mapped[str] = mapped_column(Text)


class RefusalRow(Base):
    """不是名字: words that an editor untagged; a new run leaves them alone.

    In one article, in the articles of an issue, or (neither given) in the whole house. `before` and `after` are the
    characters round one place; both empty: wherever the words stand.
    """

    __tablename__ = "name_refusal"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id"), index=True)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(Text)
    time: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)
