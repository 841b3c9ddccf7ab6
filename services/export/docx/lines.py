"""An article as the lines that a Word file gives it: one a paragraph, the dateline run in before the first body."""

from dataclasses import dataclass

from models.values.article_text import ArticleText, Part, PartRef

STYLES = {
    Part.KICKER: "ColumnKicker",
    Part.HEADLINE: "ColumnHeadline",
    Part.DECK: "ColumnDeck",
    Part.DATELINE: "BodyText",
    Part.BODY: "BodyText",
    Part.CROSSHEAD: "Crosshead",
    Part.CAPTION: "PhotoCaption",
    Part.SIGNATURE: "Signature",
}
_CLOSED = ("）", ")", "】")


@dataclass(frozen=True, slots=True)
class TextLine:
    """`parts`: which part of the article starts at which code point of the line; `lead` code points are its dateline,
    the first `head` of them 本报讯."""

    style: str
    text: str
    parts: tuple[tuple[int, PartRef], ...]
    lead: int = 0
    head: int = 0


def lines_of(text: ArticleText) -> list[TextLine]:
    """Every part that has text, in flat order."""
    made: list[TextLine] = []
    waiting: tuple[PartRef, str] | None = None
    for ref, words in text.parts():
        if ref.part is Part.DATELINE:
            waiting = (ref, words)
            continue
        if waiting is not None and ref.part in (Part.BODY, Part.SIGNATURE):
            if ref.part is Part.BODY:
                made.append(_with_dateline(text, waiting, ref, words))
                waiting = None
                continue
            made.append(_with_dateline(text, waiting, None, ""))
            waiting = None
        made.append(TextLine(STYLES[ref.part], words, ((0, ref),)))
    if waiting is not None:
        made.append(_with_dateline(text, waiting, None, ""))
    return made


def _with_dateline(text: ArticleText, dateline: tuple[PartRef, str], ref: PartRef | None, words: str) -> TextLine:
    """What does not end in a bracket is parted from the text by an em of space."""
    said = dateline[1]
    gap = "" if said.endswith(_CLOSED) or not words else "\u3000"
    parts = [(0, dateline[0])]
    if ref is not None:
        parts.append((len(said) + len(gap), ref))
    head = len(text.lead_in) if text.lead_in and said.startswith(text.lead_in) else len(said)
    return TextLine("BodyText", said + gap + words, tuple(parts), len(said), head)


def places(text: ArticleText, lines: list[TextLine]) -> dict[PartRef, tuple[int, int]]:
    """Line and code point in it where each part begins."""
    return {ref: (at, start) for at, line in enumerate(lines) for start, ref in line.parts}


def place_of(text: ArticleText, lines: list[TextLine], offset: int) -> tuple[int, int]:
    """Line and code point of a place in the flat text. Raises IndexError."""
    span = text.flat().span_at(offset)
    line, start = places(text, lines)[span.ref]
    return line, start + offset - span.start
