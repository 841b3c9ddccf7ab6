"""Search 版面搜索: pieces and free regions → complete pages, cheapest first; what does not fit is cut or left out.

The road, in numbers: (1) shapes of every piece in every width; (2) bands filled from the head of each region down
(slicing.py); (3) if nothing comes out, more slack: pictures nobody asked for on an empty page, lines to cut on a full
one; (4) at last the weakest article stays out and the search begins again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from services.layout.dress import Placed
from services.layout.gauge import Gauge
from services.layout.page_cost import page_cost
from services.layout.regions import Region
from services.layout.shapes import Piece, Shape, ShapeRules, Slack, shapes
from services.layout.slicing import GAP, Breadth, Node, Slicer, heights

SMALL_CUT = 15  # lines that an editor rather cuts than to lose an article
MOST_PAGES = 60
EMPTY_COST = 0.4  # for each column line left white


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A complete page: placed pieces, what it costs, what could not be placed, column lines that stay white."""

    placed: tuple[Placed, ...]
    cost: float
    left_out: tuple[Piece, ...] = ()
    white: int = 0


Shapes = Mapping[tuple[int, int], Mapping[int, Shape]]


def search(pieces: Sequence[Piece], regions: Sequence[Region], rules: ShapeRules, gauge: Gauge) -> list[Found]:
    """Complete pages, cheapest first. Empty only when there is no piece or no free region."""
    kept = list(pieces)
    dropped: list[Piece] = []
    while kept and regions:
        for slack, partial in _attempts(kept, regions, rules, gauge):
            pages = _pages(kept, regions, replace(rules, slack=slack), gauge, partial)
            if pages:
                return [replace(page, left_out=tuple(dropped)) for page in pages]
        dropped.append(kept.pop())
    return []


def _attempts(
    pieces: Sequence[Piece], regions: Sequence[Region], rules: ShapeRules, gauge: Gauge
) -> Iterator[tuple[Slack, bool]]:
    """Slack to try in turn, and whether the page may stay partly white."""
    room = sum((region.rows + GAP) * region.columns for region in regions)
    usual = Slack(extra_pictures=1)
    wide = Slack(extra_pictures=4, most_air=3, loose_photos=True)
    least, most = _demand(_table(pieces, replace(rules, slack=usual), gauge, _widths(regions)))
    least_tight, most_wide = _demand(_table(pieces, replace(rules, slack=wide), gauge, _widths(regions)))
    if least <= room <= most:
        yield usual, False
    if least_tight <= room <= most_wide:
        yield wide, False
    over = least_tight - room
    if over < -0.04 * room:
        all_pictures = Slack(extra_pictures=99, most_air=4, loose_photos=True)
        yield all_pictures, False
        yield all_pictures, True
    if over <= SMALL_CUT:
        yield Slack(extra_pictures=1, loose_photos=True, most_cut=SMALL_CUT), False
    without_last, _ = _demand(_table(pieces[:-1], replace(rules, slack=wide), gauge, _widths(regions)))
    if len(pieces) == 1 or (over > 0 and without_last < 0.6 * room):
        yield Slack(extra_pictures=1, loose_photos=True, most_cut=100_000), False
        yield Slack(extra_pictures=99, most_air=4, loose_photos=True, most_cut=100_000), True


def _widths(regions: Sequence[Region]) -> int:
    return max(region.columns for region in regions)


def _table(pieces: Sequence[Piece], rules: ShapeRules, gauge: Gauge, widest: int) -> Shapes:
    return {
        (index, columns): shapes(piece, columns, rules, gauge)
        for index, piece in enumerate(pieces)
        for columns in range(1, widest + 1)
    }


def _demand(table: Shapes) -> tuple[int, int]:
    """Least and most column rows, gaps included, that the pieces can take."""
    least: dict[int, int] = {}
    most: dict[int, int] = {}
    for (index, columns), by_rows in table.items():
        if by_rows:
            least[index] = min(least.get(index, 10**9), columns * (min(by_rows) + GAP))
            most[index] = max(most.get(index, 0), columns * (max(by_rows) + GAP))
    return sum(least.values()), sum(most.values())


def _pages(
    pieces: Sequence[Piece], regions: Sequence[Region], rules: ShapeRules, gauge: Gauge, partial: bool
) -> list[Found]:
    table = _table(pieces, rules, gauge, _widths(regions))
    slicer = Slicer(pieces, table, max(region.rows for region in regions), _breadth(len(pieces)))
    whole = (1 << len(pieces)) - 1
    states: list[_State] = [_State(mask=0, cost=0.0, filled=(), white=0)]
    for number, region in enumerate(regions):
        last = number == len(regions) - 1
        states = _grow(states, region, slicer, whole, last=last, partial=partial, lead_first=number == 0)
    done = [state for state in states if state.mask == whole]
    found = []
    for state in done:
        placed = tuple(_placed(state, pieces, table))
        found.append(Found(placed=placed, cost=state.cost + page_cost(placed, rules.template), white=state.white))
    return sorted(found, key=lambda page: page.cost)


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    mask: int
    cost: float
    filled: tuple[tuple[Region, Node, int], ...]
    white: int


def _grow(
    states: list[_State],
    region: Region,
    slicer: Slicer,
    whole: int,
    *,
    last: bool,
    partial: bool,
    lead_first: bool,
) -> list[_State]:
    """Every state with the region filled by some of the articles still free (by all of them in the last region)."""
    grown: list[_State] = []
    for state in states:
        free = whole & ~state.mask
        if partial and (not last or not free):
            white = region.area
            grown.append(replace(state, cost=state.cost + EMPTY_COST * white, white=state.white + white))
        for mask, nodes in _fillings(slicer, region, free, lead_first=lead_first, partial=partial).items():
            if last and mask != free:
                continue
            for node in nodes:
                height = _height(node, region.rows, partial)
                if height is None:
                    continue
                white = region.area - height * node.columns
                grown.append(
                    _State(
                        mask=state.mask | mask,
                        cost=state.cost + float(node.costs[height]) + EMPTY_COST * white,
                        filled=(*state.filled, (region, node, height)),
                        white=state.white + white,
                    )
                )
    grown.sort(key=lambda state: state.cost)
    return grown[: MOST_PAGES * 2]


def _fillings(slicer: Slicer, region: Region, free: int, *, lead_first: bool, partial: bool) -> dict[int, list[Node]]:
    """Stacks for the region; narrower than it only on a page that stays white and cannot do otherwise."""
    if not free:
        return {}
    for columns in range(region.columns, 0 if partial else region.columns - 1, -1):
        stacks = slicer.fill(columns, region.rows, free, lead_first=lead_first)
        stacks = {mask: nodes for mask, nodes in stacks.items() if nodes}
        if stacks:
            return stacks
    return {}


def _height(node: Node, rows: int, partial: bool) -> int | None:
    """The height to stand the node in a region: all of it, or on a page with too little text the cheapest below."""
    costs = node.costs[: rows + 1].copy()
    if not partial:
        return rows if costs[rows] < 1e9 else None
    for height in range(rows + 1):
        costs[height] += EMPTY_COST * (rows - height) * node.columns
    best = int(costs.argmin())
    return best if costs[best] < 1e9 else None


def _placed(state: _State, pieces: Sequence[Piece], table: Shapes) -> Iterator[Placed]:
    for region, node, height in state.filled:
        for leaf, column, row, rows in heights(node, height, pieces):
            yield Placed(
                piece=pieces[leaf.piece],
                shape=table[leaf.piece, leaf.columns][rows],
                column=region.column + column,
                row=region.row + row,
                columns=leaf.columns,
                rows=rows,
            )


def _breadth(count: int) -> Breadth:
    if count <= 8:
        return Breadth(stacks=12)
    return Breadth(nodes=4, stacks=5, sets=24, band=3, ahead=4)
