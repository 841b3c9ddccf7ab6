"""From the command line to the window: is there a display, do Qt's system libraries load, and if not, what to do."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from services.config.errors import UserError
from services.config.messages import text
from ui.cli.system import has_display, install_line, missing_libraries

Window = Callable[[str | None, bool, Path | None], int]  # store, with the sample issue, where to grab it


def open_window(
    window: Callable[[str | None, bool, Path | None], int], *, store: str | None, sample: bool, smoke: Path | None
) -> int:
    """Opens the window. Without a display: with `sample` that issue is made in out/ instead, else UserError."""
    if smoke is not None and not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    elif not has_display():
        if not sample:
            raise UserError("cli.no_display")
        print(text("cli.no_display_sample"), file=sys.stderr)
        from ui.cli.commands import export_sample

        return export_sample(store, Path("out"))
    missing = missing_libraries()
    if missing:
        raise UserError("cli.libraries_missing", line=install_line(missing))
    return window(store, sample, smoke)
