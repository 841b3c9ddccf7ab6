"""Names at the desk: found, put on file, marked by hand, never lost to a new run."""

import pytest

from models.values.cards import ArticleCard
from models.values.mention import EntityKind, Mention, Office
from services.desk.desk import Desk
from services.desk.tagging import with_by_hand

Cards = tuple[ArticleCard, ...]


def names(desk: Desk, card: ArticleCard) -> set[str]:
    return {mention.text for mention in desk.articles.open(card.id).mentions}


def test_tagging_puts_people_and_organisations_on_file(desk: Desk, cards: Cards) -> None:
    receipts = desk.tagging.tag_many([card.id for card in cards])
    assert len(receipts) == 2
    assert "沈砚舟" in names(desk, cards[0])
    on_file = {card.name: card for card in desk.tagging.entities()}
    assert on_file["沈砚舟"].kind is EntityKind.PERSON
    assert on_file["沈砚舟"].mentions == 2
    assert on_file["东澜区总工会"].mentions == 2
    assert not [card for card in on_file.values() if card.kind is EntityKind.PLACE]
    assert desk.tagging.entities(1) == desk.tagging.entities()  # type: ignore[arg-type]
    sheet = desk.articles.open(cards[0].id)
    assert all(m.entity is not None for m in sheet.mentions if m.kind is not EntityKind.PLACE and m.certainty > 0.5)
    count = len(desk.tagging.entities())
    desk.tagging.tag(cards[0].id)
    assert len(desk.tagging.entities()) == count


def test_a_run_is_taken_back_in_one_step(desk: Desk, cards: Cards) -> None:
    receipt = desk.tagging.tag(cards[0].id)
    assert names(desk, cards[0])
    desk.apply(receipt.inverse)
    assert names(desk, cards[0]) == set()


def test_marks_by_hand_survive_a_new_run(desk: Desk, cards: Cards) -> None:
    sheet = desk.articles.open(cards[0].id)
    flat = sheet.text.flat().text
    at = flat.index("建设者")
    desk.apply(desk.tagging.mark(sheet, at, at + 3, EntityKind.ORGANISATION))
    desk.tagging.tag(sheet.id)
    assert "建设者" in names(desk, cards[0])
    assert "沈砚舟" in names(desk, cards[0])


def test_mark_and_unmark_everywhere(desk: Desk, cards: Cards) -> None:
    sheet = desk.articles.open(cards[0].id)
    flat = sheet.text.flat().text
    at = flat.index("大桥")
    desk.apply(desk.tagging.mark(sheet, at, at + 2, EntityKind.PLACE, everywhere=True))
    sheet = desk.articles.open(cards[0].id)
    assert len(sheet.mentions) == flat.count("大桥") > 1
    one = desk.tagging.unmark(sheet, at, at + 1)
    assert len(one.mentions) == len(sheet.mentions) - 1
    assert desk.tagging.unmark(sheet, at, at + 1, everywhere=True).mentions == ()


def test_an_article_edited_while_the_model_reads(desk: Desk, cards: Cards, monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor types on while the run is under way: nothing typed is lost, the names land on their words."""
    from services.tagging import tag as station
    from tests.services.desk.test_desk_changes import edit

    real = station.tag_many

    def slow(flats, context):  # type: ignore[no-untyped-def]
        sheet = desk.articles.open(cards[0].id)
        desk.apply(edit(sheet, headline="昨夜" + sheet.text.headline))
        return real(flats, context)

    monkeypatch.setattr(station, "tag_many", slow)
    desk.tagging.tag(cards[0].id)
    sheet = desk.articles.open(cards[0].id)
    flat = sheet.text.flat().text
    assert sheet.text.headline.startswith("昨夜")
    assert {flat[m.start : m.end] for m in sheet.mentions} >= {"沈砚舟", "东澜区总工会"}


def mention(start: int, text: str, *, by_hand: bool = False, office: str = "") -> Mention:
    offices = (Office(position=office),) if office else ()
    return Mention(
        start=start,
        end=start + len(text),
        text=text,
        kind=EntityKind.PERSON,
        name=text,
        by_hand=by_hand,
        offices=offices,
    )


def test_the_hand_wins_over_the_run_and_learns_from_it() -> None:
    hand = mention(3, "沈砚舟", by_hand=True)
    assert with_by_hand([hand, mention(20, "顾知秋")], [mention(2, "席沈砚舟"), mention(30, "江照野")]) == (
        hand,
        mention(30, "江照野"),
    )
    (merged,) = with_by_hand([hand], [mention(3, "沈砚舟", office="主席")])
    assert merged.by_hand
    assert merged.offices[0].position == "主席"


def test_plain_text(desk: Desk) -> None:
    assert "沈砚舟" in {m.text for m in desk.tagging.tag_text("东澜区总工会主席沈砚舟出席会议。")}
