"""The engine: tiers, weights, waivers, broken packs, time limits, and properties over any text."""

import datetime
import logging
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import Byline, FlatText, Part, PartRef
from models.values.finding import Finding, Tier
from models.values.mention import EntityKind, KnownEntity, Mention
from models.values.publication import Profile
from services.config.messages import choose_language, text
from services.proofing.cards import cards
from services.proofing.contract import ProofContext, RuleTable
from services.proofing.packs import load_rules
from services.proofing.proof import error_rate, examine, proof
from services.proofing.settle import apply_fixes, edits

RULES = load_rules()
PIECES = """
的的 了了 ， , 。 “ ” ‘ ’ 《 》 〈 （ ） ( ) " ' ... …… -- — 、 ： : ; ! ? ？ ！ • · . # 工会 职工 复赛 922个 585个
2月30日 星期三 2023年 and PPT https://example.com/a,b 3.5万 1,200 10-20人 和 等 第一、 1、 按装 自已 （以下简称“协会”）
增长近60% 约100人左右 80年代 ｐｐｔ １２ 从500人增加到800人， 既使 翻了一番 同比 共有 增长 5月18日 （星期五）
"""
CHINESE = st.lists(st.sampled_from([*PIECES.split(), " ", "\n"]), max_size=40).map("".join)
ANY = st.one_of(CHINESE, st.text(max_size=80))


def finding(start: int, words: str, fix: str, tier: Tier = Tier.CERTAIN, **more: object) -> Finding:
    base = Finding(
        start=start,
        end=start + len(words),
        text=words,
        rule="test.rule",
        tier=tier,
        weight=1.0,
        message="",
        suggestions=(fix,),
    )
    return replace(base, **more)  # type: ignore[arg-type]


@settings(deadline=None, max_examples=150)
@given(ANY)
def test_no_text_makes_a_rule_raise(words: str) -> None:
    flat = FlatText.plain(words)
    date = datetime.date(2023, 5, 18)
    context = ProofContext(
        date=date,
        bylines=(Byline(role="记者", name="余翠萍"),),
        known=(KnownEntity(id=None, kind=EntityKind.PERSON, name="冯远明"),),
        profile=Profile.INTERNAL,
    )
    examined = examine(flat, RULES, context)
    assert examined.slow == ()
    starts = [one.start for one in examined.findings]
    assert starts == sorted(starts)
    assert all(words[one.start : one.end] == one.text and one.text for one in examined.findings)
    sure = [one for one in examined.findings if one.tier is Tier.CERTAIN]
    assert all(one.suggestions for one in sure)
    assert all(a.end <= b.start for a, b in pairwise(sure))


@settings(deadline=None, max_examples=100)
@given(CHINESE)
def test_fixing_what_is_certain_comes_to_rest(words: str) -> None:
    for _ in range(12):
        sure = [one for one in proof(FlatText.plain(words), RULES) if one.tier is Tier.CERTAIN]
        if not sure:
            break
        fixed, _edits = apply_fixes(words, sure)
        assert fixed != words
        words = fixed
    assert not [one for one in proof(FlatText.plain(words), RULES) if one.tier is Tier.CERTAIN]
    assert apply_fixes(words, ()) == (words, ())


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_fixes_at_once_equal_fixes_one_by_one(data: st.DataObject) -> None:
    words = data.draw(st.text(alphabet="甲乙丙丁,。\n", min_size=1, max_size=40))
    chosen = []
    for _ in range(data.draw(st.integers(0, 8))):
        start = data.draw(st.integers(0, len(words) - 1))
        end = data.draw(st.integers(start + 1, min(len(words), start + 4)))
        chosen.append(finding(start, words[start:end], data.draw(st.text(alphabet="子丑", max_size=3))))
    at_once, done = apply_fixes(words, chosen)
    one_by_one, shift = words, 0
    for edit in done:
        one_by_one = one_by_one[: edit.start + shift] + edit.text + one_by_one[edit.end + shift :]
        shift += len(edit.text) - (edit.end - edit.start)
    assert at_once == one_by_one
    assert all(a.end <= b.start for a, b in pairwise(done))


def test_of_two_overlapping_fixes_the_surer_stays() -> None:
    likely = finding(0, "甲乙", "子", Tier.LIKELY)
    sure = finding(1, "乙丙", "丑")
    assert [edit.text for edit in edits("甲乙丙", [likely, sure])] == ["丑"]
    assert edits("别的字", [sure]) == ()


def test_headings_count_double() -> None:
    flat = FlatText.join([(PartRef(part=Part.HEADLINE), "工会会员,来了"), (PartRef(part=Part.BODY), "工会会员,来了")])
    first, second = proof(flat, RULES)
    assert (first.weight, second.weight) == (0.2, 0.1)
    assert first.text == second.text == ","


def test_the_same_error_counts_three_times_and_numerals_once_at_most() -> None:
    flat = FlatText.plain("字" * 10_000)
    many = [finding(i, "字", "子") for i in range(9)]
    assert error_rate(many, flat).errors == 3.0
    numerals = [finding(i, "字" * (i + 1), "子", clause="GB/T 15835-2011 4", weight=0.4) for i in range(9)]
    assert error_rate(numerals, flat).errors == 1.0
    assert error_rate([finding(0, "字", "子", Tier.HINT)], flat).errors == 0.0
    assert error_rate(many, flat).per_10k == 3.0
    assert error_rate((), FlatText.plain("")).per_10k == 0.0


def test_what_the_house_allows_is_not_reported() -> None:
    flat = FlatText.plain("网络复盖全县，请按装电表。")
    assert {one.text for one in proof(flat, RULES)} == {"复盖", "按装"}
    allowed = ProofContext(allowed=frozenset({"words.confused:复盖"}))
    assert {one.text for one in proof(flat, RULES, allowed)} == {"按装"}
    allowed = ProofContext(allowed=frozenset({"复盖", "按装"}))
    assert proof(flat, RULES, allowed) == ()


def test_profiles_have_their_own_rules() -> None:
    flat = FlatText.plain("本报讯（记者 冯远）近日，厂里召开会议。")
    assert proof(flat, RULES) == ()
    found = {one.rule for one in proof(flat, RULES, ProofContext(profile=Profile.INTERNAL))}
    assert found == {"wording.own_paper", "wording.reporter"}


def test_a_mention_that_does_not_fit_protects_nothing() -> None:
    flat = FlatText.plain("网络复盖")
    stale = Mention(start=2, end=4, text="冯远", kind=EntityKind.PERSON, name="冯远")
    assert len(proof(flat, RULES, ProofContext(mentions=(stale,)))) == 1


GOOD = """
[[rule]]
id = "house.slogan"
shape = "literal"
tier = "likely"
weight = 1.0
title = "本厂口号"
message = "应为“{fix}”。"
pairs = '''
安全底一 | 安全第一 | 坚持安全第一
'''
"""
HEAD = 'tier = "likely"\nweight = 1.0\ntitle = "t"\nmessage = "m"\n'


def load(folder: Path, source: str) -> RuleTable:
    (folder / "house.toml").write_text(source, "utf-8")
    return load_rules([folder])


def test_a_house_rule_runs_beside_the_built_in_ones(tmp_path: Path) -> None:
    table = load(tmp_path, GOOD)
    assert table.report.broken == ()
    assert len(table.rules) == len(RULES.rules) + 1
    (found,) = proof(FlatText.plain("坚持安全底一"), table)
    assert (found.rule, found.message) == ("house.slogan", "应为“安全第一”。")
    with pytest.raises(KeyError):
        RULES.rule("house.slogan")
    assert table.rule("house.slogan").file == "house.toml"


def test_a_house_switches_a_rule_off_or_takes_its_place(tmp_path: Path) -> None:
    table = load(tmp_path, '[[rule]]\nid = "widths.comma"\noff = true\n')
    assert table.report.off == ("widths.comma",)
    assert proof(FlatText.plain("好,来"), table) == ()
    table = load(tmp_path, GOOD.replace("house.slogan", "words.confused"))
    found = proof(FlatText.plain("按装，安全底一"), table)
    assert [one.text for one in found if one.rule == "words.confused"] == ["安全底一"]


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ('[[rule]]\nid = "a.b"\ntier = ', 3, "读不懂"),
        ("rule = 3\n", 0, "[[rule]]"),
        (f'[[rule]]\nid = "a.b"\nshape = "magic"\n{HEAD}wrong = ["甲"]\nright = ["乙"]\n', 2, "magic"),
        (f'[[rule]]\nid = "a.b"\nshape = "code"\n{HEAD}wrong = ["甲"]\nright = ["乙"]\n', 2, "a.b"),
        (f'[[rule]]\nid = "ab"\nshape = "code"\n{HEAD}wrong = ["甲"]\nright = ["乙"]\n', 2, "ab"),
        (
            f'[[rule]]\nid = "a.b"\nshape = "regex"\npattern = "("\n{HEAD}wrong = ["甲"]\nright = ["乙"]\n',
            4,
            "表达式有错",
        ),
        (
            f'[[rule]]\nid = "a.b"\nshape = "regex"\npattern = "甲*"\n{HEAD}wrong = ["甲"]\nright = ["乙"]\n',
            4,
            "空文字",
        ),
        (
            f'[[rule]]\nid = "a.b"\nshape = "regex"\npattern = "甲"\nfix = \'\\2\'\n{HEAD}wrong = []\nright = []\n',
            4,
            "分组",
        ),
        (
            f'[[rule]]\nid = "a.b"\nshape = "regex"\npattern = "甲"\n{HEAD}wrong = ["丙"]\nright = ["乙"]\n',
            9,
            "没有查出来",
        ),
        (
            f'[[rule]]\nid = "a.b"\nshape = "regex"\npattern = "甲"\n{HEAD}wrong = ["甲"]\nright = ["乙甲"]\n',
            10,
            "误报",
        ),
        (
            f'[[rule]]\nid = "a.b"\nshape = "regex"\npattern = "甲"\nparts = ["x"]\n{HEAD}wrong = ["甲"]\nright = []\n',
            4,
            "部位",
        ),
        (f'[[rule]]\nid = "a.b"\nshape = "literal"\n{HEAD}pairs = "甲乙"\n', 8, "甲乙"),
        (f'[[rule]]\nid = "a.b"\nshape = "literal"\n{HEAD}pairs = ""\n', 2, "空的"),
        ('[[rule]]\nid = "a.b"\nshape = "regex"\n', 2, "tier"),
        (
            '[[rule]]\nid = "a.b"\nshape = "regex"\ntier = "sure"\nweight=1\ntitle=""\nmessage=""\nwrong=[]\nright=[]',
            2,
            "sure",
        ),
    ],
)
def test_a_broken_rule_is_named_and_the_rest_goes_on(tmp_path: Path, source: str, line: int, words: str) -> None:
    (tmp_path / "good.toml").write_text(GOOD, "utf-8")
    table = load(tmp_path, source)
    (fault,) = table.report.broken
    assert (fault.file, fault.line) == ("house.toml", line)
    assert words in fault.reason
    assert "house.slogan" in table.report.running
    assert len(table.rules) == len(RULES.rules) + 1


def test_a_pattern_that_never_ends_is_given_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    source = f'[[rule]]\nid = "a.b"\nshape = "regex"\npattern = "(甲|甲甲)+(?<!丁)乙"\n{HEAD}'
    source += 'wrong = ["甲乙"]\nright = ["丙"]\n'
    table = load(tmp_path, source)
    assert table.report.broken == ()
    flat = FlatText.plain("甲" * 60 + "丙,好")
    with caplog.at_level(logging.WARNING, logger="qingyang.proofing"):
        examined = examine(flat, table)
    assert examined.slow == ("a.b",)
    assert [one.rule for one in examined.findings] == ["widths.comma"]
    assert "a.b" in caplog.text
    assert "甲" not in caplog.text


def test_messages_and_cards_speak_both_languages() -> None:
    flat = FlatText.plain("好,来")
    try:
        choose_language("en")
        assert proof(flat, RULES)[0].message == "A comma in Chinese text is full width: ，"
        assert cards(RULES)[0].title.isascii()
        assert "TOML" in text("proofing.pack_unreadable", file="f", error="TOML")
    finally:
        choose_language("zh")
    assert proof(flat, RULES)[0].message == "中文里的逗号应为全角“，”。"


def test_every_rule_has_a_message_and_clause_in_both_languages() -> None:
    for rule in RULES.rules:
        assert rule.clause, rule.id
        assert rule.titles["zh"] != rule.titles["en"], rule.id
        assert rule.messages["zh"] != rule.messages["en"], rule.id


def test_the_packs_of_the_manual_run(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[3] / "docs" / "rules.md").read_text("utf-8")
    blocks = [block.split("```")[0] for block in manual.split("```toml\n")[1:]]
    blocks = [block for block in blocks if block.startswith("[[rule]]") or "\n[[rule]]" in block]  # not the fragments
    assert len(blocks) == 2
    for number, block in enumerate(blocks):
        (tmp_path / f"manual{number}.toml").write_text(block, "utf-8")
    report = load_rules([tmp_path]).report
    assert report.broken == ()
    assert {"house.names", "house.hotline"} <= set(report.running)
    assert report.off == ("punctuation.run_on",)


def test_long_runs_of_one_thing_are_no_burden() -> None:
    """Texts that make a careless pattern try every start: given up by no rule."""
    for words in ("1", "甲、", "“", "工会", "从3个到", "a.", "约3", "《甲》", "12月30日", "（以下简称“甲乙”）"):
        assert examine(FlatText.plain(words * 1500), RULES).slow == ()


def test_a_doubled_word_before_the_name_of_a_body_is_only_a_hint() -> None:
    (found,) = proof(FlatText.plain("大会主席主席团成员出席"), RULES)
    assert (found.text, found.tier) == ("主席主席", Tier.HINT)
    (found,) = proof(FlatText.plain("工会主席主席出席"), RULES)
    assert (found.tier, found.suggestions) == (Tier.CERTAIN, ("主席",))


def test_brackets_without_end_are_a_broken_pack(tmp_path: Path) -> None:
    from services.proofing.packs import read_pack

    (tmp_path / "deep.toml").write_text("rule = " + "[" * 5000 + "]" * 5000, "utf-8")
    rules, _, (fault,) = read_pack(tmp_path / "deep.toml", check=True)
    assert rules == ()
    assert fault.file == "deep.toml"


def test_one_error_that_two_rules_know_counts_once() -> None:
    flat = FlatText.plain("全市职工技能竟赛昨天开幕。")
    findings = [one for one in proof(flat, RULES) if "竟" in one.text]
    assert len(findings) == 1
    assert error_rate(proof(flat, RULES), flat).errors == 1.0


def test_a_tagged_organisation_is_asked_about_and_never_changed_unasked(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(
        """[[rule]]
id = "house.words"
shape = "literal"
tier = "certain"
weight = 1.0
clause = "本报"
title = "本报用字"
title_en = "House words"
message = "“{text}”应为“{fix}”。"
message_en = "“{text}” → “{fix}”"
pairs = '''
工会 | 公会 | 公会
'''
""",
        "utf-8",
    )
    flat = FlatText.plain("市总工会到会。工会干部发言。")
    mention = Mention(start=0, end=4, text="市总工会", kind=EntityKind.ORGANISATION, name="市总工会")
    found = proof(flat, load_rules([tmp_path]), ProofContext(mentions=(mention,)))
    tiers = {one.start: one.tier for one in found if one.rule == "house.words"}
    assert tiers == {2: Tier.LIKELY, 7: Tier.CERTAIN}
