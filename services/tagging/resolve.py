"""Which record of the authority file is meant.

In: a name with the offices that the text gives, and the records that bear it. Out: the record, or None with the reason.
Two people of one name stay two: without an office that tells them apart nothing is linked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.values.mention import KnownEntity, Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`entity` is None while undecided; `reasons` are words of the tagger's own list, `authority_…`."""

    entity: KnownEntity | None
    reasons: tuple[str, ...]


def resolve(records: Sequence[KnownEntity], offices: Iterable[Office]) -> Link:
    """The record among those of one name whose offices agree best with the text."""
    told = tuple(offices)
    if not records:
        return Link(entity=None, reasons=())
    weighed = sorted(((agreement(record.offices, told), -at) for at, record in enumerate(records)), reverse=True)
    best, place = weighed[0]
    record = records[-place]
    if len(records) == 1:
        if best == 0 and told and record.offices:
            return Link(entity=None, reasons=("authority_other_office",))
        return Link(entity=record, reasons=("authority_office",) if best else ("authority_name",))
    if best > 0 and best > weighed[1][0]:
        return Link(entity=record, reasons=("authority_office",))
    return Link(entity=None, reasons=("authority_namesakes",))


def agreement(known: Iterable[Office], told: Iterable[Office]) -> float:
    """How far two sets of offices agree: 0 none; a position alone counts half of an organisation with it."""
    best = 0.0
    for one in known:
        for other in told:
            body = _bodies(one.organisation, other.organisation)
            position = _positions(one.position, other.position)
            best = max(best, 2 * body + position if body and position else 1.2 * body + 0.6 * position)
    return best


def _bodies(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    return 0.7 if one.endswith(other) or other.endswith(one) or one.startswith(other) or other.startswith(one) else 0.0


def _positions(one: str, other: str) -> float:
    if one == other:
        return 1.0
    return 0.4 if one.endswith(other) or other.endswith(one) else 0.0
