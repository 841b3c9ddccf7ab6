"""One LaidPage as a content stream: what lies under first, text last, in reading order."""

from collections.abc import Iterable, Mapping

from models.values.laid_page import Box, GlyphRun, LaidFrame, LaidPage, PictureBox, Tint
from services.export.pdf.content import Content
from services.export.pdf.fonts import EmbeddedFace
from services.export.presets import Preset

_EDGE = 0.5  # pt: what comes this near to the trim edge is meant to reach it


def page_runs(page: LaidPage) -> Iterable[GlyphRun]:
    """Every run that prints, in reading order: masthead or folio line, then each article whole."""
    yield from (run for run in page.furniture if _prints(run))
    for frame in page.frames:
        yield from (run for run in frame.runs if _prints(run))


def draw_page(
    page: LaidPage,
    preset: Preset,
    faces: Mapping[str, EmbeddedFace],
    pictures: Mapping[PictureBox, str],
) -> str:
    """The content stream of the page. `pictures` gives the resource name of each box that has a picture."""
    bleed = page.bleed if preset.bleed else 0.0
    content = Content(preset=preset, left=bleed, foot=page.height + bleed)
    _draw_tints(content, page, bleed, page.furniture_tints)
    for line in page.furniture_lines:
        content.line(line)
    _draw_text(content, page.furniture, faces)
    for frame in page.frames:
        _draw_frame(content, page, bleed, frame, faces, pictures)
    return "\n".join(content.out)


def _draw_frame(
    content: Content,
    page: LaidPage,
    bleed: float,
    frame: LaidFrame,
    faces: Mapping[str, EmbeddedFace],
    pictures: Mapping[PictureBox, str],
) -> None:
    _draw_tints(content, page, bleed, frame.tints)
    for picture in frame.pictures:
        if picture in pictures:
            content.picture(picture.box, pictures[picture])
    for line in frame.lines:
        content.line(line)
    _draw_text(content, frame.runs, faces)


def _draw_text(content: Content, runs: Iterable[GlyphRun], faces: Mapping[str, EmbeddedFace]) -> None:
    printing = [run for run in runs if _prints(run)]
    if not printing:
        return
    content.begin_text()
    for run in printing:
        content.run(run, faces[run.face])
    content.end_text()


def _draw_tints(content: Content, page: LaidPage, bleed: float, tints: Iterable[Tint]) -> None:
    for tint in tints:
        content.rectangle(_into_the_bleed(tint.box, page, bleed), tint.ink)


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
