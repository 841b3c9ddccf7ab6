"""Change and Receipt: what an editor does, and its inverse. One order of undo for typing, fixes, tags and pages.

A change carries the whole state that it puts in place (articles and plans are small), so that its inverse is exact.
"""

from dataclasses import dataclass

from models.values.article_text import ArticleText
from models.values.ids import ArticleId, PageId
from models.values.mention import Mention
from models.values.plan import PagePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding that an editor lets stand 放行. `scope`: "here" (this key), "article", "house"."""

    key: str  # Finding.key
    scope: str = "here"
    reason: str = ""
    start: int = -1  # code point in the flat text, for "here"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditArticle:
    """Puts a text, its mentions and its waivers in place. `version` is what the editor saw (0: do not compare)."""

    article: ArticleId
    text: ArticleText
    mentions: tuple[Mention, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    version: int = 0
    reason: str = ""  # "typing", "fix", "tag", "waive" …: shown in the history


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """Puts a plan on a page."""

    page: PageId
    plan: PagePlan
    version: int = 0
    reason: str = ""


Change = EditArticle | PlanPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a change touched, the change that takes it back, and the version now stored."""

    change: Change
    inverse: Change
    version: int
    articles: tuple[ArticleId, ...] = ()
    pages: tuple[PageId, ...] = ()
