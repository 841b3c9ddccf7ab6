"""名录 out and in again: equal, readable in a spreadsheet, hostile rows told and nothing half-imported."""

import csv
import datetime
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from models.values.entity import EditRecords, EntityRecord
from models.values.mention import EntityKind, FormerName, OfficeTerm
from services.config.errors import UserError
from services.desk.desk import Desk, open_desk
from services.desk.exchange import export_mentions, export_names, import_names, told
from services.desk.name_files import read_bytes, to_csv, to_json

DAY = datetime.date(2024, 3, 1)
words = some.text(
    some.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="\ufeff"),
    min_size=1,
    max_size=12,
).filter(lambda one: bool(one.strip()))
days = some.none() | some.dates(datetime.date(1950, 1, 1), datetime.date(2030, 1, 1))
spans = some.tuples(days, days).map(lambda pair: sorted(pair) if None not in pair else pair)  # type: ignore[type-var]
names = some.builds(lambda name, span: FormerName(name=name, since=span[0], until=span[1]), words, spans)
terms = some.builds(
    lambda post, body, span: OfficeTerm(position=post, organisation=body, since=span[0], until=span[1]),
    words,
    words | some.just(""),
    spans,
)
records = some.lists(
    some.builds(
        EntityRecord,
        kind=some.sampled_from(list(EntityKind)),
        name=words,
        aliases=some.lists(names, max_size=3).map(tuple),
        offices=some.lists(terms, max_size=3).map(tuple),
        parent=words | some.just(""),
        note=words | some.sampled_from(["", "=1+2", "'=x", "一行\n又一行", "-8", "@王", "a|b\\n"]),
        source=words | some.just(""),
        confirmed=some.booleans(),
    ),
    max_size=6,
)


@settings(deadline=None, max_examples=60)
@given(records)
def test_what_is_written_is_read_back_equal(held: list[EntityRecord]) -> None:
    for raw in (to_csv(held), to_json(held)):
        found = read_bytes("名录", raw)
        assert found.bad == ()
        assert list(found.records) == held


@settings(deadline=None, max_examples=60)
@given(
    some.binary(max_size=300)
    | some.text(max_size=200).map(lambda one: ("类别,名称,职务\n" + one).encode("utf-8", "replace"))
)
def test_nothing_in_a_file_breaks_the_reader(raw: bytes) -> None:
    try:
        found = read_bytes("名录.csv", raw)
    except UserError:
        return
    assert all(record.name.strip() for record in found.records)


def test_a_spreadsheet_reads_it_and_finds_no_formula() -> None:
    raw = to_csv([EntityRecord(kind=EntityKind.PERSON, name="沈砚舟", note='=HYPERLINK("http://x")')])
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0][:2] == ["类别", "名称"]
    assert not rows[1][6].startswith("=")


def test_bad_rows_are_told_with_number_and_column() -> None:
    raw = (
        "类别,名称,职务,别名\n人物,沈砚舟,厂长|云帆造船厂|2024-02-30,\n动物,某,,\n人物,,,\n人物,贺兰亭,厂长|甲|2024-05-01|2024-04-01,\n"
        "人物,江照野,a|b|||c,\n人物,顾知秋,,\n人物,顾知秋,,\n人物,坏\x07字,,\n"
    ).encode("gb18030")
    found = read_bytes("名录.csv", raw)
    assert [record.name for record in found.records] == ["顾知秋"]
    assert [(one.row, one.column) for one in found.bad] == [
        (2, "职务"), (3, "类别"), (4, "名称"), (5, "职务"), (6, "职务"), (8, ""), (9, "名称"),
    ]  # fmt: skip
    assert "2024-02-30" in told(found.bad)[0]


@pytest.mark.parametrize(
    "words",
    ["[" * 100_000, '{"format":"qingyang-names","names":3}', "甲,乙\n1,2\n", '{"format":"other","names":[]}', ""],
)
def test_a_file_that_is_no_list_of_names_is_refused(words: str) -> None:
    with pytest.raises(UserError):
        read_bytes("名录.json", words.encode())


def test_json_rows_of_the_wrong_shape_are_bad_rows() -> None:
    rows = [
        {"kind": "person", "name": 7}, {"kind": "person", "name": "甲一", "offices": "x" * 300},
        {"kind": "person", "name": "乙二", "offices": [{"position": "站长", "until": "nie"}]}, 5,
        {"kind": "person", "name": "丙三", "secret": 1}, {"kind": "person", "name": "丁四", "number": True},
        {"kind": "person", "name": "戊五", "number": 2},
    ]  # fmt: skip
    found = read_bytes("a.json", json.dumps({"format": "qingyang-names", "names": rows}).encode())
    assert [one.row for one in found.bad] == [1, 2, 3, 4, 5, 6]
    assert found.numbers == (2,)


@pytest.fixture
def filled(desk: Desk) -> Desk:
    desk.records.apply(
        EditRecords(
            records=(
                EntityRecord(
                    kind=EntityKind.PERSON, name="沈砚舟", source="组织部文件", note="=注",
                    offices=(OfficeTerm(position="厂长", organisation="云帆造船厂", since=DAY),),
                ),
                EntityRecord(kind=EntityKind.PERSON, name="沈砚舟", parent="东澜区教育局"),
                EntityRecord(
                    kind=EntityKind.ORGANISATION, name="东澜数字港集团",
                    aliases=(FormerName(name="东澜港务局", until=DAY), FormerName(name="数字港")),
                ),
            ),
            reason="edit",
        )
    )  # fmt: skip
    return desk


@pytest.mark.parametrize("ending", [".csv", ".json"])
def test_out_of_one_store_into_another_and_out_again(filled: Desk, tmp_path: Path, ending: str) -> None:
    first, second = tmp_path / f"一{ending}", tmp_path / f"二{ending}"
    assert export_names(filled, first) == 3
    with open_desk(tmp_path / "other.db") as other:
        done = import_names(other, first)
        assert (done.new, done.changed, done.same) == (3, 0, 0)
        export_names(other, second)
        assert first.read_bytes() == second.read_bytes()
        again = import_names(other, first)
        assert (again.new, again.changed, again.same) == (0, 0, 3)
        other.records.apply(done.inverse)
        assert other.records.page().total == 0


def test_a_file_with_a_bad_row_changes_nothing(filled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "名录.csv"
    path.write_text("类别,名称,单位\n人物,江照野,东澜工人报\n人物,,\n人物,沈砚舟,云帆造船厂\n", "utf-8")
    with pytest.raises(UserError):
        import_names(filled, path)
    assert filled.records.page().total == 3
    done = import_names(filled, path, skip_bad=True)
    assert (done.new, done.changed, len(done.bad)) == (1, 1, 1)
    (first, second) = filled.records.named(EntityKind.PERSON, "沈砚舟")
    assert (first.parent, second.parent) == ("云帆造船厂", "东澜区教育局")
    filled.records.apply(done.inverse)
    (first, second) = filled.records.named(EntityKind.PERSON, "沈砚舟")
    assert (first.parent, filled.records.page().total) == ("", 3)
    assert replace(first, version=0).offices[0].since == DAY


def test_mentions_of_an_issue_as_csv(desk: Desk, cards: tuple[object, ...], tmp_path: Path) -> None:
    desk.tagging.tag_many([card.id for card in desk.articles.list()])
    count = export_mentions(desk, None, tmp_path / "提及.csv")
    rows = list(csv.reader(io.StringIO((tmp_path / "提及.csv").read_text("utf-8-sig"))))
    assert len(rows) == count + 1
    assert any(row[3] == "沈砚舟" and row[5] == "东澜区总工会主席" for row in rows)
