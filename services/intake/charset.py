"""Which encoding a text file is in. In: bytes. Out: the text, the codec, the other codecs that decode it too.

Order: byte order mark → UTF-8 → a guess among GB18030, Big5 and UTF-16 by how many of the decoded characters are common
ones. Common are the characters below, in simplified and traditional form; rare ones, Kana, private use and
controls count
against a codec.
"""

import codecs
import re
from dataclasses import dataclass

_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白"
    "教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且"
    "究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值"
    "号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随"
    "早讯者届协赵李张王刘陈杨黄届席书记校师职服务医护城乡镇村街乡居社区企业创举办召开启仪式讲话强调指出表示参加近日获悉年度奖项目推"
    "这個為時來們到會發動過說產種進等後學經著應還開從電現實體機點業當間樣與關條沒結問題無係軍員長義總數線見計決東導壓爭濟術極聯認權"
    "證轉單風帶場車務萬達積議聲報鬥類離華確張話許廣記須際驗連斷難礦備辦習響約勞團歷稱準號維劃選標寫親廠識適屬圓調滿縣參紅細聽該鐵價"
    "嚴隨訊協趙劉陳楊黃師職護鄉鎮創舉啟儀講強獲獎項推臺灣你妳嗎吧呢啊誰哪怎您咱她它"
)
_SEPARATORS = frozenset("，。、；：？！“”‘’（）《》—…·　\n\t ,.;:?!()0123456789")
_ODD = re.compile(
    "[\u3041-\u30ff\u3100-\u312f\ue000-\uf8ff\u0080-\u00a0\u0100-\u06ff\u0e00-\u1fff\uff61-\uffdf\u2500-\u257f]"
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
GUESSED = ("gb18030", "big5", "utf-16-le", "utf-16-be")
KNOWN = ("utf-8", *GUESSED, "big5hkscs", "cp950", "utf-32-le", "utf-32-be")
_ALIASES = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "utf8": "utf-8", "utf-8-sig": "utf-8"}
_LEAST = -0.5  # a guess less like Chinese than this is none
_SAMPLE = 200_000  # bytes looked at for a guess


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    others: tuple[str, ...]  # best first


def canonical(encoding: str) -> str | None:
    """Our name of a codec; None when Python has no such text codec."""
    name = encoding.strip().lower().replace("_", "-")
    name = _ALIASES.get(name, name)
    if name == "utf-16":
        return name
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    if not info._is_text_encoding:
        return None
    return name if name in KNOWN else info.name


def decode(raw: bytes) -> Decoded | None:
    """The text by the best guess; None when no codec decodes the bytes into text."""
    for mark, codec in _BOMS:
        if raw.startswith(mark):
            text = _decoded(raw[len(mark) :], codec)
            if text is not None:
                return Decoded(text, codec, ())
    text = _decoded(raw, "utf-8")
    if text is not None and "\x00" not in text[:4000]:
        return Decoded(text, "utf-8", tuple(codec for codec, score in _guesses(raw) if score > _LEAST))
    guesses = _guesses(raw)
    if not guesses or guesses[0][1] <= _LEAST:
        return None
    best = guesses[0][0]
    text = _decoded(raw, best)
    return None if text is None else Decoded(text, best, tuple(codec for codec, _ in guesses[1:]))


def decode_as(raw: bytes, encoding: str) -> str | None:
    """The text by a given codec, its byte order mark taken off; None when the bytes do not fit it."""
    for mark, codec in _BOMS:
        if raw.startswith(mark) and encoding in (codec, codec[:6]):
            return _decoded(raw[len(mark) :], codec)
    return _decoded(raw, encoding)


def others(raw: bytes, encoding: str) -> tuple[str, ...]:
    """The codecs besides the given one that decode the bytes, best first."""
    found = ["utf-8"] if _decoded(raw, "utf-8") is not None else []
    found += [codec for codec, _ in _guesses(raw)]
    return tuple(codec for codec in found if codec != encoding)


def _decoded(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None


def _guesses(raw: bytes) -> list[tuple[str, float]]:
    scored = []
    for codec in GUESSED:
        text = _decoded(raw, codec)
        if text is not None and text:
            scored.append((codec, likeness(text[: _SAMPLE // 2])))
    # Big5 files in the wild hold characters of its extensions.
    if not any(codec == "big5" for codec, _ in scored):
        text = _decoded(raw, "big5hkscs")
        if text:
            scored.append(("big5hkscs", likeness(text[: _SAMPLE // 2]) - 0.05))
    return sorted(scored, key=lambda each: -each[1])


def likeness(text: str) -> float:
    """How much a text looks like Chinese: -2 … 1. ASCII and punctuation count little either way."""
    if not text:
        return 0.0
    common = sum(character in _COMMON for character in text)
    plain = sum(character in _SEPARATORS or character.isascii() for character in text)
    odd = len(_ODD.findall(text)) + sum(ord(character) < 32 and character not in "\n\r\t" for character in text)
    rare = len(text) - common - plain - odd
    weight = max(1, len(text) - 0.7 * plain)
    return (common + 0.3 * plain - 0.6 * rare - 2 * odd) / weight
