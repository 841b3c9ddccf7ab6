"""Dates that do not exist, and weekdays that do not agree with their date.

The year comes from the date itself, else from 今年/去年/明年 or nothing beside it with the day of issue (nearest
such day). Where no year is known, the weekday is not judged.
"""

import datetime
import re
from collections.abc import Iterator

from services.proofing.contract import Find, Hit, Reading

DATE = re.compile(r"(?:(?<!\d)(?P<year>\d{4})年)?(?<![\d月])(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")
_MONTH = re.compile(r"(?<=\d年)(1[3-9]|[2-9]\d|0)月(?!份?内)")
_DAYS = "一二三四五六日"
_WEEKDAY = re.compile(r"(?P<mark>[（(，,、\s]{0,2})(?P<name>星期|周|礼拜)(?P<day>[一二三四五六日天])(?![年期])")
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "明年": 1, "前年": -2}


def no_such_day(reading: Reading) -> Iterator[Hit]:
    """2月30日, 13月1日; 29 February of a year that has none."""
    for match in DATE.finditer(reading.text):
        if reading.text[max(0, match.start() - 2) : match.start()] in ("农历", "阴历", "旧历"):
            continue
        month, day = int(match["month"]), int(match["day"])
        year = int(match["year"]) if match["year"] else year_of(reading, match, month, day)
        if not exists(year or 2000, month, day):
            yield Hit(start=match.start("month"), end=match.end())
    for match in _MONTH.finditer(reading.text):
        if DATE.match(reading.text, match.start()) is None:
            yield Hit(start=match.start(), end=match.end())


def exists(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(min(max(year, 1), 9999), month, day)
    except ValueError:
        return False
    return True


def year_of(reading: Reading, match: re.Match[str], month: int, day: int) -> int | None:
    """The year of a date that does not name it."""
    today = reading.context.date
    if today is None:
        return None
    words = reading.text[max(0, match.start() - 2) : match.start()]
    if words in _RELATIVE:
        return today.year + _RELATIVE[words]
    near = [year for year in (today.year - 1, today.year, today.year + 1) if exists(year, month, day)]
    return min(near, key=lambda year: abs((datetime.date(year, month, day) - today).days), default=None)


def weekday(reading: Reading) -> Iterator[Hit]:
    for match in DATE.finditer(reading.text):
        beside = _WEEKDAY.match(reading.text, match.end())
        if beside is None:
            continue
        month, day = int(match["month"]), int(match["day"])
        year = int(match["year"]) if match["year"] else year_of(reading, match, month, day)
        if not year or not exists(year, month, day):
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
_SECONDS = re.compile(r"\d{1,3}分(?:钟)?([6-9]\d)秒")
_HALVES = re.compile(
    r"(?P<half>凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|晚间|当晚|晚)(?P<hour>\d{1,2})(?:[:：]\d{2}(?!\d)|时|点)"
)
_HOURS = {
    "凌晨": (0, 6),
    "清晨": (3, 9),
    "早晨": (4, 11),
    "早上": (4, 11),
    "上午": (5, 12),
    "中午": (10, 14),
    "下午": (1, 7),
}
_EVENING = (5, 12)


def clock(reading: Reading) -> Iterator[Hit]:
    """25时, 8时75分."""
    for match in _CLOCK.finditer(reading.text):
        hour, minute = int(match[1] or match[3]), int(match[2] or match[4])
        if hour > 24 or minute > 59:
            yield Hit(start=match.start(), end=match.end())
    for match in _SECONDS.finditer(reading.text):
        yield Hit(start=match.start(), end=match.end())


def halves(reading: Reading) -> Iterator[Hit]:
    """上午15时, 下午14:30: a half of the day with an hour that it has not, or with the 24-hour clock."""
    for match in _HALVES.finditer(reading.text):
        hour = int(match["hour"])
        first, last = _HOURS.get(match["half"], _EVENING)
        if hour <= 24 and not first <= hour <= last and not (hour in (0, 12) and match["half"] not in _HOURS):
            yield Hit(start=match.start(), end=match.end(), values={"half": match["half"], "hour": match["hour"]})


_RANGE = re.compile(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日?(?:[上下]午)?(?:至|到|—|－|-|～|~)(?:(?P<year2>\d{4})年|次年|翌年)?"
    r"(?:(?P<month2>\d{1,2})月)?(?P<day2>\d{1,2})日"
)
_YEARS = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)年?(?:至|到|—|－|-|～|~)(?P<last>(?:19|20)\d\d)年")


def order(reading: Reading) -> Iterator[Hit]:
    """5月20日至18日, 2023年至2021年: a span that ends before it begins."""
    for match in _RANGE.finditer(reading.text):
        if match["year2"] or "年" in match.group():
            continue
        first = int(match["month"]), int(match["day"])
        last = int(match["month2"] or match["month"]), int(match["day2"])
        if last < first and (first[0] == last[0] or first[0] - last[0] <= 2):
            yield Hit(start=match.start(), end=match.end())
    for match in _YEARS.finditer(reading.text):
        if int(match["last"]) < int(match["first"]):
            yield Hit(start=match.start(), end=match.end())


_TODAY = re.compile(r"(?P<word>昨日|昨天|今日|今天|明日|明天|前天|前日)[（(](?P<date>(?:\d{1,2}月)?\d{1,2}日)")
_STEPS = {"昨": -1, "今": 0, "明": 1, "前": -2}


def relative(reading: Reading) -> Iterator[Hit]:
    """昨日（5月17日）against the day of issue."""
    today = reading.context.date
    if today is None:
        return
    for match in _TODAY.finditer(reading.text):
        real = today + datetime.timedelta(days=_STEPS[match["word"][0]])
        month, _, day = match["date"].removesuffix("日").rpartition("月")
        if int(day) != real.day or (month and int(month) != real.month):
            words = f"{real.month}月{real.day}日" if month else f"{real.day}日"
            values = {"word": match["word"], "real": words}
            yield Hit(start=match.start("date"), end=match.end("date"), suggestions=(words,), values=values)


TABLE: tuple[tuple[str, Find], ...] = (
    ("dates.exists", no_such_day),
    ("dates.weekday", weekday),
    ("dates.clock", clock),
    ("dates.halves", halves),
    ("dates.order", order),
    ("dates.relative", relative),
)
