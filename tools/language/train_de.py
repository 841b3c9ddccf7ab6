"""Trains the model that tells 的, 地 and 得 apart, on texts that write them rightly.

`python -m tools.language.train_de LAWS.txt.xz TEXT ...`: laws and regulations (those kept for measuring are left out)
and further texts, a paragraph a line: openly licensed manuals and stories. Writes
resources/language/de.npz. Takes three minutes.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from services.proofing.characters.de import BITS, CODES, FILE, MARGIN, TRUST, features, line_of, numbers, places
from services.proofing.characters.tables import FOLDER, Tables, open_tables
from tools.language.count_laws import HELD, paragraphs, taken

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
EVERY = 25  # part of the laws that is learned from
RARE = 9_000  # further paragraphs with 地 or 得
BATCH = 2048
ROUNDS = 5
LAW_WEIGHT = 0.3
CLASS_WEIGHTS = (1.0, 4.0, 4.0)
DECAY = 1e-4
DROP = 0.5  # share of the features that is hidden while learning
LIKELY, HINT = -4.6, -6.0  # log odds; by the development half of clean news and of laws, not by wrong texts
SEED = 11


def rows_of(lines: Sequence[str], tables: Tables) -> tuple[Ints, Floats, Ints]:
    """Features, numbers and the right one of the three for each place."""
    parts = []
    for start in range(0, len(lines), 4000):
        text = "\n".join(lines[start : start + 4000])
        line = line_of(text)
        at = places(line)
        right = np.array([CODES.index(code) for code in line[at].tolist()])
        number = numbers(line, at, tables.words)
        parts.append((features(text, at - MARGIN, number.argmax(1)), number, right))
    joined = tuple(np.concatenate([part[number] for part in parts]) for number in range(3))
    return joined[0], joined[1], joined[2]


def trained(found: Ints, numbered: Floats, right: Ints, weight: Floats) -> Floats:
    """Weights beside the trigram's word, which is taken as it is, by AdaGrad on the logistic loss of three classes."""
    random = np.random.default_rng(SEED)
    size = 1 << BITS
    hashed, squares = np.zeros((size, 3), np.float32), np.full((size, 3), 0.05, np.float32)
    weight = (weight * np.array(CLASS_WEIGHTS)[right]).astype(np.float32)
    for turn in range(ROUNDS):
        order = random.permutation(len(right))
        rate = 0.06 * (1 - turn / ROUNDS) + 0.01
        for start in range(0, len(order), BATCH):
            at = order[start : start + BATCH]
            x = found[at]
            seen = random.random(x.shape) > DROP
            score = (hashed[x] * seen[:, :, None]).sum(1) / (1 - DROP) + TRUST * numbered[at]
            share = np.exp(score - score.max(1, keepdims=True))
            share /= share.sum(1, keepdims=True)
            share[np.arange(len(at)), right[at]] -= 1
            error = share * weight[at][:, None]
            rows = x[seen]
            slope = DECAY * len(at) * hashed
            for c in range(3):
                slope[:, c] += np.bincount(rows, np.broadcast_to(error[:, None, c], x.shape)[seen], size)
            squares += slope**2
            hashed -= rate * slope / np.sqrt(squares)
    return hashed


def saved(hashed: Floats, path: Path) -> None:
    """Weights of hashed features as signed bytes."""
    step = np.float32(np.abs(hashed).max() / 127)
    small = np.rint(hashed / step).astype(np.int8)
    np.savez_compressed(path, hashed=small, step=step, likely=np.float32(LIKELY), hint=np.float32(HINT))


def main(source: Path, others: Sequence[Path]) -> None:
    tables = open_tables(trained=False)
    lines = paragraphs(source)
    taken(lines, HELD)
    some = lines[::EVERY] + [line for line in lines[1::8] if "地" in line or "得" in line][:RARE]
    laws = rows_of(_asking(some), tables)
    more = rows_of(_asking([line for path in others for line in path.read_text("utf-8").split("\n")]), tables)
    weight = np.concatenate([np.full(len(laws[2]), LAW_WEIGHT), np.ones(len(more[2]))]).astype(np.float32)
    joined = [np.concatenate([a, b]) for a, b in zip(laws, more, strict=True)]
    print([[int((part[2] == one).sum()) for one in range(3)] for part in (laws, more)], flush=True)
    saved(trained(joined[0], joined[1], joined[2], weight), FOLDER / FILE)


def _asking(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if any(chr(code) in line for code in CODES)]


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
