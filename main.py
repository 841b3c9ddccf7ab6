"""Qingyang: arguments go to the command line, none opens the window."""

import sys
from pathlib import Path


def main() -> int:
    home = str(Path(__file__).resolve().parent)
    if home not in sys.path:
        sys.path.insert(0, home)
    prefix = sys.modules.get("qingyang")
    if prefix is not None:  # installed: modules are loaded by their short names only, never twice
        prefix.__path__ = []
    from ui.cli.run import run

    return run(sys.argv[1:], window)


def window(store: str | None, sample: bool, smoke: Path | None) -> int:
    """Opens the window; Qt is imported here and nowhere on the command line's way."""
    from ui.shell.app import run_window

    return run_window(store, sample, smoke)


if __name__ == "__main__":
    sys.exit(main())
