"""Settings: declared once, read from one file, a slip in the file never keeps anybody from working."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from services.config.settings import CHOICES, RANGES, Settings, load_settings, save_settings


def test_back_and_forth(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.toml"
    assert load_settings(path) == Settings()
    changed = Settings(
        language="en", editor='程"校\\对\n', text_size=20, rule_folders=("/a b", "C:\\rules"), store="x.db"
    )
    save_settings(changed, path)
    assert load_settings(path) == changed
    save_settings(Settings(), path)
    assert path.read_text("utf-8") == ""


@given(some.text(some.characters(exclude_categories=["Cs"]), max_size=20))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_of_an_editor_comes_back(tmp_path: Path, name: str) -> None:
    save_settings(Settings(editor=name), tmp_path / "s.toml")
    assert load_settings(tmp_path / "s.toml").editor == name


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ('language = "fr"', ("language",)),
        ("text_size = 900", ("text_size",)),
        ("text_size = true", ("text_size",)),
        ('text_size = "15"', ("text_size",)),
        ("rule_folders = [1]", ("rule_folders",)),
        ("colour = 3\neditor = 'x'", ("colour",)),
        ("wrong = ['x']", ("wrong",)),
        ("= =", ("settings.toml",)),
        ("\x00", ("settings.toml",)),
    ],
)
def test_a_slip_is_passed_over_and_told(tmp_path: Path, content: str, wrong: tuple[str, ...]) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(content, "utf-8")
    found = load_settings(path)
    assert found.wrong == wrong
    assert replace(found, wrong=(), editor="") == Settings(editor="")


def test_every_choice_and_range_belongs_to_a_setting() -> None:
    defaults = {item.name: getattr(Settings(), item.name) for item in fields(Settings)}
    for name, choices in CHOICES.items():
        assert defaults[name] in choices
    for name, (least, most) in RANGES.items():
        assert least <= defaults[name] <= most
    numbers = {name for name, value in defaults.items() if isinstance(value, int)}
    assert numbers == set(RANGES)
