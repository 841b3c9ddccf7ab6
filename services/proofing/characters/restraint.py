"""Edits that may be right but are shown as hints only: where the writer, not the language, decides.

Numerals for numerals; words of two characters for others that are as good (徒弟, 土地), unless they are very sure; the
two of a pair that are both in use (法治, 法制; 作, 做); words that are newer than the tables, and those of the trade.
"""

import re

from services.lexicon.segment import frequency

NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿")
SURER = 1.5  # log odds above the threshold that a word for a word needs
USED = 200  # a word of the dictionary this frequent is in use
REACH = 4
_IN_USE = "法治:法制 法制:法治 增收:征收 权力:权利 权利:权力 机体:肌体 肌体:机体"
BOTH_IN_USE = frozenset(_IN_USE.split())
_SINGLES = "作做 做作 他她 她他 他它 它他 她它 它她 像象 那哪 哪那 的地 地的 的得 得的 地得 得地"
SINGLES = frozenset(_SINGLES.split())
NEWER = re.compile("抗疫|战疫|疫后|共克时艰|自我革命|数智|银发")
# the trade's own words, that general text hardly knows: 一版要目, 报眼, 通版
TRADE = re.compile(
    "[一二三四五六七八头]版|要目|报眼|报眉|中缝|通版|倒头条|双头条|责编|美编|版心|题花|报花|付印|清样|大样|小样|栏题"
)
_GB = re.compile(r"[\u4e00-\u9fff]")


def is_held_back(text: str, start: int, old: str, new: str, surplus: float) -> bool:
    """`surplus`: log odds above the threshold of the tier likely."""
    if all(one in NUMERALS for one in old) and (all(one in NUMERALS for one in new) or _after_number(text, start)):
        return True
    if any(one in NUMERALS for one in new) and _after_number(text, start):
        return True
    if len(old) == 1 and old + new in SINGLES:
        return True
    size = len(old)
    for begin, end in ((start - 1, start + size), (start, start + size + 1), (start, start + size)):
        before = text[max(0, begin) : end]
        after = text[max(0, begin) : start] + new + text[start + size : end]
        if f"{before}:{after}" in BOTH_IN_USE:
            return True
    if size == 2 and surplus < SURER and frequency(old) >= USED and old[0] != new[0] and old[1] != new[1]:
        return True
    near = text[max(0, start - REACH) : start + size + REACH]
    at = start - max(0, start - REACH)
    return any(
        found.start() < at + size and found.end() > at for words in (NEWER, TRADE) for found in words.finditer(near)
    )


def _after_number(text: str, start: int) -> bool:
    before = text[max(0, start - 1) : start]
    return bool(before) and (before.isdigit() or before in NUMERALS or before == "第")


def traditional_lines(text: str) -> list[tuple[int, int]]:
    """Lines in traditional characters: several that GB 2312 does not have. The tables know simplified ones only."""
    found = []
    start = 0
    for line in text.split("\n"):
        han = _GB.findall(line)
        outside = sum(not one.encode("gb2312", "ignore") for one in han)
        if outside > 2 and outside * 12 > len(han):
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found
