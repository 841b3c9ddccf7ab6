"""Common knowledge, appointments and words that stand for an organisation, each by a sentence."""

import pytest

from models.values.article_text import FlatText
from models.values.mention import EntityKind
from services.tagging.tag import tag

Offices = set[tuple[str, str]]


def _names(text: str, kind: EntityKind) -> list[tuple[str, str]]:
    return [(m.text, m.name) for m in tag(FlatText.plain(text)) if m.kind is kind]


def _people(text: str) -> dict[str, Offices]:
    return {
        m.text: {(o.organisation, o.position) for o in m.offices}
        for m in tag(FlatText.plain(text))
        if m.kind is EntityKind.PERSON
    }


def test_countries_in_one_character_have_their_name() -> None:
    assert _names("中美两国代表团昨天抵京。", EntityKind.PLACE)[:2] == [("中", "中国"), ("美", "美国")]
    assert ("法国", "法国") in _names("法国政府表示欢迎。", EntityKind.PLACE)
    assert _names("法国政府表示欢迎。", EntityKind.ORGANISATION) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("联合国昨天发表报告。", "联合国"),
        ("丹麦女队获得冠军。", "丹麦女队"),
        ("据《江湾晚报》报道，天气转凉。", "江湾晚报"),
        ("青州电务段段长李明讲话。", "青州电务段"),
        ("平阳区第八届人民代表大会常务委员会任免名单", "平阳区第八届人民代表大会常务委员会"),
    ],
)
def test_organisations_that_anybody_knows(text: str, name: str) -> None:
    assert name in [found for found, _ in _names(text, EntityKind.ORGANISATION)]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("会议决定任命荀卫东为平阳区民政局局长。", {"荀卫东": {("平阳区民政局", "局长")}}),
        ("江湾一中开学。我校校长吴越致辞。", {"吴越": {("江湾一中", "校长")}}),
        ("原江湾市教育局副局长李明到场。", {"李明": {("江湾市教育局", "原副局长")}}),
        ("市委副书记、市总工会主席（兼）周国强讲话。", {"周国强": {("市委", "副书记"), ("市总工会", "主席")}}),
        ("他的师傅、江湾船厂首席技师李明说。", {"李明": {("江湾船厂", "首席技师")}}),
        ("局长高兴地说，方向明确了，职工代表安心工作。", {}),
    ],
)
def test_people_with_their_offices(text: str, people: dict[str, Offices]) -> None:
    assert _people(text) == people
