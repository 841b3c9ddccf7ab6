"""One quantity with two figures in two articles of an issue: 排查隐患163项 here, 排查隐患136项 in 《…》.

A quantity is four Han characters right before a number, and its unit. Calm on purpose: words of time and of change
say nothing of a thing (今年以来, 同比增长), an article that gives two figures itself is not compared, nor a figure of
another size (it counts something else) or of another year, and what is near (近、约、超) agrees with what is near it.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from services.proofing.contract import HAN, Find, Hit, Quantity, Reading
from services.proofing.rules.numbers import NUMBER, UNITS, parse

_SAID = re.compile(
    rf"(?P<label>[{HAN}]{{4}}?)(?P<said>(?:共有|共计|合计|达到|约为|共|达|为|有|了|约|近|超过|突破|超|逾|仅)?)"
    rf"(?P<number>(?<![\d.第]){NUMBER})(?P<unit>{UNITS})(?P<more>[多余]?)(?![%％])"
)
_NO_THING = re.compile(
    "[今去前昨明当全每同本上下次首末初共达为有了约近超逾仅增减降升提长多少比第与和及或的地得是在从至到由将被把等这那其两各某]|年|月|日|天|时|期间|平均|奖励|罚款|"
    "小时|分钟|先后|连续|距离|相距|来自|获得|收到|送去|带来|带着|发放|捐款|组织|邀请|吸引|投入|投资|参加|走访|慰问"
)
_NO_UNIT = frozenset(("岁", "天", "小时", "分钟", "期", "点", "度", "分", "块", "道", "厘米", "毫米", "米", "课时"))
_NEAR = re.compile("约|近|超|逾|突破|[多余]")
_YEAR = re.compile(r"(?:19|20)\d\d年|去年|前年|上年|同期|上半年|下半年|[一二三四]季度|\d{1,2}月")
_SENTENCE = re.compile(r"[^。！？\n]+")
LIKE = Decimal("0.5")  # figures of one thing differ by less than half of the greater
NEARLY = Decimal("0.1")


def quantities(text: str, where: str = "") -> tuple[Quantity, ...]:
    """What a text counts, each that has one figure in it; `where` names the text for people."""
    found: dict[tuple[str, str], set[Quantity]] = defaultdict(set)
    for _, one in _said(text):
        found[one.label, one.unit].add(replace(one, where=where))
    return tuple(next(iter(held)) for held in found.values() if len(held) == 1)


def _said(text: str) -> Iterator[tuple[re.Match[str], Quantity]]:
    for sentence in _SENTENCE.finditer(text):
        if _YEAR.search(sentence.group()):
            continue  # of which time a figure is would have to be understood first
        for match in _SAID.finditer(text, sentence.start(), sentence.end()):
            if match["unit"] in _NO_UNIT or _NO_THING.search(match["label"]) or parse(match["number"]) is None:
                continue
            near = _NEAR.search(match["said"] + match["more"]) is not None
            yield match, Quantity(label=match["label"], unit=match["unit"], number=match["number"], near=near)


def elsewhere(reading: Reading) -> Iterator[Hit]:
    """Figures of this text that another article of the issue gives otherwise."""
    theirs: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for other in reading.context.quantities:
        theirs[other.label, other.unit].append(other)
    if not theirs:
        return
    own = {(one.label, one.unit) for one in quantities(reading.text)}
    told: set[tuple[str, str]] = set()
    for match, mine in _said(reading.text):
        key = (mine.label, mine.unit)
        if key not in own or key in told:
            continue
        for other in theirs.get(key, ()):
            if _differ(mine, other):
                told.add(key)
                values = {"label": mine.label, "other": other.number + mine.unit, "where": other.where}
                yield Hit(start=match.start("number"), end=match.end("unit"), values=values)
                break


def _differ(one: Quantity, two: Quantity) -> bool:
    first, second = parse(one.number), parse(two.number)
    if first is None or second is None:
        return False
    great, small = max(first.value, second.value), min(first.value, second.value)
    if small <= great * LIKE:
        return False
    slack = first.half + second.half
    if one.near or two.near:
        slack = max(slack, great * NEARLY)
    return great - small > slack


TABLE: tuple[tuple[str, Find], ...] = (("ledger.elsewhere", elsewhere),)
