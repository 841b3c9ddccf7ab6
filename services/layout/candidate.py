"""What the automatic layout is given and gives back."""

from dataclasses import dataclass

from models.values.article_text import ArticleText, Form
from models.values.ids import ArticleId, PictureId
from models.values.laid_page import LaidPage
from models.values.plan import PagePlan
from services.layout.score import Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that wants a place on the page. `rank` 0 is the lead; `pictures` how many it should have.

    Where all candidates have one rank, none was given: ranks are then read from the texts (`ranking.rank`).
    `picture`, `caption` and `credit` go into the frame's picture as they are, so that the rows of the caption are
    counted; without a picture a place-holder is set. A picture of
    known `proportion` is cropped by 15 % at the most. Photo stories take their caption from their text.
    """

    article: ArticleId
    text: ArticleText
    rank: int = 0
    pictures: int = 0
    picture: PictureId | None = None
    caption: str = ""
    credit: str = ""
    proportion: float = 0.0  # of the picture, width to height; 0 where it is not known

    @property
    def is_photo(self) -> bool:
        return self.text.form is Form.PHOTO


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOption:
    """One way to fill the page, as planned, as laid, and what it is worth."""

    plan: PagePlan
    laid: LaidPage
    score: Score
