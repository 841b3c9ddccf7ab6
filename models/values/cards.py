"""Read-only rows and sheets that windows and reports show. Nothing in here is edited in place."""

import datetime
from dataclasses import dataclass

from models.values.article_text import ArticleText
from models.values.change import Waiver
from models.values.finding import ErrorRate, Finding
from models.values.ids import ArticleId, EntityId, IssueId, ManuscriptId, PageId, PictureId
from models.values.laid_page import LaidPage
from models.values.mention import EntityKind, Mention, Office
from models.values.plan import PagePlan
from models.values.publication import Publication


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCard:
    """One row of the list 稿库."""

    id: ArticleId
    headline: str
    authors: tuple[str, ...]
    characters: int
    state: str
    form: str
    page: PageId | None
    page_number: int | None
    findings: int  # open, tiers certain and likely; -1 while not yet proofed
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSheet:
    """An article as an editor opens it."""

    id: ArticleId
    text: ArticleText
    mentions: tuple[Mention, ...]
    waivers: tuple[Waiver, ...]
    version: int
    manuscript: ManuscriptId | None
    issue: IssueId | None
    page: PageId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofReport:
    """What proofing an article found, waived findings apart."""

    article: ArticleId | None
    version: int
    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    rate: ErrorRate
    notes: tuple[str, ...] = ()  # plain sentences about the check itself, each told once


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionCard:
    number: int
    time: datetime.datetime
    author: str
    reason: str
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityCard:
    id: EntityId
    kind: EntityKind
    name: str
    aliases: tuple[str, ...]
    offices: tuple[Office, ...]
    mentions: int
    note: str = ""
    confirmed: bool = True  # by a person; False: only met by tagging


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCard:
    id: PageId
    number: int
    name: str
    articles: int
    overset_lines: int
    empty_lines: int
    faults: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSheet:
    """A page as the canvas opens it: the plan, and what the engine made of it."""

    id: PageId
    plan: PagePlan
    laid: LaidPage
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCard:
    id: IssueId
    publication: Publication
    date: datetime.date
    total_number: int | None
    pages: tuple[PageCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureCard:
    id: PictureId
    name: str
    width: int  # pixels
    height: int
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """What a hit must be besides holding the words; None and "" let everything through. Days are those of the issue."""

    since: datetime.date | None = None
    until: datetime.date | None = None
    page: int | None = None  # number of the page
    author: str = ""  # part of a signed name, as are the next two of a tagged one
    person: str = ""
    organisation: str = ""
    state: str = ""  # as ArticleCard.state


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """`mark` is where the words stand in the snippet, `start` and `end` where in the article's flat text."""

    article: ArticleId
    headline: str
    date: datetime.date | None
    snippet: str
    mark: tuple[int, int] = (0, 0)
    start: int = 0
    end: int = 0
    authors: tuple[str, ...] = ()
    page_number: int | None = None
    state: str = ""
