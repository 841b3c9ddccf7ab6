"""What every part of the desk has at hand: the store, who works, and small memories of what was read."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.tables.finding import HouseWordRow
from models.tables.issue import IssueRow
from models.tables.publication import PublicationRow
from models.values.article_text import ArticleText
from models.values.change import EditArticle
from models.values.ids import ArticleId, IssueId
from models.values.mention import EntityKind, KnownEntity, Mention
from models.values.publication import Publication
from services.config.errors import UserError
from services.desk.known import NameIndex, known_in
from services.desk.people import NotAllowed, People
from services.desk.permissions import Action
from services.store.rows import read_mentions, read_publication, read_text
from services.store.unit_of_work import Store, Work

if TYPE_CHECKING:
    from services.proofing.contract import Quantity

LONGEST_KEPT_NAME = 12  # characters; a longer name may be broken in a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The issue an article stands in, as far as it stands in one."""

    publication: Publication | None = None
    date: datetime.date | None = None


@dataclass(slots=True)
class Bench:
    """`settling` holds, for a change not yet applied, the keys of the findings that it fixes."""

    store: Store
    author: str
    people: People | None = None  # None: nobody is asked who they are
    settling: dict[EditArticle, tuple[str, ...]] = field(default_factory=dict)
    _texts: dict[ArticleId, tuple[int, ArticleText, frozenset[str]]] = field(default_factory=dict)
    _people: dict[ArticleId, tuple[int, tuple[Mention, ...]]] = field(default_factory=dict)
    _quantities: "dict[ArticleId, tuple[int, tuple[Quantity, ...]]]" = field(default_factory=dict)
    _names: NameIndex = field(default_factory=NameIndex)
    _naming: Lock = field(default_factory=Lock)  # the index is one; reads run on several threads

    @contextmanager
    def work(self, action: Action) -> Iterator[Work]:
        """A unit of work for somebody who may do such a thing. Raises UserError for anybody else."""
        with self.store.work() as work:
            self.permit(action, work.session)
            yield work

    def permit(self, action: Action, session: Session | None = None) -> None:
        """The one place where it is asked who may do what. Raises UserError."""
        if self.people is not None and action not in self.people.may(session):
            raise NotAllowed(action, self.people)

    def permit_any(self, actions: Sequence[Action], session: Session | None = None) -> None:
        """Like `permit` for what goes with any of several kinds of work; the last is named to whoever may do none."""
        if self.people is not None and self.people.may(session).isdisjoint(actions):
            raise NotAllowed(actions[-1], self.people)

    def works_here(self) -> bool:
        """Whether the person at work may change anything: figures found by the way are stored for staff alone."""
        return self.people is None or bool(self.people.may())

    def texts(self, articles: Iterable[ArticleId]) -> dict[ArticleId, tuple[int, ArticleText, frozenset[str]]]:
        """Version, text and names (never broken in headings) of articles that exist; read again only when changed."""
        asked = list(dict.fromkeys(articles))
        with self.store.read() as session:
            found = session.execute(select(ArticleRow.id, ArticleRow.version).where(ArticleRow.id.in_(asked)))
            versions = {ArticleId(key): version for key, version in found}
            for key, version in versions.items():
                held = self._texts.get(key)
                if held is None or held[0] != version:
                    self._texts[key] = _read(session, key)
        return {key: self._texts[key] for key in asked if key in versions}

    def known(self, session: Session, texts: Iterable[str], *, near: bool = True) -> tuple[KnownEntity, ...]:
        """The confirmed records of the authority file that the texts may speak of: a slip that tagging met must not
        become the measure of the right name."""
        with self._naming:
            return known_in(session, self._names, texts, near=near)

    def people_elsewhere(
        self, session: Session, issue: IssueId, but: ArticleId
    ) -> list[tuple[str, tuple[Mention, ...]]]:
        """People with offices of the issue's other articles, by 《headline》; read again only where one changed."""
        chosen = select(ArticleRow.id, ArticleRow.version, ArticleRow.headline).where(ArticleRow.issue_id == issue)
        found = []
        for row, version, headline in session.execute(chosen.order_by(ArticleRow.id)):
            key = ArticleId(row)
            if key == but:
                continue
            held = self._people.get(key)
            if held is None or held[0] != version:
                told = (
                    m for m in read_mentions(session, key) if m.kind is EntityKind.PERSON and m.offices and not m.was
                )
                held = self._people[key] = (version, tuple({(m.name, m.offices): m for m in told}.values()))
            found.append((f"《{headline}》", held[1]))
        return found

    def quantities_elsewhere(self, session: Session, issue: IssueId, but: ArticleId) -> "tuple[Quantity, ...]":
        """What the issue's other articles count, by 《headline》; read again only where one changed."""
        from services.proofing.rules.quantities import quantities

        chosen = select(ArticleRow.id, ArticleRow.version, ArticleRow.headline).where(ArticleRow.issue_id == issue)
        found: list[Quantity] = []
        for row, version, headline in session.execute(chosen.order_by(ArticleRow.id)).all():
            key = ArticleId(row)
            if key == but:
                continue
            held = self._quantities.get(key)
            if held is None or held[0] != version:
                held = self._quantities[key] = (version, ())
                article = session.get(ArticleRow, row)
                # a damaged row is told where it is opened: it keeps nobody from proofing another article
                with suppress(UserError):
                    words = "" if article is None else read_text(article).flat().text
                    held = self._quantities[key] = (version, quantities(words, f"《{headline}》"))
            found += held[1]
        return tuple(found)

    def house_words(self, session: Session) -> frozenset[str]:
        return frozenset(session.scalars(select(HouseWordRow.key)))

    def setting(self, session: Session, issue: IssueId | None) -> Setting:
        row = None if issue is None else session.get(IssueRow, issue)
        if row is None:
            first = session.scalars(select(PublicationRow).order_by(PublicationRow.id).limit(1)).first()
            return Setting(publication=None if first is None else read_publication(first))
        paper = session.get(PublicationRow, row.publication_id)
        return Setting(publication=None if paper is None else read_publication(paper), date=row.date)


def _read(session: Session, key: ArticleId) -> tuple[int, ArticleText, frozenset[str]]:
    row = need_article(session, key)
    names = {
        mention.text
        for mention in read_mentions(session, key)
        if mention.kind is not EntityKind.PLACE and len(mention.text) <= LONGEST_KEPT_NAME
    }
    return row.version, read_text(row), frozenset(names)


def need_article(session: Session, key: ArticleId, *, hold: bool = False) -> ArticleRow:
    """The article's row; with `hold` nobody else changes it until the unit of work ends (a server has many)."""
    row = session.get(ArticleRow, key, with_for_update=hold or None)
    if row is None:
        raise UserError("desk.no_article", id=key)
    return row
