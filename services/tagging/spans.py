"""Spans that are taken. In: spans, one after another. Out: whether a further one is free. Lookup costs a bisection."""

from bisect import bisect_left
from collections.abc import Iterable


class Taken:
    """Half-open spans that do not overlap, kept sorted."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans: list[tuple[int, int]] = []
        for start, end in spans:
            self.take(start, end)

    def is_free(self, start: int, end: int) -> bool:
        """Whether [start, end) touches no taken span."""
        at = bisect_left(self._spans, (start, start))
        if at < len(self._spans) and self._spans[at][0] < end:
            return False
        return at == 0 or self._spans[at - 1][1] <= start

    def take(self, start: int, end: int) -> bool:
        """Takes the span if it is free; says whether it was."""
        if not self.is_free(start, end):
            return False
        self._spans.insert(bisect_left(self._spans, (start, end)), (start, end))
        return True
