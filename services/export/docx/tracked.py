"""Who wrote and who struck out each character of an article, from its history.

Every step of the history is laid over the one before: characters that stay keep their author, new ones belong to the
step, missing ones were struck out by it. What came and went on the way stood neither in the manuscript nor in print and
is left out. Paragraph ends are characters too, so that parting and joining paragraphs are changes like others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from services.export.docx.lines import TextLine

END = "\x1e"  # of a paragraph; no text holds it, XML cannot
_ISLAND = 1  # characters that stayed between two changes are written as changed: one reads words, not letters
_MOST = 20_000_000  # product of two lengths that are compared character by character


@dataclass(slots=True)
class Cell:
    """A character. `born`: step that wrote it, 0 the manuscript; `died`: step that struck it out, 0 it stands.

    Of a paragraph's end also the style that the paragraph has and the one that it came with.
    """

    character: str
    born: int = 0
    died: int = 0
    style: str = ""
    first_style: str = ""


def tracked(history: Sequence[Sequence[TextLine]]) -> list[Cell]:
    """The cells of an article after all steps."""
    cells = [Cell(character) for character in _joined(history[0])]
    _restyle(cells, history[0])
    for mark in cells:
        mark.first_style = mark.style
    for step, lines in enumerate(history[1:], 1):
        cells = list(_laid_over(cells, _joined(lines), step))
        _restyle(cells, lines)
    return cells


def _joined(lines: Sequence[TextLine]) -> str:
    return "".join(line.text.replace(END, "") + END for line in lines)


def _restyle(cells: Sequence[Cell], lines: Sequence[TextLine]) -> None:
    ends = (cell for cell in cells if cell.character == END and not cell.died)
    for cell, line in zip(ends, lines, strict=True):
        cell.style = line.style
        cell.first_style = cell.first_style or line.style


def _laid_over(cells: Sequence[Cell], new: str, step: int) -> Iterator[Cell]:
    old = "".join(cell.character for cell in cells if not cell.died)
    changes = differences(old, new)
    change, live = 0, 0  # the change that is next, and the place in `old`
    for cell in cells:
        while change < len(changes) and changes[change][1] <= live and not cell.died:
            yield from (Cell(character, born=step) for character in changes[change][2])
            change += 1
        if cell.died:
            yield cell
            continue
        struck = change < len(changes) and changes[change][0] <= live
        live += 1
        if not struck:
            yield cell
        elif not cell.born:
            cell.died = step
            yield cell
    for _, _, words in changes[change:]:
        yield from (Cell(character, born=step) for character in words)


def differences(old: str, new: str) -> list[tuple[int, int, str]]:
    """What to put in place of [start, end) of the old text, in order: by paragraphs first, then by characters."""
    if old == new:
        return []
    before, after = _paragraphs(old), _paragraphs(new)
    starts, ends = _offsets(before), _offsets(after)
    found: list[tuple[int, int, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _characters(old[starts[i] : starts[j]], new[ends[k] : ends[m]], starts[i])
    return found


def _paragraphs(text: str) -> list[str]:
    return [piece + END for piece in text.split(END)[:-1]]


def _offsets(pieces: Sequence[str]) -> list[int]:
    found = [0]
    for piece in pieces:
        found.append(found[-1] + len(piece))
    return found


def _characters(old: str, new: str, base: int) -> list[tuple[int, int, str]]:
    """Changes inside paragraphs; equal characters too few to read between two changes go with them."""
    if not old or not new or len(old) * len(new) > _MOST:
        return [(base, base + len(old), new)]
    found: list[tuple[int, int, int, int]] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and i - found[-1][1] <= _ISLAND and END not in old[found[-1][1] : i]:
            found[-1] = (found[-1][0], j, found[-1][2], m)
        else:
            found.append((i, j, k, m))
    return [(base + i, base + j, new[k:m]) for i, j, k, m in found]
