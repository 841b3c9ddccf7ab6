"""Every command has its words in both languages, a name of its own, and a key that no other command has."""

import tomllib
from collections import Counter

import pytest

from services.config.paths import RESOURCES
from ui.actions.catalogue import CATALOGUE
from ui.actions.ids import ActionId


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_has_a_name_of_its_own(language: str) -> None:
    names = tomllib.loads((RESOURCES / "locale" / language / "window.toml").read_text("utf-8"))["action"]
    missing = [spec.id.value for spec in CATALOGUE if not names.get(spec.id.value)]
    assert missing == []
    assert [name for name, count in Counter(names[spec.id.value] for spec in CATALOGUE).items() if count > 1] == []
    assert [name for name in names.values() if "..." in name] == []


def test_every_command_stands_in_a_menu_once_and_keys_are_not_shared() -> None:
    assert Counter(spec.id for spec in CATALOGUE) == Counter(ActionId)
    keys = Counter(key for spec in CATALOGUE for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_plain_letters_never_leave_the_canvas() -> None:
    assert [spec.id for spec in CATALOGUE for key in spec.keys if len(key) == 1 and not spec.local] == []
