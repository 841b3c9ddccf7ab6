"""A bigger model of the user's own as evidence: asked about characters that the checker doubts, nothing else.

Off unless a person switched it on for this very model. It may raise a hint to likely or lower a likely to a hint; it
never makes a finding of its own, and never anything certain. One that fails is told once and left alone for a while:
proofing goes on without it. Protocol and file format: docs/own-model.md.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from models.values.article_text import FlatText
from models.values.finding import Finding, Tier
from services.config.errors import UserError
from services.config.messages import text
from services.proofing.characters.check import RULE
from services.proofing.questions import Model, Question

AROUND = 60  # characters to each side that the model sees, within the paragraph
MOST = 64  # questions about one text
RAISE, LOWER = 3.0, 1.0  # natural log odds from which its word changes the tier
PAUSE = 300.0  # seconds a model is left alone after it failed


@dataclass(slots=True)
class Opinion:
    """A model with its moods. `where` is what the person agreed to: a file, or an address."""

    where: str
    model: Model | None = None
    _silent_until: float = 0.0
    _told: set[str] = field(default_factory=set)

    def weigh(self, findings: Sequence[Finding], flat: FlatText) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        """The findings with tiers as the model would have them, and what is to be told (each trouble once)."""
        doubted = [one for one in findings if _is_asked(one)][:MOST]
        if not doubted or time.monotonic() < self._silent_until:
            return tuple(findings), ()
        try:
            if self.model is None:
                self.model = open_model(self.where)
            scores = self.model.ask([question(one, flat.text) for one in doubted])
        except UserError as error:
            self._silent_until = time.monotonic() + PAUSE
            fresh = str(error) not in self._told
            self._told.add(str(error))
            return tuple(findings), (str(error),) if fresh else ()
        tiers = {id(one): _tier(one, new - old) for one, (old, new) in zip(doubted, scores, strict=True)}
        return tuple(replace(one, tier=tiers[id(one)]) if id(one) in tiers else one for one in findings), ()


def _is_asked(finding: Finding) -> bool:
    return finding.rule == RULE and bool(finding.suggestions) and len(finding.suggestions[0]) == len(finding.text) > 0


def _tier(finding: Finding, gain: float) -> Tier:
    if finding.tier is Tier.HINT and gain >= RAISE:
        return Tier.LIKELY
    if finding.tier is Tier.LIKELY and gain <= -LOWER:
        return Tier.HINT
    return finding.tier


def question(finding: Finding, words: str) -> Question:
    """The finding in its paragraph, cut to what is near."""
    left = max(words.rfind("\n", 0, finding.start) + 1, finding.start - AROUND)
    right = words.find("\n", finding.end)
    right = min(len(words) if right < 0 else right, finding.end + AROUND)
    return Question(
        text=words[left:right],
        start=finding.start - left,
        end=finding.end - left,
        candidates=(finding.text, finding.suggestions[0]),
    )


def chosen_opinion(model: str, agreed: str) -> Opinion | None:
    """The model that the settings name, if a person switched on this very one; None where there is none."""
    return Opinion(where=model) if model and model == agreed else None


def open_model(where: str) -> Model:
    """Raises UserError in plain words."""
    if where.startswith(("http://", "https://")):
        from services.proofing.opinion_http import Endpoint

        return Endpoint(where)
    path = Path(where)
    if path.suffix.lower() != ".onnx":
        raise UserError("proofing.model.unknown", model=where)
    from services.proofing.opinion_onnx import OnnxModel

    return OnnxModel(path)


def leaves_the_machine(where: str) -> str:
    """What leaves the machine with this model, and to where, in plain words; for the settings."""
    if where.startswith(("http://", "https://")):
        from urllib.parse import urlsplit

        try:
            host = urlsplit(where).hostname or where
        except ValueError:
            host = where
        return text("proofing.model.leaves", host=host, around=AROUND)
    return text("proofing.model.stays")
