"""The seed page: what is wrong is found, each occurrence; what is right is left alone."""

from collections import Counter

from models.values.article_text import FlatText
from models.values.finding import Tier
from models.values.mention import EntityKind, Mention
from services.config.paths import SEEDS
from services.proofing.contract import ProofContext
from services.proofing.packs import load_rules
from services.proofing.proof import error_rate, proof
from services.proofing.settle import apply_fixes

PAGE = (SEEDS / "000_5a3ed5fedffbb0aa.txt").read_text("utf-8")
HEALED = (
    "通过PPT、视频、创新成果实物介绍等形式,向现场领导、专家评委等进行了全方位展示。\n"
    "据了解,第二届职工创新成果大赛自今年1月启动以来,广大职工踊跃参赛,共有922个创新项目参与报名,"
    "同比2021年首届大赛的585个参赛项目增长了近60%。经过海选、初赛、复赛、复赛的层层选拔,在54个复赛项目中"
    "11个优秀项目晋级决赛,涵盖了安服、运营、科信、基建行政等领域。"
)


def test_every_mark_of_half_width_is_found() -> None:
    found = Counter(finding.rule for finding in proof(FlatText.plain(PAGE), load_rules()))
    assert found["widths.comma"] == 105
    assert found["widths.brackets"] == 12
    assert found["widths.semicolon"] == 4
    assert found["latin.and"] == 1
    assert found["repeats.list"] == 1


def test_nothing_right_is_touched() -> None:
    """Beside the marks of half width, the stray `and` and the doubled 复赛 nothing is reported at certain or likely."""
    others = [
        finding
        for finding in proof(FlatText.plain(PAGE), load_rules())
        if finding.tier is not Tier.HINT and finding.rule not in ("widths.comma", "widths.brackets", "widths.semicolon")
    ]
    assert [(finding.rule, finding.text) for finding in others] == [
        ("latin.and", " and "),
        ("repeats.list", "复赛、复赛"),
    ]


def test_a_growth_of_nearly_60_percent_is_right_and_of_80_is_not() -> None:
    rules = load_rules()
    assert "numerals.growth" not in {finding.rule for finding in proof(FlatText.plain(HEALED), rules)}
    wrong = HEALED.replace("近60%", "近80%")
    (finding,) = [one for one in proof(FlatText.plain(wrong), rules) if one.rule == "numerals.growth"]
    assert (finding.text, finding.suggestions) == ("80", ("58",))
    assert [wrong[start:end] for start, end in finding.related] == ["585", "922"]


def test_all_certain_fixes_leave_a_page_without_them() -> None:
    rules = load_rules()
    fixed, edits = apply_fixes(PAGE, [one for one in proof(FlatText.plain(PAGE), rules) if one.tier is Tier.CERTAIN])
    assert len(edits) == 122
    assert "精神和二十届二中全会精神" in fixed
    assert not [one for one in proof(FlatText.plain(fixed), rules) if one.tier is Tier.CERTAIN]


def test_names_are_looked_after_and_left_alone() -> None:
    text = "北京市总工会党组成员、副主席赵丽君出席会议并讲话。赵丽军指出,要坚持需求导向。"
    findings = proof(FlatText.plain(text), load_rules())
    (finding,) = [one for one in findings if one.rule == "names.variants"]
    assert (finding.text, finding.suggestions) == ("赵丽军", ("赵丽君",))
    assert [text[start:end] for start, end in finding.related] == ["赵丽君"]


def test_a_tagged_name_is_closed_to_other_rules() -> None:
    text = "先进工作者复盖讲话。网络复盖全县。"
    mention = Mention(start=5, end=7, text="复盖", kind=EntityKind.PERSON, name="复盖")
    found = proof(FlatText.plain(text), load_rules(), ProofContext(mentions=(mention,)))
    assert [one.start for one in found if one.text == "复盖"] == [12]


def test_error_rate_of_the_page() -> None:
    flat = FlatText.plain(PAGE)
    rate = error_rate(proof(flat, load_rules()), flat)
    # three commas, three semicolons, three opening and three closing brackets of 0.1, `and` 1, the doubled item 2
    assert rate.errors == 4.2
    assert rate.characters == len(PAGE) - PAGE.count("\n")
    assert abs(rate.allowed - rate.characters * 3 / 10_000) < 1e-9
