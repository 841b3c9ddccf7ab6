"""Offsets: code points below the window, UTF-16 units inside Qt. This is the only place where one becomes the other."""

from bisect import bisect_left


class Utf16Map:
    """Maps positions of one text both ways. Costs one pass over the text, and nothing where all is in the BMP."""

    __slots__ = ("_astral", "_units")

    def __init__(self, text: str) -> None:
        wide = not text.isascii() and max(text) > "\uffff"
        self._astral = [at for at, mark in enumerate(text) if mark > "\uffff"] if wide else []
        self._units = [at + index for index, at in enumerate(self._astral)]

    def to_qt(self, offset: int) -> int:
        """UTF-16 units before the code point at `offset`."""
        return offset + bisect_left(self._astral, offset) if self._astral else offset

    def to_points(self, position: int) -> int:
        """Code points before a UTF-16 position; the middle of a pair counts as behind it."""
        return position - bisect_left(self._units, position) if self._units else position


def utf16_length(text: str) -> int:
    return Utf16Map(text).to_qt(len(text)) if text else 0
