"""Finding 差错: one thing a rule reports. Spans are code points of the text that was proofed, end exclusive."""

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """How sure a rule is. CERTAIN may be applied in one go; LIKELY is shown; HINT is hidden until asked for."""

    CERTAIN = "certain"
    LIKELY = "likely"
    HINT = "hint"

    @property
    def rank(self) -> int:
        return _RANKS[self]

    def includes(self, other: "Tier") -> bool:
        """Whether asking for this tier also shows the other: LIKELY includes CERTAIN."""
        return other.rank <= self.rank


_RANKS = {Tier.CERTAIN: 0, Tier.LIKELY: 1, Tier.HINT: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`suggestions[0]`, where there is one, is what a fix puts in place of `text`; "" deletes it."""

    start: int
    end: int
    text: str
    rule: str  # "family.name"
    tier: Tier
    weight: float  # errors it counts for in the error rate (报纸期刊质量管理规定 2020)
    message: str
    clause: str = ""
    suggestions: tuple[str, ...] = ()
    related: tuple[tuple[int, int], ...] = ()  # other places that the finding speaks of

    @property
    def key(self) -> str:
        """Stable while the words stand: tells a waived finding again after edits elsewhere."""
        return f"{self.rule}:{self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCard:
    """What a person may read about a rule: clause, why, an example of wrong and of right."""

    rule: str
    family: str
    tier: Tier
    weight: float
    title: str
    message: str
    clause: str
    wrong: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRate:
    """差错率: `errors` weighted; `allowed` = characters × 3 / 10,000 (报纸期刊质量管理规定, 2020)."""

    characters: int
    errors: float
    allowed: float
    per_10k: float
