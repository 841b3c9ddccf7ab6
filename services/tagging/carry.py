"""Keeps mentions in place while the text around them is edited.

In: the mentions of an old text, the old and the new text. Out: those whose words still stand, moved, and those whose
words changed (`carry_asking`: asked about where something of them is left). Nothing is guessed: a mention is kept when
the comparison carries all its characters over in one piece, or when its words stand exactly once in the old and once
in the new text between the same untouched neighbours.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from models.values.mention import Mention, asked

_CHARACTERS = 4000  # a changed stretch longer than this is compared by lines first


def carry(mentions: Sequence[Mention], old: str, new: str) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """(kept with moved offsets, lost: words changed). Both keep the order that they came in."""
    blocks = matching(old, new)
    starts = [block[0] for block in blocks]
    kept: list[Mention] = []
    lost: list[Mention] = []
    floor = 0
    for mention in mentions:
        start = _moved(mention, old, new, blocks, starts)
        if start is None or start < floor or old[mention.start : mention.end] != mention.text:
            lost.append(mention)
            continue
        end = start + mention.end - mention.start
        floor = max(floor, end) if mention.end > mention.start else floor
        kept.append(replace(mention, start=start, end=end))
    return tuple(kept), tuple(lost)


def carry_asking(mentions: Sequence[Mention], old: str, new: str) -> tuple[Mention, ...]:
    """The mentions that still stand, and those that the editor is asked about, in order and without overlap."""
    if old == new:
        return tuple(mentions)
    kept, lost = carry(mentions, old, new)
    if not lost:
        return kept
    blocks = matching(old, new)
    found = list(kept)
    for mention in lost:
        place = _image(mention, blocks, len(new))
        made = None if place is None else asked(mention, *place, new)
        if made is not None and not any(made.start < one.end and one.start < made.end for one in found):
            found.append(made)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _image(mention: Mention, blocks: Sequence[tuple[int, int, int]], size: int) -> tuple[int, int] | None:
    """Where the words of a changed mention begin and end now; None when they went with the words round them."""
    if _went(mention, blocks):
        return None
    before = [block for block in blocks if block[0] <= mention.start]
    behind = [block for block in blocks if block[0] + block[2] >= mention.end]
    start, end = 0, size
    if before:
        at, target, length = before[-1]
        start = target + min(mention.start - at, length)
    if behind:
        at, target, length = behind[0]
        end = target + max(mention.end - at, 0)
    return (start, end) if start < end else None


def _went(mention: Mention, blocks: Sequence[tuple[int, int, int]]) -> bool:
    """Whether the words were replaced together with more than two characters beside them."""
    before = max((at + length for at, _, length in blocks if at < mention.start), default=0)
    behind = min((at for at, _, length in blocks if at + length > mention.end), default=mention.end)
    inside = any(at < mention.end and mention.start < at + length for at, _, length in blocks)
    return not inside and (mention.start - before) + (behind - mention.end) > 2


def _moved(
    mention: Mention, old: str, new: str, blocks: Sequence[tuple[int, int, int]], starts: Sequence[int]
) -> int | None:
    at = bisect_right(starts, mention.start) - 1
    if at >= 0:
        block_start, target, length = blocks[at]
        if mention.end <= block_start + length:
            return target + mention.start - block_start
    return _between(mention, old, new, blocks)


def _between(mention: Mention, old: str, new: str, blocks: Sequence[tuple[int, int, int]]) -> int | None:
    """The words between the last block that ends before the mention and the first that begins behind it."""
    before = [block for block in blocks if block[0] + block[2] <= mention.start]
    behind = [block for block in blocks if block[0] >= mention.end]
    old_from, new_from = (before[-1][0] + before[-1][2], before[-1][1] + before[-1][2]) if before else (0, 0)
    old_to, new_to = (behind[0][0], behind[0][1]) if behind else (len(old), len(new))
    words = mention.text
    if not words or old.count(words, old_from, old_to) != 1 or new.count(words, new_from, new_to) != 1:
        return None
    return new.find(words, new_from, new_to)


def matching(old: str, new: str) -> list[tuple[int, int, int]]:
    """Blocks (old start, new start, length) that both texts share, in order."""
    if old == new:
        return [(0, 0, len(old))] if old else []
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    blocks = [(0, 0, head)] if head else []
    blocks.extend(
        (a + head, b + head, length)
        for a, b, length in _compared(old[head : len(old) - tail], new[head : len(new) - tail])
    )
    if tail:
        blocks.append((len(old) - tail, len(new) - tail, tail))
    return _merged(blocks)


def _compared(old: str, new: str) -> list[tuple[int, int, int]]:
    if not old or not new:
        return []
    if max(len(old), len(new)) <= _CHARACTERS:
        return [
            (m.a, m.b, m.size) for m in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks() if m.size
        ]
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(old_lines) < 2 and len(new_lines) < 2:
        return []
    return list(_by_lines(old_lines, new_lines))


def _by_lines(old: list[str], new: list[str]) -> list[tuple[int, int, int]]:
    old_at, new_at = _offsets(old), _offsets(new)
    found: list[tuple[int, int, int]] = []
    for tag, a, a_end, b, b_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append((old_at[a], new_at[b], old_at[a_end] - old_at[a]))
        elif tag == "replace":
            for k in range(min(a_end - a, b_end - b)):
                found.extend((old_at[a + k] + x, new_at[b + k] + y, n) for x, y, n in _line(old[a + k], new[b + k]))
    return found


def _line(old: str, new: str) -> list[tuple[int, int, int]]:
    if max(len(old), len(new)) > _CHARACTERS:
        return []
    return [(m.a, m.b, m.size) for m in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks() if m.size]


def _offsets(lines: list[str]) -> list[int]:
    found = [0]
    for line in lines:
        found.append(found[-1] + len(line))
    return found


def _merged(blocks: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Blocks that touch in both texts are one."""
    found: list[tuple[int, int, int]] = []
    for start, target, length in blocks:
        if found and found[-1][0] + found[-1][2] == start and found[-1][1] + found[-1][2] == target:
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + length)
        else:
            found.append((start, target, length))
    return found
