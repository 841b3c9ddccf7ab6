"""The word model: covers its text, reads alike alone and in a batch, knows full-width marks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from services.lexicon.lac import LONGEST_SENTENCE, analyse, sentences


def _read(text: str) -> list[str]:
    return [f"{text[word.start : word.end]}/{word.tag}" for word in analyse([text])[0]]


def test_a_person_and_the_verb_behind_the_name() -> None:
    found = _read("上地医院党总支副书记、院长张宇汇报了医院的基本情况。")
    assert found[0] == "上地医院/ORG"
    assert "张宇/PER" in found
    assert found[found.index("张宇/PER") + 1] == "汇报/v"


def test_full_width_marks_are_read_as_half_width_ones() -> None:
    wide, narrow = "２０２３年５月，北京市总工会（简称“市总”）开会。", '2023年5月,北京市总工会(简称"市总")开会.'
    assert [(w.start, w.end, w.tag) for w in analyse([wide])[0]] == [
        (w.start, w.end, w.tag) for w in analyse([narrow])[0]
    ]


TEXTS = st.lists(st.text(alphabet="工会主席张宇汇报，。！“”\n ab1２🎉\U00020000", max_size=50), max_size=6)


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_words_cover_every_text_and_do_not_depend_on_the_batch(texts: list[str]) -> None:
    together = analyse(texts)
    for text, words in zip(texts, together, strict=True):
        assert "".join(text[word.start : word.end] for word in words) == text
        assert all(word.end > word.start for word in words)
    assert [analyse([text])[0] for text in texts] == together


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="工会，。；！\n ”a", max_size=900))
def test_sentences_are_short_and_lose_nothing(text: str) -> None:
    pieces = list(sentences(text))
    assert "".join(piece for _, piece in pieces) == text
    assert all(text[start : start + len(piece)] == piece for start, piece in pieces)
    assert all(0 < len(piece) <= LONGEST_SENTENCE for _, piece in pieces)


def test_one_very_long_line() -> None:
    text = "工会工作" * 2000
    words = analyse([text])[0]
    assert words[-1].end == len(text)
    assert analyse([]) == []
    assert analyse([""]) == [()]
