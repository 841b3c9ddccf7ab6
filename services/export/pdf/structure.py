"""The structure tree of a PDF (ISO 32000-1 §14.7): the issue, its pages, their articles, headings and paragraphs."""

from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from models.values.ids import ArticleId
from models.values.laid_page import LaidPage
from services.export.pdf.page import Mark


def add_structure(
    pdf: pikepdf.Pdf, pages: Sequence[LaidPage], marks: Sequence[Sequence[Mark]], titles: Mapping[ArticleId, str]
) -> None:
    """Builds the tree from the marks that were drawn on each page."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = _element(pdf, "Document", root)
    parents: list[Any] = []
    for at, (sheet, page, drawn) in enumerate(zip(pdf.pages, pages, marks, strict=True)):
        section = _element(pdf, "Sect", document)
        document.K.append(section)
        by_mark = _page_elements(pdf, section, sheet.obj, page, drawn, titles)
        parents += [at, pdf.make_indirect(Array(by_mark))]
        sheet.obj.StructParents = at
        sheet.obj.Tabs = Name.S
    root.K = document
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(parents)))
    root.ParentTreeNextKey = len(pages)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _page_elements(
    pdf: pikepdf.Pdf,
    section: Any,
    sheet: Any,
    page: LaidPage,
    drawn: Sequence[Mark],
    titles: Mapping[ArticleId, str],
) -> list[Any]:
    """One element a mark, below its article or, for masthead and folio line, below the page."""
    articles: dict[int, Any] = {}
    by_mark: list[Any] = []
    for number, mark in enumerate(drawn):
        above = section
        if mark.frame >= 0:
            if mark.frame not in articles:
                articles[mark.frame] = _element(pdf, "Art", section)
                articles[mark.frame].T = String(titles.get(page.frames[mark.frame].article, ""))
                section.K.append(articles[mark.frame])
            above = articles[mark.frame]
        made = _element(pdf, mark.tag, above)
        made.Pg = sheet
        made.K = number
        if mark.tag == "Figure":
            made.Alt = String(titles.get(page.frames[mark.frame].article, "图片") or "图片")
        above.K.append(made)
        by_mark.append(made)
    return by_mark


def _element(pdf: pikepdf.Pdf, tag: str, above: Any) -> Any:
    return pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + tag), P=above, K=Array()))
