"""ArticleText 稿件文本: the parts of one article, and its flat text with which offsets are counted.

Every offset is a count of Unicode code points, end exclusive. The parts a person edits are strings; what can be
read out of them (`lead_in`, `bylines`, `credits`) is kept beside them and is derived again whenever they change.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Form(StrEnum):
    """What kind of piece it is: `photo` is a picture story (text short, picture leading)."""

    NEWS = "news"
    PHOTO = "photo"


class Part(StrEnum):
    """A part of an article, in the order of the flat text."""

    KICKER = "kicker"
    HEADLINE = "headline"
    DECK = "deck"
    DATELINE = "dateline"  # 消息头 with its byline, run in before the first paragraph: 本报讯 (记者 甲)
    BODY = "body"
    CROSSHEAD = "crosshead"
    CAPTION = "caption"
    SIGNATURE = "signature"  # 署名 line after the text: 本报记者 甲 通讯员 乙 文/摄

    @property
    def is_heading(self) -> bool:
        return self in (Part.KICKER, Part.HEADLINE, Part.DECK, Part.CROSSHEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """One signed name with its role as printed: 记者 盛丽, 通讯员 曹薇, 供图 北京工商大学宣传部."""

    role: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of the running text; `part` is BODY, CROSSHEAD or CAPTION."""

    text: str
    part: Part = Part.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """One article. Empty strings mean that a part is absent; `headline` alone is never empty for a real article."""

    kicker: str = ""
    headline: str = ""
    deck: str = ""
    dateline: str = ""
    body: tuple[Paragraph, ...] = ()
    signature: str = ""
    form: Form = Form.NEWS
    lead_in: str = ""  # 本报讯, or "" ; derived from dateline
    bylines: tuple[Byline, ...] = ()  # derived from dateline and signature
    credits: tuple[Byline, ...] = ()  # derived from signature: 供图, 摄影 …

    @property
    def characters(self) -> int:
        """Code points of running text and headings, line ends not counted."""
        return sum(len(text) for _, text in self.parts())

    def parts(self) -> Iterator[tuple["PartRef", str]]:
        """Every part that has text, in flat order."""
        for part in (Part.KICKER, Part.HEADLINE, Part.DECK, Part.DATELINE):
            text = getattr(self, part.value)
            if text:
                yield PartRef(part=part), text
        for index, paragraph in enumerate(self.body):
            yield PartRef(part=paragraph.part, index=index), paragraph.text
        if self.signature:
            yield PartRef(part=Part.SIGNATURE), self.signature

    def flat(self) -> "FlatText":
        return FlatText.join(self.parts())


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRef:
    """Names one part; `index` is the position in `ArticleText.body` for BODY, CROSSHEAD and CAPTION, else 0."""

    part: Part
    index: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSpan:
    """Where a part lies in the flat text: code points [start, end)."""

    ref: PartRef
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatText:
    """A text to proof or tag, with its parts; parts are joined by one line end and never overlap."""

    text: str
    spans: tuple[PartSpan, ...]
    starts: tuple[int, ...] = field(repr=False, default=())

    @classmethod
    def join(cls, parts: "Iterator[tuple[PartRef, str]] | list[tuple[PartRef, str]]") -> "FlatText":
        spans: list[PartSpan] = []
        pieces: list[str] = []
        at = 0
        for ref, text in parts:
            spans.append(PartSpan(ref=ref, start=at, end=at + len(text)))
            pieces.append(text)
            at += len(text) + 1
        return cls(text="\n".join(pieces), spans=tuple(spans), starts=tuple(span.start for span in spans))

    @classmethod
    def plain(cls, text: str) -> "FlatText":
        """Text without structure: every line is a body paragraph."""
        lines = text.split("\n")
        return cls.join([(PartRef(part=Part.BODY, index=i), line) for i, line in enumerate(lines)])

    def span_at(self, offset: int) -> PartSpan:
        """The part that holds the offset; raises IndexError outside the text or when there is no part."""
        if not self.spans or not 0 <= offset <= len(self.text):
            raise IndexError(offset)
        return self.spans[max(0, bisect_right(self.starts, offset) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginRun:
    """`length` code points of a derived text from `start` on are those of its source from `source` on."""

    start: int
    source: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetMap:
    """Maps a derived text (an article's flat text) back to the text it was cut from (the decoded manuscript)."""

    runs: tuple[OriginRun, ...]

    def to_source(self, offset: int) -> int | None:
        """Source offset of one code point; None for a code point that the source does not hold (a joining line end)."""
        at = bisect_right(self.runs, offset, key=lambda run: run.start) - 1
        if at < 0:
            return None
        run = self.runs[at]
        return run.source + offset - run.start if offset < run.start + run.length else None

    def span_to_source(self, start: int, end: int) -> tuple[int, int] | None:
        """Source span of [start, end); None unless every code point of it lies whole and in one piece in the source."""
        if end <= start:
            first = self.to_source(start)
            if first is None and start:  # an insertion at the end of a run
                before = self.to_source(start - 1)
                first = None if before is None else before + 1
            return None if first is None else (first, first)
        first, last = self.to_source(start), self.to_source(end - 1)
        if first is None or last is None or last - first != end - 1 - start:
            return None
        return first, last + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Healed:
    """A column break that was healed: `body[paragraph]` was two pieces that met at code point `offset`."""

    paragraph: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedArticle:
    """One article found in a manuscript, with the way back to the manuscript's decoded text."""

    text: ArticleText
    origin: OffsetMap  # from text.flat() to Reception.text
    healed: tuple[Healed, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """What `receive` made of one manuscript. `encoding` is a Python codec name, or "docx"."""

    file: str
    encoding: str
    text: str  # decoded, \n line ends, no BOM, no control characters
    slogans: tuple[str, ...]
    articles: tuple[ReceivedArticle, ...]
    other_encodings: tuple[str, ...] = ()  # further codecs that decode the bytes, best first
