"""What the tests of the store share."""

from pathlib import Path

import pytest

from services.store.unit_of_work import Store


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(place: Path):
    opened = Store(str(place))
    yield opened
    opened.close()
