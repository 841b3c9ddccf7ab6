"""What is left, what it cost, what share it is: numbers of one sentence that follow from two others.

1. `排查163项，整改完成158项，剩余15项`: the rest against the whole and its part.
2. `共有9项，比去年的6项增加2项`, `由14小时缩短到9.5小时，缩短了5小时`: a difference beside its two numbers.
3. `480人，约占全体职工1600人的40%`: a share beside its two numbers.
4. `排查163项，整改158项，整改率99.6%`: a rate named after what the part did.
5. `原价18元，补贴6元，只花14元`: the price that is left.
6. `286名职工人均捐款50元，共筹款1.2万元`: people times the average.
Only numbers of one unit are compared, with the rounding of each allowed for; near values (近、约、超) are let pass
within a twentieth.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from services.proofing.contract import HAN, Find, Hit, Reading
from services.proofing.rules.numbers import MOST_DIGITS, NUMBER, SENTENCE, UNITS, Number, parse

_SENTENCE = re.compile(r"[^。！？\n]+")
_COUNT = re.compile(rf"(?P<number>(?<![\d.第]){NUMBER})(?P<unit>{UNITS})(?![%％])")
_NEAR = "(?:近|约|超过|超|逾|达到|达|为|有|了|共|仅|只)"
_REST = re.compile(
    rf"(?:剩余|剩下|其余|余下|还剩|尚有|还有|仍有|未完成|未整改|待整改)[^，。；、\d]{{0,6}}?{_NEAR}{{0,2}}"
    rf"(?P<number>(?<![\d.第]){NUMBER})(?P<unit>{UNITS})"
)
_DONE = re.compile("完成|整改|办结|解决|化解|签约|签订|售出|发放|已|到位|拆除|收回|修复|通过|合格|返岗|开工|竣工")


def rest(reading: Reading) -> Iterator[Hit]:
    """1. The whole, the part done, and the rest, in this order and in one unit."""
    for sentence in _SENTENCE.finditer(reading.text):
        for match in _REST.finditer(reading.text, sentence.start(), sentence.end()):
            before = _before(reading.text, sentence.start(), match.start(), match["unit"])
            if len(before) != 2 or not _DONE.search(reading.text[before[0].end() : before[1].start()]):
                continue
            whole, part, left = (parse(one["number"]) for one in (*before, match))
            if whole is None or part is None or left is None or part.value >= whole.value:
                continue
            real = whole.value - part.value
            if abs(real - left.value) > whole.half + part.half + left.half:
                yield _hit(match, before, _shown(real, match["number"]), match["unit"])


def _before(text: str, start: int, end: int, unit: str) -> list[re.Match[str]]:
    return [one for one in _COUNT.finditer(text, max(start, end - SENTENCE), end) if one["unit"] == unit]


def _hit(match: re.Match[str], places: list[re.Match[str]], real: str, unit: str) -> Hit:
    related = tuple(one.span("number") for one in places)
    values = {"real": real + unit}
    return Hit(
        start=match.start("number"), end=match.end("number"), suggestions=(real,), related=related, values=values
    )


def _shown(value: Decimal, like: str) -> str:
    """The value in the scale of the number beside it: 4.7万."""
    for scale, size in (("亿", 10**8), ("万", 10**4)):
        if like.endswith(scale):
            return f"{(value / size).normalize():f}{scale}"
    return f"{value.normalize():f}"


_UP = "增加|增长|增|提高|上升|扩大|延长|多"
_DOWN = "减少|减|降低|下降|缩短|缩减|少"
_THAN = re.compile(
    rf"(?P<new>(?<![\d.第]){NUMBER})(?P<unit>{UNITS})(?:[^。；！？\n\d]{{0,24}})比[^。；！？，\n\d]{{1,8}}?"
    rf"(?P<old>(?<![\d.第]){NUMBER})(?P=unit)[^。；！？，\n\d]{{0,6}}?(?:{_UP}|{_DOWN})了?"
    rf"(?P<number>(?<![\d.第]){NUMBER})(?P=unit)"
)
_FROM_TO = re.compile(
    rf"[由从][^。；！？，\n\d]{{0,12}}(?P<old>(?<![\d.第]){NUMBER})(?P<unit>{UNITS})[^。；！？，\n\d]{{0,8}}(?:{_UP}|{_DOWN}|压缩|升|降|调整)"
    rf"(?:到|至|为)[^。；！？，\n\d]{{0,6}}?(?P<new>(?<![\d.第]){NUMBER})(?P=unit)[^。；！？，\n\d]{{0,4}}，[^。；！？，\n\d]{{0,6}}?"
    rf"(?:{_UP}|{_DOWN}|压缩)了?(?P<number>(?<![\d.第]){NUMBER})(?P=unit)"
)


def differences(reading: Reading) -> Iterator[Hit]:
    """2. The difference that is said beside its two numbers."""
    for pattern in (_THAN, _FROM_TO):
        at = 0
        while match := pattern.search(reading.text, at):
            at = match.start() + 1
            later = pattern.search(reading.text, at)
            if later is not None and later.end() == match.end():
                continue  # the innermost reading is the nearest
            new, old, said = parse(match["new"]), parse(match["old"]), parse(match["number"])
            if new is None or old is None or said is None or new.value == old.value:
                continue
            real = abs(new.value - old.value)
            if abs(real - said.value) <= new.half + old.half + said.half:
                continue
            shown = _shown(real, match["number"])
            related = (match.span("old"), match.span("new"))
            yield Hit(
                start=match.start("number"),
                end=match.end("number"),
                suggestions=(shown,),
                related=related,
                values={"real": shown + match["unit"]},
            )


_OF_WHOLE = re.compile(
    rf"(?P<part>(?<![\d.第]){NUMBER})(?P<unit>{UNITS})(?:[^。；！？\n\d]{{0,6}})[，,]?(?P<near>(?:大约|约|近|超|逾|已)?)占[^。；！？，\n\d]{{0,14}}?"
    rf"(?P<whole>(?<![\d.第]){NUMBER})(?P=unit)的(?P<near2>(?:大约|约|近|超过|超|逾)?)(?P<rate>\d+(?:\.\d+)?)(?:%|％)"
)


def shares_of(reading: Reading) -> Iterator[Hit]:
    """3. A share beside its part and its whole."""
    for match in _OF_WHOLE.finditer(reading.text):
        part, whole = parse(match["part"]), parse(match["whole"])
        if part is None or whole is None or whole.value <= 0:
            continue
        yield from _rate(match, part, whole, match["near"] + match["near2"], ("part", "whole"))


def _rate(match: re.Match[str], part: Number, whole: Number, near: str, groups: tuple[str, str]) -> Iterator[Hit]:
    if len(match["rate"]) > MOST_DIGITS:
        return
    real = part.value / whole.value * 100
    rate = Decimal(match["rate"])
    decimals = len(match["rate"].partition(".")[2])
    slack = (part.half + whole.half * part.value / whole.value) / whole.value * 100
    slack += Decimal("0.5") / 10**decimals
    if near:
        slack = max(slack, rate / 20)
    # the last place is often cut off, not rounded
    if -slack <= real - rate <= slack * 2:
        return
    shown = f"{real.quantize(Decimal(1) / 10**decimals, ROUND_HALF_UP):f}"
    related = tuple(match.span(group) for group in groups)
    values = {"real": shown + "%"}
    yield Hit(start=match.start("rate"), end=match.end("rate"), suggestions=(shown,), related=related, values=values)


_NAMED = re.compile(rf"(?P<stem>[{HAN}]{{2}})率(?P<near>[^，。；！？、\n\d]{{0,6}}?)(?P<rate>\d+(?:\.\d+)?)(?:%|％)")


def named_rates(reading: Reading) -> Iterator[Hit]:
    """4. 整改率 after a whole and a part that says 整改, the only two numbers of their unit before it."""
    for sentence in _SENTENCE.finditer(reading.text):
        for match in _NAMED.finditer(reading.text, sentence.start(), sentence.end()):
            pair = _whole_and_part(reading.text, sentence.start(), match)
            if pair is None:
                continue
            whole, part = (parse(one["number"]) for one in pair)
            if whole is None or part is None or not 0 < part.value <= whole.value:
                continue
            for hit in _rate(match, part, whole, re.sub("[为是达到]", "", match["near"]), ("rate", "rate")):
                related = tuple(one.span("number") for one in pair)
                yield Hit(start=hit.start, end=hit.end, suggestions=hit.suggestions, related=related, values=hit.values)


def _whole_and_part(text: str, start: int, rate: re.Match[str]) -> tuple[re.Match[str], re.Match[str]] | None:
    start = max(start, rate.start() - SENTENCE)
    counts = list(_COUNT.finditer(text, start, rate.start()))
    for index in range(len(counts) - 1, 0, -1):
        part = counts[index]
        clause = text[max(text.rfind(mark, start, part.start()) for mark in "，；、") + 1 : part.end() + 4]
        clause = re.split("[，；、]", clause)[0]
        if rate["stem"] not in clause or re.search("剩|余|限期|未|待|尚", clause):
            continue
        wholes = [one for one in counts[:index] if one["unit"] == part["unit"]]
        return (wholes[0], part) if len(wholes) == 1 else None
    return None


_PRICE = re.compile(
    rf"(?:原价|总价|票价|售价|定价|成本价?)[^。；！？\n\d]{{0,6}}(?P<whole>(?<![\d.]){NUMBER})元[^。；！？\n\d]{{0,12}}"
    rf"(?:补贴|补助|优惠|减免|立减|报销)了?(?P<part>(?<![\d.]){NUMBER})元[^。；！？\n\d]{{0,12}}"
    rf"(?:花|付|需|支付|自付|掏|交|要)了?(?P<number>(?<![\d.]){NUMBER})元"
)


def prices(reading: Reading) -> Iterator[Hit]:
    """5. What is left to pay."""
    for match in _PRICE.finditer(reading.text):
        whole, part, left = parse(match["whole"]), parse(match["part"]), parse(match["number"])
        if whole is None or part is None or left is None:
            continue
        real = whole.value - part.value
        if real > 0 and abs(real - left.value) > whole.half + part.half + left.half:
            shown = _shown(real, match["number"])
            places = (match.span("whole"), match.span("part"))
            values = {"real": shown + "元"}
            yield Hit(
                start=match.start("number"),
                end=match.end("number"),
                suggestions=(shown,),
                related=places,
                values=values,
            )


_PER_HEAD = re.compile(
    rf"(?P<heads>(?<![\d.第]){NUMBER})(?:名|位|人|户|家)[^。；！？\n\d]{{0,14}}?(?P<kind>人均|户均|每人|每户|平均每人)[^。；！？，\n\d]{{0,8}}?"
    rf"(?P<each>(?<![\d.第]){NUMBER})(?P<unit>{UNITS})[^。；！？\n\d]{{0,10}}?(?:共计|共|合计|总计|总共)[^。；！？，\n\d]{{0,8}}?"
    rf"(?P<number>(?<![\d.第]){NUMBER})(?P=unit)"
)


def per_head(reading: Reading) -> Iterator[Hit]:
    """6. People times the average; an average may be rounded, so a twentieth is let pass."""
    for match in _PER_HEAD.finditer(reading.text):
        heads, each, said = parse(match["heads"]), parse(match["each"]), parse(match["number"])
        if heads is None or each is None or said is None:
            continue
        real = heads.value * each.value
        exact = match["kind"] in ("每人", "每户")
        slack = said.half + heads.value * each.half + heads.half * each.value
        if abs(real - said.value) > (slack if exact else max(slack, real / 20)):
            values = {"real": _shown(real, match["number"]) + match["unit"]}
            places = (match.span("heads"), match.span("each"))
            yield Hit(start=match.start("number"), end=match.end("number"), related=places, values=values)


TABLE: tuple[tuple[str, Find], ...] = (
    ("ledger.rest", rest),
    ("ledger.stated_difference", differences),
    ("ledger.share_of", shares_of),
    ("ledger.named_rate", named_rates),
    ("ledger.price", prices),
    ("ledger.per_head", per_head),
)
