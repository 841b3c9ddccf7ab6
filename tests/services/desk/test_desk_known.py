"""The few records that a text may speak of, out of a large authority file."""

from dataclasses import replace

import pytest

from models.values.entity import EditRecords, EntityRecord, NamesFile
from models.values.mention import EntityKind
from services.desk.desk import Desk
from services.desk.exchange import put_names
from services.desk.known import NameIndex, known_in

LONG = "东澜区" + "职工文化艺术体育健身" * 7 + "协会"


def record(name: str, kind: EntityKind = EntityKind.PERSON, *, confirmed: bool = True) -> EntityRecord:
    return EntityRecord(kind=kind, name=name, confirmed=confirmed)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    many = [record(f"何{chr(0x4E00 + at // 60)}{chr(0x5000 + at % 60)}") for at in range(3000)]
    special = [
        record("沈砚舟"), record("冯远明"), record("钱二"), record("未核实", confirmed=False),
        record("东澜区总工会", EntityKind.ORGANISATION), record(LONG, EntityKind.ORGANISATION),
    ]  # fmt: skip
    whole = (*many, *special)
    put_names(desk, NamesFile(records=whole, numbers=(1,) * len(whole), bad=()))
    return desk


def found(desk: Desk, index: NameIndex, *texts: str, near: bool = True) -> list[str]:
    with desk.store.read() as session:
        return sorted(one.name for one in known_in(session, index, texts, near=near))


def test_names_that_stand_in_the_text_and_slips_of_them(filled: Desk) -> None:
    index = NameIndex()
    assert found(filled, index, "东澜区总工会主席沈砚舟和钱二") == ["东澜区总工会", "沈砚舟", "钱二"]
    assert found(filled, index, "主席沈砚洲说") == ["沈砚舟"]
    assert found(filled, index, "主席沈砚洲说", near=False) == []
    assert found(filled, index, f"{LONG}开会") == [LONG]
    assert found(filled, index, "未核实的人和钱三") == []
    assert found(filled, index, "") == []


def test_the_same_records_are_the_same_object(filled: Desk) -> None:
    index = NameIndex()
    with filled.store.read() as session:
        one = known_in(session, index, ["沈砚舟出席"])
        assert known_in(session, index, ["沈砚舟出席。"]) is one


def test_the_index_follows_every_change(filled: Desk) -> None:
    index = NameIndex()
    assert found(filled, index, "沈砚舟与冯远明") == ["冯远明", "沈砚舟"]
    (shen,) = filled.records.named(EntityKind.PERSON, "沈砚舟")
    (feng,) = filled.records.named(EntityKind.PERSON, "冯远明")
    assert shen.id is not None
    assert feng.id is not None
    receipt = filled.records.apply(EditRecords(records=(replace(shen, name="沈知远"),), reason="edit"))
    assert found(filled, index, "沈砚舟与冯远明，沈知远") == ["冯远明", "沈知远"]
    filled.records.apply(receipt.inverse)
    merged = filled.records.apply(filled.records.merge(feng.id, [shen.id]))
    assert found(filled, index, "沈砚舟到会") == ["冯远明"]
    filled.records.apply(merged.inverse)
    assert found(filled, index, "沈砚舟到会") == ["沈砚舟"]
    added = filled.records.apply(EditRecords(records=(record("江照野"),), reason="add"))
    assert found(filled, index, "江照野到会") == ["江照野"]
    filled.records.apply(added.inverse)
    assert found(filled, index, "江照野到会") == []
