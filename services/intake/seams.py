"""Seams: does one piece of text run on into the next? Evidence for healing the breaks that columns leave in a text.

In: the end of one line and the start of the next. Out: a judgement, from marks first and from words (jieba) only where
marks leave it open.
"""

import re

_DANGLING = re.compile(
    r"(?:[的与和及在对为将把被从向于以并而或是由使让给到至等该本各每]|继续|关于|通过|根据|进一步|以及|不断|积极|充分|开展|推进|加强)\Z"
)
_OPENING = re.compile(
    r"(?:近日|日前|昨日|今年|此外|同时|随后|目前|据悉|据了解|当天|接下来|下一步|其中|与此同时|为此|此次|本次|活动|会议|现场|记者|“|「|[一二三四五六七八九十]、|\d{4}年|\d{1,2}月)"
)
_SOON = re.compile(r"([^，,。；;、：:！？!?\s]{1,3})[，,。；;、！？!?]")
_SHORT_CLAUSES_LIST = (
    "近日 日前 昨日 昨天 今天 今日 今年 去年 同时 此外 另外 随后 目前 当天 其中 为此 对此 最后 首先 其次 再次 "
    "然而 不过 但是 因此 所以 于是 "
    "最终 当晚 当日 现场 会上 会后 期间 据悉 据介绍 据了解 接着 如今 现在 其间 下午 上午 早上 晚上 事实上 "
    "第一 第二 第三 一是 二是 三是 问 答 "
    "但 而 可 又 他说 她说 原来 后来 是的 对 不 好 活动中 仪式上 未来 当前 近年来 多年来"
)
_SHORT_CLAUSES = frozenset(_SHORT_CLAUSES_LIST.split())
_COUNTED = re.compile(
    r"[一二三四五六七八九十百千万余多几两\d](?:个|名|项|次|家|场|位|件|种|届|条|批|所|台|余|多|万|亿)\Z"
)
_LATIN = re.compile(r"[A-Za-z]")


def glue(before: str, after: str) -> str:
    """What two joined lines need between them: nothing in Chinese, a space between Latin words."""
    if (
        before[-1:]
        and after[:1]
        and _LATIN.match(after[0])
        and (_LATIN.match(before[-1]) or (before[-1] in ",.;:!?)" and before[-1].isascii()))
    ):
        return " "
    return ""


def runs_on(before: str, after: str) -> bool:
    """Whether `after` surely goes on where `before`, which has no terminal mark, broke off."""
    if not before or not after:
        return False
    if after[0] in "，,、；;。：:！？!?)）”’》…%％" or before[-1] in "，,、“‘（(《—":
        return True
    if unclosed(before) or _DANGLING.search(before):
        return True
    if _soon_score(after) + _broken_score(before) >= 3:
        return True
    if before[-1].isdigit() and (after[0].isdigit() or after[0] in "年月日时人名个家万亿元"):
        return True
    if _OPENING.match(after):
        return False
    return splits_word(before, after)


def _soon_score(after: str) -> float:
    """A mark after one or two characters: 彩,参赛选手 …; unless they are a clause of their own (近日，)."""
    soon = _SOON.match(after)
    if not soon or soon[1] in _SHORT_CLAUSES or len(soon[1]) > 2:
        return 0.0
    if len(soon[1]) == 1:
        return 3.0
    return 0.0 if soon[1][-1] in "天日年月晚时初末里中后前间上下" else 1.5


def _broken_score(before: str) -> float:
    """An enumeration or a number of things that waits for its noun: 设采煤、掘进、机电等六个."""
    score = 1.0 if "、" in before else 0.0
    score += 0.5 if re.search(r"[,，]", before) else 0.0
    return score + (2.0 if _COUNTED.search(before) else 0.0)


def unclosed(text: str) -> bool:
    """A quote, bracket or book mark stands open at the end."""
    pairs = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("【", "】"))
    return any(text.rfind(left) > text.rfind(right) for left, right in pairs)


def splits_word(before: str, after: str) -> bool:
    """Whether a word of the dictionary lies across the seam: 激烈精|彩."""
    from services.lexicon.segment import is_word, word_ends

    left, right = before[-8:], after[:8]
    if len(left) in word_ends(left + right):
        return False
    tails = [left[-n:] + right[:m] for n in (1, 2, 3) for m in (1, 2, 3) if n <= len(left) and m <= len(right)]
    return any(is_word(word) for word in tails if word.isalpha())
