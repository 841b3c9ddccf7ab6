"""An article's running text as rows of the baseline grid at a measure: paragraphs, crossheads, signature.

In: `ArticleText`, the types of the template, a measure. Out: `TextRow`s in reading order. 本报讯 and its byline run in
before the first paragraph in their own faces; the signature 署名 ends the text flush right, in the last line if there
is room; a crosshead takes a blank row before it and keeps with the row after.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from models.values.article_text import ArticleText, Form, Part, PartRef
from models.values.laid_page import TextPoint
from models.values.template import FontRole, PageTemplate, TypeStyle
from services.fonts.catalogue import Catalogue
from services.layout.atoms import Paragraph, Piece
from services.layout.letters import Letters, letters, styled
from services.layout.line_edges import Level
from services.layout.lines import SetLine, set_lines

_OPEN_BRACKETS = "(（"
_NARROW = 9.5  # characters of a column in which a first line is indented by one
_NO_NAMES: tuple[tuple[()], tuple[()]] = ((), ())
_LONGEST_NAME = 0.9  # of a measure, that a role and its name are kept whole


@dataclass(frozen=True, slots=True)
class TextTypes:
    """The letters of running text, and the template's rules for line edges."""

    body: Letters
    lead_in: Letters
    byline: Letters
    crosshead: Letters
    caption: Letters
    level: Level = Level.GB
    hang: bool = False
    gap: float = 0.25  # em between Han and Latin
    indent: float = 2.0  # em of a paragraph's first line

    def indent_at(self, measure: float) -> float:
        """Ems of the first line's indent: one in a narrow column (CLREQ §6.2.1)."""
        return min(self.indent, 1.0) if measure < _NARROW * self.body.size else self.indent


@dataclass(frozen=True, slots=True)
class TextPart:
    """Which part of an article a frame sets: from `start` on; `came_from` the page that 上接 names (0: none);
    `run_ins` words that are set bold.
    """

    start: TextPoint | None = None
    came_from: int = 0
    run_ins: tuple[str, ...] = ()


WHOLE = TextPart()


class RowPart(NamedTuple):
    """A line with what moves it from the left edge of the measure."""

    line: SetLine
    paragraph: Paragraph
    shift: float


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row; `index` its paragraph of the body; `keep`: the next row must stand in the same column."""

    parts: tuple[RowPart, ...]
    index: int
    first: bool
    last: bool
    keep: bool = False

    @property
    def blank(self) -> bool:
        return not self.parts


def text_types(template: PageTemplate, fonts: Catalogue) -> TextTypes:
    def style(name: str, role: FontRole, size: float) -> Letters:
        given = template.styles.get(name, TypeStyle(role=role, size=size, leading=template.leading))
        return styled(fonts, given)

    size = template.body.size
    return TextTypes(
        body=styled(fonts, template.body),
        lead_in=style("lead_in", FontRole.HEI_BOLD, size),
        byline=style("byline", FontRole.KAI, size - 0.5),
        crosshead=style("crosshead", FontRole.HEI_BOLD, size),
        caption=letters(fonts, template.caption.role, template.caption.size),
        level=Level[template.prohibition.name],
        hang=template.hanging,
        gap=template.gap,
        indent=template.indent,
    )


def forward_words(page: int) -> str:
    """What stands at the end of a part that goes on on another page."""
    return f"（下转第{page}版）"


def back_words(page: int) -> str:
    """What stands before a part that was taken up from another page."""
    return f"（上接第{page}版）"


@lru_cache(maxsize=1024)
def text_rows(
    text: ArticleText,
    types: TextTypes,
    measure: float,
    captions: bool = True,
    tight: bool = False,
    part: TextPart = WHOLE,
) -> tuple[TextRow, ...]:
    """The rows of an article's text. `captions` False leaves caption paragraphs out: they stand under a picture.

    `tight` saves the lines that squeezing can save.
    """
    rows: list[TextRow] = []
    start = part.start or TextPoint(paragraph=0, offset=0)
    if part.start and start.paragraph >= len(text.body) + bool(text.signature):
        return ()  # nothing is left to take up
    opening = _opening(text, types) if (start.paragraph, start.offset) <= (0, 0) else ()
    back = (Piece(back_words(part.came_from), types.byline),) if part.came_from > 0 else ()
    names = _names(opening, text, measure) if not back else _NO_NAMES
    em = types.indent_at(measure)
    opening = (*back, *opening)
    setting = _Setting(types, measure, tight)
    if opening and not (start.paragraph < len(text.body) and text.body[start.paragraph].part is Part.BODY):
        rows += setting.rows(opening, em * types.body.size, names, 0)
        opening, names = (), _NO_NAMES
    photo = text.form is Form.PHOTO
    for index, paragraph in enumerate(text.body):
        if index < start.paragraph:
            continue
        ref = PartRef(part=paragraph.part, index=index)
        begin = max(0, start.offset) if index == start.paragraph else 0
        words = paragraph.text[begin:]
        if begin and not words:
            continue
        if not words.strip() and not opening:  # a blank line between the stanzas of a poem
            if rows and not rows[-1].blank and index + 1 < len(text.body):
                rows.append(TextRow((), index, False, False))
            continue
        if paragraph.part is Part.CROSSHEAD:
            rows += _crosshead_rows(Piece(words, types.crosshead, ref, begin), index, setting, bool(rows))
            continue
        if paragraph.part is Part.CAPTION and not captions:
            continue
        type_ = types.caption if photo or paragraph.part is Part.CAPTION else types.body
        pieces = (*opening, *_bold(Piece(words, type_, ref, begin), part.run_ins, types.lead_in))
        indent = 0.0 if begin and not opening else em * type_.size
        rows += setting.rows(pieces, indent, names, index)
        opening, names = (), _NO_NAMES
    if text.signature:
        _sign(rows, text, types.caption if photo else types.byline, measure)
    return tuple(rows)


def _bold(piece: Piece, run_ins: tuple[str, ...], heavy: Letters) -> tuple[Piece, ...]:
    """The piece with the run-in words in heavy type, at their first place each."""
    found = sorted((at, at + len(words)) for words in run_ins if words and (at := piece.text.find(words)) >= 0)
    if not found:
        return (piece,)
    pieces: list[Piece] = []
    done = 0
    for start, end in found:
        if start < done:
            continue
        pieces += [
            Piece(piece.text[a:b], type_, piece.ref, piece.start + a)
            for a, b, type_ in ((done, start, piece.letters), (start, end, heavy))
            if b > a
        ]
        done = end
    if done < len(piece.text):
        pieces.append(Piece(piece.text[done:], piece.letters, piece.ref, piece.start + done))
    return tuple(pieces)


def caption_rows(text: str, credit: str, type_: Letters, ref: PartRef | None, measure: float) -> tuple[TextRow, ...]:
    """A caption under a picture, its credit flush right at the end."""
    rows: list[TextRow] = []
    if text:
        indent = 0.0 if len(text) * type_.size <= measure else 2 * type_.size
        rows += _paragraph_rows(Paragraph((Piece(text, type_, ref),), indent), 0, measure)
    if credit:
        _flush_right(rows, Paragraph((Piece(credit, type_),)), 0, measure)
    return tuple(rows)


def _opening(text: ArticleText, types: TextTypes) -> tuple[Piece, ...]:
    """The dateline in its faces: lead-in heavy, the rest as byline; no space before the bracket."""
    dateline = text.dateline.rstrip()
    if not dateline:
        return ()
    ref = PartRef(part=Part.DATELINE)
    cut = len(text.lead_in) if text.lead_in and dateline.startswith(text.lead_in) else 0
    if not cut:
        cut = min((at for bracket in _OPEN_BRACKETS if (at := dateline.find(bracket)) >= 0), default=len(dateline))
    lead = dateline[:cut].rstrip()
    rest_at = cut + len(dateline[cut:]) - len(dateline[cut:].lstrip())
    pieces = [Piece(lead, types.lead_in, ref, 0)] if lead else []
    if rest_at < len(dateline):
        pieces.append(Piece(dateline[rest_at:], types.byline, ref, rest_at))
    return tuple(pieces)


def _parting(pieces: tuple[Piece, ...]) -> int:
    """Code point at which the byline begins behind 本报讯; -1 without a dateline."""
    at = 0
    for before, piece in pairwise(pieces):
        at += len(before.text)
        if before.ref is not None and before.ref.part is Part.DATELINE and piece.ref == before.ref:
            return at
    return -1


_Spans = tuple[tuple[int, int], ...]


def _names(pieces: tuple[Piece, ...], text: ArticleText, measure: float) -> tuple[_Spans, _Spans]:
    """Where signed names stand in these pieces, and where a name with the role before it: 通讯员 is parted from 齐大林
    only where the line would come out very poor, a role or a name in itself never; a long foreign name may be.
    """
    whole = "".join(piece.text for piece in pieces)
    size = max((piece.letters.size for piece in pieces), default=1.0)
    longest = int(_LONGEST_NAME * measure / size)
    names: set[tuple[int, int]] = set()
    both: set[tuple[int, int]] = set()
    for byline in (*text.bylines, *text.credits):
        if len(byline.name) < 2:
            continue
        for match in re.finditer(rf"(?:({re.escape(byline.role)})[ \u3000:：/／]*)?({re.escape(byline.name)})", whole):
            begin, end = match.span(2)
            if end - begin <= longest:
                names.add((begin, end))
            if match.group(1):
                names.add(match.span(1))
                if match.end() - match.start() <= longest:
                    both.add(match.span())
    return tuple(sorted(names)), tuple(sorted(both))


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all paragraphs of a text share."""

    types: TextTypes
    measure: float
    tight: bool

    def rows(self, pieces: tuple[Piece, ...], indent: float, names: tuple[_Spans, _Spans], index: int) -> list[TextRow]:
        types = self.types
        keep, together = names
        made = Paragraph(pieces, indent, keep, types.level, together, tight=self.tight, hang=types.hang, gap=types.gap)
        return _paragraph_rows(made, index, self.measure)


def _paragraph_rows(paragraph: Paragraph, index: int, measure: float) -> list[TextRow]:
    lines = set_lines(paragraph, measure)
    end = len(lines) - 1
    return [
        TextRow((RowPart(line, paragraph, 0.0),), index, number == 0, number == end)
        for number, line in enumerate(lines)
    ]


def _crosshead_rows(piece: Piece, index: int, setting: _Setting, blank: bool) -> list[TextRow]:
    """A crosshead 小标题 in the middle of its column, with a blank row before it."""
    paragraph, measure = Paragraph((piece,), level=setting.types.level), setting.measure
    rows = [TextRow((), index, False, False, True)] if blank else []
    for line in set_lines(paragraph, measure):
        shift = (measure - line.width) / 2 if line.last else 0.0
        rows.append(TextRow((RowPart(line, paragraph, shift),), index, False, False, True))
    return rows


def _sign(rows: list[TextRow], text: ArticleText, type_: Letters, measure: float) -> None:
    """The signature flush right; one too long for a line is turned over before a role: 通讯员 keeps its name."""
    ref, words, index = PartRef(part=Part.SIGNATURE), text.signature, len(text.body)
    names, both = _names((Piece(words, type_),), text, measure)

    def line(start: int, end: int) -> Paragraph:
        keep = tuple((a - start, b - start) for a, b in names if start <= a and b <= end)
        return Paragraph((Piece(words[start:end], type_, ref, start),), 0.0, keep)

    starts = sorted({first for first, _ in both if first > 0 and words[first - 1] in " \u3000"})
    if not starts or len(set_lines(line(0, len(words)), measure)) <= 1:
        _flush_right(rows, line(0, len(words)), index, measure)
        return
    edges = [0, *starts, len(words)]
    begin = 0
    for here, after in pairwise(edges):
        if here > begin and len(set_lines(line(begin, after), measure)) > 1:
            _flush_right(rows, line(begin, here), index, measure, own=begin > 0)
            begin = here
    _flush_right(rows, line(begin, len(words)), index, measure, own=begin > 0)


def _flush_right(rows: list[TextRow], paragraph: Paragraph, index: int, measure: float, *, own: bool = False) -> None:
    """Ends a text with a line at the right: in its last row if one em and a half stay free, else in rows of its own."""
    lines = set_lines(paragraph, measure)
    if not lines:
        return
    room = paragraph.pieces[0].letters.size * 1.5
    before = rows[-1] if rows else None
    if not own and before is not None and before.last and len(lines) == 1 and len(before.parts) == 1:
        part = before.parts[0]
        if part.shift == 0.0 and part.line.width + room + lines[0].width <= measure:
            shift = measure - lines[0].width
            rows[-1] = TextRow((part, RowPart(lines[0], paragraph, shift)), before.index, before.first, True)
            return
    for number, line in enumerate(lines):
        shift = measure - line.width if line.last else 0.0
        rows.append(TextRow((RowPart(line, paragraph, shift),), index, number == 0, number == len(lines) - 1))
