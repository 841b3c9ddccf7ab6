"""Words as the search compares them, and the quick look whether a stored text may hold them."""

import re
from collections.abc import Callable
from functools import lru_cache


def squeeze(words: str) -> str:
    """Without blanks and case: what is compared."""
    return "".join(words.split()).casefold()


def holds(words: str, sought: str) -> bool:
    """Whether the JSON of an article may hold what is sought (squeezed): wrong only where it says yes.

    SQLite calls it for every row that the index names, thousands of times for a rare pair of characters: blanks are
    part of the pattern, since to look for them first took three times as long.
    """
    found = _pattern(sought)
    if found is None:
        return sought in words or "\\" in words or sought in squeeze(words)
    return found(words) is not None or "\\" in words


@lru_cache(maxsize=64)
def _pattern(sought: str) -> Callable[[str], re.Match[str] | None] | None:
    """Looks for the characters with blanks between them; None where case may matter."""
    if min(sought) < "\u2e80" or sought.upper() != sought.lower():  # no folding of another character ends in the rest
        return None
    return re.compile(r"\s*".join(map(re.escape, sought))).search
