"""The gauge of real type: answers the search from the engine's own counts, remembered by article."""

from collections.abc import Mapping
from dataclasses import replace

from models.values.article_text import ArticleText, Form, Part
from models.values.ids import ArticleId
from models.values.plan import HeadingPlan
from models.values.template import PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.headline import HeadingFit
from services.layout.measure import Measure


class MeasuredGauge:
    """Line counts of a page's articles in its template and fonts."""

    def __init__(
        self,
        articles: Mapping[ArticleId, ArticleText],
        template: PageTemplate,
        fonts: Catalogue,
        keep: Mapping[ArticleId, frozenset[str]] | None = None,
    ) -> None:
        self._articles = dict(articles)
        self._bare = {article: _without_captions(text) for article, text in articles.items()}
        names = keep or {}
        self._measures = {article: Measure(template, fonts, names.get(article, frozenset())) for article in articles}
        self._lines: dict[tuple[ArticleId, float], int] = {}
        self._headings: dict[tuple[ArticleId, int, HeadingPlan, bool], HeadingFit] = {}

    def lines(self, article: ArticleId, columns: int, text_columns: int, tint: bool) -> int:
        measure = self._measures[article]
        width = measure.columns(columns, text_columns, tint).width
        key = (article, round(width, 3))
        if key not in self._lines:
            self._lines[key] = measure.body_lines(self._bare[article], width)
        return self._lines[key]

    def heading(self, article: ArticleId, columns: int, plan: HeadingPlan, tint: bool) -> HeadingFit:
        key = (article, columns, plan, tint)
        if key not in self._headings:
            self._headings[key] = self._measures[article].heading_rows(
                self._articles[article], columns, plan, tint=tint
            )
        return self._headings[key]

    def caption_rows(self, article: ArticleId, columns: int) -> int:
        return self._measures[article].caption_rows(self._articles[article], columns)


def _without_captions(text: ArticleText) -> ArticleText:
    """Captions of a news item stand under its picture, not in its columns."""
    if text.form is Form.PHOTO or all(paragraph.part is not Part.CAPTION for paragraph in text.body):
        return text
    return replace(text, body=tuple(paragraph for paragraph in text.body if paragraph.part is not Part.CAPTION))
