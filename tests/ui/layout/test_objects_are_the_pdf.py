"""Boxes, rules, borders and ornaments are drawn where the PDF prints them: every stroke within 0.05 pt."""

import datetime
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from models.values.article_text import ArticleText, Paragraph
from models.values.ids import ArticleId
from models.values.issue import Folio
from models.values.laid_page import LaidPage, Line
from models.values.plan import BoxPlan, FramePlan, HeadingPlan, PagePlan, RulePlan, RuleStyle
from services.export.pdf.book import write_pdf
from services.fonts.catalogue import installed
from services.layout.lay_out import lay_out
from services.layout.templates import template

WITHIN = 0.05  # pt
KEY = ArticleId(1)
TEXT = ArticleText(headline="渡轮靠岸", body=(Paragraph(text="近日，云帆造船厂交付首艘电动渡轮，可载客二百人。" * 6),))
PLAN = PagePlan(
    number=2,
    template="tabloid",
    frames=(
        FramePlan(
            article=KEY,
            column=0,
            row=2,
            columns=3,
            rows=24,
            heading=HeadingPlan(size=22),
            border=RuleStyle.THICK_THIN,
            filler="lotus",
        ),
    ),
    boxes=(BoxPlan(column=3, row=2, columns=2, rows=12, title="简讯", border=RuleStyle.DOUBLE, tint=0.08),),
    rules=(RulePlan(column=0, row=40, columns=4, style=RuleStyle.THIN), RulePlan(column=3, row=42, rows=20)),
)


def strokes(page: LaidPage) -> list[Line]:
    """As the canvas draws them."""
    return [*page.furniture_lines, *(line for frame in page.frames for line in frame.lines)]


def printed(pdf: Path, bleed: float, height: float) -> list[tuple[float, float, float, float]]:
    """Middle of every path that PDFium finds, with its width and height: points of the trimmed sheet."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    found = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, foot, right, top = item.get_bounds()
        middle = (left + right) / 2 - bleed, height + bleed - (foot + top) / 2
        found.append((*middle, right - left, top - foot))
    page.close()
    document.close()
    return found


def test_every_stroke_stands_where_the_pdf_has_it(tmp_path: Path) -> None:
    fonts = installed()
    folio = Folio(publication="清样", date=datetime.date(2026, 1, 5), page_number=2, page_name="综合")
    page = lay_out(PLAN, {KEY: TEXT}, template("tabloid"), fonts, folio)
    lines = strokes(page)
    assert len(lines) > 12
    out = tmp_path / "page.pdf"
    write_pdf([page], out, title="清样", articles={}, fonts=fonts)
    places = printed(out, page.bleed, page.height)
    far = [
        line
        for line in lines
        if not any(
            abs((line.x0 + line.x1) / 2 - x) <= WITHIN and abs((line.y0 + line.y1) / 2 - y) <= WITHIN
            for x, y, _, _ in places
        )
    ]
    assert far == []
