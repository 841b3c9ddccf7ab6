"""Numbers as they stand in Chinese text, read exactly: 1,200 3.5万 两 三十二 2亿."""

import re
from dataclasses import dataclass
from decimal import Decimal

_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_CHINESE = "[零〇一二两三四五六七八九十百]{1,6}"
NUMBER = rf"(?:(?:{_ARABIC})[万亿千百]?亿?|{_CHINESE}(?=[个名位人家项次场户台件辆间篇种倍成番]))"
UNITS = (
    "亿元|万元|元|美元|欧元|公里|千米|平方米|平方公里|公顷|亩|吨|万吨|公斤|千克|米|个|名|位|人次|人|家|项|次|场|户|"
    "台|套|件|辆|架|艘|间|篇|种|份|所|座|条|册|本|只|头|棵|株|期|天|小时|分钟|岁|单|笔|道|起|处|块|幅|票|分|对|双|棵|本|则|首|支|处|幢|栋|盏|件|类|所|节|课时|班|厘米|毫米|公斤|千瓦|度|点"
)
SENTENCE = 500  # characters that are looked back at: a text without full stops is no sentence
MOST_DIGITS = 15  # a code, not a quantity, has more; sums and shares of fewer are exact
_SPLIT = re.compile(rf"({_ARABIC})([万亿千百]?亿?)$")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12, "百亿": 10**10, "千亿": 10**11}
_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


@dataclass(frozen=True, slots=True)
class Number:
    """`value`, and `half`: half of the last place given (0 for whole counts), the rounding that may hide in it."""

    value: Decimal
    half: Decimal


def parse(words: str) -> Number | None:
    """None for what is not a number, or too long to be a quantity."""
    match = _SPLIT.match(words)
    if match is None or match[2] not in _SCALES:
        value = chinese(words)
        return None if value is None else Number(Decimal(value), Decimal(0))
    scale = _SCALES[match[2]]
    digits = match[1].replace(",", "")
    if len(digits) > MOST_DIGITS:
        return None
    _, _, decimals = digits.partition(".")
    exact = not decimals and scale == 1
    half = Decimal(0) if exact else Decimal(scale) / (2 * 10 ** len(decimals))
    return Number(Decimal(digits) * scale, half)


def chinese(words: str) -> int | None:
    """Value of a Chinese numeral up to 999, None for anything else: 十 10, 二十一 21, 三百零五 305."""
    if not words or any(one not in _DIGITS and one not in "十百" for one in words):
        return None
    if len(words) > 1 and not set(words) & set("十百"):
        return None  # digits in a row: a code or a year
    total, digit = 0, -1
    for one in words:
        if one in _DIGITS:
            if digit > 0:
                return None
            digit = _DIGITS[one]
        else:
            if digit < 0 and one == "百":
                return None
            total += (digit if digit > 0 else 1) * (10 if one == "十" else 100)
            digit = -1
    return total + max(digit, 0)
