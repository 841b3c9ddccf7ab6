"""Numbers of the headings against those of the text, and the same quantity twice with different figures.

A number of a heading is compared with numbers of the text that have the same unit and the same neighbours: the two
characters after the unit (12名选手), or the three before the number (新增就业4.2万人). Where the text has such
numbers and none of them is the heading's, rounded as headings do, one of both is wrong.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from services.proofing.contract import HAN, Find, Hit, Reading
from services.proofing.rules.numbers import NUMBER, UNITS, Number, parse

_FILLERS = "达到|达|为|约|近|共|有|超过|超|逾|突破|了|过|到|至|将|已|的|仅|计"
_QUANTITY = re.compile(
    rf"(?P<before>[{HAN}“”]{{0,8}})(?P<number>(?<![\d.第]){NUMBER})(?P<more>余|多)?(?P<unit>%|％|{UNITS})(?P<after>[{HAN}]{{0,4}})"
)
_LOOSE = re.compile("近|约|超|逾|突破|余|多|上|数|过")
_PASSED = re.compile("超|逾|突破|余|多|过")
_TIME_UNITS = ("天", "小时", "分钟", "岁", "期", "点", "度", "节", "则")
_NO_KEY = re.compile("^[的等以之为是在和与及中]|今年|去年|以上|左右")


@dataclass(frozen=True, slots=True)
class Quantity:
    start: int
    end: int
    words: str
    number: Number
    unit: str
    before: str  # Han characters before the number without fillers
    after: str
    loose: bool
    side: int  # +1: the number is passed (超、突破、余), -1: it is not reached (近), 0: neither is said
    heading: bool


def _quantities(reading: Reading) -> list[Quantity]:
    found = []
    for line in reading.lines:
        for match in _QUANTITY.finditer(reading.text, line.start, line.end):
            number = parse(match["number"])
            if number is None:
                continue
            before = re.sub(rf"(?:{_FILLERS})+$", "", match["before"])
            fillers = match["before"][len(before) :]
            found.append(
                Quantity(
                    start=match.start("number"),
                    end=match.end("unit"),
                    words=match["number"] + match["unit"],
                    number=number,
                    unit=match["unit"].replace("％", "%"),
                    before=before,
                    after=match["after"],
                    loose=bool(match["more"]) or _LOOSE.search(fillers) is not None,
                    side=_side(fillers + (match["more"] or "")),
                    heading=line.heading,
                )
            )
    return found


def _side(words: str) -> int:
    if _PASSED.search(words):
        return 1
    return -1 if "近" in words else 0


def headline(reading: Reading) -> Iterator[Hit]:
    every = _quantities(reading)
    body = [one for one in every if not one.heading]
    for one in every:
        if not one.heading or one.unit in _TIME_UNITS:
            continue
        if one.unit == "%":
            others = _of_subject(reading, one, body)
        else:
            others = [other for other in body if other.unit == one.unit and _same_thing(one, other)]
        if others and not any(_agree(one, other) for other in others):
            places = tuple((other.start, other.end) for other in others[:3])
            yield Hit(start=one.start, end=one.end, related=places, values={"other": others[0].words})


def _same_thing(one: Quantity, other: Quantity) -> bool:
    after = one.after[:2]
    if len(after) == 2 and other.after[:2] == after and not _NO_KEY.search(after):
        return True
    before = one.before[-3:]
    return len(before) == 3 and other.before.endswith(before) and not _NO_KEY.search(before)


def _of_subject(reading: Reading, one: Quantity, body: list[Quantity]) -> list[Quantity]:
    """Percentages of the text in sentences that name what the heading's percentage is of: 工业增加值增长8.5%."""
    match = re.search(rf"([{HAN}]{{3}})(增长|增加|下降|提高|提升|减少|上升|达|占|超|近|突破)?$", one.before)
    if match is None or (match[2] is None and not match[1].endswith("率")):
        return []
    found = []
    for other in body:
        begin = max(reading.text.rfind(stop, 0, other.start) for stop in "。；！？\n") + 1
        between = reading.text[begin : other.start]
        at = between.rfind(match[1])
        if other.unit != "%" or at < 0:
            continue
        if match[1].endswith("率"):
            # a rate itself, not its change: 完好率96.8%，同比提高2.1个百分点
            if not re.search("[，,、]|提高|提升|增|降|减|升", between[at:]):
                found.append(other)
        elif match[2] in between[at:]:
            found.append(other)
    return found


def _agree(one: Quantity, other: Quantity) -> bool:
    gap = abs(one.number.value - other.number.value)
    slack = one.number.half + other.number.half
    if gap <= slack:
        return True
    if one.heading and not other.loose and one.side * (other.number.value - one.number.value) < -slack:
        return False  # the heading passes a number that the text does not reach, or the other way round
    if one.loose or other.loose:
        return gap * 5 <= max(one.number.value, other.number.value)
    return False


_CHANGING = re.compile("增|减|降|升|从|由|比|去年|上年|今年|目标|计划|每|平均|第|最|各|其中|分别|奖|占|获|发|出")


def twice(reading: Reading) -> Iterator[Hit]:
    """The same four characters before two numbers of one unit in different sentences of the text."""
    groups: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for one in _quantities(reading):
        if not one.heading and len(one.before) >= 4 and one.unit != "%" and not _CHANGING.search(one.before):
            groups[one.before[-4:], one.unit].append(one)
    for same in groups.values():
        first = same[0]
        for other in same[1:]:
            if not _agree(first, other) and re.search("[。！？；\n]", reading.text[first.end : other.start]):
                place = ((first.start, first.end),)
                yield Hit(start=other.start, end=other.end, related=place, values={"other": first.words})


TABLE: tuple[tuple[str, Find], ...] = (("ledger.headline", headline), ("ledger.twice", twice))
