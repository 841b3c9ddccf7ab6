"""Numerals (GB/T 15835-2011) where a pattern alone does not do: mixed forms that need arithmetic."""

import re
from collections.abc import Iterator
from decimal import Decimal

from services.proofing.contract import Find, Hit, Reading

_MIXED = re.compile(r"(?<![\d.])(\d{1,4})(亿|万)(\d{1,4})(万|千)(?=元|人|吨|户|亩|公里|平方|多|余|[，。、；]|$)")
_SCALE = {"亿": 10**8, "万": 10**4, "千": 10**3}


def mixed(reading: Reading) -> Iterator[Hit]:
    """3亿4500万 → 3.45亿, 3万5千 → 3.5万."""
    for match in _MIXED.finditer(reading.text):
        large, small = _SCALE[match[2]], _SCALE[match[4]]
        if small >= large:
            continue
        value = (Decimal(match[1]) * large + Decimal(match[3]) * small) / large
        if Decimal(match[3]) * small >= large:
            continue
        yield Hit(start=match.start(), end=match.end(), suggestions=(f"{value.normalize():f}{match[2]}",))


_DECADE = re.compile(r"(?<![\d—－～~-])(?P<tens>[1-9])0年代|(?P<word>[二三四五六七八九]十)年代")
_CENTURY = re.compile("世纪|\\d{4}年代")


def decade(reading: Reading) -> Iterator[Hit]:
    """80年代 needs its century; one named shortly before holds on."""
    for match in _DECADE.finditer(reading.text):
        before = reading.text[max(0, match.start() - 30) : match.start()]
        if _CENTURY.search(before):
            continue
        tens = match["tens"]
        fix = (f"20世纪{tens}0年代",) if tens and int(tens) >= 3 else ()
        yield Hit(start=match.start(), end=match.end(), suggestions=fix)


TABLE: tuple[tuple[str, Find], ...] = (("numerals.mixed", mixed), ("numerals.decade", decade))
