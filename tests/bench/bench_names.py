"""Measures a large authority file: `python -m tests.bench.bench_names [--records 200000]`. Prints a table.

Invented names are put on file; the sample issue is tagged and its articles are looked up with an empty file and with
the full one, and the list and the card of a record are read as the window reads them.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from models.values.entity import EntityRecord, NamesFile
from models.values.mention import EntityKind, OfficeTerm
from services.desk.desk import Desk, open_desk
from services.desk.exchange import put_names
from services.desk.known import NameIndex, known_in
from services.desk.network import Network, Node, Tie, place

FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "一文武志明国建华丽君军红英小宇佳欣芳敏静强伟勇涛晓超鹏杰慧雪梅兰竹菊春夏秋冬天地云雨风雷山河海江湖玉金石木林森"
ENDINGS = ("总工会", "有限公司", "医院", "大学", "局")


def invented(count: int) -> tuple[EntityRecord, ...]:
    luck = random.Random(1)
    found: dict[tuple[EntityKind, str], EntityRecord] = {}
    while len(found) < count:
        if luck.random() < 0.7:
            kind = EntityKind.PERSON
            name = luck.choice(FAMILIES) + "".join(luck.choices(GIVEN, k=luck.choice((1, 2, 2, 2, 3))))
        else:
            kind, name = EntityKind.ORGANISATION, "".join(luck.choices(GIVEN, k=4)) + luck.choice(ENDINGS)
        term = OfficeTerm(position="主任", organisation="某局")
        found[kind, name] = EntityRecord(kind=kind, name=name, offices=(term,))
    return tuple(found.values())


def timed(words: str, work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    took = time.perf_counter() - start
    print(f"| {words} | {took * 1000:,.0f} ms |")
    return took


def measure(desk: Desk, title: str) -> None:
    print(f"\n{title}\n| what | time |\n|---|---|")
    sheets = [desk.articles.open(card.id) for card in desk.articles.list(desk.issues.find("latest").id)]
    texts = [sheet.text.flat().text for sheet in sheets]
    ids = [sheet.id for sheet in sheets]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    index = NameIndex()
    with desk.store.read() as session:
        timed("index of the names, made once", lambda: known_in(session, index, ["王"]))
        timed(
            "names of the issue looked up, exact",
            lambda: [known_in(session, index, [one], near=False) for one in texts],
        )
        timed("names of the issue looked up, with slips", lambda: [known_in(session, index, [one]) for one in texts])
        timed("the same again, one paragraph changed", lambda: known_in(session, index, [texts[0] + "。"]))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"| memory of the index | {grown:,.0f} MB |")
    desk.tagging.tag_many(ids)
    timed(f"{len(ids)} articles tagged ({sum(map(len, texts)):,} characters)", lambda: desk.tagging.tag_many(ids))
    first = desk.records.page()
    timed("first rows of the list", desk.records.page)
    timed("next rows of the list", lambda: desk.records.page(after=first.lines[-1]))
    timed("rows that hold two characters", lambda: desk.records.page("王小"))
    key = first.lines[0].id
    timed("a card", lambda: (desk.records.get(key), desk.records.places(key), desk.records.beside(key)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=200_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        with open_desk(Path(folder) / "names.db") as desk:
            desk.sample()
            desk.tagging.tag_text("预热")
            measure(desk, "The sample's own names")
            records = invented(options.records)
            print("\n| what | time |\n|---|---|")
            whole = NamesFile(records=records, numbers=(1,) * len(records), bad=())
            timed(f"{len(records):,} records put on file", lambda: put_names(desk, whole))
        with open_desk(Path(folder) / "names.db") as desk:
            measure(desk, f"With {len(records):,} more")
    luck = random.Random(1)
    nodes = tuple(Node(id=at, kind=EntityKind.PERSON, name="", mentions=1, articles=1) for at in range(300))  # type: ignore[arg-type]
    pairs = {tuple(sorted(luck.sample(range(300), 2))) for _ in range(700)}
    ties = tuple(Tie(one=a, other=b, together=1) for a, b in sorted(pairs))
    sizes = [(luck.choice((40.0, 60.0, 150.0)), 36.0) for _ in nodes]
    print("\n| what | time |\n|---|---|")
    timed("a network of 300 names and 700 ties placed", lambda: place(Network(nodes=nodes, ties=ties), sizes))


if __name__ == "__main__":
    main()
