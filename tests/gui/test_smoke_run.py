"""--smoke as a person would run it: the window opens on the sample issue, is grabbed, and the program ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

HOME = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    there = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QINGYANG_LANGUAGE": "zh", "QT_SCALE_FACTOR": "1"}
    code = "import sys; from pathlib import Path; from ui.shell.app import run_window as run; "
    code += "store, out = sys.argv[1:3]; sys.exit(run(store, False, Path(out)))"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=HOME, env=there, capture_output=True, text=True, timeout=200
    )


@pytest.mark.slow
def test_the_window_opens_on_the_sample_and_is_grabbed(tmp_path: Path) -> None:
    done = run(str(tmp_path / "smoke.db"), str(tmp_path / "out.png"))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["first_paint_ms"] > 0
    assert told["rss_mb"] > 0
    picture = QImage(str(tmp_path / "out.png"))
    assert (picture.width(), picture.height()) == (1920, 1080)
    shades = {picture.pixel(x, y) for x in range(330, 1500, 3) for y in range(360, 1000, 7)}
    assert len(shades) > 50  # letters and marks, not an empty pane


def test_a_store_that_cannot_be_opened_is_the_worlds_fault(tmp_path: Path) -> None:
    (tmp_path / "smoke.db").write_bytes(b"no database, just words" * 100)
    done = run(str(tmp_path / "smoke.db"), str(tmp_path / "out.png"))
    assert done.returncode == 3
    assert "smoke.db" in done.stderr
    assert "Traceback" not in done.stderr
