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

SMALL_CUT = 12  # lines that an editor rather cuts than to lose an article
USUAL = Slack(extra_pictures=1)
WIDE = Slack(extra_pictures=2, most_air=3, loose_photos=True)
EMPTY = Slack(extra_pictures=3, most_air=4, loose_photos=True, tall_pictures=True)
TIGHT = Slack(loose_photos=True)
EACH_WAY = 16  # pages kept with lines to cut, when there are pages with an article left out too
MOST_PAGES = 60
FEW = 2  # pieces that do not fill a page, for which narrower columns than the page's are tried
EMPTY_COST = 0.4  # for each column line left white


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A complete page: placed pieces, what it costs, what could not be placed, column lines that stay white."""

    placed: tuple[Placed, ...]
    cost: float
    left_out: tuple[Piece, ...] = ()
    white: int = 0


Shapes = Mapping[tuple[int, int], Mapping[int, Shape]]


def search(
    pieces: Sequence[Piece],
    regions: Sequence[Region],
    rules: ShapeRules,
    gauge: Gauge,
    blocks: Mapping[int, Mapping[int, Shape]] | None = None,
) -> list[Found]:
    """Complete pages, cheapest first; on an overfull page both ways out: lines to cut, and articles left out.

    `blocks`: by width the shapes of the block of short items, where one of the pieces is it.
    """
    if not pieces or not regions:
        return []
    shaper = _Shaper(rules, gauge, max(region.columns for region in regions), blocks or {})
    found: list[Found] = []
    ways, clean = 0, False
    for count in range(len(pieces), 0, -1):
        kept, dropped = tuple(pieces[:count]), tuple(pieces[count:])
        for slack, partial in _attempts(kept, regions, shaper, cuts=ways == 0):
            pages = _pages(kept, regions, shaper, slack, partial=partial)
            if pages:
                found = [*found[:EACH_WAY], *(replace(page, left_out=dropped) for page in pages)]
                ways += 1
                clean = _cut_lines(pages[0]) <= SMALL_CUT
                break
        if ways and (clean or ways == 3):
            break
    return found


def _cut_lines(page: Found) -> int:
    return sum(one.shape.cut for one in page.placed)


class _Shaper:
    """Shapes of pieces by width, made once for each slack."""

    def __init__(self, rules: ShapeRules, gauge: Gauge, widest: int, blocks: Mapping[int, Mapping[int, Shape]]) -> None:
        self.blocks = blocks
        self.rules = rules
        self.gauge = gauge
        self.widest = widest
        self._known: dict[tuple[Piece, int, Slack], dict[int, Shape]] = {}

    def table(self, pieces: Sequence[Piece], slack: Slack) -> Shapes:
        rules = replace(self.rules, slack=slack)
        made: dict[tuple[int, int], Mapping[int, Shape]] = {}
        for index, piece in enumerate(pieces):
            for columns in range(1, self.widest + 1):
                if piece.is_block:
                    made[index, columns] = self.blocks.get(columns, {})
                    continue
                key = (piece, columns, slack)
                if key not in self._known:
                    self._known[key] = shapes(piece, columns, rules, self.gauge)
                made[index, columns] = self._known[key]
        return made


def _attempts(
    pieces: Sequence[Piece], regions: Sequence[Region], shaper: _Shaper, *, cuts: bool
) -> Iterator[tuple[Slack, bool]]:
    """Slack to try in turn, and whether the page may stay partly white; without `cuts` no text may be left over."""
    room = sum((region.rows + GAP) * region.columns for region in regions)
    tightest = room * (0.99 if len(pieces) <= 8 else 0.94)  # beyond it no arrangement has been found to exist
    least, most = _demand(shaper.table(pieces, USUAL))
    if least <= tightest and room <= most:
        yield USUAL, False
    second = TIGHT if least > 0.85 * room else WIDE
    least, most = _demand(shaper.table(pieces, second))
    if least <= tightest and room <= most:
        yield second, False
    if least < 0.75 * room:
        yield EMPTY, False
        yield EMPTY, True
    if not cuts and len(pieces) > 1:
        return
    if least - room <= SMALL_CUT:
        yield replace(TIGHT, most_cut=SMALL_CUT), False
    without_last, _ = _demand(shaper.table(pieces[:-1], second))
    if len(pieces) == 1 or (least > room and without_last < 0.6 * room):
        yield replace(TIGHT, most_cut=100_000), False
        yield replace(EMPTY, most_cut=100_000), True


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
    pieces: Sequence[Piece], regions: Sequence[Region], shaper: _Shaper, slack: Slack, *, partial: bool
) -> list[Found]:
    table = shaper.table(pieces, slack)
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
        found.append(
            Found(placed=placed, cost=state.cost + page_cost(placed, shaper.rules.template), white=state.white)
        )
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
    found: dict[int, list[Node]] = {}
    for columns in range(region.columns, 0 if partial else region.columns - 1, -1):
        stacks = slicer.fill(columns, region.rows, free, lead_first=lead_first)
        for mask, nodes in stacks.items():
            if nodes:
                found.setdefault(mask, []).extend(nodes)
        if found and free.bit_count() > FEW:
            break  # a page with a few items is tried in every width, others as wide as they go
    return found


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
