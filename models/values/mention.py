"""Mention 提及: a person, an organisation or a place in a text, by code points, end exclusive."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntity:
    """A record of the authority file as the tagger and the proof engine need it."""

    id: EntityId | None
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
