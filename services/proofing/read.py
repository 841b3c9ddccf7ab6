"""Prepares a text for the rules: its lines, what in it is not Chinese, where the people are."""

import re
from collections.abc import Iterator

from models.values.article_text import FlatText, Part
from models.values.mention import EntityKind
from services.proofing.contract import HAN, Line, ProofContext, Reading, Spans

# 1. URLs and addresses; 2. host names; 3. file names. All ASCII, so that a Chinese mark always ends them.
_CODES = re.compile(
    r"(?:https?|ftp)://[!-~]+|www\.[!-~]+"
    r"|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}"
    r"|(?<![A-Za-z0-9])[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.(?:com|cn|org|net|gov|edu|io|html?)(?![A-Za-z0-9])"
    rf"|[A-Za-z0-9_{HAN}-]{{1,40}}\.(?:txt|pdf|docx?|xlsx?|pptx?|jpe?g|png|zip|mp[34]|csv|exe)(?![A-Za-z0-9])"
)
# An English passage: two or more Latin words with ASCII marks and spaces between them.
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z0-9'’&-]*(?:[ ,;:?!()./\"&-]{1,3}[A-Za-z0-9][A-Za-z0-9'’&-]*){1,200}[.?!]?")
_HEADING = re.compile(r"#{1,6}[ \t]")  # of a raw manuscript in Markdown
_TRAILING = ",;:?!."
_STRAY = frozenset(("and", "or", "the", "of", "with", "in", "for", "to", "by", "on", "at", "from"))


def read(flat: FlatText, context: ProofContext) -> Reading:
    """A reading of the text. Mentions that do not lie in it are left out."""
    text = flat.text
    codes = [_trimmed(match) for match in _CODES.finditer(text)]
    english = [match.span() for match in _ENGLISH.finditer(text) if _is_passage(match.group())]
    tagged = [one for one in context.mentions if text[one.start : one.end] == one.text]
    people = [(one.start, one.end) for one in tagged if one.kind is EntityKind.PERSON]
    bodies = [(one.start, one.end) for one in tagged if one.kind is EntityKind.ORGANISATION]
    return Reading(
        text=text,
        lines=tuple(_lines(flat)),
        context=context,
        foreign=Spans.of(codes + english),
        codes=Spans.of(codes),
        people=Spans.of(people),
        bodies=Spans.of(bodies),
    )


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    end = match.end()
    while end > match.start() and match.string[end - 1] in _TRAILING:
        end -= 1
    return match.start(), end


def _is_passage(words: str) -> bool:
    """Whether a run of Latin words is meant as such: not a stray word such as `and` beside a number."""
    return any(word not in _STRAY for word in re.findall("[A-Za-z]+", words))


def _lines(flat: FlatText) -> Iterator[Line]:
    at = 0
    for text in flat.text.split("\n"):
        part = flat.span_at(at).ref.part if flat.spans else Part.BODY
        heading = part.is_heading or _HEADING.match(text) is not None
        yield Line(start=at, end=at + len(text), text=text, part=part, heading=heading)
        at += len(text) + 1
