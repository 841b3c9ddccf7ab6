"""Parts against their whole: the ledger of one sentence.

1. A share of a whole over 100 %: 占…130%, 整改率达104%.
2. Shares of one whole that add up to another sum than 100 %: 第一产业占8%，第二产业占37%，第三产业占65%.
3. 其中: a part larger than its whole, or parts that together are more (or, where they are all named, less) than it.
4. 男性2.3万人，女性2.4万人，合计4.2万人.
5. 18个乡镇中的20个.
6. 第一名95分，第二名93分，比第一名少3分: a difference of two stated numbers.
7. 今年计划24次，平均每月3次.
Only numbers with the same unit are compared, with the rounding of each allowed for.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from models.values.finding import Tier
from services.proofing.contract import HAN, Find, Hit, Reading
from services.proofing.rules.numbers import NUMBER, SENTENCE, UNITS, Number, parse

_RATES = (
    "整改率|合格率|覆盖率|参与率|出勤率|入会率|就业率|满意率|满意度|及格率|完好率|建会率|组建率|达标率|普及率|通过率|签订率|签约率|"
    "到课率|升学率|录取率|出席率|到会率|入学率|毕业率|优良率|优秀率|好评率|知晓率|入住率|成活率|治愈率|发病率|死亡率|失业率|识字率|"
    "中签率|准确率|正确率|支持率|得票率|命中率|接种率|参保率|参会率|参训率|投票率|空置率|城镇化率|森林覆盖率|绿化率|调解率|结案率|按时率|"
    "准点率|正点率|回收率|利用率|回复率|办结率|解决率|排查率|培训率|持证率"
)
_SHARE = re.compile(
    rf"(?:占(?:[^，。；！？\n、\d]{{0,14}})|(?:{_RATES})(?:[^，。；！？\n、\d]{{0,6}}))(?P<rate>\d+(?:\.\d+)?)(?:%|％)"
)


def over_whole(reading: Reading) -> Iterator[Hit]:
    for match in _SHARE.finditer(reading.text):
        if Decimal(match["rate"]) > 100 and "目标" not in match.group() and "计划" not in match.group():
            yield Hit(start=match.start("rate"), end=match.end())


_ITEM = r"[^，。；！？、\n\d]{0,16}占(?:比|总数的|全部的|总人数的|总量的)?(?:约|近|达|为|到)?"
_SHARES = re.compile(rf"{_ITEM}\d+(?:\.\d+)?[%％](?:[，、；](?:而)?{_ITEM}\d+(?:\.\d+)?[%％]){{1,11}}")
_ONE = re.compile(rf"(?P<name>[{HAN}]{{2,12}}?)(?:人数|数量|总量)?占[^\d]*(?P<rate>\d+(?:\.(?P<decimals>\d+))?)[%％]")
_PARALLEL = re.compile("产业|企业|以[上下]|岁|男|女|[省市县区镇村]$|等$")


def sum_of_shares(reading: Reading) -> Iterator[Hit]:
    """Shares side by side, with names of one kind, whose sum is not 100 %."""
    for match in _SHARES.finditer(reading.text):
        ones = list(_ONE.finditer(match.group()))
        total = sum((Decimal(one["rate"]) for one in ones), Decimal(0))
        slack = sum((Decimal("0.5") / 10 ** len(one["decimals"] or "") for one in ones), Decimal(0))
        names = [one["name"] for one in ones]
        both = len(names) == 2 and "".join(name[0] for name in names) in ("男女", "女男")
        alike = both or (len(names) >= 3 and len({name[-1] for name in names}) == 1)
        if len(ones) < 2 or not alike or abs(total - 100) <= slack:
            continue
        if total < 100 and (len(ones) < 3 or total < 85):
            continue
        last = ones[-1]
        start = match.start() + last.start("rate")
        places = tuple((match.start() + one.start("rate"), match.start() + one.end("rate")) for one in ones[:-1])
        tier = None if total > 100 else Tier.HINT
        yield Hit(start=start, end=match.start() + last.end(), related=places, values={"sum": f"{total}%"}, tier=tier)


_COUNT = re.compile(rf"(?P<number>(?<![\d.第]){NUMBER})(?P<unit>{UNITS})(?![%％])")
_SENTENCE = re.compile(r"[^。！？\n]+")
_PEOPLE_UNITS = ("人", "名", "位", "万人", "人次", "家", "户")
_PART = re.compile(
    rf"(?P<name>(?:\d[\d.]*(?:亿元|万元|元|周?岁|年|级|平方米)及?(?:以上|以下)的?)?[^，。；、！？\n\d（）]{{1,16}}?)(?:共|有|为|达|约|近|是)?(?P<number>{NUMBER})(?P<unit>{UNITS})"
)
_LIST_END = re.compile(r"[，。；、！？\n（）]|$")
_CHANGE = re.compile("增|减|降|升|比|较|超|每|平均|人均|累计|分别|最|第|各|约占|余下|剩")


def _parts(text: str, start: int, end: int, unit: str) -> list[re.Match[str]]:
    """`A 810处，B 60处、C 3处` from `start` on, one after the other, all with the unit."""
    found: list[re.Match[str]] = []
    at = start
    while at < end:
        match = _PART.match(text, at, end)
        if match is None or match["unit"] != unit or _CHANGE.search(match["name"]):
            break
        if _LIST_END.match(text, match.end()) is None:
            break
        found.append(match)
        at = match.end() + 1
    return found


def parts_of(reading: Reading) -> Iterator[Hit]:
    """其中 after a number: every part, and the parts together."""
    for sentence in _SENTENCE.finditer(reading.text):
        at = sentence.group().find("其中")
        if at < 0:
            continue
        start = sentence.start() + at
        wholes = list(_COUNT.finditer(reading.text, sentence.start(), start))
        begin = start + 2 + (reading.text[start + 2 : start + 3] in ("，", "：", ","))
        first = _PART.match(reading.text, begin, sentence.end())
        if first is None:
            continue
        unit = first["unit"]
        whole = next((one for one in reversed(wholes) if one["unit"] == unit), None)
        if whole is None:
            continue
        total = parse(whole["number"])
        parts = _parts(reading.text, begin, sentence.end(), unit)
        if total is not None and parts:
            yield from _against(whole, total, parts, unit)


def _against(whole: re.Match[str], total: Number, parts: list[re.Match[str]], unit: str) -> Iterator[Hit]:
    numbers = [parse(part["number"]) for part in parts]
    sum_, slack = Decimal(0), total.half
    tier: Tier | None
    for part, number in zip(parts, numbers, strict=True):
        if number is None:
            return
        sum_ += number.value
        slack += number.half
        if number.value > total.value + total.half + number.half:
            values = {"sum": part["number"] + unit, "whole": whole["number"] + unit}
            place = (whole.span("number"),)
            yield Hit(start=part.start("number"), end=part.end("unit"), related=place, values=values)
            return
    if len(parts) < 2 or abs(sum_ - total.value) <= slack:
        return
    exclusive = _are_kinds(whole, parts)
    if sum_ > total.value:
        if not exclusive and unit in _PEOPLE_UNITS:
            return  # a woman may be a Party member too
        tier = None
    elif len(parts) >= 2 and exclusive and sum_ * 100 >= total.value * 85:
        tier = Tier.HINT if len(parts) == 2 and parts[0]["name"][0] not in "男女" else None
    else:
        return
    values = {"sum": _shown(sum_, parts[-1]["number"]) + unit, "whole": whole["number"] + unit}
    places = (whole.span("number"), *(part.span("number") for part in parts[:-1]))
    last = parts[-1]
    yield Hit(start=last.start("number"), end=last.end("unit"), related=places, values=values, tier=tier)


def _are_kinds(whole: re.Match[str], parts: list[re.Match[str]]) -> bool:
    """Whether nothing counts in two parts: names of one kind, men and women, or names listed before the whole."""
    names = [part["name"] for part in parts]
    if len({name[-1] for name in names}) == 1 or {names[0][0], names[1][0]} == {"男", "女"}:
        return True
    listed = whole.string[max(0, whole.start() - 40) : whole.start()]
    return "、" in listed and all(name in listed for name in names)


def _shown(value: Decimal, like: str) -> str:
    """The sum in the scale of its parts: 4.7万."""
    for scale, size in (("亿", 10**8), ("万", 10**4)):
        if like.endswith(scale):
            return f"{(value / size).normalize():f}{scale}"
    return f"{value.normalize():f}"


_TOTAL = re.compile(
    rf"(?:合计|共计|总计|总数|总量|总人数|总额|总面积|一共|共)(?:达到|达|为|有|计)?(?P<number>{NUMBER})(?P<unit>{UNITS})"
)


def total_after(reading: Reading) -> Iterator[Hit]:
    """`A 2.3万人，B 2.4万人，合计4.2万人`: no run of numbers before it adds up to the total."""
    for sentence in _SENTENCE.finditer(reading.text):
        for match in _TOTAL.finditer(reading.text, sentence.start(), sentence.end()):
            total = parse(match["number"])
            first = max(sentence.start(), match.start() - SENTENCE)
            between = re.split("；", reading.text[first : match.start()])[-1]
            if total is None or re.search(
                "累计|以来|同比|增加|减少|.其中|每", between + reading.text[match.start() - 4 : match.end()]
            ):
                continue
            begin = match.start() - len(between)
            before = [
                one for one in _COUNT.finditer(reading.text, begin, match.start()) if one["unit"] == match["unit"]
            ]
            parsed = [parse(one["number"]) for one in before]
            if len(before) < 2 or None in parsed or _adds_up(parsed, total):
                continue
            numbers = [one for one in parsed if one is not None]
            sum_ = sum((one.value for one in numbers), Decimal(0))
            if not sum_ * Decimal("0.75") <= total.value <= sum_ * Decimal("1.25") or total.value <= max(
                n.value for n in numbers
            ):
                continue
            values = {
                "sum": _shown(sum_, before[-1]["number"]) + match["unit"],
                "whole": match["number"] + match["unit"],
            }
            places = tuple(one.span("number") for one in before)
            yield Hit(start=match.start("number"), end=match.end(), related=places, values=values)


def _adds_up(parts: list[Number | None], total: Number) -> bool:
    """Whether the last n parts, for any n of two or more, add up to the total; or it is one of them said again."""
    sum_ = half = Decimal(0)
    for count, part in enumerate(reversed(parts), 1):
        if part is None:
            return True
        sum_, half = sum_ + part.value, half + part.half
        if abs(part.value - total.value) <= part.half + total.half:
            return True
        if count >= 2 and abs(sum_ - total.value) <= half + total.half:
            return True
    return False


_OUT_OF = re.compile(
    rf"(?P<whole>(?<![\d.第]){NUMBER})(?P<unit>个|名|人|位|家|户|所|项|条|座|台|辆)[{HAN}]{{0,10}}?[中里](?:的|，已?有|，|有)"
    rf"[{HAN}]{{0,4}}?(?P<part>(?<![\d.第]){NUMBER})(?P=unit)"
)


def out_of(reading: Reading) -> Iterator[Hit]:
    for match in _OUT_OF.finditer(reading.text):
        whole, part = parse(match["whole"]), parse(match["part"])
        if whole is not None and part is not None and part.value > whole.value:
            unit = match["unit"]
            values = {"sum": match["part"] + unit, "whole": match["whole"] + unit}
            yield Hit(start=match.start("part"), end=match.end(), related=(match.span("whole"),), values=values)


_DIFFERENCE = re.compile(
    rf"比(?![例重率])[^，。；！？\n\d]{{1,10}}(?:少|多|高|低|增加|减少|高出|超出)了?(?P<number>(?<![\d.]){NUMBER})(?P<unit>{UNITS})(?![%％])"
)


def difference(reading: Reading) -> Iterator[Hit]:
    """Two numbers of the unit before it in the sentence, and a difference that is not theirs."""
    for match in _DIFFERENCE.finditer(reading.text):
        least = max(0, match.start() - SENTENCE)
        begin = max(least, max(reading.text.rfind(stop, least, match.start()) for stop in "。！？；\n") + 1)
        before = [one for one in _COUNT.finditer(reading.text, begin, match.start()) if one["unit"] == match["unit"]]
        stated = parse(match["number"])
        numbers = [parse(one["number"]) for one in before]
        if len(numbers) != 2 or stated is None or numbers[0] is None or numbers[1] is None:
            continue
        real = abs(numbers[0].value - numbers[1].value)
        if real == 0 or abs(real - stated.value) <= stated.half + numbers[0].half + numbers[1].half:
            continue
        if stated.value * 5 < real or real * 5 < stated.value:
            continue  # numbers of other things
        places = tuple(one.span("number") for one in before)
        shown = _shown(real, match["number"]) + match["unit"]
        yield Hit(start=match.start("number"), end=match.end(), related=places, values={"real": shown})


_AVERAGE = re.compile(
    rf"(?:今年|全年|一年|每年|去年|年内|年均)[^，。；\n\d]{{0,12}}(?P<whole>{NUMBER})(?P<unit>{UNITS})[^。；\n\d]{{0,12}}"
    rf"(?:平均|月均)(?:每个?月)?(?:约|近|为|达|有)?(?P<part>{NUMBER})(?P=unit)"
)


def average(reading: Reading) -> Iterator[Hit]:
    """A year's number and its monthly average."""
    for match in _AVERAGE.finditer(reading.text):
        whole, part = parse(match["whole"]), parse(match["part"])
        if "月" not in match.group() or whole is None or part is None:
            continue
        real = whole.value / 12
        if abs(real - part.value) > max(part.half, Decimal("0.5"), real / 10):
            values = {"real": f"{real:.1f}".removesuffix(".0") + match["unit"]}
            yield Hit(start=match.start("part"), end=match.end(), related=(match.span("whole"),), values=values)


TABLE: tuple[tuple[str, Find], ...] = (
    ("ledger.over_whole", over_whole),
    ("ledger.sum_of_shares", sum_of_shares),
    ("ledger.parts", parts_of),
    ("ledger.total", total_after),
    ("ledger.out_of", out_of),
    ("ledger.difference", difference),
    ("ledger.average", average),
)
