"""From the command line to the window: is there a display, do Qt's system libraries load, and if not, what to do."""

import os
import sys
from pathlib import Path

from services.config.errors import UserError
from services.config.messages import text
from ui.cli.system import has_display, install_line, missing_libraries


def open_window(*, store: str | None, sample: bool, smoke: Path | None) -> int:
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
    from ui.shell.app import run_window

    return int(run_window(store, sample, smoke))
