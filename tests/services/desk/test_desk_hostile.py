"""A store that somebody has tampered with: told row by row, never believed, never a crash."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import text

from models.values.cards import ArticleCard, IssueCard
from models.values.change import PlanPage
from models.values.publication import Publication
from services.config.errors import UserError
from services.desk.desk import Desk, open_desk

Cards = tuple[ArticleCard, ...]
HOSTILE = some.sampled_from(
    [
        "",
        "null",
        "[]",
        "{}",
        "7",
        "\x00",
        '{"headline":""}',
        "[[[[",
        '{"number":1,"template":"../../etc/passwd"}',
        "ÿ" * 50,
    ]
)
COLUMNS = some.sampled_from(
    [
        ("article", "text"),
        ("article", "authors"),
        ("article", "form"),
        ("page", "plan"),
        ("page", "figures_of"),
        ("publication", "data"),
        ("entity", "kind"),
        ("mention", "data"),
        ("revision", "text"),
        ("manuscript", "kind"),
        ("change_log", "inverse"),
    ]
)


@given(COLUMNS, HOSTILE)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_stands_in_a_row(
    desk: Desk, issue: IssueCard, cards: Cards, place: tuple[str, str], value: str
) -> None:
    table, column = place
    with desk.store.read() as session:
        kept = session.execute(text(f"SELECT id, {column} FROM {table}")).all()
    with desk.store.work() as work:
        work.session.execute(text(f"UPDATE {table} SET {column} = :value"), {"value": value})
        work.commit()
    try:
        walk(desk, issue, cards)
    finally:
        with desk.store.work() as work:
            for key, old in kept:
                work.session.execute(
                    text(f"UPDATE {table} SET {column} = :old WHERE id = :id"), {"old": old, "id": key}
                )
            work.commit()


def walk(desk: Desk, issue: IssueCard, cards: Cards) -> None:
    """Opens everything; whatever is wrong must come as a UserError in plain words."""
    acts = (
        lambda: desk.articles.list(issue.id),
        lambda: desk.articles.open(cards[0].id),
        lambda: desk.articles.as_received(cards[0].id),
        lambda: desk.intake.manuscript(1),  # type: ignore[arg-type]
        lambda: desk.issues.all(),
        lambda: desk.issues.open(issue.id),
        lambda: desk.pages.open(issue.pages[0].id),
        lambda: desk.pages.template(issue.pages[0].id),
        lambda: desk.tagging.entities(),
        lambda: desk.publications.all(),
        lambda: desk.search.find("大桥"),
        lambda: desk.proofing.check(cards[0].id),
    )
    assert all(words_of(act) for act in acts)


def words_of(act: Callable[[], object]) -> str:
    """What a person is told: the words of the error, or that it went well."""
    try:
        act()
    except UserError as told:
        return str(told)
    return "ok"


@pytest.fixture(autouse=True)
def tagged(desk: Desk, issue: IssueCard, cards: Cards) -> None:
    desk.tagging.tag(cards[0].id)
    page = issue.pages[0].id
    desk.apply(desk.pages.place(desk.pages.open(page), cards[0].id, 0, 12))


@pytest.mark.parametrize(
    "wrong",
    [{"columns": 0}, {"columns": 10**9}, {"row": -1}, {"rows": 0}, {"column": -5}, {"text_columns": 10**6}],
)
def test_a_plan_that_no_page_can_have(desk: Desk, issue: IssueCard, wrong: dict[str, int]) -> None:
    page = issue.pages[0].id
    plan = desk.pages.open(page).plan
    bad = replace(plan, frames=(replace(plan.frames[0], **wrong),))  # type: ignore[arg-type]
    with pytest.raises(UserError) as told:
        desk.apply(PlanPage(page=page, plan=bad))
    assert told.value.key == "desk.plan_wrong"
    twice = replace(plan, frames=(plan.frames[0], replace(plan.frames[0], row=60)))
    with pytest.raises(UserError):
        desk.apply(PlanPage(page=page, plan=twice))
    assert desk.pages.open(page).plan == plan


def test_a_plan_whose_article_is_gone_still_opens(desk: Desk, issue: IssueCard, cards: Cards) -> None:
    page = issue.pages[0].id
    with desk.store.work() as work:
        work.session.execute(text("PRAGMA defer_foreign_keys=ON"))
        for table in ("mention", "revision", "change_log", "waiver", "settled_finding"):
            work.session.execute(text(f"DELETE FROM {table} WHERE article_id = :id"), {"id": cards[0].id})
        work.session.execute(text("DELETE FROM article WHERE id = :id"), {"id": cards[0].id})
        work.commit()
    assert desk.pages.open(page).laid.number == 1
    assert desk.issues.open(issue.id).pages[0].articles == 1


def test_a_date_that_is_no_date_is_told_as_damage(tmp_path: Path) -> None:
    import sqlite3

    store = tmp_path / "paper.db"
    with open_desk(str(store)) as desk:
        paper = desk.publications.save(Publication(name="甲报"))
        desk.issues.create(paper, datetime.date(2023, 5, 22), 2)
    connection = sqlite3.connect(store)
    connection.execute("UPDATE issue SET date = 'x'")
    connection.commit()
    connection.close()
    with open_desk(str(store)) as desk, pytest.raises(UserError) as told:
        desk.issues.all()
    assert told.value.key == "store.damaged"


def test_an_issue_without_its_publication_is_told_as_damage(tmp_path: Path) -> None:
    import sqlite3

    store = tmp_path / "paper.db"
    with open_desk(str(store)) as desk:
        paper = desk.publications.save(Publication(name="甲报"))
        with pytest.raises(UserError) as told:
            desk.issues.create(paper, datetime.date(2023, 5, 22), 2, total_number=10**30)
        assert told.value.key == "desk.bad_total_number"
        desk.issues.create(paper, datetime.date(2023, 5, 22), 2, total_number=7)
    connection = sqlite3.connect(store)
    connection.execute("UPDATE issue SET publication_id = 77")
    connection.commit()
    connection.close()
    with open_desk(str(store)) as desk, pytest.raises(UserError) as told:
        desk.issues.all()
    assert told.value.key == "store.damaged_row"
