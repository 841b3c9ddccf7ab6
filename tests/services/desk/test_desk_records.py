"""名录: marks by hand go on file, refusals hold, records are merged and split, changed names are asked about."""

import datetime
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from models.values.cards import ArticleCard
from models.values.change import EditArticle
from models.values.entity import EditRecords, EntityRecord
from models.values.mention import EntityKind, FormerName, Mention, OfficeTerm
from services.config.errors import UserError
from services.desk.desk import Desk
from services.tagging.carry import carry, carry_asking
from ui.proofing.edits import carry_mentions

Cards = tuple[ArticleCard, ...]
PERSON, BODY = EntityKind.PERSON, EntityKind.ORGANISATION


def marked(
    desk: Desk, card: ArticleCard, words: str, kind: EntityKind = PERSON, record: EntityRecord | None = None
) -> Mention:
    sheet = desk.articles.open(card.id)
    at = sheet.text.flat().text.index(words)
    desk.apply(desk.tagging.mark(sheet, at, at + len(words), kind, record=record))
    return next(m for m in desk.articles.open(card.id).mentions if m.start == at)


def person(name: str, *offices: OfficeTerm, parent: str = "") -> EntityRecord:
    return EntityRecord(kind=PERSON, name=name, offices=offices, parent=parent)


def put(desk: Desk, *records: EntityRecord) -> list[EntityRecord]:
    return list(desk.records.apply(EditRecords(records=records, reason="edit")).change.records)


def texts(desk: Desk, card: ArticleCard) -> list[str]:
    return [m.text for m in desk.articles.open(card.id).mentions]


def test_a_mark_by_hand_is_on_file_and_confirmed_at_once(desk: Desk, cards: Cards) -> None:
    mention = marked(desk, cards[0], "建设者", BODY)
    assert mention.entity is not None
    record = desk.records.get(mention.entity)
    assert (record.name, record.confirmed) == ("建设者", True)
    desk.tagging.tag(cards[1].id)
    assert "建设者" in texts(desk, cards[0])


def test_a_mark_undone_leaves_nobody_confirmed(desk: Desk, cards: Cards) -> None:
    sheet = desk.articles.open(cards[0].id)
    start = sheet.text.flat().text.index("建设者")
    receipt = desk.apply(desk.tagging.mark(sheet, start, start + 3, EntityKind.PERSON))
    assert isinstance(receipt.change, EditArticle)
    entity = next(m.entity for m in receipt.change.mentions if m.text == "建设者")
    assert entity is not None
    again = desk.apply(receipt.inverse)
    assert "建设者" not in texts(desk, cards[0])
    assert not desk.records.get(entity).confirmed
    desk.apply(replace(receipt.change, version=again.version, reason="redo"))
    assert desk.records.get(entity).confirmed


def test_a_mark_undone_leaves_a_record_alone_that_it_did_not_make(desk: Desk, cards: Cards) -> None:
    (held,) = put(desk, person("建设者"))
    assert held.id is not None
    before = desk.records.get(held.id).confirmed
    sheet = desk.articles.open(cards[0].id)
    start = sheet.text.flat().text.index("建设者")
    receipt = desk.apply(desk.tagging.mark(sheet, start, start + 3, EntityKind.PERSON))
    desk.apply(receipt.inverse)
    assert desk.records.get(held.id).confirmed is before is True


def test_a_mark_confirms_what_tagging_met(desk: Desk, cards: Cards) -> None:
    desk.tagging.tag(cards[0].id)
    before = next(m for m in desk.articles.open(cards[0].id).mentions if m.text == "沈砚舟")
    assert before.entity is not None
    assert not desk.records.get(before.entity).confirmed
    assert marked(desk, cards[0], "沈砚舟").entity == before.entity
    assert desk.records.get(before.entity).confirmed


def test_what_is_refused_does_not_come_back_until_it_is_wanted(desk: Desk, cards: Cards) -> None:
    desk.tagging.tag(cards[0].id)
    sheet = desk.articles.open(cards[0].id)
    one = next(m for m in sheet.mentions if m.text == "沈砚舟")
    receipt = desk.apply(desk.tagging.unmark(sheet, one.start, one.end))
    desk.tagging.tag(cards[0].id)
    assert texts(desk, cards[0]).count("沈砚舟") == 1  # the other place still is a name
    sheet = desk.articles.open(cards[0].id)
    desk.apply(desk.tagging.unmark(sheet, 0, len(sheet.text.flat().text), everywhere=True))
    desk.tagging.tag(cards[0].id)
    assert "沈砚舟" not in texts(desk, cards[0])
    marked(desk, cards[0], "沈砚舟")
    desk.tagging.tag(cards[0].id)
    assert texts(desk, cards[0]).count("沈砚舟") >= 1
    assert receipt.inverse.reason == "undo"


def test_taking_the_refusal_back_lets_the_name_in_again(desk: Desk, cards: Cards) -> None:
    desk.tagging.tag(cards[0].id)
    sheet = desk.articles.open(cards[0].id)
    flat = sheet.text.flat().text
    receipt = desk.apply(desk.tagging.unmark(sheet, 0, len(flat), everywhere=True))
    desk.tagging.tag(cards[0].id)
    assert texts(desk, cards[0]) == []
    desk.apply(receipt.inverse)
    desk.tagging.tag(cards[0].id)
    assert "沈砚舟" in texts(desk, cards[0])


def test_everywhere_in_the_issue_and_back(desk: Desk, cards: Cards) -> None:
    sheet = desk.articles.open(cards[0].id)
    sweep = desk.tagging.mark_all(sheet, "东澜区总工会", BODY, sheet.issue)
    assert [receipt.articles[0] for receipt in sweep.receipts] == [card.id for card in cards]
    assert all("东澜区总工会" in texts(desk, card) for card in cards)
    other = desk.articles.open(cards[1].id)
    at = other.text.flat().text.index("书法")
    desk.apply(desk.tagging.mark(other, at, at + 2, BODY))  # the article goes on meanwhile
    desk.tagging.take_back(sweep)
    assert texts(desk, cards[0]) == []
    assert texts(desk, cards[1]) == ["书法"]


def test_nowhere_in_the_archive_and_back(desk: Desk, cards: Cards) -> None:
    desk.tagging.tag_many([card.id for card in cards])
    sweep = desk.tagging.unmark_all("东澜区总工会", BODY, None)
    assert len(sweep.receipts) == 2
    desk.tagging.tag_many([card.id for card in cards])
    assert not any("东澜区总工会" in texts(desk, card) for card in cards)
    desk.tagging.take_back(sweep)
    assert all("东澜区总工会" in texts(desk, card) for card in cards)
    desk.tagging.tag_many([card.id for card in cards])
    assert all("东澜区总工会" in texts(desk, card) for card in cards)


def test_two_people_of_one_name_are_two_and_the_editor_chooses(desk: Desk, cards: Cards) -> None:
    first, second = put(desk, person("顾知秋", parent="东澜工人报"), person("顾知秋", parent="东澜区教育局"))
    mention = marked(desk, cards[0], "顾知秋")
    assert mention.entity is None
    sheet = desk.articles.open(cards[0].id)
    desk.apply(desk.tagging.choose(sheet, mention, second))
    assert desk.articles.open(cards[0].id).mentions[0].entity == second.id
    desk.tagging.tag(cards[0].id)
    assert next(m for m in desk.articles.open(cards[0].id).mentions if m.text == "顾知秋").entity == second.id
    assert [one.id for one in desk.records.named(PERSON, "顾知秋")] == [first.id, second.id]


def test_merging_is_taken_back_exactly(desk: Desk, cards: Cards) -> None:
    term = OfficeTerm(position="主席", organisation="东澜区总工会", since=datetime.date(2020, 1, 1))
    one, other = put(desk, person("沈砚舟", term), person("沈砚州"))
    assert one.id is not None
    assert other.id is not None
    mention = marked(desk, cards[0], "沈砚舟")
    assert mention.entity == one.id
    before = (desk.records.own(one.id), desk.records.own(other.id), desk.records.page().lines)
    receipt = desk.records.apply(desk.records.merge(other.id, [one.id]))
    whole = desk.records.get(one.id)
    assert (whole.id, whole.name, whole.offices) == (other.id, "沈砚州", (term,))
    assert [alias.name for alias in whole.aliases] == ["沈砚舟"]
    assert [place.text for place in desk.records.places(other.id)] == ["沈砚舟"]
    assert desk.records.page().total == 1
    marked(desk, cards[0], "顾知秋")
    with pytest.raises(UserError):
        desk.records.merge(one.id, [other.id])
    again = desk.records.apply(receipt.inverse)
    now = (desk.records.own(one.id), desk.records.own(other.id))
    assert [(o.name, o.aliases, o.offices, o.merged_into) for o in now] == [
        (o.name, o.aliases, o.offices, o.merged_into) for o in before[:2]
    ]
    assert [place.text for place in desk.records.places(one.id)] == ["沈砚舟"]
    desk.records.apply(again.inverse)
    assert desk.records.get(one.id).id == other.id


def test_splitting_is_taken_back(desk: Desk, cards: Cards) -> None:
    worker = OfficeTerm(position="焊工", organisation="云帆造船厂")
    chair = OfficeTerm(position="主席", organisation="东澜区总工会")
    (one,) = put(desk, person("沈砚舟", worker, chair))
    assert one.id is not None
    mention = marked(desk, cards[0], "沈砚舟")
    receipt = desk.records.apply(desk.records.split(one.id, [cards[0].id], [worker]))
    first, second = desk.records.named(PERSON, "沈砚舟")
    assert (first.offices, second.offices) == ((chair,), (worker,))
    assert desk.articles.open(cards[0].id).mentions[0].entity == second.id != mention.entity
    assert [one.articles for one in receipt.articles] == [(cards[0].id,)]
    again = desk.records.apply(receipt.inverse)
    assert desk.articles.open(cards[0].id).mentions[0].entity == one.id
    assert len(desk.records.named(PERSON, "沈砚舟")) == 1
    assert desk.records.own(one.id).offices == (worker, chair)
    desk.records.apply(again.inverse)
    assert len(desk.records.named(PERSON, "沈砚舟")) == 2


def test_an_organisation_renamed_on_a_date_is_asked_about(desk: Desk, cards: Cards) -> None:
    (body,) = put(desk, EntityRecord(kind=BODY, name="东澜区总工会职工夜校"))
    assert body.id is not None
    desk.records.apply(desk.records.rename(body.id, "东澜职工大学", datetime.date(2026, 11, 1)))
    assert desk.records.own(body.id).aliases == (
        FormerName(name="东澜区总工会职工夜校", until=datetime.date(2026, 10, 31)),
    )
    found = [
        one for one in desk.proofing.check(desk.articles.open(cards[1].id)).findings if one.rule == "names.renamed"
    ]
    assert [one.suggestions for one in found] == [("东澜职工大学",)]


def test_an_office_on_file_speaks_on_the_day_of_issue(desk: Desk, cards: Cards) -> None:
    deputy = OfficeTerm(position="副主席", organisation="东澜区总工会", since=datetime.date(2026, 1, 1))
    put(desk, person("沈砚舟", deputy))
    desk.tagging.tag(cards[0].id)
    found = [
        one for one in desk.proofing.check(desk.articles.open(cards[0].id)).findings if one.rule.startswith("names.")
    ]
    assert [(one.rule, one.text, one.suggestions) for one in found] == [("names.office_on_file", "主席", ("副主席",))]
    assert "东澜区总工会副主席（2026-01-01" in found[0].message


def test_a_record_that_nobody_could_mean_is_refused(desk: Desk) -> None:
    late, early = datetime.date(2024, 1, 2), datetime.date(2024, 1, 1)
    for wrong in (
        person("  "),
        person("长" * 300),
        person("甲一", OfficeTerm(position="厂长", since=late, until=early)),
    ):
        with pytest.raises(UserError):
            put(desk, wrong)
    assert desk.records.page().total == 0


def test_every_article_about_somebody_under_any_name(desk: Desk, cards: Cards) -> None:
    desk.tagging.tag_many([card.id for card in cards])
    (union,) = desk.records.named(BODY, "东澜区总工会")
    assert union.id is not None
    assert [(key, count) for key, _, _, count in desk.records.articles(union.id)] == [
        (cards[1].id, 1),
        (cards[0].id, 1),
    ]
    assert [line.name for line, _ in desk.records.beside(union.id)].count("沈砚舟") == 1


def test_a_control_character_moves_no_mention(desk: Desk, cards: Cards) -> None:
    from dataclasses import replace

    desk.tagging.tag(cards[0].id)
    sheet = desk.articles.open(cards[0].id)
    first = sheet.text.body[0]
    text = replace(sheet.text, body=(replace(first, text="\x01\x02" + first.text), *sheet.text.body[1:]))
    moved, _ = carry(sheet.mentions, sheet.text.flat().text, text.flat().text)
    desk.apply(EditArticle(article=sheet.id, text=text, mentions=moved, version=sheet.version, reason="typing"))
    now = desk.articles.open(cards[0].id)
    assert now.text == sheet.text
    assert [(m.start, m.text) for m in now.mentions] == [(m.start, m.text) for m in sheet.mentions]


WORDS = some.text(some.sampled_from("赵丽君沈砚舟主席的，。说\n "), max_size=6)


@settings(deadline=None, max_examples=200)
@given(some.lists(some.tuples(some.integers(0, 60), some.integers(0, 5), WORDS), max_size=8))
def test_mentions_are_kept_moved_or_asked_about_never_wrong(edits: list[tuple[int, int, str]]) -> None:
    text = "区总工会主席沈砚舟出席。赵丽君说，沈砚舟和她谈过。\n赵丽君主持会议。"
    names = [(at, name) for name in ("沈砚舟", "赵丽君") for at in range(len(text)) if text.startswith(name, at)]
    mine = theirs = tuple(
        Mention(start=at, end=at + 3, text=name, kind=PERSON, name=name, by_hand=True) for at, name in sorted(names)
    )
    history = [(text, mine)]
    for place, length, words in edits:
        at = min(place, len(text))
        new = text[:at] + words + text[at + length :]
        mine, theirs = carry_asking(mine, text, new), carry_mentions(theirs, text, new)
        text = new
        history.append((text, theirs))
        for held in (mine, theirs):
            for m in held:
                assert text[m.start : m.end] == m.text
                assert m.was or m.text in ("沈砚舟", "赵丽君")
                assert m.name in ("沈砚舟", "赵丽君")
            assert all(one.end <= two.start for one, two in pairwise(held))
    for words, held in reversed(history):  # undo puts whole states back
        assert all(words[m.start : m.end] == m.text for m in held)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.tuples(some.integers(0, 40), some.integers(0, 4), WORDS), min_size=1, max_size=4))
def test_asked_mentions_live_in_the_store(desk: Desk, cards: Cards, edits: list[tuple[int, int, str]]) -> None:
    from dataclasses import replace

    desk.tagging.tag(cards[0].id)
    inverses = []
    start = desk.articles.open(cards[0].id)
    for place, length, words in edits:
        sheet = desk.articles.open(cards[0].id)
        old = sheet.text.body[0].text
        new = (old[:place] + words.replace("\n", "") + old[place + length :]) or "空"
        text = replace(sheet.text, body=(replace(sheet.text.body[0], text=new), *sheet.text.body[1:]))
        kept = carry_asking(sheet.mentions, sheet.text.flat().text, text.flat().text)
        inverses.append(
            desk.apply(
                EditArticle(article=sheet.id, text=text, mentions=kept, version=sheet.version, reason="fix")
            ).inverse
        )
        now = desk.articles.open(cards[0].id)
        assert all(now.text.flat().text[m.start : m.end] == m.text for m in now.mentions)
        assert [(m.start, m.was) for m in now.mentions] == [(m.start, m.was) for m in kept]
    for inverse in reversed(inverses):
        desk.apply(replace(inverse, version=0))
    back = desk.articles.open(cards[0].id)
    assert (back.text, [m.text for m in back.mentions]) == (start.text, [m.text for m in start.mentions])


def test_an_asked_mention_is_accepted_or_dropped(desk: Desk, cards: Cards) -> None:
    from dataclasses import replace

    marked(desk, cards[0], "沈砚舟")
    sheet = desk.articles.open(cards[0].id)
    body = tuple(replace(one, text=one.text.replace("沈砚舟", "沈砚洲")) for one in sheet.text.body)
    text = replace(sheet.text, body=body)
    kept = carry_asking(sheet.mentions, sheet.text.flat().text, text.flat().text)
    desk.apply(EditArticle(article=sheet.id, text=text, mentions=kept, version=sheet.version, reason="typing"))
    sheet = desk.articles.open(cards[0].id)
    (asked,) = sheet.mentions
    assert (asked.text, asked.was, asked.name) == ("沈砚洲", "沈砚舟", "沈砚舟")
    receipt = desk.apply(desk.tagging.accept(sheet, [asked]))
    (now,) = desk.articles.open(cards[0].id).mentions
    assert (now.text, now.was, now.name) == ("沈砚洲", "", "沈砚洲")
    assert now.entity not in (None, asked.entity)
    desk.apply(receipt.inverse)
    sheet = desk.articles.open(cards[0].id)
    desk.apply(desk.tagging.drop_asked(sheet, sheet.mentions))
    assert desk.articles.open(cards[0].id).mentions == ()
