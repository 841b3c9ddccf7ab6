"""Dates as newspapers print them, by the calendar of the sun and that of the moon 农历."""

import datetime

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def date_words(date: datetime.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"


def lunar_words(date: datetime.date) -> str:
    """农历 date as newspapers print it: 癸卯年四月初四. "" outside the years that the calendar knows (1901-2100)."""
    if not 1901 <= date.year <= 2100:
        return ""
    import cnlunar

    day = cnlunar.Lunar(datetime.datetime(date.year, date.month, date.day, 12), godType="8char")
    cycle = int(day.lunarYear) - 4  # the year of the calendar, which starts at the Spring Festival, not at 立春
    month = str(day.lunarMonthCn).rstrip("大小")
    return f"{_STEMS[cycle % 10]}{_BRANCHES[cycle % 12]}年{month}{day.lunarDayCn}"
