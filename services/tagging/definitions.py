"""Short forms that a text defines: 北京职工婚姻家庭建设协会（以下简称“北京职工婚协”）.

In: the views of a document. Out: definitions, and the full form that a short form stands for at a place. A definition
holds from its place to the next one of the same short form; headings and paragraphs before it have the first one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.lexicon.tables import entries
from services.tagging.bodies import suffix_of
from services.tagging.reading import View

_DEFINED = re.compile(
    r"[（(](?:以下|下文|下称|下)?(?:统|简|通|合)?称(?:为)?[：:]?[“\"‘「『《]?(?P<short>[^“”\"‘’「」『』《》（）()，。]{2,16})[”\"’」』》]?[）)]"
)
_BREAKS = "，。；：！？、“”‘’《》（）()！\n\t ,;:!?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """`full` at [start, end) of a view is called `short` from here on; the short form first stands at `at`."""

    view: int
    start: int
    end: int
    full: str
    short: str
    at: int


def definitions(views: Sequence[View]) -> tuple[Definition, ...]:
    return tuple(found for view in views for found in _in_view(view))


def _in_view(view: View) -> Iterator[Definition]:
    for match in _DEFINED.finditer(view.text):
        start = _full_start(view, match.start(), match["short"])
        if start is not None:
            yield Definition(
                view=view.number,
                start=start,
                end=match.start(),
                full=view.text[start : match.start()],
                short=match["short"],
                at=match.start("short"),
            )


def _full_start(view: View, end: int, short: str) -> int | None:
    """Where the full form begins: the nearest word from which the characters of the short form follow in order.

    None when what stands there is no name of an organisation (《…条例》 and projects have short forms too).
    """
    floor = max((view.text.rfind(mark, 0, end) + 1 for mark in _BREAKS), default=0)
    if floor >= end:
        return None
    best: int | None = None
    for word in reversed(view.words_between(floor, end)):
        if word.tag in ("p", "c", "u", "d", "r") and best is None and word.end < end - 1:
            return None
        if word.tag in ("p", "u", "d", "r") or view.text[word.start : word.end] in ("来自", "成立", "由"):
            break
        if _follows(short, view.text[word.start : end]):
            best = word.start
            if word.tag in ("ORG", "nt", "LOC", "ns"):
                break
    if best is None:
        return None
    full = view.text[best:end]
    known = any(word.tag in ("ORG", "nt") for word in view.words_between(best, end))
    return best if known or suffix_of(full) or full[:2] in entries("organisations", "places") else None


def _follows(short: str, full: str) -> bool:
    """Whether the characters of the short form stand in the full one in this order."""
    at = 0
    for character in short:
        at = full.find(character, at) + 1
        if not at:
            return False
    return True


def full_form(defined: Sequence[Definition], short: str, view: int, at: int) -> str | None:
    """What a short form stands for at a place; None for a form that the text does not define."""
    same = [item for item in defined if item.short == short]
    if not same:
        return None
    before = [item for item in same if (item.view, item.at) <= (view, at)]
    return (before[-1] if before else same[0]).full
