"""What a line can be by its own words alone: sentence, heading, caption, editor's note, section name, furniture."""

import re
from enum import StrEnum

from services.intake.bylines import is_signature, is_source, starts_dateline
from services.intake.lines import Line
from services.intake.names import HAN, is_name

TERMINAL = "。！？…!?"
_CLOSING = "”’」』）)》〉】〕\"'"
SOFT = "，,、；;：:—"


class Kind(StrEnum):
    HEAD = "head"  # any heading line; which one is settled later
    TEXT = "text"
    DATELINE = "dateline"  # text that starts with a message head
    SIGNATURE = "signature"
    CAPTION = "caption"
    NOTE = "note"  # 编者按
    SECTION = "section"  # name of a department on the page: 图片新闻
    FURNITURE = "furniture"  # page number, date, editors of the page


_CAPTION = re.compile(
    r"[（(【▲▼◀▶↑↓←→●]?\s*(?:图为|图[①-⑳]|图[一二三四五六七八九十\d]{1,2}[为：: ]|图片说明|图注"
    r"|[上下左右]图[为：:，, ]?|题图|资料图)"
)
_NOTE = re.compile(
    r"[【\[（(〔]?\s*(?:编者按|编者的话|开栏的话|编后|编辑按|记者按|开栏语|栏目主持人语|按语)(?=[】\]）)〕:：\s]|\Z)"
)
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.．]|第[一二三四五六七八九十]{1,3}[部章节篇]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|[①-⑳]|[❶-❿])"
)
_SECTIONS_LIST = (
    "要闻 综合新闻 综合 图片新闻 工会新闻 校园新闻 企业新闻 基层动态 基层新闻 本地新闻 国内新闻 国际新闻 "
    "社会新闻 时政要闻 今日要闻 "
    "新闻 简讯 短讯 简明新闻 一句话新闻 新闻集装箱 图说 图片故事 时评 评论 副刊 专题 专版 广告 导读 今日导读 "
    "动态 资讯 民生 "
    "文化 体育 教育 科技 财经 法治 公告 头版 摄影报道 图片报道 封面 天气"
)
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{2,4}(?:新闻|动态|简报|快讯|简讯|要闻|资讯|播报)\Z")
_SECTIONS = frozenset(_SECTIONS_LIST.split())
_ANEW = re.compile(r"[■□●◆◇▲△★☆▶►○◎|]|(?:问|答|Q|A|记者|主持人|笔者)[：:]")
_FURNITURE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,10}(?:报|周刊|导报)\s+第?[A-D]?[\d一二三四五六七八九十]{1,3}版?|[A-D]?\d{1,2}\s*版?|第?\s*[A-D]?[\d一二三四五六七八九十]{1,3}\s*版(?:\s*[\u4e00-\u9fff]{2,6})?"
    r"|[（(]?\d{4}年\d{1,2}月\d{1,2}日(?:\s*[（(]?(?:星期|周)[一二三四五六日天][)）]?)?.{0,24}"
    r"|(?:农历|总第|国内统一|CN\s?\d|邮发代号|ISSN|第\s?\d{2,6}\s?期|http|www\.|E-?mail).{0,60}|.{0,6}(?:下转|上接)第?.{1,4}版.{0,4}"
    r"|(?:责任编辑|责编|美术编辑|美编|校对|版面设计|本版编辑|编辑|值班主任|组版)[:：\s].{0,50}"
    r"|(?:星期|周)[一二三四五六日天]|[A-D]?\d{1,2}\s*版?\s*[|｜·]?\s*[\u4e00-\u9fff]{1,6}(?:新闻|要闻|专版|专刊|周刊|副刊|版))\Z",
    re.IGNORECASE,
)
TIME = re.compile(
    r"近日|日前|昨日|昨天|今日|今天|前日|连日来|日上午|日下午|\d{1,2}月\d{1,2}日|(?<!\d)\d{1,2}日(?!报)|记者从|记者获悉|据悉|据了解|近期|当天"
)
_EVENT = re.compile(
    r"召开|举行|举办|启动|开幕|闭幕|成立|揭牌|揭晓|签约|签署|开工|竣工|落成|发布会|印发|出台|开展|走访|慰问|会见|调研|视察|座谈会|"
    r"强调|指出|要求|出席|会议|大会|仪式|总结|部署|发布|公布|颁发|授予|表彰|当选|开赛|落幕|圆满|通报|传达|亮相|开班|研讨会|论坛|比赛|大赛|"
    r"挂牌|奠基|通车|投产|上线|试运行|揭幕|动员会|推进会|交流会|发布|获奖|夺冠|开放"
)
_HAPPENING = re.compile(
    r"召开|举行|举办|启动|开幕|闭幕|成立|揭牌|揭晓|签约|开工|竣工|落成|落幕|强调|指出|要求|出席|仪式|印发|出台|会议|大会\Z|发布|表彰"
)


def ends_sentence(text: str) -> bool:
    """Whether a paragraph may end here: a terminal mark, closing quotes or brackets behind it allowed."""
    bare = text.rstrip().rstrip(_CLOSING)
    if re.search(r"[A-Za-z\u4e00-\u9fff]\.\Z", bare):  # English, or a full stop read as a point
        return True
    closed = len(bare) < len(text.rstrip())
    return bare.endswith(tuple(TERMINAL)) or (closed and _closed(text))


def _closed(text: str) -> bool:
    """Ends in a closing bracket that holds a whole remark, as （未完待续）; a quote alone does not end a sentence."""
    return re.search(r"[。！？…”][（(][^（()）]{1,40}[)）]\s*\Z", text) is not None


def ends_softly(text: str) -> bool:
    """Ends in a mark after which a new paragraph may follow: 。！？…；："""
    return ends_sentence(text) or text.rstrip().endswith(("：", ":", "；", ";"))


def width(text: str) -> float:
    """Printed width in ems. OCR writes marks half width that are full on the page: they count one em."""
    return sum(0.5 if c.isascii() and (c.isalnum() or c == " ") else 1.0 for c in text)


def starts_anew(text: str) -> bool:
    """Starts with a bullet, a number, a question's mark or a cell: never the rest of the paragraph before."""
    return _ANEW.match(text) is not None or is_numbered(text)


def is_numbered(text: str) -> bool:
    return _NUMBERED.match(text) is not None


def tells_event(text: str) -> bool:
    return _EVENT.search(text) is not None


def tells_happening(text: str) -> bool:
    """Says that something took place: what a kicker says and a slogan does not."""
    return _HAPPENING.search(text) is not None


def opens_news(text: str) -> bool:
    """The first clause says when: near the start of a piece of its own."""
    return TIME.search(text[:40]) is not None


def headish(text: str, limit: float = 46.0) -> bool:
    """Could be a heading line: short, no full stop, no half sentence, not too many commas."""
    if not text or "。" in text or _ANEW.match(text) or text[-1] in SOFT or text[0] in "，,、；;。.)）”’》":
        return False
    wide = width(text)
    if wide > limit:
        return False
    if wide > 30 and not re.search(rf"[{HAN}]", text):
        return False  # a line of running English
    commas = sum(text.count(mark) for mark in ",，；;")
    if commas > 2 or (commas and wide > 36):
        return False
    if text[-1] in TERMINAL and (wide > 26 or commas > 1):
        return False
    if text.count("“") != text.count("”") or text.count("(") + text.count("（") != text.count(")") + text.count("）"):
        return False
    return re.search(rf"[{HAN}A-Za-z]", text) is not None


def kind_of(line: Line) -> Kind:
    """The kind by the line's own words and marks; headings without marks come out as TEXT here."""
    text = line.text.text
    if line.boxed:
        return Kind.TEXT
    short = len(text) <= 60
    if _NOTE.match(text):
        return Kind.NOTE
    name = text.strip("【】[]■□●◆▲ ·|｜") if short else ""
    if name in _SECTIONS or _DEPARTMENT.match(name):
        return Kind.SECTION
    if short and (is_signature(text) or is_source(text)):
        return Kind.SIGNATURE
    if len(text) <= 90 and _FURNITURE.match(text):
        return Kind.FURNITURE
    if starts_dateline(text):
        return Kind.DATELINE
    if _CAPTION.match(text):
        return Kind.CAPTION
    if line.look.level and not (len(text) > 30 and "。" in text[:-1]) and width(text) <= 90:
        return Kind.HEAD
    return Kind.TEXT


def bare_name(text: str) -> bool:
    """A line that is one or two names and nothing else: the author under a headline."""
    tokens = re.sub(r"(?<=[\u4e00-\u9fff])[ \u3000](?=[\u4e00-\u9fff]\Z)", "", text)
    return all(is_name(token) for token in re.split(r"[\s、]+", tokens)) and len(text) <= 12
