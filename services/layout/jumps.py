"""Jumps 转版: an article that goes on on another page. 下转 and 上接 are written and kept right here.

In: frames of one article on several pages. Out: the line that says where it goes on; plans whose parts follow each
other without a word lost or set twice (`follow`); the faults where they do not (`jump_faults`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from models.values.article_text import ArticleText, Part
from models.values.ids import ArticleId
from models.values.laid_page import Box, FaultKind, LaidFrame, LaidPage, PageFault, TextPoint
from models.values.plan import FramePlan, PagePlan
from models.values.template import PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.atoms import Paragraph, Piece
from services.layout.columns import pour
from services.layout.lines import set_lines
from services.layout.running_text import RowPart, TextRow, TextTypes, forward_words

_SHORT = 12  # characters of a repeated headline
_CLAUSES = re.compile(r"[\s\u3000，、；：。！？—…·|｜/]+")

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
    return bool(plan.jump_from) or (plan.start is not None and _place(plan.start) > (0, 0))


def headed(plan: FramePlan, text: ArticleText) -> ArticleText:
    """The article with the heading that this frame prints."""
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
    if _place(point_of(row, 1)) <= (0, 0):
        return True
    runs = [(part.paragraph.pieces[run.piece], run) for part in row.parts for run in part.line.runs]
    piece, run = runs[0] if runs else (None, None)
    signed = piece is not None and piece.ref is not None and piece.ref.part is Part.SIGNATURE
    return signed and run is not None and run.start > 0


def follow(
    plans: Sequence[PagePlan],
    articles: Mapping[ArticleId, ArticleText],
    templates: Mapping[str, PageTemplate],
    fonts: Catalogue,
    *,
    keep: Mapping[ArticleId, frozenset[str]] | None = None,
) -> tuple[PagePlan, ...]:
    """The plans of an issue with starting points and page numbers of jumped articles set right.

    Parts of an article follow each other by page, on a page as its frames stand. Only frames of articles that stand in
    more than one are laid, each once; plans that were right come back as they are.
    """
    from services.layout.flow import lay_frame  # which sets the line that add_forward makes

    names = keep or {}
    made = {(p, f): frame for p, plan in enumerate(plans) for f, frame in enumerate(plan.frames)}
    for article, parts in _parts(plans).items():
        text = articles.get(article)
        point: TextPoint | None = None
        for number, (p, f) in enumerate(parts):
            frame = plans[p].frames[f]
            before = plans[parts[number - 1][0]].number if number else 0
            after = plans[parts[number + 1][0]].number if number + 1 < len(parts) else 0
            frame = replace(frame, start=point, jump_from=before, jump_to=after)
            made[p, f] = frame
            template = templates.get(plans[p].template)
            if after and text is not None and template is not None:
                laid = lay_frame(frame, text, template, fonts, names.get(article, frozenset()))
                point = laid.rest or TextPoint(paragraph=len(text.body) + 1, offset=0)
    return tuple(
        replace(plan, frames=tuple(made[p, f] for f in range(len(plan.frames)))) for p, plan in enumerate(plans)
    )


def _parts(plans: Sequence[PagePlan]) -> dict[ArticleId, list[tuple[int, int]]]:
    """Places (plan, frame) of every article that stands in several frames or names another page."""
    found: dict[ArticleId, list[tuple[int, int]]] = {}
    for p, _ in sorted(enumerate(plans), key=lambda pair: pair[1].number):
        order = sorted(range(len(plans[p].frames)), key=lambda f: _reading(plans[p].frames[f]))
        for f in order:
            found.setdefault(plans[p].frames[f].article, []).append((p, f))
    return {
        article: places
        for article, places in found.items()
        if len(places) > 1 or _jumps(plans[places[0][0]].frames[places[0][1]])
    }


def _reading(frame: FramePlan) -> tuple[tuple[int, int], int, int]:
    return _place(frame.start) if frame.start else (0, 0), frame.row, frame.column


def _jumps(frame: FramePlan) -> bool:
    return bool(frame.jump_to or frame.jump_from or frame.start)


def jump_faults(
    plans: Sequence[PagePlan], laid: Sequence[LaidPage], articles: Mapping[ArticleId, ArticleText]
) -> tuple[tuple[int, PageFault], ...]:
    """(page number, fault) for every jump whose two ends disagree; `laid` are the plans' pages in the same order."""
    return tuple(_issue_faults(plans, laid, articles))


def _issue_faults(
    plans: Sequence[PagePlan], laid: Sequence[LaidPage], articles: Mapping[ArticleId, ArticleText]
) -> Iterator[tuple[int, PageFault]]:
    for article, places in _parts(plans).items():
        title = articles[article].headline if article in articles else ""
        frames = [plans[p].frames[f] for p, f in places]
        numbers = [plans[p].number for p, _ in places]
        found = [_laid_frame(laid[p], plans[p], f) for p, f in places]
        for k, (here, there) in enumerate(pairwise(frames)):
            part = found[k]
            if here.jump_to != numbers[k + 1] or there.jump_from != numbers[k]:
                yield (
                    numbers[k],
                    _fault("jump_numbers", article, _box(part), title, page=numbers[k], other=numbers[k + 1]),
                )
            elif part is not None and (part.rest is None or _place(part.rest) != _place(there.start)):
                yield numbers[k + 1], _fault("jump_text", article, _box(found[k + 1]), title, other=numbers[k])
        if frames[0].jump_from or frames[-1].jump_to:
            yield numbers[0], _fault("jump_nowhere", article, _box(found[0]), title)


def _place(point: TextPoint | None) -> tuple[int, int]:
    return (0, 0) if point is None else (point.paragraph, point.offset)


def _laid_frame(page: LaidPage, plan: PagePlan, index: int) -> LaidFrame | None:
    """The laid frame of a planned one: those of an article stand on a laid page in the order of the plan."""
    article = plan.frames[index].article
    before = sum(frame.article == article for frame in plan.frames[:index])
    own = [frame for frame in page.frames if frame.article == article]
    return own[before] if before < len(own) else None


def _box(frame: LaidFrame | None) -> Box | None:
    return None if frame is None else frame.box


def _fault(name: str, article: ArticleId, box: Box | None, title: str, **values: int) -> PageFault:
    told = (("title", title), *((key, str(value)) for key, value in values.items()))
    return PageFault(
        kind=FaultKind.JUMP,
        severe=True,
        message=f"layout.fault.{name}",
        values=tuple(sorted(told)),
        article=article,
        box=box,
    )
