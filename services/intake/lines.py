"""Lines of a manuscript with the marks that stand for their look: Markdown levels, labels, rules, or Word's styles.

In: the decoded text, and for a Word file the look of each line. Out: non-blank lines, traced, marks cut off.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from models.values.article_text import Part
from services.intake.traced import Traced, piece


@dataclass(frozen=True, slots=True)
class Look:
    """How a line looks in a Word file. `level` 1 … 9 by style or outline (0: body), `size` in points (0: not known)."""

    level: int = 0
    size: float = 0.0
    bold: bool = False
    centred: bool = False
    row: bool = False  # a row of a table or an item of a list: whole in itself, never a heading


PLAIN_LOOK = Look()


@dataclass(frozen=True, slots=True)
class Line:
    text: Traced
    look: Look = PLAIN_LOOK
    gap: int = 0  # blank lines in front
    indented: bool = False
    parted: bool = False  # a rule (---, ***) stands in front
    label: Part | None = None  # what a label such as 标题： says it is
    boxed: bool = False  # a row of a table or an item of a list


_HASHES = re.compile(r"(#{1,6})(?!#)[ \t\u3000]*(?=\S)|(＃{1,6})[ \t\u3000]*(?=\S)")
_RULE = re.compile(r"[-*_=~—–─━＊＝·•.#◆◇★☆※ \u3000]{3,}\Z")
_TABLE_RULE = re.compile(r"\|[\s:|-]*-[\s:|-]*\Z")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)|<img\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:div|center|p|span|b|strong|i|em|u|font|br|hr|table|tr|td|th|tbody|thead|h[1-6])\b[^<>]{0,200}>", re.I
)
_HTML_HEAD = re.compile(r"\s*<h([1-6])\b", re.IGNORECASE)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1")
_FENCE = re.compile(r"\s*(```|~~~)")
_QUOTE = re.compile(r"\s*>+\s?")
_LABELS = {
    Part.HEADLINE: "标题 题目 主标题 正标题 主题 大标题 新闻标题",
    Part.KICKER: "引题 肩题 眉题 引标题 肩标题",
    Part.DECK: "副题 副标题 子题",
    Part.CROSSHEAD: "小标题 插题",
    Part.SIGNATURE: "作者 署名 记者 通讯员 摄影 撰文 文 图 供图 责任编辑 责编 编辑",
    Part.BODY: "正文 内容 稿件正文",
    Part.CAPTION: "图片说明 图注 图说",
}
_LABEL_OF = {word: part for part, words in _LABELS.items() for word in words.split()}
_LABEL = re.compile(
    r"(?:[【\[〔<《]\s*(?P<boxed>[\u4e00-\u9fff]{1,6})\s*[】\]〕>》]\s*[:：]?"
    r"|(?P<bare>[\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff]){0,5})\s*[:：])\s*"
)

_SPOKEN = re.compile(r"[，。？！；,?!;“”《》]")  # what follows is something said, not a name: 记者：《办法》何时施行？
_ITALIC = re.compile(r"\A\*(?=[^*\s])([^*]{1,300})(?<=\S)\*\Z")


def lines_of(text: str, looks: Mapping[int, Look] | None = None) -> list[Line]:
    """The non-blank lines of the text. `looks` is keyed by the offset at which a line of a Word file starts."""
    lines: list[Line] = []
    gap = 0
    parted = False
    waiting: Part | None = None
    at = 0
    for raw in text.split("\n"):
        start, at = at, at + len(raw) + 1
        bare = raw.strip()
        if not bare or _FENCE.match(raw) or _TABLE_RULE.match(bare):
            gap += 1
            continue
        if _RULE.match(bare):
            if lines and gap == 0 and set(bare) == {"="} and not lines[-1].look.level and not looks:
                lines[-1] = replace(lines[-1], look=Look(level=1))  # a headline underlined with ===
            else:
                parted, gap = True, gap + 1
            continue
        line = _line(piece(text, start, start + len(raw)), looks.get(start) if looks else None, gap, parted)
        if line is None:
            gap += 1
            continue
        if line.label and not line.text:  # 标题： in a line of its own speaks of the next
            waiting = line.label
            gap += 1
            continue
        if waiting:
            line, waiting = replace(line, label=line.label or waiting), None
        lines.append(line)
        gap, parted = 0, False
    return lines


def _line(raw: Traced, look: Look | None, gap: int, parted: bool) -> Line | None:
    indent = re.match(r"[ \t\u3000\xa0]*", raw.text)
    assert indent is not None
    indented = "\u3000\u3000" in indent[0] or "\t" in indent[0] or len(indent[0]) >= 2
    text, level = raw, 0
    html = _HTML_HEAD.match(text.text)
    if html:
        level = int(html[1])
    if "<" in text.text:
        text = text.without(match.span() for match in _TAG.finditer(text.text))
    if "![" in raw.text or "<img" in raw.text.lower():
        text = text.without(match.span() for match in _IMAGE.finditer(text.text))
    quote = _QUOTE.match(text.text)
    if quote:
        text = text.cut(quote.end())
    text = text.strip()
    hashes = _HASHES.match(text.text)
    if hashes:
        level = len(hashes[1] or hashes[2])
        text = text.cut(hashes.end()).strip()
        tail = re.search(r"[ \t]+#+\Z", text.text)
        text = text.cut(0, tail.start()) if tail else text
    bold = False
    if "**" in text.text or "__" in text.text:
        bold = any(match.span() == (0, len(text.text)) for match in _BOLD.finditer(text.text))
        marks = [span for m in _BOLD.finditer(text.text) for span in ((m.start(), m.start(2)), (m.end(2), m.end()))]
        text = text.without(marks).strip()
    if _ITALIC.match(text.text):
        text = text.cut(1, len(text.text) - 1)
    if not text.text.strip("*_ "):
        return None
    label, text = _label(text)
    seen = look or Look(level=level, bold=bold)
    if look and level:
        seen = Look(level=level, size=look.size, bold=look.bold, centred=look.centred)
    if seen.row:
        return Line(text, seen, gap, indented, parted, Part.BODY, boxed=True)
    return Line(text, seen, gap, indented, parted, label)


def _label(text: Traced) -> tuple[Part | None, Traced]:
    """What a label says the line is; the label is cut off, but for those that are part of a signature (作者：甲)."""
    found = _LABEL.match(text.text)
    if not found:
        return None, text
    word = re.sub(r"[ \u3000]", "", found["boxed"] or found["bare"])
    part = _LABEL_OF.get(word)
    if part is None:
        return None, text
    if part is Part.SIGNATURE:
        rest = text.text[found.end() :]
        return (part, text) if rest and len(rest) <= 60 and not _SPOKEN.search(rest.rstrip("。")) else (None, text)
    return part, text.cut(found.end())
