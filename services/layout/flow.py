"""Composes one frame: heading, picture, text poured through its columns, tint and rules.

In: `FramePlan`, `ArticleText`, template, fonts. Out: `LaidFrame` with what found no room (overset lines and the point
from which to go on) and what found no text (empty lines). Every baseline of running text lies on the page's grid by
construction: row top + template.baseline.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, groupby

from models.values.article_text import ArticleText, Form
from models.values.laid_page import Box, GlyphRun, Ink, LaidFrame, Line, PictureBox, TextSource, Tint
from models.values.plan import FramePlan, PicturePlan
from models.values.template import PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.atoms import prepare
from services.layout.columns import badness, is_widow, level
from services.layout.frame_text import (
    TINT_EDGE,
    FrameText,
    Room,
    blocked_rows,
    boxed,
    caption_room,
    covered_width,
    foot_rows,
    measure_frame,
    picture_column,
    prints_captions,
    source,
    text_part,
    text_spots,
)
from services.layout.jumps import HERE, add_forward, headed, is_taken_up, point_of
from services.layout.picture import place_picture
from services.layout.pull_quote import Segment, fixed_of, quote_rows, segments, set_quote
from services.layout.running_text import TextRow, text_rows, text_types
from services.layout.strokes import border_lines, ornament_lines
from services.layout.uneven import Poured, pour_uneven
from services.layout.upright import SetUpright

_THIN = 0.3
_UNDER_PICTURE = 4.0  # points between a picture and the text under it
_OVER_PICTURE = 3.0  # and the text over it
_MOST_TRIED, _MOST_PAIRED = 24, 8  # paragraphs squeezed by a line to be rid of a widow: alone, two together
_SQUEEZED = 0.6  # what each costs against a widow's 4
_MENDED = 3  # lines too many that tight setting is tried for
_MOST_AIR = 2  # rows of room that a heading may take as air


def lay_frame(
    plan: FramePlan, text: ArticleText, template: PageTemplate, fonts: Catalogue, keep: frozenset[str] = frozenset()
) -> LaidFrame:
    """Sets one article in its frame; jumps inside a page are told by `jumps.on_page`."""
    return compose(plan, text, template, fonts, keep)[0]


def compose(
    plan: FramePlan,
    text: ArticleText,
    template: PageTemplate,
    fonts: Catalogue,
    keep: frozenset[str] = frozenset(),
    proportion: float = 0.0,
    inside: Sequence[Room] = (),
) -> tuple[LaidFrame, tuple[tuple[str, str], ...]]:
    """The frame, and the characters that their own face lacks with the id of the face that prints them instead.

    `proportion` of the frame's picture, width to height; 0 where it is not known. `inside`: boxes and frames that stand
    in the frame, so that its text runs around them.
    """
    measured = measure_frame(plan, text, template, fonts, keep)
    borrowed = dict.fromkeys(measured.heading.borrowed)
    paragraphs = {part.paragraph for row in (*measured.rows, *measured.caption) for part in row.parts}
    for paragraph in sorted(paragraphs, key=lambda one: one.text):
        borrowed.update(dict.fromkeys(prepare(paragraph).borrowed))
    frame = _Frame(plan, text, template, fonts, measured, proportion, inside)
    return frame.laid(), tuple(pair for pair in borrowed if pair[1])


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
        inside: Sequence[Room] = (),
    ) -> None:
        self.plan = plan
        self.text = text
        self.template = template
        self.fonts = fonts
        self.measured = measured
        self.proportion = proportion
        self.blocked = blocked_rows(plan, measured, text, template, inside)
        self.left = template.column_x(plan.column)
        self.box = Box(
            x=self.left,
            y=template.row_y(plan.row),
            width=template.span_width(plan.columns),
            height=plan.rows * template.leading,
        )
        self.runs: list[GlyphRun] = []
        self.lines: list[Line] = []
        self.tints: list[Tint] = []
        self.pictures: list[PictureBox] = []

    def laid(self) -> LaidFrame:
        plan, measured = self.plan, self.measured
        rows = plan.rows - foot_rows(plan)
        spots = text_spots(plan, measured, self.text, rows) or [(rows, 0)] * measured.columns.count
        parted = segments(spots, plan.pull_quote, measured.rows, self.template, self.blocked)
        lines, slices, rest = self._pour(parted)
        air = 0 if plan.jump_to and rest < len(lines) else self._air(parted, slices, len(lines) - rest)
        if air:
            parted = [replace(one, first=one.first + air, height=one.height - _lower(one, air)) for one in parted]
            slices, rest = level(lines, [one.height for one in parted], fixed_of(parted))
        self._ground()
        self._head(measured.heading.rows + air)
        for one, (start, end) in zip(parted, slices, strict=True):
            x = self.left + measured.columns.x(one.column)
            self.runs += row_runs(lines[start:end], x, plan.row + one.first, self.template)
        self._quote(parted)
        placed = sum(end - start for start, end in slices)
        jumped = plan.jump_to != 0 and placed > 0
        empty = sum(one.height for one in parted) - placed
        if empty and rest >= len(lines):
            empty -= self._filler(parted, slices, rows)
        return LaidFrame(
            article=plan.article,
            box=self.box,
            runs=tuple(self.runs),
            lines=(*self._rules(), *self.lines),
            tints=tuple(self.tints),
            pictures=tuple(self.pictures),
            overset_lines=0 if jumped else sum(not row.blank for row in lines[rest:]),
            empty_lines=empty,
            rest=point_of(lines[rest], len(self.text.body)) if rest < len(lines) else None,
            headline_size=measured.heading.size,
            body_lines=placed,
        )

    def _ground(self) -> None:
        """Tint and border, half a row below the frame's upper edge."""
        plan = self.plan
        if not boxed(plan):
            return
        edge = TINT_EDGE * self.template.leading
        box = Box(x=self.box.x, y=self.box.y + edge, width=self.box.width, height=self.box.height - edge)
        if plan.tint:
            strength = min(max(plan.tint_strength, 0.0), 1.0)
            self.tints.append(Tint(box=box, ink=Ink(k=strength)))
        self.lines += border_lines(box, plan.border)

    def _filler(self, parted: Sequence[Segment], slices: Sequence[tuple[int, int]], rows: int) -> int:
        """A 报花 in the rows that stay open under all columns; returns the lines that it takes."""
        feet = [one.first + end - start for one, (start, end) in zip(parted, slices, strict=True) if not one.fixed]
        foot = max(feet, default=rows)
        high = rows - foot - 1
        if not self.plan.filler or high < 1:
            return 0
        box = Box(
            x=self.left + self.measured.left,
            y=self.template.row_y(self.plan.row + foot + 1),
            width=self.measured.width,
            height=high * self.template.leading - 2.0,
        )
        drawn = ornament_lines(self.plan.filler, box)
        self.lines += drawn
        return (rows - foot) * self.measured.columns.count if drawn else 0

    def _pour(self, parted: Sequence[Segment]) -> tuple[tuple[TextRow, ...], list[tuple[int, int]], int]:
        """Rows of text in columns. A few lines too many, or a few long columns beside many short ones, are mended by
        squeezing lines out where it can be done.
        """
        measured = self.measured
        rows = measured.rows
        heights, fixed = [one.height for one in parted], fixed_of(parted)
        if measured.columns.widths:
            rows, slices, rest = pour_uneven(
                source(self.plan, self.text, self.template, self.fonts), measured.columns, parted
            )
        else:
            slices, rest = level(rows, heights, fixed)
        over = len(rows) - rest
        types = text_types(self.template, self.fonts)
        if over and self.plan.jump_to and sum(heights):
            if self.plan.jump_to == HERE:
                return rows, slices, rest
            width = measured.columns.width_of(measured.columns.count - 1)
            return add_forward(rows, heights, self.plan.jump_to, types, width)
        if measured.columns.widths:
            return rows, slices, rest
        if over == 0 and _widows(rows, slices):
            rows, slices, rest = self._without_widows(parted, (rows, slices, rest))
        if over > _MENDED or (over == 0 and not _few_long(_by_column(parted, slices))) or not sum(heights):
            return rows, slices, rest
        captions = prints_captions(self.plan, self.text)
        tight = text_rows(self.text, types, measured.columns.width, captions, True, text_part(self.plan))
        tried, tried_rest = level(tight, heights, fixed)
        if tried_rest < len(tight) or (over == 0 and _few_long(_by_column(parted, tried))):
            return rows, slices, rest
        return tight, tried, tried_rest

    def _without_widows(self, parted: Sequence[Segment], poured: Poured) -> Poured:
        """The text poured again with one or two paragraphs squeezed by a line, so that no column begins with the last
        line of a paragraph. Only what squeezes well is tried; a line more may stay open at the foot.
        """
        heights, fixed = [one.height for one in parted], fixed_of(parted)
        captions = prints_captions(self.plan, self.text)
        types, width = text_types(self.template, self.fonts), self.measured.columns.width
        tight = text_rows(self.text, types, width, captions, True, text_part(self.plan))
        plain, saved = by_paragraph(poured[0]), by_paragraph(tight)
        if plain.keys() != saved.keys():
            return poured
        shorter = [key for key in plain if len(saved[key]) == len(plain[key]) - 1]
        best, least = poured, badness(poured[0], poured[1], ())
        tried = [(key,) for key in shorter[:_MOST_TRIED]] + list(combinations(shorter[:_MOST_PAIRED], 2))
        for chosen in tried:
            rows = tuple(row for key in plain for row in (saved if key in chosen else plain)[key])
            slices, rest = level(rows, heights, fixed)
            if rest < len(rows) or _few_long(_by_column(parted, slices)):
                continue
            cost = badness(rows, slices, ()) + _SQUEEZED * len(chosen)
            if cost < least:
                best, least = (rows, slices, rest), cost
        return best

    def _air(self, parted: Sequence[Segment], slices: Sequence[tuple[int, int]], over: int) -> int:
        """Rows that stay free in every column and go to the heading, which looks the better for them."""
        if over or self.plan.heading.rows or not self.measured.heading.rows:
            return 0
        if self.blocked or self.measured.columns.widths or self.plan.filler:
            return 0
        pairs = zip(parted, slices, strict=True)
        free = min(one.height - (end - start) for one, (start, end) in pairs if not one.fixed)
        return max(0, min(free, _MOST_AIR))

    def _quote(self, parted: Sequence[Segment]) -> None:
        """The pull quote between the two parts of its column."""
        quote = self.plan.pull_quote
        upper = next((one for one in parted if one.fixed), None)
        if quote is None or upper is None or self.blocked:
            return
        columns = self.measured.columns
        box = Box(
            x=self.left + columns.x(upper.column),
            y=self.template.row_y(self.plan.row + upper.first + upper.height),
            width=columns.width,
            height=quote_rows(quote.words, self.template) * self.template.leading,
        )
        runs, rules = set_quote(quote.words, box, self.template, self.fonts)
        self.runs += runs
        self.lines += rules

    def _head(self, heading_rows: int) -> None:
        """Heading and picture: a photo story has its heading under the photo, other articles above it."""
        plan, template, measured = self.plan, self.template, self.measured
        row = plan.row
        picture = plan.picture
        if picture is not None and self.text.form is Form.PHOTO:
            self._picture(picture, row, self.left, self.box.width, _UNDER_PICTURE if measured.caption else 0.0)
            row += picture.rows
            self.runs += row_runs(measured.caption, self.left + measured.left, row, template)
            row += caption_room(measured)
        pad = TINT_EDGE * template.leading if boxed(plan) and row == plan.row else 0.0
        top = template.row_y(row) + pad
        heading = measured.heading
        high = (self.box.height if isinstance(heading, SetUpright) else heading_rows * template.leading) - pad
        self.runs += self._sourced(heading.runs(self.left + measured.heading_left, top, high))
        row += heading_rows
        if picture is not None and self.text.form is not Form.PHOTO:
            columns = measured.columns
            first = picture_column(picture, columns.count, measured.picture_columns)
            x = self.left + columns.x(first)
            width = covered_width(columns, first, measured.picture_columns, measured.width)
            row += picture.row
            self._picture(picture, row, x, width, _UNDER_PICTURE, _OVER_PICTURE if picture.row else 0.0)
            self.runs += row_runs(measured.caption, x, row + picture.rows, template)

    def _sourced(self, runs: Iterator[GlyphRun]) -> Iterator[GlyphRun]:
        """Runs of a heading; of a repeated short one the places are those of the words in the whole headline."""
        if not is_taken_up(self.plan):
            yield from runs
            return
        at = self.text.headline.find(headed(self.plan, self.text).headline)
        for run in runs:
            held = run.source
            moved = replace(held, start=held.start + at, end=held.end + at) if held is not None and at >= 0 else None
            yield replace(run, source=moved)

    def _picture(self, plan: PicturePlan, row: int, x: float, width: float, under: float, over: float = 0.0) -> None:
        y = self.template.row_y(row) + over
        height = min(plan.rows * self.template.leading - over, self.box.bottom - y) - under
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


def _widows(rows: Sequence[TextRow], slices: Sequence[tuple[int, int]]) -> bool:
    """Whether a column but the first begins with the last line of a paragraph."""
    return any(number and end > start and is_widow(rows[start]) for number, (start, end) in enumerate(slices))


def by_paragraph(rows: Sequence[TextRow]) -> dict[int, list[TextRow]]:
    """Rows by the paragraph that they belong to, in order."""
    found: dict[int, list[TextRow]] = {}
    for row in rows:
        found.setdefault(row.index, []).append(row)
    return found


def _lower(one: Segment, air: int) -> int:
    """Rows that air over the columns takes from a segment: from the lower part of a parted column, not the upper."""
    return 0 if one.fixed else air


def _by_column(parted: Sequence[Segment], slices: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Slices with the parts of a column taken together."""
    held = groupby(zip(parted, slices, strict=True), key=lambda pair: pair[0].column)
    together = [[each for _, each in group] for _, group in held]
    return [(each[0][0], each[0][0] + sum(end - start for start, end in each)) for each in together]


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
