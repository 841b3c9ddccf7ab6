"""Weighs the evidence of an edit: small networks, one layer of units beside a straight line. High: rather an error."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.proofing.characters.arrays import archived

Floats = NDArray[np.float32]

ARRAYS = ("mean", "scale", "hidden", "hidden_bias", "out", "straight", "bias")


@dataclass(frozen=True, slots=True)
class Combiner:
    """Several networks of one shape, whose scores are averaged: arrays have the number of networks as first axis."""

    mean: Floats  # of each kind of evidence
    scale: Floats
    hidden: Floats  # (networks, evidence, units)
    hidden_bias: Floats
    out: Floats  # (networks, units)
    straight: Floats  # (networks, evidence)
    bias: Floats  # (networks,)

    @classmethod
    def of(cls, arrays: Mapping[str, Any], prefix: str) -> "Combiner":
        """Raises KeyError."""
        return cls(*(arrays[f"{prefix}_{name}"] for name in ARRAYS))

    def score(self, evidence: Floats) -> Floats:
        """Log odds that each row is an error and its edit the right one."""
        rows = ((evidence - self.mean) / self.scale).astype(np.float32)
        total = np.zeros(len(rows), np.float32)
        for at in range(len(self.bias)):
            units = np.tanh(rows @ self.hidden[at] + self.hidden_bias[at])
            total += units @ self.out[at] + rows @ self.straight[at] + self.bias[at]
        return total / np.float32(max(1, len(self.bias)))


@dataclass(frozen=True, slots=True)
class Combiners:
    """The first weighs every edit, the second, with a dictionary's evidence, those that are worth it."""

    first: Combiner
    second: Combiner
    likely: float  # thresholds of the second score
    hint: float

    @classmethod
    def open(cls, path: Path) -> "Combiners":
        """Raises OSError, ValueError, KeyError or BadZipFile."""
        arrays = archived(path)
        first, second = Combiner.of(arrays, "first"), Combiner.of(arrays, "second")
        return cls(first, second, likely=float(arrays["likely"]), hint=float(arrays["hint"]))
