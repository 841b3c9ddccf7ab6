"""关系图: who is tied to whom, and a drawing in which no two labels overlap."""

import random

from hypothesis import given, settings
from hypothesis import strategies as some

from models.values.cards import ArticleCard
from models.values.ids import EntityId
from models.values.mention import EntityKind
from services.desk.desk import Desk
from services.desk.network import Network, Node, Tie, network_of, place


def made(count: int, ties: int, seed: int = 1) -> Network:
    luck = random.Random(seed)
    nodes = tuple(
        Node(id=EntityId(at), kind=EntityKind.PERSON, name=f"名{at}", mentions=1, articles=1) for at in range(count)
    )
    pairs = {tuple(sorted(luck.sample(range(count), 2))) for _ in range(ties)} if count > 1 else set()
    return Network(nodes=nodes, ties=tuple(Tie(one=a, other=b, together=1) for a, b in sorted(pairs)))


def overlaps(spots: tuple[tuple[float, float], ...], sizes: list[tuple[float, float]]) -> int:
    count = 0
    for a in range(len(spots)):
        for b in range(a):
            wide = (sizes[a][0] + sizes[b][0]) / 2 - abs(spots[a][0] - spots[b][0])
            high = (sizes[a][1] + sizes[b][1]) / 2 - abs(spots[a][1] - spots[b][1])
            count += wide > 0 and high > 0
    return count


def test_three_hundred_names_stand_apart() -> None:
    network = made(300, 700)
    luck = random.Random(2)
    sizes = [(luck.choice((40.0, 60.0, 150.0)), 36.0) for _ in network.nodes]
    spots = place(network, sizes)
    assert overlaps(spots, sizes) == 0
    assert spots == place(network, sizes)  # the same names, the same drawing
    wide = max(x for x, _ in spots) - min(x for x, _ in spots)
    assert wide < 6000


@settings(deadline=None, max_examples=15)
@given(some.integers(0, 25), some.integers(0, 60), some.floats(10, 300))
def test_any_network_is_drawn_without_overlap(count: int, ties: int, wide: float) -> None:
    network = made(count, ties)
    sizes = [(wide, 30.0)] * count
    assert overlaps(place(network, sizes), sizes) == 0


def test_what_stands_together_is_tied(desk: Desk, cards: tuple[ArticleCard, ...]) -> None:
    desk.tagging.tag_many([card.id for card in cards])
    network = network_of(desk, issue=desk.articles.open(cards[0].id).issue)
    names = [node.name for node in network.nodes]
    assert names[0] == "东澜区总工会"
    person, union = names.index("沈砚舟"), names.index("东澜区总工会")
    tie = next(tie for tie in network.ties if {tie.one, tie.other} == {person, union})
    assert tie.office
    assert person in network.neighbours(union)
    assert network_of(desk, year=2026).nodes == network.nodes
    assert network_of(desk, year=2001).nodes == ()
    assert network_of(desk, most=1).left_out == len(names) - 1
