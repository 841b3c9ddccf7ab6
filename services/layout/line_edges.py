"""避头尾: classes of characters, and what may neither start nor end a line.

Sources: GB/T 15834-2011 §5.1 (place and form of marks), W3C CLREQ §6.1 (prohibition levels none, basic, GB, strict).
"""

import re
from enum import IntEnum


class Level(IntEnum):
    """How much is forbidden at line edges; each level adds to the one before. GB is the newspaper's."""

    NONE = 0
    BASIC = 1
    GB = 2
    STRICT = 3


class Kind(IntEnum):
    """What an atom of a line is; widths, squeezing and gaps follow from it."""

    HAN = 0
    OPEN = 1  # opening quotes and brackets: blank left half
    CLOSE = 2  # closing ones: blank right half
    PAUSE = 3  # ，、；：
    STOP = 4  # 。？！
    LATIN = 5  # a Western word or a number with its sign and unit
    DASH = 6  # —— and ……: never parted
    DOT = 7  # 间隔号
    SPACE = 8
    LATIN_MARK = 9  # half-width marks, as given


OPENING = frozenset("“‘（《〈「『【〔［｛〖﹁﹃")
CLOSING = frozenset("”’）》〉」』】〕］｝〗﹂﹄")
PAUSING = frozenset("，、；：")
STOPPING = frozenset("。？！．")
DOTS = frozenset("·・‧•")
_LATIN_OPENING = frozenset("([{<")
_LATIN_CLOSING = frozenset(",.;:!?)]}>")
_SPACES = frozenset(" \u3000\u00a0\t\n\r\v\f\u2002\u2003\u2009\u200b")
_PREFIXES = frozenset("￥$€£¥#＃№§")
_SUFFIXES = frozenset("%％‰℃°℉′″")
_JOINERS = frozenset("～~–—-－…⸺")
_SEPARATORS = frozenset("/／")
_UNSPACED = (_PREFIXES | _SUFFIXES | frozenset("～－／")) - frozenset("$€£¥#%§")  # full-width, set close to a number

_START_BASIC = CLOSING | PAUSING | STOPPING | DOTS | _LATIN_CLOSING | _SUFFIXES | _SEPARATORS | frozenset("～~–-－")
_END_BASIC = OPENING | _LATIN_OPENING | _PREFIXES

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(OPENING, Kind.OPEN),
    **dict.fromkeys(CLOSING, Kind.CLOSE),
    **dict.fromkeys(PAUSING, Kind.PAUSE),
    **dict.fromkeys(STOPPING, Kind.STOP),
    **dict.fromkeys(DOTS, Kind.DOT),
    **dict.fromkeys(_SPACES, Kind.SPACE),
    **dict.fromkeys("—…⸺", Kind.DASH),
    **dict.fromkeys(_LATIN_OPENING | _LATIN_CLOSING | frozenset("\"'-~–/\\|_*^`"), Kind.LATIN_MARK),
}

_LETTER = "0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
# 1 an address of the web; 2 a Western word or number with what belongs to it; 3 —— and …… in pairs; 4 a run of spaces;
# 5 any one character with the marks that combine with it
ATOM = re.compile(
    r"(?:https?://|ftp://|www\.)[!#-;=?-Z_a-z~]*[#-&/-9=A-Z_a-z~]"
    rf"|[$¥￥€£#@]?[+\-−±]?[{_LETTER}]+(?:[.,:/'’\-–@&+_=][{_LETTER}]+)*[%‰℃°℉]?"
    r"|——|……|⸺"
    r"|[ \u3000\u00a0\t\n\r\v\f\u2002\u2003\u2009\u200b]+"
    r"|.[\u0300-\u036f\u200d\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef]*",
    re.DOTALL,
)
_LATIN_START = re.compile(rf"[$¥￥€£#@]?[+\-−±]?[{_LETTER}]")
FULL_DIGITS = frozenset("０１２３４５６７８９")
# Han-wide characters that are not free to stand at every line edge
NOT_PLAIN = _START_BASIC | _END_BASIC | _JOINERS | FULL_DIGITS


def kind_of(atom: str) -> Kind:
    """The class of one atom of `ATOM`."""
    if _LATIN_START.match(atom):
        return Kind.LATIN
    if atom[0] in _UNSPACED:
        return Kind.LATIN_MARK
    found = _KINDS.get(atom[0])
    if found is not None:
        return found
    return Kind.HAN if atom[0] >= "\u2e80" or atom[0] in "→←↑↓①②③④⑤⑥⑦⑧⑨⑩■□●○★☆△▲◆◇※℃‰×÷±≥≤№" else Kind.LATIN_MARK


def may_start(atom: str, level: Level) -> bool:
    """Whether a line may start with this atom."""
    if level is Level.NONE:
        return True
    first = atom[0]
    if atom == "—":
        return False  # 一字线, a connector like ～
    if first in _START_BASIC and not (len(atom) > 1 and _LATIN_START.match(atom)):
        return False
    return not (level is Level.STRICT and first in _JOINERS)


def may_end(atom: str, level: Level) -> bool:
    """Whether a line may end with this atom."""
    if level is Level.NONE:
        return True
    last = atom[-1]
    if last in _END_BASIC:
        return False
    return not (level >= Level.GB and last in _SEPARATORS)
