"""Applies chosen fixes. Offsets are those of the text that was proofed."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.values.finding import Finding


@dataclass(frozen=True, slots=True)
class Edit:
    """[start, end) of the old text becomes `text`."""

    start: int
    end: int
    text: str


def edits(text: str, findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """The first suggestion of each finding, sorted, without overlaps: the surer, then the earlier of two that overlap.

    A finding without suggestion, or whose words no longer stand at its place, is passed over.
    """
    chosen: list[Edit] = []
    taken: set[int] = set()
    for finding in sorted(findings, key=lambda one: (one.tier.rank, one.start, -one.end)):
        if not finding.suggestions or text[finding.start : finding.end] != finding.text:
            continue
        cells = range(finding.start, max(finding.end, finding.start + 1))
        if taken.isdisjoint(cells):
            taken.update(cells)
            chosen.append(Edit(finding.start, finding.end, finding.suggestions[0]))
    return tuple(sorted(chosen, key=lambda edit: edit.start))


def apply_fixes(text: str, findings: Iterable[Finding]) -> tuple[str, tuple[Edit, ...]]:
    """The text with the fixes applied from the end backwards, and what was done, in offsets of the old text."""
    done = edits(text, findings)
    for edit in reversed(done):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text, done
