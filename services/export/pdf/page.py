"""One LaidPage as a content stream: what lies under first, text last, in reading order.

Everything that prints is marked: text and pictures as elements of the structure tree, so that the order in which a
reader copies or speaks a page is that of the articles and not that of the columns; the rest as ornament.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from models.values.article_text import Part, PartRef
from models.values.laid_page import Box, GlyphRun, LaidFrame, LaidPage, Line, PictureBox, Tint
from services.export.pdf.content import Content
from services.export.pdf.fonts import EmbeddedFace
from services.export.pdf.marks import Slug
from services.export.presets import Margins, Preset, SpotInk

_EDGE = 0.5  # pt: what comes this near to the trim edge is meant to reach it
_TAGS = {Part.HEADLINE: "H1", Part.CROSSHEAD: "H2", Part.CAPTION: "Caption"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked piece of a page, numbered in the order drawn. `frame` is its frame's place on the page, -1: none."""

    tag: str
    frame: int


@dataclass(frozen=True, slots=True)
class DrawnPage:
    content: str
    marks: tuple[Mark, ...]


def page_runs(page: LaidPage) -> Iterator[GlyphRun]:
    """Every run that prints, in reading order: masthead or folio line, then each article whole."""
    yield from (run for run in page.furniture if _prints(run))
    for frame in page.frames:
        yield from (run for run in frame.runs if _prints(run))


def draw_page(
    page: LaidPage,
    preset: Preset,
    faces: Mapping[str, EmbeddedFace],
    pictures: Mapping[PictureBox, str],
    around: Margins = Margins(),  # noqa: B008 -- frozen
    slug: Slug | None = None,
    spots: Sequence[SpotInk] = (),
) -> DrawnPage:
    """The content stream of the page. `pictures` gives the resource name of each box that has a picture; `around` is
    the sheet beyond the page, `slug` what is printed there."""
    bleed = page.bleed if preset.bleed else 0.0
    content = Content(preset=preset, left=around.left, foot=page.height + around.bottom, spots=spots)
    pen = _Pen(page=page, bleed=bleed, faces=faces, pictures=pictures, content=content)
    pen.ornament(page.furniture_tints, page.furniture_lines)
    pen.text(page.furniture, -1)
    for at, frame in enumerate(page.frames):
        pen.frame(frame, at)
    if slug is not None:
        pen.slug(slug)
    return DrawnPage("\n".join(content.out), tuple(pen.marks))


@dataclass(slots=True)
class _Pen:
    """Draws the pieces of one page and counts their marks."""

    page: LaidPage
    bleed: float
    faces: Mapping[str, EmbeddedFace]
    pictures: Mapping[PictureBox, str]
    content: Content
    marks: list[Mark] = field(default_factory=list)

    def frame(self, frame: LaidFrame, at: int) -> None:
        self.ornament(frame.tints, ())
        for picture in frame.pictures:
            if picture in self.pictures:
                self._begin("Figure", at)
                self.content.picture(picture.box, self.pictures[picture])
                self.content.end_part()
        self.ornament((), frame.lines)
        self.text(frame.runs, at)

    def slug(self, slug: Slug) -> None:
        """Everything outside the page: no reader speaks it."""
        self.content.begin_artefact()
        for box, ink in slug.patches:
            self.content.rectangle(box, ink)
        for line, ink in slug.strokes:
            self.content.stroke(line, ink)
        for x, y, radius, width, ink in slug.circles:
            self.content.circle(x, y, radius, width, ink)
        if slug.runs:
            self.content.begin_text()
            for run in slug.runs:
                self.content.run(run, self.faces[run.face])
            self.content.end_text()
        self.content.end_part()

    def ornament(self, tints: Sequence[Tint], lines: Sequence[Line]) -> None:
        if not tints and not lines:
            return
        self.content.begin_artefact()
        for tint in tints:
            self.content.rectangle(_into_the_bleed(tint.box, self.page, self.bleed), tint.ink)
        for line in lines:
            self.content.line(line)
        self.content.end_part()

    def text(self, runs: Iterable[GlyphRun], frame: int) -> None:
        """Runs that stand together and come from one part are one element: a paragraph, also across columns."""
        printing = [run for run in runs if _prints(run)]
        if not printing:
            return
        self.content.begin_text()
        for ref, part in groupby(printing, key=_part_of):
            self._begin(_TAGS.get(ref.part, "P") if ref else "P", frame)
            for run in part:
                self.content.run(run, self.faces[run.face])
            self.content.end_part()
        self.content.end_text()

    def _begin(self, tag: str, frame: int) -> None:
        self.content.begin_part(tag, len(self.marks))
        self.marks.append(Mark(tag, frame))


def _part_of(run: GlyphRun) -> PartRef | None:
    return run.source.ref if run.source else None


def _into_the_bleed(box: Box, page: LaidPage, bleed: float) -> Box:
    """A tint that touches the trim edge goes on into the bleed, or a white hair shows where the knife is off."""
    if not bleed:
        return box
    left = -bleed if box.x <= _EDGE else box.x
    top = -bleed if box.y <= _EDGE else box.y
    right = page.width + bleed if box.right >= page.width - _EDGE else box.right
    bottom = page.height + bleed if box.bottom >= page.height - _EDGE else box.bottom
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def _prints(run: GlyphRun) -> bool:
    return bool(run.glyphs) and run.size > 0
