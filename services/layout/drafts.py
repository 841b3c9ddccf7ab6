"""Drafts of a page: from candidates to complete plans, cheapest first, and how unlike two plans are. No type is set."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.values.ids import ArticleId
from models.values.plan import BoxPlan, FramePlan, PagePlan, PullQuote
from models.values.template import PageTemplate
from services.layout.briefs import BLOCK, Block, block_piece, block_shapes, expand, set_apart
from services.layout.candidate import Candidate
from services.layout.dress import dress
from services.layout.gauge import Gauge
from services.layout.pieces import pieces_of
from services.layout.pull_quote import quotable, quote_style
from services.layout.regions import Region, free_regions
from services.layout.search import Found, search
from services.layout.shapes import Piece, Shape, ShapeRules, Slack

SLOGAN_ROWS = 3


def first_row(template: PageTemplate, number: int, slogan: str) -> int:
    """The first row that articles may take: under the masthead of page 1 and under the slogan."""
    return (template.masthead_rows if number == 1 else 0) + (SLOGAN_ROWS if slogan else 0)


def plans(
    candidates: Sequence[Candidate], template: PageTemplate, gauge: Gauge, base: PagePlan
) -> Iterator[tuple[Found, PagePlan]]:
    """Complete plans, cheapest first, round the frames that `base` already holds; short items stand in one block."""
    start = first_row(template, base.number, base.slogan)
    regions: tuple[Region, ...] = free_regions(template.columns, start, template.rows, base.frames)
    alone, block = set_apart(candidates, template, gauge)
    pieces, scale = pieces_of(alone, template, gauge)
    blocks: dict[int, dict[int, Shape]] = {}
    if block is not None:
        blocks = {columns: block_shapes(block, columns, template) for columns in block.stacks}
        pieces = (*pieces, block_piece(block, len(pieces), max(0, len(scale) - 1)))
    by_article = {one.article: one for one in candidates}
    rules = ShapeRules(template=template, scale=scale, slack=Slack())
    for page in search(pieces, regions, rules, gauge, blocks):
        frames: list[FramePlan] = []
        boxes: list[BoxPlan] = list(base.boxes)
        for frame in dress(page.placed, base.frames, start):
            if block is not None and frame.article == BLOCK:
                items, box = expand(frame, block, template)
                frames += items
                boxes.append(box)
            else:
                frames.append(_with_quote(_with_picture(frame, by_article), by_article, template))
        yield _without_block(page, block), replace(base, frames=tuple(frames), boxes=tuple(boxes))


def _without_block(page: Found, block: Block | None) -> Found:
    """The page with the block's items in its stead among what was left out."""
    if block is None or all(not piece.is_block for piece in page.left_out):
        return page
    items = tuple(Piece(article=one.article, place=99, level=0) for one in block.items)
    return replace(page, left_out=(*(piece for piece in page.left_out if not piece.is_block), *items))


def _with_quote(frame: FramePlan, candidates: Mapping[ArticleId, Candidate], template: PageTemplate) -> FramePlan:
    """The frame's pull quote in the words of its article, as they stand there."""
    one = candidates.get(frame.article)
    if frame.pull_quote is None or frame.pinned or one is None:
        return frame
    words = quotable(one.text, int(template.column_width / quote_style(template).size + 1.0))
    return replace(frame, pull_quote=PullQuote(words=words[0]) if words else None)


def _with_picture(frame: FramePlan, candidates: Mapping[ArticleId, Candidate]) -> FramePlan:
    """The frame's place-holder becomes the candidate's picture with its caption."""
    one = candidates.get(frame.article)
    if frame.picture is None or frame.pinned or one is None:
        return frame
    picture = replace(frame.picture, picture=one.picture, caption=one.caption, credit=one.credit)
    return replace(frame, picture=picture)


def difference(a: PagePlan, b: PagePlan, template: PageTemplate) -> float:
    """Part of the grid's fields on which two plans show different articles, 0 … 1; a mirrored page is no other page."""
    first, second = _fields(a, template, mirrored=False), _fields(b, template, mirrored=False)
    return min(
        _unlike(first, second, template), 0.1 + 2.0 * _unlike(first, _fields(b, template, mirrored=True), template)
    )


def _unlike(
    first: dict[tuple[int, int], ArticleId], second: dict[tuple[int, int], ArticleId], template: PageTemplate
) -> float:
    unlike = sum(first.get(field) != second.get(field) for field in first.keys() | second.keys())
    return unlike / (template.columns * template.rows)


def _fields(plan: PagePlan, template: PageTemplate, *, mirrored: bool) -> dict[tuple[int, int], ArticleId]:
    last = template.columns - 1
    return {
        (last - column if mirrored else column, row): frame.article
        for frame in plan.frames
        for column in range(frame.column, frame.column + frame.columns)
        for row in range(frame.row, frame.row + frame.rows)
    }


def distinct(
    found: Iterator[tuple[Found, PagePlan]], template: PageTemplate, most: int
) -> list[tuple[Found, PagePlan]]:
    """The cheapest plans that are not the same drawing but for a few rows."""
    kept: list[tuple[Found, PagePlan]] = []
    for page, plan in found:
        if len(kept) >= most:
            break
        if all(plan.frames != other.frames for _, other in kept):
            kept.append((page, plan))
    return kept
