"""A whole issue as one Word file, to edit and to archive: the texts in page order, set in the paper's columns.

In: IssueCopy. Out: a .docx, written whole or not at all. Every page of the paper is one section on a new page, with the
columns of its template, and masthead or folio line as header. Slogan and the headings of the lead stand over the full
measure in a text frame at the head; the articles flow through the columns below it in reading order.
"""

import datetime
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.values.template import PageTemplate
from services.config.errors import UserError
from services.config.files import write_whole
from services.config.messages import text as words
from services.export.contract import ArticleCopy, IssueCopy, PageCopy, RemovedCharacter
from services.export.docx.article import heading_paragraphs, lead_paragraphs, picture_paragraphs, text_paragraphs
from services.export.docx.elements import at_head, clean, element, holdable, paragraph, run, twips
from services.export.docx.name_index import index_paragraphs
from services.export.docx.styles import font_table, front_top, install_styles
from services.jobs.job import JobContext

_NEEDLESS = ("/thumbnail", "/stylesWithEffects", "/customXml")
_WEEKDAYS = "一二三四五六日"
_DOCUMENT_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(slots=True)
class Section:
    """One page of the paper. `headers`: kind of header (default, first) to relation id; `first_page`: number that its
    first sheet has, 0: it goes on from the section before."""

    template: PageTemplate
    headers: dict[str, str]
    paragraphs: list[Any] = field(default_factory=list)
    first_page: int = 0


def write_docx(
    issue: IssueCopy,
    out: Path,
    context: JobContext | None = None,
    *,
    index: bool = False,
    stamp: datetime.datetime | None = None,
) -> tuple[RemovedCharacter, ...]:
    """Writes the issue; returns the characters that had to be left out because no Word file can hold them.

    With `index` an index of people and organisations follows the last page. With `stamp` the same issue gives the same
    bytes. Raises UserError (no page, a picture damaged, a full disk) and Cancelled; the file that was there before then
    stays.
    """
    if not issue.pages:
        raise UserError("export.no_pages", file=out.name)
    job = context or JobContext()
    job.check()
    document = new_document(issue.pages[0].template)
    removed: list[RemovedCharacter] = []
    sections: list[Section] = []
    for at, page in enumerate(issue.pages):
        job.check()
        job.tell(at, len(issue.pages), words("export.page_step", page=page.number))
        sections.append(_page(issue, page, document.part, removed, job))
    if index:
        last = list(index_paragraphs(issue.pages, as_field=False))
        if last:
            page = issue.pages[-1]
            header = folio_header(issue, page, document.part, Counter(), index=True)
            sections.append(Section(template=page.template, headers={"default": header}, paragraphs=last))
    fill(document.element.body, sections)
    save(document, issue, out, job, stamp)
    return tuple(removed)


def new_document(template: PageTemplate) -> Any:
    """An empty document with our styles, sized by a template, and nothing of anybody else's."""
    import docx

    document = docx.Document()
    install_styles(document.styles.element, document.settings.element, template)
    _drop_leftovers(document)
    return document


def save(document: Any, issue: IssueCopy, out: Path, job: JobContext, stamp: datetime.datetime | None) -> None:
    """Describes the document and writes it whole or not at all."""
    when = (stamp or datetime.datetime.now(datetime.UTC)).astimezone(datetime.UTC).replace(microsecond=0, tzinfo=None)
    _describe(document.core_properties, issue, when)
    written = io.BytesIO()
    document.save(written)
    job.tell(len(issue.pages), len(issue.pages), words("export.saving"))
    job.check()
    write_whole(out, _same_dates(written.getvalue(), when))


def folio_words(issue: IssueCopy, page: PageCopy) -> tuple[str, str]:
    """Left and right half of a folio line: 02版 要闻 / 2026年11月22日 星期日 甲报."""
    return f"{page.number:02d}版 {page.name}".strip(), f"{_day(issue.date)}　{issue.publication}"


def front_words(issue: IssueCopy) -> str:
    """The line with the masthead: 2026年11月22日 星期日 总第1234期 CN 00-0000 某某主办 / 今日4版."""
    number = f"总第{issue.total_number}期" if issue.total_number is not None else ""
    said = (_day(issue.date), number, issue.number_line, issue.sponsor)
    return "　".join(piece for piece in said if piece) + f"\t今日{len(issue.pages)}版"


def _day(date: datetime.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日 星期{_WEEKDAYS[date.weekday()]}"


def _page(issue: IssueCopy, page: PageCopy, part: Any, removed: list[RemovedCharacter], job: JobContext) -> Section:
    template = page.template
    dropped: Counter[str] = Counter()
    section = Section(template=template, headers=_headers(issue, page, part, dropped))
    head: list[Any] = []
    if page.slogan:
        head.append(paragraph("Slogan", run(clean(page.slogan, dropped))))
    removed += removed_in(dropped, "")
    flow: list[Any] = []
    for at, article in enumerate(page.articles):
        job.check()
        dropped.clear()
        if at == 0:
            head += lead_paragraphs(article, template, dropped)
        else:
            flow.append(paragraph("Divider"))
            flow += heading_paragraphs(article, template, dropped)
        flow += _text(article, page, part, dropped)
        removed += removed_in(dropped, article.text.headline)
    section.paragraphs += (at_head(made, template.type_width, template.leading / 2) for made in head)
    section.paragraphs.append(paragraph("PageStart"))  # the frame hangs on it; a boxed paragraph would reach up into it
    section.paragraphs += flow
    return section


def removed_in(dropped: Counter[str], headline: str) -> Iterator[RemovedCharacter]:
    for code, times in sorted(dropped.items()):
        yield RemovedCharacter(code=code, headline=holdable(headline), times=times)


def _text(article: ArticleCopy, page: PageCopy, part: Any, dropped: Counter[str]) -> list[Any]:
    """Pictures and text. Pictures stand before the text, but after a paragraph that begins with a dateline: a caption
    before it looks like an article of its own to whoever takes the file in again."""
    pictures: list[Any] = []
    for picture in article.pictures:
        name = words("export.picture_of", headline=article.text.headline, page=page.number)
        pictures += picture_paragraphs(picture, part, page.template, name, dropped)
    text = list(text_paragraphs(article.text, dropped))
    first = 1 if article.text.dateline.strip() else 0
    return [*text[:first], *pictures, *text[first:]]


def _headers(issue: IssueCopy, page: PageCopy, part: Any, dropped: Counter[str]) -> dict[str, str]:
    """Kind of header to relation id. Page 1 has its masthead on the first sheet, and its folio line where the text goes
    on to a second. Masthead and folio are no manuscript: outside the body nobody takes them for text again."""
    size = page.template.type_width
    folio = _folio(_folio_runs(issue, page, dropped), size)
    if page.number != 1:
        return {"default": _header_part(part, folio)}
    name = paragraph("Masthead", run(clean(issue.publication, dropped)))
    front = _folio([run(clean(front_words(issue), dropped))], size)
    return {"default": _header_part(part, folio), "first": _header_part(part, name, front)}


def folio_header(issue: IssueCopy, page: PageCopy, part: Any, dropped: Counter[str], *, index: bool = False) -> str:
    """A folio line for every sheet of a page, or of the index; its relation id."""
    left, right = folio_words(issue, page)
    left = words("export.index.title") if index else left
    runs = [run(clean(left, dropped), style="PageName"), run(clean(f"\t{right}", dropped))]
    return _header_part(part, _folio(runs, page.template.type_width))


def _folio_runs(issue: IssueCopy, page: PageCopy, dropped: Counter[str]) -> list[Any]:
    left, right = folio_words(issue, page)
    return [run(clean(left, dropped), style="PageName"), run(clean(f"\t{right}", dropped))]


def _folio(runs: list[Any], width: float) -> Any:
    line = paragraph("Folio", *runs)
    line.pPr.append(element("tabs", element("tab", val="right", pos=twips(width))))
    return line


def _header_part(part: Any, *paragraphs: Any) -> str:
    header, relation = part.add_header_part()
    for old in list(header.element):
        header.element.remove(old)
    header.element.extend(paragraphs)
    return str(relation)


def fill(body: Any, sections: list[Section]) -> None:
    """Puts the pages into the document: the properties of each go into its last paragraph, of the last into the
    body."""
    for old in list(body):
        body.remove(old)
    for section in sections:
        for made in section.paragraphs:
            body.append(made)
        if section is not sections[-1]:
            section.paragraphs[-1].pPr.append(_properties(section))
    body.append(_properties(sections[-1]))


def _properties(section: Section) -> Any:
    """w:sectPr in the order of the schema (ISO/IEC 29500-1 §17.6.17). No w:docGrid: styles say how high lines are."""
    template = section.template
    made = element("sectPr")
    for kind, relation in section.headers.items():
        reference = element("headerReference", type=kind)
        reference.set(f"{{{_DOCUMENT_RELATIONS}}}id", relation)
        made.append(reference)
    right = template.width - template.left - template.type_width
    foot = template.height - template.top - template.type_height
    made.append(element("type", val="nextPage"))
    made.append(element("pgSz", w=twips(template.width), h=twips(template.height)))
    made.append(
        element(
            "pgMar",
            top=twips(front_top(template) if "first" in section.headers else template.top),
            right=max(0, twips(right)),
            bottom=max(0, twips(foot)),
            left=twips(template.left),
            header=twips(template.folio_top),
            footer=0,
            gutter=0,
        )
    )
    if section.first_page:
        made.append(element("pgNumType", start=section.first_page))
    made.append(element("cols", num=template.columns, space=twips(template.gutter), equalWidth=1))
    made.append(element("titlePg") if "first" in section.headers else element("titlePg", val=0))
    return made


def _drop_leftovers(document: Any) -> None:
    """What the empty document of python-docx brings along: a thumbnail of something else, a second set of styles."""
    for relations in (document.part.package.rels, document.part.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.endswith(_NEEDLESS):
                del relations[key]
            elif relation.reltype.endswith("/fontTable"):
                relation.target_part._blob = font_table()


def _describe(properties: Any, issue: IssueCopy, when: datetime.datetime) -> None:
    nothing: Counter[str] = Counter()
    title = f"{issue.publication} {issue.date.isoformat()}"
    properties.title = clean(title, nothing)[:255]
    properties.author = clean(issue.publication, nothing)[:255]
    properties.last_modified_by = properties.author
    properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = when


def _same_dates(content: bytes, when: datetime.datetime) -> bytes:
    """The package with one date on all its entries."""
    date = max(when, datetime.datetime(1980, 1, 1))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            fresh = zipfile.ZipInfo(entry.filename, date.timetuple()[:6])
            fresh.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fresh, old.read(entry))
    return packed.getvalue()
