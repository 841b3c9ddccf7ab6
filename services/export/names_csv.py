"""Every mention of a person, an organisation or a place as one row of a table that opens in a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from models.values.mention import EntityKind
from services.config.files import write_whole
from services.config.messages import text as words
from services.export.contract import IssueCopy

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_names(issue: IssueCopy, out: Path) -> int:
    """Writes the table; how many mentions it has. UTF-8 with a mark, or a Chinese spreadsheet takes it for GBK. Raises
    UserError; the file that was there before then stays."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(
        [words(f"export.names.{column}") for column in ("who", "kind.kind", "as", "office", "article", "page")]
    )
    rows = list(_rows(issue))
    table.writerows([_plain(cell) for cell in row] for row in rows)
    write_whole(out, written.getvalue().encode("utf-8-sig", "replace"))
    return len(rows)


def _rows(issue: IssueCopy) -> Iterator[tuple[str, ...]]:
    """In the order of the paper."""
    kinds = {kind: words(f"export.names.kind.{kind.value}") for kind in EntityKind}
    for page in issue.pages:
        for article in page.articles:
            headline = " ".join(article.text.headline.split())
            for mention in article.mentions:
                if mention.was:  # words changed: nobody has said that it is still a name
                    continue
                offices = "、".join(f"{one.organisation}{one.position}" for one in mention.offices)
                name = mention.name or mention.text
                yield name, kinds[mention.kind], mention.text, offices, headline, str(page.number)


def _plain(cell: str) -> str:
    """A cell that a spreadsheet does not reckon with: what begins like a formula is marked as text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
