"""的, 地 and 得 by the words around: told with the right one, calm where they are right, nothing ever raises."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import FlatText
from models.values.finding import Finding, Tier
from models.values.mention import EntityKind, Mention
from services.proofing.characters import check
from services.proofing.characters.de import slips
from services.proofing.characters.tables import in_use
from services.proofing.contract import ProofContext
from services.proofing.packs import load_rules
from services.proofing.proof import proof

RULES = load_rules()
CLEAN = """全市职工积极响应号召，迅速地投入到抢险救灾的工作中。
他跑得比谁都快，笑得合不拢嘴，大家都为取得的成绩感到由衷的高兴。
各地要因地制宜地开展工作，切实把属地责任落到实处，不得推诿。
双方进行了深入的探讨，达成了广泛的共识。"""


def shown(text: str, context: ProofContext = ProofContext()) -> list[Finding]:  # noqa: B008 - frozen
    return [one for one in proof(FlatText.plain(text), RULES, context) if one.rule == check.DE_RULE]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("这是大家努力得结果，也是成长地必经之路。", "这是大家努力的结果，也是成长的必经之路。"),
        ("各部门要认真得落实各项措施，切实地责任要压实。", "各部门要认真地落实各项措施，切实的责任要压实。"),
        ("这是我们学习得榜样。", "这是我们学习的榜样。"),
    ],
)
def test_slips_are_told_with_the_right_one(text: str, right: str) -> None:
    made = list(text)
    for one in proof(FlatText.plain(text), RULES):
        assert one.tier is Tier.LIKELY
        made[one.start : one.end] = list(one.suggestions[0])
    assert "".join(made) == right


def test_right_ones_are_left_alone() -> None:
    assert [one for one in shown(CLEAN) if one.tier is not Tier.HINT] == []


def test_a_second_slip_in_a_paragraph_makes_the_first_surer() -> None:
    first, second = "这是成长地必经之路。", "也是大家努力得结果。"
    alone = _score(first)
    assert _score(first + second) > alone
    assert _score(first + "\n" + second) == pytest.approx(alone, abs=0.2)


def _score(text: str) -> float:
    tables = in_use()
    assert tables is not None
    assert tables.de is not None
    found = slips(text, tables.de, tables.words, np.ones(len(text), bool))
    return next(slip.score for slip in found if slip.at == 4)


def test_words_said_twice_keep_theirs() -> None:
    text = "环卫车的黄灯一闪一闪地经过，早点铺的卷帘门响了一声。"
    assert [one for one in shown(text) if one.tier is not Tier.HINT] == []


def test_names_are_left_alone() -> None:
    text = "这是大家努力得结果。"
    mention = Mention(start=4, end=7, text="努力得", name="努力得", kind=EntityKind.PERSON)
    assert shown(text, ProofContext(mentions=(mention,))) == []


def test_no_place_is_told_twice() -> None:
    for text in ("各级工会积极的组织发动，高兴的合不拢嘴。", "双方进行了深入地探讨，取得了显著地成效。"):
        findings = [one for one in proof(FlatText.plain(text), RULES) if one.tier is not Tier.HINT]
        places = [at for one in findings for at in range(one.start, one.end)]
        assert len(places) == len(set(places))


@given(st.text(alphabet=st.sampled_from("的地得不取好很，。\n𠀀😀a \ud800高兴跑"), max_size=60))
@settings(deadline=None, max_examples=60)
def test_no_text_makes_it_raise(text: str) -> None:
    tables = in_use()
    assert tables is not None
    assert tables.de is not None
    for slip in slips(text, tables.de, tables.words, np.ones(len(text), bool)):
        assert text[slip.at] in "的地得"
        assert slip.right != text[slip.at]
