"""Files come in, their bytes are kept, their articles stand in the lists and are found by their words."""

from pathlib import Path

import pytest

from models.values.cards import ArticleCard, IssueCard
from services.config.errors import UserError
from services.desk.desk import Desk, open_desk
from services.jobs.job import Cancelled, JobContext

Cards = tuple[ArticleCard, ...]


def test_a_file_is_kept_byte_for_byte(desk: Desk, file: Path, cards: Cards) -> None:
    sheet = desk.articles.open(cards[0].id)
    assert sheet.manuscript is not None
    kept = desk.intake.manuscript(sheet.manuscript)
    assert (kept.raw, kept.name) == (file.read_bytes(), "来稿.txt")
    assert desk.intake.seen_before(file) == (sheet.manuscript,)


def test_cards(desk: Desk, issue: IssueCard, cards: Cards) -> None:
    assert [card.headline for card in cards] == ["澜江大桥昨日合龙", "职工夜校开班"]
    assert cards[0].authors == ("顾知秋",)
    assert [(card.state, card.findings, card.version) for card in cards] == [("received", -1, 1)] * 2
    assert desk.articles.list(issue.id) == cards
    assert [card.id for card in desk.articles.list()] == [cards[1].id, cards[0].id]
    assert desk.articles.list(issue.id, "书法") == (cards[1],)
    assert desk.articles.list(None, "没有这样的话") == ()


def test_preview_stores_nothing(desk: Desk, file: Path) -> None:
    assert len(desk.intake.preview(file).articles) == 2
    assert desk.articles.list() == ()


def test_a_refused_file_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    for path in (bad, tmp_path / "none.txt"):
        with pytest.raises(UserError):
            desk.intake.take_in([path], issue=None)
    assert desk.articles.list() == ()
    assert desk.store.check().articles == 0


def test_taking_in_can_be_stopped(desk: Desk, file: Path) -> None:
    context = JobContext()
    context.cancel()
    with pytest.raises(Cancelled):
        desk.intake.take_in([file], issue=None, context=context)
    assert desk.articles.list() == ()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("合", [1]),
        ("澜江大桥", [1]),
        ("长1200米", [1]),
        ("1200", [1]),
        ("12", [1]),
        ("东澜区总工会", [2, 1]),
        ("，首批学员86人。", [2]),
        ("。", [2, 1]),
        ("工会夜校", []),
        ("合龙本报讯", []),
        ("记者 顾知秋", [1]),
        ('" OR x', []),
        ("*", []),
        ("   ", []),
    ],
)
def test_search_is_an_exact_substring(desk: Desk, cards: Cards, query: str, found: list[int]) -> None:
    hits = desk.search.find(query)
    assert [hit.article for hit in hits] == found
    for hit in hits:
        assert query in hit.snippet
        assert hit.date is not None


def test_search_follows_edits_and_can_be_rebuilt(desk: Desk, cards: Cards) -> None:
    from tests.services.desk.test_desk_changes import edit

    receipt = desk.apply(edit(desk.articles.open(cards[0].id), headline="跨江通途"))
    assert [hit.article for hit in desk.search.find("跨江通途")] == [1]
    assert desk.search.find("大桥昨日合龙") == ()
    assert desk.search.rebuild() == 2
    assert [hit.article for hit in desk.search.find("跨江通途")] == [1]
    desk.apply(receipt.inverse)
    assert desk.search.find("跨江通途") == ()
    assert desk.search.find("合", limit=0) == ()
    assert len(desk.search.find("工会", limit=1)) == 1


def test_a_desk_opens_again_on_what_it_stored(desk: Desk, cards: Cards) -> None:
    where = desk.store_name if desk.store.path else desk.store.engine.url.render_as_string(hide_password=False)
    with open_desk(where) as other:
        assert {card.id for card in other.articles.list()} == {card.id for card in cards}
