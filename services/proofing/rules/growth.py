"""Growth against its two numbers: growth = (new - old) / old.

1. `922个…同比…585个…增长了近60%`: new number, a word of comparison, old number in the same unit, growth;
   `257.11亿元，比上年增加19.9亿元，增长8.4%` with the difference in place of the old number.
2. `从585个增加到922个，增长57.6%`: old number, new number, growth.
3. `去年320万元，今年增加到480万元，增长50%`, or this year's number first.
4. 翻番: 翻一番 = ×2, 翻两番 = ×4.
5. 下降 more than 100 %, 下降 N 倍.
The rounding of both numbers and of the growth is allowed for; 近 and 约, 超 and 逾 shift it to their side.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from services.proofing.contract import Find, Hit, Reading
from services.proofing.rules.numbers import MOST_DIGITS, NUMBER, UNITS, Number, parse

_UP = "增长|增加|提高|上升|提升|扩大|上涨|增幅|同比增|增"
_DOWN = "下降|减少|降低|缩减|下滑|缩小|下跌|回落|降幅|减"
_NEAR = "将近|接近|近|大约|约|超过|超|逾|达到|达|为|了"
_RATE = rf"(?P<how>{_UP}|{_DOWN})(?P<near>(?:{_NEAR}){{0,3}})(?P<rate>\d+(?:\.\d+)?)(?P<of>%|％|倍|成)"
_COMPARED = re.compile(
    rf"(?P<new>(?<![\d.]){NUMBER})(?P<unit>{UNITS})(?P<between>[^。；！？\n]{{0,30}}?)"
    rf"(?:同比|相比|环比|较|比)(?P<base>[^。；！？\n]{{0,24}}?)(?P<old>(?<![\d.年月日]){NUMBER})(?P<unit2>{UNITS})"
    rf"(?P<mid>[^。；！？\n]{{0,14}}?){_RATE}"
)
_FROM_TO = re.compile(
    rf"[从由][^。；！？\n]{{0,20}}?(?P<old>(?<![\d.]){NUMBER})(?P<unit>{UNITS})(?P<between>[^。；！？\n]{{0,12}}?)"
    r"(?:增长|增加|提高|上升|提升|扩大|上涨|下降|减少|降低|缩减|下滑|发展|降|增)?(?:到|至|为)[^。；！？\n]{0,12}?"
    rf"(?P<new>(?<![\d.]){NUMBER})(?P<unit2>{UNITS})[^。；！？\n]{{0,8}}?[，,；][^。；！？\n]{{0,6}}?(?:{_RATE}|翻(?:了)?(?P<turns>[一两二三]|\d)番)"
)
_BEFORE = "去年|上年|前年|上月|上季度|上半年|上届|上一届|往年"
_NOW = "今年|本年度?|本月|本季度|本届|这一届"
_THEN_NOW = re.compile(
    rf"(?:{_BEFORE})(?P<between>[^。；！？\n]{{0,24}}?)(?P<old>(?<![\d.]){NUMBER})(?P<unit>{UNITS})"
    rf"[^。；！？\n]{{0,8}}?[，,、；](?:[^。；！？\n]{{0,6}}?)(?:{_NOW})[^。；！？\n]{{0,16}}?"
    rf"(?P<new>(?<![\d.]){NUMBER})(?P<unit2>{UNITS})[^。；！？\n]{{0,6}}?[，,](?P<turns>)[^。；！？，,\n]{{0,6}}?{_RATE}"
)
_NOW_THEN = re.compile(
    rf"(?:{_NOW})(?P<between>[^。；！？\n]{{0,24}}?)(?P<new>(?<![\d.]){NUMBER})(?P<unit>{UNITS})"
    rf"[^。；！？\n]{{0,8}}?[，,、；](?:[^。；！？\n]{{0,6}}?)(?:{_BEFORE})[^。；！？\n]{{0,16}}?"
    rf"(?P<old>(?<![\d.]){NUMBER})(?P<unit2>{UNITS})[^。；！？\n]{{0,6}}?[，,](?P<turns>)[^。；！？，,\n]{{0,6}}?{_RATE}"
)
_YEARS = re.compile(
    rf"(?P<year>20\d\d)年(?P<between>[^。；！？\n]{{0,20}}?)(?P<old>(?<![\d.]){NUMBER})(?P<unit>{UNITS})"
    rf"[^。；！？\n]{{0,6}}?[，,、；](?P<year2>20\d\d)年[^。；！？\n]{{0,14}}?"
    rf"(?P<new>(?<![\d.]){NUMBER})(?P<unit2>{UNITS})[^。；！？\n]{{0,4}}?[，,](?P<turns>)[^。；！？，,\n]{{0,4}}?{_RATE}"
)
_TURNS = {"一": 1, "两": 2, "二": 2, "三": 3}


def growth(reading: Reading) -> Iterator[Hit]:
    seen: set[int] = set()
    for pattern in (_COMPARED, _FROM_TO, _THEN_NOW, _NOW_THEN, _YEARS):
        at = 0
        while match := pattern.search(reading.text, at):
            at = match.start() + 1
            # the innermost reading: a later start with the same growth is nearer to it
            hit = _checked(match, pattern is not _COMPARED)
            if hit is not None and hit.start not in seen and not _nearer(pattern, reading.text, match):
                seen.add(hit.start)
                yield hit


def _nearer(pattern: re.Pattern[str], text: str, match: re.Match[str]) -> bool:
    """Whether a match that begins later ends at the same growth."""
    first = min(match.start("new"), match.start("old"))
    later = pattern.search(text, first + 1)
    return later is not None and later.end() == match.end()


def _checked(match: re.Match[str], ordered: bool) -> Hit | None:
    if match["unit"] != match["unit2"]:
        return None
    new, old = parse(match["new"]), parse(match["old"])
    if new is None or old is None or old.value <= 0 or old.value == new.value:
        return None
    if ordered and match["turns"]:
        return _turns(match, new, old)
    if not ordered:
        old = _base(match["base"], new, old)
        if old.value <= 0:
            return None
    if len(match["rate"]) > MOST_DIGITS:
        return None
    rate = Decimal(match["rate"])
    down = re.fullmatch(_DOWN, match["how"]) is not None
    unit = {"%": 100, "％": 100, "成": 10}.get(match["of"], 1)
    real = (new.value - old.value) / old.value * unit * (-1 if down else 1)
    slack = _rounding(new, old) * unit
    _, _, decimals = match["rate"].partition(".")
    half = Decimal("0.5") / 10 ** len(decimals)
    if _agrees(rate, real, slack + half, match["near"]):
        return None
    shown = real.quantize(Decimal(1) / 10 ** max(len(decimals), 1), ROUND_HALF_UP)
    values = {"old": match["old"], "new": match["new"], "real": f"{shown:f}{match['of']}"}
    fix = (f"{shown.quantize(Decimal(1) / 10 ** len(decimals), ROUND_HALF_UP):f}",) if real > 0 else ()
    related = (match.span("old"), match.span("new"))
    return Hit(start=match.start("rate"), end=match.end("rate"), suggestions=fix, related=related, values=values)


def _base(words: str, new: Number, old: Number) -> Number:
    """The old number; `比上年增加19.9亿元，增长8.4%` gives the difference in its place."""
    if re.search(rf"(?:{_UP}|多)了?$", words):
        return Number(new.value - old.value, new.half + old.half)
    if re.search(rf"(?:{_DOWN}|少)了?$", words):
        return Number(new.value + old.value, new.half + old.half)
    return old


def _rounding(new: Number, old: Number) -> Decimal:
    """How far the growth may lie off because both numbers are rounded."""
    return (new.half + old.half * new.value / old.value) / old.value


def _agrees(rate: Decimal, real: Decimal, slack: Decimal, near: str) -> bool:
    loose = max(rate / 10, 5 * slack)
    if "近" in near:
        return rate - loose <= real <= rate + slack
    if "约" in near:
        return abs(real - rate) <= max(rate / 20, slack)
    if "超" in near or "逾" in near:
        return rate - slack <= real <= rate + loose * 2
    return abs(real - rate) <= slack


def _turns(match: re.Match[str], new: Number, old: Number) -> Hit | None:
    turns = _TURNS.get(match["turns"]) or int(match["turns"])
    ratio = new.value / old.value
    wanted = Decimal(2) ** turns
    if abs(ratio - wanted) <= wanted / 10:
        return None
    values = {"old": match["old"], "new": match["new"], "real": f"{ratio:.1f}倍于原数"}
    related = (match.span("old"), match.span("new"))
    return Hit(start=match.start("turns"), end=match.end("turns"), related=related, values=values)


_FALL = re.compile(
    r"(?:下降|减少|降低|缩减|下滑|缩小|下跌|缩短)(?:了|超过|超|近|约|逾|达)*(?:(\d+(?:\.\d+)?)(%|％|倍)|[一两二三四五六七八九十]{1,2}(倍))(?!以)"
)


def fall(reading: Reading) -> Iterator[Hit]:
    """A fall of more than 100 %, or by N times."""
    for match in _FALL.finditer(reading.text):
        if match[3] or match[2] == "倍" or Decimal(match[1]) > 100:
            yield Hit(start=match.start(), end=match.end())


TABLE: tuple[tuple[str, Find], ...] = (("numerals.growth", growth), ("numerals.fall", fall))
