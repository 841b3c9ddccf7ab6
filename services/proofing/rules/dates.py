"""Dates that do not exist, and weekdays that do not agree with their date.

The year comes from the date itself, else from 今年/去年/明年 or nothing beside it with the day of issue (nearest
such day). Where no year is known, the weekday is not judged.
"""

import datetime
import re
from collections.abc import Iterator

from services.proofing.contract import Find, Hit, Reading

_DATE = re.compile(r"(?:(?<!\d)(?P<year>\d{4})年)?(?<![\d月])(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")
_MONTH = re.compile(r"(?<=\d年)(1[3-9]|[2-9]\d|0)月(?!份?内)")
_DAYS = "一二三四五六日"
_WEEKDAY = re.compile(r"(?P<mark>[（(，,、\s]{0,2})(?P<name>星期|周|礼拜)(?P<day>[一二三四五六日天])(?![年期])")
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "明年": 1, "前年": -2}


def no_such_day(reading: Reading) -> Iterator[Hit]:
    """2月30日, 13月1日; 29 February of a year that has none."""
    for match in _DATE.finditer(reading.text):
        if reading.text[max(0, match.start() - 2) : match.start()] in ("农历", "阴历", "旧历"):
            continue
        month, day = int(match["month"]), int(match["day"])
        year = int(match["year"]) if match["year"] else _year(reading, match, month, day)
        if not _exists(year or 2000, month, day):
            yield Hit(start=match.start("month"), end=match.end())
    for match in _MONTH.finditer(reading.text):
        if _DATE.match(reading.text, match.start()) is None:
            yield Hit(start=match.start(), end=match.end())


def _exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(min(max(year, 1), 9999), month, day)
    except ValueError:
        return False
    return True


def _year(reading: Reading, match: re.Match[str], month: int, day: int) -> int | None:
    """The year of a date that does not name it."""
    today = reading.context.date
    if today is None:
        return None
    words = reading.text[max(0, match.start() - 2) : match.start()]
    if words in _RELATIVE:
        return today.year + _RELATIVE[words]
    near = [year for year in (today.year - 1, today.year, today.year + 1) if _exists(year, month, day)]
    return min(near, key=lambda year: abs((datetime.date(year, month, day) - today).days), default=None)


def weekday(reading: Reading) -> Iterator[Hit]:
    for match in _DATE.finditer(reading.text):
        beside = _WEEKDAY.match(reading.text, match.end())
        if beside is None:
            continue
        month, day = int(match["month"]), int(match["day"])
        year = int(match["year"]) if match["year"] else _year(reading, match, month, day)
        if not year or not _exists(year, month, day):
            continue
        real = _DAYS[datetime.date(year, month, day).weekday()]
        if real != beside["day"].replace("天", "日"):
            yield Hit(
                start=beside.start("name"),
                end=beside.end("day"),
                suggestions=(beside["name"] + real,),
                related=(match.span(),),
                values={"date": f"{year}年{month}月{day}日", "real": real},
            )


_CLOCK = re.compile(
    r"(?<![\d:：])(\d{1,2})(?:时|点)(\d{2})分(?!\d)|(?<![\d:：])(?:上午|下午|晚|早)(\d{1,2})[:：](\d{2})(?!\d)"
)


def clock(reading: Reading) -> Iterator[Hit]:
    """25时, 8时75分."""
    for match in _CLOCK.finditer(reading.text):
        hour, minute = int(match[1] or match[3]), int(match[2] or match[4])
        if hour > 24 or minute > 59:
            yield Hit(start=match.start(), end=match.end())


TABLE: tuple[tuple[str, Find], ...] = (
    ("dates.exists", no_such_day),
    ("dates.weekday", weekday),
    ("dates.clock", clock),
)
