"""Festivals and lunar dates against the dates that stand beside them.

1. 10月24日是重阳节: fixed days, days of the lunar year, the n-th Sunday of a month, 清明 and other solar terms.
2. 2月10日（农历正月初二）: the lunar date of that day.
3. 农历九月三十一: no lunar month has more than thirty days.
Lunar dates need the year, which is that of the date, or the nearest to the day of issue (dates.year_of).
"""

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache
from types import MappingProxyType

from services.proofing.contract import Find, Hit, Reading
from services.proofing.rules.dates import DATE, exists, year_of

_FIXED = MappingProxyType(
    {
        "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "植树节": (3, 12), "消费者权益日": (3, 15),
        "愚人节": (4, 1), "地球日": (4, 22), "读书日": (4, 23), "航天日": (4, 24), "知识产权日": (4, 26),
        "国家安全教育日": (4, 15), "劳动节": (5, 1), "五一节": (5, 1), "青年节": (5, 4), "五四": (5, 4),
        "护士节": (5, 12), "防灾减灾日": (5, 12), "博物馆日": (5, 18), "无烟日": (5, 31), "儿童节": (6, 1),
        "六一": (6, 1), "环境日": (6, 5), "爱眼日": (6, 6), "禁毒日": (6, 26), "建党节": (7, 1),
        "七一": (7, 1), "建军节": (8, 1), "八一": (8, 1), "医师节": (8, 19), "教师节": (9, 10),
        "烈士纪念日": (9, 30), "国庆节": (10, 1), "国庆": (10, 1), "世界粮食日": (10, 16),
        "扶贫日": (10, 17), "记者节": (11, 8), "消防日": (11, 9), "消防宣传日": (11, 9),
        "艾滋病日": (12, 1), "宪法日": (12, 4), "志愿者日": (12, 5), "公祭日": (12, 13), "平安夜": (12, 24),
        "圣诞节": (12, 25), "人民警察节": (1, 10), "学雷锋日": (3, 5), "学雷锋纪念日": (3, 5),
        "五一": (5, 1), "三八节": (3, 8), "爱牙日": (9, 20), "戏剧日": (3, 27), "水日": (3, 22),
        "气象日": (3, 23),
    }
)  # fmt: skip
_LUNAR = MappingProxyType(
    {
        "春节": (1, 1), "大年初一": (1, 1), "元宵节": (1, 15), "元宵": (1, 15), "龙抬头": (2, 2),
        "端午节": (5, 5), "端午": (5, 5), "七夕": (7, 7), "七夕节": (7, 7), "中元节": (7, 15),
        "中秋节": (8, 15), "中秋": (8, 15), "重阳节": (9, 9), "重阳": (9, 9), "腊八节": (12, 8),
        "腊八": (12, 8), "北方小年": (12, 23), "南方小年": (12, 24),
    }
)  # fmt: skip
_SUNDAYS = MappingProxyType({"母亲节": (5, 6, 2), "父亲节": (6, 6, 3), "感恩节": (11, 3, 4), "助残日": (5, 6, 3)})
_TERMS = (
    "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至",
    "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪", "冬至",
)  # fmt: skip
# minutes from the first 小寒 of 1900 (6 January, 2:05 UTC) to each term of a year: the length of the sun's way
_MINUTES = (
    0, 21208, 42467, 63836, 85337, 107014, 128867, 150921, 173149, 195551, 218072, 240693,
    263343, 285989, 308563, 331033, 353350, 375494, 397447, 419210, 440795, 462224, 483532, 504758,
)  # fmt: skip
_YEAR_MINUTES = 525948.76
_NAMES = "|".join(sorted((*_FIXED, *_LUNAR, *_SUNDAYS, "清明节", *_TERMS), key=len, reverse=True))
_WORLD = (
    "(?:一年一度的|传统的?|传统节日|我国的?|中国的?|中华民族的?|第[一二三四五六七八九十百\\d]+个|全国|国际|世界|国家|"
    "三八|农历|的|“|‘)*"
)
_ON = re.compile(
    rf"(?:（[^（）\n]{{1,8}}）)?，?(?:又|正|恰|正好|就|也|适|刚好)?(?:是|值|逢|为)(?:“|‘)?{_WORLD}(?P<name>{_NAMES})"
    r"(?!假|小长假|前|后|期|档|黄金|长假|当|临|放|这|周|来|的前|的后|第[二三四五六七]|节?[前后假期档]|节?的?前夕|晚会|联欢|讲话|运动|奖|表彰|劳模)"
)
_DIGITS = "一二三四五六七八九十"
_MONTHS = "正|一|二|三|四|五|六|七|八|九|十|十一|十二|冬|腊"
_LUNAR_DATE = re.compile(
    rf"(?:农历|阴历|旧历|夏历)(?P<leap>闰)?(?P<month>十一|十二|[正一二三四五六七八九十冬腊])月(?P<day>初[{_DIGITS}]|二?十[{_DIGITS}]?|廿[{_DIGITS}]?|三十[{_DIGITS}]?|[{_DIGITS}])"
)
_BARE = re.compile(
    rf"(?P<leap>闰)?(?P<month>十一|十二|[正冬腊一二三四五六七八九十])月(?P<day>初[{_DIGITS}]|二?十[{_DIGITS}]?|廿[{_DIGITS}]?|三十)"
)
_ARABIC_LUNAR = re.compile(r"(?:农历|阴历|旧历)(\d{1,2})月(?:初)?(\d{1,2})日?")
_BESIDE = re.compile(r"(?:[（(，,]|，?(?:即|也就是|正是|是))\s*(?:星期[一二三四五六日天][，,、])?(?=农历|阴历|旧历)")


def festival(reading: Reading) -> Iterator[Hit]:
    for match in DATE.finditer(reading.text):
        beside = _ON.match(reading.text, match.end())
        if beside is None or "农历" in reading.text[max(0, match.start() - 3) : match.start()]:
            continue
        month, day = int(match["month"]), int(match["day"])
        year = int(match["year"]) if match["year"] else year_of(reading, match, month, day)
        real = _day_of(beside["name"], year)
        if real is None or real == (month, day):
            continue
        values = {"name": beside["name"], "real": f"{real[0]}月{real[1]}日"}
        place = (beside.span("name"),)
        fix = f"{match['year'] + '年' if match['year'] else ''}{values['real']}"
        yield Hit(start=match.start(), end=match.end(), suggestions=(fix,), related=place, values=values)


def _day_of(name: str, year: int | None) -> tuple[int, int] | None:
    """Month and day of a festival; None where it hangs on a year that is not known."""
    if name in _FIXED:
        return _FIXED[name]
    if year is None or not 1901 <= year <= 2099:
        return None
    if name in _LUNAR:
        day = _solar(year, *_LUNAR[name])
    elif name in _SUNDAYS:
        month, weekday, count = _SUNDAYS[name]
        first = datetime.date(year, month, 1)
        day = first + datetime.timedelta((weekday - first.weekday()) % 7 + 7 * (count - 1))
    else:
        day = _term(year, _TERMS.index(name.removesuffix("节")))
    return None if day is None else (day.month, day.day)


@lru_cache(maxsize=64)
def _term(year: int, index: int) -> datetime.date:
    """The day of a solar term in China: the mean way of the sun is right to a day, the almanac says which."""
    import cnlunar

    start = datetime.datetime(1900, 1, 6, 2, 5)
    mean = start + datetime.timedelta(minutes=_YEAR_MINUTES * (year - 1900) + _MINUTES[index])
    for step in (0, 1, -1, 2, -2):
        at = datetime.datetime(mean.year, mean.month, mean.day, 12) + datetime.timedelta(days=step)
        if cnlunar.Lunar(at).todaySolarTerms == _TERMS[index]:
            return at.date()
    return mean.date()


@lru_cache(maxsize=512)
def lunar_of(year: int, month: int, day: int) -> tuple[int, int, bool]:
    """Lunar month, day, and whether the month is a leap month, of a day."""
    import cnlunar

    lunar = cnlunar.Lunar(datetime.datetime(year, month, day, 12))
    return int(lunar.lunarMonth), int(lunar.lunarDay), bool(lunar.isLunarLeapMonth)


@lru_cache(maxsize=128)
def _solar(year: int, month: int, day: int) -> datetime.date | None:
    """The day of `year` whose lunar date is the given one (no leap month); the search goes by the length of a month."""
    guess = datetime.date(year, 1, 21) + datetime.timedelta(days=round((month - 1) * 29.53) + day - 1)
    if month > 10:  # the twelfth month may begin in December or lie in January
        guess = datetime.date(year, 1, 2)
    for step in range(-1, 62 if month <= 10 else 362):
        at = guess + datetime.timedelta(days=step)
        if at.year == year and lunar_of(at.year, at.month, at.day) == (month, day, False):
            return at
    return None


def _number(words: str) -> int | None:
    """初五 5, 十五 15, 廿三 23, 三十 30; None for a day that no lunar month has."""
    words = words.removeprefix("初").replace("廿", "二十")
    if words in tuple(_DIGITS):
        return _DIGITS.index(words) + 1
    tens, _, ones = words.partition("十")
    value = (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones in tuple(_DIGITS) else 0)
    return value if value <= 30 and ones != "十" else None


def _month(words: str) -> int:
    return {"正": 1, "冬": 11, "腊": 12, "十一": 11, "十二": 12}.get(words) or _DIGITS.index(words) + 1


def no_such_lunar_day(reading: Reading) -> Iterator[Hit]:
    for match in _LUNAR_DATE.finditer(reading.text):
        if _number(match["day"]) is None:
            yield Hit(start=match.start("month"), end=match.end())
    for match in _ARABIC_LUNAR.finditer(reading.text):
        if not 1 <= int(match[1]) <= 12 or not 1 <= int(match[2]) <= 30:
            yield Hit(start=match.start(1), end=match.end())


def lunar(reading: Reading) -> Iterator[Hit]:
    """A lunar date right behind a date: 2月10日（农历正月初一）."""
    for match in DATE.finditer(reading.text):
        beside = _BESIDE.match(reading.text, match.end())
        stated = beside and _LUNAR_DATE.match(reading.text, beside.end())
        if not stated:
            continue
        month, day = int(match["month"]), int(match["day"])
        year = int(match["year"]) if match["year"] else year_of(reading, match, month, day)
        wanted = _number(stated["day"])
        if year is None or wanted is None or not 1901 <= year <= 2099 or not exists(year, month, day):
            continue
        real_month, real_day, leap = lunar_of(year, month, day)
        if (real_month, real_day) == (_month(stated["month"]), wanted):
            continue
        words = ("闰" if leap else "") + _written(real_month, real_day)
        values = {"date": f"{year}年{month}月{day}日", "real": words}
        start = stated.start("leap") if stated["leap"] else stated.start("month")
        yield Hit(start=start, end=stated.end(), suggestions=(words,), related=(match.span(),), values=values)


def _written(month: int, day: int) -> str:
    months = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
    if day <= 10:
        words = "初" + _DIGITS[day - 1]
    elif day < 20:
        words = "十" + _DIGITS[day - 11]
    elif day == 20:
        words = "二十"
    else:
        words = "三十" if day == 30 else "廿" + _DIGITS[day - 21]
    return f"{months[month - 1]}月{words}"


def arabic_lunar(reading: Reading) -> Iterator[Hit]:
    """农历2月2日 → 农历二月初二 (GB/T 15835-2011: Chinese numerals for dates outside the Gregorian calendar)."""
    for match in _ARABIC_LUNAR.finditer(reading.text):
        month, day = int(match[1]), int(match[2])
        fix = (_written(month, day),) if 1 <= month <= 12 and 1 <= day <= 30 else ()
        yield Hit(start=match.start(1), end=match.end(), suggestions=fix)


_AFTER = re.compile(
    rf"(?:农历)?(?P<month>十二|[正腊一二三四五六七八九十])月(?P<day>初[{_DIGITS}]|二?十[{_DIGITS}]?|廿[{_DIGITS}]?)"
    rf"(?:，?(?:是|为|正值|恰逢|适逢)?(?:传统|我国|民间)?(?:的|佳节)?)"
    rf"(?P<name>{'|'.join(sorted(_LUNAR, key=len, reverse=True))})(?!前|后|期)"
)


def lunar_festival(reading: Reading) -> Iterator[Hit]:
    """农历九月初八重阳节."""
    for match in _AFTER.finditer(reading.text):
        real = _LUNAR[match["name"]]
        stated = (_month(match["month"]), _number(match["day"]))
        if stated != real:
            words = _written(*real)
            values = {"name": match["name"], "real": words}
            yield Hit(start=match.start("month"), end=match.end("day"), suggestions=(words,), values=values)


TABLE: tuple[tuple[str, Find], ...] = (
    ("dates.festival", festival),
    ("dates.lunar_exists", no_such_lunar_day),
    ("dates.lunar", lunar),
    ("dates.lunar_festival", lunar_festival),
    ("numerals.lunar", arabic_lunar),
)
