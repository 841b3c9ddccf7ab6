"""Templates of the house: kept, read back, shared; never a preset, never a broken one; a page in use keeps its own."""

from dataclasses import replace

import pytest

from models.values.article_text import ArticleText, Paragraph
from models.values.ids import ArticleId
from services.config.errors import UserError
from services.desk.desk import Desk


def test_a_template_is_kept_and_read_back_to_the_last_figure(desk: Desk) -> None:
    templates = desk.pages.templates
    made = replace(templates.get("tabloid"), name="house 1", title="五栏", columns=5, gutter=13.37)
    assert templates.save(made) is None
    assert templates.get("house 1") == made
    assert templates.get("house 1") is templates.get("house 1")  # the same object while it has not changed
    wider = replace(made, gutter=14.0)
    assert templates.save(wider) == made  # what undo puts back
    assert templates.get("house 1") == wider
    assert [card.title for card in templates.cards() if not card.preset] == ["五栏"]
    templates.remove("house 1")
    with pytest.raises(UserError):
        templates.get("house 1")


def test_presets_and_impossible_numbers_are_refused(desk: Desk) -> None:
    templates = desk.pages.templates
    preset = templates.get("tabloid")
    with pytest.raises(UserError) as refused:
        templates.save(preset)
    assert refused.value.key == "layout.template_preset"
    for wrong in (
        replace(preset, name="x", columns=12),
        replace(preset, name="../x"),
        replace(preset, name="x", rows=300),
    ):
        with pytest.raises(UserError):
            templates.save(wrong)
    assert all(card.preset for card in templates.cards())


def test_a_sample_page_is_laid_in_a_template_that_is_not_kept(desk: Desk) -> None:
    templates = desk.pages.templates
    empty = templates.preview(replace(templates.get("a4"), columns=3, column_width=120.0), ())
    assert empty.frames == ()
    assert empty.furniture  # its masthead
    text = ArticleText(headline="渡轮靠岸", body=(Paragraph(text="近日，云帆造船厂交付首艘电动渡轮。" * 30),))
    laid = templates.preview(templates.get("tabloid"), ((ArticleId(1), text),))
    assert len(laid.frames) == 1
