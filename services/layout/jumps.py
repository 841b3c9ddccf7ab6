"""Jumps 转版: an article that goes on on another page. 下转 and 上接 are written and kept right here.

In: the rows of a part and where they must end. Out: the line that says where the article goes on, the point from which
the next part takes it up, the heading that this part prints. `services.layout.follow` keeps the ends together.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from models.values.article_text import ArticleText, Part
from models.values.laid_page import TextPoint
from models.values.plan import FramePlan
from services.layout.atoms import Paragraph, Piece
from services.layout.columns import pour
from services.layout.lines import set_lines
from services.layout.running_text import RowPart, TextRow, TextTypes, forward_words

_SHORT = 12  # characters of a repeated headline
_CLAUSES = re.compile(r"[\s\u3000，、；：。！？—…·|｜/]+")

HERE = -1  # in place of the number of the frame's own page

Slices = list[tuple[int, int]]


def short_headline(headline: str) -> str:
    """What is repeated over a part that was taken up from another page: a clause of the headline, or all of it."""
    if len(headline) <= _SHORT:
        return headline
    clauses = [clause for clause in _CLAUSES.split(headline) if clause]
    whole = [clause for clause in clauses if 4 <= len(clause) <= _SHORT and clause.count("“") == clause.count("”")]
    return max(whole, key=len) if len(clauses) > 1 and whole else headline


def is_taken_up(plan: FramePlan) -> bool:
    """Whether a frame holds a later part of its article."""
    return bool(plan.jump_from) or (plan.start is not None and place(plan.start) > (0, 0))


def on_page(plan: FramePlan, number: int) -> FramePlan:
    """The frame with `HERE` for jumps inside its own page, where the text goes on without a word."""
    inside = number > 0 and number in (plan.jump_to, plan.jump_from)
    if not inside:
        return plan
    to = HERE if plan.jump_to == number else plan.jump_to
    return replace(plan, jump_to=to, jump_from=HERE if plan.jump_from == number else plan.jump_from)


def headed(plan: FramePlan, text: ArticleText) -> ArticleText:
    """The article with the heading that this frame prints; none where it goes on from a frame of the same page."""
    if plan.jump_from == HERE:
        return replace(text, kicker="", deck="", headline="")
    if not is_taken_up(plan):
        return text
    return replace(text, kicker="", deck="", headline=plan.headline or short_headline(text.headline))


def add_forward(
    rows: tuple[TextRow, ...], heights: Sequence[int], page: int, types: TextTypes, measure: float
) -> tuple[tuple[TextRow, ...], Slices, int]:
    """Rows that do not all fit, poured with 下转 at the end of what is set: in the last line when a paragraph ends
    there, else in a row of its own.
    """
    slices, rest = pour(rows, heights)
    if rest >= len(rows):
        return rows, slices, rest
    paragraph = Paragraph((Piece(forward_words(page), types.byline),))
    lines = set_lines(paragraph, measure)
    if len(lines) != 1:
        return rows, slices, rest
    mark = RowPart(lines[0], paragraph, max(0.0, measure - lines[0].width))
    for limit in range(rest, 0, -1):
        last = rows[limit - 1]
        if _parts_whole(rows[limit]) or last.keep:
            continue
        ends = last.last and len(last.parts) == 1 and last.parts[0].shift == 0.0
        if ends and last.parts[0].line.width + types.byline.size + lines[0].width <= measure:
            set_ = (*rows[: limit - 1], replace(last, parts=(*last.parts, mark)))
        else:
            set_ = (*rows[:limit], TextRow((mark,), last.index, False, True))
        slices, placed = pour(set_, heights)
        if placed == len(set_):
            return (*set_, *rows[limit:]), slices, placed
    return rows, [(0, 0)] * len(heights), 0


def point_of(row: TextRow, paragraphs: int) -> TextPoint:
    """Where the text goes on with a row: paragraph of the body and code point in it; `paragraphs`, the number of them,
    for the signature.
    """
    for part in row.parts:
        for run in part.line.runs:
            piece = part.paragraph.pieces[run.piece]
            if piece.ref is None:
                continue  # 上接, which is no part of the text
            if piece.ref.part is Part.DATELINE:
                return TextPoint(paragraph=0, offset=0)
            if piece.ref.part is Part.SIGNATURE:
                return TextPoint(paragraph=paragraphs, offset=0)
            return TextPoint(paragraph=piece.ref.index, offset=piece.start + run.start)
    return TextPoint(paragraph=row.index, offset=0)


def _parts_whole(row: TextRow) -> bool:
    """Whether a jump before this row would part what is never parted: the dateline from the text, a signature."""
    if place(point_of(row, 1)) <= (0, 0):
        return True
    runs = [(part.paragraph.pieces[run.piece], run) for part in row.parts for run in part.line.runs]
    piece, run = runs[0] if runs else (None, None)
    signed = piece is not None and piece.ref is not None and piece.ref.part is Part.SIGNATURE
    return signed and run is not None and run.start > 0


def place(point: TextPoint | None) -> tuple[int, int]:
    return (0, 0) if point is None else (point.paragraph, point.offset)
