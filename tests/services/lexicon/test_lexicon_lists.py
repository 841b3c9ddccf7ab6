"""Surnames, offices and the authority file's index."""

import pytest

from models.values.ids import EntityId
from models.values.mention import EntityKind, KnownEntity
from services.lexicon.gazetteer import Gazetteer, gazetteer
from services.lexicon.names import given_weight, is_foreign, surname_at
from services.lexicon.offices import OfficeKind, position_at, position_before
from services.lexicon.tables import characters, entries


def test_surnames_single_compound_and_none() -> None:
    assert surname_at("欧阳修远", 0)[0][0] == 2
    assert [length for length, _ in surname_at("张宇", 0)] == [1]
    assert surname_at("把张宇", 0) == ()
    assert surname_at("", 0) == ()
    assert dict(surname_at("王宁", 0))[1] > dict(surname_at("和谐", 0))[1]


def test_given_names() -> None:
    assert given_weight("丽君") > given_weight("汇报") > given_weight("的是")
    assert is_foreign("约翰·史密斯")
    assert not is_foreign("赵丽君")


@pytest.mark.parametrize(
    ("text", "start", "bare", "kind"),
    [
        ("北京公交集团公司党委常委", 8, 10, OfficeKind.RANK),
        ("某协会原常务副主席", 3, 3, OfficeKind.CHIEF),
        ("集团工会主席", 2, 4, OfficeKind.CHIEF),
        ("全国劳动模范", 2, 2, OfficeKind.HONOUR),
        ("广大职工", 2, 2, OfficeKind.PEOPLE),
    ],
)
def test_positions_before(text: str, start: int, bare: int, kind: OfficeKind) -> None:
    position = position_before(text, len(text))
    assert position is not None
    assert (position.start, position.bare, position.end, position.kind) == (start, bare, len(text), kind)


def test_positions_behind_a_name() -> None:
    position = position_at("李建国常务副市长说", 3)
    assert position is not None
    assert position.end == 8
    assert position_at("李建国说", 3) is None
    assert position_before("开会", 2) is None


def test_the_lists_are_long_enough_and_hold_no_rubbish() -> None:
    offices = frozenset().union(*(entries("offices", kind.value) for kind in OfficeKind))
    assert len(offices) >= 250
    assert all(2 <= len(office) <= 12 for office in offices)
    assert len(characters("surnames", "common") | characters("surnames", "listed")) > 300
    assert not characters("surnames", "never") & characters("surnames", "given")


def _known(number: int, name: str, *aliases: str) -> KnownEntity:
    return KnownEntity(id=EntityId(number), kind=EntityKind.ORGANISATION, name=name, aliases=aliases)


def test_known_names_in_a_text() -> None:
    index = Gazetteer([_known(1, "江州市总工会", "江州总工会"), _known(2, "江州市")])
    text = "江州市总工会和江州总工会"
    assert [text[a:b] for a, b in index.spans(text)] == ["江州市总工会", "江州市", "江州总工会"]
    assert index.find("江州总工会") == (_known(1, "江州市总工会", "江州总工会"),)
    assert index.find("江州总工会", EntityKind.PERSON) == ()
    assert list(Gazetteer([]).spans(text)) == []


def test_a_large_file_is_indexed_once_and_looked_up_by_its_first_characters() -> None:
    known = tuple(_known(n, f"第{n}职工学校") for n in range(1, 20_001))
    index = gazetteer(known)
    assert gazetteer(known) is index
    assert [a for a, _ in index.spans("在第777职工学校")] == [1]
    assert max(map(len, index.lengths.values())) <= 5  # lengths tried at one place of a text
