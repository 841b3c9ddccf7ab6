"""Measures the tagger: `python -m tests.bench.bench_tagging CORPORA`. Prints JSON: F1 of exact spans, speed, memory.

CORPORA is a folder with names_msra_dev.jsonl.xz (newswire, one sentence a line; for measuring only). "model" is the
bare word model, "tagger" the whole station. `--pages FOLDER` measures
labelled pages instead (tests/services/tagging/pages).
"""

import argparse
import json
import lzma
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.values.article_text import FlatText
from models.values.mention import EntityKind, KnownEntity
from services.lexicon.lac import analyse
from services.tagging.tag import TagContext, tag_many
from tests.services.tagging.tagging_pages import found_in, load

KINDS = {"PER": "person", "nr": "person", "ORG": "organisation", "nt": "organisation", "LOC": "place", "ns": "place"}
Span = tuple[int, int, str]


def f1(gold: Sequence[set[Span]], found: Sequence[set[Span]]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 in percent by kind."""
    true, false, missed = Counter[str](), Counter[str](), Counter[str]()
    for right, ours in zip(gold, found, strict=True):
        true.update(kind for *_, kind in right & ours)
        false.update(kind for *_, kind in ours - right)
        missed.update(kind for *_, kind in right - ours)
    result = {}
    for kind in ("person", "organisation", "place"):
        t, f, m = true[kind], false[kind], missed[kind]
        result[kind] = {
            "precision": round(100 * t / max(1, t + f), 1),
            "recall": round(100 * t / max(1, t + m), 1),
            "f1": round(200 * t / max(1, 2 * t + f + m), 1),
        }
    return result


def _model(texts: Iterable[str]) -> list[set[Span]]:
    return [{(w.start, w.end, KINDS[w.tag]) for w in words if w.tag in KINDS} for words in analyse(list(texts))]


def _tagger(texts: Iterable[str]) -> list[set[Span]]:
    flats = [FlatText.plain(text) for text in texts]
    return [{(m.start, m.end, m.kind.value) for m in mentions} for mentions in tag_many(flats, TagContext())]


def _authority(texts: Sequence[str], count: int) -> dict[str, float]:
    """CPU seconds of tagging with an empty authority file and with one of `count` invented people and bodies."""
    random = Random(1)
    family, given = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂"
    known = tuple(
        KnownEntity(id=None, kind=EntityKind.PERSON, name=random.choice(family) + "".join(random.choices(given, k=2)))
        if number % 2
        else KnownEntity(
            id=None, kind=EntityKind.ORGANISATION, name="".join(random.choices(given, k=3)) + f"第{number}分公司"
        )
        for number in range(count)
    )
    flats = [FlatText.plain(text) for text in texts]
    result: dict[str, float] = {}
    for name, entities in (("warm", ()), ("empty", ()), ("index", known), ("full", known)):  # the index is built once
        started = time.process_time()
        tag_many(flats if name != "index" else flats[:1], TagContext(known=entities))
        result[f"{name}_s"] = round(time.process_time() - started, 3)
    result["times"] = round(result["full_s"] / result["empty_s"], 2)
    return result


def pages(folder: Path) -> dict[str, dict[str, float]]:
    """Of labelled pages: how many labels, found with the right span (offices: organisation and position), and wrong."""
    count = {name: Counter[str]() for name in ("people", "offices", "organisations")}
    for path in sorted(folder.glob("*.txt")):
        page = load(path)
        found = {(one.start, one.end, one.kind): one for one in found_in(page)}
        labels = {(one.start, one.end, one.kind): one for one in page.labels}
        for name, kind in (("people", EntityKind.PERSON), ("organisations", EntityKind.ORGANISATION)):
            gold, ours = ({key for key in keys if key[2] is kind} for keys in (labels, found))
            count[name].update(labels=len(gold), right=len(gold & ours), wrong=len(ours - gold))
        for key in labels.keys() | found.keys():
            told = {(one.organisation, one.position) for one in found[key].offices} if key in found else set()
            wanted = labels[key].offices if key in labels else frozenset()
            right = len(told & wanted)
            count["offices"].update(labels=len(wanted), right=right, wrong=len(told) - right)
    return {name: dict(one, recall=round(100 * one["right"] / max(1, one["labels"]), 1)) for name, one in count.items()}


def _paragraph(text: str) -> float:
    """Milliseconds of CPU for one edited paragraph, the median of nine."""
    spent = []
    for _ in range(9):
        started = time.process_time()
        tag_many([FlatText.plain(text)], TagContext())
        spent.append(1000 * (time.process_time() - started))
    return round(median(spent), 1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", type=Path, nargs="?")
    parser.add_argument("--pages", type=Path, help="a folder of labelled pages to measure instead")
    parser.add_argument("--errors", type=int, default=0, help="print this many sentences with differences")
    options = parser.parse_args()
    if options.pages is not None:
        print(json.dumps(pages(options.pages), ensure_ascii=False, indent=1))
        return
    if options.corpora is None:
        parser.error("a folder of corpora, or --pages")
    with lzma.open(options.corpora / "names_msra_dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [row["text"] for row in rows]
    gold = [{(start, end, kind) for start, end, kind in row["mentions"]} for row in rows]
    _tagger(texts[:3])  # loads the weights and the dictionary
    characters = sum(map(len, texts))
    report: dict[str, object] = {"characters": characters}
    for name, run in (("model", _model), ("tagger", _tagger)):
        started = time.process_time()  # of the processor: the machine may be shared
        found = run(texts)
        seconds = time.process_time() - started
        report[name] = {"f1": f1(gold, found), "characters_per_cpu_s": round(characters / seconds)}
    report["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    report["paragraph_of_300_ms"] = _paragraph("".join(texts)[:300])
    report["authority_200000"] = _authority(texts[:400], 200_000)
    print(json.dumps(report, ensure_ascii=False, indent=1))
    for text, right, ours in list(zip(texts, gold, found, strict=True)):
        if options.errors and right != ours:
            options.errors -= 1
            print(text)
            print("   missed", [(text[a:b], kind) for a, b, kind in sorted(right - ours)])
            print("   false ", [(text[a:b], kind) for a, b, kind in sorted(ours - right)])


if __name__ == "__main__":
    main()
