"""Word files to read and to keep: every article in one column on A4, page by page of the paper.

The archive holds each article as it went to press with true revisions against the manuscript as received, comments for
what was let stand and why, and an index of people and organisations; the clean manuscript is for its author to read.
"""

import datetime
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.values.template import FontRole, PageTemplate, TypeStyle
from services.config.errors import UserError
from services.config.messages import text as words
from services.export.contract import ArticleCopy, IssueCopy, PageCopy, RemovedCharacter
from services.export.docx.article import picture_paragraphs
from services.export.docx.article_paragraphs import Numbers, article_paragraphs
from services.export.docx.elements import paragraph
from services.export.docx.issue import Section, fill, folio_header, new_document, removed_in, save
from services.export.docx.name_index import index_paragraphs
from services.jobs.job import JobContext

SHEET = PageTemplate(
    name="manuscript",
    title="A4",
    width=595.3,
    height=841.9,
    left=72.0,
    top=78.0,
    columns=1,
    column_width=451.3,
    gutter=12.0,
    rows=31,
    leading=22.0,
    baseline=16.0,
    body=TypeStyle(role=FontRole.SONG, size=12, leading=22),
    caption=TypeStyle(role=FontRole.KAI, size=10.5, leading=18),
    heading_steps=(22, 20, 18),
    folio_top=36.0,
)


def write_manuscripts(
    issue: IssueCopy,
    out: Path,
    context: JobContext | None = None,
    *,
    revisions: bool,
    index: bool,
    stamp: datetime.datetime | None = None,
) -> tuple[RemovedCharacter, ...]:
    """Writes the issue; returns the characters that no Word file can hold, which stand there by name.

    With `stamp` the same issue gives the same bytes. Raises UserError (no page, a picture damaged, a full disk) and
    Cancelled; the file that was there before then stays.
    """
    if not issue.pages:
        raise UserError("export.no_pages", file=out.name)
    job = context or JobContext()
    job.check()
    document = new_document(SHEET)
    numbers, removed, sections = Numbers(), list[RemovedCharacter](), list[Section]()
    for at, page in enumerate(issue.pages):
        job.check()
        job.tell(at, len(issue.pages), words("export.page_step", page=page.number))
        dropped: Counter[str] = Counter()
        sheet = replace(page, template=SHEET)
        section = Section(template=SHEET, headers={"default": folio_header(issue, sheet, document.part, dropped)})
        section.first_page = page.number
        removed += removed_in(dropped, "")
        for place, article in enumerate(page.articles):
            job.check()
            dropped.clear()
            if place:
                section.paragraphs.append(paragraph("Divider"))
            section.paragraphs += _article(article, sheet, document, numbers, dropped, revisions, index)
            removed += removed_in(dropped, article.text.headline)
        section.paragraphs.append(paragraph("PageStart"))  # it carries the section; no change may touch it
        sections.append(section)
    if index:
        last = list(index_paragraphs(issue.pages))
        if last:
            header = folio_header(issue, replace(issue.pages[-1], template=SHEET), document.part, Counter(), index=True)
            sections.append(Section(template=SHEET, headers={"default": header}, paragraphs=last))
    fill(document.element.body, sections)
    save(document, issue, out, job, stamp)
    return tuple(removed)


def _article(
    article: ArticleCopy,
    page: PageCopy,
    document: Any,
    numbers: Numbers,
    dropped: Counter[str],
    revisions: bool,
    index: bool,
) -> list[Any]:
    """The article; its pictures stand after the paragraph with the dateline, or before the first of the text."""
    found = article_paragraphs(
        article, numbers, document.comments if revisions else None, dropped, revisions=revisions, index=index
    )
    pictures: list[Any] = []
    for picture in article.pictures:
        name = words("export.picture_of", headline=article.text.headline, page=page.number)
        pictures += picture_paragraphs(picture, document.part, page.template, name, dropped)
    standing = (at for at, (_, style, stands) in enumerate(found) if stands and style == "BodyText")
    first = next(standing, len(found) - 1) + bool(article.text.dateline.strip())
    made = [one for one, _, _ in found]
    return [*made[:first], *pictures, *made[first:]]
