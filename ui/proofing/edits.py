"""What happens to spans when a text changes, and the changes of structure: parts, joining, splitting. Pure.

All offsets are code points of an article's flat text (ArticleText.flat), end exclusive.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from models.values.article_text import ArticleText, Paragraph, Part, PartRef
from models.values.change import Waiver
from models.values.finding import Finding
from models.values.mention import Mention, asked

MOST_COMPARED = 400  # characters of one change in which the rest of a name is looked for
FIELDS = (Part.KICKER, Part.HEADLINE, Part.DECK, Part.DATELINE, Part.SIGNATURE)


@dataclass(frozen=True, slots=True)
class Splice:
    """`text` stands in place of [start, end) of the old text."""

    start: int
    end: int
    text: str

    @property
    def growth(self) -> int:
        return len(self.text) - (self.end - self.start)


def _common_prefix(one: str, two: str) -> int:
    """Length of the common beginning, by halves: slices compare at the speed of memory."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(one: str, two: str, most: int) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == two[len(two) - middle : len(two) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def splice_between(old: str, new: str) -> Splice:
    """The one smallest replacement that makes `new` of `old`."""
    head = _common_prefix(old, new)
    tail = _common_suffix(old, new, min(len(old), len(new)) - head)
    return Splice(head, len(old) - tail, new[head : len(new) - tail])


def line_splices(old: str, new: str) -> tuple[Splice, ...]:
    """The replacements that make `new` of `old`: one a line where both have as many lines, else one in all."""
    before, after = old.split("\n"), new.split("\n")
    if len(before) != len(after):
        return (splice_between(old, new),)
    found, at = [], 0
    for one, other in zip(before, after, strict=True):
        if one != other:
            inner = splice_between(one, other)
            found.append(Splice(at + inner.start, at + inner.end, inner.text))
        at += len(one) + 1
    return tuple(found)


def moved_offset(offset: int, splices: Iterable[Splice]) -> int:
    """Where an offset of the old text lies in the new one; inside a splice it keeps its distance from the start."""
    moved = offset
    for splice in splices:
        if splice.end <= offset:
            moved += splice.growth
        elif splice.start < offset:
            moved += min(0, len(splice.text) - (offset - splice.start))
    return moved


def shift(start: int, end: int, splice: Splice) -> tuple[int, int] | None:
    """Where [start, end) lies after the splice; None when its own words changed."""
    if end <= splice.start:
        return start, end
    if start >= splice.end:
        return start + splice.growth, end + splice.growth
    return None


def carry_mentions(mentions: Iterable[Mention], old: str, new: str) -> tuple[Mention, ...]:
    """Mentions moved to where they are now; those whose words changed are asked about (Mention.was)."""
    if old == new:
        return tuple(mentions)
    splice = splice_between(old, new)
    kept, changed = [], []
    for mention in mentions:
        place = shift(mention.start, mention.end, splice)
        if place is not None and new[place[0] : place[1]] == mention.text:
            kept.append(replace(mention, start=place[0], end=place[1]))
        elif place is None and (made := _asked(mention, splice, old, new)) is not None:
            changed.append(made)
    for made in changed:
        if not any(made.start < one.end and one.start < made.end for one in kept):
            kept.append(made)
    return tuple(sorted(kept, key=lambda one: (one.start, one.end)) if changed else kept)


def _asked(mention: Mention, splice: Splice, old: str, new: str) -> Mention | None:
    """A mention that the splice reaches into; None when it went together with more than two characters beside it."""
    if max(splice.end - splice.start, len(splice.text)) > MOST_COMPARED:
        return None
    gone = old[splice.start : splice.end]
    blocks = [(0, 0, splice.start)]
    for block in SequenceMatcher(None, gone, splice.text, autojunk=False).get_matching_blocks():
        blocks.append((splice.start + block.a, splice.start + block.b, block.size))
    blocks.append((splice.end, splice.end + splice.growth, len(old) - splice.end))
    blocks = [block for block in blocks if block[2]]
    before = [block for block in blocks if block[0] < mention.start]
    behind = [block for block in blocks if block[0] + block[2] > mention.end]
    touched = any(at < mention.end and mention.start < at + size for at, _, size in blocks)
    left = before[-1][0] + before[-1][2] if before else 0
    right = behind[0][0] if behind else len(old)
    if not touched and (mention.start - left) + (right - mention.end) > 2:
        return None
    start = before[-1][1] + min(mention.start - before[-1][0], before[-1][2]) if before else 0
    end = behind[0][1] + max(mention.end - behind[0][0], 0) if behind else len(new)
    inner = [block for block in blocks if block[0] == mention.start]
    start = inner[0][1] if inner else start
    return asked(mention, start, end, new) if start < end else None


def carry_findings(findings: Iterable[Finding], old: str, new: str) -> tuple[Finding, ...]:
    """Findings whose words still stand; they live on until the next check."""
    if old == new:
        return tuple(findings)
    splice = splice_between(old, new)
    kept = []
    for finding in findings:
        place = shift(finding.start, finding.end, splice)
        if place is not None and (finding.start < finding.end or finding.start != splice.start):
            related = tuple(span for span in (shift(*pair, splice) for pair in finding.related) if span is not None)
            kept.append(replace(finding, start=place[0], end=place[1], related=related))
    return tuple(kept)


def carry_waivers(waivers: Iterable[Waiver], old: str, new: str) -> tuple[Waiver, ...]:
    """Waivers stay; those that name a place move with it."""
    if old == new:
        return tuple(waivers)
    splice = splice_between(old, new)
    moved = []
    for waiver in waivers:
        place = shift(waiver.start, waiver.start, splice) if waiver.start >= 0 else None
        moved.append(waiver if place is None else replace(waiver, start=place[0]))
    return tuple(moved)


def relocate_mentions(mentions: Iterable[Mention], old: ArticleText, new: ArticleText) -> tuple[Mention, ...]:
    """Mentions after parts were moved about: each goes where its part's words are now."""
    before, after = old.flat(), new.flat()
    if before.text == after.text:
        return tuple(mentions)
    places: dict[str, list[int]] = {}
    for span in after.spans:
        places.setdefault(after.text[span.start : span.end], []).append(span.start)
    moved: list[Mention] = []
    taken: dict[int, int] = {}
    for mention in mentions:
        span = before.span_at(mention.start)
        if span.start not in taken:
            starts = places.get(before.text[span.start : span.end], [])
            if not starts:
                return carry_mentions(mentions, before.text, after.text)
            taken[span.start] = starts.pop(0)
        by = taken[span.start] - span.start
        moved.append(replace(mention, start=mention.start + by, end=mention.end + by))
    return tuple(sorted(moved, key=lambda mention: mention.start))


def make_part(text: ArticleText, ref: PartRef, part: Part) -> ArticleText:
    """Makes the part that `ref` names into another one. A field that is taken gives its old words back to the body."""
    if ref.part is part:
        return text
    from_body = ref.part not in FIELDS
    to_body = part not in FIELDS
    body = list(text.body)
    if from_body and to_body:
        body[ref.index] = replace(body[ref.index], part=part)
        return replace(text, body=tuple(body))
    if from_body:
        words = body[ref.index].text
        old = str(getattr(text, part.value))
        if old:
            body[ref.index] = Paragraph(text=old)
        else:
            del body[ref.index]
        return _with_field(replace(text, body=tuple(body)), part, words)
    words = str(getattr(text, ref.part.value))
    if to_body:
        at = len(body) if ref.part is Part.SIGNATURE else 0
        body.insert(at, Paragraph(text=words, part=part))
        return _with_field(replace(text, body=tuple(body)), ref.part, "")
    old = str(getattr(text, part.value))
    return _with_field(_with_field(text, part, words), ref.part, old)


def _with_field(text: ArticleText, part: Part, words: str) -> ArticleText:
    fields: dict[str, str] = {part.value: words}
    return replace(text, **fields)  # type: ignore[arg-type]


def join(text: ArticleText, index: int) -> ArticleText:
    """Paragraph `index` and the one after it become one; the same text where there is none after it."""
    if not 0 <= index < len(text.body) - 1:
        return text
    first, second = text.body[index], text.body[index + 1]
    one = replace(first, text=first.text + second.text)
    return replace(text, body=(*text.body[:index], one, *text.body[index + 2 :]))


def split(text: ArticleText, index: int, offset: int) -> ArticleText:
    """Paragraph `index` ends at code point `offset`; the rest becomes a paragraph of the body."""
    whole = text.body[index]
    if not 0 < offset < len(whole.text):
        return text
    halves = (replace(whole, text=whole.text[:offset]), Paragraph(text=whole.text[offset:].lstrip("\u3000 ")))
    return replace(text, body=(*text.body[:index], *halves, *text.body[index + 1 :]))
