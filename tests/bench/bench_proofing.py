"""How well proofing does: false alarms on clean text, recall on errors, speed. Never run by pytest.

`.venv/bin/python -m tests.bench.bench_proofing CORPORA`, where CORPORA holds the development corpora (not part of the
project): clean_xxqg_dev.jsonl.xz, laws.txt.xz, typos_textproof_dev.jsonl.xz, de_dev.jsonl.xz.
"""

import json
import lzma
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from models.values.article_text import FlatText
from models.values.finding import Finding, Tier
from services.proofing.packs import load_rules
from services.proofing.proof import proof

RULES = load_rules()
LAW_CHARACTERS = 500_000
SPEED_CHARACTERS = 10_000
TRUE_FAMILIES = ("widths",)  # the corpora themselves hold marks of half width: those findings are right


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["text"], row["correct"]


def laws(path: Path, every: int) -> list[str]:
    """Every n-th paragraph, up to LAW_CHARACTERS."""
    found: list[str] = []
    size = 0
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every == 0:
                found.append(line.strip())
                size += len(found[-1])
            if size > LAW_CHARACTERS:
                break
    return found


def counted(texts: Sequence[str]) -> tuple[int, Counter[tuple[Tier, str]]]:
    counts: Counter[tuple[Tier, str]] = Counter()
    for text in texts:
        counts.update((finding.tier, finding.rule) for finding in proof(FlatText.plain(text), RULES))
    return sum(map(len, texts)), counts


def false_alarms(name: str, texts: Sequence[str]) -> None:
    size, counts = counted(texts)
    print(f"{name}: {size:,} characters")
    for tier in Tier:
        of_tier = {rule: count for (its, rule), count in counts.items() if its is tier}
        others = {rule: n for rule, n in of_tier.items() if rule.partition(".")[0] not in TRUE_FAMILIES}
        most = ", ".join(f"{rule} {n}" for rule, n in sorted(others.items(), key=lambda one: -one[1])[:6])
        print(f"  {tier}: {sum(others.values()) * 10_000 / size:.2f} per 10,000 without widths ({most})")


def _changed(text: str, correct: str) -> list[int]:
    return [i for i, (a, b) in enumerate(zip(text, correct, strict=False)) if a != b]


def recall(name: str, rows: Sequence[tuple[str, str]]) -> None:
    """Errors touched by a certain or likely finding, and whether its fix is the right one; same-length pairs only."""
    errors = found = fixed = 0
    for text, correct in rows:
        if len(text) != len(correct):
            continue
        findings = [one for one in proof(FlatText.plain(text), RULES) if one.tier is not Tier.HINT]
        for at in _changed(text, correct):
            errors += 1
            touching = [one for one in findings if one.start <= at < one.end and one.rule.partition(".")[0] != "widths"]
            found += bool(touching)
            fixed += any(_heals(one, correct) for one in touching)
    print(f"{name}: {errors} wrong characters, {found} found ({found / errors:.1%}), {fixed} with the right fix")


def _heals(finding: Finding, correct: str) -> bool:
    return correct[finding.start : finding.end] in finding.suggestions


def speed(name: str, texts: Sequence[str]) -> None:
    """All rules with both checkers: a text of SPEED_CHARACTERS, and paragraphs as they are edited."""
    text = "\n".join(texts)[:SPEED_CHARACTERS]
    times = []
    for _ in range(5):
        started = time.process_time()
        proof(FlatText.plain(text), RULES)
        times.append(time.process_time() - started)
    print(f"speed, {name}: {len(text):,} characters in {min(times):.3f} s on one core, {len(RULES.rules)} rules")
    paragraphs = [line for line in texts if 120 <= len(line) <= 170][:20]
    each = []
    for line in paragraphs:
        started = time.process_time()
        proof(FlatText.plain(line), RULES)
        each.append(1000 * (time.process_time() - started))
    if each:
        middle = sorted(each)[len(each) // 2]
        print(f"  a paragraph of 120 to 170 characters: {middle:.0f} ms, at most {max(each):.0f} ms (of {len(each)})")


def main(corpora: Path) -> None:
    """Prints all figures."""
    news = [text for text, _ in pairs(corpora / "clean_xxqg_dev.jsonl.xz")]
    false_alarms("clean news", news)
    texts = laws(corpora / "laws.txt.xz", every=23)
    false_alarms("laws", texts)
    recall("typos, official and news text", list(pairs(corpora / "typos_textproof_dev.jsonl.xz")))
    recall("的地得", list(pairs(corpora / "de_dev.jsonl.xz")))
    speed("news", news)
    speed("laws", texts)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
