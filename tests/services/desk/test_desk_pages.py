"""Pages at the desk: laid out live, filled by program, placed and removed by hand; issues with their figures."""

import datetime
from dataclasses import replace

import pytest

from models.values.article_text import ArticleText, Form, Paragraph
from models.values.cards import ArticleCard, IssueCard
from models.values.change import PlanPage
from models.values.ids import ArticleId
from models.values.plan import PagePlan
from models.values.publication import Profile, Publication
from models.values.template import PageTemplate
from services.config.errors import UserError
from services.desk.desk import Desk, StaleVersion
from services.desk.folio import folio
from services.desk.placing import place_article, rows_needed
from services.layout.templates import template

Cards = tuple[ArticleCard, ...]


def test_issues_are_found_by_id_date_and_latest(desk: Desk, issue: IssueCard) -> None:
    older = desk.issues.create(desk.publications.all()[0][0], datetime.date(2026, 11, 13), 4)
    assert [card.id for card in desk.issues.all()] == [issue.id, older.id]
    for name, found in ((str(older.id), older), ("2026-11-13", older), ("latest", issue), ("2026-11-20", issue)):
        assert desk.issues.find(name) == found
    for name in ("99", "2026-01-01", "yesterday", "", "９"):
        with pytest.raises(UserError):
            desk.issues.find(name)
    assert [page.number for page in older.pages] == [1, 2, 3, 4]
    assert [page.name for page in issue.pages] == ["要闻", "副刊"]
    for pages in (0, 65):
        with pytest.raises(UserError):
            desk.issues.create(desk.publications.all()[0][0], datetime.date(2026, 11, 13), pages)


def test_automatic_layout_of_the_issues_articles(desk: Desk, issue: IssueCard, cards: Cards) -> None:
    page = issue.pages[0].id
    option = desk.pages.automatic(page)[0]
    assert {frame.article for frame in option.plan.frames} == {card.id for card in cards}
    receipt = desk.apply(PlanPage(page=page, plan=option.plan, version=issue.pages[0].version))
    assert set(receipt.articles) == {card.id for card in cards}
    assert {card.page_number for card in desk.articles.list(issue.id)} == {1}
    assert {card.state for card in desk.articles.list(issue.id)} == {"placed"}
    sheet = desk.pages.open(page)
    assert sheet.laid.number == 1
    assert sheet.version == receipt.version
    shown = desk.issues.open(issue.id).pages[0]
    assert (shown.articles, shown.overset_lines) == (2, sheet.laid.overset_lines)
    desk.apply(receipt.inverse)
    assert {card.page for card in desk.articles.list(issue.id)} == {None}


def test_live_reflow_stores_nothing(desk: Desk, issue: IssueCard, cards: Cards) -> None:
    page = issue.pages[1].id
    sheet = desk.pages.open(page)
    change = desk.pages.place(sheet, cards[0].id, 2, 10)
    laid = desk.pages.preview(page, change.plan)
    assert [frame.article for frame in laid.frames] == [cards[0].id]
    assert laid.name == "副刊"
    assert desk.pages.open(page) == sheet
    moved = replace(change.plan, frames=(replace(change.plan.frames[0], row=30),))
    assert desk.pages.preview(page, moved).frames[0].box.y > laid.frames[0].box.y


def test_figures_follow_an_edited_article(desk: Desk, issue: IssueCard, cards: Cards) -> None:
    from tests.services.desk.test_desk_changes import edit

    page = issue.pages[1].id
    desk.apply(desk.pages.place(desk.pages.open(page), cards[1].id, 0, 0))
    before = desk.issues.open(issue.id).pages[1]
    article = desk.articles.open(cards[1].id)
    desk.apply(edit(article, body=(*article.text.body, Paragraph(text="夜校设书法、焊接等课程。" * 60))))
    after = desk.issues.open(issue.id).pages[1]
    assert after.overset_lines > before.overset_lines
    assert after.version == before.version == desk.pages.open(page).version


def test_place_move_and_remove(desk: Desk, issue: IssueCard, cards: Cards) -> None:
    page = issue.pages[1].id
    desk.apply(desk.pages.place(desk.pages.open(page), cards[0].id, 0, 0))
    desk.apply(desk.pages.place(desk.pages.open(page), cards[1].id, 0, 0))
    first, second = desk.pages.open(page).plan.frames
    assert second.row >= first.row + first.rows or second.column >= first.column + first.columns
    desk.apply(desk.pages.place(desk.pages.open(page), cards[0].id, 3, 40))
    assert len(desk.pages.open(page).plan.frames) == 2
    stale = desk.pages.remove(desk.pages.open(page), cards[0].id)
    desk.apply(stale)
    assert [frame.article for frame in desk.pages.open(page).plan.frames] == [cards[1].id]
    assert desk.articles.cards([cards[0].id])[0].page is None
    with pytest.raises(StaleVersion):
        desk.apply(replace(stale, plan=replace(stale.plan, frames=())))


def test_a_plan_with_an_unknown_article_is_refused(desk: Desk, issue: IssueCard, cards: Cards) -> None:
    page = issue.pages[0].id
    plan = desk.pages.place(desk.pages.open(page), cards[0].id, 0, 0).plan
    bad = replace(plan, frames=(replace(plan.frames[0], article=ArticleId(999)),))
    with pytest.raises(UserError):
        desk.apply(PlanPage(page=page, plan=bad))


def test_names_of_an_article_are_kept_whole_in_headings(desk: Desk, cards: Cards) -> None:
    desk.tagging.tag_many([card.id for card in cards])
    texts = desk.pages._bench.texts([cards[0].id])
    assert "沈砚舟" in texts[cards[0].id][2]


def test_dropped_articles_never_overlap_and_stay_on_the_page() -> None:
    grid = template("tabloid")
    plan = PagePlan(number=1, template="tabloid", slogan="奋力开拓")
    text = ArticleText(headline="职工夜校开班迎来首批学员", body=(Paragraph(text="书法焊接" * 70),))
    for number in range(1, 40):
        try:
            plan = place_article(plan, ArticleId(number), text, grid, column=number * 5 % 7, row=number * 13 % 90 - 2)
        except UserError:
            break
    cells: set[tuple[int, int]] = set()
    for frame in plan.frames:
        mine = {
            (column, row)
            for column in range(frame.column, frame.column + frame.columns)
            for row in range(frame.row, frame.row + frame.rows)
        }
        assert not cells & mine
        cells |= mine
        assert frame.row >= grid.masthead_rows + plan.slogan_rows
        assert frame.column + frame.columns <= grid.columns
        assert frame.row + frame.rows <= grid.rows
    assert 5 < len(plan.frames) < 39
    with pytest.raises(UserError) as told:
        fill(plan, text, grid)
    assert told.value.key == "desk.no_room"


def fill(plan: PagePlan, text: ArticleText, grid: PageTemplate) -> None:
    for number in range(40, 99):
        plan = place_article(plan, ArticleId(number), text, grid, column=0, row=0)


def test_a_photo_story_gets_room_for_its_picture() -> None:
    grid = template("tabloid")
    news = ArticleText(headline="澜江晨雾", body=(Paragraph(text="晨雾" * 30),))
    assert rows_needed(replace(news, form=Form.PHOTO), grid, 2) > rows_needed(news, grid, 2)
    plan = place_article(
        PagePlan(number=2, template="tabloid"), ArticleId(1), replace(news, form=Form.PHOTO), grid, column=0, row=0
    )
    assert plan.frames[0].picture is not None


def test_an_internal_publication_prints_its_permit_line() -> None:
    paper = Publication(name="澜江职工", profile=Profile.INTERNAL, number="准印证（东）0001号")
    made = folio(paper, date=datetime.date(2026, 1, 1), total_number=None, page_number=1, page_name="", pages=1)
    assert made.number_line == "准印证（东）0001号"
    assert made.internal
    made = folio(
        replace(paper, profile=Profile.NEWSPAPER),
        date=datetime.date(2026, 1, 1),
        total_number=3,
        page_number=1,
        page_name="",
        pages=1,
    )
    assert made.number_line == "准印证（东）0001号"
    assert not made.internal


def test_publications(desk: Desk, issue: IssueCard) -> None:
    ((key, paper),) = desk.publications.all()
    desk.publications.save(replace(paper, sponsor="东澜区总工会主管主办"), key)
    assert desk.issues.open(issue.id).publication.sponsor == "东澜区总工会主管主办"
    assert desk.publications.named("东澜工人报") == key
    for bad, where in ((replace(paper, name=" "), None), (paper, 99)):
        with pytest.raises(UserError):
            desk.publications.save(bad, where)  # type: ignore[arg-type]
