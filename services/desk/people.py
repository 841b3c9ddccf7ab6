"""人员: who works on the store and as what. On a server a person is the login of the connection, whatever is said.

The first person is a chief, and the last chief stays one: nobody locks everybody out by a slip.
"""

import time
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.tables.base import now
from models.tables.person import PersonRow
from services.config.errors import UserError
from services.config.messages import text as words
from services.desk.permissions import EVERYTHING, PERMISSIONS, Action, Role
from services.store.closing import on_server
from services.store.unit_of_work import Store

HOLDS = 10.0  # seconds for which a role that was read is believed
LONGEST = 63  # characters of a login (NAMEDATALEN of PostgreSQL, less one)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    login: str
    name: str
    role: Role | None  # None: the store knows the person, but no such role (a newer program wrote it)


class NotAllowed(UserError):
    """The person at work may not do this here."""

    def __init__(self, action: Action, people: "People") -> None:
        person, _ = people.me()
        what = words(f"desk.action.{action.value}")
        if person is None or person.role is None:
            super().__init__("desk.stranger", login=people.login(), action=what)
        else:
            super().__init__("desk.not_allowed", role=words(f"desk.role.{person.role.value}"), action=what)


class People:
    def __init__(self, store: Store, login: str) -> None:
        """`login` counts where the database has none: in a file."""
        self._store = store
        self._login = login
        self._read = -HOLDS
        self._me: tuple[PersonCard | None, bool] = (None, False)  # the person, whether the store has people at all

    def all(self) -> tuple[PersonCard, ...]:
        with self._store.read() as session:
            return tuple(map(_card, session.scalars(select(PersonRow).order_by(PersonRow.login))))

    def me(self, session: Session | None = None) -> tuple[PersonCard | None, bool]:
        """Who is at work, None for a stranger; and whether the store has people at all."""
        if time.monotonic() - self._read >= HOLDS:
            if session is None:
                with self._store.read() as own:
                    return self.me(own)
            self._me = self._look(session)
            self._read = time.monotonic()
        return self._me

    def may(self, session: Session | None = None) -> frozenset[Action]:
        """What the person at work may do here."""
        person, peopled = self.me(session)
        if not peopled:
            return EVERYTHING
        return PERMISSIONS[person.role] if person is not None and person.role is not None else frozenset()

    def why_not(self, action: Action) -> str:
        """The sentence for somebody who may not; "" for whoever may."""
        return "" if action in self.may() else str(NotAllowed(action, self))

    def forget(self) -> None:
        """The role is read again at the next question."""
        self._read = -HOLDS

    def author(self) -> str:
        """Who stands in the history: a person by name, on a store without people whoever the settings say."""
        person, peopled = self.me()
        if person is not None:
            return person.name
        return self.login() if peopled else self._login

    def login(self) -> str:
        with self._store.read() as session:
            return self._login_of(session)

    def _login_of(self, session: Session) -> str:
        return str(session.execute(text("SELECT session_user")).scalar()) if on_server(session) else self._login

    def _look(self, session: Session) -> tuple[PersonCard | None, bool]:
        with session.no_autoflush:
            if session.scalars(select(PersonRow.id).limit(1)).first() is None:
                return None, False
            mine = PersonRow.login == self._login_of(session)
            row = session.scalars(select(PersonRow).where(mine)).first()
        return (None if row is None else _card(row)), True

    def add(self, login: str, role: Role, name: str = "") -> PersonCard:
        """A further person. Raises UserError for one that is there, and for a first who is no chief or not who adds."""
        login, name = login.strip(), name.strip()
        if not login or len(login) > LONGEST or any(not character.isprintable() for character in login + name):
            raise UserError("desk.bad_login", login=login[:LONGEST])
        with self._store.work() as work:
            rows = self._hold(work.session)
            if not rows and role is not Role.CHIEF:
                raise UserError("desk.first_chief")
            if not rows and login != (me := self._login_of(work.session)):
                raise UserError("desk.first_is_you", login=login, me=me)  # or nobody at this desk may do anything more
            if any(row.login == login for row in rows):
                raise UserError("desk.person_there", login=login)
            row = PersonRow(login=login, name=name, role=role.value)
            work.session.add(row)
            work.commit()
        self._read = -HOLDS
        return _card(row)

    def give_role(self, login: str, role: Role) -> PersonCard:
        with self._store.work() as work:
            row = _one(self._hold(work.session), login, stays_chief=role is Role.CHIEF)
            row.role, row.changed = role.value, now()
            work.commit()
        self._read = -HOLDS
        return _card(row)

    def remove(self, login: str) -> None:
        """Takes a person off; the last of all may go, the last chief among others not."""
        with self._store.work() as work:
            rows = self._hold(work.session)
            work.session.delete(_one(rows, login, stays_chief=len(rows) == 1))
            work.commit()
        self._read = -HOLDS

    def _hold(self, session: Session) -> list[PersonRow]:
        self._read = -HOLDS
        if Action.PEOPLE not in self.may(session):
            raise UserError("desk.people_chief_only")
        return list(session.scalars(select(PersonRow).order_by(PersonRow.id).with_for_update()))


def _one(rows: list[PersonRow], login: str, *, stays_chief: bool) -> PersonRow:
    row = next((row for row in rows if row.login == login), None)
    if row is None:
        raise UserError("desk.no_person", login=login)
    chiefs = [one for one in rows if one.role == Role.CHIEF.value]
    if chiefs == [row] and not stays_chief:
        raise UserError("desk.last_chief", login=login)
    return row


def _card(row: PersonRow) -> PersonCard:
    role = Role(row.role) if row.role in tuple(Role) else None
    return PersonCard(login=row.login, name=row.name or row.login, role=role)
