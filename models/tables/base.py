"""Base of every table: constraint names, times in UTC, the version counter.

Values of the newsroom (texts, plans) stand in Text columns as JSON. What comes out of a database is checked by
services/store/codec before anything believes it; the tables only carry it.
"""

import datetime

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


class UtcTime(TypeDecorator[datetime.datetime]):
    """A moment with its zone in the program, the same moment in UTC without a zone in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(datetime.UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime.datetime | None, dialect: Dialect) -> datetime.datetime | None:
        return None if value is None else value.replace(tzinfo=datetime.UTC)


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)


class Timed:
    """When a row was made and last changed."""

    made: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)
    changed: Mapped[datetime.datetime] = mapped_column(UtcTime, default=now)
