"""Offices of people and names of organisations against the authority file on the day of issue, and against the other
articles of the issue.

1. An office that the person no longer, or not yet, holds. 2. Another office at the same organisation than on file.
3. Another office there than another article gives. 4. A name one look-alike character from that of a person of another
article with the same office. 5. An organisation by the name that it had before. 6. 原 before an organisation that is
still there.

Calm on purpose: only persons whose record is certain, only the same organisation, nothing behind 原、时任 and the like.
"""

import datetime
import re
from collections.abc import Iterator, Sequence

from models.values.mention import EntityKind, KnownEntity, Mention, Office, OfficeTerm
from services.proofing.contract import Elsewhere, Find, Hit, Reading
from services.proofing.rules.names import taken_for

_PAST = re.compile(r"(?:原|前|时任|曾任|历任|首任|曾是|当时的|老|退休)$")
_PAST_NEAR = re.compile(r"原|时任|曾任|历任|首任|当时|曾经|退休|离任|卸任|前任|去世|逝世|追忆")
_RANKS = ("党组", "党委", "党总支", "党支部", "机关党委", "党工委")
_FORE = ("常务", "第一", "首席", "执行", "高级", "资深", "代理", "代", "兼职", "挂职", "名誉")
_CHIEF = re.compile(
    r"(?:主席|书记|主任|院长|校长|局长|处长|科长|所长|会长|秘书长|理事长|董事长|总经理|经理|总裁|市长|县长|区长|镇长|乡长|村长|部长|厂长"
    r"|站长|社长|台长|厅长|司长|队长|班长|组长|主编|总编|总编辑|主管|总监|园长|馆长|行长|站长|科长|工会主席)$"
)
_SENTENCE = "。！？\n"
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)年")
_THEN = re.compile(r"原|前身|曾|时称|当时|更名|改名|改称|历史|昔日|成立于|始建|旧称|合并|并入|组建")
BEFORE, BEHIND = 60, 16  # characters round a name in which its office stands


def over(reading: Reading) -> Iterator[Hit]:
    """1. An office whose days do not hold the day of issue."""
    day = reading.context.date
    if day is None:
        return
    for mention, record in _recorded(reading):
        for office in mention.offices:
            terms = [one for one in _at(record.terms, office, reading) if _fits(one.position, office.position)]
            if not terms or any(one.holds(day) for one in terms):
                continue
            place = _place(reading, mention, office)
            if place is None or _is_past(reading, mention, place):
                continue
            term = max(terms, key=lambda one: one.until or datetime.date.max)
            today = [one for one in _at(record.terms, office, reading) if one.holds(day)]
            yield Hit(
                start=place[0],
                end=place[1],
                suggestions=(today[0].position,) if len(today) == 1 else (),
                related=((mention.start, mention.end),),
                values={
                    "name": mention.name,
                    "file": _said(term),
                    "now": "；".join(map(_said, _held(record, day))) or "—",
                },
            )


def on_file(reading: Reading) -> Iterator[Hit]:
    """2. Another office at the same organisation than the one that the file gives for the day."""
    day = reading.context.date
    for mention, record in _recorded(reading):
        for office in mention.offices:
            terms = _at(record.terms, office, reading)
            if not terms or any(_fits(one.position, office.position) for one in terms):
                continue
            valid = [one for one in terms if day is None or one.holds(day)]
            against = [one for one in valid if _exclude(one.position, office.position)]
            place = _place(reading, mention, office)
            if not against or place is None or _is_past(reading, mention, place):
                continue
            yield Hit(
                start=place[0],
                end=place[1],
                suggestions=(against[0].position,) if len(against) == 1 else (),
                related=((mention.start, mention.end),),
                values={"name": mention.name, "file": "；".join(map(_said, against))},
            )


def elsewhere(reading: Reading) -> Iterator[Hit]:
    """3. Another office at the same organisation than another article of the issue gives."""
    told: set[tuple[str, str, str]] = set()
    for mention in _people(reading):
        for other in reading.context.elsewhere:
            if not _one_person(mention, other):
                continue
            mine = [one for one in mention.offices if one.position]
            for office in mine:
                theirs = [one for one in other.offices if _one_body(one.organisation, office.organisation)]
                here = [one for one in mine if _one_body(one.organisation, office.organisation)]
                against = [one for one in theirs if _exclude(one.position, office.position)]
                agree = any(_fits(one.position, two.position) for one in here for two in theirs)
                key = (mention.name, office.position, other.where)
                if not against or agree or key in told:
                    continue
                place = _place(reading, mention, office)
                if place is None or _is_past(reading, mention, place):
                    continue
                told.add(key)
                yield Hit(
                    start=place[0],
                    end=place[1],
                    related=((mention.start, mention.end),),
                    values={"name": mention.name, "other": against[0].position, "where": other.where},
                )


def like_elsewhere(reading: Reading) -> Iterator[Hit]:
    """4. A name one look-alike character from that of a person of another article with the same office."""
    known = {name for one in reading.context.known for name in (one.name, *one.aliases)}
    told: set[tuple[int, str]] = set()
    own = {mention.text for mention in _people(reading)}
    for mention in _people(reading):
        for other in reading.context.elsewhere:
            name = other.name
            if name in own or (mention.text in known and name in known) or not _alike(mention.text, name):
                continue
            shared = any(
                _fits(one.position, two.position) and _one_body(one.organisation, two.organisation)
                for one in mention.offices
                for two in other.offices
            )
            if shared and (mention.start, name) not in told:
                told.add((mention.start, name))
                yield Hit(
                    start=mention.start,
                    end=mention.end,
                    suggestions=(name,) if name in known or mention.text not in known else (),
                    values={"name": name, "where": other.where},
                )


def renamed(reading: Reading) -> Iterator[Hit]:
    """5. An organisation by a name that it had until a day before the day of issue."""
    day = reading.context.date
    if day is None:
        return
    for record in reading.context.known:
        if record.kind is not EntityKind.ORGANISATION:
            continue
        for name in record.former:
            if name.until is None or name.until >= day or len(name.name) < 3:
                continue
            for match in re.finditer(re.escape(name.name), reading.text):
                start, end = match.span()
                if _inside(reading, start, end, record) or _speaks_of_then(reading, start, end, name.until.year):
                    continue
                yield Hit(
                    start=start,
                    end=end,
                    suggestions=(record.name,),
                    values={"name": record.name, "day": str(name.until)},
                )


def still_there(reading: Reading) -> Iterator[Hit]:
    """6. 原 before an organisation on file under its present name, an office behind it."""
    former = {name.name for one in reading.context.known for name in one.former if name.until is not None}
    for record in reading.context.known:
        if record.kind is not EntityKind.ORGANISATION:
            continue
        for name in (record.name, *record.aliases):
            if len(name) < 3 or name in former or _ENDINGS.search(name):
                continue
            for match in re.finditer("原" + re.escape(name), reading.text):
                if reading.before(match.start()) in "，。；、（由为是任有和—":
                    behind = reading.text[match.end() : match.end() + 10]
                    if _OFFICE_BEHIND.match(behind):
                        start, end = match.span()
                        yield Hit(start=start, end=end, suggestions=(f"{name}原",), values={"name": name})


_OFFICE_BEHIND = re.compile(
    r"(?:党组|党委|党总支)?(?:常务)?副?(?:书记|主席|会长|主任|院长|校长|局长|总经理|董事长|厂长|部长|秘书长|理事长|经理|站长|社长)"
)
# told by wording.former_office already
_ENDINGS = re.compile(
    r"(?:总工会|市委|县委|省委|区委|人民政府|市政府|县政府|大学|医院|团委|妇联|协会|公司|集团|中学|小学)$"
)


def _people(reading: Reading) -> list[Mention]:
    text = reading.text
    return [
        one
        for one in reading.context.mentions
        if one.kind is EntityKind.PERSON and one.offices and text[one.start : one.end] == one.text and not one.was
    ]


def _recorded(reading: Reading) -> Iterator[tuple[Mention, KnownEntity]]:
    """People whose record is certain: linked, or the only ones of their name."""
    people = [one for one in reading.context.known if one.kind is EntityKind.PERSON]
    by_id = {one.id: one for one in people if one.id is not None}
    for mention in _people(reading):
        record = by_id.get(mention.entity) if mention.entity is not None else None
        if record is None:
            same = [one for one in people if mention.name in (one.name, *one.aliases)]
            record = same[0] if len(same) == 1 else None
        if record is not None and record.terms:
            yield mention, record


def _at(terms: Sequence[OfficeTerm], office: Office, reading: Reading) -> list[OfficeTerm]:
    """The terms at the office's organisation, under whatever name the file knows it by."""
    names = {office.organisation}
    for one in reading.context.known:
        if one.kind is EntityKind.ORGANISATION and office.organisation in (one.name, *one.aliases):
            names |= {one.name, *one.aliases}
    return [one for one in terms if any(_one_body(one.organisation, name) for name in names)]


def _one_body(one: str, other: str) -> bool:
    """市总工会 and 东澜市总工会 are one; a branch of it (总工会女职工部) is another."""
    if not one or not other:
        return False
    return one == other or (min(len(one), len(other)) >= 3 and (one.endswith(other) or other.endswith(one)))


def _pieces(position: str) -> list[str]:
    return [piece for piece in re.split("[、兼,，]", position) if piece]


def _bare(position: str) -> str:
    for fore in _FORE:
        if position.startswith(fore) and len(position) > len(fore) + 1:
            return position[len(fore) :]
    return position


def _fits(one: str, other: str) -> bool:
    return bool({_bare(piece) for piece in _pieces(one)} & {_bare(piece) for piece in _pieces(other)})


def _exclude(one: str, other: str) -> bool:
    """Whether one person cannot well be both: chief and deputy of the same, or two chiefs of the same side."""
    for first in _pieces(one):
        for second in _pieces(other):
            a, b = _bare(first), _bare(second)
            if _party(a) != _party(b) or not _CHIEF.search(a) or not _CHIEF.search(b):
                continue
            if a != b and (a.replace("副", "", 1) == b or b.replace("副", "", 1) == a):
                return True
    return False


def _party(position: str) -> bool:
    return position.startswith(_RANKS) or position.endswith("书记")


def _one_person(mention: Mention, other: Elsewhere) -> bool:
    if mention.entity is not None and other.entity is not None:
        return mention.entity == other.entity
    return mention.name == other.name


def _alike(one: str, other: str) -> bool:
    if len(one) != len(other) or len(one) < 3:
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 and apart[0][1] in taken_for(apart[0][0])


def _place(reading: Reading, mention: Mention, office: Office) -> tuple[int, int] | None:
    """Where the office's words stand beside the name; None where the text only implies them."""
    piece = _pieces(office.position)[0] if office.position else ""
    if not piece:
        return None
    line = reading.line_at(mention.start)
    left = max(line.start, mention.start - BEFORE)
    at = reading.text.rfind(piece, left, mention.start)
    if at < 0:
        at = reading.text.find(piece, mention.end, min(line.end, mention.end + BEHIND))
    if at < 0:
        return None
    while at > left and reading.text[at - 1] == "副" and not piece.startswith("副"):
        return None  # the words of another office
    return at, at + len(piece)


def _is_past(reading: Reading, mention: Mention, place: tuple[int, int]) -> bool:
    """Whether the sentence speaks of an office of former days."""
    start = min(place[0], mention.start)
    left = max((reading.text.rfind(mark, 0, start) for mark in _SENTENCE), default=-1) + 1
    before = reading.text[max(left, place[0] - 30) : place[0]]
    return bool(_PAST_NEAR.search(before) or _PAST.search(before[-3:]))


def _inside(reading: Reading, start: int, end: int, record: KnownEntity) -> bool:
    """Whether the old name is only a piece of the new one, or of another organisation's longer name."""
    for name in (record.name, *(alias for alias in record.aliases if alias != reading.text[start:end])):
        for match in re.finditer(re.escape(name), reading.text):
            if match.start() <= start and end <= match.end() and len(name) > end - start:
                return True
    return any(
        one.start <= start and end <= one.end and one.end - one.start > end - start for one in reading.context.mentions
    )


def _speaks_of_then(reading: Reading, start: int, end: int, year: int) -> bool:
    text = reading.text
    left = max((text.rfind(mark, 0, start) for mark in _SENTENCE), default=-1) + 1
    right = min((at for mark in _SENTENCE if (at := text.find(mark, end)) >= 0), default=len(text))
    sentence = text[left:right]
    near = text[max(left, start - 12) : start] + text[end : min(right, end + 12)]
    return bool(_THEN.search(near)) or any(int(found) <= year for found in _YEAR.findall(sentence))


def _held(record: KnownEntity, day: datetime.date) -> list[OfficeTerm]:
    return [one for one in record.terms if one.holds(day)]


def _said(term: OfficeTerm) -> str:
    """东澜区总工会副主席（2021-03-01 — 2024-05-31）"""
    days = f"（{term.since or '…'} — {term.until or '…'}）" if term.since or term.until else ""
    return f"{term.organisation}{term.position}{days}"


TABLE: tuple[tuple[str, Find], ...] = (
    ("names.office_over", over),
    ("names.office_on_file", on_file),
    ("names.office_elsewhere", elsewhere),
    ("names.like_elsewhere", like_elsewhere),
    ("names.renamed", renamed),
    ("names.still_there", still_there),
)
