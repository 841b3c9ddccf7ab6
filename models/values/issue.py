"""IssuePlan 期: date, number and ordered pages of one day's paper."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Folio:
    """What masthead and folio line of a page print."""

    publication: str
    date: datetime.date
    page_number: int
    page_name: str = ""
    total_number: int | None = None
    pages: int = 1
    editors: tuple[tuple[str, str], ...] = ()  # ("责任编辑", "甲"), ("校对", "乙")
    number_line: str = ""  # CN …, or permit line with 内部资料 免费交流
    sponsor: str = ""
    publisher: str = ""  # 出版 or 编印单位
    address: str = ""  # of the web, or post
    price: str = ""
    internal: bool = False  # an internal publication: no price, and the words that the law asks for
