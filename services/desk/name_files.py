"""名录 as CSV and JSON: written so that Excel and WPS open it, read row by row as something that may be hostile.

CSV is UTF-8 with BOM. A row is a record; 别名 and 职务 hold lines, `name|since|until` and
`office|organisation|since|until`. Cells that a spreadsheet would take for a formula get an apostrophe, which reading
takes off again. `序` tells people of one name apart. What is written is read back equal.
"""

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from models.values.entity import BadRow, EntityRecord, NamesFile
from models.values.mention import EntityKind, FormerName, OfficeTerm
from services.config.errors import UserError
from services.config.messages import text
from services.store.rows import clean

COLUMNS = ("类别", "名称", "序", "别名", "单位", "职务", "备注", "来源", "已核实")
FIELDS = ("kind", "name", "number", "aliases", "parent", "offices", "note", "source", "confirmed")
KINDS = {"人物": EntityKind.PERSON, "机构": EntityKind.ORGANISATION, "地点": EntityKind.PLACE}
KINDS |= {kind.value: kind for kind in EntityKind}
TRUTHS = {
    "是": True,
    "否": False,
    "yes": True,
    "no": False,
    "": True,
    "true": True,
    "false": False,
    "1": True,
    "0": False,
}
FORMAT, VERSION = "qingyang-names", 1
MOST_BYTES = 128 * 1024 * 1024
MOST_ROWS = 500_000
MOST_BAD = 1000  # bad rows that are told; a file with more is no list of names
MOST_CELL, MOST_NOTE, MOST_ITEMS = 200, 20_000, 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


class _Bad(Exception):
    """A cell that is not taken: its column and why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


def numbered(records: Iterable[EntityRecord]) -> Iterator[tuple[EntityRecord, int]]:
    """Each record with its number among those of its kind and name, from 1, in the order given."""
    counts: dict[tuple[EntityKind, str], int] = {}
    for record in records:
        key = record.kind, record.name
        counts[key] = counts.get(key, 0) + 1
        yield record, counts[key]


# --- out


def to_csv(records: Iterable[EntityRecord]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    names = {kind: word for word, kind in reversed(KINDS.items())}
    for record, number in numbered(records):
        cells = (
            names[record.kind],
            record.name,
            str(number),
            "\n".join(_line(one.name, _day(one.since), _day(one.until)) for one in record.aliases),
            record.parent,
            "\n".join(_line(o.position, o.organisation, _day(o.since), _day(o.until)) for o in record.offices),
            record.note,
            record.source,
            "是" if record.confirmed else "否",
        )
        writer.writerow([guarded(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def to_json(records: Iterable[EntityRecord]) -> bytes:
    names = [
        {
            "kind": record.kind.value,
            "name": record.name,
            "number": number,
            "aliases": [{"name": one.name, **_span(one)} for one in record.aliases],
            "parent": record.parent,
            "offices": [
                {"position": one.position, "organisation": one.organisation, **_span(one)} for one in record.offices
            ],
            "note": record.note,
            "source": record.source,
            "confirmed": record.confirmed,
        }
        for record, number in numbered(records)
    ]
    whole = {"format": FORMAT, "version": VERSION, "names": names}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8")


def _span(one: FormerName | OfficeTerm) -> dict[str, str]:
    days = {"since": _day(one.since), "until": _day(one.until)}
    return {name: day for name, day in days.items() if day}


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day is not None else ""


def _line(*fields: str) -> str:
    escaped = [one.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n") for one in fields]
    while len(escaped) > 1 and not escaped[-1]:
        escaped.pop()
    return "|".join(escaped)


# --- in


def read_names(path: Path) -> NamesFile:
    """The records of a .csv or .json file, and its bad rows. Raises UserError for a file that is neither."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError("desk.names_unreadable", file=path.name, reason=f"> {MOST_BYTES // 1024**2} MB")
        raw = path.read_bytes()
    except OSError as error:
        raise UserError("desk.names_unreadable", file=path.name, reason=error.strerror or str(error)) from error
    return read_bytes(path.name, raw)


def read_bytes(name: str, raw: bytes) -> NamesFile:
    words = _decoded(name, raw)
    rows = _json_rows(name, words) if words.lstrip()[:1] in ("{", "[") else _csv_rows(name, words)
    records: list[EntityRecord] = []
    bad: list[BadRow] = []
    seen: dict[tuple[EntityKind, str, int], int] = {}
    for count, (number, fields) in enumerate(rows, 1):
        try:
            if count > MOST_ROWS:
                raise _Bad("", text("desk.names_too_many", most=MOST_ROWS))
            if isinstance(fields, _Bad):
                raise fields
            record, key = _record(fields)
            if key in seen:
                raise _Bad("", text("desk.names_twice", other=seen[key]))
            seen[key] = number
            records.append(record)
        except _Bad as error:
            bad.append(BadRow(row=number, column=error.column, reason=error.reason))
            if len(bad) >= MOST_BAD or count > MOST_ROWS:
                break
    return NamesFile(records=tuple(records), numbers=tuple(key[2] for key in seen), bad=tuple(bad))


def _decoded(name: str, raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("desk.names_unreadable", file=name, reason="UTF-8, GB18030")


Rows = Iterator[tuple[int, "dict[str, Any] | _Bad"]]


def _csv_rows(name: str, words: str) -> Rows:
    reader = csv.reader(io.StringIO(words, newline=""))
    try:
        head = [cell.strip().casefold() for cell in next(reader, [])]
    except csv.Error as error:
        raise UserError("desk.names_unreadable", file=name, reason=str(error)) from error
    known = dict(zip((*COLUMNS, *FIELDS), FIELDS * 2, strict=True))
    places = {known[cell]: at for at, cell in enumerate(head) if cell in known}
    if not {"kind", "name"} <= places.keys():
        raise UserError("desk.names_unreadable", file=name, reason=text("desk.names_no_columns"))
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader, None)
        except csv.Error as error:  # a cell without end, a NUL: what follows cannot be told apart any more
            yield number, _Bad("", str(error))
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield number, {field: _bare(cells[at]) for field, at in places.items() if at < len(cells)}


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA else cell


def _json_rows(name: str, words: str) -> Rows:
    try:
        tree = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise UserError("desk.names_unreadable", file=name, reason=str(error)[:200]) from error
    names = tree.get("names") if isinstance(tree, dict) and tree.get("format") == FORMAT else None
    if not isinstance(names, list):
        raise UserError("desk.names_unreadable", file=name, reason=text("desk.names_bad_shape"))
    for number, fields in enumerate(names, 1):
        whole = isinstance(fields, dict) and fields.keys() <= set(FIELDS)
        yield number, fields if whole else _Bad("", text("desk.names_bad_shape"))


def _record(fields: dict[str, Any]) -> tuple[EntityRecord, tuple[EntityKind, str, int]]:
    """A record and its key. Raises _Bad."""
    kind = KINDS.get(_cell(fields, "kind").strip().casefold())
    if kind is None:
        raise _Bad(_word("kind"), text("desk.names_bad_kind"))
    name = _cell(fields, "name")
    if not name.strip():
        raise _Bad(_word("name"), text("desk.names_no_name"))
    truth = fields.get("confirmed", True)
    confirmed = truth if isinstance(truth, bool) else TRUTHS.get(str(truth).strip().casefold())
    if confirmed is None:
        raise _Bad(_word("confirmed"), text("desk.names_bad_truth"))
    record = EntityRecord(
        kind=kind,
        name=name,
        aliases=tuple(FormerName(name=n, since=a, until=b) for n, a, b in _items(fields, "aliases", ("name",))),
        parent=_cell(fields, "parent"),
        offices=tuple(
            OfficeTerm(position=p, organisation=o, since=a, until=b)
            for p, o, a, b in _items(fields, "offices", ("position", "organisation"))
        ),
        note=_cell(fields, "note", MOST_NOTE),
        source=_cell(fields, "source", MOST_NOTE),
        confirmed=confirmed,
    )
    return record, (kind, name, _number(fields))


def _number(fields: dict[str, Any]) -> int:
    number = fields.get("number", 1)
    if isinstance(number, str):
        number = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1 if not number else 0
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number < 1_000_000:
        raise _Bad(_word("number"), text("desk.names_bad_shape"))
    return number


def _cell(fields: dict[str, Any], field: str, most: int = MOST_CELL) -> str:
    value = fields.get(field, "")
    if isinstance(value, str) and most == MOST_NOTE:
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    if not isinstance(value, str) or len(value) > most or clean(value) != value:
        raise _Bad(_word(field), text("desk.names_bad_cell"))
    if most == MOST_CELL and ("\n" in value or "\r" in value):
        raise _Bad(_word(field), text("desk.names_bad_cell"))
    return value


def _items(fields: dict[str, Any], field: str, keys: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """The lines of a cell, or the tables of a JSON list: the words of `keys`, then since and until."""
    value = fields.get(field, "")
    whole = (*keys, "since", "until")
    if isinstance(value, str):
        lines = [_split(line) for line in value.replace("\r\n", "\n").split("\n") if line.strip()]
        bad = next((line for line in lines if len(line) > len(whole)), None)
        if bad is not None:
            raise _Bad(_word(field), text("desk.names_bad_line", value="|".join(bad)[:40]))
        rows: Sequence[Any] = [dict(zip(whole, line, strict=False)) for line in lines]
    elif isinstance(value, list):
        rows = value
    else:
        raise _Bad(_word(field), text("desk.names_bad_shape"))
    if len(rows) > MOST_ITEMS:
        raise _Bad(_word(field), text("desk.names_too_many", most=MOST_ITEMS))
    for row in rows:
        if not isinstance(row, dict) or not row.keys() <= set(whole):
            raise _Bad(_word(field), text("desk.names_bad_shape"))
        words = [_item(row, key, field) for key in keys]
        if not words[0].strip():
            raise _Bad(_word(field), text("desk.names_bad_shape"))
        since, until = (_date(_item(row, key, field), field) for key in ("since", "until"))
        if since is not None and until is not None and until < since:
            raise _Bad(_word(field), text("desk.names_bad_span"))
        yield (*words, since, until)


def _item(row: dict[str, Any], key: str, field: str) -> str:
    value = row.get(key, "")
    if not isinstance(value, str) or len(value) > MOST_CELL or clean(value) != value or "\n" in value:
        raise _Bad(_word(field), text("desk.names_bad_cell"))
    return value


def _split(line: str) -> list[str]:
    """The fields between the bars that are not escaped."""
    found, held, escaped = [], "", False
    for character in line:
        if escaped:
            held += "\n" if character == "n" else character
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == "|":
            found.append(held)
            held = ""
        else:
            held += character
    return [*found, held]


def _date(words: str, field: str) -> datetime.date | None:
    bare = words.strip().replace("/", "-")
    if not bare:
        return None
    parts = bare.split("-")  # a spreadsheet writes 2024/5/1
    try:
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError
        return datetime.date(*map(int, parts))
    except (ValueError, OverflowError):
        raise _Bad(_word(field), text("desk.names_bad_date", value=words[:20])) from None


def _word(field: str) -> str:
    return COLUMNS[FIELDS.index(field)]
