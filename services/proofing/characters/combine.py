"""Weighs the evidence of an edit: a small network, one layer of units beside a straight line. High: rather an error."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


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
    likely: float  # thresholds of the score
    hint: float

    @classmethod
    def open(cls, path: Path) -> "Combiner":
        """Raises OSError, ValueError, KeyError or BadZipFile."""
        with path.open("rb") as source, np.load(source, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        likely, hint = float(arrays.pop("likely")), float(arrays.pop("hint"))
        names = ("mean", "scale", "hidden", "hidden_bias", "out", "straight", "bias")
        mean, scale, hidden, hidden_bias, out, straight, bias = (arrays[name] for name in names)
        return cls(mean, scale, hidden, hidden_bias, out, straight, bias, likely, hint)

    @classmethod
    def none(cls) -> "Combiner":
        """One that has learned nothing: every score is 0."""
        nothing = np.zeros((0, 0), np.float32)
        one = np.ones(1, np.float32)
        return cls(0 * one, one, nothing, nothing, nothing, nothing, np.zeros(0, np.float32), likely=1.0, hint=1.0)

    def score(self, evidence: Floats) -> Floats:
        """Log odds that each row is an error and its edit the right one."""
        rows = ((evidence - self.mean) / self.scale).astype(np.float32)
        total = np.zeros(len(rows), np.float32)
        for at in range(len(self.bias)):
            units = np.tanh(rows @ self.hidden[at] + self.hidden_bias[at])
            total += units @ self.out[at] + rows @ self.straight[at] + self.bias[at]
        return total / np.float32(max(1, len(self.bias)))
