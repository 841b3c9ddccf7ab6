"""Text that remembers where it was cut from: every structure is built from such slices, so that `origin` is true."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.values.article_text import OffsetMap, OriginRun


@dataclass(frozen=True, slots=True)
class Traced:
    """A string and the runs that map it back to the source; a code point outside all runs was put
    in (a joining space)."""

    text: str
    runs: tuple[OriginRun, ...]

    def cut(self, start: int, end: int | None = None) -> "Traced":
        """The code points [start, end)."""
        stop = len(self.text) if end is None else end
        kept: list[OriginRun] = []
        for run in self.runs:
            first, last = max(run.start, start), min(run.start + run.length, stop)
            if first < last:
                kept.append(OriginRun(start=first - start, source=run.source + first - run.start, length=last - first))
        return Traced(self.text[start:stop], tuple(kept))

    def strip(self) -> "Traced":
        """Without white space at both ends."""
        left = len(self.text) - len(self.text.lstrip())
        right = len(self.text.rstrip())
        return self if not left and right == len(self.text) else self.cut(left, max(left, right))

    def without(self, spans: Iterable[tuple[int, int]]) -> "Traced":
        """What is left when the ordered, disjoint spans are taken out. Linear in runs and spans."""
        cuts = [span for span in spans if span[0] < span[1]]
        if not cuts:
            return self
        texts: list[str] = []
        kept: list[OriginRun] = []
        runs = iter(self.runs)
        run = next(runs, None)
        at = written = 0
        for start, end in [*cuts, (len(self.text), len(self.text))]:
            texts.append(self.text[at:start])
            while run is not None and run.start < start:
                first, last = max(run.start, at), min(run.start + run.length, start)
                if first < last:
                    kept.append(
                        OriginRun(
                            start=written + first - at, source=run.source + first - run.start, length=last - first
                        )
                    )
                if run.start + run.length > start:
                    break
                run = next(runs, None)
            written += start - at
            at = end
        return Traced("".join(texts), tuple(kept))

    def __bool__(self) -> bool:
        return bool(self.text)


NOTHING = Traced("", ())


def piece(source: str, start: int, end: int) -> Traced:
    """The slice [start, end) of the source."""
    return Traced(source[start:end], (OriginRun(start=0, source=start, length=end - start),) if end > start else ())


def join(pieces: Iterable[Traced], glue: str = "") -> Traced:
    """One after the other, `glue` between them (it has no origin)."""
    return join_with((part, glue) for part in pieces)


def join_with(pieces: Iterable[tuple[Traced, str]]) -> Traced:
    """One after the other; each comes with the glue that follows it unless it is the last."""
    texts: list[str] = []
    runs: list[OriginRun] = []
    at = 0
    glue = ""
    for part, after in pieces:
        if texts:
            texts.append(glue)
            at += len(glue)
        for run in part.runs:
            last = runs[-1] if runs else None
            if last and last.start + last.length == at + run.start and last.source + last.length == run.source:
                runs[-1] = OriginRun(start=last.start, source=last.source, length=last.length + run.length)
            else:
                runs.append(OriginRun(start=at + run.start, source=run.source, length=run.length))
        texts.append(part.text)
        at += len(part.text)
        glue = after
    return Traced("".join(texts), tuple(runs))


def offset_map(parts: Iterable[Traced]) -> OffsetMap:
    """The map of a flat text: the parts joined by one line end each (`FlatText.join`)."""
    runs: list[OriginRun] = []
    at = 0
    for part in parts:
        runs.extend(OriginRun(start=at + run.start, source=run.source, length=run.length) for run in part.runs)
        at += len(part.text) + 1
    return OffsetMap(runs=tuple(runs))
