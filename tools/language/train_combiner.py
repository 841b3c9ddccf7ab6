"""Trains the combiner of the wrong-character checker on texts into which errors of input methods were put.

`python -m tools.language.train_combiner WORK`: WORK holds train.txt (laws that were not counted), docs.txt (openly
licensed manuals in Chinese, a paragraph a line: text that is far from laws), docs2.txt (stories and more) and
words.npz. Errors: words for others of
the same sound by the square root of how common they are (45 %), characters for one another (33 %), those that everybody
mixes up (18 %), two in the wrong order (4 %). Writes resources/language/combiner.npz; `bench_characters --calibrate`
puts the thresholds in.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

from services.lexicon.segment import words
from services.proofing.characters.combine import ARRAYS, Combiner
from services.proofing.characters.evidence import Edits, edits
from services.proofing.characters.often import often
from services.proofing.characters.tables import FIRST, FOLDER, LAST, Tables, open_tables
from services.proofing.characters.weigh import WORTH_IT, looked_twice

Floats = NDArray[np.float32]
CORRUPTED = 0.6  # share of sentences with an error
BATCH = 2048
SEED = 7
WORDS, CHARACTERS, OFTEN = 0.45, 0.78, 0.96  # kinds of errors: up to this share
SECOND = 0.15  # share of wrong sentences that get another error


class Size(NamedTuple):
    units: int
    networks: int
    rounds: int


FIRST_LOOK, SECOND_LOOK = Size(16, 2, 10), Size(8, 5, 12)
Part = tuple[str, Edits, NDArray[np.bool_]]


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
            wrong = (
                self._word(text) if kind < WORDS
                else self._character(text) if kind < CHARACTERS
                else self._often(text) if kind < OFTEN
                else self._order(text)
            )  # fmt: skip
            if wrong != text:
                return self.corrupt(wrong) if self.random.random() < SECOND else wrong
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

    def _often(self, text: str) -> str:
        own, other = often()
        at = self.random.randrange(len(text))
        for place in (*range(at, len(text)), *range(at)):
            choices = other[own == ord(text[place])]
            if len(choices):
                return text[:place] + chr(int(self.random.choice(choices.tolist()))) + text[place + 1 :]
        return text

    def _order(self, text: str) -> str:
        at = self.random.randrange(max(1, len(text) - 1))
        pair = text[at : at + 2]
        if len(pair) < 2 or not all(FIRST <= ord(c) <= LAST for c in pair):
            return text
        return text[:at] + pair[::-1] + text[at + 2 :]


def is_simplified(text: str) -> bool:
    """Whether all its Han characters are in GB 2312."""
    return not any(FIRST <= ord(c) <= LAST and not c.encode("gb2312", "ignore") for c in text)


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


def found_in(right: Sequence[str], wrong: Sequence[str], tables: Tables) -> Iterator[Part]:
    """All edits of the wrong sentences, and which of them put things right, some hundred sentences at a time."""
    for start in range(0, len(wrong), 400):
        text, truth = "\n".join(wrong[start : start + 400]), "\n".join(right[start : start + 400])
        found = edits(text, tables, np.ones(len(text), bool))
        codes = np.array([min(ord(c), 0xFFFF) for c in truth] + [0])
        old = np.array([min(ord(c), 0xFFFF) for c in text] + [0])
        gold = (codes[found.at] == found.new[:, 0]) & (codes[found.at] != old[found.at])
        two = found.size == 2
        gold &= ~two | (codes[found.at + 1] == found.new[:, 1]) & (codes[found.at + 1] != old[found.at + 1])
        yield text, found, gold


def trained(rows: Floats, gold: Floats, size: Size, seed: int) -> dict[str, Floats]:
    """One network: logistic loss, Adam with decay, by hand."""
    random_ = np.random.default_rng(seed)
    width = rows.shape[1]
    shape: dict[str, tuple[int, ...]] = {
        "hidden": (width, size.units),
        "hidden_bias": (size.units,),
        "out": (size.units,),
        "straight": (width,),
        "bias": (),
    }
    value = {name: np.zeros(size, np.float32) for name, size in shape.items()}
    value["hidden"] = random_.normal(0, 0.5 / np.sqrt(width), (width, size.units)).astype(np.float32)
    value["out"] = random_.normal(0, 0.1, size.units).astype(np.float32)
    first = {name: np.zeros_like(array) for name, array in value.items()}
    second = {name: np.zeros_like(array) for name, array in value.items()}
    step = 0
    for turn in range(size.rounds):
        order = random_.permutation(len(rows))
        rate = 5e-3 * (1 - turn / size.rounds) + 1e-4
        for start in range(0, len(order), BATCH):
            at = order[start : start + BATCH]
            x, y = rows[at], gold[at]
            units = np.tanh(x @ value["hidden"] + value["hidden_bias"])
            score = units @ value["out"] + x @ value["straight"] + value["bias"]
            error = (1 / (1 + np.exp(-np.clip(score, -30, 30))) - y) / len(at)
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


def fit(rows: Floats, gold: NDArray[np.bool_], size: Size) -> dict[str, Floats]:
    """The arrays of a Combiner."""
    mean, scale = rows.mean(0), rows.std(0) + 1e-3
    normal = ((rows - mean) / scale).astype(np.float32)
    networks = [trained(normal, gold.astype(np.float32), size, SEED + seed) for seed in range(size.networks)]
    stacked = {name: np.stack([network[name] for network in networks]) for name in networks[0]}
    return {"mean": mean, "scale": scale, **stacked}


def both_halves(parts: Sequence[Part]) -> tuple[dict[str, Floats], list[Part]]:
    """The first combiner, learned in two halves; and the parts as the half that did not see them finds them."""
    halves = [
        fit(np.concatenate([p[1].evidence for p in half]), np.concatenate([p[2] for p in half]), FIRST_LOOK)
        for half in (parts[1::2], parts[::2])
    ]
    second: list[Part] = []
    for number, (text, found, gold) in enumerate(parts):
        half = Combiner(*(halves[number % 2][name] for name in ARRAYS))
        keep = half.score(found.evidence) > WORTH_IT
        second.append((text, looked_twice(text, found, half), gold[keep]))
    same = {name: (halves[0][name] + halves[1][name]) / 2 for name in ("mean", "scale")}
    for half in halves:  # to one mean and scale
        ratio = same["scale"] / half["scale"]
        shift = (same["mean"] - half["mean"]) / half["scale"]
        half["hidden_bias"] = half["hidden_bias"] + np.einsum("f,nfu->nu", shift, half["hidden"])
        half["bias"] = half["bias"] + half["straight"] @ shift
        half["hidden"], half["straight"] = half["hidden"] * ratio[:, None], half["straight"] * ratio
    joined = {name: np.concatenate([half[name] for half in halves]).astype(np.float32) for name in ARRAYS[2:]}
    return {**same, **joined}, second


def main(work: Path) -> None:
    tables = open_tables(trained=False)
    corruptor = Corruptor(tables, work, SEED)
    parts: list[Part] = []
    for name, size in (("train", 450_000), ("docs", 350_000), ("docs2", 300_000)):
        right = [sentence for sentence in sentences(work / f"{name}.txt", size) if is_simplified(sentence)]
        pairs = [(one, corruptor.corrupt(one)) for one in right]
        pairs = [(one, wrong) for one, wrong in pairs if len(one) == len(wrong)]
        these = list(found_in([p[0] for p in pairs], [p[1] for p in pairs], tables))
        print(name, len(pairs), sum(len(p[2]) for p in these), sum(int(p[2].sum()) for p in these), flush=True)
        parts += these
    first, second = both_halves(parts)
    rows, gold = np.concatenate([p[1].evidence for p in second]), np.concatenate([p[2] for p in second])
    last = fit(rows, gold, SECOND_LOOK)
    named = {f"first_{name}": array for name, array in first.items()}
    named |= {f"second_{name}": array for name, array in last.items()}
    np.savez(FOLDER / "combiner.npz", **named, likely=np.float32(2.0), hint=np.float32(0.5))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
