"""Signed names: 本报讯（记者 甲 通讯员 乙）, 本报记者 甲 通讯员 乙 文/摄, 甲 摄影报道.

In: a view and the names that the article's bylines give. Out: signed persons with their role. The organisation is
本报 (本刊, 本网) where the role says so, else empty.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.values.article_text import Byline, Part
from models.values.mention import Office
from services.lexicon.names import DOTS, given_weight, surname_at
from services.lexicon.tables import entries
from services.tagging.reading import View

_ROLE = re.compile(
    r"(?P<paper>本报|本刊|本网|本台|本社)?(?:特派|驻[\u4e00-\u9fff]{1,4})?"
    r"(?P<role>(?:首席|见习|实习|学生|校园|特约|摄影|全媒体|融媒体|资深)*(?:记者|通讯员|评论员|实习生|撰稿人|编辑)|摄影|摄|供图|漫画|制图|绘图|责编|美编|校对|责任编辑|美术编辑|图片编辑|版式编辑|文字编辑|值班编辑|执行编辑|编委|值班主任|值班总编|版式|组版|审校|监制|统筹|策划|主编|编译)"
    r"[：:/／]?"
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_PADDED = re.compile(r"([\u3400-\u9fff])[ \u3000]{1,2}([\u3400-\u9fff])(?![\u3400-\u9fff])")
_DOTTED = re.compile(rf"[\u3400-\u9fff]{{1,6}}(?:[{DOTS}][\u3400-\u9fff]{{1,8}})+")
_GAP = re.compile(r"[ \u3000、，,/／]+")
_LEADING = re.compile(
    r"^[\s（(]*(?P<name>[\u3400-\u9fff]{2,4})[ \u3000]*"
    r"(?P<credit>摄影报道|摄影|供图|文/图|图/文|文/摄|摄|文|供稿|报道)[）)]?\s*$"
)
_TRAILING = re.compile(
    r"[\s。！？）)](?P<name>[\u3400-\u9fff]{2,3})[ \u3000]*(?:摄影报道|摄影|文/图|图/文|文/摄|摄|供图)[）)]?\s*$"
)
_OFFICE = re.compile(r"(?:记者|通讯员|评论员|实习生|撰稿人|编辑|责编|美编|校对|审校|监制|主编|编委|值班主任|值班总编)$")
_BRACKETED = re.compile(r"^\s*[（(](?P<name>[\u3400-\u9fff]{2,4})[）)]\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signed name at [start, end) of a view; `name` has no padding between its characters."""

    start: int
    end: int
    name: str
    office: Office | None


def signed(view: View, bylines: Sequence[Byline]) -> list[Signed]:
    """Names in the signed parts of a view: behind 记者 and its like, as far as names follow names."""
    known = {byline.name for byline in bylines}
    found: list[Signed] = []
    for match in _ROLE.finditer(view.text):
        if not _signs(view, match):
            continue
        paper = match["paper"] or ""
        credit = not _OFFICE.search(match["role"])
        office = None if credit else Office(position=match["role"], organisation=paper)
        found.extend(_names(view.text, match.end(), office, known))
    if not found and len(view.text) < 40:
        leading = _LEADING.match(view.text)
        leading = leading or _BRACKETED.match(view.text)
        if leading and _is_name(leading["name"], known):
            found.append(
                Signed(start=leading.start("name"), end=leading.end("name"), name=leading["name"], office=None)
            )
    trailing = _TRAILING.search(view.text)
    if trailing and _is_name(trailing["name"], known) and all(one.end <= trailing.start("name") for one in found):
        found.append(Signed(start=trailing.start("name"), end=trailing.end("name"), name=trailing["name"], office=None))
    return found


def _signs(view: View, role: re.Match[str]) -> bool:
    """Whether a role stands in a signature: in a signed part, after a bracket, or with a space behind it."""
    if view.passage.part in (Part.DATELINE, Part.SIGNATURE):
        return True
    text = view.text
    before = text[max(0, role.start() - 8) : role.start()].rstrip()
    if role.group()[-1] in "：:" and (role.start() == 0 or text[role.start() - 1] in " \u3000\n"):
        return True  # 责任编辑：甲 美编：乙
    if text[role.end() : role.end() + 1] in (" ", "\u3000"):
        return True
    return before[-1:] in ("（", "(") or (role["paper"] is not None and role.start() == 0)


def _names(text: str, at: int, office: Office | None, known: set[str]) -> Iterator[Signed]:
    while True:
        gap = _GAP.match(text, at)
        start = gap.end() if gap else at
        if _ROLE.match(text, start):
            return
        found = _one(text, start, office, known)
        if found is None:
            return
        yield found
        at = found.end


def _one(text: str, start: int, office: Office | None, known: set[str]) -> Signed | None:
    dotted = _DOTTED.match(text, start)
    if dotted:
        return Signed(start=start, end=dotted.end(), name=dotted.group(), office=office)
    padded = _PADDED.match(text, start)
    if padded:
        name = padded[1] + padded[2]
        if padded[2] not in entries("offices", "credits") and _is_name(name, known):
            return Signed(start=start, end=padded.end(), name=name, office=office)
    run = _HAN_NAME.match(text, start)
    if run is None:
        return None
    for length in sorted(range(2, len(run.group()) + 1), key=lambda n: (run.group()[:n] not in known, -n)):
        name = run.group()[:length]
        rest = text[start + length : start + length + 1]
        if (_is_name(name, known) or _is_pen_name(text, start, name)) and (
            name in known or not rest or not _HAN_NAME.match(rest * 2) or _role_follows(text, start + length)
        ):
            return Signed(start=start, end=start + length, name=name, office=office)
    return None


def _role_follows(text: str, at: int) -> bool:
    return bool(_ROLE.match(text, at)) or any(text.startswith(word, at) for word in entries("offices", "credits"))


def _is_pen_name(text: str, start: int, name: str) -> bool:
    """Behind a role and a space, two characters of given names before a space: 通讯员 雨田　池清."""
    padded_on = text[start - 1 : start] in (" ", "\u3000") and text[start + 2 : start + 3] in (" ", "\u3000")
    return len(name) == 2 and padded_on and given_weight(name) >= 1.0 and name not in entries("offices", "credits")


def _is_name(name: str, known: set[str]) -> bool:
    if name in known:
        return True
    if name in entries("offices", "credits") or name[:2] in entries("offices", "credits"):
        return False
    return any(1 <= len(name) - length <= 2 and given_weight(name[length:]) > -1 for length, _ in surname_at(name, 0))
