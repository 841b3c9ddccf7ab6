"""What frames looked like when they were last laid: a key press or a drag lays one frame anew, not the page."""

from dataclasses import dataclass, field

from models.values.article_text import ArticleText
from models.values.ids import ArticleId
from models.values.laid_page import LaidFrame
from models.values.plan import FramePlan
from models.values.template import PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.flow import compose
from services.layout.frame_text import Room

Composed = tuple[LaidFrame, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class _Kept:
    plan: FramePlan
    text: ArticleText
    template: PageTemplate
    fonts: Catalogue
    keep: frozenset[str]
    proportion: float
    inside: tuple[Room, ...]
    made: Composed


@dataclass(slots=True)
class FrameMemory:
    """Frames of one page, by article and place in the plan. Texts and templates are told apart by identity: they are
    values, so one that is the same object cannot have changed. Safe in several threads.
    """

    _kept: dict[tuple[ArticleId, int], _Kept] = field(default_factory=dict)

    def compose(
        self,
        at: int,
        plan: FramePlan,
        text: ArticleText,
        template: PageTemplate,
        fonts: Catalogue,
        keep: frozenset[str],
        proportion: float,
        inside: tuple[Room, ...] = (),
    ) -> Composed:
        """As `flow.compose`; `at` is the frame's place in the plan."""
        held = self._kept.get((plan.article, at))
        if (
            held is not None
            and held.text is text
            and held.template is template
            and held.fonts is fonts
            and held.proportion == proportion
            and held.inside == inside
            and held.keep == keep
            and held.plan == plan
        ):
            return held.made
        made = compose(plan, text, template, fonts, keep, proportion, inside)
        self._kept[plan.article, at] = _Kept(plan, text, template, fonts, keep, proportion, inside, made)
        return made
