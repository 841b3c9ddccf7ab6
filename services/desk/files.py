"""Files and lines without a store: what `receive`, `proof` and `tag` of the command line ask for.

A file is received first; each article is proofed and tagged on its own flat text, where column breaks are healed and
parts are known, and what is found is led back to the decoded text by the article's origin. Text outside of every
article (slogans, leftovers) is read as plain lines.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.values.article_text import FlatText, OffsetMap, OriginRun, ReceivedArticle, Reception
from models.values.finding import Finding, Tier
from models.values.mention import KnownEntity, Mention
from services.desk.intake import receive_path
from services.desk.shapes import finding_json, findings_json, mention_json, mentions_json, reception_json

if TYPE_CHECKING:
    from services.proofing.contract import ProofContext, RuleTable

__all__ = [
    "Fixed",
    "House",
    "finding_json",
    "fix_file",
    "mention_json",
    "proof_file",
    "proof_text",
    "receive_file",
    "reception_json",
    "tag_file",
    "tag_text",
]

_WORDS = re.compile(r"\w")  # a gap without any (marks of headings, rules of dashes) is not read


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """The decoded text with fixes applied, and how many."""

    text: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A text to read, with its way back to the decoded text; `article` None for a line outside of the articles."""

    flat: FlatText
    origin: OffsetMap
    article: ReceivedArticle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A finding in offsets of the decoded text; `exact` where its words stand there whole and in one piece."""

    finding: Finding
    exact: bool


def receive_file(path: Path, encoding: str | None = None) -> Reception:
    """What the file holds. Raises UserError."""
    return receive_path(Path(path), encoding)[1]


@dataclass(frozen=True, slots=True)
class House:
    """What a store knows beside the file: rules (its own among them), words never flagged, names for a text."""

    rules: "RuleTable"
    allowed: frozenset[str]
    known: Callable[[str], tuple[KnownEntity, ...]]


def proof_file(
    path: Path, tier: Tier = Tier.LIKELY, encoding: str | None = None, house: House | None = None
) -> dict[str, Any]:
    """The findings of a file, those of the tier and the surer ones, in offsets of its decoded text; with `house` as
    that house's desk would find them."""
    from services.proofing.proof import error_rate

    reception = receive_file(path, encoding)
    found = [one.finding for one in proof_reception(reception, house) if tier.includes(one.finding.tier)]
    rate = error_rate(found, FlatText.plain(reception.text))
    return findings_json(reception.file, len(reception.text), found, rate)


def fix_file(path: Path, tier: Tier = Tier.CERTAIN, encoding: str | None = None, house: House | None = None) -> Fixed:
    """The decoded text with every finding of the tier (and surer) fixed that has a fix, nothing else touched."""
    from services.proofing.settle import apply_fixes

    reception = receive_file(path, encoding)
    findings = [
        one.finding for one in proof_reception(reception, house) if one.exact and tier.includes(one.finding.tier)
    ]
    fixed, edits = apply_fixes(reception.text, findings)
    return Fixed(text=fixed, count=len(edits))


def tag_file(path: Path, encoding: str | None = None) -> dict[str, Any]:
    """The mentions of a file in offsets of its decoded text; one that a column break cuts in two is left out."""
    reception = receive_file(path, encoding)
    placed: list[Mention] = []
    stretches = list(stretches_of(reception))
    for stretch, mentions in zip(stretches, _mentions(stretches), strict=True):
        for mention in mentions:
            span = stretch.origin.span_to_source(mention.start, mention.end)
            if span is not None:
                placed.append(replace(mention, start=span[0], end=span[1]))
    placed.sort(key=lambda mention: (mention.start, mention.end))
    return mentions_json(reception.file, placed)


def proof_text(text: str, house: House | None = None) -> tuple[Finding, ...]:
    """Findings of plain text, every line a paragraph.

    No names are looked for first: a lone line gives the tagger too little to tell a name from a slip, and it would
    take twenty times as long.
    """
    from services.proofing.proof import proof

    return proof(FlatText.plain(text), _rules() if house is None else house.rules, _context(text, (), house))


def tag_text(text: str) -> tuple[Mention, ...]:
    """Mentions in plain text, every line a paragraph."""
    from services.tagging.tag import tag

    return tag(FlatText.plain(text))


def _context(words: str, mentions: tuple[Mention, ...], house: House | None) -> "ProofContext":
    from services.proofing.contract import ProofContext

    if house is None:
        return ProofContext(mentions=mentions)
    return ProofContext(mentions=mentions, known=house.known(words), allowed=house.allowed)


def proof_reception(reception: Reception, house: House | None = None) -> tuple[Placed, ...]:
    """Everything found in a manuscript, in order, in offsets of its decoded text."""
    from services.proofing.proof import proof

    rules = _rules() if house is None else house.rules
    placed: list[Placed] = []
    stretches = list(stretches_of(reception))
    for stretch, mentions in zip(stretches, _mentions(stretches, house), strict=True):
        context = _context(stretch.flat.text, mentions, house)
        if stretch.article is not None:
            content = stretch.article.text
            context = replace(context, bylines=content.bylines + content.credits, form=content.form)
        placed += [_place(one, stretch.origin, reception.text) for one in proof(stretch.flat, rules, context)]
    placed.sort(key=lambda one: (one.finding.start, one.finding.end, one.finding.tier.rank))
    return tuple(placed)


def stretches_of(reception: Reception) -> Iterator[Stretch]:
    """The articles of a manuscript, then what lies outside of them, line by line."""
    covered: list[tuple[int, int]] = []
    for article in reception.articles:
        yield Stretch(flat=article.text.flat(), origin=article.origin, article=article)
        covered += [(run.source, run.source + run.length) for run in article.origin.runs]
    for start, end in _gaps(reception.text, sorted(covered)):
        words = reception.text[start:end]
        origin = OffsetMap(runs=(OriginRun(start=0, source=start, length=len(words)),))
        yield Stretch(flat=FlatText.plain(words), origin=origin)


def _gaps(text: str, covered: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pieces of lines that no run covers and that hold words."""
    at = 0
    for start, end in [*covered, (len(text), len(text))]:
        for piece in re.finditer(r"[^\n]+", text[at : max(at, start)]):
            words = piece.group()
            if _WORDS.search(words):
                lead = len(words) - len(words.lstrip(" #*　\t"))
                yield at + piece.start() + lead, at + piece.end()
        at = max(at, end)


def _mentions(stretches: Sequence[Stretch], house: House | None = None) -> tuple[tuple[Mention, ...], ...]:
    from services.tagging.tag import TagContext, tag_many

    if not stretches:
        return ()
    signed = [
        byline
        for stretch in stretches
        if stretch.article is not None
        for byline in stretch.article.text.bylines + stretch.article.text.credits
    ]
    known = () if house is None else house.known("\n".join(stretch.flat.text for stretch in stretches))
    context = TagContext(bylines=tuple(dict.fromkeys(signed)), known=known)
    return tag_many([stretch.flat for stretch in stretches], context)


def _place(finding: Finding, origin: OffsetMap, text: str) -> Placed:
    """The finding at its place in the decoded text; one that a healed break cuts is shown from where it begins."""
    span = origin.span_to_source(finding.start, finding.end)
    related = tuple(place for one in finding.related if (place := origin.span_to_source(*one)) is not None)
    if span is not None and text[span[0] : span[1]] == finding.text:
        return Placed(finding=replace(finding, start=span[0], end=span[1], related=related), exact=True)
    start, end = nearest(origin, finding.start, finding.end)
    return Placed(finding=replace(finding, start=start, end=end, text=text[start:end], related=related), exact=False)


def nearest(origin: OffsetMap, start: int, end: int) -> tuple[int, int]:
    """The first piece of [start, end) that the source holds; the place before it where it holds none."""
    at = start
    while at < end and origin.to_source(at) is None:
        at += 1
    first = origin.to_source(at) if at < end else None
    if first is None:
        before = next((place for back in range(start - 1, -1, -1) if (place := origin.to_source(back)) is not None), -1)
        return before + 1, before + 1
    length = 1
    while at + length < end and origin.to_source(at + length) == first + length:
        length += 1
    return first, first + length


@cache
def _rules() -> "RuleTable":
    from services.proofing.proof import load_rules

    return load_rules()
