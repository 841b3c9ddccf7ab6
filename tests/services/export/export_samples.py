"""Laid pages made by hand for the tests of the export station."""

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
from PIL import Image

from models.values.article_text import Part, PartRef
from models.values.ids import ArticleId, PictureId
from models.values.laid_page import BLACK, Box, GlyphRun, Ink, LaidFrame, LaidPage, Line, PictureBox, TextSource, Tint
from models.values.template import FontRole
from services.fonts.catalogue import Catalogue, Face, build, installed
from services.fonts.metrics import metrics
from services.fonts.scan import scan, wheel_folder

WIDTH, HEIGHT, BLEED = 300.0, 400.0, 8.5


@cache
def wheel_fonts() -> Catalogue:
    """The two faces that pip brings: the same on every machine."""
    folder = wheel_folder()
    assert folder is not None
    return build(scan([folder]).faces)


def face_named(start: str) -> Face | None:
    """An installed face by the start of its PostScript name; None when this machine lacks it."""
    found = [face for face in installed().faces() if face.postscript_name.startswith(start)]
    return min(found, key=lambda face: face.id) if found else None


def run(
    text: str,
    face: Face,
    *,
    x: float = 20.0,
    y: float = 40.0,
    size: float = 9.0,
    gap: float = 0.0,
    ink: Ink = BLACK,
    stroke: float = 0.0,
    part: Part | None = None,
    index: int = 0,
) -> GlyphRun:
    """The text on one baseline, each glyph after the advance of the last and a gap."""
    measured = metrics(face)
    glyphs = tuple(measured.glyph(character) for character in text)
    xs: list[float] = []
    for glyph in glyphs:
        xs.append(x)
        x += measured.advance(glyph) * size + gap
    source = TextSource(ref=PartRef(part=part, index=index), start=0, end=len(text)) if part else None
    return GlyphRun(
        face=face.id,
        size=size,
        baseline=y,
        glyphs=glyphs,
        xs=tuple(xs),
        clusters=tuple(text),
        ink=ink,
        stroke=stroke,
        source=source,
    )


def frame(*runs: GlyphRun, article: int = 1, **more: object) -> LaidFrame:
    box = Box(x=20, y=20, width=260, height=360)
    return LaidFrame(article=ArticleId(article), box=box, runs=runs, **more)  # type: ignore[arg-type]


def page(*frames: LaidFrame, number: int = 1, furniture: tuple[GlyphRun, ...] = ()) -> LaidPage:
    return LaidPage(
        number=number,
        name="要闻",
        width=WIDTH,
        height=HEIGHT,
        bleed=BLEED,
        type_area=Box(x=20, y=20, width=260, height=360),
        frames=frames,
        furniture=furniture,
    )


def sample_page(fonts: Catalogue, number: int = 1) -> LaidPage:
    """A folio line, a headline white on a red band, two paragraphs, a rule, a picture and a signature."""
    song, hei = fonts.face(FontRole.SONG), fonts.face(FontRole.HEI)
    first = frame(
        run("送清凉到一线", hei, y=60, size=24, ink=Ink(), part=Part.HEADLINE),
        run("本报讯", hei, y=90, part=Part.DATELINE),
        run("盛夏时节，𠮷野家职工", song, x=47, y=90, gap=0.137, part=Part.BODY),
        run("收到了清凉包。", song, y=102, gap=0.05, part=Part.BODY),
        run("活动持续2周。", song, x=38, y=114, part=Part.BODY, index=1),
        run("（甲乙）", song, x=120, y=126, part=Part.SIGNATURE),
        tints=(Tint(box=Box(x=0, y=30, width=WIDTH, height=40), ink=Ink(m=1, y=0.95, k=0.12)),),
        lines=(Line(x0=20, y0=75, x1=280, y1=75, width=0.5),),
        pictures=(PictureBox(box=Box(x=20, y=140, width=120, height=60), picture=PictureId(7)),),
    )
    return page(first, number=number, furniture=(run("02 要闻", hei, y=20, size=8),))


def photo(kind: str = "JPEG", size: tuple[int, int] = (240, 120), mode: str = "RGB", colour: object = "red") -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, colour).save(written, kind)  # type: ignore[arg-type]
    return written.getvalue()


def contents(path: Path) -> Iterator[str]:
    """The content stream of every page."""
    with pikepdf.open(path) as pdf:
        for sheet in pdf.pages:
            yield sheet.obj.Contents.read_bytes().decode("latin-1")
