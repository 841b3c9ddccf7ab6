"""Numerals (GB/T 15835-2011) where a pattern alone does not do: mixed forms that need arithmetic."""

import re
from collections.abc import Iterator
from decimal import Decimal

from services.proofing.contract import Find, Hit, Reading
from services.proofing.rules.numbers import chinese

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


_MEASURED = re.compile(
    r"(?<![一二两三四五六七八九十百千万亿零〇几数第\d])(?P<number>[一二三四五六七八九][一二两三四五六七八九十百千零]{1,7}|[二三四五六七八九]?十[一二三四五六七八九]?)"
    r"(?P<more>余|多)?(?P<scale>万|亿)?(?P<unit>元|人(?!大)|名|吨|公里|平方米|亩|户|人次|千克|公斤|件|册)(?![以之]?[上下内外])"
)
_ARABIC = re.compile(r"\d[余多]?[万亿]?(?:余|多)?(?:元|人|名|吨|公里|平方米|亩|户|人次|个|家|项|次|件|册|起|位|%)")


def chinese_measure(reading: Reading) -> Iterator[Hit]:
    """五十万元 in a text that counts in Arabic numerals elsewhere (局部体例一致)."""
    if len(_ARABIC.findall(reading.text)) < 1:
        return
    for match in _MEASURED.finditer(reading.text):
        words = match["number"]
        if re.search("[一二三四五六七八九]{2}", words) or (len(words) < 2 and not match["scale"]):
            continue  # 三五百, 七八十: approximate
        if not match["scale"] and len(words) < 3:
            continue  # 十人, 二十名: small numbers may stand in words
        value = chinese(words) if "千" not in words else None
        fix = (f"{value}{match['more'] or ''}{match['scale'] or ''}{match['unit']}",) if value else ()
        yield Hit(start=match.start(), end=match.end(), suggestions=fix)


TABLE: tuple[tuple[str, Find], ...] = (
    ("numerals.mixed", mixed),
    ("numerals.decade", decade),
    ("numerals.chinese_measure", chinese_measure),
)
