"""A long text over many pages: every character once, in order, on the grid."""

import datetime
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import ArticleText, Paragraph
from models.values.issue import Folio
from services.fonts.catalogue import installed
from services.layout.run_on import run_on
from services.layout.templates import template

FOLIO = Folio(publication="清样", date=datetime.date(2023, 5, 22), page_number=2)
PARAGRAPHS = st.lists(st.text("清样报纸编辑，。“”《》2023abc、", min_size=1, max_size=400), min_size=1, max_size=40)


@settings(deadline=None, max_examples=25)
@given(PARAGRAPHS)
def test_every_character_is_placed_once_and_in_order(paragraphs: list[str]) -> None:
    tabloid = template("tabloid")
    text = ArticleText(headline="x", body=tuple(Paragraph(text=paragraph) for paragraph in paragraphs))
    pages = list(run_on(text, tabloid, installed(), FOLIO))
    assert [page.number for page in pages] == list(range(2, 2 + len(pages)))
    runs = [run for page in pages for frame in page.frames for run in frame.runs]
    assert Counter("".join(run.text for run in runs)) == Counter("".join(paragraphs))
    assert "".join(run.text for run in runs) == "".join(paragraphs)
    for run in runs:
        assert abs((run.baseline - tabloid.top - tabloid.baseline) / tabloid.leading % 1) in (0, 1) or (
            round((run.baseline - tabloid.top - tabloid.baseline) / tabloid.leading, 6).is_integer()
        )
