"""Ages against years of birth, and two ages of one person.

The year of the text is that of the day of issue, else the only year that the text names beside 今年 or in a date. One
year more or less is left alone: a birthday yet to come, 虚岁.
"""

import re
from collections.abc import Iterator

from services.proofing.contract import HAN, Find, Hit, Reading

_BORN = r"(?P<year>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?"
_AGE = r"(?P<age>\d{1,3})(?:周)?岁"
_FIRST = re.compile(rf"(?:生于|出生于){_BORN}[^。！？\n\d]{{0,12}}(?:今年|现年|年满|，)?{_AGE}")
_THEN = re.compile(rf"{_BORN}(?:出生|生人|生)[^。！？\n\d]{{0,14}}(?:今年|现年|年满|，){_AGE}")
_BEFORE = re.compile(
    rf"(?:今年|现年|年满){_AGE}[^。！？\n\d]{{0,12}}(?:生于|出生于|，){_BORN}(?:出生|生人|生|[，。、）])"
)
_BRACKET = re.compile(rf"{_AGE}[，、]{_BORN}(?:出生|生)")
_SLACK = 1
MOST = 20  # ages of one name that are compared


def born(reading: Reading) -> Iterator[Hit]:
    today = reading.context.date
    if today is None:
        return
    seen: set[int] = set()
    for pattern in (_FIRST, _THEN, _BEFORE, _BRACKET):
        for match in pattern.finditer(reading.text):
            real = today.year - int(match["year"])
            if match.start("age") in seen or "时" in reading.text[match.end("age") : match.end("age") + 3]:
                continue
            if re.search(
                "享年|终年|去世|逝世|当年|那年|时年", reading.text[max(0, match.start() - 8) : match.end() + 8]
            ):
                continue
            seen.add(match.start("age"))
            if abs(real - int(match["age"])) > _SLACK:
                values = {"year": match["year"], "real": str(real)}
                place = (match.span("year"),)
                yield Hit(start=match.start("age"), end=match.end("age") + 1, related=place, values=values)


_OF = re.compile(rf"(?P<age>\d{{1,3}})(?:周)?岁(?:的)?(?P<name>[{HAN}]{{2,3}})")
_HAS = re.compile(
    r"[^。！？\n\d]{0,16}?(?:今年|现年|，|已)(?P<age>\d{1,3})(?:周)?岁(?!时|那年|的?时候|起|就|开始|前|后)"
)


def two_ages(reading: Reading) -> Iterator[Hit]:
    """82岁的某某 … 某某今年92岁."""
    seen: set[int] = set()
    said: dict[str, list[tuple[int, re.Match[str]]]] = {}
    for match in _OF.finditer(reading.text):
        name = match["name"]
        if name not in said:
            said[name] = list(_ages_of(reading.text, name))
        for place, has in said[name]:
            if place == match.start("name"):
                continue
            if abs(int(has["age"]) - int(match["age"])) > _SLACK and has.start("age") not in seen:
                seen.add(has.start("age"))
                values = {"name": name, "other": match["age"]}
                yield Hit(start=has.start("age"), end=has.end("age") + 1, related=(match.span("age"),), values=values)


def _ages_of(text: str, name: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Where the name stands with an age after it, the first MOST of them."""
    found = 0
    at = text.find(name)
    while at >= 0 and found < MOST:
        has = _HAS.match(text, at + len(name))
        if has:
            found += 1
            yield at, has
        at = text.find(name, at + len(name))


TABLE: tuple[tuple[str, Find], ...] = (("ledger.age", born), ("ledger.two_ages", two_ages))
