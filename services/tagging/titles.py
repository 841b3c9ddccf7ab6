"""Offices of a person: the title before the name, and the one after it.

In: a view, the place of a name, the organisations (by their end) and places (end → start) found so far. Out: offices
in the order of the text, and the organisations that only the title gave away. A title is a chain of segments at 、 or
兼, each an organisation (or none) and a position; a segment without organisation has that of the one before it
(总工会党组成员、副主席).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.values.mention import Office
from services.lexicon.offices import OfficeKind, Position, modified, position_at, position_before
from services.lexicon.tables import entries
from services.tagging.bodies import Body, body_before, seat_before, suffix_of
from services.tagging.evidence import HAN
from services.tagging.reading import View

_GOVERNOR = re.compile(
    r"(?:省长|市长|区长|县长|镇长|乡长|村长|州长|旗长|总理|主席|书记|议长|总统|国王|大使|首相|代表|居民|村民)$"
)
_OWN_PLACE = re.compile(r"(?:原|前|代|代理)?(?:常务)?副?(?:省长|市长|区长|县长|镇长|乡长|村长|州长|旗长)$")
_MOST_SEGMENTS = 10
_TRADE = re.compile(r"[\u4e00-\u9fff]{1,6}(?:员|师|家|手|工|者|长|官|匠|徒|迷|生)$")
_DEPARTMENT = re.compile(r"[\u4e00-\u9fff]{1,5}(?:部|室|处|科|股|组|班|车间|系)")
_UNNAMED = re.compile(r"[\u4e00-\u9fff]{1,6}(?:部|室|处|科|股|组|班|车间|系|病区|病房)")
_UNITS = frozenset({"车间", "党委", "工会", "团委", "纪委", "支部"})
_NOUN_CHIEFS = frozenset({"总监", "主管", "领班", "经理"})
_GRADE = re.compile(r"(?:\d{2,4}级|大[一二三四]|高[一二三]|初[一二三]|[一二三四五六]年级)$")
_CONCURRENT = re.compile(r"[（(](?:兼|挂职|主持工作|正处级|副处级|正科级|副科级|正局级|副局级)[）)]$")
_HELD = re.compile(r"(?:时任|现任|担任|身为|作为|曾任)")
_NAMED_LEVEL = re.compile(r"(?:^|[^\u4e00-\u9fff])(?P<level>[\u4e00-\u9fff]{1,6}[省市区县])$")
_HOUSE = re.compile(
    r"..(?:大楼|大厦|商城|市场|景区|公园|园区|工业园|产业园|开发区|基地|书屋|文化宫|影城|机场|车站|港区)$"
)
_PARTY_SEAT = re.compile(r"[省市区县州旗镇乡]委$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One position of a title with its organisation, if the segment names one."""

    start: int
    position: str
    organisation: str
    kind: OfficeKind
    body: Body | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The title of one person. `start` is where it begins; `bodies` are organisations to mark."""

    start: int
    offices: tuple[Office, ...] = ()
    bodies: tuple[Body, ...] = ()
    shared: bool = False  # whether others of a list of names bear it too
    outside: bool = False  # whether it needs no organisation: an honour, people as such, a mayor


def title_before(view: View, name: int, ends: Mapping[int, Body], places: Mapping[int, int]) -> Title:
    """The title that ends where a name begins."""
    cursor = _back_over_space(view.text, name)
    concurrent = _CONCURRENT.search(view.text, max(0, cursor - 8), cursor)
    cursor = concurrent.start() if concurrent else cursor
    title = _chain(view, cursor, ends, places)
    if not title.offices and view.text[cursor - 1 : cursor] == "的":
        held = _chain(view, cursor - 1, ends, places)
        before = view.text[max(0, held.start - 2) : held.start + 2]
        if held.offices and _HELD.search(before):
            return held
    return title


def _chain(view: View, name: int, ends: Mapping[int, Body], places: Mapping[int, int]) -> Title:
    segments: list[Segment] = []
    cursor = name
    while len(segments) < _MOST_SEGMENTS:
        segment = _segment(view, cursor, ends, places)
        if segment is None:
            break
        segments.append(segment)
        cursor = segment.start
        if view.text[cursor - 1 : cursor] in ("、", "兼", "，", ",") and cursor > 1:
            if view.text[cursor - 1] in "，," and not _still_title(view, cursor - 1):
                break
            cursor -= 1
        elif segment.organisation or not position_before(view.text, cursor):
            break
    if not segments:
        return Title(start=name)
    segments.reverse()
    if len(segments) > 1:
        segments = [one for one in segments if one.position not in entries("offices", "relations")] or segments
    return Title(
        start=segments[0].start,
        offices=_offices(segments),
        bodies=tuple(segment.body for segment in segments if segment.body is not None),
        outside=any(_needs_none(segment) for segment in segments),
        shared=segments[-1].kind is not OfficeKind.CHIEF or "副" in segments[-1].position,
    )


def _back_over_space(text: str, at: int) -> int:
    while at and text[at - 1] in " \u3000":
        at -= 1
    return at


def _still_title(view: View, comma: int) -> bool:
    """A comma within a title, as some write it: a position before it, and that one has an organisation or a comma."""
    return False if comma < 2 else position_before(view.text, comma) is not None and view.text[comma] == ","


def _segment(view: View, end: int, ends: Mapping[int, Body], places: Mapping[int, int]) -> Segment | None:
    position, trade = position_before(view.text, end), _trade_before(view, end)
    if position is not None and view.text[position.start : end] == "代表":  # 护士代表 is one position
        whom = position_before(view.text, position.start)
        position = replace(position, start=whom.start, bare=whom.bare) if whom is not None else position
    if position is None or (trade is not None and trade.start < position.start):
        position = trade
    position = position or _held_trade(view.text, end, ends)
    if position is None:
        return None
    if position.kind is OfficeKind.HONOUR:
        start = _level_start(view, position.start)
        return Segment(start=start, position=view.text[start:end], organisation="", kind=position.kind)
    position = _without_body(view.text, position, ends)
    position = _with_department(view, position, ends)
    grade = _GRADE.search(view.text, max(0, position.start - 8), position.start)
    if grade is not None and grade.start() in ends:
        position = replace(position, start=grade.start(), bare=grade.start())
        return _with(view, replace(position, start=grade.end()), grade.end(), ends[grade.start()])
    for start in (position.start, position.bare) if position.start < position.bare else (position.bare,):
        body = ends.get(_before_bracket(view.text, start))
        if body is not None and body.start < start:
            return _with(view, position, start, body)
    body = ends.get(position.bare + 1)
    if body is not None and body.start < position.bare and view.text[position.bare + 1 : end] == "长":
        return _with(view, position, position.bare, body)  # 外交部|长: the last character is the position's too
    for start in (position.start, position.bare):
        body = body_before(view, start) or seat_before(view, start)
        if body is not None:
            return _with(view, position, start, body)
    place = places.get(position.start)
    word = view.text[position.start : end]
    if place is not None:
        name = view.text[place : position.start]
        governed = name if _GOVERNOR.search(word) or _HOUSE.search(name) else ""
        return Segment(
            start=place if governed else position.start, position=word, organisation=governed, kind=position.kind
        )
    start = _with_noun(view, position, places)
    return Segment(start=start, position=view.text[start:end], organisation="", kind=position.kind)


def _without_body(text: str, position: Position, ends: Mapping[int, Body]) -> Position:
    """A position that ate the end of an organisation gives it back: 农机合作社|理事长, 锻造分公司|经理."""
    for end in range(position.bare + 1, position.end - 1):
        body = ends.get(end)
        if body is not None and body.start < position.bare:
            rest = position_at(text, end)
            if rest is not None and rest.end == position.end:
                return Position(start=end, bare=end, end=position.end, kind=rest.kind)
    return position


def _takes_noun(text: str, position: Position) -> bool:
    word = text[position.bare : position.end]
    return position.kind is OfficeKind.RANK or word in entries("offices", "callings") or word in _NOUN_CHIEFS


def _with_noun(view: View, position: Position, places: Mapping[int, int]) -> int:
    """Where a position without organisation begins with the noun before it: 、网约车|司机."""
    start = position.start
    word = view.words[view.word_at(start - 1)] if start else None
    if word is None or word.end != start or word.tag not in ("n", "nz", "vn") or not _takes_noun(view.text, position):
        return start
    surface = view.text[word.start : word.end]
    before = view.text[word.start - 1 : word.start]
    inner = HAN.match(before) is not None and word.start not in places
    if (
        suffix_of(surface)
        or surface.endswith("族")
        or surface[0] in "我本该贵"
        or inner
        or position_before(surface, len(surface))
    ):
        return start
    return word.start if 2 <= len(surface) <= 4 else start


def _before_bracket(text: str, at: int) -> int:
    """The place before a bracket that ends here: 有限公司（以下简称“…”）|工会主席."""
    if text[at - 1 : at] == "\n":
        return at - 1  # a line that was broken between the organisation and the position
    if text[at - 1 : at] not in ("）", ")"):
        return at
    opened = max(text.rfind("（", 0, at), text.rfind("(", 0, at))
    return opened if opened > 0 else at


def _is_department(view: View, start: int, end: int) -> bool:
    """Whether nouns that end as departments do stand between an organisation and a position: 心|内科."""
    if not _UNNAMED.fullmatch(view.text, start, end):
        return False
    nouns = ("n", "nz", "vn", "v", "s", "f", "ORG", "nt", "m")
    return all(word.tag in nouns for word in view.words_between(start, end))


def _is_noun(view: View, start: int, end: int) -> bool:
    """Whether one or two nouns that are no body stand between an organisation and a trade."""
    words = view.words_between(start, end)
    if not words or words[0].start != start or words[-1].end != end or len(words) > 2:
        return False
    return all(word.tag in ("n", "nz", "vn", "nw") for word in words) and not suffix_of(view.text[start:end])


def _with_department(view: View, position: Position, ends: Mapping[int, Body]) -> Position:
    """A department without a name of its own belongs to the position: 宣传部部长, 心内科主任医师."""
    held = next((end for end in range(position.start - 2, position.start - 9, -1) if end in ends), None)
    if held is not None and _is_department(view, held, position.start):
        return replace(position, start=held)
    if held is not None and position.kind is OfficeKind.RANK and _is_noun(view, held, position.start):
        return replace(position, start=held)  # 地铁公司|电客车|司机
    start = position.start
    while start and start not in ends:
        word = view.words[view.word_at(start - 1)]
        surface = view.text[word.start : word.end]
        if word.end != start or word.tag not in ("n", "nz", "vn", "ORG", "nt"):
            break
        if not (_DEPARTMENT.fullmatch(surface) or surface in _UNITS):
            break
        start = word.start
    if start < position.start and start not in ends:
        noun = view.words[view.word_at(start - 1)] if start else None
        if noun is not None and noun.end == start and noun.tag == "n" and view.text[start + 1 : start + 2] == "科":
            start = noun.start if noun.end - noun.start == 2 else start  # 心脏|外科
    return replace(position, start=start) if start < position.start else position


def _with(view: View, position: Position, start: int, body: Body) -> Segment:
    former = view.text[body.start - 1 : body.start] == "原" and not HAN.match(
        view.text[body.start - 2 : body.start - 1]
    )
    return Segment(
        start=body.start - former,
        position=("原" if former else "") + view.text[start : position.end],
        organisation=view.text[body.start : body.end],
        kind=position.kind,
        body=body,
    )


def _level_start(view: View, end: int) -> int:
    """Where the level of an honour (全国, 北京市) that ends at an offset begins; the offset itself without one."""
    levels = entries("offices", "levels")
    for length in (4, 3, 2, 1):
        if view.text[max(0, end - length) : end] in levels and end - length in view.starts:
            return end - length
    word = view.words[view.word_at(end - 1)] if end else None
    if word is not None and word.end == end and word.tag in ("LOC", "ns"):
        return word.start
    named = _NAMED_LEVEL.search(view.text, max(0, end - 8), end)
    if named is None:
        fixed = next((n for n in (2, 1) if view.text[end - n : end] in ("全国", "首都")), 0)
        return end - fixed
    return named.start("level")


def _trade_before(view: View, end: int) -> Position | None:
    """A trade that no list holds, by its ending: 接触网检修员. The model must see it as one noun."""
    word = view.words[view.word_at(end - 1)] if end else None
    if word is None or word.end != end or word.tag not in ("n", "nz", "nw"):
        return None
    if not _TRADE.fullmatch(view.text[word.start : word.end]) or word.end - word.start < 2:
        return None
    return Position(start=modified(view.text, word.start), bare=word.start, end=end, kind=OfficeKind.RANK)


def _held_trade(text: str, end: int, ends: Mapping[int, Body]) -> Position | None:
    """A trade that neither list nor model knows, right behind an organisation: 电子公司|调试工."""
    start = next((at for at in range(end - 3, end - 6, -1) if at in ends), None)
    if start is None or text[end - 1] not in "工员师手匠" or not all(map(HAN.match, text[start:end])):
        return None
    return Position(start=start, bare=start, end=end, kind=OfficeKind.RANK)


def _needs_none(segment: Segment) -> bool:
    return _OWN_PLACE.fullmatch(segment.position) is not None or _is_calling(segment)


def _is_calling(segment: Segment) -> bool:
    """Honours, people as such and callings (作家, 志愿者) belong to nobody's house."""
    return segment.kind in (OfficeKind.HONOUR, OfficeKind.PEOPLE) or segment.position in entries("offices", "callings")


def _offices(segments: Sequence[Segment]) -> tuple[Office, ...]:
    found: list[Office] = []
    last = ""
    for segment in segments:
        organisation = segment.organisation
        if organisation:
            last = organisation
        elif not _is_calling(segment):
            organisation = last
            if _OWN_PLACE.fullmatch(segment.position) and _PARTY_SEAT.search(last):
                organisation = last[:-1] if len(last) > 2 else ""
        office = Office(position=segment.position, organisation=organisation)
        if office not in found:
            found.append(office)
    return tuple(found)


_BRACKET = re.compile(r"[（(](?P<inside>[^（）()]{2,40})[）)]")
_APPOINTED = re.compile(r"(?:，|,)?(?:现任|时任|任|担任|出任|当选为|当选|兼任|被任命为|被聘为|系|是)")


def title_after(view: View, name_end: int, ends: Mapping[int, Body], places: Mapping[int, int]) -> Title:
    """The title after a name: directly (李建国副市长), in brackets, or after 任 and its like."""
    text = view.text
    appointed = _APPOINTED.match(text, name_end) or _later(text, name_end) or _made(text, name_end)
    if appointed:
        stop = re.compile(r"[，,。；;！？\n（(]").search(text, appointed.end())
        title = _title_in(view, appointed.end(), stop.start() if stop else len(text), ends, places)
        if any(office.organisation for office in title.offices):
            return title
        if appointed.start() == name_end:
            return Title(start=name_end)
    direct = position_at(text, name_end)
    if direct is not None and _is_office(text, direct) and not _goes_on(view, direct):
        return Title(start=name_end, offices=(Office(position=text[direct.start : direct.end]),))
    bracket = _BRACKET.match(text, name_end)
    if bracket:
        return _title_in(view, bracket.start("inside"), bracket.end("inside"), ends, places)
    return Title(start=name_end)


def _title_in(view: View, start: int, end: int, ends: Mapping[int, Body], places: Mapping[int, int]) -> Title:
    """A stretch that is a title from its first to its last character, else no title."""
    title = title_before(view, end, ends, places)
    if not title.offices or title.start != start:
        return Title(start=end)
    return replace(title, shared=False)


def _later(text: str, name_end: int) -> re.Match[str] | None:
    """甲，男，1978年生，现任…: later in a sentence that tells of this person from its head."""
    if not re.match(r"[，,](?:男|女)", text[name_end:]):
        return None
    stop = re.compile(r"[。；！？\n]|$").search(text, name_end)
    return re.compile(r"[，,](?:现任|时任|任|担任)").search(text, name_end, stop.start() if stop else len(text))


_MADE = re.compile(r"(?:[（(][男女][^（）()]{0,12}[）)])?(?:同志)?(?:为|任)")
_MAKING = re.compile(r"任命|聘任|聘请|选举|推选|推举|当选|提名|决定|增补|补选|批准")


def _made(text: str, name_end: int) -> re.Match[str] | None:
    """任命甲为…局局长, 选举乙（女）为主席: the sentence says before the name that somebody is made something."""
    made = _MADE.match(text, name_end)
    if made is None:
        return None
    opened = max(text.rfind(mark, 0, name_end) for mark in "。；！？\n") + 1
    return made if _MAKING.search(text, opened, name_end) else None


def _is_office(text: str, position: Position) -> bool:
    word = text[position.start : position.end]
    return position.kind is not OfficeKind.PEOPLE and word not in entries("offices", "courtesy")


def _goes_on(view: View, position: Position) -> bool:
    """张三主任医师团队, 王五记者站: the word goes on behind the position, so it is none of this person."""
    after = view.text[position.end : position.end + 1]
    if not after or position.end in view.starts:
        return view.text[position.start : position.end] in entries("offices", "honour")
    return True
