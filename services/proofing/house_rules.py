"""Rules that the house keeps in its store: the approved lines of its list, and those written by hand in the window.

Literal lines that were mined speak as one rule, `house.list`; one written by hand is `house.n` with its own message
and tier. A rule that cannot run is named in the report and left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from models.values.finding import Tier
from models.values.house import HouseRule
from services.config.messages import LANGUAGES, catalogue, text
from services.proofing.contract import Example, Find, Rule, RuleFault, RuleTable, RuleTimeout
from services.proofing.read import read
from services.proofing.shapes import BadRule, Pair, literal, shape

LIST = "house.list"
WEIGHT = 1.0
LONGEST = 200  # characters of words or a pattern


def with_house_rules(rules: RuleTable, house: Sequence[HouseRule]) -> RuleTable:
    """The table with the approved rules of the house, first, so that their word stands where two say the same."""
    made, faults = house_rules(one for one in house if one.state == "approved")
    if not made and not faults:
        return rules
    report = replace(
        rules.report,
        running=(*(rule.id for rule in made), *rules.report.running),
        broken=(*rules.report.broken, *faults),
    )
    return RuleTable(rules=(*made, *rules.rules), report=report)


def house_rules(house: Iterable[HouseRule]) -> tuple[tuple[Rule, ...], tuple[RuleFault, ...]]:
    made: list[Rule] = []
    faults: list[RuleFault] = []
    mined: list[HouseRule] = []
    for one in house:
        if one.kind == "literal" and one.seen and not one.message:
            mined.append(one)
            continue
        try:
            made.append(checked(one))
        except BadRule as error:
            where = text("proofing.house.list")
            faults.append(RuleFault(file=where, line=0, rule=one.wrong, reason=text(error.key, **error.values)))
    if mined:
        find = literal(tuple(_pair(one) for one in mined))
        made.insert(0, _rule(LIST, Tier.LIKELY, "proofing.house.message", find, mined))
    return tuple(made), tuple(faults)


def checked(one: HouseRule) -> Rule:
    """One rule written by hand. Raises BadRule where it cannot run, or finds something in nothing."""
    if not one.wrong.strip() or len(one.wrong) > LONGEST or len(one.fix) > LONGEST:
        raise BadRule("proofing.house.length", most=LONGEST)
    if one.kind == "literal":
        if one.wrong == one.fix or "\n" in one.wrong + one.fix:
            raise BadRule("proofing.house.same", wrong=one.wrong)
        find = literal((_pair(one),))
    else:
        find = shape({"shape": "regex", "pattern": one.wrong, "fix": [one.fix] if one.fix else []})
    tier = Tier(one.tier)
    if tier is Tier.CERTAIN and not one.fix and one.kind == "regex":
        raise BadRule("proofing.house.certain")
    try:
        list(find(read(Example(text="职工" * 200 + "，。" * 20).flat(), Example(text="").context)))
    except RuleTimeout as error:
        raise BadRule("proofing.pack_slow") from error
    return _rule(f"house.{one.id or 'new'}", tier, "proofing.house.message_own", find, [one])


def weight_of(one: HouseRule) -> float:
    """What a finding counts by 报纸期刊质量管理规定 (2020): a character 1, two to five 2, more 4; a mark 0.1."""
    if one.kind != "literal":
        return WEIGHT
    changed = [
        max(one.wrong[a:b], one.fix[c:d], key=len)
        for tag, a, b, c, d in SequenceMatcher(None, one.wrong, one.fix, autojunk=False).get_opcodes()
        if tag != "equal"
    ]
    words = "".join(changed)
    if not any(character.isalnum() for character in words):
        return 0.1
    return 1.0 if len(words) == 1 else 2.0 if len(words) <= 5 else 4.0


def _pair(one: HouseRule) -> Pair:
    """Words that are part of the right ones (发 of 发布) are left alone where these stand."""
    at = one.fix.find(one.wrong)
    return Pair(wrong=one.wrong, right=(one.fix,), example=one.fix, exceptions=((at, one.fix),) if at >= 0 else ())


def _rule(id: str, tier: Tier, key: str, find: Find, rows: Sequence[HouseRule]) -> Rule:
    own = rows[0].message if len(rows) == 1 else ""
    if not own and rows[0].kind == "regex":
        key = "proofing.house.message_pattern"
    words = {tongue: own or catalogue(tongue).get(key, "") for tongue in LANGUAGES}
    titles = {
        tongue: catalogue(tongue)["proofing.house.list" if id == LIST else "proofing.house.rule"]
        for tongue in LANGUAGES
    }
    clause = text("proofing.house.clause")
    literal_rows = [row for row in rows if row.kind == "literal"]
    return Rule(
        id=id,
        tier=tier,
        weight=weight_of(rows[0]) if len(rows) == 1 else WEIGHT,
        clause=clause,
        titles=titles,
        messages=words,
        wrong=tuple(Example(text=row.wrong) for row in literal_rows),
        right=tuple(Example(text=row.fix) for row in literal_rows if row.fix),
        find=find,
    )
