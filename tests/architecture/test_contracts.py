"""The house rules that a tool can check: import directions, sizes, packages, lazy imports, Qt's version."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
FLOORS = ("models", "services", "ui")
SOURCES = sorted(path for floor in FLOORS for path in (HOME / floor).rglob("*.py"))
BANNED_NAMES = {"util", "utils", "common", "helper", "helpers", "misc", "manager", "managers"}


def test_imports_keep_their_direction() -> None:
    tool = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([tool, "--no-cache"], cwd=HOME, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


def test_package_list_is_what_lies_on_the_disk() -> None:
    listed = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    folders = {path.parent.relative_to(HOME).as_posix().replace("/", ".") for path in SOURCES}
    assert sorted(listed) == sorted(
        {"qingyang", "qingyang.resources", "qingyang.seeds"} | {f"qingyang.{name}" for name in folders}
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(HOME).as_posix())
def test_names_and_sizes(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert path.stem not in BANNED_NAMES
    assert len(path.read_text("utf-8").splitlines()) <= 500, "a file fits a screen or three"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 80, f"{node.name}: {length} lines"
        if isinstance(node, ast.ClassDef):
            public = [n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
            assert len(public) <= 30, f"{node.name}: {len(public)} public methods"


def loaded_by(statement: str, wanted: set[str], **environment: str) -> set[str]:
    """Which of the wanted modules a fresh interpreter holds after the statement."""
    code = f"{statement}\nimport sys\nprint(*[m for m in {sorted(wanted)!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_window_loads_nothing_heavy() -> None:
    heavy = {"jieba", "reportlab", "docx", "alembic", "uharfbuzz.subset", "pikepdf"}
    assert loaded_by("import ui.shell.app, ui.shell.main_window", heavy) == set()


def test_the_command_line_loads_no_window_and_nothing_heavy() -> None:
    heavy = {"PySide6", "jieba", "reportlab", "docx", "alembic", "sqlalchemy", "numpy"}
    assert loaded_by("import ui.cli.run, ui.cli.commands", heavy) == set()


def test_a_thousand_void_calls_do_not_eat_none() -> None:
    """PySide6 6.12.0 on Python 3.11 drops one reference to None at every call that returns nothing, then aborts."""
    from PySide6.QtCore import QObject

    subject = QObject()
    before = sys.getrefcount(None)
    for _ in range(20_000):
        subject.setObjectName("x")
    assert sys.getrefcount(None) > before - 1_000


def test_every_message_stands_in_both_languages() -> None:
    from services.config.messages import catalogue

    chinese, english = catalogue("zh"), catalogue("en")
    assert set(chinese) == set(english)
    for key, words in chinese.items():
        assert fields(words) == fields(english[key]), key


def fields(words: str) -> set[str]:
    import string

    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def test_nothing_of_the_workplace_stands_in_the_project() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=HOME, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    needles = [b"/wo" + b"rk/", b"/ro" + b"ot/", b"py" + b"pi.org", b"help" + b"er-1"]
    for name in filter(None, tracked):
        path = HOME / name
        if path.is_file() and path.suffix not in {".png", ".docx", ".npz"}:
            content = path.read_bytes()
            assert not [needle for needle in needles if needle in content], name
