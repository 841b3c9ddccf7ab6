"""Slicing 切分: every way to cut a region of the grid into frames by straight cuts, cheapest first.

A node is a set of articles in a rectangle some columns wide: one article (leaf), two parts side by side, or two parts
one above the other with one row between them. Each node carries the cost of every height in rows as a table, so that
two parts side by side are added and two parts in a stack are combined by a min-plus product; heights come out exact
without trying any. After recursive bisection (Frandsen et al. 1993, doi 10.7146/dpb.v22i450.6767), with exact line
counts in place of areas.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from services.layout.shapes import Piece, Shape

GAP = 1  # rows of white between two frames one above the other; a rule runs in their middle
Table = NDArray[np.float64]


class Cut(Enum):
    LEAF = "leaf"
    BESIDE = "beside"
    STACK = "stack"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Node:
    """`costs[h]` is the cost of standing `h` rows high, inf where that cannot be."""

    cut: Cut
    mask: int
    columns: int
    costs: Table
    top: tuple[int, ...]  # pieces along the upper edge, left to right
    bottom: tuple[int, ...]
    piece: int = -1
    parts: tuple["Node", ...] = ()


Joined = tuple[Cut, Node, Node, Table]  # two parts and what they cost together, before it is worth a node


def join(joined: Joined) -> Node:
    """The node of two parts."""
    cut, first, second, costs = joined
    beside = cut is Cut.BESIDE
    return Node(
        cut=cut,
        mask=first.mask | second.mask,
        columns=first.columns + second.columns if beside else first.columns,
        costs=costs,
        top=first.top + second.top if beside else first.top,
        bottom=first.bottom + second.bottom if beside else second.bottom,
        parts=(first, second),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Breadth:
    """How many nodes and sets the search keeps: more is slower and better."""

    nodes: int = 5  # of one set of articles in one width
    stacks: int = 8  # of one set of articles from the head of the region down
    sets: int = 60  # sets of articles of one size
    band: int = 4  # most articles between two cuts over the whole region
    pages: int = 80  # complete fillings of a region
    ahead: int = 6  # how far down the ranks the next band may reach


class Slicer:
    """Nodes of one page, remembered; `table` holds the shapes of every piece by width and height."""

    def __init__(
        self, pieces: Sequence[Piece], table: Mapping[tuple[int, int], Mapping[int, Shape]], rows: int, breadth: Breadth
    ) -> None:
        self.pieces = tuple(pieces)
        self.table = table
        self.rows = rows
        self.breadth = breadth
        self._known: dict[tuple[int, int, bool], list[Node]] = {}
        self._places: dict[int, int] = {}

    def leaf(self, piece: int, columns: int) -> Node | None:
        shapes = self.table.get((piece, columns))
        if not shapes:
            return None
        costs = np.full(self.rows + 1, np.inf)
        for rows, shape in shapes.items():
            if rows <= self.rows:
                costs[rows] = shape.cost
        return Node(
            cut=Cut.LEAF, mask=1 << piece, columns=columns, costs=costs, top=(piece,), bottom=(piece,), piece=piece
        )

    def nodes(self, mask: int, columns: int, stacked: bool) -> list[Node]:
        """The best nodes of the set `mask` in `columns`; without `stacked` no cut across the whole width."""
        key = (mask, columns, stacked)
        if key not in self._known:
            self._known[key] = self._find(mask, columns, stacked)
        return self._known[key]

    def _find(self, mask: int, columns: int, stacked: bool) -> list[Node]:
        members = [i for i in range(len(self.pieces)) if mask >> i & 1]
        if len(members) == 1:
            leaf = self.leaf(members[0], columns)
            return [leaf] if leaf else []
        found: list[Joined] = []
        for part in _submasks(mask):
            rest = mask ^ part
            for left_columns in range(1, columns):
                if _wide_enough(part, left_columns) and _wide_enough(rest, columns - left_columns):
                    found += self._beside(
                        self.nodes(part, left_columns, True), self.nodes(rest, columns - left_columns, True)
                    )
            if stacked and self._may_stand_over(part, rest):
                found += self._stacks(self.nodes(part, columns, False), self.nodes(rest, columns, True))
        return keep_best(found, self.breadth.nodes)

    def _may_stand_over(self, upper: int, lower: int) -> bool:
        """The lead never stands below another article."""
        return not (lower & 1 and self.pieces[0].place == 0) or upper & 1 == 1

    def _beside(self, lefts: list[Node], rights: list[Node]) -> Iterator[Joined]:
        for left in lefts:
            for right in rights:
                if right.mask & 1 and self.pieces[0].place == 0:
                    continue  # the lead stands at the left
                costs = left.costs + right.costs
                if costs.min() < np.inf:
                    yield Cut.BESIDE, left, right, costs + self._side_cost(left, right)

    def _stacks(self, uppers: list[Node], lowers: list[Node]) -> Iterator[Joined]:
        """Every pair one above the other; the loop runs over the side that can stand in fewer heights."""
        if not uppers or not lowers:
            return
        above = np.array([upper.costs for upper in uppers])
        below = np.array([lower.costs for lower in lowers])
        if np.isfinite(above).sum() <= np.isfinite(below).sum():
            pairs = [
                (upper, lower, costs)
                for upper in uppers
                for lower, costs in zip(lowers, min_plus(upper.costs, below), strict=True)
            ]
        else:
            pairs = [
                (upper, lower, costs)
                for lower in lowers
                for upper, costs in zip(uppers, min_plus(lower.costs, above), strict=True)
            ]
        for upper, lower, costs in pairs:
            if costs.min() < np.inf:
                yield Cut.STACK, upper, lower, costs + self._stack_cost(upper, lower)

    def _side_cost(self, left: Node, right: Node) -> float:
        """碰题: headings at one height; two pictures at one height; the weightier article at the right."""
        cost = 0.0
        a, b = self.pieces[left.top[-1]], self.pieces[right.top[0]]
        if a.is_photo and b.is_photo:
            cost += 4.0
        elif not a.is_photo and not b.is_photo:
            cost += (4.5, 3.0, 1.5, 0.8)[min(3, abs(a.level - b.level))]
        if min(left.top) > min(right.top) and not a.is_photo:
            cost += 0.4
        return cost

    def _stack_cost(self, upper: Node, lower: Node) -> float:
        """Headings step down the page; a photograph does not stand on a photograph."""
        cost = 0.0
        if any(self.pieces[i].is_photo for i in upper.bottom) and any(self.pieces[i].is_photo for i in lower.top):
            cost += 2.0 if len(upper.bottom) + len(lower.top) > 2 else 4.0
        above = self._best_place(upper.mask)
        below = self._best_place(lower.mask)
        if below < above:
            cost += min(4.0, 0.8 * (above - below))
        return cost

    def _best_place(self, mask: int) -> int:
        if mask not in self._places:
            places = [p.place for i, p in enumerate(self.pieces) if mask >> i & 1 and not p.is_photo]
            self._places[mask] = min(places, default=99)
        return self._places[mask]

    def fill(self, columns: int, rows: int, available: int, *, lead_first: bool) -> dict[int, list[Node]]:
        """From the head of a region down, band by band: the best stacks of every set of articles reached.

        Of the stacks that hold every article those are kept that stand `rows` high most cheaply.
        """
        done: dict[int, list[Node]] = {}
        first: dict[int, list[Node]] = {}
        waiting: dict[int, dict[int, list[Joined]]] = {}
        for size in range(available.bit_count()):
            layer: dict[int, list[Node]] = {0: []}
            if size:
                layer = self._thin(waiting.pop(size, {}), {m: n for m, n in first.items() if m.bit_count() == size})
            for mask, stacks in layer.items():
                if mask:
                    done[mask] = stacks
                for band in self._next_bands(available & ~mask, lead_first and not mask):
                    found = self.nodes(band, columns, False)
                    if mask:
                        grown = waiting.setdefault(size + band.bit_count(), {}).setdefault(mask | band, [])
                        grown += self._stacks(stacks, found)
                    elif found:
                        first[band] = found
        whole = waiting.pop(available.bit_count(), {}).get(available, [])
        done[available] = keep_exact([*first.get(available, []), *whole], rows, self.breadth.pages)
        return done

    def _thin(self, layer: dict[int, list[Joined]], first: dict[int, list[Node]]) -> dict[int, list[Node]]:
        kept = {
            mask: keep_best([*first.get(mask, []), *layer.get(mask, [])], self.breadth.stacks)
            for mask in sorted({*layer, *first})
        }
        kept = {mask: nodes for mask, nodes in kept.items() if nodes}
        order = sorted(kept, key=lambda mask: (min(float(n.costs.min()) for n in kept[mask]), mask))
        return {mask: kept[mask] for mask in order[: self.breadth.sets]}

    def _next_bands(self, remaining: int, lead_first: bool) -> Iterator[int]:
        """Sets for the next band: with one of the two weightiest news items left, not reaching far down the ranks."""
        members = [i for i in range(len(self.pieces)) if remaining >> i & 1]
        news = [i for i in members if not self.pieces[i].is_photo]
        photos = [i for i in members if self.pieces[i].is_photo]
        if lead_first and members and self.pieces[members[0]].place == 0:
            must = {members[0]}
        else:
            must = set(news[:2]) or set(members)
        near = sorted({*news[: self.breadth.ahead], *photos[:3]})
        for size in range(1, min(self.breadth.band, len(near)) + 1):
            for chosen in combinations(near, size):
                if must & set(chosen):
                    yield sum(1 << i for i in chosen)


def min_plus(one: Table, others: Table) -> Table:
    """For each row of `others` the cheapest sum over all divisions of a height into the two parts and the gap."""
    out = np.full_like(others, np.inf)
    size = others.shape[1]
    for height in np.flatnonzero(np.isfinite(one)):
        shift = int(height) + GAP
        if shift < size:
            np.minimum(out[:, shift:], others[:, : size - shift] + one[height], out=out[:, shift:])
    return out


def _costs(one: Node | Joined) -> Table:
    return one.costs if isinstance(one, Node) else one[3]


def _node(one: Node | Joined) -> Node:
    return one if isinstance(one, Node) else join(one)


def keep_best(found: Sequence[Node | Joined], most: int) -> list[Node]:
    """At most `most` nodes, each the best of as many heights as possible."""
    if not found:
        return []
    costs = np.array([_costs(one) for one in found])
    best = costs.min(axis=0)
    finite = np.isfinite(best)
    if not finite.any():
        return []
    lead = costs[:, finite] - best[finite]
    worth = np.exp(-np.clip(lead, 0.0, 60.0) / 2.0).sum(axis=1)
    chosen: list[int] = []
    open_heights = np.ones(lead.shape[1], dtype=bool)
    while len(chosen) < min(most, len(found)):
        gain = ((lead <= 0.0) & open_heights).sum(axis=1) + 0.2 * worth
        gain[chosen] = -1.0
        pick = int(gain.argmax())
        chosen.append(pick)
        open_heights &= lead[pick] > 0.0
    return [_node(found[i]) for i in chosen]


def keep_exact(found: Sequence[Node | Joined], rows: int, most: int) -> list[Node]:
    """The cheapest nodes at one height; where none can stand so high, the best at all heights."""
    exact = sorted((one for one in found if np.isfinite(_costs(one)[rows])), key=lambda one: float(_costs(one)[rows]))
    return [_node(one) for one in exact[:most]] or keep_best(found, 12)


def heights(node: Node, rows: int, pieces: Sequence[Piece]) -> Iterator[tuple[Node, int, int, int]]:
    """The leaves of `node` standing `rows` high: leaf, column and row from its corner, rows."""
    yield from _place(node, rows, 0, 0)


def _place(node: Node, rows: int, column: int, row: int) -> Iterator[tuple[Node, int, int, int]]:
    if node.cut is Cut.LEAF:
        yield node, column, row, rows
    elif node.cut is Cut.BESIDE:
        left, right = node.parts
        yield from _place(left, rows, column, row)
        yield from _place(right, rows, column + left.columns, row)
    else:
        upper, lower = node.parts
        room = rows - GAP
        sums = upper.costs[: room + 1] + lower.costs[room::-1][: room + 1]
        high = int(sums.argmin())
        yield from _place(upper, high, column, row)
        yield from _place(lower, room - high, column, row + high + GAP)


def _submasks(mask: int) -> Iterator[int]:
    """Every part of the set but the empty one and the whole, in a fixed order."""
    part = (mask - 1) & mask
    while part:
        yield part
        part = (part - 1) & mask


def _wide_enough(mask: int, columns: int) -> bool:
    return columns >= 2 or mask.bit_count() <= 2
