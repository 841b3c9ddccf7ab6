"""Findings at the desk: what is let stand stays quiet, fixes keep mentions and never cross a part."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from models.tables.finding import HouseWordRow, SettledRow
from models.values.article_text import ArticleText, Paragraph
from models.values.cards import ArticleCard, ArticleSheet, IssueCard
from models.values.change import EditArticle, Waiver
from models.values.finding import Finding, Tier
from models.values.mention import EntityKind
from services.config.errors import UserError
from services.desk.desk import Desk, open_desk
from services.desk.fixing import fix_text, moved
from services.desk.proofing import let_stand

WRONG = """# 澜江大桥昨日合龙

本报讯 (记者 顾知秋) 11月19日,澜江大桥主跨合龙,沈砚舟到现场慰问。

大桥全长1200米,预计明年通车。
"""


@pytest.fixture
def sheet(desk: Desk, issue: IssueCard, tmp_path: Path) -> ArticleSheet:
    path = tmp_path / "wrong.txt"
    path.write_text(WRONG, "utf-8")
    return desk.articles.open(desk.intake.take_in([path], issue=issue.id)[0].id)


def card(desk: Desk, sheet: ArticleSheet) -> ArticleCard:
    return desk.articles.cards([sheet.id])[0]


def test_checking_a_sheet_stores_nothing_checking_an_id_counts(desk: Desk, sheet: ArticleSheet) -> None:
    report = desk.proofing.check(sheet)
    assert {finding.text for finding in report.findings} >= {","}
    assert card(desk, sheet).findings == -1
    desk.proofing.check(sheet.id)
    assert card(desk, sheet).findings == sum(f.tier is not Tier.HINT for f in report.findings)
    assert card(desk, sheet).version == sheet.version
    assert report.rate.errors > report.rate.allowed


def test_fix_and_undo(desk: Desk, sheet: ArticleSheet) -> None:
    receipt = desk.proofing.fix_certain(sheet.id)
    fixed = desk.articles.open(sheet.id)
    assert not [f for f in desk.proofing.check(fixed).findings if f.tier is Tier.CERTAIN]
    assert "，预计明年通车。" in fixed.text.body[-1].text
    assert [byline.name for byline in fixed.text.bylines] == ["顾知秋"]
    assert desk.articles.revisions(sheet.id)[0].reason == "fix"
    with desk.store.read() as session:
        settled = session.scalars(select(SettledRow)).all()
    assert {row.how for row in settled} == {"fixed"}
    assert len(settled) >= 3
    desk.apply(receipt.inverse)
    assert desk.articles.open(sheet.id).text == sheet.text


def test_a_fix_keeps_mentions_on_their_words(desk: Desk, sheet: ArticleSheet) -> None:
    at = sheet.text.flat().text.index("沈砚舟")
    desk.apply(desk.tagging.mark(sheet, at, at + 3, EntityKind.PERSON))
    desk.proofing.fix_certain(sheet.id)
    after = desk.articles.open(sheet.id)
    flat = after.text.flat().text
    assert [flat[m.start : m.end] for m in after.mentions] == ["沈砚舟"]


def test_waivers_here_in_the_article_and_in_the_house(desk: Desk, sheet: ArticleSheet, cards: object) -> None:
    commas = [f for f in desk.proofing.check(sheet).findings if f.text == ","]
    assert len(commas) >= 3
    desk.apply(desk.proofing.waive(sheet, commas[1], "here", "引文"))
    once = desk.articles.open(sheet.id)
    report = desk.proofing.check(once)
    assert [f.start for f in report.waived] == [commas[1].start]
    desk.apply(desk.proofing.waive(once, commas[0], "article"))
    report = desk.proofing.check(sheet.id)
    assert not [f for f in report.findings if f.key == commas[0].key]
    receipt = desk.apply(desk.proofing.waive(desk.articles.open(sheet.id), commas[0], "house", "本报惯例"))
    assert house(desk) == [commas[0].key]
    desk.apply(receipt.inverse)
    assert house(desk) == []
    desk.apply(desk.proofing.unwaive(desk.articles.open(sheet.id), commas[0]))
    assert commas[0].key in {f.key for f in desk.proofing.check(sheet.id).findings}


def house(desk: Desk) -> list[str]:
    with desk.store.read() as session:
        return list(session.scalars(select(HouseWordRow.key)))


def test_a_house_word_is_quiet_in_every_article(desk: Desk, sheet: ArticleSheet, issue: IssueCard) -> None:
    comma = next(f for f in desk.proofing.check(sheet).findings if f.text == ",")
    desk.apply(desk.proofing.waive(sheet, comma, "house"))
    other = replace(sheet, id=sheet.id, waivers=(), text=ArticleText(headline="标题", body=(Paragraph(text="好,坏"),)))
    assert comma.key not in {f.key for f in desk.proofing.check(other).findings}


def finding(start: int, text: str, fix: str | None = None, tier: Tier = Tier.CERTAIN) -> Finding:
    return Finding(
        start=start,
        end=start + len(text),
        text=text,
        rule="test.rule",
        tier=tier,
        weight=1.0,
        message="",
        suggestions=() if fix is None else (fix,),
    )


def test_a_waiver_here_lets_one_finding_stand_the_nearest() -> None:
    found = [finding(5, ","), finding(50, ","), finding(200, ",")]
    here = Waiver(key="test.rule:,", start=52)
    assert let_stand(found, [here], frozenset()) == {id(found[1])}
    assert let_stand(found, [here, replace(here, start=49)], frozenset()) == {id(found[1])} | {
        id(one) for one in found[:1] if abs(one.start - 49) <= 40
    }
    assert let_stand(found, [replace(here, start=120)], frozenset()) == set()
    assert len(let_stand(found, [], frozenset({","}))) == 3


def test_fixes_stay_within_their_part() -> None:
    text = ArticleText(headline="甲,乙", body=(Paragraph(text="丙,丁"), Paragraph(text="戊,己")))
    flat = text.flat().text
    crossing = finding(flat.index("乙"), "乙\n丙", "乙丙")
    commas = [finding(at, ",", "，") for at, c in enumerate(flat) if c == ","]
    fixed, moves = fix_text(text, [crossing, *commas, finding(0, "甲", None)])
    assert fixed == ArticleText(headline="甲，乙", body=(Paragraph(text="丙，丁"), Paragraph(text="戊，己")))
    assert [gain for _, gain in moves] == [0, 0, 0]
    longer, moves = fix_text(text, [finding(1, ",", "——、")])
    assert longer.headline == "甲——、乙"
    assert moved([Waiver(key="k", start=6), Waiver(key="k", start=0), Waiver(key="k")], moves) == (
        Waiver(key="k", start=8),
        Waiver(key="k", start=0),
        Waiver(key="k"),
    )


def test_rule_cards(desk: Desk) -> None:
    cards = desk.proofing.cards()
    assert desk.proofing.card(cards[0].rule) == cards[0]
    with pytest.raises(UserError):
        desk.proofing.card("no.such_rule")


def test_plain_text(desk: Desk) -> None:
    assert {f.text for f in desk.proofing.check_text("大桥通车,市民叫好。")} >= {","}


def test_a_figure_that_another_article_of_the_issue_gives_otherwise(
    desk: Desk, issue: IssueCard, tmp_path: Path
) -> None:
    first, second, third = tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"
    first.write_text("# 安全月见闻\n\n本报讯（记者 顾知秋）活动中，职工们排查隐患163项，受到好评。\n", "utf-8")
    second.write_text("# 守住每道关口\n\n本报讯（记者 江照野）据统计，全厂排查隐患136项。\n", "utf-8")
    third.write_text("# 又一件事\n\n本报讯（记者 江照野）据统计，一车间排查隐患6项。\n", "utf-8")
    made = desk.intake.take_in([first, second, third], issue=issue.id)

    def told(card: ArticleCard) -> list[tuple[str, Tier, str]]:
        found = desk.proofing.check(card.id).findings
        return [(one.text, one.tier, one.message) for one in found if one.rule == "ledger.elsewhere"]

    ((words, tier, message),) = told(made[0])
    assert (words, tier) == ("163项", Tier.HINT)
    assert "《守住每道关口》" in message
    assert "136项" in message
    assert [words for words, *_ in told(made[1])] == ["136项"]
    assert told(made[2]) == []
    sheet = desk.articles.open(made[1].id)
    body = tuple(replace(one, text=one.text.replace("136", "163")) for one in sheet.text.body)
    desk.apply(
        EditArticle(article=sheet.id, text=replace(sheet.text, body=body), version=sheet.version, reason="typing")
    )
    assert told(made[0]) == []


def test_the_sample_issue_counts_nothing_twice(tmp_path: Path) -> None:
    with open_desk(tmp_path / "sample.db") as desk:
        cards = desk.articles.list(desk.sample().id)
        found = [one for card in cards for one in desk.proofing.check(card.id).findings]
    assert cards
    assert "ledger.elsewhere" not in {one.rule for one in found}
