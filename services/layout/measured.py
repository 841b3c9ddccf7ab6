"""The gauge of real type: answers the search from the engine's own counts, remembered by article."""

from collections.abc import Mapping

from models.values.article_text import ArticleText, Part
from models.values.ids import ArticleId
from models.values.plan import HeadingPlan
from models.values.template import PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.columns import level
from services.layout.columns import text_columns as text_columns_of
from services.layout.headline import HeadingFit
from services.layout.measure import Measure
from services.layout.running_text import TextRow, caption_rows, text_rows, text_types


class MeasuredGauge:
    """Line counts of a page's articles in its template and fonts."""

    def __init__(
        self,
        articles: Mapping[ArticleId, ArticleText],
        template: PageTemplate,
        fonts: Catalogue,
        keep: Mapping[ArticleId, frozenset[str]] | None = None,
        captions: Mapping[ArticleId, tuple[str, str]] | None = None,
    ) -> None:
        """`captions`: caption and credit of an article's picture, where they are not in its text."""
        self._captions = dict(captions or {})
        self._articles = dict(articles)
        self._template = template
        self._types = text_types(template, fonts)
        names = keep or {}
        self._measures = {article: Measure(template, fonts, names.get(article, frozenset())) for article in articles}
        self._lines: dict[tuple[ArticleId, int, int, bool, bool, bool], int] = {}
        self._headings: dict[tuple[ArticleId, int, HeadingPlan, bool], HeadingFit] = {}

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
        key = (article, columns, text_columns, tint, pictured, tight)
        if key not in self._lines:
            self._lines[key] = len(self._rows(article, columns, text_columns, tint, pictured=pictured, tight=tight))
        return self._lines[key]

    def pour(
        self, article: ArticleId, columns: int, tint: bool, heights: tuple[int, ...], *, pictured: bool = False
    ) -> int | None:
        rows = self._rows(article, columns, len(heights), tint, pictured=pictured)
        slices, rest = level(rows, heights)
        return sum(heights) - sum(end - start for start, end in slices) if rest >= len(rows) else None

    def has_crossheads(self, article: ArticleId) -> bool:
        return any(paragraph.part is Part.CROSSHEAD for paragraph in self._articles[article].body)

    def under_picture(self, article: ArticleId, columns: int, text_columns: int, covered: int) -> int:
        caption, credit = self._captions.get(article, ("", ""))
        own = [paragraph.text for paragraph in self._articles[article].body if paragraph.part is Part.CAPTION]
        words = [caption] if caption or not own else own
        if not any(words) and not credit:
            return 0
        made = text_columns_of(self._template, columns, text_columns, False)
        width = covered * made.width + (covered - 1) * made.gap
        if covered == made.count:
            width = self._template.span_width(columns)
        rows = 0
        for number, one in enumerate(words):
            last = number == len(words) - 1
            rows += len(caption_rows(one, credit if last else "", self._types.caption, None, width))
        return rows + 1 if rows else 0

    def _rows(
        self, article: ArticleId, columns: int, text_columns: int, tint: bool, *, pictured: bool, tight: bool = False
    ) -> tuple[TextRow, ...]:
        width = text_columns_of(self._template, columns, text_columns, tint).width
        return text_rows(self._articles[article], self._types, width, not pictured, tight)

    def heading(self, article: ArticleId, columns: int, plan: HeadingPlan, tint: bool) -> HeadingFit:
        key = (article, columns, plan, tint)
        if key not in self._headings:
            self._headings[key] = self._measures[article].heading_rows(
                self._articles[article], columns, plan, tint=tint
            )
        return self._headings[key]

    def caption_rows(self, article: ArticleId, columns: int) -> int:
        return self._measures[article].caption_rows(self._articles[article], columns)
