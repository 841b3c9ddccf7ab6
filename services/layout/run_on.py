"""A text that is longer than a page, set page after page in the columns of the template, without a heading.

In: paragraphs, template, faces, what the folio lines say. Out: laid pages, one after the other, so that a caller can
print them as they come. The text is broken once for all pages: cost grows linearly with its characters.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.values.article_text import ArticleText
from models.values.ids import ArticleId
from models.values.issue import Folio
from models.values.laid_page import Box, GlyphRun, LaidFrame, LaidPage
from models.values.plan import PagePlan
from models.values.template import PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.columns import pour
from services.layout.flow import row_runs
from services.layout.furniture import furnish
from services.layout.running_text import TextRow, text_rows, text_types


def run_on(text: ArticleText, template: PageTemplate, fonts: Catalogue, folio: Folio) -> Iterator[LaidPage]:
    """The pages of a long text; page numbers start at `folio.page_number`. Headings of `text` are not set."""
    rows = text_rows.__wrapped__(text, text_types(template, fonts), template.column_width)
    start, number = 0, folio.page_number
    while start < len(rows):
        here = rows[start : start + template.columns * template.rows]
        slices, used = pour(here, [template.rows] * template.columns)
        yield _page(here, slices, number, template, fonts, folio)
        if not used:
            return
        start, number = start + used, number + 1


def _page(
    rows: Sequence[TextRow],
    slices: Sequence[tuple[int, int]],
    number: int,
    template: PageTemplate,
    fonts: Catalogue,
    folio: Folio,
) -> LaidPage:
    runs: list[GlyphRun] = []
    for column, (first, end) in enumerate(slices):
        runs += row_runs(rows[first:end], template.column_x(column), 0, template)
    area = Box(x=template.left, y=template.top, width=template.type_width, height=template.type_height)
    plan = PagePlan(number=number, template=template.name)
    made = furnish(plan, replace(folio, page_number=number), template, fonts)
    return LaidPage(
        number=number,
        name="",
        width=template.width,
        height=template.height,
        bleed=template.bleed,
        type_area=area,
        frames=(LaidFrame(article=ArticleId(1), box=area, runs=tuple(runs)),),
        furniture=tuple(made.runs),
        furniture_lines=tuple(made.lines),
        furniture_tints=tuple(made.tints),
    )
