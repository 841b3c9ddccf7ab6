"""What every test shares: a window system without a screen, a home of its own, the seed page."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QINGYANG_LANGUAGE"] = "zh"

HOME = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def seed_page() -> Path:
    """The real page that the sample issue is built around."""
    return HOME / "seeds" / "000_5a3ed5fedffbb0aa.txt"


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the store of the person who runs it. Caches stay: they hold nothing but derived data."""
    folder = tmp_path_factory.mktemp("data")
    monkeypatch.setattr("services.config.paths.data_folder", lambda: folder)
