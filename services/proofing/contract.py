"""What a rule is: a record with a clause, examples and one pure function from a `Reading` to hits.

In: `Reading`, the text with what every rule needs to know of it (lines, foreign runs, people). Out: `Hit`s, which the
engine (proof.py) turns into findings: it adds tier, weight and message, doubles the weight in headings and keeps
every rule but the name rules away from the names of people.
"""

import datetime
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from models.values.article_text import Byline, FlatText, Form, Part, PartRef
from models.values.finding import Tier
from models.values.ids import EntityId
from models.values.mention import KnownEntity, Mention, Office
from models.values.publication import Profile

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"  # for use inside a character class
CJK_MARKS = "，。、；：？！“”‘’（）《》〈〉【】「」『』〔〕—…·～"
_REACH = 16  # characters that a look around passes over at most
_HAN_CHARACTER = re.compile(f"[{HAN}]")


def is_han(character: str) -> bool:
    return bool(character) and _HAN_CHARACTER.match(character) is not None


def is_chinese(character: str) -> bool:
    """A Han character or a mark that only Chinese text has."""
    return is_han(character) or (bool(character) and character in CJK_MARKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A person as another article of the issue has it; `where` names the article for people."""

    name: str
    offices: tuple[Office, ...]
    where: str
    entity: EntityId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """What a text counts: 排查隐患, 项, 163, and whether that is near (约、近、超); `where` names the article."""

    label: str
    unit: str
    number: str
    near: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofContext:
    """What is known beside the text; everything is optional."""

    mentions: tuple[Mention, ...] = ()
    known: tuple[KnownEntity, ...] = ()
    bylines: tuple[Byline, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()  # people of the other articles
    quantities: tuple[Quantity, ...] = ()  # what these articles count
    date: datetime.date | None = None  # day of issue
    profile: Profile = Profile.NEWSPAPER
    allowed: frozenset[str] = frozenset()  # Finding.key of waived findings, or words that are never flagged
    form: Form = Form.NEWS
    advertisement: bool = False  # 广告: advertising law applies; a text that says 广告 at its head is one too


@dataclass(frozen=True, slots=True)
class Spans:
    """Sorted spans that do not overlap, for quick questions."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> "Spans":
        starts: list[int] = []
        ends: list[int] = []
        for start, end in sorted(spans):
            if ends and start < ends[-1]:
                ends[-1] = max(ends[-1], end)
            else:
                starts.append(start)
                ends.append(end)
        return cls(tuple(starts), tuple(ends))

    def touches(self, start: int, end: int) -> bool:
        """Whether [start, end) shares a character with one of the spans."""
        at = bisect_left(self.ends, start + 1)
        return at < len(self.starts) and self.starts[at] < end


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph: code points [start, end) of the text."""

    start: int
    end: int
    text: str
    part: Part
    heading: bool  # a heading part, or a line that begins with # in a raw manuscript


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text prepared for the rules."""

    text: str
    lines: tuple[Line, ...]
    context: ProofContext
    foreign: Spans  # URLs, addresses, file names, English passages
    codes: Spans  # URLs, addresses and file names only
    people: Spans
    bodies: Spans = Spans()  # organisations that are tagged: nothing changes their characters unasked

    @property
    def is_advertisement(self) -> bool:
        """Whether the context says so, or a line at the head or the foot says nothing but 广告."""
        lines = [line.text.strip("#　 （）()【】[]") for line in self.lines]
        return self.context.advertisement or "广告" in (*lines[:3], *lines[-1:])

    def line_at(self, offset: int) -> Line:
        at = bisect_left(self.lines, offset + 1, key=lambda line: line.start) - 1
        return self.lines[max(at, 0)]

    def before(self, offset: int, skip: str = "") -> str:
        """The character before the offset, characters of `skip` passed over; "" at the start of the line."""
        at, least = offset - 1, offset - _REACH
        while at >= max(0, least) and self.text[at] in skip:
            at -= 1
        return self.text[at] if at >= 0 and self.text[at] != "\n" else ""

    def after(self, offset: int, skip: str = "") -> str:
        """The character at or after the offset, characters of `skip` passed over; "" at the end of the line."""
        at, size = offset, len(self.text)
        while at < min(size, offset + _REACH) and self.text[at] in skip:
            at += 1
        return self.text[at] if at < size and self.text[at] != "\n" else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a rule saw at [start, end). `values` fill the {places} of the rule's message."""

    start: int
    end: int
    suggestions: tuple[str, ...] = ()
    related: tuple[tuple[int, int], ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    tier: Tier | None = None  # lower than the rule's own where the case is less clear


Find = Callable[[Reading], Iterable[Hit]]


class RuleTimeout(Exception):
    """A pattern of a rule took longer than it may on this text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text that a rule must hit (wrong) or must leave alone (right), with what it needs to be known."""

    text: str
    context: ProofContext = ProofContext()
    part: Part = Part.BODY

    def flat(self) -> FlatText:
        lines = self.text.split("\n")
        return FlatText.join([(PartRef(part=self.part, index=i), line) for i, line in enumerate(lines)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `titles` and `messages` are by language, Chinese always there."""

    id: str  # "family.name"
    tier: Tier
    weight: float
    clause: str
    titles: Mapping[str, str]
    messages: Mapping[str, str]
    wrong: tuple[Example, ...]
    right: tuple[Example, ...]
    find: Find
    file: str = ""
    line: int = 0
    profiles: tuple[Profile, ...] = ()  # empty: every profile
    advertisements: bool = False  # for advertisements only

    @property
    def family(self) -> str:
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFault:
    """A rule or a pack that is switched off, and why. `line` is 0 where it is not known."""

    file: str
    line: int
    rule: str  # "" when the whole file cannot be read
    reason: str  # in words for people


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleReport:
    """What runs, what was switched off by a house pack, what is broken."""

    running: tuple[str, ...]
    off: tuple[str, ...] = ()
    broken: tuple[RuleFault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTable:
    """The rules in the order in which they speak, and the report of loading them."""

    rules: tuple[Rule, ...]
    report: RuleReport

    def rule(self, id: str) -> Rule:
        """Raises KeyError for a rule that does not run."""
        for rule in self.rules:
            if rule.id == id:
                return rule
        raise KeyError(id)
