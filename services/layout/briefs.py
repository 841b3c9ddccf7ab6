"""Short items 简讯: four or more of them stand in one block under one title, in stacks of one column each.

In: the candidates of a page. Out: those that stand by themselves, and the block, which the search places like one
article: for each width in columns its stacks and its height. `expand` turns the placed block into frames and a box.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.values.article_text import Part
from models.values.ids import ArticleId
from models.values.plan import BoxPlan, FramePlan, HeadingPlan
from models.values.template import FontRole, PageTemplate
from services.config.messages import text as message
from services.layout.candidate import Candidate
from services.layout.gauge import Gauge
from services.layout.pieces import ordered
from services.layout.shapes import Piece, Shape

BLOCK = ArticleId(-1)  # the block while it is placed
LEAST_ITEMS = 4
MOST_CHARACTERS = 190  # of an item's text
TITLE_ROWS = 3
HEADING = 13.0
_APART = 1  # rows between two items
_BY_THEMSELVES = 2  # items that head a page which holds nothing else
_MOST_PART = 0.6  # of the page, that the block may take
_WORST = 30.0
_WIDEST = 2  # columns of an item
_MOST_AIR = 2
_FILLED = 2  # rows that are filled with an ornament
_FILLERS = ("wave", "fret", "lozenge")


@dataclass(frozen=True, slots=True)
class Block:
    """The items; by width in columns the stacks, each of (item, rows)."""

    items: tuple[Candidate, ...]
    stacks: Mapping[int, "Stacks"]

    def rows(self, columns: int) -> int:
        """Height with the title."""
        return TITLE_ROWS + self.stacks[columns].rows


@dataclass(frozen=True, slots=True)
class Stacks:
    """Items beside and above each other, each `wide` columns of the page wide."""

    wide: int
    stacks: tuple[tuple[tuple[Candidate, int], ...], ...]

    @property
    def rows(self) -> int:
        return max(_high(stack) for stack in self.stacks)

    @property
    def uneven(self) -> int:
        """Column rows that stay open under the lower stacks."""
        return self.wide * sum(self.rows - _high(stack) for stack in self.stacks)


def _high(stack: Sequence[tuple[Candidate, int]]) -> int:
    return sum(rows for _, rows in stack) + _APART * (len(stack) - 1)


def is_brief(one: Candidate) -> bool:
    """A short news item without picture, kicker and crosshead."""
    text = one.text
    if one.is_photo or one.pictures or one.picture is not None or text.kicker or text.deck or not text.headline:
        return False
    whole = all(paragraph.part is Part.BODY and paragraph.text for paragraph in text.body)
    return whole and 0 < sum(len(paragraph.text) for paragraph in text.body) <= MOST_CHARACTERS


def set_apart(
    candidates: Sequence[Candidate], template: PageTemplate, gauge: Gauge
) -> tuple[tuple[Candidate, ...], Block | None]:
    """The candidates that stand by themselves, and the block of short items where there are enough of them."""
    order = ordered(candidates)
    leads = max(1, _BY_THEMSELVES - sum(not is_brief(one) for one in order))
    items = tuple(one for place, one in enumerate(order) if place >= leads and is_brief(one))
    if len(items) < LEAST_ITEMS or template.columns < 2:
        return tuple(candidates), None
    need = {
        wide: {one.article: _item_rows(one, wide, template, gauge) for one in items}
        for wide in range(1, min(_WIDEST, template.columns) + 1)
    }
    if sum(need[1].values()) > _MOST_PART * template.columns * template.rows:
        return tuple(candidates), None
    stacks: dict[int, Stacks] = {}
    for columns in range(2, template.columns + 1):
        ways = [
            Stacks(wide, _stacks(items, rows, columns // wide))
            for wide, rows in need.items()
            if columns % wide == 0 and 1 <= columns // wide <= len(items)
        ]
        if ways:
            stacks[columns] = min(ways, key=lambda way: way.uneven + 2 * columns * (way.wide - 1))
    held = {one.article for one in items}
    return tuple(one for one in order if one.article not in held), Block(items, stacks)


def heading(template: PageTemplate) -> HeadingPlan:
    """The heading of an item: near the template's size for the smallest. Rows to spare go under the
    text, so that neighbours begin at one height.
    """
    size = min(template.heading_steps, key=lambda step: abs(step - HEADING))
    return HeadingPlan(size=size, role=FontRole.HEI_BOLD, lines=2, rows=1)


def _item_rows(one: Candidate, wide: int, template: PageTemplate, gauge: Gauge) -> int:
    lines = gauge.lines(one.article, wide, wide, False)
    return gauge.heading(one.article, wide, heading(template), False).rows + -(-lines // wide)


def _stacks(
    items: Sequence[Candidate], need: Mapping[ArticleId, int], columns: int
) -> tuple[tuple[tuple[Candidate, int], ...], ...]:
    """The items in stacks about equally high: the longest first, each on the lowest stack."""
    stacks: list[list[tuple[Candidate, int]]] = [[] for _ in range(columns)]
    for one in sorted(items, key=lambda item: -need[item.article]):
        min(stacks, key=lambda stack: _high(stack) if stack else -1).append((one, need[one.article]))
    return tuple(tuple(stack) for stack in stacks)


def block_piece(block: Block, place: int, level: int) -> Piece:
    return Piece(article=BLOCK, place=place, level=level, is_block=True)


def block_shapes(block: Block, columns: int, template: PageTemplate) -> dict[int, Shape]:
    """Shapes of the block: its height, or a few rows more, which the items share."""
    if columns not in block.stacks:
        return {}
    least, uneven = block.rows(columns), block.stacks[columns].uneven
    made: dict[int, Shape] = {}
    for more in range(6):
        spare = (uneven + more * columns) / len(block.items)
        cost = 1.5 * spare + 2.5 * max(0.0, spare - 2.0) ** 2 + (3.0 if least < 8 else 0.0)
        cost += 6.0 * max(0.0, least / template.rows - 0.6)
        made[least + more] = Shape(
            rows=least + more,
            heading=heading(template),
            heading_rows=TITLE_ROWS,
            heading_size=heading(template).size,
            text_columns=columns,
            text_rows=least + more - TITLE_ROWS,
            cost=min(cost, _WORST),
        )
    return made


def expand(frame: FramePlan, block: Block, template: PageTemplate) -> tuple[tuple[FramePlan, ...], BoxPlan]:
    """The frames of the items in the rectangle of the block, and the box with the title."""
    box = BoxPlan(
        column=frame.column,
        row=frame.row,
        columns=frame.columns,
        rows=frame.rows,
        title=message("automatic.briefs"),
        title_rows=TITLE_ROWS,
    )
    held = block.stacks[frame.columns]
    frames: list[FramePlan] = []
    for number, stack in enumerate(held.stacks):
        frames += _stack_frames(stack, frame, number, held.wide, template)
    return tuple(frames), box


def _stack_frames(
    stack: Sequence[tuple[Candidate, int]], frame: FramePlan, number: int, wide: int, template: PageTemplate
) -> Iterator[FramePlan]:
    """A stack from the title down; of the rows to spare each item takes a few, a 报花 at the foot the rest."""
    row = frame.row + TITLE_ROWS
    spare = frame.rows - TITLE_ROWS - _high(stack)
    air = min(_MOST_AIR, spare // len(stack))
    left = spare - air * len(stack)
    for place, (one, rows) in enumerate(stack):
        last = place == len(stack) - 1
        more = air + (left if last else 0)
        yield FramePlan(
            article=one.article,
            column=frame.column + number * wide,
            row=row,
            columns=wide,
            rows=rows + more,
            heading=heading(template),
            rule_left=number > 0,
            filler=_FILLERS[number % len(_FILLERS)] if last and left >= _FILLED else "",
        )
        row += rows + more + _APART
