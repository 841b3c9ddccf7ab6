"""What a Word file of an issue is written from: the edited texts in their order, without places on the page."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from models.values.article_text import ArticleText
from models.values.mention import Mention
from models.values.template import PageTemplate


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureCopy:
    """Without bytes it is a picture still to come: 待配图 stands in its place. `source` gives the bytes when they are
    wanted, so that the pictures of an issue never stand in memory together."""

    data: bytes | None = None
    caption: str = ""
    credit: str = ""
    source: Callable[[], bytes | None] | None = None

    def raw(self) -> bytes | None:
        return self.source() if self.data is None and self.source is not None else self.data


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryStep:
    """The article as one person left it."""

    text: ArticleText
    author: str
    time: datetime.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCopy:
    """A comment on code points [start, end) of the article's flat text."""

    start: int
    end: int
    words: str
    author: str
    time: datetime.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCopy:
    """`headline_size` in points as printed, 0: the style's own. `history` begins with the article as received and ends
    with `text`; `mentions` count in the flat text of `text`."""

    text: ArticleText
    pictures: tuple[PictureCopy, ...] = ()
    headline_size: float = 0.0
    history: tuple[HistoryStep, ...] = ()
    notes: tuple[NoteCopy, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCopy:
    """One page, its articles in reading order; the first leads it."""

    number: int
    template: PageTemplate
    name: str = ""
    slogan: str = ""
    articles: tuple[ArticleCopy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCopy:
    publication: str
    date: datetime.date
    pages: tuple[PageCopy, ...]
    total_number: int | None = None
    number_line: str = ""  # CN …, or the permit line of an internal publication
    sponsor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedCharacter:
    """A character that no Word file can hold, `times` times; the file names it in its place: 〔U+0000〕. `headline` is
    that of its article ("" for the words around the articles)."""

    code: str
    headline: str
    times: int
