"""Spans that follow a text, and the changes of structure."""

from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import ArticleText, Paragraph, Part, PartRef
from models.values.finding import Finding, Tier
from models.values.mention import EntityKind, Mention
from ui.proofing.edits import (
    carry_findings,
    carry_mentions,
    join,
    line_splices,
    make_part,
    moved_offset,
    relocate_mentions,
    splice_between,
    split,
)
from ui.proofing.offsets import Utf16Map, utf16_length

WORDS = st.text(alphabet="甲乙丙丁，。a1𠮷\n", max_size=40)
ARTICLE = ArticleText(
    headline="渡轮交付",
    dateline="本报讯（记者 江照野）",
    body=(Paragraph(text="厂长沈砚舟出席。"), Paragraph(text="沈砚舟讲话。")),
)


def mention(article: ArticleText, words: str, nth: int = 0) -> Mention:
    at = -1
    for _ in range(nth + 1):
        at = article.flat().text.index(words, at + 1)
    return Mention(start=at, end=at + len(words), text=words, kind=EntityKind.PERSON, name=words)


@settings(deadline=None, max_examples=200)
@given(old=WORDS, new=WORDS)
def test_the_splice_makes_the_new_text(old: str, new: str) -> None:
    splice = splice_between(old, new)
    assert old[: splice.start] + splice.text + old[splice.end :] == new


@settings(deadline=None, max_examples=200)
@given(words=WORDS)
def test_offsets_go_there_and_back(words: str) -> None:
    units = Utf16Map(words)
    assert utf16_length(words) == len(words.encode("utf-16-le")) // 2
    for offset in range(len(words) + 1):
        assert units.to_qt(offset) == len(words[:offset].encode("utf-16-le")) // 2
        assert units.to_points(units.to_qt(offset)) == offset


@settings(deadline=None, max_examples=200)
@given(head=WORDS, added=WORDS, tail=WORDS)
def test_a_mention_stays_on_its_words(head: str, added: str, tail: str) -> None:
    old = f"{head}沈砚舟{tail}"
    held = Mention(start=len(head), end=len(head) + 3, text="沈砚舟", kind=EntityKind.PERSON, name="沈砚舟")
    for new in (f"{added}{old}", f"{old}{added}", f"{head}{added}沈砚舟{tail}"):
        carried = carry_mentions((held,), old, new)
        assert all(new[one.start : one.end] == "沈砚舟" for one in carried)
    (asked,) = carry_mentions((held,), old, f"{head}沈砚州{tail}")
    assert (asked.text, asked.was) == ("沈砚州", "沈砚舟")  # the editor is asked about it


def test_a_finding_whose_words_changed_is_gone() -> None:
    finding = Finding(start=2, end=3, text=",", rule="width.comma", tier=Tier.CERTAIN, weight=0.1, message="")
    assert carry_findings((finding,), "近日,厂", "今近日,厂")[0].start == 3
    assert carry_findings((finding,), "近日,厂", "近日，厂") == ()


def test_parts_change_places_and_come_back() -> None:
    deck = make_part(ARTICLE, PartRef(part=Part.BODY, index=1), Part.DECK)
    assert (deck.deck, len(deck.body)) == ("沈砚舟讲话。", 1)
    swapped = make_part(deck, PartRef(part=Part.BODY, index=0), Part.DECK)
    assert (swapped.deck, swapped.body[0].text) == ("厂长沈砚舟出席。", "沈砚舟讲话。")
    back = make_part(swapped, PartRef(part=Part.DECK), Part.BODY)
    assert [paragraph.text for paragraph in back.body] == ["厂长沈砚舟出席。", "沈砚舟讲话。"]
    assert make_part(ARTICLE, PartRef(part=Part.HEADLINE), Part.KICKER).kicker == "渡轮交付"


def test_mentions_move_with_their_part() -> None:
    held = (mention(ARTICLE, "江照野"), mention(ARTICLE, "沈砚舟"), mention(ARTICLE, "沈砚舟", 1))
    moved = make_part(ARTICLE, PartRef(part=Part.BODY, index=1), Part.KICKER)
    carried = relocate_mentions(held, ARTICLE, moved)
    assert [one.text for one in carried] == ["沈砚舟", "江照野", "沈砚舟"]
    assert all(moved.flat().text[one.start : one.end] == one.text for one in carried)


def test_join_and_split_are_each_others_inverse() -> None:
    joined = join(ARTICLE, 0)
    assert [paragraph.text for paragraph in joined.body] == ["厂长沈砚舟出席。沈砚舟讲话。"]
    assert split(joined, 0, 8) == ARTICLE
    assert join(ARTICLE, 1) == ARTICLE
    assert split(ARTICLE, 0, 0) == ARTICLE


@settings(deadline=None, max_examples=200)
@given(old=WORDS, new=WORDS, offset=st.integers(0, 40))
def test_line_splices_make_the_new_text_and_keep_offsets_inside(old: str, new: str, offset: int) -> None:
    splices = line_splices(old, new)
    made = old
    for splice in reversed(splices):
        made = made[: splice.start] + splice.text + made[splice.end :]
    assert made == new
    assert 0 <= moved_offset(min(offset, len(old)), splices) <= len(new)
