"""What the names of an issue are compared by."""

from models.values.ids import ArticleId
from models.values.mention import EntityKind, Office
from services.desk.names import NameInIssue, NamePlace, judge


def place(article: int, text: str, *offices: tuple[str, str]) -> NamePlace:
    said = tuple(Office(organisation=organisation, position=position) for organisation, position in offices)
    return NamePlace(article=ArticleId(article), start=0, end=len(text), text=text, words=text, at=0, offices=said)


def name(words: str, kind: EntityKind, *places: NamePlace, aliases: tuple[str, ...] = ()) -> NameInIssue:
    offices = tuple(dict.fromkeys(office for one in places for office in one.offices))
    return NameInIssue(
        kind=kind, name=words, entity=None, confirmed=bool(aliases), offices=offices, aliases=aliases, places=places
    )


def test_two_articles_that_give_different_positions_disagree() -> None:
    (row,) = judge(
        [
            name(
                "沈砚舟",
                EntityKind.PERSON,
                place(1, "沈砚舟", ("云帆造船厂", "厂长")),
                place(2, "沈砚舟", ("云帆造船厂", "副厂长")),
                place(3, "沈砚舟"),
            )
        ]
    )
    assert row.verdict.kind == "office"
    assert row.verdict.detail == "副厂长／厂长"
    assert row.verdict.articles == {1, 2}


def test_fewer_positions_are_no_contradiction() -> None:
    both = (("总工会", "党组成员"), ("总工会", "副主席"))
    rows = [
        name("贺兰亭", EntityKind.PERSON, place(1, "贺兰亭", *both), place(2, "贺兰亭", both[1])),
        name("江照野", EntityKind.PERSON, place(1, "江照野", ("甲厂", "厂长")), place(2, "江照野", ("乙会", "会长"))),
    ]
    assert [row.verdict.kind for row in judge(rows)] == ["", ""]


def test_short_forms_that_nobody_put_on_file_disagree() -> None:
    places = (place(1, "云帆造船厂"), place(1, "云帆厂"), place(2, "云帆船厂"))
    (row,) = judge([name("云帆造船厂", EntityKind.ORGANISATION, *places)])
    assert (row.verdict.kind, row.verdict.articles) == ("spelling", frozenset({1, 2}))
    (row,) = judge([name("云帆造船厂", EntityKind.ORGANISATION, *places, aliases=("云帆厂", "云帆船厂"))])
    assert row.verdict.kind == ""


def test_names_one_character_apart_with_one_office_are_told() -> None:
    rows = judge(
        [
            name("沈砚舟", EntityKind.PERSON, place(1, "沈砚舟", ("云帆造船厂", "厂长"))),
            name("沈砚洲", EntityKind.PERSON, place(2, "沈砚洲", ("云帆造船厂", "厂长"))),
            name("沈砚周", EntityKind.PERSON, place(3, "沈砚周", ("乙厂", "工人"))),
        ]
    )
    assert [(row.verdict.kind, row.verdict.detail) for row in rows] == [
        ("near", "沈砚洲"),
        ("near", "沈砚舟"),
        ("", ""),
    ]
