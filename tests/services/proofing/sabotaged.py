"""Invented newspaper pages with planted errors: read, proofed, and what was found of them.

A page is a text file. Errors are marked inline `{wrong→right|family}`; either side may be empty. The first lines may
say 日期：2023-05-20 (day of issue), 形式：广告 or 类型：internal. A line `# …` is a headline, `图：…` a caption, all
others body text.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.values.article_text import FlatText, Part, PartRef
from models.values.finding import Finding, Tier
from models.values.publication import Profile
from services.proofing.contract import ProofContext, RuleTable
from services.proofing.proof import proof

CHARACTERS = "characters"  # the family that finds wrong characters without lists: measured elsewhere
FOLDER = Path(__file__).parent / "sabotage"
_MARK = re.compile(r"\{([^{}→|]*)→([^{}→|]*)\|([^{}|]+)\}")
_PREFIXES = {"# ": Part.HEADLINE, "图：": Part.CAPTION, "署：": Part.SIGNATURE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One error at [start, end) of the wrong text."""

    start: int
    end: int
    right: str
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    name: str
    wrong: FlatText
    right: FlatText
    planted: tuple[Planted, ...]
    context: ProofContext


def pages() -> list[Page]:
    return [read_page(path) for path in sorted(FOLDER.glob("*.txt"))]


def read_page(path: Path) -> Page:
    date, advertisement, profile = None, False, Profile.NEWSPAPER
    lines: list[tuple[Part, str]] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("日期："):
            date = datetime.date.fromisoformat(line[3:])
        elif line.startswith("形式："):
            advertisement = True
        elif line.startswith("类型："):
            profile = Profile(line[3:])
        elif line:
            prefix = next((one for one in _PREFIXES if line.startswith(one)), "")
            lines.append((_PREFIXES.get(prefix, Part.BODY), line[len(prefix) :]))
    planted, wrong, right = [], [], []
    at = 0
    for index, (part, marked) in enumerate(lines):
        pieces, last, size = [], 0, at
        for match in _MARK.finditer(marked):
            pieces.append(marked[last : match.start()])
            size += match.start() - last
            planted.append(Planted(start=size, end=size + len(match[1]), right=match[2], family=match[3]))
            pieces.append(match[1])
            size += len(match[1])
            last = match.end()
        text = "".join(pieces) + marked[last:]
        ref = PartRef(part=part, index=index)
        wrong.append((ref, text))
        right.append((ref, _MARK.sub(r"\2", marked)))
        at += len(text) + 1
    context = ProofContext(date=date, profile=profile, advertisement=advertisement)
    flats = FlatText.join(wrong), FlatText.join(right)
    return Page(name=path.stem, wrong=flats[0], right=flats[1], planted=tuple(planted), context=context)


def found(page: Page, table: RuleTable) -> list[Finding]:
    return [one for one in proof(page.wrong, table, page.context) if _counts(one)]


def _counts(finding: Finding) -> bool:
    return finding.tier is not Tier.HINT and finding.rule.partition(".")[0] != CHARACTERS


def missed(page: Page, findings: Sequence[Finding]) -> Iterator[Planted]:
    for one in page.planted:
        if not any(speaks_of(finding, one, page) for finding in findings):
            yield one


def speaks_of(finding: Finding, one: Planted, page: Page) -> bool:
    """Whether a finding shows the editor this error: it touches it, or names it as the other place of a conflict."""
    if one.family == "成对" and finding.rule.startswith("pairs."):
        return page.wrong.span_at(finding.start) == page.wrong.span_at(one.start)
    places = ((finding.start, finding.end), *finding.related)
    return any(
        start < one.end + (one.start == one.end) and one.start < end + (one.start == one.end) for start, end in places
    )


def strays(page: Page, findings: Sequence[Finding]) -> list[Finding]:
    """Findings that speak of no planted error."""
    return [one for one in findings if not any(speaks_of(one, planted, page) for planted in page.planted)]


def false_alarms(page: Page, table: RuleTable) -> list[Finding]:
    """What is reported on the page as it should have been; errors without a single right form stay in it."""
    return [one for one in proof(page.right, table, page.context) if _counts(one)]


def _around(text: str, one: Planted) -> str:
    before, after = text[max(0, one.start - 8) : one.start], text[one.end : one.end + 8]
    return f"…{before}[{text[one.start : one.end]}→{one.right}]{after}".replace("\n", "¶")


def report(folder: Path, table: RuleTable) -> None:
    total = lost = size = alarms = 0
    for path in sorted(folder.glob("*.txt")):
        page = read_page(path)
        findings = found(page, table)
        gone = list(missed(page, findings))
        total += len(page.planted)
        lost += len(gone)
        size += len(page.right.text)
        text = page.wrong.text
        for one in gone:
            print(f"{page.name} missed {one.family}: {_around(text, one)}")
        for stray in strays(page, findings):
            print(f"{page.name} stray {stray.tier} {stray.rule} “{stray.text}” {stray.suggestions} {stray.message}")
        for alarm in false_alarms(page, table):
            alarms += 1
            print(f"{page.name} on the right text: {alarm.tier} {alarm.rule} “{alarm.text}” {alarm.suggestions}")
    print(f"{total - lost} of {total} found ({(total - lost) / total:.1%})")
    print(f"{alarms} alarms on {size} characters of right text")


if __name__ == "__main__":
    import sys

    from services.proofing.packs import load_rules

    report(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER, load_rules())
