"""The door of the station: proof(text, rules) → findings, all tiers, sorted by place.

1. The text is prepared (read.py). 2. Every rule of the profile looks at it. 3. Hits become findings: message in the
chosen language, weight doubled in headings (报纸期刊质量管理规定, 2020). 4. Names of people are left alone by every
rule but the name rules. 5. What the house allows is dropped. 6. No two findings of the tier certain overlap.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from models.values.article_text import FlatText, Part, PartRef
from models.values.finding import ErrorRate, Finding, Tier
from services.config.messages import language
from services.proofing.characters.check import DE_RULE
from services.proofing.characters.check import RULE as WRONG
from services.proofing.contract import Hit, ProofContext, Reading, Rule, RuleTable, RuleTimeout, Spans, is_han
from services.proofing.packs import load_rules
from services.proofing.read import read

__all__ = ["Examined", "ProofContext", "RuleTable", "error_rate", "examine", "load_rules", "proof"]

NAME_FAMILY = "names"
SLOW = (WRONG, DE_RULE)  # rules that weigh every character: a paragraph at a time while somebody types
ALLOWED_PER_CHARACTER = 3 / 10_000  # 报纸期刊质量管理规定 (2020): newspapers, errors of editing
REPEATED_AT_MOST = 3  # the same error counts three times at most
NUMERAL_STANDARD = "GB/T 15835"
NUMERALS_AT_MOST = 1.0  # all offences against GB/T 15835 together
_ENDS = "\n。！？；"
_log = logging.getLogger("qingyang.proofing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """Findings, and the ids of rules that were given up on this text because they took too long."""

    findings: tuple[Finding, ...]
    slow: tuple[str, ...] = ()


def proof(flat: FlatText, rules: RuleTable, context: ProofContext = ProofContext()) -> tuple[Finding, ...]:  # noqa: B008 - frozen
    """Findings of all tiers, sorted by start; no two of the tier CERTAIN overlap, and each of those has a fix."""
    return examine(flat, rules, context).findings


def examine(flat: FlatText, rules: RuleTable, context: ProofContext = ProofContext()) -> Examined:  # noqa: B008 - frozen
    """Like `proof`, and says which rules were given up."""
    reading = read(flat, context)
    findings: list[Finding] = []
    slow: list[str] = []
    for rule in rules.rules:
        if rule.profiles and context.profile not in rule.profiles:
            continue
        if rule.advertisements and not reading.is_advertisement:
            continue
        try:
            hits = list(rule.find(reading))
        except RuleTimeout:
            _log.warning("rule %s took too long and was given up on this text", rule.id)
            slow.append(rule.id)
            continue
        findings.extend(_finding(hit, rule, reading) for hit in hits if _may_speak(hit, rule, reading))
    kept = [finding for finding in findings if not _is_allowed(finding, context)]
    return Examined(findings=together(kept), slow=tuple(slow))


def together(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of several runs over one text as one run would have them."""
    return _settled(_without_echoes(list(findings)))


def only(rules: RuleTable, wanted: Callable[[Rule], bool]) -> RuleTable:
    """A table with some of the rules."""
    return replace(rules, rules=tuple(rule for rule in rules.rules if wanted(rule)))


def certain_only(rules: RuleTable) -> RuleTable:
    """The rules that can say anything of the tier certain: all that fixing in one go needs, and quick."""
    return only(rules, lambda rule: rule.tier is Tier.CERTAIN)


def proof_paragraphs(
    flat: FlatText, rules: RuleTable, context: ProofContext, carried: Sequence[Finding], changed: tuple[int, int]
) -> tuple[Finding, ...]:
    """Findings after an edit within `changed`: what `proof` gives, at a fraction of its time.

    Every rule looks at the whole text again (some milliseconds) but those that weigh every character: they look at the
    sentences that the edit touched, and what they found elsewhere (`carried`) stands. They see those sentences alone:
    the next whole check has the last word.
    """
    start, end = _sentences(flat.text, *changed)
    found = list(proof(flat, only(rules, lambda rule: rule.id not in SLOW), context))
    found += [
        one
        for one in carried
        if one.rule in SLOW and not (start < one.end and one.start < end) and flat.text[one.start : one.end] == one.text
    ]
    words = flat.text[start:end]
    if words:
        parts = [
            (flat.span_at(at).ref if flat.spans else PartRef(part=Part.BODY), line) for at, line in _lines(words, start)
        ]
        inside = [
            replace(one, start=one.start - start, end=one.end - start)
            for one in context.mentions
            if start <= one.start and one.end <= end
        ]
        here = replace(context, mentions=tuple(inside))
        for one in proof(FlatText.join(parts), only(rules, lambda rule: rule.id in SLOW), here):
            found.append(replace(one, start=one.start + start, end=one.end + start))
    return together(found)


def _sentences(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences that [start, end) touches, with their last marks; never beyond a line that it does not touch."""
    start, end = max(0, min(start, len(text))), max(start, min(end, len(text)))
    first = max(text.rfind(mark, 0, max(0, start - 1)) for mark in _ENDS) + 1
    last = min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    return min(first, start), last + (last < len(text) and text[last] != "\n")


def _lines(words: str, at: int) -> Iterator[tuple[int, str]]:
    for line in words.split("\n"):
        yield at, line
        at += len(line) + 1


def _may_speak(hit: Hit, rule: Rule, reading: Reading) -> bool:
    return rule.family == NAME_FAMILY or not reading.people.touches(hit.start, hit.end)


def _finding(hit: Hit, rule: Rule, reading: Reading) -> Finding:
    words = reading.text[hit.start : hit.end]
    suggestions = tuple(dict.fromkeys(fix for fix in hit.suggestions if fix != words))
    tier = rule.tier if hit.tier is None or hit.tier.rank < rule.tier.rank else hit.tier
    if tier is Tier.CERTAIN and (not suggestions or _rewords_a_body(hit, suggestions[0], reading)):
        tier = Tier.LIKELY  # nothing can be applied in one go without a fix; a tagged organisation is asked about
    doubled = reading.line_at(hit.start).part.is_heading
    return Finding(
        start=hit.start,
        end=hit.end,
        text=words,
        rule=rule.id,
        tier=tier,
        weight=rule.weight * 2 if doubled else rule.weight,
        message=_message(rule, words, suggestions, hit),
        clause=rule.clause,
        suggestions=suggestions,
        related=hit.related,
    )


def _rewords_a_body(hit: Hit, fix: str, reading: Reading) -> bool:
    """Whether the fix has other Han characters than a tagged organisation: 市总工会 is no slip for 市总公会."""
    words = reading.text[hit.start : hit.end]
    return reading.bodies.touches(hit.start, hit.end) and list(filter(is_han, words)) != list(filter(is_han, fix))


def _message(rule: Rule, words: str, suggestions: tuple[str, ...], hit: Hit) -> str:
    template = rule.messages.get(language(), rule.messages["zh"])
    values = {"text": words, "fix": suggestions[0] if suggestions else "", **hit.values}
    for name, value in values.items():
        template = template.replace("{" + name + "}", value)
    return template


def _is_allowed(finding: Finding, context: ProofContext) -> bool:
    return finding.key in context.allowed or finding.text in context.allowed


def _without_echoes(findings: list[Finding]) -> list[Finding]:
    """A probably wrong character is not told where a rule that knows the word has spoken."""
    for weaker, order in ((DE_RULE, (WRONG, DE_RULE)), (WRONG, (WRONG,))):
        told = Spans.of((one.start, one.end) for one in findings if one.rule not in order and one.suggestions)
        findings = [one for one in findings if one.rule != weaker or not told.touches(one.start, one.end)]
    return findings


def _without_doubles(findings: list[Finding]) -> list[Finding]:
    """Of two that change the same characters into the same, in spans one within the other, the surer one stays, else
    the shorter: 技能竟赛 → 技能竞赛 says no more than 竟赛 → 竞赛, and one error counts once."""
    kept: dict[tuple[int, str, str], Finding] = {}
    others: list[Finding] = []
    for one in findings:
        change = _change(one)
        if change is None:
            others.append(one)
            continue
        known = kept.get(change)
        if known is None or (one.tier.rank, one.end - one.start) < (known.tier.rank, known.end - known.start):
            kept[change] = one
    stays = set(map(id, kept.values())) | set(map(id, others))
    return [one for one in findings if id(one) in stays]


def _change(finding: Finding) -> tuple[int, str, str] | None:
    """Where the first suggestion differs from the text, what is there and what comes; None without a difference."""
    if not finding.suggestions or finding.suggestions[0] == finding.text:
        return None
    old, new = finding.text, finding.suggestions[0]
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    return finding.start + head, old[head : len(old) - tail], new[head : len(new) - tail]


def _alike(one: str, other: str) -> int:
    """How many characters at the head of both are the same."""
    return sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(one, other, strict=False)))


def _settled(findings: list[Finding]) -> tuple[Finding, ...]:
    """Certain findings that overlap: the first in the order of the rules stays, the other becomes likely or goes.

    A finding that says the same as another at the same place (same span, same fix) is dropped.
    """
    findings = _without_doubles(findings)
    taken: set[int] = set()
    said: set[tuple[int, int, tuple[str, ...]]] = set()
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda one: one.tier.rank):  # stable: order of the rules within a tier
        place = (finding.start, finding.end, finding.suggestions)
        if place in said and finding.suggestions:
            continue
        cells = range(finding.start, max(finding.end, finding.start + 1))
        if finding.tier is Tier.CERTAIN:
            if not taken.isdisjoint(cells):
                continue  # the next run, after the other fix, sees it again
            taken.update(cells)
        said.add(place)
        kept.append(finding)
    return tuple(sorted(kept, key=lambda one: (one.start, one.end, one.tier.rank)))


def error_rate(findings: Iterable[Finding], flat: FlatText) -> ErrorRate:
    """差错率 by 报纸期刊质量管理规定 (2020): weights as found, three times at most for the same error.

    Hints are questions, not errors, and do not count. Offences against GB/T 15835 count 1.0 at most together.
    """
    return rate_over(findings, len(flat.text) - flat.text.count("\n"))


def rate_over(findings: Iterable[Finding], characters: int) -> ErrorRate:
    """差错率 of several texts together, such as an issue: the same error counts three times at most in all of them."""
    same: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.tier is not Tier.HINT:
            same[finding.key].append(finding)
    errors = numerals = 0.0
    for group in same.values():
        weight = sum(sorted((finding.weight for finding in group), reverse=True)[:REPEATED_AT_MOST])
        if group[0].clause.startswith(NUMERAL_STANDARD):
            numerals += weight
        else:
            errors += weight
    errors += min(numerals, NUMERALS_AT_MOST)
    return ErrorRate(
        characters=characters,
        errors=round(errors, 4),
        allowed=characters * ALLOWED_PER_CHARACTER,
        per_10k=round(errors * 10_000 / characters, 4) if characters else 0.0,
    )
