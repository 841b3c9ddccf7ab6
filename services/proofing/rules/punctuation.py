"""Punctuation that needs more than a pattern (GB/T 15834-2011)."""

import itertools
import re
from collections.abc import Iterator

from models.values.article_text import Part
from services.proofing.contract import Find, Hit, Line, Reading, is_han

_LONG = 100  # characters with commas only: 一逗到底
_SENTENCE = re.compile(r"[^。！？!?；;：:\n]+")


def run_on(reading: Reading) -> Iterator[Hit]:
    """P16: more than 100 characters without any stop but commas. The hit is the middle comma."""
    for match in _SENTENCE.finditer(reading.text):
        commas = [match.start() + i for i, one in enumerate(match.group()) if one in "，,"]
        if len(match.group()) > _LONG and len(commas) >= 4:
            at = commas[len(commas) // 2]
            values = {"length": str(len(match.group()))}
            yield Hit(start=at, end=at + 1, related=(match.span(),), values=values)


_COLONS = re.compile("[^。！？；\n]+")


def two_colons(reading: Reading) -> Iterator[Hit]:
    """P15: a colon within the scope of a colon. Times, ratios and quotations apart."""
    for match in _COLONS.finditer(reading.text):
        places = [match.start() + i for i, one in enumerate(match.group()) if one == "："]
        if len(places) < 2 or any(one in match.group() for one in "“”‘’《》"):
            continue
        yield Hit(start=places[1], end=places[1] + 1, related=((places[0], places[0] + 1),))


def quoted_stops(reading: Reading) -> Iterator[Hit]:
    """P14: a whole quotation (after a colon) keeps its stop inside, a partial one leaves it outside."""
    for match in re.finditer("“([^“”\n]*)”", reading.text):
        inner, at = match[1], match.end() - 1
        before, after = reading.before(match.start()), reading.after(match.end())
        whole = before in ("：", ":", "")
        if whole and before and inner and inner[-1] not in "。！？…，；" and after == "。" and len(inner) > 6:
            yield Hit(start=at, end=at + 2, suggestions=("。”",))
        elif not whole and inner.endswith("。") and before not in "。！？；，”…":
            yield Hit(start=at - 1, end=at + 1, suggestions=("”。",))


def heading_stop(reading: Reading) -> Iterator[Hit]:
    """A heading ends without 。，；"""
    for line in reading.lines:
        words = line.text.rstrip()
        if line.heading and words and words[-1] in "。，；、" and words.strip("#。 ，；、"):
            at = line.start + len(words) - 1
            yield Hit(start=at, end=at + 1, suggestions=("",))


_OPENERS = re.compile(
    "另据|另外|另悉|据悉|据了解|据介绍|据统计|此外|目前|近日|近年来|与此同时|同时，|“|会上|随后|接下来|接着|下一步|活动现场|活动中|活动结束|"
    "截至|当天|当日|今年|去年|在.{2,12}，|本次|此次|最后|为了|记者|通过"
)
_LEAST = 20  # characters of a paragraph of running text


def missing_stop(reading: Reading) -> Iterator[Hit]:
    """A paragraph of running text that ends with a word, where the next one begins a sentence of its own.

    A paragraph broken by the end of a column goes on in the next one, and a deck before 本报讯 has no stop: both are
    left alone.
    """
    lines = [line for line in reading.lines if line.text.strip()]
    for line, following in itertools.pairwise(lines):
        words = line.text.rstrip()
        if line.heading or line.part is not Part.BODY or len(words) < _LEAST or not re.search("[，。]", words):
            continue
        if is_han(words[-1]) and _OPENERS.match(following.text) and not following.heading:
            at = line.start + len(words) - 1
            yield Hit(start=at, end=at + 1, suggestions=(words[-1] + "。",))
    yield from _last_stop(lines)


def _last_stop(lines: list[Line]) -> Iterator[Hit]:
    """The last paragraph of running text, where every one before it has its stop."""
    body = [line for line in lines if line.part is Part.BODY and not line.heading]
    running = [line for line in body if len(line.text) >= _LEAST and "，" in line.text]
    if len(running) < 2 or running[-1] is not lines[-1]:
        return
    words = running[-1].text.rstrip()
    if is_han(words[-1]) and all(line.text.rstrip()[-1] in _STOPS for line in running[:-1]):
        at = running[-1].start + len(words) - 1
        yield Hit(start=at, end=at + 1, suggestions=(words[-1] + "。",))


_STOPS = "。！？”…）：；"


def paragraph_end(reading: Reading) -> Iterator[Hit]:
    """A paragraph of running text that ends with a comma, at the end or before one that begins anew.

    Where the next paragraph may go on with the sentence it is a broken paragraph: a question of intake. Verses
    have short lines and are left alone.
    """
    lines = [line for line in reading.lines if line.text.strip()]
    for number, line in enumerate(lines):
        words = line.text.rstrip()
        if line.heading or line.part is not Part.BODY or len(words) < _VERSE or words[-1] not in "，、,":
            continue
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following is None or following.part is not Part.BODY or following.heading or _begins(following.text):
            at = line.start + len(words) - 1
            yield Hit(start=at, end=at + 1, suggestions=("。",))


_VERSE = 16  # characters; shorter lines may be verses
_SAID = re.compile(r"[^，。！？\n]{2,14}[，：]")


def _begins(words: str) -> bool:
    """Whether a paragraph begins a sentence of its own: a lead-in, or a long one whose first clause is short."""
    return _OPENERS.match(words) is not None or (len(words) >= _LEAST and _SAID.match(words) is not None)


TABLE: tuple[tuple[str, Find], ...] = (
    ("punctuation.run_on", run_on),
    ("punctuation.two_colons", two_colons),
    ("punctuation.quoted_stop", quoted_stops),
    ("punctuation.heading_stop", heading_stop),
    ("punctuation.missing_stop", missing_stop),
    ("punctuation.paragraph_end", paragraph_end),
)
