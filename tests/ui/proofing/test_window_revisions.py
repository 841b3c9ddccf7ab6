"""Differences that can be read, and that give both texts back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ui.proofing.revisions import Kind, differences

WORDS = st.text(alphabet="甲乙丙，。a12\n", max_size=40)


@settings(deadline=None, max_examples=200)
@given(old=WORDS, new=WORDS)
def test_both_texts_come_back(old: str, new: str) -> None:
    pieces = differences(old, new)
    assert "".join(p.text for p in pieces if p.kind is not Kind.INSERTED) == old
    assert "".join(p.text for p in pieces if p.kind is not Kind.DELETED) == new


def test_numbers_change_as_words() -> None:
    shown = [(p.kind.value, p.text) for p in differences("超过1200人参加", "超过1500人参加")]
    assert shown == [("same", "超过"), ("deleted", "1200"), ("inserted", "1500"), ("same", "人参加")]
