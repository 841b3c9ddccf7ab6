"""The door of the checker: a text → characters that are probably wrong, with what they should be. Never certain.

Left alone: names of people, organisations and places (mentions, known names, bylines), words that the house allows,
foreign words, and places that a rule with a list has its say on (proof.py). Without its tables the checker is off and
the report of the rules says so.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from models.values.finding import Tier
from models.values.mention import EntityKind
from services.config.paths import RESOURCES
from services.proofing.characters.restraint import is_held_back, traditional_lines
from services.proofing.contract import Find, Hit, Reading

if TYPE_CHECKING:
    from services.proofing.characters.tables import Tables

RULE = "characters.wrong"
DE_RULE = "de.context"
FILES = ("characters.npz", "combiner.npz", "de.npz", "laws.npy", "word_runs.npy")
CHUNK = 12_000  # characters that are weighed at a time: about 100 MB
SUGGESTIONS = 3
USUAL = 3  # different company of words that a text uses as they are
_NAMES = (EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE)


# Countries in one character: 中新关系, 同伊方, 访俄. Wrong characters hardly ever stand there.
_STATES = (
    "[美俄日韩朝蒙越老柬缅泰马新印菲巴孟尼斯阿伊沙土叙以黎约埃利苏南坦肯安津赞莫刚英法德意西葡荷比卢奥瑞挪丹芬波捷匈罗"
    "保希塞克乌哈吉塔白立拉爱冰加墨古智秘委哥厄玻圭澳纽斐汤欧非]"
)
_STATE = re.compile(
    f"(?<=中){_STATES}(?=[两双关友建合人经战全投贸文政高元国边外往携三班论方是，。、])"
    f"|(?<=[同与和对向请望]){_STATES}(?=方)|(?<=[赴访驻援]){_STATES}"
)


# A foreign name in the characters that are used for names.
_FOREIGN_NAME = re.compile(
    "[阿埃艾安奥巴贝比伯布查达戴丹德迪蒂杜厄恩尔法菲费弗福盖格古哈海赫霍基吉加杰卡凯康科克肯库拉莱兰朗劳勒雷里利林卢鲁伦罗洛马迈曼"
    "梅门蒙米莫姆穆纳娜内尼诺欧帕佩皮普奇乔琼萨塞沙什施斯苏索塔泰坦特提廷托瓦万威维温沃西希夏谢辛休雅亚扬耶伊因尤约泽扎詹珍朱兹]{4,}"
)
_SIGNATURE = re.compile("(?<=记者|通讯|摄影|责编|编辑|美编|校对)员?[ 　:：]{1,2}[一-鿿]{2,4}(?![一-鿿])")


def missing() -> tuple[str, ...]:
    """Files of the checker that are not there."""
    return tuple(name for name in FILES if not (RESOURCES / "language" / name).is_file())


def wrong_characters(reading: Reading) -> Iterator[Hit]:
    """Hits of tier likely (the rule's own) and hint."""
    if not reading.text or reading.text.isascii():
        return
    from services.proofing.characters.tables import in_use

    tables = in_use()
    if tables is None:
        return
    kept = left_alone(reading)
    at = 0
    for chunk in _chunks(reading.text):
        yield from _hits(chunk, at, reading.text, kept, tables)
        at += len(chunk)


def wrong_de(reading: Reading) -> Iterator[Hit]:
    """的, 地 and 得 for one another, by the words around: tier likely (the rule's own) and hint."""
    if not any(one in reading.text for one in "的地得"):
        return
    import numpy as np

    from services.proofing.characters.de import slips
    from services.proofing.characters.tables import in_use

    tables = in_use()
    if tables is None or tables.de is None:
        return
    free = np.ones(len(reading.text), bool)
    for start, end in left_alone(reading):
        free[start:end] = False
    for slip in slips(reading.text, tables.de, tables.words, free):
        if slip.score >= tables.de.hint:
            tier = None if slip.score >= tables.de.likely else Tier.HINT
            yield Hit(start=slip.at, end=slip.at + 1, suggestions=(slip.right,), tier=tier)


def left_alone(reading: Reading) -> list[tuple[int, int]]:
    """Spans that are never touched."""
    context, text = reading.context, reading.text
    spans = [(m.start, m.end) for m in context.mentions if m.kind in _NAMES and text[m.start : m.end] == m.text]
    spans += zip(reading.foreign.starts, reading.foreign.ends, strict=True)
    names = {one.name for one in context.known} | {one.name for one in context.bylines}
    # a key of a waived finding ends with the words: what one rule may not say, the checker does not say either
    for word in names | {one.rpartition(":")[2] for one in context.allowed}:
        spans.extend(_places(text, word))
    spans += traditional_lines(text)
    for pattern in (_STATE, _FOREIGN_NAME, _SIGNATURE):
        spans.extend(match.span() for match in pattern.finditer(text))
    return spans


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    at = text.find(word) if len(word) > 1 else -1
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + len(word))


def _chunks(text: str) -> Iterator[str]:
    """The text in parts of whole lines, or of CHUNK characters where a line is longer."""
    start = 0
    while start < len(text):
        end = start + CHUNK
        if end < len(text):
            line = text.rfind("\n", start, end)
            end = line + 1 if line >= start else end
        yield text[start:end]
        start = end


def _hits(text: str, offset: int, whole: str, kept: Iterable[tuple[int, int]], tables: "Tables") -> Iterator[Hit]:
    import numpy as np

    from services.proofing.characters.choose import chosen
    from services.proofing.characters.weigh import weighed

    if tables.combiners is None:
        return
    likely, hint = tables.combiners.likely, tables.combiners.hint
    free = np.ones(len(text), bool)
    for start, end in kept:
        free[max(0, start - offset) : max(0, end - offset)] = False
    result = weighed(text, tables, tables.combiners, free)
    found, score = result.edits, result.score
    for row in chosen(found, score, hint):
        start, size = int(found.at[row]), int(found.size[row])
        others = np.flatnonzero((found.at == start) & (found.size == size) & (score >= hint - 1.0))
        best = others[np.argsort(-score[others], kind="stable")][:SUGGESTIONS]
        fixes = tuple("".join(chr(int(code)) for code in found.new[one, :size]) for one in best)
        shown = score[row] >= likely and not _is_usual(whole, offset + start, size)
        if shown and is_held_back(text, start, text[start : start + size], fixes[0], float(score[row]) - likely):
            shown = False
        tier = None if shown else Tier.HINT
        yield Hit(start=offset + start, end=offset + start + size, suggestions=fixes, tier=tier)


def _is_usual(text: str, start: int, size: int) -> bool:
    """Whether the text means what it writes: words used again and again in different company, short names in a list."""
    if any(text[at : at + 4 : 3] == "、、" and at < start < at + 3 for at in range(max(0, start - 2), start)):
        return True
    for begin, end in ((start - 1, start + size), (start, start + size + 1)):
        words = text[max(0, begin) : end]
        if len(words) < 2 or "\n" in words:
            continue
        company = {
            (text[max(0, at - 1) : at], text[at + len(words) : at + len(words) + 1]) for at in _every(text, words)
        }
        if len(company) >= USUAL:
            return True
    return False


def _every(text: str, words: str) -> Iterator[int]:
    return (at for at, _ in _places(text, words))


TABLE: tuple[tuple[str, Find], ...] = ((DE_RULE, wrong_de), (RULE, wrong_characters))
