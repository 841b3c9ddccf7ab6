"""The seed page: every person with office and organisation, organisations whole, nobody invented."""

import json
from functools import cache

from models.values.article_text import FlatText
from models.values.mention import EntityKind, Mention
from services.config.paths import SEEDS
from services.intake.receive import receive
from services.intake.sniff import read_manuscript
from services.tagging.tag import TagContext, tag

SEED = SEEDS / "000_5a3ed5fedffbb0aa.txt"
PEOPLE = {
    "盛丽": {("", "记者")},
    "赵丽君": {("北京市总工会", "党组成员"), ("北京市总工会", "副主席")},
    "余翠平": {("", "记者")},
    "高士军": {("房山区委宣传部", "副部长")},
    "王红英": {("房山区总工会", "党组书记"), ("房山区总工会", "常务副主席")},
    "马小兰": {("", "全国劳动模范"), ("北京海聚博源科技孵化器有限公司", "总裁")},
    "赵思远": {("", "记者")},
    "孙金春": {("海淀区总工会", "党组书记"), ("海淀区总工会", "副主席")},
    "张宇": {("上地医院", "党总支副书记"), ("上地医院", "院长")},
    "蒋红清": {("", "北京市先进工作者")},
    "任洁": {("本报", "记者")},
    "曹薇": {("", "通讯员")},
    "马超": {("", "记者")},
    "赵振龙": {("", "通讯员")},
    "孟大鹏": {("客二分公司", "驾驶员")},
    "何少花": {("电车分公司", "驾驶员")},
    "张志": {("客三分公司", "调度员")},
    "王秀英": {("北京公交集团公司", "党委常委"), ("北京公交集团公司", "工会主席")},
}


def _people(mentions: tuple[Mention, ...]) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for mention in mentions:
        if mention.kind is EntityKind.PERSON:
            found.setdefault(mention.name, set()).update((o.organisation, o.position) for o in mention.offices)
    return found


@cache
def _articles() -> tuple[tuple[str, str, tuple[Mention, ...]], ...]:
    found = []
    for article in receive(read_manuscript(SEED)).articles:
        flat = article.text.flat()
        context = TagContext(bylines=article.text.bylines, home_city="北京")
        found.append((article.text.headline, flat.text, tag(flat, context)))
    return tuple(found)


def _raw() -> tuple[str, tuple[Mention, ...]]:
    text = SEED.read_text("utf-8")
    return text, tag(FlatText.plain(text), TagContext(home_city="北京"))


def test_every_person_with_offices_on_the_received_page() -> None:
    assert _people(tuple(m for _, _, mentions in _articles() for m in mentions)) == PEOPLE


def test_every_person_with_offices_on_the_raw_file() -> None:
    text, mentions = _raw()
    assert _people(mentions) == PEOPLE
    assert all(text[m.start : m.end] == m.text for m in mentions)


def test_organisations_are_whole_and_short_forms_have_their_full_name() -> None:
    names = {(m.text, m.name) for _, _, mentions in _articles() for m in mentions if m.kind is EntityKind.ORGANISATION}
    assert ("北京职工婚协", "北京职工婚姻家庭建设协会") in names
    assert ("北京市总工会女职工部", "北京市总工会女职工部") in names
    assert ("市总工会", "北京市总工会") in names
    assert ("市总工会女职工委员会", "北京市总工会女职工委员会") in names
    assert ("区总工会", "房山区总工会") in names
    assert ("区总工会", "延庆区总工会") in names
    assert ("北京公交集团公司工会", "北京公交集团公司工会") in names
    assert ("首都机场安保公司工会", "首都机场安保公司工会") in names
    assert ("北京工商大学宣传部", "北京工商大学宣传部") in names


def test_page_as_expected() -> None:
    expected = json.loads((SEEDS / "expected" / "mentions.json").read_text("utf-8"))
    assert [as_read(headline, mentions) for headline, _, mentions in _articles()] == expected


def as_read(headline: str, mentions: tuple[Mention, ...]) -> dict[str, object]:
    """One article for the golden file: a line a mention, as a person would note it."""
    lines = []
    for m in mentions:
        full = "" if m.name == m.text else f" = {m.name}"
        offices = "；".join(f"{o.organisation or '-'}/{o.position}" for o in m.offices)
        lines.append(f"{m.start}-{m.end} {m.kind.value} {m.text}{full}" + (f"（{offices}）" if offices else ""))
    return {"headline": headline, "mentions": lines}
