"""Edits of a text with a score each: the first look at all of them, the second at those that are worth it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.proofing.characters.combine import Combiner, Combiners
from services.proofing.characters.dictionary import second_look
from services.proofing.characters.evidence import Edits, edits, runner_up
from services.proofing.characters.tables import Tables

Floats = NDArray[np.float32]

WORTH_IT = -4.0  # first score of an edit that gets a second look


@dataclass(frozen=True, slots=True)
class Weighed:
    """Edits worth a second look, with their second score."""

    edits: Edits
    score: Floats


def looked_twice(text: str, found: Edits, first: Combiner) -> Edits:
    """The edits that the first combiner finds worth it, with all evidence."""
    score = first.score(found.evidence)
    keep = np.flatnonzero(score > WORTH_IT)
    at, size, new = found.at[keep], found.size[keep], found.new[keep]
    lead = (score - runner_up(found.at, score))[keep]
    evidence = np.concatenate(
        [found.evidence[keep], second_look(text, at, size, new), score[keep, None], lead[:, None]], axis=1
    )
    return Edits(at, size, new, evidence)


def weighed(text: str, tables: Tables, combiners: Combiners, free: NDArray[np.bool_]) -> Weighed:
    """Edits of characters that are free (one flag a code point)."""
    found = looked_twice(text, edits(text, tables, free), combiners.first)
    return Weighed(found, combiners.second.score(found.evidence))
