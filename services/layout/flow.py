"""Composes one frame: heading, picture, text poured through its columns, tint and rules.

In: `FramePlan`, `ArticleText`, template, fonts. Out: `LaidFrame` with what found no room (overset lines and the point
from which to go on) and what found no text (empty lines). Every baseline of running text lies on the page's grid by
construction: row top + template.baseline.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.values.article_text import ArticleText, Form, Part, PartRef
from models.values.laid_page import Box, GlyphRun, Ink, LaidFrame, Line, PictureBox, TextPoint, TextSource, Tint
from models.values.plan import FramePlan, PicturePlan
from models.values.template import PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.atoms import prepare
from services.layout.columns import TextColumns, level, text_columns
from services.layout.headline import SetHeading, set_heading
from services.layout.picture import place_picture
from services.layout.running_text import TextRow, TextTypes, caption_rows, text_rows, text_types

TINT = Ink(k=0.08)
TINT_EDGE = 0.5  # rows that a tint keeps clear above itself
_THIN = 0.3
_UNDER_PICTURE = 4.0  # points between a picture and the text under it
_MENDED = 3  # lines too many that tight setting is tried for
_MOST_AIR = 2  # rows of room that a heading may take as air


@dataclass(frozen=True, slots=True)
class FrameText:
    """An article at its frame's measure: heading, rows of text, rows of the caption under a picture."""

    columns: TextColumns
    heading: SetHeading
    rows: tuple[TextRow, ...]
    caption: tuple[TextRow, ...]
    picture_columns: int  # columns of text that the picture covers


def measure_frame(
    plan: FramePlan, text: ArticleText, template: PageTemplate, fonts: Catalogue, keep: frozenset[str] = frozenset()
) -> FrameText:
    """Everything about a frame that does not depend on its place and height."""
    columns = text_columns(template, plan.columns, plan.text_columns, plan.tint, text.form)
    types = text_types(template, fonts)
    width = template.span_width(plan.columns) - 2 * columns.inset
    pad = TINT_EDGE * template.leading if plan.tint else 0.0
    heading = set_heading(text, plan.heading, width, template, fonts, keep, pad=pad)
    if plan.picture is None or text.form is Form.PHOTO:
        return FrameText(columns, heading, text_rows(text, types, columns.width), (), columns.count)
    covered = columns.count if plan.picture.columns <= 0 else min(plan.picture.columns, columns.count)
    caption = _caption(plan.picture, text, types, _covered_width(columns, covered, width))
    return FrameText(columns, heading, text_rows(text, types, columns.width, captions=False), caption, covered)


def frame_rows(plan: FramePlan, measured: FrameText, text: ArticleText) -> int:
    """The least rows of a frame in which nothing is overset."""
    foot = 1 if plan.tint else 0
    rows = 0
    while True:
        heights = _heights(plan, measured, text, rows - foot)
        if heights is not None and level(measured.rows, [height for _, height in heights])[1] >= len(measured.rows):
            return rows
        missing = len(measured.rows) - sum(height for _, height in heights) if heights else 1
        rows += max(1, missing // measured.columns.count)


def lay_frame(
    plan: FramePlan, text: ArticleText, template: PageTemplate, fonts: Catalogue, keep: frozenset[str] = frozenset()
) -> LaidFrame:
    """Sets one article in its frame."""
    return compose(plan, text, template, fonts, keep)[0]


def compose(
    plan: FramePlan,
    text: ArticleText,
    template: PageTemplate,
    fonts: Catalogue,
    keep: frozenset[str] = frozenset(),
    proportion: float = 0.0,
) -> tuple[LaidFrame, tuple[tuple[str, str], ...]]:
    """The frame, and the characters that their own face lacks with the id of the face that prints them instead.

    `proportion` of the frame's picture, width to height; 0 where it is not known.
    """
    measured = measure_frame(plan, text, template, fonts, keep)
    borrowed = dict.fromkeys(measured.heading.borrowed)
    paragraphs = {part.paragraph for row in (*measured.rows, *measured.caption) for part in row.parts}
    for paragraph in sorted(paragraphs, key=lambda one: one.text):
        borrowed.update(dict.fromkeys(prepare(paragraph).borrowed))
    frame = _Frame(plan, text, template, fonts, measured, proportion)
    return frame.laid(), tuple(pair for pair in borrowed if pair[1])


def _covered_width(columns: TextColumns, covered: int, width: float) -> float:
    return width if covered == columns.count else covered * columns.width + (covered - 1) * columns.gap


def _caption(plan: PicturePlan, text: ArticleText, types: TextTypes, width: float) -> tuple[TextRow, ...]:
    """The caption of the plan, else the article's own caption paragraphs."""
    if plan.caption:
        return caption_rows(plan.caption, plan.credit, types.caption, None, width)
    own = [(n, paragraph) for n, paragraph in enumerate(text.body) if paragraph.part is Part.CAPTION]
    if not own:
        return caption_rows("", plan.credit, types.caption, None, width)
    rows: list[TextRow] = []
    for number, (index, paragraph) in enumerate(own):
        credit = plan.credit if number == len(own) - 1 else ""
        ref = PartRef(part=Part.CAPTION, index=index)
        rows += caption_rows(paragraph.text, credit, types.caption, ref, width)
    return tuple(rows)


def _heights(plan: FramePlan, measured: FrameText, text: ArticleText, rows: int) -> list[tuple[int, int]] | None:
    """First row and height of each column of text in a frame of `rows` rows; None when heading and picture fill it."""
    top = measured.heading.rows
    columns = measured.columns.count
    if plan.picture is None:
        spots = [(top, rows - top)] * columns
    elif text.form is Form.PHOTO or measured.picture_columns == columns:
        top += plan.picture.rows + _caption_room(measured)
        spots = [(top, rows - top)] * columns
    else:
        under = top + plan.picture.rows + _caption_room(measured)
        first = columns - measured.picture_columns
        spots = [(top, rows - top) if column < first else (under, rows - under) for column in range(columns)]
        if rows < under - 1:
            return None
    if max(height for _, height in spots) < 0:
        return None
    return [(first, max(0, height)) for first, height in spots]


def _caption_room(measured: FrameText) -> int:
    """Rows under a picture for its caption, with one blank row before the text."""
    return len(measured.caption) + 1 if measured.caption else 0


def _few_long(slices: Sequence[tuple[int, int]]) -> bool:
    """Whether fewer than half of the columns hold a row more than the others: it looks like a fault."""
    sizes = [end - start for start, end in slices]
    return len(sizes) > 2 and max(sizes) > 1 and 0 < sum(size == max(sizes) for size in sizes) < len(sizes) / 2


class _Frame:
    """One frame while it is being set."""

    def __init__(
        self,
        plan: FramePlan,
        text: ArticleText,
        template: PageTemplate,
        fonts: Catalogue,
        measured: FrameText,
        proportion: float = 0.0,
    ) -> None:
        self.plan = plan
        self.text = text
        self.template = template
        self.fonts = fonts
        self.measured = measured
        self.proportion = proportion
        self.left = template.column_x(plan.column)
        self.box = Box(
            x=self.left,
            y=template.row_y(plan.row),
            width=template.span_width(plan.columns),
            height=plan.rows * template.leading,
        )
        self.runs: list[GlyphRun] = []
        self.tints: list[Tint] = []
        self.pictures: list[PictureBox] = []

    def laid(self) -> LaidFrame:
        plan, measured = self.plan, self.measured
        rows = plan.rows - (1 if plan.tint else 0)
        heights = _heights(plan, measured, self.text, rows)
        spots = heights if heights is not None else [(rows, 0)] * measured.columns.count
        lines, slices, rest = self._pour([height for _, height in spots])
        air = self._air(spots, slices, len(lines) - rest)
        if air:
            spots = [(first + air, height - air) for first, height in spots]
            slices, rest = level(lines, [height for _, height in spots])
        if plan.tint:
            edge = TINT_EDGE * self.template.leading
            box = Box(x=self.box.x, y=self.box.y + edge, width=self.box.width, height=self.box.height - edge)
            self.tints.append(Tint(box=box, ink=TINT))
        self._head(measured.heading.rows + air)
        for column, ((first, _), (start, end)) in enumerate(zip(spots, slices, strict=True)):
            x = self.left + measured.columns.x(column)
            self.runs += row_runs(lines[start:end], x, plan.row + first, self.template)
        placed = sum(end - start for start, end in slices)
        return LaidFrame(
            article=plan.article,
            box=self.box,
            runs=tuple(self.runs),
            lines=self._rules(),
            tints=tuple(self.tints),
            pictures=tuple(self.pictures),
            overset_lines=sum(not row.blank for row in lines[rest:]),
            empty_lines=sum(height for _, height in spots) - placed,
            rest=_point(lines[rest], self.text) if rest < len(lines) else None,
            headline_size=measured.heading.size,
            body_lines=placed,
        )

    def _pour(self, heights: list[int]) -> tuple[tuple[TextRow, ...], list[tuple[int, int]], int]:
        """Rows of text in columns. A few lines too many, or a few long columns beside many short ones, are mended by
        squeezing lines out where it can be done.
        """
        measured = self.measured
        rows = measured.rows
        slices, rest = level(rows, heights)
        over = len(rows) - rest
        if over > _MENDED or (over == 0 and not _few_long(slices)) or not sum(heights):
            return rows, slices, rest
        types = text_types(self.template, self.fonts)
        captions = self.plan.picture is None or self.text.form is Form.PHOTO
        tight = text_rows(self.text, types, measured.columns.width, captions, True)
        tried, tried_rest = level(tight, heights)
        if tried_rest < len(tight) or (over == 0 and _few_long(tried)):
            return rows, slices, rest
        return tight, tried, tried_rest

    def _air(self, spots: Sequence[tuple[int, int]], slices: Sequence[tuple[int, int]], over: int) -> int:
        """Rows that stay free in every column and go to the heading, which looks the better for them."""
        if over or self.plan.heading.rows or not self.text.headline:
            return 0
        free = min(height - (end - start) for (_, height), (start, end) in zip(spots, slices, strict=True))
        return max(0, min(free, _MOST_AIR))

    def _head(self, heading_rows: int) -> None:
        """Heading and picture: a photo story has its heading under the photo, other articles above it."""
        plan, template, measured = self.plan, self.template, self.measured
        row = plan.row
        picture = plan.picture
        if picture is not None and self.text.form is Form.PHOTO:
            self._picture(picture, row, self.left, self.box.width, 0.0)
            row += picture.rows
        pad = TINT_EDGE * template.leading if plan.tint and row == plan.row else 0.0
        top = template.row_y(row) + pad
        left = self.left + measured.columns.inset
        self.runs += measured.heading.runs(left, top, heading_rows * template.leading - pad)
        row += heading_rows
        if picture is not None and self.text.form is not Form.PHOTO:
            columns = measured.columns
            first = columns.count - measured.picture_columns
            x = self.left + columns.x(first)
            width = _covered_width(columns, measured.picture_columns, self.box.width - 2 * columns.inset)
            self._picture(picture, row, x, width, _UNDER_PICTURE)
            self.runs += row_runs(measured.caption, x, row + picture.rows, template)

    def _picture(self, plan: PicturePlan, row: int, x: float, width: float, under: float) -> None:
        y = self.template.row_y(row)
        height = min(plan.rows * self.template.leading, self.box.bottom - y) - under
        if height <= 0:
            return
        box = Box(x=x, y=y, width=width, height=height)
        placed, tints, runs = place_picture(plan, box, self.fonts, self.proportion)
        self.pictures.append(placed)
        self.tints += tints
        self.runs += runs

    def _rules(self) -> tuple[Line, ...]:
        if not self.plan.rule_left or self.plan.column == 0:
            return ()
        x = self.left - self.template.gutter / 2
        return (Line(x0=x, y0=self.box.y + 2.0, x1=x, y1=self.box.bottom - 1.0, width=_THIN),)


def _point(row: TextRow, text: ArticleText) -> TextPoint:
    """Where the text goes on: paragraph of the body and code point in it; past the last one for the signature."""
    for part in row.parts:
        for run in part.line.runs:
            piece = part.paragraph.pieces[run.piece]
            if piece.ref is None or piece.ref.part is Part.DATELINE:
                return TextPoint(paragraph=0, offset=0)
            if piece.ref.part is Part.SIGNATURE:
                return TextPoint(paragraph=len(text.body), offset=0)
            return TextPoint(paragraph=piece.ref.index, offset=piece.start + run.start)
    return TextPoint(paragraph=row.index, offset=0)


def row_runs(rows: Sequence[TextRow], x: float, first_row: int, template: PageTemplate) -> Iterator[GlyphRun]:
    """The glyphs of rows under each other from `first_row` of the grid on; `x` is the left edge of their measure."""
    for number, row in enumerate(rows):
        baseline = template.row_y(first_row + number) + template.baseline
        for part in row.parts:
            left = x + part.shift
            pieces = part.paragraph.pieces
            for run in part.line.runs:
                piece = pieces[run.piece]
                yield GlyphRun(
                    face=run.face.id,
                    size=run.size,
                    baseline=baseline,
                    glyphs=run.glyphs,
                    xs=tuple([left + at for at in run.xs]),
                    clusters=run.clusters,
                    stroke=run.stroke,
                    source=TextSource(ref=piece.ref, start=piece.start + run.start, end=piece.start + run.end)
                    if piece.ref
                    else None,
                )
