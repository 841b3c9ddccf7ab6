"""Word lists of resources/lexicon/*.toml, read once. In: the name of a list. Out: its entries as a frozen set."""

import tomllib
from functools import cache

from services.config.paths import RESOURCES


@cache
def _file(name: str) -> dict[str, str]:
    return tomllib.loads((RESOURCES / "lexicon" / f"{name}.toml").read_text("utf-8"))


@cache
def entries(file: str, name: str) -> frozenset[str]:
    """The words of a list, which are parted by white space."""
    return frozenset(_file(file)[name].split())


@cache
def characters(file: str, name: str) -> frozenset[str]:
    """The single characters of a list, white space apart."""
    return frozenset(_file(file)[name]) - frozenset(" \n")
