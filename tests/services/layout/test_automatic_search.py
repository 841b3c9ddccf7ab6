"""The search alone, with plain arithmetic for type: what it promises of every page it returns."""

from collections.abc import Sequence

import pytest
from automatic_seed import FOLIO, PlainGauge, generated, seed_page
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import ArticleText, Paragraph
from models.values.ids import ArticleId
from models.values.plan import FramePlan, HeadingPlan, PagePlan
from models.values.template import PageTemplate
from services.layout.candidate import Candidate
from services.layout.drafts import difference, distinct, plans
from services.layout.ranking import rank
from services.layout.search import Found
from services.layout.shapes import Piece, ShapeRules, Slack, picture_heights, shapes
from services.layout.templates import template

TABLOID = template("tabloid")


def candidates(articles: dict[ArticleId, ArticleText]) -> list[Candidate]:
    ranks = rank(list(articles.values()))
    return [Candidate(article=a, text=t, rank=r) for (a, t), r in zip(articles.items(), ranks, strict=True)]


def pages(
    articles: dict[ArticleId, ArticleText],
    grid: PageTemplate = TABLOID,
    *,
    slogan: str = "",
    number: int = 2,
    pinned: Sequence[FramePlan] = (),
) -> list[tuple[Found, PagePlan]]:
    held = {frame.article for frame in pinned}
    base = PagePlan(number=number, template=grid.name, name=FOLIO.page_name, slogan=slogan, frames=tuple(pinned))
    free = [one for one in candidates(articles) if one.article not in held]
    return list(plans(free, grid, PlainGauge(articles, grid), base))


def check(found: Found, plan: PagePlan, grid: PageTemplate, first: int) -> None:
    """No overlap, inside the type area, no hole beyond three lines, every row of every frame accounted for."""
    taken: dict[tuple[int, int], ArticleId] = {}
    for frame in plan.frames:
        assert frame.column >= 0
        assert frame.column + frame.columns <= grid.columns
        assert frame.row >= (first if not frame.pinned else 0)
        assert frame.row + frame.rows <= grid.rows
        for column in range(frame.column, frame.column + frame.columns):
            for row in range(frame.row, frame.row + frame.rows):
                assert (column, row) not in taken
                taken[column, row] = frame.article
    for one in found.placed:
        assert one.shape.holes <= 3
        assert one.rows == one.shape.rows
        inside = one.shape.heading_rows + one.shape.text_rows + one.piece.tint
        assert one.rows == inside + (one.shape.picture_rows if one.piece.is_photo else 0)


def test_the_sample_page_comes_out_full_with_the_lead_on_top() -> None:
    slogan, articles = seed_page()
    found = pages(articles, slogan=slogan)
    page, plan = found[0]
    check(page, plan, TABLOID, 3)
    assert len(plan.frames) == 7
    assert page.left_out == ()
    lead = plan.frames[0]
    assert (lead.article, lead.row, lead.column, lead.columns) == (1, 3, 0, 6)
    assert max(frame.row + frame.rows for frame in plan.frames) == TABLOID.rows
    assert sum(frame.tint for frame in plan.frames) == 1
    assert sum(one.shape.cut for one in page.placed) == 0


def test_choices_differ_visibly() -> None:
    slogan, articles = seed_page()
    kept = distinct(iter(pages(articles, slogan=slogan)), TABLOID, 6)
    assert len(kept) >= 3
    assert all(difference(a, b, TABLOID) > 0.08 for i, (_, a) in enumerate(kept) for _, b in kept[:i])


def test_same_copy_same_page() -> None:
    _, articles = seed_page()
    assert [plan for _, plan in pages(articles)] == [plan for _, plan in pages(articles)]


@pytest.mark.parametrize("name", ["tabloid", "broadsheet", "a3", "a4"])
@pytest.mark.parametrize("count", [1, 4, 9])
def test_every_template_takes_few_and_many_articles(name: str, count: int) -> None:
    grid = template(name)
    articles = generated(count, count, least=60, most=500, photos=count // 4)
    page, plan = pages(articles, grid, number=1)[0]
    check(page, plan, grid, grid.masthead_rows)
    assert len(plan.frames) + len(page.left_out) == count


@settings(deadline=None, max_examples=12)
@given(count=st.integers(2, 8), seed=st.integers(0, 10_000), length=st.integers(200, 1500))
def test_any_page_keeps_the_promises(count: int, seed: int, length: int) -> None:
    articles = generated(count, seed, least=60, most=length, photos=count // 3)
    found = pages(articles)
    assert found
    page, plan = found[0]
    check(page, plan, TABLOID, 0)
    assert len(plan.frames) + len(page.left_out) == count
    if not page.white:
        assert max(frame.row + frame.rows for frame in plan.frames) == TABLOID.rows
    assert plan.frames[0].article in {one.article for one in candidates(articles) if one.rank == 0}


def test_too_much_copy_says_what_to_cut_or_leaves_out_the_weakest() -> None:
    articles = generated(6, 3, least=1500, most=2000, photos=0)
    page, plan = pages(articles)[0]
    check(page, plan, TABLOID, 0)
    assert page.left_out
    assert {piece.place for piece in page.left_out} == set(range(6 - len(page.left_out), 6))


def test_one_article_longer_than_the_page_is_cut_by_a_told_number_of_lines() -> None:
    articles = generated(1, 1, least=9000, most=9000, photos=0)
    page, plan = pages(articles)[0]
    lines = PlainGauge(articles, TABLOID).lines(ArticleId(1), 6, plan.frames[0].text_columns, False)
    set_lines = page.placed[0].shape.text_rows * plan.frames[0].text_columns
    assert page.placed[0].shape.cut == lines - set_lines > 0
    assert plan.frames[0].rows == TABLOID.rows


def test_too_little_copy_says_how_many_lines_are_missing() -> None:
    articles = generated(1, 1, least=60, most=80, photos=0)
    page, plan = pages(articles)[0]
    check(page, plan, TABLOID, 0)
    used = sum(frame.rows * frame.columns for frame in plan.frames)
    assert page.white == TABLOID.rows * TABLOID.columns - used > 0


def test_pinned_frames_stay_and_the_rest_goes_round_them() -> None:
    slogan, articles = seed_page()
    pin = FramePlan(
        article=ArticleId(4), column=3, row=31, columns=3, rows=24, heading=HeadingPlan(size=23.2), pinned=True
    )
    page, plan = pages(articles, slogan=slogan, pinned=[pin])[0]
    check(page, plan, TABLOID, 3)
    assert pin in plan.frames
    assert len(plan.frames) + len(page.left_out) == 7


def test_no_articles_no_plan() -> None:
    assert pages({}) == []


def test_headings_step_down_with_rank() -> None:
    slogan, articles = seed_page()
    page, _ = pages(articles, slogan=slogan)[0]
    sizes = [one.shape.heading_size for one in sorted(page.placed, key=lambda one: one.piece.place)]
    assert sizes[0] >= 1.2 * max(sizes[1:])
    assert len(set(sizes)) >= 4


def test_a_quote_closes_a_hole_that_nothing_else_closes() -> None:
    """Three open lines cost more than a pull quote, two do not; never where the text has no such words."""
    template_ = template("tabloid")
    rules = ShapeRules(template=template_, scale=(36.0, 28.0, 24.0), slack=Slack(most_air=0))
    for extra in range(6):
        body = (Paragraph(text="工" * (11 * (96 + extra) - 2)),)
        gauge = PlainGauge({ArticleId(1): ArticleText(headline="江南举办活动", body=body)}, template_)
        plain = shapes(Piece(article=ArticleId(1), place=0, level=0), 6, rules, gauge)
        quoted = shapes(Piece(article=ArticleId(1), place=0, level=0, quote_rows=5), 6, rules, gauge)
        assert not any(shape.quote for shape in plain.values())
        for shape in quoted.values():
            if shape.quote:
                lines = gauge.lines(ArticleId(1), 6, shape.text_columns, False)
                assert shape.text_rows * shape.text_columns == lines + 5 + shape.holes
                assert shape.rows not in plain or plain[shape.rows].cost > shape.cost


def test_pictures_keep_their_proportion() -> None:
    rules = ShapeRules(template=template("tabloid"), scale=(36.0,), slack=Slack())
    for columns in range(1, 7):
        width = rules.template.span_width(columns)
        for proportion in (0.5, 0.67, 0.75, 1.0, 1.33, 1.5, 1.78, 2.4, 3.2):
            for rows, cost in picture_heights(columns, rules, proportion):
                shape = width / (rows * rules.template.leading)
                assert rows == 4 or min(shape / proportion, proportion / shape) >= 0.85
                assert cost >= 0
    assert list(picture_heights(6, rules, 0.5)) == []  # taller than a page
    assert list(picture_heights(2, rules, 0.67))
