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

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
