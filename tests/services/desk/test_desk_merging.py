"""Two edits of one article are put together; nothing that either side wrote is lost."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from models.values.article_text import ArticleText, Form, Paragraph, Part
from models.values.change import Waiver
from models.values.mention import EntityKind, Mention
from services.desk.merging import Choice, Conflict, State, Unit, merge

BASE = ArticleText(
    headline="澜江大桥合龙",
    dateline="本报讯 （记者 顾知秋）",
    body=tuple(Paragraph(text=words) for words in ("第一段。", "第二段。", "第三段。", "第四段。")),
)
WORDS = some.sampled_from([f"段{n}" for n in range(6)])
BODIES = some.lists(some.builds(Paragraph, text=WORDS, part=some.sampled_from((Part.BODY, Part.CROSSHEAD))), max_size=7)
TEXTS = some.builds(
    ArticleText,
    headline=some.sampled_from(("题一", "题二", "题三")),
    deck=some.sampled_from(("", "副一", "副二")),
    form=some.sampled_from(tuple(Form)),
    body=BODIES.map(tuple),
)


def body(text: ArticleText, at: int, words: str) -> ArticleText:
    changed = list(text.body)
    changed[at] = Paragraph(text=words)
    return replace(text, body=tuple(changed))


def test_changes_apart_go_together() -> None:
    mine = replace(body(BASE, 0, "第一段，我改。"), deck="副题")
    theirs = replace(body(BASE, 3, "第四段，他改。"), headline="大桥合龙")
    made = merge(State(text=BASE), State(text=mine), State(text=theirs))
    assert not made.conflicts
    assert made.taken == (2, 2)
    text = made.settled().text
    assert [p.text for p in text.body] == ["第一段，我改。", "第二段。", "第三段。", "第四段，他改。"]
    assert (text.headline, text.deck) == ("大桥合龙", "副题")


def test_one_paragraph_changed_by_both_is_asked() -> None:
    made = merge(State(text=BASE), State(text=body(BASE, 1, "我改。")), State(text=body(BASE, 1, "他改。")))
    (conflict,) = made.conflicts
    assert [conflict.words(one) for one in Choice] == ["我改。", "他改。", "第二段。", "我改。\n他改。"]
    assert made.settled([Choice.MINE]).text == body(BASE, 1, "我改。")
    assert made.settled([Choice.THEIRS]).text == body(BASE, 1, "他改。")
    assert made.settled([Choice.BASE]).text == BASE
    assert [p.text for p in made.settled([Choice.BOTH]).text.body][1:3] == ["我改。", "他改。"]


def test_changed_here_and_taken_out_there_is_asked() -> None:
    gone = replace(BASE, body=BASE.body[:1] + BASE.body[2:])
    made = merge(State(text=BASE), State(text=body(BASE, 1, "我改。")), State(text=gone))
    assert [conflict.words(Choice.THEIRS) for conflict in made.conflicts] == [""]
    assert made.settled([Choice.THEIRS]).text == gone


def mention(text: ArticleText, words: str) -> Mention:
    start = text.flat().text.index(words)
    return Mention(
        start=start, end=start + len(words), text=words, kind=EntityKind.PERSON, name=words, certainty=1.0, reasons=()
    )


def test_mentions_and_waivers_go_with_their_paragraphs() -> None:
    mine = body(BASE, 0, "沈砚舟说第一段。")
    theirs = body(BASE, 3, "江听澜说第四段。")
    reporter = mention(BASE, "顾知秋")
    start = BASE.flat().text.index("第三段")
    here, house = Waiver(key="a", start=start), Waiver(key="b", scope="house")
    base = State(text=BASE, mentions=(reporter,), waivers=(here,))
    mine_state = State(
        text=mine,
        mentions=(mention(mine, "顾知秋"), mention(mine, "沈砚舟")),
        waivers=(replace(here, start=mine.flat().text.index("第三段")),),
    )
    theirs_state = State(
        text=theirs, mentions=(mention(theirs, "顾知秋"), mention(theirs, "江听澜")), waivers=(here, house)
    )
    settled = merge(base, mine_state, theirs_state).settled()
    flat = settled.text.flat().text
    assert [m.text for m in settled.mentions] == ["顾知秋", "沈砚舟", "江听澜"]
    assert all(flat[m.start : m.end] == m.text for m in settled.mentions)
    assert set(settled.waivers) == {house, replace(here, start=flat.index("第三段"))}


def test_a_mention_taken_off_there_stays_off() -> None:
    state = State(text=BASE, mentions=(mention(BASE, "顾知秋"),))
    assert merge(state, state, State(text=BASE)).settled().mentions == ()


def paragraphs(text: ArticleText) -> list[Paragraph]:
    heads = [Paragraph(text=text.headline, part=Part.HEADLINE), Paragraph(text=text.deck, part=Part.DECK)]
    return [one for one in (*heads, *text.body) if one.text]


@settings(deadline=None, max_examples=150)
@given(TEXTS, TEXTS, TEXTS)
def test_no_words_of_either_side_are_lost(base: ArticleText, mine: ArticleText, theirs: ArticleText) -> None:
    made = merge(State(text=base), State(text=mine), State(text=theirs))
    held: list[Paragraph] = []
    for piece in (*made.heads, *made.body):
        units = (piece,) if isinstance(piece, Unit) else piece.mine + piece.theirs
        held += [unit.paragraph for unit in units]
    for side in (mine, theirs):
        for paragraph in paragraphs(side):
            assert paragraph in held or paragraph in paragraphs(base)  # the other side took it out, unchanged here


@settings(deadline=None, max_examples=80)
@given(TEXTS, TEXTS)
def test_an_edit_on_one_side_alone_is_that_side(base: ArticleText, edited: ArticleText) -> None:
    still, changed = State(text=base), State(text=edited)
    for made in (merge(still, changed, still), merge(still, still, changed), merge(still, changed, changed)):
        assert not made.conflicts
        assert made.settled().text == edited


@settings(deadline=None, max_examples=80)
@given(TEXTS, TEXTS, TEXTS)
def test_theirs_chosen_and_mine_mirrored_give_the_same(a: ArticleText, b: ArticleText, c: ArticleText) -> None:
    one, other = merge(State(text=a), State(text=b), State(text=c)), merge(State(text=a), State(text=c), State(text=b))
    assert len(one.conflicts) == len(other.conflicts)
    if one.form is other.form:
        left = one.settled([Choice.MINE] * len(one.conflicts)).text
        right = other.settled([Choice.THEIRS] * len(other.conflicts)).text
        assert left.body == right.body


def test_a_conflict_names_its_part() -> None:
    made = merge(State(text=BASE), State(text=replace(BASE, deck="甲")), State(text=replace(BASE, deck="乙")))
    assert [one.part for one in made.conflicts if isinstance(one, Conflict)] == [Part.DECK]
    assert made.settled([Choice.BOTH]).text.deck == "甲 乙"
