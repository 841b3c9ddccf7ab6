"""What many articles are entered under, computed by the thousand: the same words as services/store/search.tokens gives.

Pairs are numbered, made single and spelled by numpy; a test holds both ways equal. Loaded for work in bulk only.
"""

from collections.abc import Sequence

import numpy as np

from services.store.everywhere import EVERYWHERE

_NUMBERS = np.arange(1 << 16)
_DIGIT = np.frombuffer(b"01234567pqrstuvw", np.uint8)
# each number of a pair spelled with five digits and a blank, as six bytes
SPELLED = np.stack(
    [*(_DIGIT[_NUMBERS >> at & 7] for at in (0, 3, 6, 9)), _DIGIT[_NUMBERS >> 12], np.full(1 << 16, 32, np.uint8)],
    axis=1,
)


def packed(squeezed: Sequence[str], marks: dict[int, str]) -> str:
    """The body of an article's row in the index from its squeezed parts; no pair runs over the end of a part."""
    codes = np.frombuffer("\0".join(squeezed).encode("utf-32-le", "surrogatepass"), np.uint32)
    first, second = codes[:-1], codes[1:]  # numbers of 32 bits: what runs over is above the mask
    pairs = (first * np.uint32(7919) + second * np.uint32(104729)).astype(np.uint16)
    pairs = np.sort(pairs[(first != 0) & (second != 0)], kind="stable")
    once = np.ones(len(pairs), np.bool_)
    once[1:] = pairs[1:] != pairs[:-1]
    singles = set("".join(squeezed)) - EVERYWHERE
    words = SPELLED[pairs[once]].tobytes().decode("ascii")
    return words + " ".join("".join(singles).translate(marks))
