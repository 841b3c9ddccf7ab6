"""占用: who has which article or page open, on a store that several share. A courtesy: it locks nothing.

A lease holds for a minute on the database's clock and is renewed by the heartbeat; a program that dies gives it up by
silence. Each new holder gets a higher token: who was taken over finds another token at the next heartbeat.
"""

import datetime
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.tables.base import now
from models.tables.lease import LeaseRow
from services.desk.bench import Bench
from services.store.closing import on_server
from services.store.news import tell

HOLDS = datetime.timedelta(seconds=60)
HEARTBEAT = 20  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """`mine`: held by this program, not merely by the same person."""

    subject: str  # "article 12", "page 3"
    holder: str
    token: int
    since: datetime.datetime
    mine: bool


class Leases:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._desk = secrets.token_hex(8)
        self.shared = bench.store.path is None  # a file has one window

    def all(self) -> tuple[Lease, ...]:
        """What is held now, by whomever."""
        with self._bench.store.read() as session:
            held = select(LeaseRow).where(LeaseRow.until > _moment(session)).order_by(LeaseRow.subject)
            return tuple(map(self._lease, session.scalars(held)))

    def take(self, subject: str, *, over: bool = False) -> Lease:
        """The lease when it is free or already here, else that of whoever holds it; `over`: taken from them."""
        try:
            return self._take(subject, over=over)
        except IntegrityError:  # another program made the row between our look and our insert
            return self._take(subject, over=over)

    def _take(self, subject: str, *, over: bool) -> Lease:
        with self._bench.store.work() as work:
            session = work.session
            moment = _moment(session)
            row = session.scalars(select(LeaseRow).where(LeaseRow.subject == subject).with_for_update()).first()
            if row is None:
                row = LeaseRow(subject=subject, token=0, desk="", holder="", since=moment, until=moment)
                session.add(row)
            if row.desk != self._desk and row.until > moment and not over:
                return self._lease(row)
            if row.desk != self._desk or row.until <= moment:
                row.token, row.since = row.token + 1, moment
                tell(session, f"lease {subject}", row.token)
            row.desk, row.holder, row.until = self._desk, self._bench.author, moment + HOLDS
            session.flush()
            made = self._lease(row)
            work.commit()
        return made

    def beat(self, leases: Iterable[Lease]) -> tuple[Lease, ...]:
        """Renews what is still ours; gives back those that somebody else has taken, as they stand now."""
        lost: list[Lease] = []
        with self._bench.store.work() as work:
            moment = _moment(work.session)
            for lease in sorted(leases, key=lambda one: one.subject):
                found = select(LeaseRow).where(LeaseRow.subject == lease.subject).with_for_update()
                row = work.session.scalars(found).first()
                if row is not None and row.token == lease.token and row.desk == self._desk:
                    row.until = moment + HOLDS
                elif row is not None:
                    lost.append(self._lease(row))
            work.commit()
        return tuple(lost)

    def give(self, subject: str) -> None:
        """Nobody holds it any more, if it was ours. The row stays: its token is never given twice."""
        with self._bench.store.work() as work:
            row = work.session.scalars(select(LeaseRow).where(LeaseRow.subject == subject).with_for_update()).first()
            if row is not None and row.desk == self._desk:
                row.until = _moment(work.session)
                tell(work.session, f"lease {subject}", row.token)
            work.commit()

    def forget(self, subject: str) -> None:
        """For an administrator: a subject that is gone."""
        with self._bench.store.work() as work:
            work.session.execute(delete(LeaseRow).where(LeaseRow.subject == subject))
            work.commit()

    def _lease(self, row: LeaseRow) -> Lease:
        mine = row.desk == self._desk
        return Lease(subject=row.subject, holder=row.holder, token=row.token, since=row.since, mine=mine)


def _moment(session: Session) -> datetime.datetime:
    """The database's own clock: those of the programs may differ."""
    if not on_server(session):
        return now()
    moment = session.execute(select(func.clock_timestamp())).scalar_one()
    assert isinstance(moment, datetime.datetime)
    return moment.astimezone(datetime.UTC)
