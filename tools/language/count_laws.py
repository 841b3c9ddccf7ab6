"""Counts runs of characters in laws and regulations (official texts, no copyright: Copyright Law of China, art. 5).

`python -m tools.language.count_laws LAWS.txt.xz WORK`: writes resources/language/laws.npy, the counts of single
characters to WORK, and to WORK the two parts that are never counted: held.txt (500,000 characters, for measuring) and
train.txt (600,000, for training the combiner). Takes a minute and 2 GB of memory.
"""

import hashlib
import lzma
import sys
from pathlib import Path

import numpy as np

from services.config.paths import RESOURCES
from services.proofing.characters.hashed import build
from services.proofing.characters.ngrams import LONGEST, codes, keys_of, packed, runs

HELD = 500_000
TRAIN = 600_000
LEAST = {2: 1, 3: 2, 4: 2, 5: 3}  # runs seen more rarely are left out
LOAD = 0.94


def paragraphs(path: Path) -> list[str]:
    """The paragraphs without repetition, in an order that only depends on their words."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        found = dict.fromkeys(line.strip() for line in lines)
    chinese = [line for line in found if len(line) >= 8 and 2 * sum("一" <= c <= "鿿" for c in line) >= len(line)]
    return sorted(chinese, key=lambda line: hashlib.blake2b(line.encode(), digest_size=8).digest())


def taken(lines: list[str], size: int) -> list[str]:
    """The last paragraphs with `size` characters together; they are taken away from the list."""
    part: list[str] = []
    while size > 0:
        part.append(lines.pop())
        size -= len(part[-1])
    return part


def main(source: Path, work: Path) -> None:
    lines = paragraphs(source)
    for name, size in (("held", HELD), ("train", TRAIN)):
        (work / f"{name}.txt").write_text("\n".join(taken(lines, size)), "utf-8")
    text = codes("\n".join(lines))
    np.save(work / "single.npy", np.bincount(text, minlength=0x10000).astype(np.float32))
    keys, counts = [], []
    for length in range(2, LONGEST + 1):
        key, count = np.unique(keys_of(runs(text, length)), return_counts=True)
        keep = count >= LEAST[length]
        keys.append(key[keep])
        counts.append(count[keep])
        print(length, len(key), int(keep.sum()))
    table = build(np.concatenate(keys), packed(np.concatenate(counts))[:, None], LOAD)
    table.save(RESOURCES / "language" / "laws.npy")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
