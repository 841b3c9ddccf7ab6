"""A record of the authority file 名录, whole, and a change to records that carries the state it puts in place."""

import datetime
from dataclasses import dataclass

from models.values.change import Receipt
from models.values.ids import ArticleId, EntityId
from models.values.mention import EntityKind, FormerName, OfficeTerm


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRecord:
    """`parent` is the organisation above, of a person the one that it is known by. `version` 0: do not compare."""

    kind: EntityKind
    name: str
    id: EntityId | None = None
    aliases: tuple[FormerName, ...] = ()
    offices: tuple[OfficeTerm, ...] = ()
    parent: str = ""
    note: str = ""
    source: str = ""
    confirmed: bool = True
    merged_into: EntityId | None = None
    version: int = 0

    def hint(self, day: datetime.date | None = None) -> str:
        """What tells this one from another of its name: the office on that day, else organisation or note."""
        held = next((one for one in self.offices if day is None or one.holds(day)), None)
        if held is not None:
            return f"{held.organisation}{held.position}"
        return self.parent or self.note.split("\n")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedMention:
    """A mention that comes to mean another record; -1 is the first new record of the change, -2 the second …"""

    article: ArticleId
    start: int
    text: str
    was: EntityId | None
    entity: EntityId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRecords:
    """Puts records in place (those without an id are new), takes `gone` away, points mentions elsewhere."""

    records: tuple[EntityRecord, ...] = ()
    gone: tuple[EntityId, ...] = ()
    moved: tuple[MovedMention, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsReceipt:
    """`change` with the ids that were given; `inverse` takes it back; `articles` are what became of moved mentions."""

    change: EditRecords
    inverse: EditRecords
    articles: tuple[Receipt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What marking or unmarking in many articles did; `refusal` is the row that remembers it."""

    receipts: tuple[Receipt, ...]
    refusal: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityLine:
    """One row of the list of the authority file."""

    id: EntityId
    kind: EntityKind
    name: str
    hint: str
    confirmed: bool
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPage:
    """A piece of that list: `total` is how many rows the whole has."""

    lines: tuple[EntityLine, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityPlace:
    """A mention anywhere in the archive, with the words round it."""

    article: ArticleId
    headline: str
    date: datetime.date | None
    start: int
    end: int
    text: str
    words: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row of a file that was not taken: its number in the file from 1, the column, what is wrong with it."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesFile:
    """What a file of names holds: sound rows, each with its number among those of its name, and bad ones."""

    records: tuple[EntityRecord, ...]
    numbers: tuple[int, ...]
    bad: tuple[BadRow, ...]
