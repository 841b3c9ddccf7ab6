"""Measures the tagger: `python -m tests.bench.bench_tagging CORPORA`. Prints JSON: F1 of exact spans, speed, memory.

CORPORA is a folder with names_msra_dev.jsonl.xz (newswire, one sentence a line; for measuring only). "model" is the
bare word model, "tagger" the whole station.
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

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.values.article_text import FlatText
from services.lexicon.lac import analyse
from services.tagging.tag import TagContext, tag_many

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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="print this many sentences with differences")
    options = parser.parse_args()
    with lzma.open(options.corpora / "names_msra_dev.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = [row["text"] for row in rows]
    gold = [{(start, end, kind) for start, end, kind in row["mentions"]} for row in rows]
    _tagger(texts[:3])  # loads the weights and the dictionary
    characters = sum(map(len, texts))
    report: dict[str, object] = {"characters": characters}
    for name, run in (("model", _model), ("tagger", _tagger)):
        started = time.perf_counter()
        found = run(texts)
        seconds = time.perf_counter() - started
        report[name] = {"f1": f1(gold, found), "characters_per_s": round(characters / seconds)}
    report["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(report, ensure_ascii=False, indent=1))
    for text, right, ours in list(zip(texts, gold, found, strict=True)):
        if options.errors and right != ours:
            options.errors -= 1
            print(text)
            print("   missed", [(text[a:b], kind) for a, b, kind in sorted(right - ours)])
            print("   false ", [(text[a:b], kind) for a, b, kind in sorted(ours - right)])


if __name__ == "__main__":
    main()
