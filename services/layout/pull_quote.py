"""Pull quotes 引语: words of the text set large between two rules, standing in one column of it.

In: the plan's words and place, the columns of text. Out: the column parted into the rows above and below it, glyphs and
rules. Automatic layout takes one to close a hole; it never invents words (`quotable`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from models.values.article_text import ArticleText, Part
from models.values.laid_page import Box, GlyphRun, Ink, Line
from models.values.plan import Align, PullQuote
from models.values.template import FontRole, PageTemplate, TypeStyle
from services.fonts.catalogue import Catalogue
from services.layout.columns import badness, level, pour
from services.layout.headline import fit_line, text_runs
from services.layout.letters import letters
from services.layout.running_text import TextRow

QUOTE_INK = Ink(m=1.0, y=0.95, k=0.12)
STYLE = TypeStyle(role=FontRole.KAI, size=15, leading=20)
_AIR = 8.0  # points between rule and words
_RULE = 0.8
_MOST_LINES = 6
_LEAST_ABOVE = 3  # rows of text over a quote, and under it


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows of text in a column: its first row in the frame, how many; `fixed`: filled to its height."""

    column: int
    first: int
    height: int
    fixed: bool = False


def quote_style(template: PageTemplate) -> TypeStyle:
    return template.styles.get("pull_quote", STYLE)


def quote_lines(words: str) -> list[str]:
    return [line for line in words.split("\n") if line.strip()][:_MOST_LINES]


def quote_rows(words: str, template: PageTemplate) -> int:
    """Rows of the grid that a pull quote takes with its rules and air."""
    lines = len(quote_lines(words))
    return ceil((lines * quote_style(template).leading + 2 * _AIR - 2.0) / template.leading) if lines else 0


Blocked = Sequence[tuple[int, int, int]]  # column, first row in the frame, rows that something else takes


def segments(
    spots: Sequence[tuple[int, int]],
    quote: PullQuote | None,
    rows: Sequence[TextRow],
    template: PageTemplate,
    blocked: Blocked = (),
) -> list[Segment]:
    """The columns of text, one of them parted by the quote; where the plan leaves it open, where it does least harm.

    `blocked`: what else stands in the columns; text runs over and under it.
    """
    plain = [Segment(column, first, height) for column, (first, height) in enumerate(spots)]
    if blocked:
        return [part for one in plain for part in _around(one, blocked)]
    high = quote_rows(quote.words, template) if quote is not None else 0
    if quote is None or not high:
        return plain
    tried: list[tuple[float, int, list[Segment]]] = []
    for column in _columns(quote, len(spots)):
        for above in _rows(quote, spots[column][1], high):
            parted = _part(plain, column, above, high)
            cost = _cost(parted, rows) if quote.column < 0 or quote.row < 0 else 0.0
            tried.append((cost, len(tried), parted))
    return min(tried)[2] if tried else plain


def _around(one: Segment, blocked: Blocked) -> Iterator[Segment]:
    """The parts of a column that are left; all but the last are filled to their height."""
    first, end = one.first, one.first + one.height
    for _, row, rows in sorted(each for each in blocked if each[0] == one.column):
        if row >= end or row + rows <= first:
            continue
        if row > first:
            yield Segment(one.column, first, row - first, fixed=True)
        first = max(first, row + rows)
    yield Segment(one.column, min(first, end), max(0, end - first))


def _columns(quote: PullQuote, count: int) -> list[int]:
    if quote.column >= 0:
        return [min(quote.column, count - 1)]
    return sorted({(count - 1) // 2, count // 2})


def _rows(quote: PullQuote, height: int, high: int) -> list[int]:
    room = height - high
    if room < 0:
        return []
    if quote.row >= 0:
        return [min(quote.row, room)]
    wish = min(max(room // 2, min(_LEAST_ABOVE, room)), max(0, room - _LEAST_ABOVE))
    return sorted({max(0, wish - 1), wish, min(room, wish + 1)})


def _part(plain: Sequence[Segment], column: int, above: int, high: int) -> list[Segment]:
    made: list[Segment] = []
    for one in plain:
        if one.column == column:
            made.append(Segment(column, one.first, above, fixed=True))
            made.append(Segment(column, one.first + above + high, one.height - above - high))
        else:
            made.append(one)
    return made


def _cost(parted: Sequence[Segment], rows: Sequence[TextRow]) -> float:
    heights = [one.height for one in parted]
    loose = sum(heights) - len(rows) > len(parted)  # levelling matters, and takes its time
    slices, rest = level(rows, heights, fixed_of(parted)) if loose else pour(rows, heights)
    return badness(rows, slices, ()) + 10.0 * (len(rows) - rest)


def fixed_of(parted: Sequence[Segment]) -> frozenset[int]:
    """Indices of the segments that are filled to their height."""
    return frozenset(index for index, one in enumerate(parted) if one.fixed)


def set_quote(words: str, box: Box, template: PageTemplate, fonts: Catalogue) -> tuple[list[GlyphRun], list[Line]]:
    """Words and rules in a box of whole rows; a line that is too long for the column is set smaller."""
    style = quote_style(template)
    lines = quote_lines(words)
    embolden = 0.02 if style.role in (FontRole.KAI, FontRole.FANGSONG) else 0.0
    type_ = letters(fonts, style.role, 1.0, embolden=embolden)
    fitted = [fit_line(line.strip(), type_, box.width, style.size) for line in lines]
    size = min((one.size for one in fitted), default=style.size)
    fitted = [fit_line(line.strip(), type_, box.width, size) for line in lines]
    top, foot = box.y + 1.5, box.bottom - 1.5
    free = foot - top - style.leading * len(lines)
    baseline = top + free / 2 + style.leading / 2 + 0.37 * size
    runs: list[GlyphRun] = []
    for one in fitted:
        for line in one.lines[:1]:
            runs += text_runs(one, line, box.x, box.width, baseline, align=Align.CENTRE, ink=QUOTE_INK)
        baseline += style.leading
    rules = [Line(x0=box.x, y0=y, x1=box.right, y1=y, width=_RULE, ink=QUOTE_INK) for y in (top, foot)]
    return runs, rules


_CLAUSE = r"([^，。；：、“”‘’（）《》\s\d]{4,9})"
_PAIR = re.compile(rf"(?=(?:^|(?<=[，。；：、“”持以向]))(?:{_CLAUSE}[、，]{_CLAUSE})(?:[，。；”]|$))")


def quotable(text: ArticleText, longest: int = 8) -> tuple[str, ...]:
    """Pairs of clauses of one length and build, best first, as they stand in the text: 以职工为中心 / 以需求为导向.

    Lines of a pair are joined by a line end; the mark between them is the only thing left out.
    """
    found: list[tuple[int, int, str]] = []
    for index, paragraph in enumerate(text.body):
        if paragraph.part is not Part.BODY:
            continue
        for match in _PAIR.finditer(paragraph.text):
            first, second = match.groups()
            alike = sum(a == b for a, b in zip(first, second, strict=False))
            if len(first) == len(second) <= longest and first[0] == second[0] and 2 <= alike < len(first):
                found.append((-alike - len(first), index, f"{first}\n{second}"))
    return tuple(words for _, _, words in sorted(found))


def stands_in(words: str, text: ArticleText) -> bool:
    """Whether every line of the words stands verbatim in the text."""
    flat = text.flat().text
    return all(line.strip() in flat for line in quote_lines(words))
