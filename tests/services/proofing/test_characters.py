"""Wrong characters beyond lists: planted errors are found, names and allowed words left alone, nothing ever raises."""

import shutil
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import Byline, FlatText
from models.values.finding import Finding, Tier
from models.values.mention import EntityKind, KnownEntity, Mention
from services.proofing.characters import check
from services.proofing.characters.tables import FOLDER, open_tables
from services.proofing.contract import ProofContext
from services.proofing.packs import load_rules
from services.proofing.proof import proof

RULES = load_rules()
CLEAN = """各单位要加强对职工的培训，提高业务水平和服务质量，确保安全生产。
全市共有195公顷农田受灾，有关部门正在组织抢收。
会议要求，要把思想和行动统一到上级的决策部署上来，切实解决群众反映强烈的问题。
昨天下午，记者来到这家工厂的车间，看到工人们正在紧张地工作。"""
PLANTED = (
    ("全市共有195公倾农田受灾，有关部门正在组织抢收。", "倾", "顷"),
    ("他们的工做得到了广范好评。", "范", "泛"),
    ("请报名者凭贷款合同提出申清。", "清", "请"),
    ("医院要求大家做好防户措施。", "户", "护"),
)


def found(text: str, context: ProofContext = ProofContext()) -> list[Finding]:  # noqa: B008 - frozen
    return [one for one in proof(FlatText.plain(text), RULES, context) if one.rule == check.RULE]


def shown(text: str, context: ProofContext = ProofContext()) -> list[Finding]:  # noqa: B008 - frozen
    return [one for one in found(text, context) if one.tier is not Tier.HINT]


@pytest.mark.parametrize(("text", "wrong", "right"), PLANTED)
def test_planted_errors_are_shown_with_their_fix(text: str, wrong: str, right: str) -> None:
    assert (wrong, right) in [(one.text, one.suggestions[0]) for one in shown(text)]


def test_clean_text_is_left_alone() -> None:
    assert shown(CLEAN) == []


def test_never_certain() -> None:
    assert all(one.tier is not Tier.CERTAIN for text, _, _ in PLANTED for one in found(text))


def test_every_occurrence_has_its_finding() -> None:
    text = "\n".join([PLANTED[0][0]] * 3)
    assert [one.start for one in shown(text) if one.text == "倾"] == [8, 34, 60]


@pytest.mark.parametrize("kind", [EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE])
def test_names_are_never_touched(kind: EntityKind) -> None:
    text, at = PLANTED[0][0], PLANTED[0][0].index("公倾")
    mention = Mention(start=at, end=at + 2, text="公倾", kind=kind, name="公倾")
    assert not [one for one in found(text, ProofContext(mentions=(mention,))) if at <= one.start < at + 2]


def test_known_names_bylines_and_allowed_words_are_never_touched() -> None:
    text = PLANTED[0][0]
    assert shown(text)
    known = KnownEntity(id=None, kind=EntityKind.PERSON, name="公倾")
    byline = Byline(role="记者", name="公倾")
    for context in (
        ProofContext(known=(known,)),
        ProofContext(bylines=(byline,)),
        ProofContext(allowed=frozenset({"公倾"})),
        ProofContext(allowed=frozenset({f"{check.RULE}:倾"})),
    ):
        assert not [one for one in found(text, context) if one.text == "倾"]


def test_a_rule_with_a_list_has_the_say_where_it_speaks() -> None:
    findings = proof(FlatText.plain("他甘败下风。"), RULES)
    assert [one.rule for one in findings] == ["words.idioms"]


def test_what_a_text_says_again_and_again_is_only_a_hint() -> None:
    text = "以棋会友赛出风格，以棋为媒增进感情，大家以棋相会。"
    assert not [one for one in shown(text) if one.text == "棋"]


def test_countries_in_one_character_are_left_alone() -> None:
    assert not [one for one in found("中新关系取得新进展，我方愿同伊方加强合作。") if one.text in "新伊"]


def test_long_texts_are_read_in_parts() -> None:
    text = "\n".join([CLEAN.replace("\n", "")] * 100 + [PLANTED[0][0]] + [CLEAN] * 3)
    assert len(text) > check.CHUNK
    assert text.index("公倾") + 1 in [one.start for one in shown(text)]


def test_a_line_longer_than_a_part() -> None:
    assert found("，" * (check.CHUNK + 5) + PLANTED[0][0])[0].start == check.CHUNK + 5 + 8


@settings(deadline=None, max_examples=60)
@given(
    st.one_of(st.text(max_size=60), st.text(st.sampled_from("的一是不了在公倾顷升产安全𠀀\n ，a1\ud800"), max_size=40))
)
def test_no_text_makes_it_raise(text: str) -> None:
    for one in found(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert one.suggestions


def test_without_its_tables_the_rule_is_off_and_the_report_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.proofing import packs

    for name in ("rules", "locale"):
        shutil.copytree(check.RESOURCES / name, tmp_path / name)
    monkeypatch.setattr(check, "RESOURCES", tmp_path)
    table = packs._loaded((), ())
    assert {check.RULE, check.DE_RULE}.isdisjoint(table.report.running)
    assert {fault.rule for fault in table.report.broken} == {check.RULE, check.DE_RULE}
    assert "laws.npy" in table.report.broken[0].reason
    assert proof(FlatText.plain(PLANTED[0][0]), table) == ()


def test_a_damaged_table_is_an_error_of_the_world(tmp_path: Path) -> None:
    for name in check.FILES:
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes()[:1000])
    with pytest.raises((OSError, ValueError, KeyError, BadZipFile)):
        open_tables(tmp_path)


def test_tables_are_small_enough() -> None:
    assert sum((FOLDER / name).stat().st_size for name in check.FILES) <= 25_000_000
    combiners = open_tables().combiners
    assert combiners is not None
    assert np.isfinite(combiners.likely)
    assert combiners.hint < combiners.likely


def test_words_of_the_trade_are_left_alone() -> None:
    flat = FlatText.plain("今日一版要目\n责编李某看了大样，报眼换了一张照片。")
    assert [one.text for one in proof(flat, load_rules()) if one.tier is not Tier.HINT and one.rule == check.RULE] == []
