"""The house's own words: lexicon, house list mined from corrections, rules by hand, error rates kept at export."""

from dataclasses import replace
from pathlib import Path

import pytest

from models.values.cards import ArticleCard, IssueCard
from models.values.change import EditArticle
from models.values.finding import Tier
from models.values.house import HouseRule, HouseWord
from services.config.errors import UserError
from services.desk.desk import Desk
from services.desk.house_list import corrections
from services.proofing.house_rules import weight_of

Cards = tuple[ArticleCard, ...]


def typed(desk: Desk, card: ArticleCard, old: str, new: str) -> None:
    sheet = desk.articles.open(card.id)
    body = tuple(replace(one, text=one.text.replace(old, new)) for one in sheet.text.body)
    desk.apply(
        EditArticle(
            article=card.id,
            text=replace(sheet.text, body=body),
            mentions=sheet.mentions,
            waivers=sheet.waivers,
            version=sheet.version,
            reason="replace",
        )
    )


def with_slip(desk: Desk, card: ArticleCard, words: str) -> None:
    sheet = desk.articles.open(card.id)
    body = (*sheet.text.body, replace(sheet.text.body[0], text=words))
    desk.apply(EditArticle(article=card.id, text=replace(sheet.text, body=body), version=sheet.version, reason="part"))


def told(desk: Desk, card: ArticleCard, rule: str) -> list[str]:
    return [one.text for one in desk.proofing.check(desk.articles.open(card.id)).findings if one.rule == rule]


# --- lexicon


def test_a_house_waiver_is_listed_with_reason_and_place_and_taken_back(desk: Desk, cards: Cards) -> None:
    card = cards[0]
    with_slip(desk, card, "工人们在按装护栏。")
    sheet = desk.articles.open(card.id)
    finding = next(one for one in desk.proofing.check(sheet).findings if one.text == "按装")
    desk.apply(desk.proofing.waive(sheet, finding, "house", "引文如此"))
    (word,) = desk.lexicon.words()
    assert (word.words, word.reason, word.author, word.headline) == ("按装", "引文如此", "程校对", card.headline)
    assert word.time is not None
    assert told(desk, card, finding.rule) == []
    desk.lexicon.take_back(word)
    assert desk.lexicon.words() == ()
    assert told(desk, card, finding.rule) == ["按装"]  # although the article still holds its waiver
    desk.lexicon.put(word)
    assert desk.lexicon.words()[0].reason == "引文如此"
    assert told(desk, card, finding.rule) == []
    desk.lexicon.take_back(word)
    again = desk.articles.open(card.id)
    desk.apply(desk.proofing.waive(again, finding, "house", "引文如此"))
    assert told(desk, card, finding.rule) == []


def test_search_looks_into_words_reasons_authors_and_headlines(desk: Desk, cards: Cards) -> None:
    desk.lexicon.add("云帆号", "船名")
    with_slip(desk, cards[0], "工人们在按装护栏。")
    sheet = desk.articles.open(cards[0].id)
    finding = next(one for one in desk.proofing.check(sheet).findings if one.text == "按装")
    desk.apply(desk.proofing.waive(sheet, finding, "article", "口语"))
    assert {word.scope for word in desk.lexicon.words()} == {"house", "article"}
    for query, words in (("船名", "云帆号"), ("按装", "按装"), ("口语", "按装"), ("合龙", "按装"), ("无此", None)):
        assert [word.words for word in desk.lexicon.words(query)] == ([words] if words else []), query


def test_words_that_are_none_are_refused(desk: Desk) -> None:
    desk.lexicon.add("云帆号")
    for words, key in (("  ", "no_word"), ("云帆号", "known_word")):
        with pytest.raises(UserError) as error:
            desk.lexicon.add(words)
        assert error.value.key == f"proofing.house.{key}"


def test_half_characters_in_a_reason_do_no_harm(desk: Desk, cards: Cards) -> None:
    with_slip(desk, cards[0], "工人们在按装护栏。")
    sheet = desk.articles.open(cards[0].id)
    finding = next(one for one in desk.proofing.check(sheet).findings if one.text == "按装")
    change = desk.proofing.waive(sheet, finding, "article", "半\ud800个")
    desk.apply(change)
    raw = replace(change, waivers=(replace(change.waivers[0], reason="又\udfff半"),), version=0)
    desk.apply(raw)
    assert desk.articles.open(cards[0].id).waivers[0].reason == "又半"
    desk.lexicon.add("词\ud800", "理\udc00由")
    assert [word.reason for word in desk.lexicon.words("词")] == ["理由"]


def test_the_words_of_a_key() -> None:
    word = HouseWord(id=1, key="words.confused:按装", scope="house", reason="", author="", time=None)
    assert (word.rule, word.words) == ("words.confused", "按装")
    plain = replace(word, key="比分3:2")
    assert (plain.rule, plain.words) == ("", "比分3:2")


# --- house list


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        ("在云帆船厂举行。", "在云帆造船厂举行。", [("云帆船厂", "云帆造船厂")]),
        ("共有86人。", "共有87人。", []),
        ("一样。", "一样。", []),
        ("第一行\n第二行", "第一行", []),
        ("他说，好", "他说。好", []),
    ],
)
def test_corrections_are_whole_words(before: str, after: str, pairs: list[tuple[str, str]]) -> None:
    found = [(wrong, fix) for wrong, fix, _ in corrections(before, after)]
    if pairs:
        assert len(found) == 1
        assert found[0][1].replace("造", "") == found[0][0]  # cut at words, whatever the dictionary makes of them
    else:
        assert found == []


def test_a_correction_made_again_and_again_is_proposed_approved_and_speaks(desk: Desk, cards: Cards) -> None:
    for _ in range(3):
        for card in cards:
            with_slip(desk, card, "活动在槐树湾文化管举行。")
            typed(desk, card, "文化管", "文化馆")
    count = desk.proofing.house.mine()
    rules = desk.proofing.house.all()
    assert count == len(rules) >= 1
    rule = rules[0]
    assert (rule.state, rule.author) == ("proposed", "")
    assert rule.seen >= 3
    assert "文化馆" in rule.sample
    assert desk.proofing.house.mine() == 0  # proposed once
    with_slip(desk, cards[0], f"他走进{rule.wrong}。")
    assert told(desk, cards[0], "house.list") == []
    desk.proofing.house.decide(rule.id, "approved")
    assert told(desk, cards[0], "house.list") == [rule.wrong]
    report = desk.proofing.check(desk.articles.open(cards[0].id))
    finding = next(one for one in report.findings if one.rule == "house.list")
    assert (finding.tier, finding.suggestions[0]) == (Tier.LIKELY, rule.fix)
    assert desk.proofing.card("house.list").title == "本报词表"
    desk.proofing.house.decide(rule.id, "refused", "两种写法都对")
    assert told(desk, cards[0], "house.list") == []


def test_what_stands_as_often_as_it_was_corrected_is_not_proposed(desk: Desk, cards: Cards) -> None:
    for _ in range(3):
        with_slip(desk, cards[0], "他们是工友。")
        typed(desk, cards[0], "工友", "职工")
    with_slip(desk, cards[1], "工友、工友、工友、工友")
    assert desk.proofing.house.mine() == 0


def test_rules_by_hand(desk: Desk, cards: Cards) -> None:
    house = desk.proofing.house
    stored = house.put(HouseRule(wrong="云帆船厂", fix="云帆造船厂", tier="certain", message="厂名用全称。"))
    pattern = house.put(HouseRule(kind="regex", wrong="热线[:：]?\\d{5}", tier="likely"))
    with_slip(desk, cards[0], "云帆船厂开通热线：12351，云帆造船厂说。")
    found = {one.rule: one for one in desk.proofing.check(desk.articles.open(cards[0].id)).findings}
    assert found[f"house.{stored.id}"].message == "厂名用全称。"
    assert found[f"house.{stored.id}"].tier is Tier.CERTAIN
    assert found[f"house.{pattern.id}"].text == "热线：12351"
    desk.proofing.fix_certain(cards[0].id)
    assert "云帆造船厂开通" in desk.articles.open(cards[0].id).text.flat().text
    gone = house.remove(stored.id)
    assert f"house.{stored.id}" not in desk.proofing.rules().report.running
    assert house.put(gone).wrong == "云帆船厂"


@pytest.mark.parametrize(
    ("rule", "key"),
    [
        (HouseRule(wrong=" ", fix="x"), "proofing.house.length"),
        (HouseRule(wrong="字" * 201, fix="x"), "proofing.house.length"),
        (HouseRule(wrong="同", fix="同"), "proofing.house.same"),
        (HouseRule(wrong="断\n行", fix="x"), "proofing.house.same"),
        (HouseRule(kind="regex", wrong="(", fix=""), "proofing.pack_bad_pattern"),
        (HouseRule(kind="regex", wrong="x*"), "proofing.pack_empty_pattern"),
        (HouseRule(kind="regex", wrong="(a)b", fix="\\2"), "proofing.pack_bad_fix"),
        (HouseRule(kind="regex", wrong="a+", tier="certain"), "proofing.house.certain"),
    ],
)
def test_rules_that_cannot_run_are_refused(desk: Desk, rule: HouseRule, key: str) -> None:
    with pytest.raises(UserError) as error:
        desk.proofing.house.put(rule)
    assert error.value.key == key
    assert desk.proofing.house.all() == ()


def test_the_same_rule_twice_and_one_that_is_gone(desk: Desk) -> None:
    house = desk.proofing.house
    rule = house.put(HouseRule(wrong="甲乙", fix="乙甲"))
    with pytest.raises(UserError, match="甲乙"):
        house.put(HouseRule(wrong="甲乙", fix="乙甲"))
    house.remove(rule.id)
    with pytest.raises(UserError):
        house.decide(rule.id, "approved")


@pytest.mark.parametrize(
    ("wrong", "fix", "weight"),
    [("按装", "安装", 1.0), ("工友们", "职工们", 2.0), ("船厂", "云帆造船厂", 2.0), ("，。", "。", 0.1)],
)
def test_what_a_rule_by_hand_counts(wrong: str, fix: str, weight: float) -> None:
    assert weight_of(HouseRule(wrong=wrong, fix=fix)) == weight


# --- paragraph by paragraph


def test_an_edited_paragraph_is_told_at_once_as_a_whole_check_would(desk: Desk, cards: Cards) -> None:
    card = cards[0]
    before = desk.proofing.check(desk.articles.open(card.id))
    with_slip(desk, card, "大桥的按装十分顺利，近日在两岸群众期盼中完工。")
    sheet = desk.articles.open(card.id)
    flat = sheet.text.flat().text
    at = flat.index("大桥的按装")
    quick = desk.proofing.recheck(sheet, before.findings, (at, at + 5))
    whole = desk.proofing.check(sheet)
    assert quick.findings == whole.findings
    assert quick.rate == whole.rate
    assert "按装" in [one.text for one in quick.findings]


def test_certain_findings_are_those_of_the_whole_check(desk: Desk, cards: Cards) -> None:
    with_slip(desk, cards[0], "他说,按装好了.大家的的确确高兴。。")
    sheet = desk.articles.open(cards[0].id)
    whole = [one for one in desk.proofing.check(sheet).findings if one.tier is Tier.CERTAIN]
    assert list(desk.proofing.certain(sheet)) == whole


# --- error rates


def test_the_rate_of_an_issue_counts_the_same_error_three_times_at_most(
    desk: Desk, issue: IssueCard, cards: Cards, tmp_path: Path
) -> None:
    for card in cards:
        with_slip(desk, card, "按装、按装、按装。")
    single = [desk.proofing.check(card.id).rate for card in cards]
    whole = desk.rates.issue(issue.id)
    assert whole.characters == sum(rate.characters for rate in single)
    assert whole.errors == pytest.approx(sum(rate.errors for rate in single) - 3.0)
    assert desk.rates.history() == ()
    desk.export.issue(issue.id, tmp_path / "out", docx=False)
    (kept,) = desk.rates.history()
    assert (kept.date, kept.cause, kept.errors) == (issue.date, "export", whole.errors)
    for card in cards:
        desk.proofing.fix_certain(card.id)
    second = desk.rates.keep(issue.id, "check")
    assert second.errors < kept.errors
    assert second.fixed > 0
    assert desk.rates.history() == (second,)  # the last value of each issue
