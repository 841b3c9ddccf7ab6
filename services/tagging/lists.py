"""Lists of names: 甲、乙、丙三人, or a paragraph of names only. In: a view. Out: spans that are names by their list."""

import re

from services.lexicon.names import given_weight, surname_at
from services.lexicon.offices import position_before
from services.tagging.evidence import Spans
from services.tagging.reading import View

_NUMBERS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_COUNT = re.compile(r"(?P<etc>等)?(?P<number>[两二三四五六七八九十]|\d{1,2})(?:人|位|名)")
_PLAIN_LIST = re.compile(
    r"(?:(?<![\u3400-\u9fff、])|(?<=的有)|(?<=还有)|(?<=包括)|(?<=分别是)|(?<=他们是))[\u3400-\u9fff]{2,4}(?:、[\u3400-\u9fff]{2,4}){2,}(?![\u3400-\u9fff、])"
)
_LISTED = re.compile(r"[\u3400-\u9fff、]*$")
_LONGEST_LIST = 80  # code points


def counted(view: View) -> Spans:
    """Names of a counted list (甲、乙、丙三人). The first name stands behind its position."""
    found: set[tuple[int, int]] = set()
    for match in _COUNT.finditer(view.text):
        end = match.start()
        before = _LISTED.search(view.text, max(0, end - _LONGEST_LIST), end)
        if before is None or "、" not in before.group():
            continue
        number = _NUMBERS.get(match["number"]) or int(match["number"])
        parts = before.group().split("、")
        wanted = parts[-number:] if not match["etc"] else parts
        if len(parts) < number and not match["etc"]:
            continue
        at = end
        spans: set[tuple[int, int]] = set()
        for part in reversed(wanted):
            name = next((n for n in (4, 3, 2) if len(part) >= n and _may_be(view, at - n, at, len(part) == n)), 0)
            if not name:
                break
            spans.add((at - name, at))
            at -= len(part) + 1
        if len(spans) == len(wanted):
            found |= spans
    return frozenset(found | _plain_lists(view))


def _plain_lists(view: View) -> set[tuple[int, int]]:
    """Names of a list that holds nothing else (陈刚、林立、方正。), at least one of them a person to the model."""
    found: set[tuple[int, int]] = set()
    for match in _PLAIN_LIST.finditer(view.text):
        at = match.start()
        spans = []
        for part in match.group().split("、"):
            spans.append((at, at + len(part)))
            at += len(part) + 1
        modelled = any(word.tag in ("PER", "nr") for word in view.words_between(match.start(), match.end()))
        if modelled and all(_may_be(view, start, end, True) for start, end in spans):
            found.update(spans)
    return found


def _may_be(view: View, start: int, end: int, whole: bool) -> bool:
    name = view.text[start:end]
    shaped = any(1 <= len(name) - n <= 2 and given_weight(name[n:]) > -1 for n, _ in surname_at(name, 0))
    return shaped and (whole or position_before(view.text, start) is not None)
