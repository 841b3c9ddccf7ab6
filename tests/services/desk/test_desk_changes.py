"""A change is stored with its exact inverse; who saw an older state is refused, whatever the numbers say."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from models.tables.base import now
from models.tables.change_log import ChangeRow
from models.tables.revision import RevisionRow
from models.values.article_text import ArticleText, Paragraph
from models.values.cards import ArticleCard, ArticleSheet
from models.values.change import Change, EditArticle, Waiver
from models.values.mention import EntityKind, Mention
from services.config.errors import UserError
from services.desk import history
from services.desk.desk import Desk, StaleVersion
from services.desk.folding import FOLDED, STEPS_KEPT
from services.store.rows import read_change

Cards = tuple[ArticleCard, ...]


def edit(sheet: ArticleSheet, reason: str = "typing", **parts: object) -> EditArticle:
    return EditArticle(
        article=sheet.id,
        text=replace(sheet.text, **parts),  # type: ignore[arg-type]
        mentions=sheet.mentions,
        waivers=sheet.waivers,
        version=sheet.version,
        reason=reason,
    )


def test_a_change_and_its_inverse(desk: Desk, cards: Cards) -> None:
    before = desk.articles.open(cards[0].id)
    receipt = desk.apply(edit(before, headline="澜江大桥合龙"))
    assert desk.articles.open(before.id).text.headline == "澜江大桥合龙"
    assert receipt.version == before.version + 1
    assert receipt.articles == (before.id,)
    desk.apply(receipt.inverse)
    after = desk.articles.open(before.id)
    assert (after.text, after.mentions, after.waivers) == (before.text, before.mentions, before.waivers)


def test_two_editors(desk: Desk, cards: Cards) -> None:
    first = second = desk.articles.open(cards[0].id)
    desk.apply(edit(first, headline="甲的标题"))
    with pytest.raises(StaleVersion) as told:
        desk.apply(edit(second, headline="乙的标题"))
    assert isinstance(told.value, UserError)
    assert desk.articles.open(first.id).text.headline == "甲的标题"


def test_what_was_changed_and_taken_back_is_no_conflict(desk: Desk, cards: Cards) -> None:
    first = second = desk.articles.open(cards[0].id)
    desk.apply(desk.apply(edit(first, headline="甲的标题")).inverse)
    desk.apply(edit(second, headline="乙的标题"))
    assert desk.articles.open(first.id).text.headline == "乙的标题"


def test_undo_and_redo_through_many_steps(desk: Desk, cards: Cards) -> None:
    """The way a stack of undo works: every step taken back by its own receipt, then done again by its change."""
    key = cards[0].id
    states, receipts = [desk.articles.open(key)], []
    for number in range(4):
        receipts.append(desk.apply(edit(desk.articles.open(key), headline=f"标题{number}")))
        states.append(desk.articles.open(key))
    for receipt, state in zip(reversed(receipts), reversed(states[:-1]), strict=True):
        desk.apply(receipt.inverse)
        assert desk.articles.open(key).text == state.text
    for receipt, state in zip(receipts, states[1:], strict=True):
        desk.apply(receipt.change)
        assert desk.articles.open(key).text == state.text


def test_an_undo_never_overwrites_somebody_else(desk: Desk, cards: Cards) -> None:
    key = cards[0].id
    receipt = desk.apply(edit(desk.articles.open(key), headline="甲的标题"))
    desk.apply(edit(desk.articles.open(key), headline="乙的标题"))
    with pytest.raises(StaleVersion):
        desk.apply(receipt.inverse)


def test_a_change_that_changes_nothing_leaves_no_trace(desk: Desk, cards: Cards) -> None:
    sheet = desk.articles.open(cards[0].id)
    receipt = desk.apply(edit(sheet))
    assert (receipt.version, receipt.articles) == (sheet.version, ())
    assert len(desk.articles.revisions(sheet.id)) == 1


def test_typing_is_one_revision_other_steps_are_their_own(
    desk: Desk, cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = cards[0].id
    for number in range(5):
        desk.apply(edit(desk.articles.open(key), headline=f"标题{number}"))
    desk.apply(edit(desk.articles.open(key), reason="fix", headline="改"))
    desk.apply(edit(desk.articles.open(key), headline="又改"))
    monkeypatch.setattr(history, "now", lambda: now() + history.FOLD)
    desk.apply(edit(desk.articles.open(key), headline="再改"))
    found = desk.articles.revisions(key)
    assert [card.number for card in found] == [4, 3, 2, 1, 0]
    assert [card.reason for card in found] == ["typing", "typing", "fix", "typing", "received"]
    assert {card.author for card in found} == {"程校对"}
    assert desk.articles.at_revision(key, 1).headline == "标题4"
    assert desk.articles.as_received(key).headline == cards[0].headline
    with desk.store.read() as session:
        logged = session.execute(select(ChangeRow.reason, ChangeRow.version).order_by(ChangeRow.version)).all()
    assert [row.reason for row in logged] == [*["typing"] * 5, "fix", "typing", "typing"]
    monkeypatch.setattr(history, "now", lambda: now() + 9 * history.FOLD)
    desk.apply(edit(desk.articles.open(key), headline="一小时后再改"))
    with desk.store.read() as session:
        chosen = select(ChangeRow.reason, ChangeRow.version).where(ChangeRow.change != FOLDED)
        logged = session.execute(chosen.order_by(ChangeRow.version)).all()
    assert [tuple(row) for row in logged] == [("typing", 2), ("fix", 7), ("typing", 8), ("typing", 10)]


def test_long_typing_is_folded_in_the_log_and_its_ends_stay_exact(desk: Desk, cards: Cards) -> None:
    key = cards[0].id
    start = desk.articles.open(key)
    for number in range(40):
        last = desk.apply(edit(desk.articles.open(key), headline=f"标题{number}"))
    with desk.store.read() as session:
        whole = select(ChangeRow).where(ChangeRow.change != FOLDED).order_by(ChangeRow.version)
        rows = session.scalars(whole).all()
    assert len(rows) == STEPS_KEPT + 2  # what was folded, the steps kept, the newest
    assert rows[0].version == 2
    first = read_change(rows[0], rows[0].inverse)
    assert isinstance(first, EditArticle)
    assert first.text == start.text
    for row, after in pairwise(rows):
        done, before = read_change(row, row.change), read_change(after, after.inverse)
        assert isinstance(done, EditArticle)
        assert isinstance(before, EditArticle)
        assert done.text == before.text
    desk.apply(last.inverse)
    assert desk.articles.open(key).text.headline == "标题38"
    desk.apply(replace(edit(start, reason="restore"), version=0))
    desk.apply(edit(start, headline="从最初的版本改起"))
    with pytest.raises(StaleVersion):
        desk.apply(replace(edit(start), version=9, text=replace(start.text, headline="早已合并的版本")))


def test_a_long_evening_of_typing_is_undone_step_by_step_and_redone(desk: Desk, cards: Cards) -> None:
    start = desk.articles.open(cards[0].id)
    back = []
    for number in range(60):
        back.append(desk.apply(edit(desk.articles.open(start.id), headline=f"标题{number}")).inverse)
    forth = [desk.apply(change).inverse for change in reversed(back)]
    assert desk.articles.open(start.id).text == start.text
    for change in reversed(forth):
        desk.apply(change)
    assert desk.articles.open(start.id).text.headline == "标题59"


def test_mentions_without_their_words_are_left_out(desk: Desk, cards: Cards) -> None:
    sheet = desk.articles.open(cards[0].id)
    flat = sheet.text.flat().text
    at = flat.index("沈砚舟")
    good = Mention(start=at, end=at + 3, text="沈砚舟", kind=EntityKind.PERSON, name="沈砚舟", by_hand=True)
    bad = replace(good, start=0, end=3)
    lost = replace(good, start=len(flat), end=len(flat) + 3)
    unknown = replace(good, entity=999)  # type: ignore[arg-type]
    change = replace(edit(sheet), mentions=(bad, lost, unknown))
    desk.apply(change)
    (held,) = desk.articles.open(sheet.id).mentions  # by hand: on file at once
    assert replace(held, entity=None) == good


def test_unfit_characters_never_reach_the_store(desk: Desk, cards: Cards) -> None:
    sheet = desk.articles.open(cards[0].id)
    desk.apply(edit(sheet, headline="澜\x00江\ud800大桥", body=(Paragraph(text="文\x0b字"),)))
    text = desk.articles.open(sheet.id).text
    assert (text.headline, text.body[0].text) == ("澜江大桥", "文字")


def test_bylines_follow_an_edited_dateline(desk: Desk, cards: Cards) -> None:
    sheet = desk.articles.open(cards[0].id)
    desk.apply(edit(sheet, dateline="本报讯（记者 庄晚禾）"))
    assert [byline.name for byline in desk.articles.open(sheet.id).text.bylines] == ["庄晚禾"]
    assert desk.articles.list()[-1].authors == ("庄晚禾",)


def test_what_is_not_there(desk: Desk, cards: Cards) -> None:
    for act in (
        lambda: desk.articles.open(99),  # type: ignore[arg-type]
        lambda: desk.articles.revisions(99),  # type: ignore[arg-type]
        lambda: desk.articles.at_revision(cards[0].id, 77),
        lambda: desk.apply(EditArticle(article=99, text=ArticleText(headline="x"))),  # type: ignore[arg-type]
        lambda: desk.pages.open(99),  # type: ignore[arg-type]
        lambda: desk.intake.manuscript(99),  # type: ignore[arg-type]
        lambda: desk.pictures.data(99),  # type: ignore[arg-type]
        lambda: desk.issues.find("31.12.2026"),
    ):
        with pytest.raises(UserError) as told:
            act()
        assert str(told.value)


def test_a_damaged_row_is_told_by_name(desk: Desk, cards: Cards) -> None:
    from sqlalchemy import text

    with desk.store.work() as work:
        work.session.execute(text("UPDATE article SET text='{}{' WHERE id = :id"), {"id": cards[0].id})
        work.commit()
    with pytest.raises(UserError) as told:
        desk.articles.open(cards[0].id)
    assert told.value.key == "store.damaged_row"
    assert desk.articles.open(cards[1].id).text.headline == cards[1].headline


@given(
    some.lists(
        some.one_of(
            some.text(some.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
            some.sampled_from(["waive", "tag", "undo"]),
        ),
        max_size=8,
    )
)
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_row_of_changes_can_be_taken_back_whole(desk: Desk, cards: Cards, steps: list[str]) -> None:
    key = cards[1].id
    start = desk.articles.open(key)
    stack: list[Change] = []
    for step in steps:
        sheet = desk.articles.open(key)
        if step == "undo" and stack:
            desk.apply(stack.pop())
            continue
        change = edit(sheet, body=(*sheet.text.body, Paragraph(text=step)))
        if step == "waive":
            change = replace(edit(sheet), waivers=(*sheet.waivers, Waiver(key=f"x:{len(stack)}", start=3)))
        stack.append(desk.apply(change).inverse)
    while stack:
        desk.apply(stack.pop())
    end = desk.articles.open(key)
    assert (end.text, end.mentions, end.waivers) == (start.text, start.mentions, start.waivers)


def test_revisions_are_never_lost_to_folding(desk: Desk, cards: Cards) -> None:
    key = cards[0].id
    desk.apply(edit(desk.articles.open(key), headline="一"))
    with desk.store.read() as session:
        rows = session.scalars(select(RevisionRow).where(RevisionRow.article_id == key)).all()
    assert [row.number for row in rows] == [0, 1]
    assert rows[0].reason == "received"


def test_waivers_move_with_the_text() -> None:
    here = (Waiver(key="a:乙", start=1), Waiver(key="a:丁", start=3), Waiver(key="b:x", scope="article"))
    moved = history.carry_waivers(here, "甲乙丙丁", "甲乙新丙丁")
    assert [waiver.start for waiver in moved] == [1, 4, -1]
    moved = history.carry_waivers(moved, "甲乙新丙丁", "乙新丙丁")
    assert [waiver.start for waiver in moved] == [0, 3, -1]
