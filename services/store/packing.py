"""What many articles are entered under, computed by the thousand: the same words as services/store/search.tokens gives.

Pairs are numbered, made single and spelled by numpy; a test holds both ways equal. Loaded for work in bulk only.
"""

from collections.abc import Sequence

import numpy as np

DIGITS = b"0123456789abcdefghijklmnopqrstuv"
_NUMBERS = np.arange(1 << 15)
_DIGIT = np.frombuffer(DIGITS, np.uint8)
# each number of a pair spelled with three digits and a blank, as four bytes
SPELLED = np.stack(
    [_DIGIT[_NUMBERS >> 10], _DIGIT[_NUMBERS >> 5 & 31], _DIGIT[_NUMBERS & 31], np.full(1 << 15, 32, np.uint8)], axis=1
)


def packed(squeezed: Sequence[str], marks: dict[int, str]) -> str:
    """The body of an article's row in the index from its squeezed parts; no pair runs over the end of a part."""
    codes = np.frombuffer("\0".join(squeezed).encode("utf-32-le", "surrogatepass"), np.uint32)
    held = np.zeros(1 << 15, np.bool_)
    if len(codes) > 1:
        first, second = codes[:-1].astype(np.int64), codes[1:].astype(np.int64)
        pairs = (first * 7919 + second * 104729) & 0x7FFF
        held[pairs[(first != 0) & (second != 0)]] = True
    singles = set("".join(squeezed))
    words = SPELLED[np.flatnonzero(held)].tobytes().decode("ascii")
    return words + " ".join("".join(singles).translate(marks))
