"""How well wrong characters are found: corrections, false alarms, speed. Never run by pytest.

`.venv/bin/python -m tests.bench.bench_characters CORPORA` prints the figures of docs/benchmarks-language.md. With
`--calibrate` it first sets the thresholds in resources/language/combiner.npz, from clean text alone: the even
sentences of the clean news and every fourth held-out paragraph of the laws; the others are the final check. CORPORA
holds the development corpora (not part of the project). Every text is tagged first, as at the desk: names are left
alone.
"""

import json
import lzma
import sys
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from models.values.article_text import FlatText
from models.values.finding import Finding, Tier
from services.proofing.characters import check
from services.proofing.characters import tables as tables_module
from services.proofing.characters.choose import chosen
from services.proofing.characters.tables import FOLDER, open_tables
from services.proofing.characters.weigh import weighed
from services.proofing.contract import ProofContext, RuleTable
from services.proofing.packs import load_rules
from services.proofing.proof import proof
from services.proofing.read import read
from services.tagging.tag import tag_many
from tests.bench.bench_house import learned, rows
from tools.language.count_laws import HELD, paragraphs, taken

LIKELY_PER_10K, HINT_PER_10K = 2.5, 15.0  # before restraint.py holds edits back: about 1.3 are left
SPEED_CHARACTERS = 10_000
RULES = load_rules()
ALONE = RuleTable(rules=tuple(rule for rule in RULES.rules if rule.id == check.RULE), report=RULES.report)
OTHERS = RuleTable(rules=tuple(rule for rule in RULES.rules if rule.id != check.RULE), report=RULES.report)
TOGETHER = 10  # texts that are checked in one go: only the checker, which hardly looks beyond a line


def pairs(path: Path) -> list[tuple[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [(row["text"], row["correct"]) for row in rows]


def contexts(texts: Sequence[str]) -> list[ProofContext]:
    return [ProofContext(mentions=mentions) for mentions in tag_many([FlatText.plain(text) for text in texts])]


def joined(texts: Sequence[str], known: Sequence[ProofContext]) -> Iterator[tuple[str, ProofContext]]:
    """Texts as lines of longer ones, with their mentions."""
    for start in range(0, len(texts), TOGETHER):
        at, mentions = 0, []
        for text, context in zip(texts[start : start + TOGETHER], known[start : start + TOGETHER], strict=True):
            mentions += [replace(one, start=one.start + at, end=one.end + at) for one in context.mentions]
            at += len(text) + 1
        yield "\n".join(texts[start : start + TOGETHER]), ProofContext(mentions=tuple(mentions))


def checked(texts: Sequence[str], known: Sequence[ProofContext]) -> list[list[Finding]]:
    """The checker's findings, text by text."""
    found: list[list[Finding]] = []
    for text, context in joined(texts, known):
        starts = [0]
        for line in text.split("\n"):
            found.append([])
            starts.append(starts[-1] + len(line) + 1)
        for one in proof(FlatText.plain(text), ALONE, context):
            line = bisect_right(starts, one.start) - 1
            place = len(found) - (len(starts) - 1) + line
            found[place].append(replace(one, start=one.start - starts[line], end=one.end - starts[line]))
    return found


def characters_fixed(findings: Iterable[Finding]) -> list[Finding]:
    """What changes characters and nothing else, without overlaps, the surer first."""
    taken_: set[int] = set()
    kept = []
    for one in sorted(findings, key=lambda one: one.tier.rank):
        fix = one.suggestions[0] if one.suggestions else ""
        changed = [(a, b) for a, b in zip(one.text, fix, strict=False) if a != b]
        if one.tier is Tier.HINT or len(fix) != len(one.text) or not changed:
            continue
        if all("一" <= c <= "鿿" for pair in changed for c in pair) and taken_.isdisjoint(range(one.start, one.end)):
            taken_.update(range(one.start, one.end))
            kept.append(one)
    return kept


def corrected(text: str, findings: Iterable[Finding]) -> str:
    made = list(text)
    for one in characters_fixed(findings):
        made[one.start : one.end] = one.suggestions[0]
    return "".join(made)


def both(texts: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """The texts as the checker alone would have them, and as all rules would."""
    known = contexts(texts)
    found = checked(texts, known)
    yield "checker alone", [corrected(text, its) for text, its in zip(texts, found, strict=True)]
    for at, (text, context) in enumerate(zip(texts, known, strict=True)):
        found[at] += proof(FlatText.plain(text), OTHERS, context)
    yield "with all rules", [corrected(text, its) for text, its in zip(texts, found, strict=True)]


def corrections(name: str, rows: Sequence[tuple[str, str]]) -> None:
    """Strict, by sentence: a sentence counts as right only when all of it is as it should be."""
    for label, made in both([text for text, _ in rows]):
        changed = sum(new != text for new, (text, _) in zip(made, rows, strict=True))
        wrong = sum(text != truth for text, truth in rows)
        right = sum(text != truth and new == truth for new, (text, truth) in zip(made, rows, strict=True))
        precision, recall = 100 * right / max(1, changed), 100 * right / max(1, wrong)
        score = 200 * right / (changed + wrong)
        print(f"{name}, {label}: F1 {score:.1f} (precision {precision:.1f}, recall {recall:.1f})", flush=True)


def halves(name: str, rows_: Sequence[tuple[str, str]]) -> None:
    """The half that was looked at while the checker was made, and the one that was kept back."""
    corrections(f"{name}, development half (even)", rows_[::2])
    corrections(f"{name}, kept back (odd)", rows_[1::2])


def house(name: str, texts: Sequence[str]) -> None:
    """Learns from the even texts and corrects the odd ones, into which errors were put."""
    tables = open_tables()
    typed = rows(texts[1::2], tables.confusables)
    corrections(f"house text ({name}), before learning", typed)
    taught = learned(tables, texts[::2])
    usual = tables_module.in_use
    tables_module.in_use = lambda: taught
    try:
        corrections(f"house text ({name}), learned from {sum(map(len, texts[::2])):,} characters", typed)
        false_alarms(f"house text ({name}), as it should be", [right for _, right in typed])
    finally:
        tables_module.in_use = usual


def false_alarms(name: str, texts: Sequence[str]) -> None:
    for label, made in both(texts):
        changed = sum(a != b for new, text in zip(made, texts, strict=True) for a, b in zip(new, text, strict=True))
        size = sum(map(len, texts))
        print(f"{name}, {label}: {changed * 10_000 / size:.2f} per 10,000 ({changed} in {size:,})", flush=True)


def calibrate(parts: Sequence[Sequence[str]]) -> None:
    """The lowest thresholds that give no more false alarms than allowed on any of the clean texts."""
    tables = open_tables()
    assert tables.combiners is not None
    likely, hint = [], []
    for texts in parts:
        scores: list[float] = []
        for text, context in joined(texts, contexts(texts)):
            reading = read(FlatText.plain(text), context)
            free = np.ones(len(reading.text), bool)
            for start, end in check.left_alone(reading):
                free[start:end] = False
            result = weighed(reading.text, tables, tables.combiners, free)
            for row in chosen(result.edits, result.score, -2.0):
                scores += [float(result.score[row])] * int(result.edits.size[row])
        scores.sort(reverse=True)
        size = sum(map(len, texts)) / 10_000
        likely.append(scores[min(int(LIKELY_PER_10K * size), len(scores) - 1)])
        hint.append(scores[min(int(HINT_PER_10K * size), len(scores) - 1)])
    with np.load(FOLDER / "combiner.npz") as file:
        arrays = dict(file)
    arrays |= {"likely": np.float32(max(likely) + 1e-3), "hint": np.float32(max(hint))}
    np.savez(FOLDER / "combiner.npz", **arrays)
    print(f"thresholds: likely {likely} → {max(likely):.2f}, hint {hint} → {max(hint):.2f}")


def speed(name: str, texts: Sequence[str]) -> None:
    text = "\n".join(texts)[:SPEED_CHARACTERS]
    times = []
    for _ in range(5):
        started = time.process_time()
        proof(FlatText.plain(text), ALONE)
        times.append(time.process_time() - started)
    paragraph = max((line for line in text.split("\n")), key=len)
    started = time.process_time()
    for _ in range(5):
        proof(FlatText.plain(paragraph), ALONE)
    once = (time.process_time() - started) / 5
    print(f"{name}: {len(text):,} characters in {min(times):.2f} s, a paragraph of {len(paragraph)} in {once:.3f} s")


def main(corpora: Path, *, calibrated: bool) -> None:
    """Prints all figures."""
    started = time.perf_counter()
    open_tables()
    print(f"opening: {time.perf_counter() - started:.3f} s")
    news = [text for _, text in pairs(corpora / "clean_xxqg_dev.jsonl.xz")]
    laws = taken(paragraphs(corpora / "laws.txt.xz"), HELD)
    if calibrated:
        calibrate((news[::2], laws[::4]))
        raise SystemExit("thresholds set; run again without --calibrate")
    speed("news", news)
    speed("laws", laws)
    false_alarms("clean news used for the threshold", news[::2])
    false_alarms("clean news, final check", news[1::2])
    false_alarms("laws, final check", [text for at, text in enumerate(laws) if at % 4])
    halves("typos, official and news text", pairs(corpora / "typos_textproof_dev.jsonl.xz"))
    halves("typos, learners", pairs(corpora / "typos_sighan15_dev.jsonl.xz"))
    halves("的地得", [(a.replace("\n", " "), b.replace("\n", " ")) for a, b in pairs(corpora / "de_dev.jsonl.xz")])
    house("clean news", news)
    house("laws", laws)


if __name__ == "__main__":
    main(Path(sys.argv[1]), calibrated="--calibrate" in sys.argv)
