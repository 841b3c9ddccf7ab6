"""The single parts: reading over a column break, definitions, signatures, titles, and what holds for any text."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from models.values.article_text import Byline, FlatText, Part, PartRef
from models.values.mention import EntityKind, Mention
from services.tagging.bodies import level_forms, level_prefix, suffix_of
from services.tagging.definitions import definitions, full_form
from services.tagging.reading import passages, read_many
from services.tagging.spans import Taken
from services.tagging.tag import TagContext, tag, tag_many


def _people(mentions: tuple[Mention, ...]) -> list[tuple[str, list[str]]]:
    return [
        (m.name, [f"{o.organisation}/{o.position}" for o in m.offices]) for m in mentions if m.kind is EntityKind.PERSON
    ]


BROKEN = (
    "座谈会在江州市柳溪区职工服务中心的会议室里举行，与会的职工代表踊跃发言，柳溪中医\n\n院副书记、院长张宇汇报了情况。"
)


def test_a_title_is_read_over_a_column_break() -> None:
    (passage,) = passages(FlatText.plain(BROKEN))
    assert "\n" not in passage.text
    cut = passage.text.index("院副书记")
    assert passage.to_flat(cut - 2, cut + 1) is None
    assert passage.to_flat(cut, cut + 1) == (cut + 2, cut + 3)
    mentions = tag(FlatText.plain(BROKEN))
    assert _people(mentions) == [("张宇", ["柳溪中医院/副书记", "柳溪中医院/院长"])]
    assert all(BROKEN[m.start : m.end] == m.text for m in mentions)


def test_whole_paragraphs_are_not_joined() -> None:
    text = (
        "这是一个完整的段落，它以句号结束，后面的段落和它没有关系，两段各自独立成文，互不相连。\n\n第二段也是完整的。"
    )
    assert len(passages(FlatText.plain(text))) == 2


def test_definitions_and_their_scope() -> None:
    views = read_many(
        [FlatText.plain("江州市职工技术协会（以下简称“技协”）成立。\n江州市竞技协会（下称“技协”）撤销。")]
    )[0]
    defined = definitions(views)
    assert [(item.full, item.short) for item in defined] == [
        ("江州市职工技术协会", "技协"),
        ("江州市竞技协会", "技协"),
    ]
    assert full_form(defined, "技协", 0, 0) == "江州市职工技术协会"
    assert full_form(defined, "技协", 1, 20) == "江州市竞技协会"
    assert full_form(defined, "协会", 1, 20) is None


def test_a_short_form_of_something_else_is_no_organisation() -> None:
    views = read_many([FlatText.plain("会议学习了《工会法实施办法》（以下简称《办法》）。")])[0]
    assert definitions(views) == ()


def test_endings_and_levels() -> None:
    assert suffix_of("江州市总工会") == "总工会"
    assert suffix_of("华北大部") == ""
    assert level_prefix("市总工会") == "市"
    assert level_prefix("江州市总工会") == ""
    assert level_forms("房山区总工会")["区总工会"] == "房山区总工会"


def test_signatures_in_many_shapes() -> None:
    def signed(text: str, part: Part = Part.SIGNATURE, *bylines: Byline) -> list[tuple[str, list[str]]]:
        return _people(tag(FlatText.join([(PartRef(part=part), text)]), TagContext(bylines=bylines)))

    assert signed("本报记者 任晓 通讯员 曹薇 文/摄") == [("任晓", ["本报/记者"]), ("曹薇", ["/通讯员"])]
    assert signed("本报讯（记者 马　超 曹薇）", Part.DATELINE) == [("马超", ["/记者"]), ("曹薇", ["/记者"])]
    assert signed("通讯员 赵振龙 摄影报道") == [("赵振龙", ["/通讯员"])]
    assert signed("（江州日报记者 程功 摄）") == [("程功", ["江州日报/记者"])]
    assert signed("言午", Part.SIGNATURE, Byline(role="通讯员", name="言午")) == [("言午", ["/通讯员"])]


def test_the_town_of_the_paper_completes_a_short_form() -> None:
    (mention,) = tag(FlatText.plain("记者从市总工会获悉，会议下周召开。"), TagContext(home_city="江州"))
    assert (mention.text, mention.name) == ("市总工会", "江州市总工会")


def test_staff_are_known_by_name() -> None:
    assert _people(tag(FlatText.plain("昨天，钟灵毓来到车间。"), TagContext(staff=("钟灵毓",)))) == [("钟灵毓", [])]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.text(
            alphabet="市总工会主席张宇李明、，。（）()“” \u3000记者等三人以下简称·汇报同志的和\U00020000", max_size=40
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_text_gives_mentions_in_order_that_fit(lines: list[str]) -> None:
    text = "\n".join(lines)
    flat = FlatText.plain(text)
    mentions = tag(flat, TagContext(bylines=(Byline(role="记者", name="张宇"),), home_city="江州"))
    assert all(text[m.start : m.end] == m.text and m.text.strip() and m.name for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(0 <= m.certainty <= 1 and m.reasons for m in mentions)


def test_many_texts_at_once_are_tagged_as_one_by_one() -> None:
    flats = [FlatText.plain("江州市总工会副主席李明讲话。"), FlatText.plain(""), FlatText.plain("职工张宇说，工会好。")]
    assert tag_many(flats, TagContext()) == tuple(tag(flat) for flat in flats)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=15))
def test_taken_spans_never_overlap(spans: list[tuple[int, int]]) -> None:
    taken, kept = Taken(), []
    for start, length in spans:
        free = all(start + length <= a or b <= start for a, b in kept)
        assert taken.take(start, start + length) is free
        if free:
            kept.append((start, start + length))


def _named(text: str) -> dict[str, str]:
    return {m.text: m.name for m in tag(FlatText.plain(text)) if m.kind is EntityKind.PERSON}


def test_names_of_two_characters_with_a_wide_space() -> None:
    found = _named("获一等奖的有：毛　桐、欧阳守业、申　晴、谷满仓。")
    assert found == {"毛　桐": "毛桐", "欧阳守业": "欧阳守业", "申　晴": "申晴", "谷满仓": "谷满仓"}


def test_headings_with_a_wide_space_are_no_names() -> None:
    assert _named("时　间：9月1日\n地　点：二楼会议室\n公　告\n方　案") == {}


def test_brothers_who_share_two_characters_keep_the_third() -> None:
    assert set(_named("王建军、王建华、王建国三兄弟都是司机。")) == {"王建军", "王建华", "王建国"}


def test_the_end_of_a_full_name_is_its_short_form() -> None:
    mentions = tag(FlatText.plain("代表们参观了海岳重工集团锻造分公司。\n锻造分公司经理毛桐介绍了情况。"))
    names = [m.name for m in mentions if m.kind is EntityKind.ORGANISATION]
    assert names == ["海岳重工集团锻造分公司"] * 2
