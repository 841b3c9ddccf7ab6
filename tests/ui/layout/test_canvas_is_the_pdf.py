"""What the canvas draws is what the PDF prints: the outline of every glyph stands at the same place, within 0.05 pt."""

import datetime
from collections import defaultdict
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from models.values.ids import ArticleId
from models.values.issue import Folio
from services.desk.files import receive_file
from services.export.pdf.book import write_pdf
from services.fonts.catalogue import installed
from services.layout.automatic import automatic
from services.layout.candidate import Candidate
from services.layout.templates import template
from ui.layout.glyph_paths import GlyphPaths

Place = tuple[float, float]  # left and foot of an outline, points of the trimmed sheet; PDFium rounds widths and tops
WITHIN = 0.05  # pt


@pytest.fixture(scope="module")
def printed(
    tmp_path_factory: pytest.TempPathFactory, seed_page: Path
) -> tuple[dict[str, list[Place]], list[tuple[str, Place]]]:
    """Places by character as PDFium reads them from the file, and places as the canvas draws them."""
    QApplication.instance() or QApplication([])
    reception = receive_file(seed_page)
    candidates = [
        Candidate(article=ArticleId(n), text=one.text, pictures=int(one.text.form == "photo"))
        for n, one in enumerate(reception.articles, 1)
    ]
    folio = Folio(publication="清样", date=datetime.date(2023, 5, 22), page_number=2, page_name="工会新闻")
    fonts = installed()
    page = automatic(candidates, template("tabloid"), fonts, folio, slogan=reception.slogans[0], options=1)[0].laid
    out = tmp_path_factory.mktemp("pdf") / "page.pdf"
    write_pdf([page], out, title="清样", articles={}, fonts=fonts)
    inked = read(out, page.bleed, page.height)
    paths = GlyphPaths(fonts)
    drawn: list[tuple[str, Place]] = []
    for run in (*page.furniture, *(run for frame in page.frames for run in frame.runs)):
        for glyph, x, words in zip(run.glyphs, run.xs, run.clusters, strict=True):
            area = paths.glyph(run.face, glyph).controlPointRect()
            if len(words) == 1 and not area.isEmpty():
                left, foot = x + area.left() * run.size, run.baseline + area.bottom() * run.size
                drawn.append((words, (left, foot)))
    return inked, drawn


def read(pdf: Path, bleed: float, height: float) -> dict[str, list[Place]]:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text = page.get_textpage()
    found: dict[str, list[Place]] = defaultdict(list)
    for index in range(text.count_chars()):
        left, bottom, right, _ = text.get_charbox(index)
        foot = height + 2 * bleed - bottom - bleed
        if right > left:
            found[text.get_text_range(index, 1)].append((left - bleed, foot))
    text.close()
    page.close()
    document.close()
    return found


def test_every_glyph_stands_where_the_pdf_has_it(
    printed: tuple[dict[str, list[Place]], list[tuple[str, Place]]],
) -> None:
    inked, drawn = printed
    assert len(drawn) > 2_900
    far = [
        (words, place)
        for words, place in drawn
        if not any(
            all(abs(a - b) <= WITHIN for a, b in zip(place, other, strict=True)) for other in inked.get(words, ())
        )
    ]
    assert far == []
