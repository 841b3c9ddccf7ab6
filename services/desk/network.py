"""关系图: people and organisations that stand together in an issue or a year, and where each is drawn.

The layout is a force-directed one (Fruchterman and Reingold 1991: attraction d²/k along edges, repulsion k²/d between
all) in NumPy, started from a fixed spiral, so that the same names give the same drawing. At last the boxes of dots with
their labels are pushed apart until no two overlap; where they will not part, the whole is drawn wider.
"""

import datetime
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from models.values.ids import EntityId, IssueId
from models.values.mention import EntityKind
from services.jobs.job import JobContext

if TYPE_CHECKING:
    from services.desk.desk import Desk

MOST_NODES = 300
MOST_EDGES_OF_ONE = 8  # a node keeps its strongest ties; all of them would be a grey cloth
ROUNDS, APART_ROUNDS = 220, 60
GAP = 6.0  # px between two boxes
OFFICE_WEIGHT = 3.0  # an office ties more than standing in one article


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    id: EntityId
    kind: EntityKind
    name: str
    mentions: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Between nodes by their places in the list; `together` is in how many articles, `office` that one works there."""

    one: int
    other: int
    together: int
    office: bool = False

    @property
    def weight(self) -> float:
        return self.together + (OFFICE_WEIGHT if self.office else 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    left_out: int = 0  # names that stand too seldom to be drawn

    def neighbours(self, at: int) -> list[int]:
        """The nodes tied to one, strongest first."""
        found = [
            (tie.weight, tie.other if tie.one == at else tie.one) for tie in self.ties if at in (tie.one, tie.other)
        ]
        return [node for _, node in sorted(found, key=lambda pair: -pair[0])]


def network_of(
    desk: "Desk", *, issue: IssueId | None = None, year: int | None = None, most: int = MOST_NODES
) -> Network:
    """The people and organisations of an issue, of a year's issues, or (neither given) of everything."""
    from sqlalchemy import func, select  # the window imports this file, the store comes when it is opened

    from models.tables.article import ArticleRow
    from models.tables.entity import EntityRow, OfficeRow
    from models.tables.issue import IssueRow
    from models.tables.mention import MentionRow

    root = func.coalesce(EntityRow.merged_into, EntityRow.id)
    chosen = select(MentionRow.article_id, root, func.count()).join(EntityRow, EntityRow.id == MentionRow.entity_id)
    if issue is not None or year is not None:
        chosen = chosen.join(ArticleRow, ArticleRow.id == MentionRow.article_id)
    if issue is not None:
        chosen = chosen.where(ArticleRow.issue_id == issue)
    elif year is not None:
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        chosen = chosen.join(IssueRow, IssueRow.id == ArticleRow.issue_id).where(IssueRow.date.between(first, last))
    with desk.store.read() as session:
        inside: dict[int, set[int]] = {}
        mentions: Counter[int] = Counter()
        for article, key, count in session.execute(chosen.group_by(MentionRow.article_id, root)):
            inside.setdefault(int(article), set()).add(int(key))
            mentions[int(key)] += int(count)
        articles = Counter(key for held in inside.values() for key in held)
        ranked = sorted(mentions, key=lambda key: (-articles[key], -mentions[key], key))
        kept = ranked[:most]
        rows = {row.id: row for row in session.scalars(select(EntityRow).where(EntityRow.id.in_(kept)))}
        offices = session.execute(
            select(OfficeRow.entity_id, OfficeRow.organisation).where(OfficeRow.entity_id.in_(kept))
        ).all()
    kept = [key for key in kept if key in rows]
    places = {key: at for at, key in enumerate(kept)}
    nodes = tuple(
        Node(
            id=EntityId(key),
            kind=EntityKind(rows[key].kind),
            name=rows[key].name,
            mentions=mentions[key],
            articles=articles[key],
        )
        for key in kept
    )
    bodies = {node.name: at for at, node in enumerate(nodes) if node.kind is EntityKind.ORGANISATION}
    works = {(places[key], bodies[body]) for key, body in offices if key in places and body in bodies}
    together: Counter[tuple[int, int]] = Counter()
    for held in inside.values():
        here = sorted(places[key] for key in held if key in places)
        for pair in combinations(here[:80], 2):  # a list of a thousand names ties nobody to anybody
            together[pair] += 1
    pairs = set(together) | {(min(pair), max(pair)) for pair in works}
    ties = [
        Tie(one=a, other=b, together=together[a, b], office=(a, b) in works or (b, a) in works)
        for a, b in sorted(pairs)
    ]
    return Network(nodes=nodes, ties=tuple(_strongest(ties, len(nodes))), left_out=len(mentions) - len(nodes))


def _strongest(ties: Sequence[Tie], count: int) -> list[Tie]:
    """Of each node its strongest ties; a tie stays if either of its ends wants it."""
    of: list[list[Tie]] = [[] for _ in range(count)]
    for tie in ties:
        of[tie.one].append(tie)
        of[tie.other].append(tie)
    wanted = {
        (tie.one, tie.other)
        for held in of
        for tie in sorted(held, key=lambda tie: (-tie.weight, tie.one, tie.other))[:MOST_EDGES_OF_ONE]
    }
    return [tie for tie in ties if (tie.one, tie.other) in wanted]


def place(
    network: Network, sizes: Sequence[tuple[float, float]], context: JobContext | None = None
) -> tuple[tuple[float, float], ...]:
    """The middle of each node's box, px; `sizes` are widths and heights of the boxes. No two boxes overlap."""
    import numpy as np

    count = len(network.nodes)
    if count == 0:
        return ()
    boxes = np.array(sizes, dtype=float).reshape(count, 2) + GAP
    area = float(boxes.prod(axis=1).sum()) * 5.0
    k = math.sqrt(area / count)
    turn = np.arange(count) * 2.399963  # the golden angle: points of a spiral lie evenly
    far = k * 0.7 * np.sqrt(np.arange(count) + 0.5)
    spots = np.stack([far * np.cos(turn), far * np.sin(turn) * 0.75], axis=1)
    spots = _pulled(np, network, spots, k, context or JobContext())
    if count > 2:
        spots = _roomy(np, spots, boxes)
    spots = _apart(np, spots, boxes, context or JobContext())
    spots -= (spots.min(axis=0) + spots.max(axis=0)) / 2
    return tuple((float(x), float(y)) for x, y in spots)


def _roomy(np: Any, spots: Any, boxes: Any) -> Any:
    """Drawn so wide that a box has room between the neighbours of its dot; wider than high, as labels are."""
    mean = boxes.mean(axis=0)
    apart = np.sqrt(((spots[:, None, :] - spots[None, :, :]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    near = max(float(np.median(apart.min(axis=1))), 1e-6)
    aspect = math.sqrt(min(3.0, float(mean[0] / mean[1])))
    scale = math.sqrt(float(mean.prod())) * 1.15 / near
    return (spots - spots.mean(axis=0)) * scale * np.array([aspect, 1 / aspect])


def _pulled(np: Any, network: Network, spots: Any, k: float, context: JobContext) -> Any:
    ones = np.array([tie.one for tie in network.ties], dtype=int)
    others = np.array([tie.other for tie in network.ties], dtype=int)
    weights = np.array([min(3.0, 0.5 + 0.35 * tie.weight) for tie in network.ties])
    x, y = spots[:, 0].copy(), spots[:, 1].copy()
    heat = k * 1.6
    for number in range(ROUNDS):
        context.check()
        if number % 20 == 0:
            context.tell(number, ROUNDS, "")
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        apart = np.maximum(dx * dx + dy * dy, 1.0)
        push = np.where(apart < (4 * k) ** 2, k * k / apart, 0.0)  # those far off do not push one another out of sight
        fx = (dx * push).sum(axis=1) - x * 0.12  # what is tied to nothing does not fly away
        fy = (dy * push).sum(axis=1) - y * 0.16
        if len(ones):
            ax, ay = x[ones] - x[others], y[ones] - y[others]
            pull = weights * np.sqrt(ax * ax + ay * ay) / k * 0.5
            for force, along in ((fx, ax * pull), (fy, ay * pull)):
                force -= np.bincount(ones, along, len(x))
                force += np.bincount(others, along, len(x))
        size = np.maximum(np.sqrt(fx * fx + fy * fy), 1e-9)
        step = np.minimum(size, heat) / size
        x, y = x + fx * step, y + fy * step
        heat = max(heat * 0.982, k * 0.01)
    return np.stack([x, y], axis=1)


def _apart(np: Any, spots: Any, boxes: Any, context: JobContext) -> Any:
    """Boxes that overlap push each other along the way that is shorter; now and then the whole is drawn wider."""
    one, other = np.triu_indices(len(spots), 1)
    need = (boxes[one] + boxes[other]) / 2
    rounds = 0
    while True:
        context.check()
        rounds += 1
        if rounds % APART_ROUNDS == 0:
            spots = spots * 1.05
        away = spots[one] - spots[other]
        lack = need - np.abs(away)
        over = np.nonzero((lack[:, 0] > 1e-6) & (lack[:, 1] > 1e-6))[0]
        if not len(over):
            return spots
        a, b, short = one[over], other[over], lack[over]
        sign = np.where(away[over] < 0, -1.0, 1.0)
        side = short[:, 0] < short[:, 1]
        push = np.stack([np.where(side, short[:, 0], 0.0), np.where(side, 0.0, short[:, 1])], axis=1) * sign
        hits = np.maximum(np.bincount(a, minlength=len(spots)) + np.bincount(b, minlength=len(spots)), 1)
        moved = np.zeros_like(spots)
        np.add.at(moved, a, push)
        np.add.at(moved, b, -push)
        spots = spots + moved / hits[:, None] * 0.6
