"""Doubled words and marks, and words that are missing (报纸期刊质量管理规定: 多字、漏字, 1 each).

1. A word of two or more characters doubled; reduplication that is grammar is left alone. (Function words doubled,
   的的 and the like, are a literal table of the pack.)
2. The same item twice in a list: 复赛、复赛.
3. Marks doubled: ，， 。。 、，.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from models.values.finding import Tier
from services.proofing.contract import HAN, Find, Hit, Reading

_NAMES_OF_BODIES = "部会团局厅院杯级币署委社报网法"
_NUMERALS = "零二三四五六七八九十百千万亿〇"
_PAIR = re.compile(rf"([{HAN}]{{2}})\1(?!\1)")


def pair(table: Mapping[str, Any]) -> Find:
    """A two-character word twice: in earnest for words of `never`, nothing for those of `often`, else a hint."""
    never, often = frozenset(table["never"].split()), frozenset(table["often"].split())

    def find(reading: Reading) -> Iterator[Hit]:
        for match in _PAIR.finditer(reading.text):
            word = match[1]
            if word[0] == word[1] or word in often or "一" in word or word[0] in _NUMERALS:
                continue
            # 主席主席团, 学生学生会: the second may begin a longer name
            following = reading.after(match.end())
            longer = following != "" and following in _NAMES_OF_BODIES
            tier = None if word in never and not longer else Tier.HINT
            yield Hit(start=match.start(), end=match.end(), suggestions=(word,), tier=tier)

    return find


_PHRASE = re.compile(rf"([{HAN}]{{3,12}}?)\1")


def phrase(reading: Reading) -> Iterator[Hit]:
    """Three characters or more twice, such as a line set twice."""
    for match in _PHRASE.finditer(reading.text):
        words = match[1]
        half = len(words) // 2
        if len(set(words)) < 3 or words.startswith("一") or words == words[:half] * 2:
            continue
        yield Hit(start=match.start(), end=match.end(), suggestions=(words,))


_LIST = re.compile(rf"[{HAN}A-Za-z0-9“”‘’《》〈〉·、]+")
_TAIL = re.compile(r"等|的|和|及|以及|与|或|[两二三四五六七八九十\d]+(?:个|种|类|项|大|门|名|位)")
# what may stand before the first item of a list: 由内科、外科、内科
_LEAD = re.compile(r"[由设有在以对为了到从向是把将含括过给于按用着分抓做]$|包括$|开展$|举办$")


_SHORT = 5  # characters of a plain item


def in_list(reading: Reading) -> Iterator[Hit]:
    """An item that stands twice in a list with 、. The first and last item may have other words around them."""
    for match in _LIST.finditer(reading.text):
        if "、" not in match.group():
            continue
        items: list[tuple[str, int]] = []
        at = match.start()
        for item in match.group().split("、"):
            items.append((item, at))
            at += len(item) + 1
        yield from _repeated_items(items)
        yield from _repeated_characters(items, reading)


def _repeated_characters(items: list[tuple[str, int]], reading: Reading) -> Iterator[Hit]:
    """煎、炒、炸、煎: items of one character."""
    if len(items) < 4 or not all(len(item) == 1 for item, _ in items):
        return
    seen: dict[str, int] = {}
    for item, at in items:
        if item in seen:
            place = ((seen[item], seen[item] + 1),)
            yield Hit(start=at - 1, end=at + 1, suggestions=("",), related=place, values={"item": item})
        seen[item] = at


def _repeated_items(items: list[tuple[str, int]]) -> Iterator[Hit]:
    seen: dict[str, int] = {}  # item → its number
    for number, (item, at) in enumerate(items):
        last = number == len(items) - 1
        core = _core(item, seen) if last else item
        if len(core) >= 2 and core in seen:
            before = items[seen[core]][1]
            between = [words for words, _ in items[seen[core] + 1 : number]]
            beside = not between
            yield Hit(
                start=before if beside else at - 1,
                end=at + len(core),
                suggestions=(core if beside else "",),
                related=((before, before + len(core)),),
                values={"item": core},
                # a long item between them is the end of one list and the beginning of another
                tier=None if all(len(words) <= _SHORT for words in between) else Tier.HINT,
            )
        else:
            seen[item] = number
            if number == 0:  # 由内科: the item is what stands behind the verb
                seen.update((item[cut:], 0) for cut in range(1, len(item) - 1) if _LEAD.search(item[:cut]))


def _core(item: str, seen: Mapping[str, int]) -> str:
    """The last item without what follows it: 复赛的层层选拔 → 复赛, where 复赛 was seen before."""
    for word in sorted(seen, key=len, reverse=True):
        if item == word or (item.startswith(word) and _TAIL.match(item, len(word))):
            return word
    return item


_MARKS = (
    (re.compile("[，,]{2,}"), "，", None),
    (re.compile("、{2,}"), "、", None),
    (re.compile("(?<!。)。。(?!。)"), "。", None),
    (re.compile("[；;]{2,}"), "；", None),
    (re.compile("[：:]{2,}"), "：", None),
    (re.compile("，、|、，"), "，", Tier.LIKELY),
    (re.compile("[，、；]。"), "。", None),
    (re.compile("。[，、；]"), "。", Tier.LIKELY),
    (re.compile("[，、：]；|；[，、]"), "；", Tier.LIKELY),
    (re.compile("：[，、。]|[，、]："), "：", Tier.LIKELY),
)


def marks(reading: Reading) -> Iterator[Hit]:
    """Marks doubled or one too many."""
    for pattern, fix, tier in _MARKS:
        for match in pattern.finditer(reading.text):
            if not reading.foreign.touches(*match.span()):
                yield Hit(start=match.start(), end=match.end(), suggestions=(fix,), tier=tier)


TABLE: tuple[tuple[str, Find], ...] = (
    ("repeats.phrase", phrase),
    ("repeats.list", in_list),
    ("repeats.marks", marks),
)
WITH_WORDS: tuple[tuple[str, Callable[[Mapping[str, Any]], Find]], ...] = (("repeats.pair", pair),)
