"""What a model of the user's own is asked, and what it answers. See opinion.py."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which of two words of one length stands better at [start, end) of a text? The first is what stands there."""

    text: str
    start: int
    end: int
    candidates: tuple[str, str]


class Model(Protocol):
    def ask(self, questions: Sequence[Question]) -> list[tuple[float, float]]:
        """Natural log probabilities of both candidates, question by question. Raises UserError."""
        ...
