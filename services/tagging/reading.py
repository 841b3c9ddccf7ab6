"""A text as the tagger reads it: one view a paragraph, with the word model's words and their edges.

In: flat texts. Out: views. A paragraph that a column break cut in two (an empty paragraph between, no full stop before)
is read as one, so that an office before the break meets the name behind it; `Passage.to_flat` says where a span lies in
the flat text, and None for one that the break runs through.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from models.values.article_text import FlatText, Part, PartSpan
from services.lexicon.lac import Word, analyse

_STOPS = "。！？!?…”’」』》）)：:；;"
_FRESH = re.compile(r"\s*(?:#|本报讯|本报记者|通讯员|记者|（|\(|[一二三四五六七八九十]+、)")
_LONG = 40  # code points: a shorter line is a heading or a signature, never half a paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One or more pieces of the flat text read as one. `pieces`: (offset in the passage, offset in the flat text)."""

    text: str
    part: Part
    pieces: tuple[tuple[int, int], ...]

    def to_flat(self, start: int, end: int) -> tuple[int, int] | None:
        at = bisect_right(self.pieces, start, key=lambda piece: piece[0]) - 1
        if at + 1 < len(self.pieces) and end > self.pieces[at + 1][0]:
            return None
        shift = self.pieces[at][1] - self.pieces[at][0]
        return start + shift, end + shift


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A passage with its words. `number` is its place in the document."""

    number: int
    passage: Passage
    words: tuple[Word, ...]
    starts: frozenset[int]
    ends: frozenset[int]

    @property
    def text(self) -> str:
        return self.passage.text

    def word_at(self, offset: int) -> int:
        """Index of the word that holds an offset."""
        return max(0, bisect_right(self.words, offset, key=lambda word: word.start) - 1)

    def words_between(self, start: int, end: int) -> tuple[Word, ...]:
        """Words that lie wholly in [start, end)."""
        at = self.word_at(start)
        return tuple(word for word in self.words[at : self.word_at(end) + 1] if word.start >= start and word.end <= end)


def read_many(flats: Sequence[FlatText]) -> list[tuple[View, ...]]:
    """The views of each text; all texts go through the word model together."""
    documents = [passages(flat) for flat in flats]
    analysed = iter(analyse([passage.text for document in documents for passage in document]))
    return [
        tuple(_view(number, passage, next(analysed)) for number, passage in enumerate(document))
        for document in documents
    ]


def _view(number: int, passage: Passage, words: tuple[Word, ...]) -> View:
    return View(
        number=number,
        passage=passage,
        words=words,
        starts=frozenset(word.start for word in words) | {len(passage.text)},
        ends=frozenset(word.end for word in words) | {0},
    )


def passages(flat: FlatText) -> list[Passage]:
    """The parts of a text, broken paragraphs joined. A text without parts is one passage."""
    if not flat.spans:
        return [Passage(text=flat.text, part=Part.BODY, pieces=((0, 0),))] if flat.text else []
    found: list[Passage] = []
    gap = False
    for span in flat.spans:
        text = flat.text[span.start : span.end]
        if not text.strip():
            gap = True
            continue
        if gap and found and _continues(found[-1], span, text):
            found[-1] = _joined(found[-1], span, text)
        else:
            found.append(Passage(text=text, part=span.ref.part, pieces=((0, span.start),)))
        gap = False
    return found


def _continues(before: Passage, span: PartSpan, text: str) -> bool:
    head = before.text.rstrip()
    if span.ref.part is not Part.BODY or before.part is not Part.BODY or len(head) < _LONG:
        return False
    return head[-1] not in _STOPS and not head.startswith("#") and not _FRESH.match(text) and text[-1] in _STOPS + "，,"


def _joined(before: Passage, span: PartSpan, text: str) -> Passage:
    return Passage(text=before.text + text, part=before.part, pieces=(*before.pieces, (len(before.text), span.start)))
