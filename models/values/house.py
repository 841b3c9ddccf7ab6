"""What the house itself decided on words: its own rules, its lexicon of words let stand, its error rates over time."""

import datetime
from dataclasses import dataclass

from models.values.ids import ArticleId, IssueId


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRule:
    """One line of the house list 本报词表, or a rule written by hand. `id` 0: not yet stored."""

    id: int = 0
    kind: str = "literal"  # or "regex"
    wrong: str  # words, or a pattern
    fix: str = ""
    tier: str = "likely"
    message: str = ""
    state: str = "approved"  # "proposed", "approved", "refused"; only approved rules speak
    sample: str = ""  # the words around one correction
    seen: int = 0  # how often the correction was made; 0 for a rule written by hand
    author: str = ""  # "" for what was mined
    decided_by: str = ""
    reason: str = ""
    time: datetime.datetime | None = None
    decided: datetime.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseWord:
    """One entry of the lexicon 放行: a finding that was let stand, or a word that is never flagged."""

    id: int  # of the row in its table
    key: str  # Finding.key, or the word itself
    scope: str  # "house", "article", "here"
    reason: str
    author: str
    time: datetime.datetime | None
    article: ArticleId | None = None
    headline: str = ""

    @property
    def words(self) -> str:
        return self.key.partition(":")[2] if self.rule else self.key

    @property
    def rule(self) -> str:
        """The rule that is not to speak; "" for a word that no rule may flag."""
        head, mark, _ = self.key.partition(":")
        return head if mark and head.count(".") == 1 and head.isascii() else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRate:
    """差错率 of an issue at a moment: what was still open, and how many findings had been put right before print."""

    issue: IssueId
    date: datetime.date  # of the issue
    time: datetime.datetime
    cause: str  # "export", "check"
    characters: int
    fixed: int
    errors: float
    allowed: float
    per_10k: float
