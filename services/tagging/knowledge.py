"""What anybody knows: organisations without an ending that tells (联合国), the teams of places, papers in book title
marks, countries in one character. In: a view. Out: organisations, and places with the name they stand for.
"""

import re
from collections.abc import Iterator
from functools import cache

from services.lexicon.tables import entries
from services.tagging.bodies import Body
from services.tagging.reading import View

_TEAM = re.compile(
    r"(?:国家|国奥|奥运|青年|少年)?(?:男子|女子|男|女)?(?:足球|篮球|排球|乒乓球|羽毛球|网球|体操|游泳|跳水|田径|举重|柔道|击剑|射击|曲棍球|水球|手球|冰球)?(?:代表)?队"
    r"|[男女][足篮排乒羽]"
)
_NO_TEAM = ("队员", "队长", "队友", "队伍", "队列")
_PAPER = re.compile(
    r"《(?P<name>[^《》]{1,12}(?:报|日报|晚报|晨报|时报|周报|周刊|画报|月刊|杂志|学报|导报|导刊|文摘|半月刊|内参))》"
)
_GOVERNMENT = re.compile(r"(?P<place>.+?)(?:政府|当局)$")
_TRAVEL = re.compile(r"(?:[访驻来抵离返赴]|出访|旅居)(?P<place>[华美英法德日俄韩朝京沪津渝港澳台藏疆])")
_WIDE = re.compile(r"(?:地区|一带|沿岸|山区|风景区|居民区|小区|南部|北部|东部|西部|中部|东南部|西北部|西南部|东北部)$")
PLACE_LISTS = ("countries", "cities", "regions")


@cache
def _short() -> dict[str, str]:
    return {entry[0]: entry[2:] for entry in entries("places", "short")}  # 中=中国


def is_place(text: str) -> bool:
    """Whether the lists of places hold the text, with or without 省, 市."""
    bare = text[:-1] if len(text) > 2 and text[-1] in "省市" else text
    return any(text in entries("places", name) or bare in entries("places", name) for name in PLACE_LISTS)


def common_bodies(view: View) -> Iterator[Body]:
    """Organisations of common knowledge, teams, papers, and houses that the model calls places."""
    text = view.text
    for match in _known().finditer(text):
        start, end = match.span()
        if start in view.starts and (end in view.ends or _chief_follows(text, end)):
            yield Body(start, end, 0.75, "common")
    for match in _PAPER.finditer(text):
        yield Body(match.start("name"), match.end("name"), 0.75, "paper")
    for word in view.words:
        if word.tag not in ("LOC", "ns"):
            continue
        team = _TEAM.match(text, word.end)
        if team and not any(text.startswith(longer, team.end() - 1) for longer in _NO_TEAM):
            yield Body(word.start, team.end(), 0.7, "team")
        surface = text[word.start : word.end]
        if len(surface) > 4 and surface.endswith(tuple(entries("organisations", "houses"))):
            yield Body(word.start, word.end, 0.7, "house")


def _chief_follows(text: str, at: int) -> bool:
    """外交部|长: the position has swallowed the last character."""
    return text[at : at + 1] == "长" and text[at - 1] in "部局院社"


@cache
def _known() -> re.Pattern[str]:
    names = sorted(entries("organisations", "known"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def governed(surface: str) -> str:
    """The country of 中国政府, 美国当局: told as a place, its government being no body with a name. "" for others."""
    match = _GOVERNMENT.fullmatch(surface)
    return match["place"] if match and match["place"] in entries("places", "countries") else ""


def pieces(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """A place of the model as the single places in it: (start, end, name). 中美 is 中国 and 美国."""
    surface = text[start:end]
    if is_place(surface):
        return [(start, end, surface)]
    if 2 <= len(surface) <= 3 and all(character in _short() for character in surface):
        return [(at, at + 1, _short()[text[at]]) for at in range(start, end)]
    if len(surface) == 1:
        return [(start, end, _short().get(surface, surface))]
    wide = _WIDE.search(surface)
    if wide and wide.start() > 1:
        end = start + wide.start()
    return [(start, end, text[start:end])]


def travelled(view: View) -> Iterator[tuple[int, int, str]]:
    """The place in 访华, 抵京: one character with its full name."""
    for match in _TRAVEL.finditer(view.text):
        at = match.start("place")
        if match.start() in view.starts and match.end() in view.ends:
            yield at, at + 1, _short()[match["place"]]
