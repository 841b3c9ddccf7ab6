"""Compact deltas between two texts: what to cut out of the older one and what to put there instead.

A delta is JSON: a list of [start, end, words] in offsets of the older text, in order. Texts are compared by clauses
and not by characters: a clause is what an editor changes, and a page of text has some hundred of them.
"""

import json
import re
from difflib import SequenceMatcher

from services.store.codec import DamagedValue

FULL_EVERY = 16  # revisions from one full copy to the next
_CLAUSE = re.compile(r'[^，。！？；：、,.!?;:"]+["，。！？；：、,.!?;:]*|["，。！？；：、,.!?;:]+')
MOST_CLAUSES = 4000  # of the part that differs; beyond it the whole part is replaced


def make_delta(old: str, new: str) -> str:
    """The delta that leads from `old` to `new`."""
    head = 0
    shorter = min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    before, after = _CLAUSE.findall(left), _CLAUSE.findall(right)
    if max(len(before), len(after)) > MOST_CLAUSES:
        before, after = [left], [right]
    steps: list[tuple[int, int, str]] = []
    places = [head]
    for clause in before:
        places.append(places[-1] + len(clause))
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            steps.append((places[a], places[b], "".join(after[c:d])))
    return json.dumps(steps, ensure_ascii=False, separators=(",", ":"))


def apply_delta(old: str, delta: str) -> str:
    """The newer text. Raises DamagedValue for what is no delta of this text."""
    try:
        steps = json.loads(delta)
        made: list[str] = []
        at = 0
        for start, end, words in steps:
            if not (at <= start <= end <= len(old)) or not isinstance(words, str):
                raise DamagedValue("delta: a step outside of the text")
            made += (old[at:start], words)
            at = end
    except (ValueError, TypeError, RecursionError) as error:
        if isinstance(error, DamagedValue):
            raise
        raise DamagedValue(f"delta: {error}") from error
    return "".join(made) + old[at:]
