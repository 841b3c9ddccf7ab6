"""Automatic page layout with real type: what every page that is offered keeps."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from automatic_seed import FOLIO, FOLIO_FRONT, generated, seed_page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.values.article_text import ArticleText, Form, Paragraph, Part
from models.values.ids import ArticleId, PictureId
from models.values.issue import Folio
from models.values.laid_page import FaultKind
from models.values.plan import FramePlan, HeadingPlan
from models.values.template import FontRole, PageTemplate
from services.config.messages import text
from services.fonts.catalogue import installed
from services.layout.automatic import Candidate, PlanOption, automatic, rank
from services.layout.drafts import difference
from services.layout.score import set_lines
from services.layout.templates import template

TABLOID = template("tabloid")


def candidates(articles: dict[ArticleId, ArticleText], pictures: int = 0) -> list[Candidate]:
    ranks = rank(list(articles.values()))
    return [
        Candidate(article=a, text=t, rank=r, pictures=pictures if r == 0 else 0)
        for (a, t), r in zip(articles.items(), ranks, strict=True)
    ]


def options(
    articles: dict[ArticleId, ArticleText],
    grid: PageTemplate = TABLOID,
    *,
    folio: Folio = FOLIO,
    slogan: str = "",
    pinned: Sequence[FramePlan] = (),
    pictures: int = 0,
) -> tuple[PlanOption, ...]:
    return automatic(candidates(articles, pictures), grid, installed(), folio, slogan=slogan, pinned=pinned)


def check(option: PlanOption, grid: PageTemplate) -> None:
    """No overlap, inside the type area, no unreported overset, no hole beyond three lines, no bad line edge."""
    laid = option.laid
    pinned = {frame.article for frame in option.plan.frames if frame.pinned}
    reported = {fault.article for fault in laid.faults if fault.kind is FaultKind.OVERSET}
    for frame in laid.frames:
        assert frame.box.x >= grid.left - 0.01
        assert frame.box.right <= grid.left + grid.type_width + 0.01
        assert frame.box.bottom <= grid.top + grid.type_height + 0.01
        assert frame.empty_lines <= 3 or frame.article in pinned or not frame.body_lines
        assert not frame.overset_lines or frame.article in reported
        for picture in frame.pictures:
            assert picture.box.bottom <= frame.box.bottom + 0.01
    for a, b in combinations(laid.frames, 2):
        assert not (
            min(a.box.right, b.box.right) - max(a.box.x, b.box.x) > 0.1
            and min(a.box.bottom, b.box.bottom) - max(a.box.y, b.box.y) > 0.1
        )
    for fault in laid.faults:
        assert text(fault.message, **dict(fault.values))


@pytest.fixture(scope="module")
def sample() -> tuple[PlanOption, ...]:
    slogan, articles = seed_page()
    return options(articles, slogan=slogan)


def test_the_sample_page_is_one_an_editor_would_sign(sample: tuple[PlanOption, ...]) -> None:
    best = sample[0]
    check(best, TABLOID)
    assert best.score.total >= 90
    assert best.score.filled >= 0.97
    assert best.score.overset == 0
    assert best.score.holes <= 7
    assert len(best.laid.frames) == 7
    assert not [fault for fault in best.laid.faults if fault.kind is not FaultKind.MISSING_PICTURE]


def test_the_sample_page_steps_down_in_size_and_changes_face(sample: tuple[PlanOption, ...]) -> None:
    frames = sample[0].laid.frames
    lead = next(frame for frame in frames if frame.article == 1)
    assert lead.headline_size >= 1.2 * max(frame.headline_size for frame in frames if frame is not lead)
    assert len({frame.heading.role for frame in sample[0].plan.frames}) >= 3
    assert sum(frame.heading.role is FontRole.HEI_BOLD for frame in sample[0].plan.frames) <= 3


def test_photo_stories_have_pictures_of_newspaper_proportions(sample: tuple[PlanOption, ...]) -> None:
    for option in sample:
        pictures = [frame.pictures[0].box for frame in option.laid.frames if frame.pictures]
        assert len(pictures) == 2
        assert all(1.25 <= box.width / box.height <= 2.05 for box in pictures)


def test_options_are_best_first_and_differ(sample: tuple[PlanOption, ...]) -> None:
    assert len(sample) == 3
    totals = [option.score.total for option in sample]
    assert totals == sorted(totals, reverse=True)
    assert all(difference(a.plan, b.plan, TABLOID) >= 0.3 for a, b in combinations(sample, 2))


def test_no_line_starts_or_ends_with_a_forbidden_mark(sample: tuple[PlanOption, ...]) -> None:
    lines = [line for frame in sample[0].laid.frames for line, _ in set_lines(frame)]
    assert len(lines) > 200
    assert not [line for line in lines if line[0] in "，。、；：！？）》”" or line[-1] in "（《“"]


def test_same_copy_same_pages(sample: tuple[PlanOption, ...]) -> None:
    slogan, articles = seed_page()
    assert [option.plan for option in options(articles, slogan=slogan)] == [option.plan for option in sample]


def test_without_ranks_the_texts_are_ranked(sample: tuple[PlanOption, ...]) -> None:
    slogan, articles = seed_page()
    unranked = [Candidate(article=article, text=one) for article, one in articles.items()]
    made = automatic(unranked, TABLOID, installed(), FOLIO, slogan=slogan)
    assert [option.plan for option in made] == [option.plan for option in sample]


def test_a_wanted_picture_stands_in_the_lead() -> None:
    articles = generated(5, 2, least=300, most=700, photos=0)
    best = options(articles, pictures=1)[0]
    check(best, TABLOID)
    lead = next(one.article for one in candidates(articles) if one.rank == 0)
    assert next(frame for frame in best.laid.frames if frame.article == lead).pictures


def test_a_picture_with_caption_keeps_its_rows() -> None:
    articles = generated(4, 7, least=500, most=900, photos=0)
    given = [
        replace(one, picture=PictureId(5), caption="调解员与双方逐日核对考勤表和工资条。" * 3, credit="丁一 摄")
        if one.rank == 0
        else one
        for one in candidates(articles)
    ]
    best = automatic(given, TABLOID, installed(), FOLIO)[0]
    check(best, TABLOID)
    lead = next(frame for frame in best.laid.frames if frame.pictures)
    assert lead.pictures[0].picture == PictureId(5)
    assert "核对考勤表" in "".join(run.text for run in lead.runs)


def test_crossheads_and_captions_of_the_text_are_counted() -> None:
    articles = generated(4, 9, least=500, most=900, photos=0)
    mixed = {
        article: replace(
            one,
            body=(
                one.body[0],
                Paragraph(text="小标题一行", part=Part.CROSSHEAD),
                *one.body[1:],
                Paragraph(text="图为活动现场。", part=Part.CAPTION),
            ),
        )
        for article, one in articles.items()
    }
    for option in options(mixed, pictures=1):
        check(option, TABLOID)


def test_no_articles_give_an_empty_page_that_says_so() -> None:
    (only,) = options({})
    assert only.plan.frames == ()
    assert {fault.message for fault in only.laid.faults} >= {"automatic.no_articles"}
    assert "还没有稿件" in text("automatic.no_articles")


def test_pinned_frames_stay_exactly() -> None:
    slogan, articles = seed_page()
    pin = FramePlan(
        article=ArticleId(7),
        column=0,
        row=60,
        columns=4,
        rows=20,
        heading=HeadingPlan(size=23.2, role=FontRole.HEI_BOLD),
        pinned=True,
    )
    for option in options(articles, slogan=slogan, pinned=[pin]):
        check(option, TABLOID)
        assert pin in option.plan.frames


def test_a_page_of_pinned_frames_alone_is_returned_as_it_is() -> None:
    _, articles = seed_page()
    pin = FramePlan(article=ArticleId(1), column=0, row=0, columns=6, rows=84, heading=HeadingPlan(size=37.5))
    (only,) = options(articles, pinned=[pin])
    assert only.plan.frames == (pin,)
    left = {fault.article for fault in only.laid.faults if fault.message == "automatic.left_out"}
    assert left == set(articles) - {ArticleId(1)}


def test_a_pinned_frame_stays_even_when_its_article_is_not_given() -> None:
    _, articles = seed_page()
    pin = FramePlan(
        article=ArticleId(99), column=0, row=40, columns=3, rows=20, heading=HeadingPlan(size=20), pinned=True
    )
    for option in options(articles, pinned=[pin]):
        assert pin in option.plan.frames


def test_too_much_copy_leaves_out_the_weakest_and_says_so() -> None:
    articles = generated(6, 3, least=1500, most=2000, photos=0)
    best = options(articles)[0]
    check(best, TABLOID)
    faults = [fault for fault in best.laid.faults if fault.message == "automatic.left_out"]
    assert faults
    assert len(best.plan.frames) == 6 - len(faults)


def test_an_article_longer_than_the_page_is_reported_with_its_lines() -> None:
    best = options(generated(1, 1, least=9000, most=9000, photos=0))[0]
    (fault,) = [fault for fault in best.laid.faults if fault.message == "automatic.cut"]
    assert dict(fault.values)["lines"] == str(best.laid.overset_lines)
    assert best.score.total == 0.0


def test_too_little_copy_says_how_many_lines_are_missing() -> None:
    best = options(generated(1, 1, least=60, most=80, photos=0))[0]
    check(best, TABLOID)
    assert any(fault.message == "automatic.missing" for fault in best.laid.faults)


def test_an_article_without_headline_or_body_is_no_exception() -> None:
    bare = ArticleText(headline="", body=())
    photo = ArticleText(headline="一张照片", form=Form.PHOTO)
    for articles in ({ArticleId(1): bare}, {ArticleId(1): photo}, {ArticleId(1): bare, ArticleId(2): photo}):
        for option in options(articles):
            check(option, TABLOID)


@pytest.mark.parametrize("name", ["broadsheet", "a3", "a4"])
def test_other_templates_and_the_front_page(name: str) -> None:
    grid = template(name)
    for option in options(generated(5, 4, least=100, most=500, photos=1), grid, folio=FOLIO_FRONT):
        check(option, grid)
        assert all(frame.row >= grid.masthead_rows for frame in option.plan.frames)


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(count=st.integers(3, 9), seed=st.integers(0, 10_000), length=st.integers(300, 900))
def test_any_page_keeps_the_promises(count: int, seed: int, length: int) -> None:
    articles = generated(count, seed, least=80, most=length, photos=count // 3)
    for option in options(articles):
        check(option, TABLOID)
        left = sum(fault.message == "automatic.left_out" for fault in option.laid.faults)
        assert len(option.plan.frames) + left == count
        assert option.score.filled >= 0.8 or any(f.kind is FaultKind.EMPTY_PAGE for f in option.laid.faults)


@pytest.mark.parametrize("proportion", [0.7, 1.0, 1.5, 1.9])
def test_a_picture_of_known_proportion_is_hardly_cropped(proportion: float) -> None:
    articles = generated(6, 3, least=200, most=700, photos=1)
    photo = next(key for key, one in articles.items() if one.form is Form.PHOTO)
    made = [
        replace(one, picture=PictureId(5), pictures=1, proportion=proportion) if one.article == photo else one
        for one in candidates(articles)
    ]
    option = automatic(made, TABLOID, installed(), FOLIO, options=1)[0]
    boxes = [picture for frame in option.laid.frames for picture in frame.pictures if picture.picture == 5]
    for picture in boxes:
        left, top, right, bottom = picture.crop
        assert (right - left) * (bottom - top) >= 0.85
        shown = picture.box.width / (right - left) / (picture.box.height / (bottom - top))
        assert shown == pytest.approx(proportion, rel=0.01)  # never drawn out of shape
    assert boxes
