"""Lines → items: whole paragraphs, column breaks and hard wraps healed, and headings that carry no mark found.

1. Every line gets the kind its own words give (shapes).
2. Runs of lines of one column measure are joined (hard wraps).
3. A line without a terminal mark goes on in the next, unless it is a heading by its surroundings.
"""

import re
from dataclasses import dataclass

from models.values.article_text import Part
from services.intake.bylines import dateline_end
from services.intake.lines import PLAIN_LOOK, Line, Look
from services.intake.seams import glue, runs_on
from services.intake.shapes import (
    Kind,
    bare_name,
    ends_sentence,
    ends_softly,
    headish,
    is_numbered,
    kind_of,
    opens_news,
    starts_anew,
    width,
)
from services.intake.traced import Traced, join_with


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph or heading. `seams` are offsets in `text` at which two lines were joined."""

    kind: Kind
    text: Traced
    seams: tuple[int, ...] = ()
    look: Look = PLAIN_LOOK
    gap: int = 0
    parted: bool = False
    label: Part | None = None


@dataclass(slots=True)
class _Chunk:
    """Lines that belong together; `full`: the last of them fills its column."""

    lines: list[Line]
    kind: Kind
    wrapped: bool = False
    verse: bool = False  # a line of its own that is neither a heading nor the start of a paragraph

    @property
    def text(self) -> str:
        return self.lines[-1].text.text if len(self.lines) == 1 else "".join(line.text.text for line in self.lines)

    @property
    def first(self) -> Line:
        return self.lines[0]


def items_of(lines: list[Line]) -> list[Item]:
    """The manuscript's paragraphs and headings in order."""
    chunks = _unwrap([(line, kind_of(line)) for line in lines])
    for chunk in chunks:
        chunk.verse = chunk.verse or chunk.first.boxed
    _name_labels(chunks)
    _find_heads(chunks)
    return _heal(chunks)


def _name_labels(chunks: list[_Chunk]) -> None:
    for chunk in chunks:
        label = chunk.first.label
        if label in (Part.HEADLINE, Part.KICKER, Part.DECK, Part.CROSSHEAD):
            chunk.kind = Kind.HEAD
        elif label is Part.SIGNATURE:
            chunk.kind = Kind.SIGNATURE
        elif label is Part.CAPTION:
            chunk.kind = Kind.CAPTION


# -- hard wraps --------------------------------------------------------------------------------------------------------
_SAYS = re.compile(r"(?:说|表示|介绍|记者|认为|指出|强调|坦言|道|要求|提出|时)[：:]\Z")
_SPEAKS = re.compile(r"(?:[^学听小诉]说|表示|介绍|[告诉对]记者|认为|指出|强调|坦言|[说笑问答]道|透露|回忆|感慨|写道)\Z")
_FAR = 8  # heading lines that one article may have
_RUNNING = (Kind.TEXT, Kind.DATELINE, Kind.NOTE, Kind.CAPTION)


def _unwrap(typed: list[tuple[Line, Kind]]) -> list[_Chunk]:
    """Chunks, with the lines of a column joined wherever a stretch of running lines shows one measure."""
    chunks: list[_Chunk] = []
    at = 0
    while at < len(typed):
        end = at
        while end < len(typed) and typed[end][1] in _RUNNING and not (end > at and typed[end][0].parted):
            end += 1
        if end == at:
            chunks.append(_Chunk([typed[at][0]], typed[at][1]))
            at += 1
            continue
        headed = at > 0 and typed[at - 1][1] in (Kind.HEAD, Kind.SIGNATURE)
        chunks.extend(_unwrap_stretch(typed[at:end], headed=headed))
        at = end
    return chunks


def _measure(lines: list[Line]) -> float:
    """Width of the column in ems when the lines are hard-wrapped at one, else 0."""
    if len(lines) < 3:
        return 0.0
    widths = sorted(width(line.text.text) + 2 * line.indented for line in lines)
    measure = widths[min(len(widths) - 1, int(len(widths) * 0.85))]
    if not 8 <= measure <= 48:
        return 0.0
    full = [line for line in lines if width(line.text.text) + 2 * line.indented >= measure - 2.1]
    open_ended = sum(
        not ends_softly(line.text.text) and not line.text.text.endswith(("，", ",", "、")) for line in full
    )
    if widths[-1] > measure + 4 or len(full) < 2:
        return 0.0
    return measure if len(full) >= 0.45 * len(lines) and open_ended >= 0.55 * len(full) else 0.0


def _unwrap_stretch(typed: list[tuple[Line, Kind]], *, headed: bool) -> list[_Chunk]:
    measure = _measure([line for line, _ in typed])
    indents = any(line.indented for line, _ in typed[1:])
    gaps = {line.gap > 0 for line, _ in typed[1:]}
    chunks: list[_Chunk] = []
    for line, kind in typed:
        last = chunks[-1] if chunks else None
        if last and measure and _goes_on(last, line, kind, measure, indents=indents, gaps=len(gaps) == 2):
            last.lines.append(line)
            last.wrapped = True
        else:
            chunks.append(_Chunk([line], kind))
    if not measure:
        _mark_verse(chunks, headed=headed)
    return chunks


def _mark_verse(chunks: list[_Chunk], *, headed: bool) -> None:
    """Four or more short lines without marks at their ends, most of them close together: a poem, a list of names.
    `headed`: its title stands in front, so that the first line is already verse."""
    texts = [chunk.text for chunk in chunks]
    if len(texts) < 4 or any(chunk.kind is not Kind.TEXT for chunk in chunks) or max(map(width, texts)) > 24:
        return
    bare = sum(text[-1] not in "。！？，；：,;:!?、…" for text in texts)
    close = sum(chunk.first.gap == 0 for chunk in chunks[1:])
    if bare < 0.7 * len(texts) or close < 0.5 * len(texts):
        return
    body = 0 if headed else next((i for i, chunk in enumerate(chunks[1:4], 1) if chunk.first.gap), 1)  # after title
    for chunk in chunks[body:]:
        chunk.verse = True


def _goes_on(last: _Chunk, line: Line, kind: Kind, measure: float, *, indents: bool, gaps: bool) -> bool:
    before = last.lines[-1]
    if kind is not Kind.TEXT or line.label or before.boxed:
        return False
    filled = width(before.text.text) + 2 * before.indented >= measure - 2.1
    ended = ends_sentence(before.text.text)
    if not filled:
        return False
    if line.indented and indents:
        return False
    if line.gap and gaps and (ended or _stands_alone(last, line)):
        return False
    return not (ended and line.gap > 1)


def _stands_alone(last: _Chunk, line: Line) -> bool:
    """A heading-like line with a blank line behind it, where blank lines mean something."""
    text = last.lines[0].text.text
    return len(last.lines) == 1 and last.kind is Kind.TEXT and headish(text) and not runs_on(text, line.text.text)


# -- headings without a mark -------------------------------------------------------------------------------------------
def _find_heads(chunks: list[_Chunk]) -> None:
    """Turns TEXT chunks into HEAD where the surroundings say so. Decided from the end, since what follows decides."""
    marked = any(chunk.first.look.level for chunk in chunks)
    for at in range(len(chunks) - 1, -1, -1):
        chunk = chunks[at]
        if at and _is_author(chunk, chunks, at):
            chunk.kind = Kind.SIGNATURE
            continue
        if _is_open_kicker(chunks, at):
            chunk.kind = Kind.HEAD
            continue
        if (
            chunk.kind is Kind.TEXT
            and not chunk.wrapped
            and not chunk.verse
            and not chunk.first.label
            and headish(chunk.text)
        ):
            previous = chunks[at - 1] if at else None
            following = chunks[at + 1] if at + 1 < len(chunks) else None
            if _is_head(chunk, previous, following, chunks, at) and not (
                following is not None
                and following.kind is Kind.TEXT
                and _broken_off(chunk, previous, limit=_LONG if marked else _LONGER)
            ):
                chunk.kind = Kind.HEAD


def _is_open_kicker(chunks: list[_Chunk], at: int) -> bool:
    """何长林在会议上强调： over a heading that leads to a message head; at the top or after a finished paragraph."""
    chunk = chunks[at]
    if chunk.kind is not Kind.TEXT or chunk.wrapped or at + 1 >= len(chunks) or chunks[at + 1].kind is not Kind.HEAD:
        return False
    text = chunk.text
    if not _SAYS.search(text) or "。" in text or width(text) > 36:
        return False
    free = at == 0 or chunks[at - 1].kind not in _RUNNING or ends_sentence(chunks[at - 1].text)
    return free and (at == 0 or chunks[at + 1].first.look.level > 0 or _leads_to_dateline(chunks, at + 1))


def _is_author(chunk: _Chunk, chunks: list[_Chunk], at: int) -> bool:
    """A line that is a name and stands under a heading, a text after it."""
    if chunk.kind is not Kind.TEXT or chunk.wrapped or chunk.verse or at + 1 >= len(chunks):
        return False
    before = chunks[at - 1]
    headed = before.kind is Kind.HEAD or (before.kind is Kind.TEXT and headish(before.text) and not before.wrapped)
    return headed and bare_name(chunk.text) and (before.first.look.level > 0 or _heads_so_far(chunks, at))


def _is_head(chunk: _Chunk, previous: _Chunk | None, following: _Chunk | None, chunks: list[_Chunk], at: int) -> bool:
    text = chunk.text
    look = chunk.first.look
    unfinished = previous is not None and previous.kind in (Kind.TEXT, Kind.DATELINE) and not ends_softly(previous.text)
    if (
        text.startswith(("——", "──", "--"))
        and previous is not None
        and (previous.kind is Kind.HEAD or (previous.kind is Kind.TEXT and headish(previous.text)))
    ):
        return True
    if following is None:
        return previous is None or (chunk.first.parted and not ends_sentence(text))
    asks = ends_sentence(text)
    if unfinished and previous is not None and (runs_on(previous.text, text) or not headish(previous.text)):
        # The paragraph before is open: a heading only when a message head or a byline follows right here.
        if not (
            following.kind is Kind.DATELINE or (following.kind is Kind.HEAD and _leads_to_dateline(chunks, at + 1))
        ):
            return is_numbered(text) and not asks
        if previous is not None and runs_on(previous.text, text):
            return False
    if following.kind is Kind.DATELINE:
        return True
    if following.kind is Kind.HEAD:
        return not asks or _leads_to_dateline(chunks, at + 1)
    if following.kind is Kind.SIGNATURE:
        return not asks and _heads_so_far(chunks, at)
    if following.kind in (Kind.SECTION, Kind.FURNITURE):
        return previous is None
    if asks and not (previous is None or look.bold or look.centred or previous.kind is Kind.SIGNATURE):
        return False
    if opens_news(text) and not is_numbered(text):
        return False
    if following.kind is Kind.TEXT and runs_on(text, following.text):
        return False
    return following.kind in (Kind.TEXT, Kind.NOTE, Kind.CAPTION)


_LONG, _LONGER = 18.0, 30.0  # ems that a crosshead without a mark may have: beside marked headings, and elsewhere


def _broken_off(chunk: _Chunk, previous: _Chunk | None, *, limit: float) -> bool:
    """In the middle of a text, a line of a sentence's shape that has no look of its own: the start of a paragraph
    that a column broke off. Two balanced halves (强组织，聚合力) are a crosshead all the same."""
    first = chunk.first
    if previous is None or first.parted or first.gap >= 2:
        return False
    headed = previous.kind is Kind.HEAD and previous.first.look.level > 0 and first.look.level == 0
    if not headed and previous.kind not in (Kind.TEXT, Kind.DATELINE):
        return False
    if first.look.bold or first.look.centred or first.look.size > previous.first.look.size or is_numbered(chunk.text):
        return False
    if _SPEAKS.search(chunk.text) and width(chunk.text) > 8:
        return True
    if not headed and width(chunk.text) > limit and ends_sentence(previous.text):
        return True
    halves = re.split(r"[,，]", chunk.text)
    if len(halves) == 1 or (not headed and not ends_sentence(previous.text)):
        return False
    wide = [width(half) for half in halves]
    balanced = max(wide) <= 13 and max(wide) - min(wide) <= 2
    return not balanced and (len(halves) > 2 or not headed)  # a deck may have two halves


def _heads_so_far(chunks: list[_Chunk], at: int) -> bool:
    """Nothing but heading-like lines since the start, a rule or a signature."""
    for _ in range(_FAR):
        if at == 0 or chunks[at].first.parted:
            return True
        before = chunks[at - 1]
        if before.kind in (Kind.SIGNATURE, Kind.SECTION, Kind.FURNITURE, Kind.NOTE):
            return True
        if before.kind is not Kind.HEAD and not (before.kind is Kind.TEXT and headish(before.text)):
            return False
        at -= 1
    return False


def _leads_to_dateline(chunks: list[_Chunk], at: int) -> bool:
    far = at + _FAR
    while at < min(len(chunks), far) and chunks[at].kind in (Kind.HEAD, Kind.SIGNATURE):
        at += 1
    return at < len(chunks) and chunks[at].kind is Kind.DATELINE


# -- column breaks -----------------------------------------------------------------------------------------------------
def _heal(chunks: list[_Chunk]) -> list[Item]:
    """Joins chunks across column breaks and makes the items."""
    items: list[Item] = []
    group: list[_Chunk] = []

    def close() -> None:
        if group:
            items.append(_item(group))
            group.clear()

    aside: list[_Chunk] = []  # captions that stand in the middle of a sentence: put behind its paragraph
    for chunk, after in zip(chunks, [*chunks[1:], None], strict=True):
        if group and _continues(group[-1], chunk):
            group.append(chunk)
            continue
        if group and after and chunk.kind is Kind.CAPTION and not aside and _continues(group[-1], after):
            aside.append(chunk)
            continue
        close()
        items.extend(_item([each]) for each in aside)
        aside.clear()
        if chunk.kind in _RUNNING:
            group.append(chunk)
        else:
            items.append(_item([chunk]))
    close()
    items.extend(_item([each]) for each in aside)
    return items


def _continues(last: _Chunk, chunk: _Chunk) -> bool:
    if chunk.kind is Kind.DATELINE and last.kind is Kind.DATELINE and len(last.text) < 24:
        return chunk.text[0] in "（(" and dateline_end(last.text) == len(last.text)  # 本报讯 / （记者 甲）…
    if chunk.kind is not Kind.TEXT or chunk.verse or chunk.first.label or chunk.first.parted:
        return False
    if starts_anew(chunk.text):
        return False
    return _open(last) or _halts(last.text, chunk.text)


def _halts(before: str, after: str) -> bool:
    """A column ended behind ； or behind the ： that opens a speech. Lists, whose items end so, stay as they are."""
    if before.endswith(("；", ";")):
        return not starts_anew(before) and not after.endswith(("；", ";")) and ends_sentence(after) and len(before) > 16
    return after.startswith("“") and _SPEAKS.search(before.rstrip("：:")) is not None and before[-1:] in "：:"


def _open(chunk: _Chunk) -> bool:
    """The chunk breaks off: no mark that ends a paragraph or introduces a list."""
    return (
        chunk.kind in (Kind.TEXT, Kind.DATELINE, Kind.NOTE)
        and not chunk.verse
        and not ends_softly(chunk.text)
        and not chunk.text.startswith("|")
    )


def _item(group: list[_Chunk]) -> Item:
    lines = [line for chunk in group for line in chunk.lines]
    first = group[0]
    if len(lines) == 1:
        return Item(first.kind, lines[0].text, (), lines[0].look, lines[0].gap, lines[0].parted, lines[0].label)
    parts: list[tuple[Traced, str]] = []
    seams: list[int] = []
    at = 0
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        between = glue(line.text.text, after.text.text) if after else ""
        parts.append((line.text, between))
        at += len(line.text.text) + len(between)
        seams.append(at)
    head = lines[0]
    return Item(first.kind, join_with(parts), tuple(seams[:-1]), head.look, head.gap, head.parted, head.label)
