"""Lists: a stated count against its items, only where both are unambiguous.

1. `五个方面：政治、经济、文化、社会`: count, colon, items with 、 up to the stop.
2. `《甲》《乙》两部`, `“甲”“乙”“丙”两个`: quoted items, then the count.
3. `甲、乙、丙4人`: people, then the count (where people are tagged).
4. 二. for 二、 where the other items have 、.
"""

import re
from collections.abc import Iterator

from services.proofing.contract import HAN, Find, Hit, Reading
from services.proofing.rules.numbers import chinese

_COUNT = r"(?P<count>\d{1,2}|[两二三四五六七八九十]{1,2})"
_BEFORE = re.compile(
    rf"(?<![第\d.%]){_COUNT}(?:大|个|项|种|类|条|支|家|名|位|门|座|人|本|笔|步|招|件|关|句|点|部|首|册|所|款)(?P<of>[{HAN}]{{0,6}})”?[：:](?P<items>[^。！？：:\n]+)[。\n]"
)
_BAD_ITEMS = re.compile("[，；;（）()]|等|其中|以及|分别|之[一二三]")
_JOIN = re.compile("和|与|及|或")
_SLIP = 12  # characters of an item beside a half-width comma


def count_before(reading: Reading) -> Iterator[Hit]:
    for match in _BEFORE.finditer(reading.text + "\n"):
        items = match["items"]
        if _BAD_ITEMS.search(items) or "、" not in items or match["of"].endswith(("之一", "分别")):
            continue
        stated = _value(match["count"])
        parts = items.replace(",", "、").split("、")  # a half-width comma among 、 is a slip of the same list
        if "," in items and max(map(len, parts)) > _SLIP:
            continue
        joins = len(_JOIN.findall(parts[-1]))
        # a last item with 和 counts as one or as two
        if stated is None or joins > 1 or stated in (len(parts), len(parts) + joins):
            continue
        if any(_JOIN.search(part) for part in parts[:-1]):
            continue
        values = {"stated": match["count"], "found": str(len(parts) + joins)}
        place = (match.start("items"), match.end("items"))
        yield Hit(start=match.start("count"), end=match.end("count"), related=(place,), values=values)


_QUOTED = re.compile(
    r"(?P<items>(?:《[^《》\n]{1,30}》[、和与及]?){2,20}|(?:“[^“”\n]{1,30}”[、和与及]?){2,20})"
    rf"(?:这|等)?{_COUNT}(?:大|个|项|种|类|条|部|本|篇|首|支|家|场|幅|门)(?![多几余])"
)


def count_after(reading: Reading) -> Iterator[Hit]:
    for match in _QUOTED.finditer(reading.text):
        items = match["items"]
        stated, found = _value(match["count"]), items.count("》") or items.count("”")
        before = reading.text[max(0, match.start() - 1) : match.start()]
        if stated is None or (before and before in "、和与及") or items[-1] in "、和与及":
            continue
        if "等" in reading.text[match.end("items") : match.start("count")] and stated > found:
            continue
        if stated != found:
            values = {"stated": match["count"], "found": str(found)}
            place = match.span("items")
            yield Hit(start=match.start("count"), end=match.end("count"), related=(place,), values=values)


_PEOPLE_COUNT = re.compile(rf"{_COUNT}(?:人|位|名)(?![次员多])")


def count_of_people(reading: Reading) -> Iterator[Hit]:
    """Tagged people with 、 or 和 between them, then the count."""
    starts, ends = reading.people.starts, reading.people.ends
    first = 0
    for number in range(len(starts)):
        if number and reading.text[ends[number - 1] : starts[number]] not in ("、", "和", "与", " "):
            first = number
        found = number - first + 1
        match = _PEOPLE_COUNT.match(reading.text, ends[number])
        joined = first and reading.text[ends[first - 1] : starts[first]] in ("、", "和")
        if found < 2 or match is None or joined:
            continue
        before = reading.text[max(0, starts[first] - 1) : starts[first]]
        stated = _value(match["count"])
        if stated is not None and stated != found and before not in ("、", "和", "与"):
            values = {"stated": match["count"], "found": str(found)}
            yield Hit(start=match.start("count"), end=match.end("count"), values=values)


_SIDES = re.compile(
    rf"(?P<items>[{HAN}]{{3,16}}(?:、[{HAN}]{{3,10}}){{1,5}})，(?:形成|实现|构建|真正)?(?:了)?(?P<count>[两三四五六七八])方(?=共|联|携|合作|协|齐|各)"
)


def count_of_sides(reading: Reading) -> Iterator[Hit]:
    """`政府补一点、企业让一点、社会捐一点、个人掏一点，三方共担`."""
    for match in _SIDES.finditer(reading.text):
        items = match["items"].split("、")
        # the first item may have the beginning of the sentence before it
        alike = len({len(item) for item in items[1:]}) == 1 and len({item[-1] for item in items}) == 1
        stated = _value(match["count"])
        if alike and stated is not None and stated != len(items):
            values = {"stated": match["count"], "found": str(len(items))}
            place = match.span("items")
            yield Hit(start=match.start("count"), end=match.end("count"), related=(place,), values=values)


def _value(words: str) -> int | None:
    return int(words) if words.isdigit() else chinese(words)


_ORDINAL = re.compile(r"^(?:#+\s*)?([一二三四五六七八九十]{1,3})([、.．，])", re.MULTILINE)


def ordinals(reading: Reading) -> Iterator[Hit]:
    """Chinese ordinals at the head of a line take 、"""
    for match in _ORDINAL.finditer(reading.text):
        if match[2] in ".．":
            yield Hit(start=match.start(2), end=match.end(2), suggestions=("、",))


TABLE: tuple[tuple[str, Find], ...] = (
    ("lists.count_before", count_before),
    ("lists.count_after", count_after),
    ("lists.count_of_people", count_of_people),
    ("lists.count_of_sides", count_of_sides),
    ("lists.chinese_ordinals", ordinals),
)
