"""Words for people: one keyed catalogue for core, command line and window, Chinese first, English second.

resources/locale/zh/*.toml and en/*.toml hold `key = "text with {values}"`; a key is "file.name", where the file is the
station that speaks. A key that a language lacks is taken from Chinese; one that is nowhere is a bug (KeyError).
"""

import os
import tomllib
from functools import cache

from services.config.paths import RESOURCES

LANGUAGES = ("zh", "en")
_chosen = [os.environ.get("QINGYANG_LANGUAGE", "zh")]


@cache
def catalogue(language: str) -> dict[str, str]:
    """All messages of a language by "file.name"; tables nest with a dot. Raises tomllib.TOMLDecodeError."""
    found: dict[str, str] = {}
    for path in sorted((RESOURCES / "locale" / language).glob("*.toml")):
        _flatten(path.stem, tomllib.loads(path.read_text("utf-8")), found)
    return found


def _flatten(prefix: str, table: dict[str, object], found: dict[str, str]) -> None:
    for name, value in table.items():
        if isinstance(value, dict):
            _flatten(f"{prefix}.{name}", value, found)
        else:
            found[f"{prefix}.{name}"] = str(value)


def language() -> str:
    return _chosen[0] if _chosen[0] in LANGUAGES else "zh"


def choose_language(name: str) -> None:
    """Sets the language of the words for people for this process."""
    _chosen[0] = name


def text(key: str, **values: object) -> str:
    """The message in the chosen language, its {values} filled in. Raises KeyError for an unknown key."""
    words = catalogue(language()).get(key)
    if words is None:
        words = catalogue("zh")[key]
    return words.format(**values) if values else words
