"""What the automatic layout asks of the measure: exact line and row counts, without setting a page.

`Gauge` is the small door through which the search sees type. `services.layout.measured` answers it from the real
measure; tests answer it with plain arithmetic, so that the search can be proved without a font.
"""

from typing import Protocol

from models.values.ids import ArticleId
from models.values.plan import HeadingPlan
from services.layout.headline import HeadingFit

__all__ = ["Gauge", "HeadingFit"]


class Gauge(Protocol):
    """Line counts of articles in frames `columns` page columns wide."""

    def lines(
        self,
        article: ArticleId,
        columns: int,
        text_columns: int,
        tint: bool,
        *,
        pictured: bool = False,
        tight: bool = False,
    ) -> int:
        """Lines of running text when the frame holds `text_columns` equal columns of text.

        `pictured`: caption paragraphs stand under a picture, not in the text; `tight`: lines saved by squeezing.
        """
        ...

    def pour(
        self, article: ArticleId, columns: int, tint: bool, heights: tuple[int, ...], *, pictured: bool = False
    ) -> int | None:
        """Open lines when the text is poured through columns of these heights; None when it does not fit."""
        ...

    def has_crossheads(self, article: ArticleId) -> bool:
        """Whether the text has rows that keep together, so that counting lines is not enough."""
        ...

    def under_picture(self, article: ArticleId, columns: int, text_columns: int, covered: int) -> int:
        """Rows that captions of a news item take under a picture over `covered` of its columns of text."""
        ...

    def heading(self, article: ArticleId, columns: int, plan: HeadingPlan, tint: bool) -> HeadingFit:
        """How the heading falls out in the frame."""
        ...

    def caption_rows(self, article: ArticleId, columns: int) -> int:
        """Rows that the text of a photo story takes under its picture, signature included."""
        ...
