"""A whole issue as one Word file, to edit and to archive: the texts in page order, set in the paper's columns.

In: IssueCopy. Out: a .docx, written whole or not at all. Every page of the paper begins a new page with its folio line
as header. Headings stand in a section of one column, the text after them in a continuous section of n columns, which
Word and LibreOffice both level at the foot.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.values.template import PageTemplate
from services.config.errors import UserError
from services.config.files import write_whole
from services.config.messages import text as words
from services.export.contract import ArticleCopy, IssueCopy, PageCopy, RemovedCharacter
from services.export.docx.article import heading_paragraphs, picture_paragraphs, text_paragraphs
from services.export.docx.elements import clean, element, paragraph, run, twips
from services.export.docx.styles import font_table, install_styles
from services.jobs.job import JobContext

_NEEDLESS = ("/thumbnail", "/stylesWithEffects", "/customXml")
_WEEKDAYS = "一二三四五六日"
_DOCUMENT_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(slots=True)
class _Section:
    """Paragraphs that share a number of columns. `header` is the relation id of a header, "" goes on with the last."""

    columns: int
    template: PageTemplate
    new_page: bool = False
    header: str = ""
    paragraphs: list[Any] = field(default_factory=list)


def write_docx(
    issue: IssueCopy, out: Path, context: JobContext | None = None, *, stamp: datetime | None = None
) -> tuple[RemovedCharacter, ...]:
    """Writes the issue; returns the characters that had to be left out because no Word file can hold them.

    With `stamp` the same issue gives the same bytes. Raises UserError (no page, a picture damaged, a full disk) and
    Cancelled; the file that was there before then stays.
    """
    import docx

    if not issue.pages:
        raise UserError("export.no_pages", file=out.name)
    job = context or JobContext()
    job.check()
    document = docx.Document()
    install_styles(document.styles.element, document.settings.element, issue.pages[0].template)
    _drop_leftovers(document)
    removed: list[RemovedCharacter] = []
    sections: list[_Section] = []
    for at, page in enumerate(issue.pages):
        job.check()
        job.tell(at, len(issue.pages), words("export.page_step", page=page.number))
        sections += _page(issue, page, document.part, removed, job)
    _fill(document.element.body, sections)
    when = (stamp or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0, tzinfo=None)
    _describe(document.core_properties, issue, when)
    written = io.BytesIO()
    document.save(written)
    job.tell(len(issue.pages), len(issue.pages), words("export.saving"))
    job.check()
    write_whole(out, _same_dates(written.getvalue(), when))
    return tuple(removed)


def folio_words(issue: IssueCopy, page: PageCopy) -> tuple[str, str]:
    """Left and right half of a folio line: 02版 要闻 / 2026年11月22日 星期日 甲报."""
    date = issue.date
    day = f"{date.year}年{date.month}月{date.day}日 星期{_WEEKDAYS[date.weekday()]}"
    return f"{page.number:02d}版 {page.name}".strip(), f"{day}　{issue.publication}"


def _page(
    issue: IssueCopy, page: PageCopy, part: Any, removed: list[RemovedCharacter], job: JobContext
) -> Iterator[_Section]:
    template = page.template
    dropped: Counter[str] = Counter()
    head = _Section(columns=1, template=template, new_page=True, header=_header(issue, page, part, dropped))
    if page.number == 1:
        head.paragraphs += _masthead(issue, dropped)
    else:
        name = clean(page.name, dropped) or words("export.page_bookmark", page=f"{page.number:02d}", name="").strip()
        head.paragraphs.append(paragraph("PageName", run(name)))
    if page.slogan:
        head.paragraphs.append(paragraph("Slogan", run(clean(page.slogan, dropped))))
    for article in page.articles:
        job.check()
        _article(article, page, part, head, dropped)
        text = _Section(columns=article.columns or template.columns, template=template)
        text.paragraphs += text_paragraphs(article.text, dropped)
        yield head
        yield text
        removed += _removed(dropped, article.text.headline)
        dropped.clear()
        head = _Section(columns=1, template=template)
    removed += _removed(dropped, "")
    if page.articles:  # Word levels columns only where a continuous section follows them
        head.paragraphs.append(paragraph("PageEnd"))
    yield head


def _removed(dropped: Counter[str], headline: str) -> Iterator[RemovedCharacter]:
    for code, times in sorted(dropped.items()):
        yield RemovedCharacter(code=code, headline=clean(headline, Counter()), times=times)


def _article(article: ArticleCopy, page: PageCopy, part: Any, head: _Section, dropped: Counter[str]) -> None:
    head.paragraphs += heading_paragraphs(article, dropped)
    for picture in article.pictures:
        name = words("export.picture_of", headline=article.text.headline, page=page.number)
        head.paragraphs += picture_paragraphs(picture, part, page.template, name, dropped)


def _masthead(issue: IssueCopy, dropped: Counter[str]) -> Iterator[Any]:
    yield paragraph("Masthead", run(clean(issue.publication, dropped)))
    day = folio_words(issue, issue.pages[0])[1].split("　")[0]
    number = f"总第{issue.total_number}期" if issue.total_number is not None else ""
    said = (day, number, issue.number_line, issue.sponsor, f"今日{len(issue.pages)}版")
    yield paragraph("Folio", run(clean("　".join(piece for piece in said if piece), dropped)))


def _header(issue: IssueCopy, page: PageCopy, part: Any, dropped: Counter[str]) -> str:
    """The header part of a page; its relation id. Page 1 has its masthead instead and an empty header."""
    header, relation = part.add_header_part()
    for old in list(header.element):
        header.element.remove(old)
    if page.number == 1:
        header.element.append(paragraph("Normal"))
    else:
        left, right = folio_words(issue, page)
        line = paragraph("Folio", run(clean(f"{left}\t{right}", dropped)))
        tabs = element("tabs", element("tab", val="right", pos=twips(page.template.type_width)))
        line.pPr.append(tabs)
        header.element.append(line)
    return str(relation)


def _fill(body: Any, sections: list[_Section]) -> None:
    """Puts the sections into the document: the properties of each go into its last paragraph, of the last into the
    body. An empty section is left out, unless it begins a page."""
    standing = [section for section in sections if section.paragraphs or section.new_page]
    for old in list(body):
        body.remove(old)
    for section in standing:
        if not section.paragraphs:
            section.paragraphs.append(paragraph("BodyText"))
        for made in section.paragraphs:
            body.append(made)
        if section is not standing[-1]:
            section.paragraphs[-1].pPr.append(_properties(section))
    body.append(_properties(standing[-1]))


def _properties(section: _Section) -> Any:
    """w:sectPr in the order of the schema (ISO/IEC 29500-1 §17.6.17); the grid of lines is the page's own."""
    template = section.template
    made = element("sectPr")
    if section.header:
        reference = element("headerReference", type="default")
        reference.set(f"{{{_DOCUMENT_RELATIONS}}}id", section.header)
        made.append(reference)
    right = template.width - template.left - template.type_width
    foot = template.height - template.top - template.type_height
    made.append(element("type", val="nextPage" if section.new_page else "continuous"))
    made.append(element("pgSz", w=twips(template.width), h=twips(template.height)))
    made.append(
        element(
            "pgMar",
            top=twips(template.top),
            right=max(0, twips(right)),
            bottom=max(0, twips(foot)),
            left=twips(template.left),
            header=twips(template.folio_top),
            footer=0,
            gutter=0,
        )
    )
    columns = {"num": section.columns} if section.columns > 1 else {}
    made.append(element("cols", **columns, space=twips(template.gutter), equalWidth=1))
    made.append(element("docGrid", type="lines", linePitch=twips(template.leading)))
    return made


def _drop_leftovers(document: Any) -> None:
    """What the empty document of python-docx brings along: a thumbnail of something else, a second set of styles."""
    for relations in (document.part.package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(_NEEDLESS):
                del relations[key]
            elif relation.reltype.endswith("/fontTable"):
                relation.target_part._blob = font_table()


def _describe(properties: Any, issue: IssueCopy, when: datetime) -> None:
    nothing: Counter[str] = Counter()
    title = f"{issue.publication} {issue.date.isoformat()}"
    properties.title = clean(title, nothing)[:255]
    properties.author = clean(issue.publication, nothing)[:255]
    properties.last_modified_by = properties.author
    properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = when


def _same_dates(content: bytes, when: datetime) -> bytes:
    """The package with one date on all its entries."""
    date = max(when, datetime(1980, 1, 1))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            fresh = zipfile.ZipInfo(entry.filename, date.timetuple()[:6])
            fresh.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fresh, old.read(entry))
    return packed.getvalue()
