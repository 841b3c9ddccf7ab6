"""What automatic layout asks before it lays anything out: line and row counts, exact because the engine itself counts.

Nothing is placed here; the counts of a text at a measure are remembered, so that trying a thousand plans costs the
breaking of a few.
"""

from dataclasses import replace

from models.values.article_text import ArticleText, Form
from models.values.plan import FramePlan, HeadingPlan
from models.values.template import PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.columns import TextColumns, text_columns
from services.layout.frame_text import TINT_EDGE, frame_rows, measure_frame
from services.layout.headline import HeadingFit, set_heading
from services.layout.picture import LANDSCAPE, picture_rows
from services.layout.running_text import text_rows, text_types

__all__ = ["HeadingFit", "Measure"]


class Measure:
    """Counts for one template and one set of fonts. Widths in points, heights in rows of the template's grid."""

    def __init__(self, template: PageTemplate, fonts: Catalogue, keep: frozenset[str] = frozenset()) -> None:
        self.template = template
        self.fonts = fonts
        self._keep = keep
        self._types = text_types(template, fonts)
        self._headings: dict[tuple[str, str, str, int, HeadingPlan, bool], HeadingFit] = {}
        self._lines: dict[tuple[ArticleText, float], int] = {}

    def body_lines(self, text: ArticleText, width: float) -> int:
        """Rows of running text at a measure: dateline run in, blank rows before crossheads, signature."""
        key = (text, round(width, 4))
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = len(text_rows(text, self._types, width))
        return found

    def columns(self, columns: int, wanted: int = 0, tint: bool = False, form: Form = Form.NEWS) -> TextColumns:
        """Number and width of the columns of text in a frame `columns` page columns wide."""
        return text_columns(self.template, columns, wanted, tint, form)

    def heading_rows(self, text: ArticleText, columns: int, heading: HeadingPlan, *, tint: bool = False) -> HeadingFit:
        """How the heading falls out in a frame `columns` page columns wide."""
        key = (text.kicker, text.headline, text.deck, columns, heading, tint)
        found = self._headings.get(key)
        if found is None:
            inset = text_columns(self.template, columns, 0, tint).inset
            width = self.template.span_width(columns) - 2 * inset
            pad = TINT_EDGE * self.template.leading if tint else 0.0
            found = set_heading(text, heading, width, self.template, self.fonts, self._keep, pad=pad).fit
            self._headings[key] = found
        return found

    def caption_rows(self, text: ArticleText, columns: int) -> int:
        """Rows that the text of a photo story takes under its heading, signature with it."""
        made = text_columns(self.template, columns, 0, False, Form.PHOTO)
        return -(-self.body_lines(text, made.width) // made.count)

    def picture_rows(self, columns: int, proportion: float = LANDSCAPE) -> int:
        """Rows of a picture of this width and proportion (width to height)."""
        return picture_rows(self.template.span_width(columns), self.template, proportion)

    def frame_rows(self, text: ArticleText, frame: FramePlan) -> int:
        """The least rows of the frame in which nothing is overset; `frame.rows` is not read."""
        measured = measure_frame(replace(frame, rows=0), text, self.template, self.fonts, self._keep)
        return frame_rows(frame, measured, text, self.template, self.fonts)
