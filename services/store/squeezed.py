"""Words as the search compares them, and the quick look whether a stored text may hold them."""


def squeeze(words: str) -> str:
    """Without blanks and case: what is compared."""
    return "".join(words.split()).casefold()


def holds(words: str, sought: str) -> bool:
    """Whether the JSON of an article may hold what is sought (squeezed): wrong only where it says yes.

    SQLite calls it for every row that the index names, so it is short: characters without case are not folded.
    """
    if sought in words or "\\" in words:
        return True
    if min(sought) >= "\u2e80" and sought.upper() == sought.lower():  # no folding of another character ends in these
        pieces = words.split()
        return len(pieces) > 1 and sought in "".join(pieces)
    return sought in squeeze(words)
