"""The power is cut, in a model of a disk: with the store's settings nothing that was acknowledged is lost."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.road.power import cuts


def traceable() -> bool:
    """Whether strace is there and may be used: some containers forbid it."""
    tool = shutil.which("strace")
    return tool is not None and subprocess.run([tool, "-o", "/dev/null", "true"], capture_output=True).returncode == 0


pytestmark = pytest.mark.skipif(not traceable(), reason="strace is missing or forbidden")


def test_a_power_cut_loses_nothing_that_was_stored(tmp_path: Path) -> None:
    outcome = cuts(tmp_path, edits=25, count=25)
    assert outcome.cuts == 25
    assert outcome.corrupt == []
    assert outcome.lost == []


def test_the_model_tells_a_careless_setting(tmp_path: Path) -> None:
    outcome = cuts(tmp_path, edits=25, count=15, care="NORMAL")
    assert outcome.corrupt == []
    assert outcome.lost
