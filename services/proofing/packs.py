"""Rule packs in TOML → rules. A rule that is broken is named, switched off, and the rest goes on.

Packs lie in resources/rules; a house adds its own folder. A house rule with the id of a built-in one takes its place,
and `off = true` with only an id switches it off. The examples of house packs are run when the pack is loaded; those of
the built-in packs are run by the tests.
"""

import datetime
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from models.values.article_text import Byline, Part
from models.values.finding import Tier
from models.values.mention import EntityKind, KnownEntity, Mention
from models.values.publication import Profile
from services.config.messages import text
from services.config.paths import RESOURCES
from services.proofing.contract import Example, ProofContext, Rule, RuleFault, RuleReport, RuleTable, RuleTimeout
from services.proofing.read import read
from services.proofing.shapes import BadRule, pairs, shape

BUILT_IN = RESOURCES / "rules"
_REQUIRED = ("id", "tier", "weight", "title", "message", "wrong", "right")


def load_rules(folders: Sequence[Path] = ()) -> RuleTable:
    """The built-in rules and those of further folders. Never raises for what a pack holds: see `RuleTable.report`."""
    return _load(tuple(folders)) if folders else _built_in()


@cache
def _built_in() -> RuleTable:
    return _load(())


def _load(folders: tuple[Path, ...]) -> RuleTable:
    rules: dict[str, Rule] = {}
    off: list[str] = []
    broken: list[RuleFault] = []
    for folder in (BUILT_IN, *folders):
        for path in sorted(folder.glob("*.toml")):
            found, switched, faults = read_pack(path, check=folder is not BUILT_IN)
            rules.update((rule.id, rule) for rule in found)
            off.extend(id for id in switched if rules.pop(id, None))
            broken.extend(faults)
    report = RuleReport(running=tuple(rules), off=tuple(off), broken=tuple(broken))
    return RuleTable(rules=tuple(rules.values()), report=report)


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
    except (ValueError, TypeError, KeyError) as error:
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
    """A string, or a table {text, date, profile, part, bylines, known, people}."""
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
        known=tuple(KnownEntity(id=None, kind=EntityKind.PERSON, name=name) for name in value.get("known", [])),
        mentions=tuple(_people(words, value.get("people", []))),
    )
    return Example(text=words, context=context, part=Part(value.get("part", "body")))


def _people(words: str, names: Sequence[str]) -> list[Mention]:
    found = []
    for name in names:
        at = words.find(name)
        while at >= 0:
            end = at + len(name)
            found.append(Mention(start=at, end=end, text=name, kind=EntityKind.PERSON, name=name))
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
