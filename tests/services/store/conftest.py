"""What the tests of the store share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.store.unit_of_work import Store
from tests.services.store.servers import BOTH, fresh_server


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def store(place: Path) -> Iterator[Store]:
    opened = Store(str(place))
    yield opened
    opened.close()


@pytest.fixture(params=BOTH)
def where(request: pytest.FixtureRequest, place: Path) -> Iterator[str]:
    """A place for a store: a file, then a schema of a server."""
    if request.param == "sqlite":
        yield str(place)
    else:
        with fresh_server() as url:
            yield url


@pytest.fixture
def either(where: str) -> Iterator[Store]:
    """A fresh store of each kind."""
    opened = Store(where)
    yield opened
    opened.close()
