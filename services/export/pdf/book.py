"""A whole issue as one PDF: pages, faces, pictures, bookmarks, metadata.

In: laid pages. Out: a file, written whole or not at all. The road: 1. stand-ins for missing pictures, 2. count the
glyphs of all pages, 3. cut each face down once for the whole document, 4. draw the pages into a reportlab document,
5. pictures, graphics states, boxes and metadata by pikepdf (`finish`), 6. read the press file again (`preflight`),
7. put it in its place.
"""

import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from models.values.ids import ArticleId, PictureId
from models.values.laid_page import LaidPage, PictureBox
from models.values.press import CONDITIONS, CUSTOM
from services.config.errors import UserError
from services.config.files import write_whole
from services.config.messages import text
from services.export.findings import Flight, PressFinding
from services.export.pdf.finish import Drawn, finish
from services.export.pdf.fonts import EmbeddedFace, Uses, count_uses, embed
from services.export.pdf.images import Colours, EncodedPicture, encode
from services.export.pdf.marks import Slug, press_slug, proof_slug
from services.export.pdf.page import Mark, draw_page, page_runs
from services.export.pdf.stand_in import all_at_hand, with_stand_ins
from services.export.preflight import preflight
from services.export.presets import Imprint, Margins, Preset, Press, margins, preset_named
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
    """Like `print_pdf`, with what the print house asks left as it is; returns what is wrong with the press file."""
    return print_pdf(
        pages,
        out,
        title=title,
        articles=articles,
        fonts=fonts,
        pictures=pictures,
        preset=preset,
        context=context,
        stamp=stamp,
    ).wrong


def print_pdf(
    pages: Sequence[LaidPage],
    out: Path,
    *,
    title: str,
    articles: Mapping[ArticleId, str],
    fonts: Catalogue,
    pictures: Mapping[PictureId, bytes] | None = None,
    names: Mapping[PictureId, str] | None = None,
    preset: str = "press",
    press: Press | None = None,
    imprint: Imprint | None = None,
    context: JobContext | None = None,
    stamp: datetime | None = None,
) -> Flight:
    """Writes the pages to `out`; says what reading the press file again found and what was done to pictures.

    `articles` gives the bookmark of each article, `names` the file name of a picture; `pictures` is asked for one at a
    time. With `stamp` the same pages give the same bytes. Raises UserError (a face gone, a picture damaged, a full
    disk) and Cancelled; the file that was there before then stays.
    """
    if not pages:
        raise UserError("export.no_pages", file=out.name)
    job, given = context or JobContext(), pictures or {}
    job.check()
    title, articles = _plain(title), {key: _plain(words) for key, words in articles.items()}
    when = stamp or datetime.now(UTC)
    missing = [page.number for page in pages if not all_at_hand(page, given)]
    print_ = _Print(
        pages=[with_stand_ins(page, given, fonts) for page in pages],
        fonts=fonts,
        preset=preset_named(preset),
        press=press or Press(),
        imprint=imprint or Imprint(publication=title),
        when=when,
    )
    images = _encode_pictures(print_, given, names or {}, job)
    drawn = _draw(print_, images, title, articles, job)
    job.check()
    content = finish(
        drawn,
        print_.pages,
        list(images.values()),
        print_.preset,
        press=print_.press,
        title=title,
        articles=articles,
        when=when,
    )
    job.check()
    flight = _read_again(content, print_, images, missing)
    job.check()
    write_whole(out, content)
    return flight


@dataclass(frozen=True, slots=True, kw_only=True)
class _Print:
    """What all steps of one file need."""

    pages: Sequence[LaidPage]
    fonts: Catalogue
    preset: Preset
    press: Press
    imprint: Imprint
    when: datetime

    def around(self, page: LaidPage) -> Margins:
        return margins(page, self.preset, self.press)

    def slug(self, page: LaidPage, images: Mapping[PictureBox, EncodedPicture]) -> Slug | None:
        if self.preset.sheet:
            return proof_slug(page, self.fonts, self.imprint, self.when.astimezone())
        if not (self.preset.for_press and self.press.marks):
            return None
        boxes = (box for frame in page.frames for box in frame.pictures if box in images)
        coloured = any(images[box].space == "DeviceCMYK" for box in boxes)
        when = self.when.astimezone()
        return press_slug(page, self.fonts, self.imprint, when, self.press.spots, coloured)


def _read_again(
    content: bytes, print_: _Print, images: Mapping[PictureBox, EncodedPicture], missing: Sequence[int]
) -> Flight:
    """What is wrong with the file, and what its pages lack: a stand-in or lost lines must not reach the press."""
    if not print_.preset.for_press:
        return Flight()
    names = {f"QYim{at}": image.name for at, image in enumerate(images.values())}
    wrong = preflight(content, print_.pages, print_.press, names)
    said = [("stand_in", number, 0) for number in missing]
    said += [("overset", page.number, page.overset_lines) for page in print_.pages if page.overset_lines]
    wrong += tuple(
        PressFinding(message=f"export.flight.{key}", page=number, values=(("lines", str(lines)),))
        for key, number, lines in said
    )
    told: list[PressFinding] = []
    if print_.press.profile is None:
        values = (("condition", print_.press.condition),)
        stands_in = "model" if print_.press.condition == CUSTOM else "model_for"
        key = stands_in if print_.press.modelled else "no_profile"
        told.append(PressFinding(message=f"export.told.{key}", values=values, fails=False))
        if print_.press.condition not in CONDITIONS:
            told.append(PressFinding(message="export.told.condition_unknown", values=values, fails=False))
    for change in ("profile", "model", "general", "less_ink"):
        changed = list(dict.fromkeys(image.short for image in images.values() if image.change == change))
        if changed:
            named = (("pictures", text("export.list_mark").join(changed)), ("count", str(len(changed))))
            told.append(PressFinding(message=f"export.told.picture_{change}", values=named, fails=False))
    return Flight(wrong=wrong, told=tuple(told), checked=True)


def _plain(words: str) -> str:
    """One line that PDF strings and XML can both hold: no control characters, no half characters, no noncharacters."""
    kept = (character if unicodedata.category(character) not in ("Cc", "Cs", "Cn") else " " for character in words)
    return " ".join("".join(kept).split())


def _encode_pictures(
    print_: _Print, pictures: Mapping[PictureId, bytes], names: Mapping[PictureId, str], job: JobContext
) -> dict[PictureBox, EncodedPicture]:
    """Every picture box that has its picture, in the order of the pages; equal boxes once."""
    colours = Colours(print_.press.embedded, print_.press.modelled) if print_.preset.for_press else Colours()
    images: dict[PictureBox, EncodedPicture] = {}
    for page in print_.pages:
        for box in (box for frame in page.frames for box in frame.pictures):
            if box.picture is None or box in images or box.box.width <= 0 or box.box.height <= 0:
                continue
            job.check()
            raw = pictures.get(box.picture)
            if raw is None:
                continue
            key = "export.picture_called" if box.picture in names else "export.picture_name"
            name = text(key, number=box.picture, page=page.number, file=names.get(box.picture, ""))
            short = text("export.picture_short", file=names.get(box.picture, box.picture), page=page.number)
            images[box] = replace(encode(raw, box, print_.preset, name, colours), short=short)
    return images


def _draw(
    print_: _Print,
    images: Mapping[PictureBox, EncodedPicture],
    title: str,
    articles: Mapping[ArticleId, str],
    job: JobContext,
) -> Drawn:
    pages, preset = print_.pages, print_.preset
    written = io.BytesIO()
    canvas = Canvas(written, pageCompression=0, invariant=1)
    canvas.setTitle(title)
    canvas._doc.idToObject["BasicFonts"].dict.clear()  # reportlab's own Helvetica, which no file would embed
    slugs = [print_.slug(page, images) for page in pages]
    faces = _embed_faces(pages, slugs, print_.fonts, canvas._doc, job)
    resources = {box: f"QYim{at}" for at, box in enumerate(images)}
    spots = print_.press.spots if preset.for_press else ()
    marks: list[tuple[Mark, ...]] = []
    for at, (page, slug) in enumerate(zip(pages, slugs, strict=True)):
        job.check()
        job.tell(at, len(pages), text("export.page_step", page=page.number))
        around = print_.around(page)
        sheet = draw_page(page, preset, faces, resources, around, slug, spots)
        marks.append(sheet.marks)
        _draw_sheet(canvas, page, around, sheet.content)
        _bookmark(canvas, page, around, articles)
        canvas.showPage()
    job.tell(len(pages), len(pages), text("export.saving"))
    canvas.showOutline()
    canvas.save()
    return Drawn(content=written.getvalue(), marks=marks)


def _embed_faces(
    pages: Sequence[LaidPage], slugs: Sequence[Slug | None], fonts: Catalogue, document: Any, job: JobContext
) -> dict[str, EmbeddedFace]:
    uses: Uses = {}
    for page, slug in zip(pages, slugs, strict=True):
        count_uses(page_runs(page), uses)
        count_uses(slug.runs if slug else (), uses)
    faces: dict[str, EmbeddedFace] = {}
    for at, (face_id, counted) in enumerate(uses.items()):
        job.check()
        try:
            face = fonts.by_id(face_id)
        except KeyError as reason:
            raise UserError("export.face_missing", face=face_id) from reason
        faces[face_id] = embed(document, f"Q{at}", face, counted)
    return faces


def _draw_sheet(canvas: Canvas, page: LaidPage, around: Margins, content: str) -> None:
    canvas.setPageSize((page.width + around.left + around.right, page.height + around.top + around.bottom))
    canvas._preamble = ""  # reportlab would name Helvetica there
    canvas._code.append(content)


def _bookmark(canvas: Canvas, page: LaidPage, around: Margins, articles: Mapping[ArticleId, str]) -> None:
    """One bookmark a page, and under it one an article, where its frame begins."""
    key = f"page{canvas.getPageNumber()}"
    canvas.bookmarkPage(key, fit="Fit")
    words = _plain(text("export.page_bookmark", page=f"{page.number:02d}", name=page.name))
    canvas.addOutlineEntry(words, key, level=0)
    for at, frame in enumerate(page.frames):
        named = articles.get(frame.article, "")
        if not named:
            continue
        here = f"{key}.{at}"
        left, top = max(0.0, frame.box.x + around.left - 6), page.height + around.bottom - frame.box.y + 6
        canvas.bookmarkPage(here, fit="XYZ", left=left, top=top, zoom=0)
        canvas.addOutlineEntry(named, here, level=1)
