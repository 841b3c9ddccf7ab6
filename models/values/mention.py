"""Mention 提及: a person, an organisation or a place in a text, by code points, end exclusive."""

import datetime
from dataclasses import dataclass, replace
from enum import StrEnum

from models.values.ids import EntityId


class EntityKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """职务 as the text gives it: 北京市总工会 / 党组成员."""

    position: str
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeTerm:
    """An office and the days for which it holds, both ends inclusive; None where nobody said."""

    position: str
    organisation: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    @property
    def office(self) -> Office:
        return Office(position=self.position, organisation=self.organisation)

    def holds(self, day: datetime.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """Another name 别名: a short form, or with `until` one that was given up after that day 曾用名."""

    name: str
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """`name` is the full form where the text or the authority file defines one, else the text itself."""

    start: int
    end: int
    text: str
    kind: EntityKind
    name: str
    offices: tuple[Office, ...] = ()
    certainty: float = 1.0  # 0 … 1
    reasons: tuple[str, ...] = ()
    entity: EntityId | None = None
    by_hand: bool = False  # tagged or confirmed by an editor; a new run never drops it
    was: str = ""  # its words before somebody changed them: the editor is asked whether it still is this name


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntity:
    """A record of the authority file as the tagger and the proof engine need it."""

    id: EntityId | None
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    terms: tuple[OfficeTerm, ...] = ()  # the offices with their days
    former: tuple[FormerName, ...] = ()  # the aliases that have days


_ENDS = frozenset("，。；：！？,;:!?")  # no name goes on over these


def asked(mention: Mention, start: int, end: int, flat: str) -> Mention | None:
    """The mention at [start, end) of a text in which its words are others: asked about, or whole again when they are
    what they were before. None where nothing is left to ask about: no words, a clause, far more than a name. Of words
    that a line end cuts in two the longer piece.
    """
    words = flat[start:end]
    if "\n" in words:
        pieces = words.split("\n")
        longest = max(range(len(pieces)), key=lambda at: len(pieces[at]))
        start += sum(len(piece) + 1 for piece in pieces[:longest])
        words = pieces[longest]
    was = mention.was or mention.text
    if not words.strip() or len(words) > 2 * len(was) + 4 or (words != was and not _ENDS.isdisjoint(words)):
        return None
    return replace(mention, start=start, end=start + len(words), text=words, was="" if words == was else was)
