"""Every check that is code, by name, in the order in which families speak."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from services.proofing.characters import check as characters
from services.proofing.contract import Find
from services.proofing.rules import (
    ages,
    calendar_days,
    dates,
    de,
    growth,
    headline,
    idioms,
    jumps,
    legal,
    lists,
    measures,
    names,
    numerals,
    offices,
    ordinals,
    pairs,
    places,
    punctuation,
    quantities,
    remainders,
    repeats,
    shares,
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
            *ordinals.TABLE,
            *names.TABLE,
            *offices.TABLE,
            *punctuation.TABLE,
            *numerals.TABLE,
            *growth.TABLE,
            *shares.TABLE,
            *remainders.TABLE,
            *quantities.TABLE,
            *headline.TABLE,
            *ages.TABLE,
            *dates.TABLE,
            *calendar_days.TABLE,
            *legal.TABLE,
            *jumps.TABLE,
            *short_forms.TABLE,
            *characters.TABLE,
        )
    )
)
# Checks that take their words from the pack.
WITH_WORDS: Mapping[str, Callable[[Mapping[str, Any]], Find]] = MappingProxyType(
    dict((*repeats.WITH_WORDS, *places.WITH_WORDS, *measures.WITH_WORDS, *idioms.WITH_WORDS, *de.WITH_WORDS))
)
