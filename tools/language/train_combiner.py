"""Trains the combiner of the wrong-character checker on texts into which errors of input methods were put.

`python -m tools.language.train_combiner WORK`: WORK holds train.txt (laws that were not counted), docs.txt (openly
licensed manuals in Chinese, a paragraph a line: text that is far from laws) and words.npz. Errors: words for others of
the same sound by the square root of how common they are (60 %), characters for one another (37 %), two in the wrong
order (3 %). Writes resources/language/combiner.npz; calibrate.py puts the thresholds in.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

from services.lexicon.segment import words
from services.proofing.characters.evidence import edits
from services.proofing.characters.tables import FIRST, FOLDER, LAST, Tables, open_tables

Floats = NDArray[np.float32]
CORRUPTED = 0.6  # share of sentences with an error
UNITS, NETWORKS, ROUNDS, BATCH = 32, 4, 12, 2048
SEED = 7


class Corruptor:
    """Puts the errors of people who type by sound, or read scans, into sentences."""

    def __init__(self, tables: Tables, work: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.table = tables.confusables
        listed = np.load(work / "words.npz")
        self.log = dict(zip(listed["words"].tolist(), listed["log"].tolist(), strict=True))
        self.alike: dict[str, list[str]] = defaultdict(list)
        for word in self.log:
            if len(word) > 1:
                self.alike[" ".join(lazy_pinyin(word))].append(word)

    def corrupt(self, text: str) -> str:
        if self.random.random() > CORRUPTED:
            return text
        for _ in range(8):
            kind = self.random.random()
            wrong = self._word(text) if kind < 0.6 else self._character(text) if kind < 0.97 else self._order(text)
            if wrong != text:
                return wrong
        return text

    def _word(self, text: str) -> str:
        parts = words(text)
        at = self.random.randrange(len(parts))
        word = parts[at]
        others = [
            one for one in self.alike.get(" ".join(lazy_pinyin(word)), ()) if one != word and len(one) == len(word)
        ]
        if len(word) < 2 or not others:
            return text
        new = self.random.choices(others, [10 ** (self.log[one] / 2) for one in others])[0]
        return "".join([*parts[:at], new, *parts[at + 1 :]])

    def _character(self, text: str) -> str:
        at = self.random.randrange(len(text))
        code = ord(text[at])
        if not FIRST <= code <= LAST:
            return text
        part = slice(int(self.table.starts[code - FIRST]), int(self.table.starts[code - FIRST + 1]))
        codes, kinds = self.table.codes[part], self.table.kinds[part]
        if not len(codes):
            return text
        share = np.where(kinds & 1, 1.0, np.where(kinds & 4, 0.3, 0.25)) * 10.0 ** (0.7 * self.table.common[codes])
        new = self.random.choices(codes.tolist(), share.tolist())[0]
        return text[:at] + chr(new) + text[at + 1 :]

    def _order(self, text: str) -> str:
        at = self.random.randrange(max(1, len(text) - 1))
        pair = text[at : at + 2]
        if len(pair) < 2 or not all(FIRST <= ord(c) <= LAST for c in pair):
            return text
        return text[:at] + pair[::-1] + text[at + 2 :]


def sentences(path: Path, size: int) -> list[str]:
    """Sentences of at most 120 characters, `size` characters together."""
    found: list[str] = []
    for paragraph in path.read_text("utf-8").split("\n"):
        for sentence in paragraph.replace("。", "。\n").replace("；", "；\n").split("\n"):
            if 8 <= len(sentence) <= 120:
                found.append(sentence)
                size -= len(sentence)
        if size < 0:
            break
    return found


def examples(right: Sequence[str], wrong: Sequence[str], tables: Tables) -> tuple[Floats, NDArray[np.bool_]]:
    """Evidence of all edits of the wrong sentences, and which of them put things right."""
    text, truth = "\n".join(wrong), "\n".join(right)
    evidence, gold = [], []
    for start in range(0, len(text), 20_000):
        part, true = text[start : start + 20_000], truth[start : start + 20_000]
        found = edits(part, tables, np.ones(len(part), bool))
        codes = np.array([min(ord(c), 0xFFFF) for c in true] + [0])
        old = np.array([min(ord(c), 0xFFFF) for c in part] + [0])
        hit = (codes[found.at] == found.new[:, 0]) & (codes[found.at] != old[found.at])
        two = found.size == 2
        hit &= ~two | (codes[found.at + 1] == found.new[:, 1]) & (codes[found.at + 1] != old[found.at + 1])
        evidence.append(found.evidence)
        gold.append(hit)
    return np.concatenate(evidence), np.concatenate(gold)


def trained(rows: Floats, gold: Floats, weight: Floats, seed: int) -> dict[str, Floats]:
    """One network: weighted logistic loss, Adam with decay, by hand."""
    random_ = np.random.default_rng(seed)
    width = rows.shape[1]
    shape = {"hidden": (width, UNITS), "hidden_bias": (UNITS,), "out": (UNITS,), "straight": (width,), "bias": ()}
    value = {name: np.zeros(size, np.float32) for name, size in shape.items()}
    value["hidden"] = random_.normal(0, 0.5 / np.sqrt(width), (width, UNITS)).astype(np.float32)
    value["out"] = random_.normal(0, 0.1, UNITS).astype(np.float32)
    first = {name: np.zeros_like(array) for name, array in value.items()}
    second = {name: np.zeros_like(array) for name, array in value.items()}
    step = 0
    for turn in range(ROUNDS):
        order = random_.permutation(len(rows))
        rate = 5e-3 * (1 - turn / ROUNDS) + 1e-4
        for start in range(0, len(order), BATCH):
            at = order[start : start + BATCH]
            x, y, w = rows[at], gold[at], weight[at]
            units = np.tanh(x @ value["hidden"] + value["hidden_bias"])
            score = units @ value["out"] + x @ value["straight"] + value["bias"]
            error = (1 / (1 + np.exp(-np.clip(score, -30, 30))) - y) * w / len(at)
            back = np.outer(error, value["out"]) * (1 - units**2)
            slope = {
                "hidden": x.T @ back,
                "hidden_bias": back.sum(0),
                "out": units.T @ error,
                "straight": x.T @ error,
                "bias": np.asarray(error.sum(), np.float32),
            }
            step += 1
            for name, gradient in slope.items():
                first[name] = 0.9 * first[name] + 0.1 * gradient
                second[name] = 0.999 * second[name] + 0.001 * gradient**2
                move = first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8)
                value[name] = (value[name] - rate * (move + 0.02 * value[name])).astype(np.float32)
    return value


def fit(rows: Floats, gold: NDArray[np.bool_], path: Path, weight: Floats | None = None) -> None:
    mean, scale = rows.mean(0), rows.std(0) + 1e-3
    normal = ((rows - mean) / scale).astype(np.float32)
    weight = np.ones(len(rows), np.float32) if weight is None else weight
    networks = [trained(normal, gold.astype(np.float32), weight, SEED + seed) for seed in range(NETWORKS)]
    stacked = {name: np.stack([network[name] for network in networks]) for name in networks[0]}
    np.savez(path, mean=mean, scale=scale, **stacked, likely=np.float32(2.0), hint=np.float32(0.0))


def main(work: Path) -> None:
    tables = open_tables(trained=False)
    corruptor = Corruptor(tables, work, SEED)
    parts = []
    for name, size in (("train", 250_000), ("docs", 350_000)):
        right = sentences(work / f"{name}.txt", size)
        wrong = [corruptor.corrupt(sentence) for sentence in right]
        keep = [i for i in range(len(right)) if len(right[i]) == len(wrong[i])]
        rows, gold = examples([right[i] for i in keep], [wrong[i] for i in keep], tables)
        changed = sum(a != b for i in keep for a, b in zip(right[i], wrong[i], strict=True))
        print(name, len(keep), "sentences", changed, "wrong", len(rows), "edits", int(gold.sum()), "right", flush=True)
        parts.append((rows, gold))
        np.savez(work / f"rows_{name}.npz", rows=rows, gold=gold)
    fit(np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts]), FOLDER / "combiner.npz")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
