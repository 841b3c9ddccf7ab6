"""Which records of the authority file a text may speak of: those whose names stand in it, or nearly.

The file may hold 200,000 records; tagging and proofing need the few of one text. The names of all confirmed records are
held in memory, made when first asked for and brought up to date from the rows that changed since. A name counts when it
stands in the text as it is, or (people, three or four characters) with one character taken for another.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.tables.entity import AliasRow, EntityChangeRow, EntityRow
from models.values.entity import EditRecords
from models.values.ids import EntityId
from models.values.mention import EntityKind, KnownEntity
from services.desk.authority import AT_ONCE, records_of
from services.store.rows import read

SLACK = datetime.timedelta(minutes=10)  # clocks of several machines differ
MOST_LINES, MOST_MADE = 20_000, 500  # paragraphs and sets of records that are remembered
NEAR = (3, 4)  # characters of names that are looked for with one of them other


@dataclass(slots=True)
class NameIndex:
    """Names of the confirmed records. `mark` says what state of the table it holds."""

    mark: tuple[datetime.datetime | None, int] | None = None
    _names: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _of: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _heads: dict[str, int] = field(default_factory=dict)  # two characters -> bits of the lengths of names they begin
    _first: set[str] = field(default_factory=set)  # first characters of people's names
    _people: set[str] = field(default_factory=set)
    _lines: dict[str, frozenset[int]] = field(default_factory=dict)  # paragraphs already looked through
    _made: dict[frozenset[int], tuple[KnownEntity, ...]] = field(default_factory=dict)

    def update(self, session: Session) -> None:
        """Brings the index up to what the table holds."""
        confirmed = EntityRow.confirmed & EntityRow.merged_into.is_(None)
        last = session.execute(select(func.max(EntityChangeRow.id))).scalar_one() or 0
        mark = (session.execute(select(func.max(EntityRow.changed))).scalar_one(), last)
        if mark == self.mark:
            return
        self._lines, self._made = {}, {}
        since = self.mark[0] - SLACK if self.mark is not None and self.mark[0] is not None else None
        if since is None or self.mark is None:
            self._names, self._of, self._heads, self._first, self._people = {}, {}, {}, set(), set()
            self._take(session, confirmed)
        else:
            changed = EntityRow.changed >= since
            for key in session.scalars(select(EntityRow.id).where(changed)).all():
                self._forget(key)
            edits = select(EntityChangeRow).where(EntityChangeRow.id > self.mark[1])
            for edit in session.scalars(edits).all():
                for gone in read(EditRecords, edit.change, "entity_change", edit.id).gone:
                    self._forget(gone)
            self._take(session, confirmed & changed)
        self.mark = mark

    def _take(self, session: Session, which: "object") -> None:
        columns = select(EntityRow.id, EntityRow.kind, EntityRow.name).where(which)  # type: ignore[arg-type]
        for key, kind, name in session.execute(columns.execution_options(yield_per=AT_ONCE)):
            self._put(key, kind, name)
        also = select(EntityRow.id, EntityRow.kind, AliasRow.alias).join(AliasRow, AliasRow.entity_id == EntityRow.id)
        for key, kind, name in session.execute(also.where(which).execution_options(yield_per=AT_ONCE)):  # type: ignore[arg-type]
            self._put(key, kind, name)
        merged = select(EntityRow.merged_into, EntityRow.kind, EntityRow.name).where(EntityRow.merged_into.is_not(None))
        for root, kind, name in session.execute(merged):
            if root in self._of:
                self._put(root, kind, name)

    def _put(self, key: int, kind: str, name: str) -> None:
        held = self._names.get(name, ())
        if not name or key in held:
            return
        self._names[name] = (*held, key)
        self._of[key] = (*self._of.get(key, ()), name)
        self._heads[name[:2]] = self._heads.get(name[:2], 0) | 1 << min(len(name), 63)
        if kind == EntityKind.PERSON and len(name) in NEAR:
            self._first.add(name[0])
            self._people.add(name)

    def _forget(self, key: int) -> None:
        for name in self._of.pop(key, ()):
            left = tuple(one for one in self._names[name] if one != key)
            if left:
                self._names[name] = left
            else:
                del self._names[name]
                self._people.discard(name)

    def entities(self, session: Session, texts: Iterable[str], *, near: bool) -> tuple[KnownEntity, ...]:
        """The records that the texts may speak of; the same tuple as long as these are the same."""
        ids: set[int] = set()
        if self._names:
            for text in texts:
                for line in text.split("\n"):
                    ids |= self._in_line(line) if near else self.standing_in(line)
        key = frozenset(ids)
        made = self._made.get(key)
        if made is None:
            if len(self._made) >= MOST_MADE:
                self._made.clear()
            made = self._made[key] = entities(session, key)
        return made

    def _in_line(self, line: str) -> frozenset[int]:
        held = self._lines.get(line)
        if held is None:
            if len(self._lines) >= MOST_LINES:
                self._lines.clear()
            held = self._lines[line] = frozenset(self.ids_in(line))
        return held

    def ids_in(self, text: str) -> set[int]:
        """The records whose names stand in the text, or nearly."""
        found = self.standing_in(text)
        for name in self._near(text):
            found.update(self._names.get(name, ()))
        return found

    def standing_in(self, text: str) -> set[int]:
        """The records whose names stand in the text as they are."""
        return {key for name in self._standing(text) for key in self._names[name]}

    def _standing(self, text: str) -> set[str]:
        found: set[str] = set()
        heads, names = self._heads, self._names
        for at in range(len(text)):
            lengths = heads.get(text[at : at + 2]) or 0
            while lengths:
                bit = lengths & -lengths
                lengths ^= bit
                size = bit.bit_length() - 1
                if size == 63:
                    found.update(name for name in self._long(text[at : at + 2]) if text.startswith(name, at))
                elif text[at : at + size] in names:
                    found.add(text[at : at + size])
        return found

    def _long(self, head: str) -> list[str]:
        return [name for name in self._names if len(name) >= 63 and name.startswith(head)]

    def _near(self, text: str) -> set[str]:
        """Names of people that stand in the text with one character taken for another."""
        if not self._people:
            return set()
        from services.proofing.rules.names import taken_for

        found: set[str] = set()
        others = {one: taken_for(one) for one in set(text)}
        for at in range(len(text) - 2):
            here = text[at]
            firsts = [one for one in (here, *others[here]) if one in self._first]
            if not firsts:
                continue
            for size in NEAR:
                window = text[at : at + size]
                if len(window) < size:
                    continue
                for first in firsts:
                    self._look(first, window, others, found, changed=first != here)
        return found

    def _look(self, first: str, window: str, others: dict[str, str], found: set[str], *, changed: bool) -> None:
        heads, rest, size = self._heads, window[1:], 1 << len(window)
        if changed:
            if heads.get(first + rest[0], 0) & size and first + rest in self._people:
                found.add(first + rest)
            return
        for two in others[rest[0]]:
            if heads.get(first + two, 0) & size and first + two + rest[1:] in self._people:
                found.add(first + two + rest[1:])
        if not heads.get(first + rest[0], 0) & size:
            return
        for at in range(1, len(rest)):
            # the last characters may be any other ones: 冯远明 beside 冯远山 is asked about where both stand
            for other in others[rest[at]]:
                name = first + rest[:at] + other + rest[at + 1 :]
                if name in self._people:
                    found.add(name)


def known_in(session: Session, index: NameIndex, texts: Iterable[str], *, near: bool = True) -> tuple[KnownEntity, ...]:
    """The records that the texts may speak of, as taggers and rules want them; with `near` slips of names count."""
    index.update(session)
    return index.entities(session, texts, near=near)


def entities(session: Session, ids: Iterable[int]) -> tuple[KnownEntity, ...]:
    keys = sorted(ids)
    rows: list[EntityRow] = []
    for at in range(0, len(keys), AT_ONCE):
        rows += session.scalars(
            select(EntityRow).where(EntityRow.id.in_(keys[at : at + AT_ONCE])).order_by(EntityRow.id)
        )
    return tuple(
        KnownEntity(
            id=EntityId(row.id),
            kind=record.kind,
            name=record.name,
            aliases=tuple(alias.name for alias in record.aliases),
            offices=tuple(dict.fromkeys(term.office for term in record.offices)),
            terms=record.offices,
            former=tuple(alias for alias in record.aliases if alias.since or alias.until),
        )
        for row, record in zip(rows, records_of(session, rows), strict=True)
    )
