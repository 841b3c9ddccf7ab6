"""The quick look at an edited paragraph: what a whole check finds there, whatever the text and wherever the edit."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import FlatText
from services.proofing.contract import ProofContext
from services.proofing.proof import SLOW, _sentences, load_rules, only, proof, proof_paragraphs

RULES = load_rules()
QUICK = only(RULES, lambda rule: rule.id not in SLOW)
TEXTS = st.text(st.sampled_from("按装的职工,，。！\n“”（1%aあ\ud800 　"), max_size=60)


@settings(deadline=None, max_examples=60)
@given(text=TEXTS, first=st.integers(-3, 70), second=st.integers(-3, 70))
def test_the_sentences_of_an_edit_hold_it(text: str, first: int, second: int) -> None:
    start, end = _sentences(text, first, second)
    assert 0 <= start <= end <= len(text)
    inside = (max(0, min(first, len(text))), max(0, min(second, len(text))))
    assert start <= inside[0]
    assert end >= inside[1] or second < first


@settings(deadline=None, max_examples=40)
@given(text=TEXTS, first=st.integers(0, 60), second=st.integers(0, 60))
def test_rules_that_are_quick_find_what_a_whole_check_finds(text: str, first: int, second: int) -> None:
    flat = FlatText.plain(text)
    quick = proof_paragraphs(flat, QUICK, ProofContext(), (), (first, second))
    assert quick == proof(flat, QUICK)


@settings(deadline=None, max_examples=8)
@given(text=TEXTS, first=st.integers(0, 60))
def test_no_text_makes_it_raise(text: str, first: int) -> None:
    flat = FlatText.plain(text)
    for one in proof_paragraphs(flat, RULES, ProofContext(), proof(flat, RULES), (first, first + 1)):
        assert flat.text[one.start : one.end] == one.text


def test_what_was_found_elsewhere_stands_and_what_was_edited_is_looked_at_anew() -> None:
    before = "全市共有195公倾农田受灾。\n职工们来到渡口。"
    flat = FlatText.plain(before)
    found = proof(flat, RULES)
    assert "公倾" in "".join(one.text for one in found) or any("倾" in one.text for one in found)
    after = FlatText.plain(before + "他们走了。")
    assert proof_paragraphs(after, RULES, ProofContext(), found, (len(before), len(before) + 5)) == proof(after, RULES)
    mended = FlatText.plain(before.replace("倾", "顷"))
    assert not any("顷" in one.text for one in proof_paragraphs(mended, RULES, ProofContext(), found, (8, 9)))
