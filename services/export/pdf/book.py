"""A whole issue as one PDF: pages, faces, pictures, bookmarks, metadata.

In: laid pages. Out: a file, written whole or not at all. The road: 1. stand-ins for missing pictures, 2. count the
glyphs of all pages, 3. cut each face down once for the whole document, 4. draw the pages into a reportlab document,
5. pictures, graphics states, boxes and metadata by pikepdf (`finish`), 6. read the press file again (`preflight`),
7. put it in its place.
"""

import io
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from models.values.ids import ArticleId, PictureId
from models.values.laid_page import LaidPage, PictureBox
from services.config.errors import UserError
from services.config.files import write_whole
from services.config.messages import text
from services.export.pdf.finish import Drawn, finish
from services.export.pdf.fonts import EmbeddedFace, Uses, count_uses, embed
from services.export.pdf.images import EncodedPicture, encode
from services.export.pdf.page import Mark, draw_page, page_runs
from services.export.pdf.stand_in import with_stand_ins
from services.export.preflight import PressFinding, preflight
from services.export.presets import Preset, preset_named
from services.fonts.catalogue import Catalogue
from services.jobs.job import JobContext


def write_pdf(
    pages: Sequence[LaidPage],
    out: Path,
    *,
    title: str,
    articles: Mapping[ArticleId, str],
    fonts: Catalogue,
    pictures: Mapping[PictureId, bytes] | None = None,
    preset: str = "press",
    context: JobContext | None = None,
    stamp: datetime | None = None,
) -> tuple[PressFinding, ...]:
    """Writes the pages to `out`; returns what reading the press file again found (nothing, when all is right).

    `articles` gives the bookmark of each article. With `stamp` the same pages give the same bytes. Raises UserError
    (a face gone, a picture damaged, a full disk) and Cancelled; the file that was there before then stays.
    """
    if not pages:
        raise UserError("export.no_pages", file=out.name)
    chosen, job, given = preset_named(preset), context or JobContext(), pictures or {}
    job.check()
    title, articles = _plain(title), {key: _plain(words) for key, words in articles.items()}
    whole = [with_stand_ins(page, given, fonts) for page in pages]
    images = _encode_pictures(whole, given, chosen, job)
    drawn = _draw(whole, fonts, images, chosen, title, articles, job)
    job.check()
    content = finish(drawn, whole, list(images.values()), chosen, title=title, articles=articles, stamp=stamp)
    found = preflight(content, whole) if chosen.for_press else ()
    job.check()
    write_whole(out, content)
    return found


def _plain(words: str) -> str:
    """One line that PDF strings and XML can both hold: no control characters, no half characters, no noncharacters."""
    kept = (character if unicodedata.category(character) not in ("Cc", "Cs", "Cn") else " " for character in words)
    return " ".join("".join(kept).split())


def _encode_pictures(
    pages: Sequence[LaidPage], pictures: Mapping[PictureId, bytes], preset: Preset, job: JobContext
) -> dict[PictureBox, EncodedPicture]:
    """Every picture box that has its picture, in the order of the pages; equal boxes once."""
    images: dict[PictureBox, EncodedPicture] = {}
    for page in pages:
        for frame in page.frames:
            for box in frame.pictures:
                raw = None if box.picture is None else pictures.get(box.picture)
                if raw is None or box in images or box.box.width <= 0 or box.box.height <= 0:
                    continue
                job.check()
                name = text("export.picture_name", number=box.picture, page=page.number)
                images[box] = encode(raw, box, preset, name)
    return images


def _draw(
    pages: Sequence[LaidPage],
    fonts: Catalogue,
    images: Mapping[PictureBox, EncodedPicture],
    preset: Preset,
    title: str,
    articles: Mapping[ArticleId, str],
    job: JobContext,
) -> Drawn:
    written = io.BytesIO()
    canvas = Canvas(written, pageCompression=0, invariant=1)
    canvas.setTitle(title)
    canvas._doc.idToObject["BasicFonts"].dict.clear()  # reportlab's own Helvetica, which no file would embed
    faces = _embed_faces(pages, fonts, canvas._doc, job)
    resources = {box: f"QYim{at}" for at, box in enumerate(images)}
    marks: list[tuple[Mark, ...]] = []
    for at, page in enumerate(pages):
        job.check()
        job.tell(at, len(pages), text("export.page_step", page=page.number))
        sheet = draw_page(page, preset, faces, resources)
        marks.append(sheet.marks)
        _draw_sheet(canvas, page, preset, sheet.content)
        _bookmark(canvas, page, preset, articles)
        canvas.showPage()
    job.tell(len(pages), len(pages), text("export.saving"))
    canvas.showOutline()
    canvas.save()
    return Drawn(content=written.getvalue(), marks=marks)


def _embed_faces(
    pages: Sequence[LaidPage], fonts: Catalogue, document: Any, job: JobContext
) -> dict[str, EmbeddedFace]:
    uses: Uses = {}
    for page in pages:
        count_uses(page_runs(page), uses)
    faces: dict[str, EmbeddedFace] = {}
    for at, (face_id, counted) in enumerate(uses.items()):
        job.check()
        try:
            face = fonts.by_id(face_id)
        except KeyError as reason:
            raise UserError("export.face_missing", face=face_id) from reason
        faces[face_id] = embed(document, f"Q{at}", face, counted)
    return faces


def _draw_sheet(canvas: Canvas, page: LaidPage, preset: Preset, content: str) -> None:
    bleed = page.bleed if preset.bleed else 0.0
    canvas.setPageSize((page.width + 2 * bleed, page.height + 2 * bleed))
    canvas._preamble = ""  # reportlab would name Helvetica there
    canvas._code.append(content)


def _bookmark(canvas: Canvas, page: LaidPage, preset: Preset, articles: Mapping[ArticleId, str]) -> None:
    """One bookmark a page, and under it one an article, where its frame begins."""
    bleed = page.bleed if preset.bleed else 0.0
    key = f"page{canvas.getPageNumber()}"
    canvas.bookmarkPage(key, fit="Fit")
    words = _plain(text("export.page_bookmark", page=f"{page.number:02d}", name=page.name))
    canvas.addOutlineEntry(words, key, level=0)
    for at, frame in enumerate(page.frames):
        named = articles.get(frame.article, "")
        if not named:
            continue
        here = f"{key}.{at}"
        left, top = max(0.0, frame.box.x + bleed - 6), page.height + bleed - frame.box.y + 6
        canvas.bookmarkPage(here, fit="XYZ", left=left, top=top, zoom=0)
        canvas.addOutlineEntry(named, here, level=1)
