"""Lists of names: 甲、乙、丙三人, or a paragraph of names only. In: a view. Out: spans that are names by their list."""

import re

from services.lexicon.names import DOTS, given_weight, is_foreign, surname_at
from services.lexicon.offices import position_at, position_before
from services.lexicon.segment import frequency
from services.tagging.evidence import HAN, Spans, goes_on_after
from services.tagging.reading import View

_NUMBERS = {word: number for number, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_COUNT = re.compile(r"(?P<etc>等)?(?P<number>[两二三四五六七八九十]|\d{1,2})(?:人|位|名)")
_PLAIN_LIST = re.compile(
    r"(?:(?<![\u3400-\u9fff、])|(?<=的有)|(?<=还有)|(?<=包括)|(?<=分别是)|(?<=他们是))[\u3400-\u9fff]{2,4}(?:、[\u3400-\u9fff]{2,4}){2,}(?![\u3400-\u9fff、])"
)
_HAN = r"[\u3400-\u9fff]"
_NAME = rf"(?:{_HAN}{{1,7}}[{DOTS}][\u3400-\u9fff{DOTS}]{{1,12}}|{_HAN}[ \u3000]{{1,2}}{_HAN}|{_HAN}{{2,6}})"
_OPENED_LIST = re.compile(
    r"(?:(?<=的有)|(?<=还有)|(?<=包括)|(?<=分别是)|(?<=他们是)|(?<=是)|(?<=有)|(?<=由)|(?<=[：:\n]))[：:]?"
    rf"(?P<names>{_NAME}(?:[、，]{_NAME}){{2,}}?)(?=[。；;\n]|$|(?:等\S{{0,8}})?组成|领衔|联袂|主演)"
)
_SCORED = re.compile(
    rf"(?:^|[：:、，,；;\s])(?P<name>{_NAME})(?:[（(][^（）()]{{2,24}}[）)])?"
    r"(?:以)?\d+(?:分\d+秒|秒\d*|米\d*|环|[.．]\d+|比\d)"
)
_PADDED = re.compile(r"(?P<first>[\u3400-\u9fff])[ \u3000]{1,2}(?P<second>[\u3400-\u9fff])")
_NOT_IN_NAMES = re.compile(r"[的了在是和与及等个名人员者位]$")
_LISTED = re.compile(r"[\u3400-\u9fff、\u3000]*$")
_JOINTS = re.compile(r"、|(?:兄弟|姐妹|夫妇|父子|母女)?[和与及]")
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
        if len(parts) < number:  # 由甲、乙兄弟和丙、丁四人组成
            parts = _JOINTS.split(before.group())
        wanted = parts[-number:] if not match["etc"] else parts
        if len(parts) < number and not match["etc"]:
            continue
        bounds = _bounds(before.group(), before.start(), parts)[-len(wanted) :]
        spans: set[tuple[int, int]] = set()
        for part, (_, at) in zip(reversed(wanted), reversed(bounds), strict=True):
            name = next((n for n in (4, 3, 2) if len(part) >= n and _may_be(view, at - n, at, len(part) == n)), 0)
            if not name:
                break
            spans.add((at - name, at))
        if len(spans) == len(wanted):
            found |= spans
    return frozenset(found | _plain_lists(view) | _opened_lists(view) | _scored(view))


def _bounds(run: str, offset: int, parts: list[str]) -> list[tuple[int, int]]:
    """Where the parts of a list stand in the view."""
    found, at = [], 0
    for part in parts:
        at = run.index(part, at)
        found.append((offset + at, offset + at + len(part)))
        at += len(part)
    return found


def _opened_lists(view: View) -> set[tuple[int, int]]:
    """Names of a list of people of all shapes (获奖的有：白　帆、欧阳一笑、那仁朝克图。), most of them surely such."""
    found: set[tuple[int, int]] = set()
    for match in _OPENED_LIST.finditer(view.text):
        spans = [
            (match.start("names") + one.start(), match.start("names") + one.end())
            for one in re.finditer(_NAME, match["names"])
        ]
        if any(_NOT_IN_NAMES.search(view.text[start:end]) for start, end in spans):
            continue
        sure = sum(_shaped(view, start, end) for start, end in spans)
        modelled_spans = {(word.start, word.end) for word in view.words if word.tag in ("PER", "nr")}
        others = sum(
            _shaped(view, *span) or span in modelled_spans or is_foreign(view.text[slice(*span)]) for span in spans
        )
        modelled = any(word.tag in ("PER", "nr") for word in view.words_between(match.start(), match.end()))
        if modelled and 2 * sure > len(spans) and 5 * others >= 4 * len(spans):
            found.update(spans)
    return found


def _shaped(view: View, start: int, end: int) -> bool:
    """Surname and given name, padded or not, or a name with a dot."""
    name = re.sub(r"[ \u3000]", "", view.text[start:end])
    if any(dot in name for dot in DOTS):
        return True
    return any(1 <= len(name) - n <= 2 and given_weight(name[n:]) > -1 for n, _ in surname_at(name, 0))


def _scored(view: View) -> set[tuple[int, int]]:
    """Who stands before a result: 甲4分02秒、乙（某队）11秒3."""
    hits = list(_SCORED.finditer(view.text))
    spans = [(match.start("name"), match.end("name") - match["name"].endswith("以")) for match in hits]
    good = [span for span in spans if span[1] - span[0] <= 4 and _shaped(view, *span)]
    return set(good) if len(good) >= 2 and 3 * len(good) >= 2 * len(spans) else set()


def padded(view: View) -> Spans:
    """Names of two characters that a space makes as wide as those of three: 池　鱼."""
    found: set[tuple[int, int]] = set()
    for match in _PADDED.finditer(view.text):
        start, end = match.span()
        name = match["first"] + match["second"]
        before, after = view.text[start - 1 : start], view.text[end : end + 1]
        opened = not HAN.match(before or "，") or position_before(view.text, start) is not None
        word = view.words[view.word_at(end - 1)]
        closed = not HAN.match(after or "，") or word.end == end or goes_on_after(view.text, end)
        if before in (" ", "\u3000") and view.text[start - 2 : start - 1] and HAN.match(view.text[start - 2]):
            titled = position_before(view.text, len(view.text[:start].rstrip(" \u3000"))) is not None
            opened = titled
        if after in (" ", "\u3000") and HAN.match(view.text[end + 1 : end + 2] or "，"):
            third = view.text[end + 2 : end + 3]
            closed = bool(third) and HAN.match(third) is not None  # 通　知　书 is a heading
        if opened and closed and any(n == 1 and w >= 0.1 for n, w in surname_at(name, 0)):
            titled = position_before(view.text, start) is not None
            if not titled and "、" not in (before, after) and frequency(name) > 2:
                continue  # 时　间：, 公　告
            listed = "、" in (before, after) and name[1] not in "的了着是在等"  # 李　想
            if (listed or given_weight(name[1]) > -1) and position_at(name, 0) is None:
                found.add((start, end))
    return frozenset(found)


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
    name = view.text[start:end].replace("\u3000", "")
    shaped = any(1 <= len(name) - n <= 2 and given_weight(name[n:]) > -1 for n, _ in surname_at(name, 0))
    if not shaped or whole:
        return shaped
    return view.text[start - 1] in "由有让请" or position_before(view.text, start) is not None
