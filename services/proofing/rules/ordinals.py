"""Counts against ordinals and plain lists.

1. `三个方面：一是…，二是…`, `三点要求。第一，… 第二，…`: the last ordinal against the count, in one paragraph or
   over the paragraphs that begin with 一、 二、.
2. 一是 … 三是 without 二是: an ordinal left out or said twice.
3. `焊工、钳工、电工三个工种`: three or more plain items, then the count.
"""

import re
from collections.abc import Iterator

from services.proofing.contract import HAN, Find, Hit, Reading
from services.proofing.rules.numbers import chinese

_DIGITS = "一二三四五六七八九十"
_COUNTED = re.compile(
    rf"(?<![第\d.%{_DIGITS}百千万])(?P<count>\d{{1,2}}|[两{_DIGITS}]{{1,2}})(?:个|项|大|点|条|种|件|方面|类|招|步)(?![多余])[{HAN}]{{0,10}}?(?:工作|方面|举措|措施|"
    r"要求|意见|建议|任务|问题|原则|步骤|环节|特点|变化|目标|行动|工程|好处|原因|内容|关系|体会|关键|重点|希望|[：:])"
)
_SERIES = (
    re.compile(rf"(?:(?<=[，。；：:！？“\n])|^)[ 　]*([{_DIGITS}])(?:是|要|则是)", re.MULTILINE),
    re.compile(rf"(?:(?<=[，。；：:！？“\n])|^)[ 　]*第([{_DIGITS}])[，,、是要]", re.MULTILINE),
    re.compile(rf"(?:(?<=[，。；：:！？“\n])|^)[ 　]*（([{_DIGITS}])）", re.MULTILINE),
    re.compile(r"(?:(?<=[，。；：:！？“\n])|^)[ 　]*（(\d{1,2})）", re.MULTILINE),
    re.compile(r"(?:(?<=[。；：:\n])|^)[ 　]*(\d{1,2})[.．、](?!\d)", re.MULTILINE),
)


def _value(words: str) -> int | None:
    return int(words) if words.isdigit() else chinese(words)


def _runs(reading: Reading) -> Iterator[list[re.Match[str]]]:
    """Series of ordinals that begin with 一: each up to the next that begins anew or to the end of its paragraph."""
    for pattern in _SERIES:
        run: list[re.Match[str]] = []
        line_end = -1
        for match in pattern.finditer(reading.text):
            number = _value(match[1])
            if number == 1 or match.start(1) > line_end:
                if len(run) > 1:
                    yield run
                run = [match] if number == 1 else []
                line_end = reading.line_at(match.start(1)).end
            elif run:
                run.append(match)
        if len(run) > 1:
            yield run


def stated(reading: Reading) -> Iterator[Hit]:
    for run in _runs(reading):
        numbers = [_value(match[1]) for match in run]
        if numbers != list(range(1, len(run) + 1)):
            continue
        first = run[0].start(1)
        begin = reading.line_at(first).start
        before = reading.text[begin:first]
        # the count stands in the sentence before the list or in the list's own sentence
        cut = (
            max(
                (before.rfind(stop, 0, max(len(before.rstrip("，。；：:、 “（第")) - 1, 0)) for stop in "。！？；"),
                default=-1,
            )
            + 1
        )
        counts = list(_COUNTED.finditer(reading.text, begin + cut, first))
        if not counts:
            continue
        count = counts[-1]
        gap = reading.text[count.end() : first]
        wanted = _value(count["count"])
        if wanted is None or len(gap) > 14 or wanted == len(run) or wanted < 2 or "之一" in gap or "等" in gap:
            continue
        places = tuple(match.span(1) for match in run)
        values = {"stated": count["count"], "found": str(len(run))}
        yield Hit(start=count.start("count"), end=count.end("count"), related=places, values=values)


def gap(reading: Reading) -> Iterator[Hit]:
    for run in _runs(reading):
        for expected, match in enumerate(run, 1):
            number = _value(match[1])
            if number is None or number == expected:
                continue
            if number > expected + 1 and expected == 2:
                break  # another kind of number
            place = (run[expected - 2].span(1),)
            values = {"expected": _DIGITS[expected - 1] if expected <= 10 and not match[1].isdigit() else str(expected)}
            yield Hit(
                start=match.start(1), end=match.end(1), suggestions=(values["expected"],), related=place, values=values
            )
            break


_CHARACTER = r"[^，。；：！？、\n（）()“”‘’《》,;:]"
_PLAIN = re.compile(
    rf"(?P<items>{_CHARACTER}{{1,16}}(?:、{_CHARACTER}{{1,10}}?){{2,12}})"
    rf"(?P<count>(?<!\d)\d{{1,2}}|[两二三四五六七八九十])(?P<unit>个|大|项|种|类|方面|家|位|名|人|所|部|门|座|支|款|道)(?![多余几月]|次|均|年级|年)"
)
_JOIN = re.compile("和|与|及|或|以及")
_OPEN_END = re.compile("等|这|共|的|第|近|约|其他|另外|各|每|前|后|其余|余|某几|了|有|为|在|至|到|从|得|出")
_NAME = re.compile(rf"[{HAN}]{{2,4}}$|[{HAN}]某某?$")


def plain(reading: Reading) -> Iterator[Hit]:
    """`A、B、C两个X`: the items right before the count, without 等 between them."""
    for match in _PLAIN.finditer(reading.text):
        items = match["items"].split("、")
        wanted = _value(match["count"])
        last = items[-1]
        if wanted is None or wanted < 2 or _OPEN_END.search(last) or any(_JOIN.search(item) for item in items[:-1]):
            continue
        if any(one.isdigit() for item in items for one in item) or any(len(item) > 10 for item in items[1:]):
            continue
        joins = len(_JOIN.findall(last))
        found = len(items)
        if joins > 1 or wanted in (found, found + joins) or abs(wanted - found) > 2:
            continue
        if match["unit"] in ("人", "名", "位") and not all(_NAME.match(item) for item in items[1:]):
            continue
        values = {"stated": match["count"], "found": str(found + joins)}
        yield Hit(start=match.start("count"), end=match.end("count"), related=(match.span("items"),), values=values)


TABLE: tuple[tuple[str, Find], ...] = (
    ("lists.ordinal_count", stated),
    ("lists.ordinal_gap", gap),
    ("lists.plain_count", plain),
)
