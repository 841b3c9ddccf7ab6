"""Fixes applied to an article: on its flat text, part by part, so that no fix ever runs over the end of a part."""

from collections.abc import Sequence
from dataclasses import replace

from models.values.article_text import ArticleText, Paragraph, PartRef
from models.values.change import Waiver
from models.values.finding import Finding


def fix_text(text: ArticleText, findings: Sequence[Finding]) -> tuple[ArticleText, tuple[tuple[int, int], ...]]:
    """The article with the first suggestion of each finding applied, and the moves (place in the old flat text, length
    gained there). A finding that does not lie within one part is passed over. Bylines are not derived here."""
    from services.proofing.settle import apply_fixes

    changed: dict[PartRef, str] = {}
    moves: list[tuple[int, int]] = []
    flat = text.flat()
    for span in flat.spans:
        inside = [
            replace(one, start=one.start - span.start, end=one.end - span.start, related=())
            for one in findings
            if span.start <= one.start and one.end <= span.end and one.suggestions
        ]
        if not inside:
            continue
        words, done = apply_fixes(flat.text[span.start : span.end], inside)
        changed[span.ref] = words.replace("\n", "")  # a part is one line
        moves += [(span.start + edit.end, len(edit.text) - (edit.end - edit.start)) for edit in done]
    return with_parts(text, changed), tuple(moves)


def with_parts(text: ArticleText, changed: dict[PartRef, str]) -> ArticleText:
    """The article with the words of some of its parts replaced."""
    body = list(text.body)
    heads: dict[str, str] = {}
    for ref, words in changed.items():
        if ref.part.value in ("body", "crosshead", "caption"):
            body[ref.index] = Paragraph(text=words, part=ref.part)
        else:
            heads[ref.part.value] = words
    return replace(text, body=tuple(body), **heads)  # type: ignore[arg-type]  # all of these are text


def moved(waivers: Sequence[Waiver], moves: Sequence[tuple[int, int]]) -> tuple[Waiver, ...]:
    """The waivers with their places carried over the moves of `fix_text`."""
    return tuple(
        replace(waiver, start=waiver.start + sum(gain for at, gain in moves if at <= waiver.start))
        if waiver.start >= 0
        else waiver
        for waiver in waivers
    )
