"""Of the edits that are likely enough, those that do not stand in each other's way."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from services.proofing.characters.evidence import Edits

Floats = NDArray[np.float32]


def chosen(edits: Edits, score: Floats, least: float) -> Iterator[int]:
    """Rows with a score of at least `least`, the highest first; none that touches or adjoins one taken before.

    Beside a wrong character its neighbours look wrong too: what adjoins a better edit is left for the next check.
    """
    rows = np.flatnonzero(score >= least)
    taken: set[int] = set()
    for row in rows[np.argsort(-score[rows], kind="stable")].tolist():
        start, size = int(edits.at[row]), int(edits.size[row])
        if taken.isdisjoint(range(start - 1, start + size + 1)):
            taken.update(range(start, start + size))
            yield row
