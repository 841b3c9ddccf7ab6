"""Every check that is code, by name, in the order in which families speak."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from services.proofing.characters import check as characters
from services.proofing.contract import Find
from services.proofing.rules import (
    dates,
    growth,
    lists,
    names,
    numerals,
    pairs,
    punctuation,
    repeats,
    short_forms,
    widths,
)

CODE: Mapping[str, Find] = MappingProxyType(
    dict(
        (
            *widths.TABLE,
            *pairs.TABLE,
            *repeats.TABLE,
            *lists.TABLE,
            *names.TABLE,
            *punctuation.TABLE,
            *numerals.TABLE,
            *growth.TABLE,
            *dates.TABLE,
            *short_forms.TABLE,
            *characters.TABLE,
        )
    )
)
# Checks that take their words from the pack.
WITH_WORDS: Mapping[str, Callable[[Mapping[str, Any]], Find]] = MappingProxyType(dict((*repeats.WITH_WORDS,)))
