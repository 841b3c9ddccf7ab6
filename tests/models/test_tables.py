"""House rules of the tables: named constraints, ids, times with their zone, tables that only ever grow."""

import datetime

import pytest
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.dialects import sqlite

from models.tables.base import UtcTime
from models.tables.every import METADATA, ROWS


def test_every_table_is_listed_and_has_an_id() -> None:
    assert {row.__tablename__ for row in ROWS} == set(METADATA.tables)
    for table in METADATA.tables.values():
        assert [column.name for column in table.primary_key] == ["id"]


def test_every_constraint_and_index_has_its_name() -> None:
    for table in METADATA.tables.values():
        for constraint in table.constraints:
            assert isinstance(
                constraint, PrimaryKeyConstraint | UniqueConstraint | ForeignKeyConstraint | CheckConstraint
            )
            assert constraint.name
        assert all(index.name and index.name.startswith(f"ix_{table.name}_") for index in table.indexes)


def test_no_delete_runs_from_one_table_into_another() -> None:
    for table in METADATA.tables.values():
        assert all(key.ondelete is None for key in table.foreign_keys)


def test_every_foreign_key_is_indexed() -> None:
    for table in METADATA.tables.values():
        first = {next(iter(index.columns)).name for index in table.indexes}
        first |= {next(iter(c.columns)).name for c in table.constraints if isinstance(c, UniqueConstraint)}
        assert {key.parent.name for key in table.foreign_keys} <= first, table.name


def test_times_are_kept_in_utc() -> None:
    kind, dialect = UtcTime(), sqlite.dialect()
    noon = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    kept = kind.process_bind_param(noon, dialect)
    assert kept == datetime.datetime(2026, 11, 22, 4)
    assert kind.process_result_value(kept, dialect) == noon
    assert kind.process_bind_param(None, dialect) is None
    assert kind.process_result_value(None, dialect) is None
    with pytest.raises(ValueError, match="zone"):
        kind.process_bind_param(datetime.datetime(2026, 11, 22), dialect)
