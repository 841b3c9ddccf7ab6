"""What many articles are entered under, computed by the thousand: the same words as services/store/search.tokens gives.

Pairs are numbered, made single and spelled by numpy; a test holds both ways equal. Loaded for work in bulk only.
"""

from collections.abc import Sequence

import numpy as np

from services.store.everywhere import EVERYWHERE

_NUMBERS = np.arange(1 << 16)
_DIGIT = np.frombuffer(b"0123456789abcdef", np.uint8)
# each number of a pair spelled with four digits and a blank, as five bytes
SPELLED = np.stack(
    [*(_DIGIT[_NUMBERS >> shift & 15] for shift in (12, 8, 4, 0)), np.full(1 << 16, 32, np.uint8)], axis=1
)


def packed(squeezed: Sequence[str], marks: dict[int, str]) -> str:
    """The body of an article's row in the index from its squeezed parts; no pair runs over the end of a part."""
    codes = np.frombuffer("\0".join(squeezed).encode("utf-32-le", "surrogatepass"), np.uint32)
    held = np.zeros(1 << 16, np.bool_)
    if len(codes) > 1:
        first, second = codes[:-1].astype(np.int64), codes[1:].astype(np.int64)
        pairs = (first * 7919 + second * 104729) & 0xFFFF
        held[pairs[(first != 0) & (second != 0)]] = True
    singles = set("".join(squeezed)) - EVERYWHERE
    words = SPELLED[np.flatnonzero(held)].tobytes().decode("ascii")
    return words + " ".join("".join(singles).translate(marks))
