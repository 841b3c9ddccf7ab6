"""The shapes that a rule in a pack can have. Few in code, many rules as data.

1. `literal`: a table of wrong and right words, a line each: `wrong | right / other right | right example | exceptions`,
   the last two may be left out;
   in the exceptions `~` stands for the wrong word (`拼~` lets 拼凑和 stand for 凑和).
2. `regex`: a pattern of the `regex` module with a time limit, and `fix`, one or more replacement templates.
3. `code`: a pure function of services/proofing/rules, by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from models.values.article_text import Part
from services.proofing.characters import check as characters
from services.proofing.contract import Find, Hit, Reading, RuleTimeout
from services.proofing.rules.table import CODE, WITH_WORDS

TIME_LIMIT = 0.5  # seconds a pattern may take on one text


class BadRule(ValueError):
    """A rule that cannot run; `key` and `values` say why in words for people, `at` helps to find the line."""

    def __init__(self, key: str, at: str = "", **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.at = at
        self.values = values


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One line of a literal table."""

    wrong: str
    right: tuple[str, ...]
    example: str
    exceptions: tuple[tuple[int, str], ...]  # offset of the wrong word in the phrase, the phrase


def shape(table: Mapping[str, Any]) -> Find:
    """The function of a rule's shape. Raises BadRule."""
    match table.get("shape"):
        case "literal":
            return literal(pairs(str(table.get("pairs", ""))))
        case "regex":
            return _regex(table)
        case "code":
            name = str(table.get("code", table.get("id", "")))
            if name in WITH_WORDS:
                return _with_words(name, table)
            if name not in CODE:
                raise BadRule("proofing.pack_unknown_code", name=name)
            if name in (characters.RULE, characters.DE_RULE) and (lacking := characters.missing()):
                raise BadRule("proofing.pack_no_tables", names=", ".join(lacking))
            return CODE[name]
        case other:
            raise BadRule("proofing.pack_unknown_shape", shape=other)


def _with_words(name: str, table: Mapping[str, Any]) -> Find:
    try:
        return WITH_WORDS[name](table)
    except (KeyError, AttributeError) as error:
        raise BadRule("proofing.pack_missing", names=str(error)) from error


def pairs(table: str) -> tuple[Pair, ...]:
    """The lines of a literal table; empty lines and lines that begin with # are passed over. Raises BadRule."""
    found = []
    for line in table.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        fields = [field.strip() for field in line.split("|")]
        if len(fields) not in (2, 3, 4) or not fields[0] or fields[0] in (fields[1], ""):
            raise BadRule("proofing.pack_bad_pair", at=line.strip(), line=line.strip())
        phrases = []
        for phrase in fields[3].split() if len(fields) == 4 else []:
            offset = phrase.find("~") if "~" in phrase else phrase.find(fields[0])
            if offset < 0:
                raise BadRule("proofing.pack_bad_pair", at=line.strip(), line=line.strip())
            phrases.append((offset, phrase.replace("~", fields[0])))
        right = tuple(word.strip() for word in fields[1].split("/"))
        example = fields[2] if len(fields) > 2 and fields[2] else right[0]
        found.append(Pair(wrong=fields[0], right=right, example=example, exceptions=tuple(phrases)))
    if not found:
        raise BadRule("proofing.pack_no_pairs")
    return tuple(found)


def literal(table: tuple[Pair, ...]) -> Find:
    """Words are looked up by their first two characters, so that a long table costs no more than a short one."""
    heads: dict[str, list[Pair]] = {}
    for pair in table:
        heads.setdefault(pair.wrong[:2], []).append(pair)

    def find(reading: Reading) -> Iterator[Hit]:
        text = reading.text
        held: dict[str, int] = {}  # wrong word → its end, so that it is not met again within itself
        for at in range(len(text)):
            for pair in heads.get(text[at : at + 2], ()):
                end = at + len(pair.wrong)
                if not text.startswith(pair.wrong, at) or held.get(pair.wrong, 0) > at:
                    continue
                held[pair.wrong] = end
                if not any(text.startswith(phrase, at - offset) for offset, phrase in pair.exceptions if offset <= at):
                    yield Hit(start=at, end=end, suggestions=pair.right, values={"fix": pair.right[0]})

    return find


def _regex(table: Mapping[str, Any]) -> Find:
    source = str(table.get("pattern", ""))
    try:
        pattern = regex.compile(source)
    except regex.error as error:
        raise BadRule("proofing.pack_bad_pattern", at=source[:30], error=str(error)) from error
    if pattern.match("") and pattern.fullmatch(""):
        raise BadRule("proofing.pack_empty_pattern", at=source[:30])
    fixes = table.get("fix", [])
    templates = (fixes,) if isinstance(fixes, str) else tuple(str(fix) for fix in fixes)
    try:
        parts = frozenset(Part(name) for name in table.get("parts", []))
    except ValueError as error:
        raise BadRule("proofing.pack_bad_part", at=source[:30], error=str(error)) from error
    foreign = bool(table.get("foreign", False))

    def find(reading: Reading) -> Iterator[Hit]:
        try:
            for match in pattern.finditer(reading.text, timeout=TIME_LIMIT):
                start, end = match.span()
                if start == end or (not foreign and reading.codes.touches(start, end)):
                    continue
                if parts and reading.line_at(start).part not in parts:
                    continue
                yield Hit(start=start, end=end, suggestions=tuple(match.expand(fix) for fix in templates))
        except TimeoutError as error:
            raise RuleTimeout(source) from error

    try:
        for fix in templates:
            pattern.sub(fix, "")
            _check_template(pattern, fix)
    except (regex.error, IndexError) as error:
        raise BadRule("proofing.pack_bad_fix", at=source[:30], error=str(error)) from error
    return find


def _check_template(pattern: Any, fix: str) -> None:
    """Raises IndexError when a template speaks of a group that the pattern lacks."""
    for number in regex.findall(r"\\(\d)", fix):
        if int(number) > pattern.groups:
            raise IndexError(f"\\{number}")
