"""Full and half width (GB/T 15834-2011, 4 and 5.1; GB/T 15835-2011, 4).

1. `, ; : ? ! ( )` beside Chinese → full width, each occurrence its own hit. Left alone: URLs, addresses, file names,
   English passages, thousands 1,200, times 8:30, ratios 3:1.
2. A full stop `.` after a Han character at the end of a sentence → 。
3. Straight quotes → “ ” where they pair up within the paragraph.
4. Full-width digits and Latin letters → half width.
"""

import re
from collections.abc import Iterator

from models.values.finding import Tier
from services.proofing.contract import HAN, Find, Hit, Line, Reading, is_chinese, is_han

_FULL = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_MARKS = ",;:?!()"
_SKIP = _MARKS + " '\""


def _mark(mark: str) -> Find:
    def find(reading: Reading) -> Iterator[Hit]:
        text = reading.text
        at = text.find(mark)
        while at >= 0:
            if _is_chinese_place(reading, at):
                yield Hit(start=at, end=at + 1, suggestions=(_FULL[mark],))
            at = text.find(mark, at + 1)

    return find


def _is_chinese_place(reading: Reading, at: int) -> bool:
    """Whether the mark stands in Chinese text: one neighbour, spaces and other marks passed over, is Chinese."""
    if reading.foreign.touches(at, at + 1):
        return False
    text = reading.text
    before, after = reading.before(at), reading.after(at + 1)
    if before.isdigit() and before.isascii() and after.isdigit() and after.isascii():
        return False  # 1,200  8:30  3:1
    if text[at] == ":" and text.startswith("://", at):
        return False
    return is_chinese(reading.before(at, _SKIP)) or is_chinese(reading.after(at + 1, _SKIP))


def brackets(reading: Reading) -> Iterator[Hit]:
    """( and ) by pairs: both turn full width when one of them stands beside Chinese, or Chinese stands between."""
    for line in reading.lines:
        if "(" not in line.text and ")" not in line.text:
            continue
        opened: list[int] = []
        for at in range(line.start, line.end):
            if reading.text[at] == "(":
                opened.append(at)
            elif reading.text[at] == ")":
                pair = (opened.pop(), at) if opened else (at,)
                yield from _bracket_hits(reading, pair)
        for at in opened:
            yield from _bracket_hits(reading, (at,))


def _bracket_hits(reading: Reading, places: tuple[int, ...]) -> Iterator[Hit]:
    if any(reading.foreign.touches(at, at + 1) for at in places):
        return
    beside = any(_is_chinese_place(reading, at) for at in places)
    within = len(places) == 2 and any(is_han(one) for one in reading.text[places[0] : places[1]])
    if beside or within:
        for at in places:
            yield Hit(start=at, end=at + 1, suggestions=(_FULL[reading.text[at]],))


_STOP = re.compile(rf"(?<=[{HAN}”’）》])\.(?=$|[”’）\n]|\s+(?:[{HAN}“]|$))", re.MULTILINE)


def full_stop(reading: Reading) -> Iterator[Hit]:
    for match in _STOP.finditer(reading.text):
        if not reading.codes.touches(*match.span()):
            yield Hit(start=match.start(), end=match.end(), suggestions=("。",))


def quotes(reading: Reading) -> Iterator[Hit]:
    """Straight double quotes. Certain where they pair up and Chinese stands beside or between; else likely or none."""
    for line in reading.lines:
        places = [line.start + i for i, one in enumerate(line.text) if one == '"']
        places = [at for at in places if not reading.codes.touches(at, at + 1) and not _is_inch(reading, at)]
        if len(places) % 2 or not places:
            continue
        nested = any(mark in line.text for mark in "“”")
        for opening, closing in zip(places[::2], places[1::2], strict=True):
            yield from _quote_pair(reading, line, opening, closing, nested=nested)


def _is_inch(reading: Reading, at: int) -> bool:
    return reading.before(at).isdigit() and not is_chinese(reading.after(at + 1))


def _quote_pair(reading: Reading, line: Line, opening: int, closing: int, *, nested: bool) -> Iterator[Hit]:
    inner = reading.text[opening + 1 : closing]
    around = (reading.before(opening, " "), reading.after(closing + 1, " "))
    if not any(is_han(one) for one in inner) and not any(is_chinese(one) for one in around):
        return
    before = line.text[: opening - line.start]
    within = nested and before.count("“") > before.count("”")
    odd = inner != inner.strip() or not inner
    tier = Tier.LIKELY if odd or nested else None
    for at, mark in ((opening, "‘" if within else "“"), (closing, "’" if within else "”")):
        yield Hit(start=at, end=at + 1, suggestions=(mark,), tier=tier)


_APOSTROPHES = re.compile(rf"(?<![A-Za-z0-9])'([^'\n]*[{HAN}][^'\n]*)'(?![A-Za-z])")


def single_quotes(reading: Reading) -> Iterator[Hit]:
    for match in _APOSTROPHES.finditer(reading.text):
        for at, mark in ((match.start(), "‘"), (match.end() - 1, "’")):
            yield Hit(start=at, end=at + 1, suggestions=(mark,))


_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ％]+")


def wide_characters(reading: Reading) -> Iterator[Hit]:
    for match in _WIDE.finditer(reading.text):
        narrow = "".join(chr(ord(one) - 0xFEE0) for one in match.group())
        yield Hit(start=match.start(), end=match.end(), suggestions=(narrow,))


TABLE: tuple[tuple[str, Find], ...] = (
    ("widths.comma", _mark(",")),
    ("widths.semicolon", _mark(";")),
    ("widths.colon", _mark(":")),
    ("widths.question", _mark("?")),
    ("widths.exclamation", _mark("!")),
    ("widths.brackets", brackets),
    ("widths.full_stop", full_stop),
    ("widths.quotes", quotes),
    ("widths.single_quotes", single_quotes),
    ("widths.wide_characters", wide_characters),
)
