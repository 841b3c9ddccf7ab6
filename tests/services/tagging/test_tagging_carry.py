"""Mentions under edits: kept where their words stand, lost where they changed, never on other words."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.mention import EntityKind, Mention
from services.tagging.carry import carry, matching

OLD = "院长张宇汇报了情况。王红英讲话。\n张宇表示感谢，王红英鼓励大家。"


def _mention(start: int, words: str, text: str = OLD) -> Mention:
    assert text[start : start + len(words)] == words
    return Mention(start=start, end=start + len(words), text=words, kind=EntityKind.PERSON, name=words)


MENTIONS = (_mention(2, "张宇"), _mention(10, "王红英"), _mention(17, "张宇"), _mention(24, "王红英"))


def test_nothing_changed() -> None:
    assert carry(MENTIONS, OLD, OLD) == (MENTIONS, ())


def test_words_before_move_what_stands_behind() -> None:
    kept, lost = carry(MENTIONS, OLD, "近日，" + OLD)
    assert lost == ()
    assert [m.start for m in kept] == [5, 13, 20, 27]


def test_a_changed_name_is_lost_and_the_others_stay() -> None:
    kept, lost = carry(MENTIONS, OLD, OLD.replace("王红英讲话", "王红樱讲话"))
    assert lost == (MENTIONS[1],)
    assert kept == (MENTIONS[0], MENTIONS[2], MENTIONS[3])


def test_a_character_put_into_a_name_loses_it() -> None:
    kept, lost = carry(MENTIONS[:1], OLD, OLD.replace("院长张宇", "院长张小宇"))
    assert (kept, lost) == ((), MENTIONS[:1])


def test_a_deleted_name_does_not_jump_to_its_namesake() -> None:
    kept, lost = carry(MENTIONS, OLD, OLD.replace("院长张宇汇报了情况。", ""))
    assert lost == MENTIONS[:1]
    assert len(kept) == 3


def test_a_mention_that_never_fitted_is_lost() -> None:
    wrong = replace(MENTIONS[0], start=3, end=5)
    assert carry((wrong,), OLD, OLD) == ((), (wrong,))


def test_several_edits_at_once() -> None:
    new = OLD.replace("情况", "基本情况").replace("鼓励大家", "勉励了大家").replace("院长", "上地医院院长")
    kept, lost = carry(MENTIONS, OLD, new)
    assert lost == ()
    assert [new[m.start : m.end] for m in kept] == ["张宇", "王红英", "张宇", "王红英"]


edits = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 4), st.text(alphabet="张宇王红英，。的了\n", max_size=4)),
    min_size=1,
    max_size=5,
)


def _apply(text: str, changes: list[tuple[int, int, str]]) -> str:
    for at, length, words in changes:
        at = min(at, len(text))
        text = text[:at] + words + text[at + length :]
    return text


@settings(deadline=None, max_examples=200)
@given(edits)
def test_random_edits(changes: list[tuple[int, int, str]]) -> None:
    new = _apply(OLD, changes)
    kept, lost = carry(MENTIONS, OLD, new)
    assert len(kept) + len(lost) == len(MENTIONS)
    assert all(new[m.start : m.end] == m.text for m in kept)
    assert all(a.end <= b.start for a, b in pairwise(kept))


@settings(deadline=None, max_examples=200)
@given(st.integers(0, len(OLD)), st.integers(0, 6), st.text(alphabet="甲乙丙，。", max_size=5))
def test_one_edit_outside_keeps_every_other_mention(at: int, length: int, words: str) -> None:
    new = OLD[:at] + words + OLD[at + length :]
    kept, lost = carry(MENTIONS, OLD, new)
    untouched = [m for m in MENTIONS if m.end <= at or m.start >= at + length]
    assert len(kept) >= len(untouched)
    assert {m.start for m in lost} <= {m.start for m in MENTIONS if m not in untouched}


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="甲乙\n", max_size=30), st.text(alphabet="甲乙\n", max_size=30))
def test_blocks_are_equal_and_in_order(old: str, new: str) -> None:
    blocks = matching(old, new)
    assert all(old[a : a + n] == new[b : b + n] and n for a, b, n in blocks)
    assert all(x[0] + x[2] <= y[0] and x[1] + x[2] <= y[1] for x, y in pairwise(blocks))


def test_long_texts_are_compared_by_lines() -> None:
    old = "".join(f"第{n}段张宇讲话。\n" for n in range(900))
    new = old.replace("第5段", "第五段").replace("第800段", "第八百段")
    at = old.index("第850段") + 5
    kept, lost = carry((_mention(at, "张宇", old),), old, new)
    assert lost == ()
    assert new[kept[0].start - 5 : kept[0].start] == "第850段"
