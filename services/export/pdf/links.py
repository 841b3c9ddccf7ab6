"""Links of a PDF that is read on a screen: 下转第3版 leads to that page, addresses to where they point."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from models.values.laid_page import GlyphRun, LaidPage
from services.export.presets import Margins

_JUMP = re.compile(r"[下上][转接]第?\s*0*([0-9]{1,3})\s*版")
_SITE = re.compile(r"(?:https?://|www\.)[A-Za-z0-9./?&=_~%#:+-]*[A-Za-z0-9/]")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def add_links(pdf: pikepdf.Pdf, pages: Sequence[LaidPage], around: Margins) -> None:
    """Puts link annotations (ISO 32000-1, 12.5.6.5) on the pages; a jump to a page that is not in the file stays
    words."""
    sheets = {page.number: sheet.obj for page, sheet in zip(pages, pdf.pages, strict=True)}
    for page, sheet in zip(pages, pdf.pages, strict=True):
        made = [pdf.make_indirect(link) for link in _links(page, sheets, around)]
        if made:
            sheet.obj.Annots = Array(made)


def _links(page: LaidPage, sheets: dict[int, Any], around: Margins) -> Iterator[Any]:
    runs = (*page.furniture, *(run for frame in page.frames for run in frame.runs))
    for run in runs:
        words = run.text
        for found in _JUMP.finditer(words):
            target = sheets.get(int(found.group(1)))
            if target is not None:
                yield _link(page, run, found.span(), around, Dest=Array([target, Name.Fit]))
        for found in _SITE.finditer(words):
            address = found.group() if "://" in found.group() else f"https://{found.group()}"
            yield _link(page, run, found.span(), around, A=_address(address))
        for found in _MAIL.finditer(words):
            yield _link(page, run, found.span(), around, A=_address(f"mailto:{found.group()}"))


def _address(address: str) -> Any:
    return Dictionary(Type=Name.Action, S=Name.URI, URI=String(address))


def _link(page: LaidPage, run: GlyphRun, span: tuple[int, int], around: Margins, **target: Any) -> Any:
    left, right = _edges(run, span)
    foot = page.height + around.bottom - run.baseline
    box = (left + around.left, foot - run.size * 0.2, right + around.left, foot + run.size * 0.9)
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(edge, 2) for edge in box]),
        Border=Array([0, 0, 0]),
        F=4,
        **target,
    )


def _edges(run: GlyphRun, span: tuple[int, int]) -> tuple[float, float]:
    """Where code points [start, end) of the run's text stand."""
    at = 0
    inside: list[int] = []
    for index, cluster in enumerate(run.clusters):
        if span[0] <= at < span[1] and cluster:
            inside.append(index)
        at += len(cluster)
    last = inside[-1]
    end = run.xs[last + 1] if last + 1 < len(run.xs) else run.xs[last] + run.size
    return run.xs[inside[0]], max(end, run.xs[last])
