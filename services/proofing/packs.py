"""Rule packs in TOML → rules. A rule that is broken is named, switched off, and the rest goes on.

Packs lie in resources/rules; a house adds its own folder. A house rule with the id of a built-in one takes its place,
and `off = true` with only an id switches it off. The examples of house packs are run when the pack is loaded; those of
the built-in packs are run by the tests.
"""

import datetime
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from models.values.article_text import Byline, Part
from models.values.finding import Tier
from models.values.mention import EntityKind, FormerName, KnownEntity, Mention, Office, OfficeTerm
from models.values.publication import Profile
from services.config.messages import language, text
from services.config.paths import RESOURCES
from services.proofing.contract import (
    Elsewhere,
    Example,
    ProofContext,
    Rule,
    RuleFault,
    RuleReport,
    RuleTable,
    RuleTimeout,
)
from services.proofing.read import read
from services.proofing.rules.quantities import quantities
from services.proofing.shapes import BadRule, pairs, shape

BUILT_IN = RESOURCES / "rules"
GROUP = "qingyang.rules"
_REQUIRED = ("id", "tier", "weight", "title", "message", "wrong", "right")


def load_rules(folders: Sequence[Path] = ()) -> RuleTable:
    """The built-in rules, those of installed packages and of further folders; read again only when a file changed.

    Never raises for what a pack holds: see `RuleTable.report`.
    """
    packs, faults = entry_packs()
    everywhere = (*packs, *folders)
    return _load(everywhere, _state(everywhere), faults) if everywhere or faults else _built_in()


@cache
def _built_in() -> RuleTable:
    return _loaded((), ())


@lru_cache(maxsize=4)
def _load(folders: tuple[Path, ...], state: object, faults: tuple[RuleFault, ...]) -> RuleTable:
    """`state` tells one state of the files from another."""
    return _loaded(folders, faults)


def _state(folders: Sequence[Path]) -> tuple[object, ...]:
    found: list[object] = []
    for folder in folders:
        for path in _packs_in(folder):
            try:
                stat = path.stat()
            except OSError:
                continue
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
    return (language(), *found)  # reasons of faults are words in a language


def _packs_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def _loaded(folders: tuple[Path, ...], faults: tuple[RuleFault, ...]) -> RuleTable:
    rules: dict[str, Rule] = {}
    off: list[str] = []
    broken: list[RuleFault] = list(faults)
    for folder in (BUILT_IN, *folders):
        if not folder.is_dir():
            reason = text("proofing.pack_no_folder", folder=str(folder))
            broken.append(RuleFault(file=str(folder), line=0, rule="", reason=reason))
            continue
        for path in _packs_in(folder):
            found, switched, wrong = read_pack(path, check=folder is not BUILT_IN)
            rules.update((rule.id, rule) for rule in found)
            off.extend(id for id in switched if rules.pop(id, None))
            broken.extend(wrong)
    report = RuleReport(running=tuple(rules), off=tuple(off), broken=tuple(broken))
    return RuleTable(rules=tuple(rules.values()), report=report)


@cache
def entry_packs() -> tuple[tuple[Path, ...], tuple[RuleFault, ...]]:
    """Folders of packs that installed packages bring (entry points of the group `qingyang.rules`).

    An entry point is a path, or a function without arguments that gives one. One that fails is named, the rest goes on.
    """
    from importlib.metadata import entry_points

    folders: list[Path] = []
    faults: list[RuleFault] = []
    for point in sorted(entry_points(group=GROUP), key=lambda one: one.name):
        try:
            value = point.load()
            folders.append(Path(value() if callable(value) else value))
        except Exception as error:  # noqa: BLE001 - code of others: whatever it raises, proofing goes on
            reason = text("proofing.pack_entry", name=point.name, error=f"{type(error).__name__}: {error}")
            faults.append(RuleFault(file=point.name, line=0, rule="", reason=reason))
    return tuple(folders), tuple(faults)


def read_pack(path: Path, *, check: bool) -> tuple[tuple[Rule, ...], tuple[str, ...], tuple[RuleFault, ...]]:
    """Rules of one file, ids that it switches off, faults. `check` runs the examples."""
    source = ""
    try:
        source = path.read_text("utf-8")
        tables = tomllib.loads(source).get("rule", [])
    except (OSError, ValueError, RecursionError) as error:  # numbers of thousands of digits, brackets without end
        reason = text("proofing.pack_unreadable", file=path.name, error=str(error))
        line = source.count("\n") + 1 if "end of document" in str(error) else _line_in(str(error))
        return (), (), (RuleFault(file=path.name, line=line, rule="", reason=reason),)
    if not isinstance(tables, list):
        reason = text("proofing.pack_no_rules", file=path.name)
        return (), (), (RuleFault(file=path.name, line=0, rule="", reason=reason),)
    rules: list[Rule] = []
    off: list[str] = []
    faults: list[RuleFault] = []
    for table in tables:
        id = str(table.get("id", "")) if isinstance(table, dict) else ""
        line = _line_of(source, f'"{id}"') if id else 0
        try:
            if not isinstance(table, dict):
                raise BadRule("proofing.pack_no_rules", file=path.name)
            if table.get("off") is True:
                off.append(id)
                continue
            rule = make_rule(table, path.name, line)
            if check:
                check_examples(rule)
            rules.append(rule)
        except BadRule as error:
            at = _line_of(source, error.at) if error.at else 0
            reason = text(error.key, **error.values)
            faults.append(RuleFault(file=path.name, line=at or line, rule=id, reason=reason))
    return tuple(rules), tuple(off), tuple(faults)


def make_rule(table: dict[str, Any], file: str, line: int) -> Rule:
    """One rule of a pack. Raises BadRule."""
    missing = [name for name in _REQUIRED if name not in table]
    if table.get("shape") == "literal":
        missing = [name for name in missing if name not in ("wrong", "right")]
    if missing:
        raise BadRule("proofing.pack_missing", names=", ".join(missing))
    if str(table["id"]).count(".") != 1:
        raise BadRule("proofing.pack_bad_id", id=table["id"])
    try:
        tier = Tier(table["tier"])
        profiles = tuple(Profile(name) for name in table.get("profiles", []))
        weight = float(table["weight"])
        wrong = tuple(_example(value) for value in table.get("wrong", []))
        right = tuple(_example(value) for value in table.get("right", []))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise BadRule("proofing.pack_bad_value", error=str(error)) from error
    find = shape(table)
    if table.get("shape") == "literal":
        rows = pairs(str(table["pairs"]))
        wrong += tuple(Example(text=row.wrong) for row in rows)
        right += tuple(Example(text=row.example) for row in rows) + tuple(Example(text=row.right[0]) for row in rows)
    return Rule(
        id=str(table["id"]),
        tier=tier,
        weight=weight,
        clause=str(table.get("clause", "")),
        titles={"zh": str(table["title"]), "en": str(table.get("title_en", table["title"]))},
        messages={"zh": str(table["message"]), "en": str(table.get("message_en", table["message"]))},
        wrong=wrong,
        right=right,
        find=find,
        file=file,
        line=line,
        profiles=profiles,
        advertisements=table.get("advertisements") is True,
    )


def check_examples(rule: Rule) -> None:
    """Runs the examples. Raises BadRule for the first that fails."""
    try:
        for example in rule.wrong:
            if not any(True for _ in rule.find(read(example.flat(), example.context))):
                raise BadRule("proofing.pack_no_hit", at=example.text.split("\n")[0], example=example.text)
        for example in rule.right:
            if any(True for _ in rule.find(read(example.flat(), example.context))):
                raise BadRule("proofing.pack_false_hit", at=example.text.split("\n")[0], example=example.text)
    except RuleTimeout as error:
        raise BadRule("proofing.pack_slow") from error


def _example(value: object) -> Example:
    """A string, or a table {text, date, profile, part, bylines, known, people, elsewhere, others}.

    A known name or a person is a string, or a table {name, kind, aliases, offices}; an office is a list: organisation,
    office, since, until; an alias a string or a list: name, since, until. Days are TOML dates, "" where nobody said.
    """
    if isinstance(value, str):
        return Example(text=value)
    if not isinstance(value, dict):
        raise TypeError(value)
    words = str(value["text"])
    date = value.get("date")
    context = ProofContext(
        date=date if isinstance(date, datetime.date) else None,
        profile=Profile(value.get("profile", "newspaper")),
        advertisement=value.get("advertisement") is True,
        bylines=tuple(Byline(role="记者", name=name) for name in value.get("bylines", [])),
        known=tuple(_known(one) for one in value.get("known", [])),
        mentions=tuple(_people(words, value.get("people", []))),
        elsewhere=tuple(
            Elsewhere(name=one["name"], offices=_offices(one), where=one.get("where", ""))
            for one in value.get("elsewhere", [])
        ),
        quantities=tuple(
            quantity for one in value.get("others", []) for quantity in quantities(one["text"], one.get("where", ""))
        ),
    )
    return Example(text=words, context=context, part=Part(value.get("part", "body")))


def _known(value: Any) -> KnownEntity:
    if isinstance(value, str):
        return KnownEntity(id=None, kind=EntityKind.PERSON, name=value)
    aliases = [one if isinstance(one, list) else [one] for one in value.get("aliases", [])]
    terms = tuple(
        OfficeTerm(organisation=one[0], position=one[1], since=_day(one, 2), until=_day(one, 3))
        for one in value.get("offices", [])
    )
    return KnownEntity(
        id=None,
        kind=EntityKind(value.get("kind", "person")),
        name=value["name"],
        aliases=tuple(one[0] for one in aliases),
        offices=tuple(term.office for term in terms),
        terms=terms,
        former=tuple(FormerName(name=one[0], since=_day(one, 1), until=_day(one, 2)) for one in aliases if one[1:]),
    )


def _day(fields: list[Any], at: int) -> datetime.date | None:
    value = fields[at] if len(fields) > at else None
    return value if isinstance(value, datetime.date) else None


def _offices(value: Any) -> tuple[Office, ...]:
    return tuple(Office(organisation=one[0], position=one[1]) for one in value.get("offices", []))


def _people(words: str, names: Sequence[Any]) -> list[Mention]:
    found = []
    for value in names:
        name = value if isinstance(value, str) else value["name"]
        offices = () if isinstance(value, str) else _offices(value)
        at = words.find(name)
        while at >= 0:
            end = at + len(name)
            found.append(Mention(start=at, end=end, text=name, kind=EntityKind.PERSON, name=name, offices=offices))
            at = words.find(name, end)
    return sorted(found, key=lambda mention: mention.start)


def _line_of(source: str, words: str) -> int:
    at = source.find(words)
    return source.count("\n", 0, at) + 1 if at >= 0 else 0


def _line_in(message: str) -> int:
    """The line that tomllib names in `… (at line 3, column 7)`."""
    _, _, rest = message.partition("at line ")
    digits = rest.split(",")[0].split(" ")[0]
    return int(digits) if digits.isdigit() else 0
