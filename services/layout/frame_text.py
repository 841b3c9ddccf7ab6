"""A frame's article at its measure, before it is set: heading, rows of text, caption, and what room they have.

In: `FramePlan`, `ArticleText`, template, fonts. Out: `FrameText`; first row and height of each column; what stands
in the columns so that text runs around it; the least rows of a frame. `flow` sets what is measured here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.values.article_text import ArticleText, Form, Part, PartRef
from models.values.plan import FramePlan, PicturePlan, RuleStyle
from models.values.template import PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.columns import INSET, TextColumns, level, text_columns, uneven_columns
from services.layout.headline import SetHeading, set_heading
from services.layout.jumps import headed
from services.layout.pull_quote import fixed_of, segments
from services.layout.running_text import TextPart, TextRow, TextTypes, caption_rows, text_rows, text_types
from services.layout.uneven import Source, pour_uneven
from services.layout.upright import SetUpright, set_upright, stands_right, upright_rows

TINT_EDGE = 0.5  # rows that a tint keeps clear above itself
_MOST_ROWS = 4000


@dataclass(frozen=True, slots=True)
class Room:
    """A rectangle of the page's grid that something else takes."""

    column: int
    row: int
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class FrameText:
    """An article at its frame's measure: heading, rows of text, rows of the caption under a picture."""

    columns: TextColumns
    heading: SetHeading | SetUpright
    rows: tuple[TextRow, ...]
    caption: tuple[TextRow, ...]
    picture_columns: int  # columns of text that the picture covers
    left: float  # of text, pictures and a level heading in the frame
    width: float  # that they have
    heading_left: float


def measure_frame(
    plan: FramePlan, text: ArticleText, template: PageTemplate, fonts: Catalogue, keep: frozenset[str] = frozenset()
) -> FrameText:
    """Everything about a frame that does not depend on its place and height (but for a vertical heading's height)."""
    headed_text = headed(plan, text)
    if plan.heading.vertical and plan.columns > 1 and text.form is not Form.PHOTO and headed_text.headline:
        heading, columns, left = _upright(plan, headed_text, template, fonts)
        if boxed(plan):
            heading = replace(heading, rows=1)  # white between the tint's edge and the text
        inset = left
        width = columns.count * columns.width + (columns.count - 1) * columns.gap
        beside = template.span_width(plan.columns) - width - (INSET if boxed(plan) else 0.0) - template.gutter
        heading_left = max(0.0, (beside - heading.width) / 2)  # in the middle of what the text leaves it
        if stands_right(plan.heading):
            heading_left = template.span_width(plan.columns) - heading.width - heading_left
        set_: SetHeading | SetUpright = heading
    else:
        columns = text_columns(template, plan.columns, plan.text_columns, boxed(plan), text.form)
        width = template.span_width(plan.columns) - 2 * columns.inset
        if plan.shares and text.form is not Form.PHOTO:
            columns = uneven_columns(template, width, columns.inset, plan.shares) or columns
        pad = TINT_EDGE * template.leading if boxed(plan) else 0.0
        set_ = set_heading(headed_text, plan.heading, width, template, fonts, keep, pad=pad)
        heading_left = inset = columns.inset
    types = text_types(template, fonts)
    part = text_part(plan)
    if plan.picture is None or text.form is Form.PHOTO:
        rows = text_rows(text, types, columns.width, captions=prints_captions(plan, text), part=part)
        held = plan.picture
        typed = caption_rows(held.caption, held.credit, types.caption, None, width) if held is not None else ()
        return FrameText(columns, set_, rows, typed, columns.count, inset, width, heading_left)
    covered = columns.count if plan.picture.columns <= 0 else min(plan.picture.columns, columns.count)
    at = picture_column(plan.picture, columns.count, covered)
    caption = _caption(plan.picture, text, types, covered_width(columns, at, covered, width))
    rows = text_rows(text, types, columns.width, captions=False, part=part)
    return FrameText(columns, set_, rows, caption, covered, inset, width, heading_left)


def prints_captions(plan: FramePlan, text: ArticleText) -> bool:
    """Whether caption paragraphs are set with the running text: without a picture, and in a photo story whose plan
    has no caption of its own."""
    return plan.picture is None or (text.form is Form.PHOTO and not plan.picture.caption)


def boxed(plan: FramePlan) -> bool:
    """Whether text keeps off the frame's edges: it has a tint or a border."""
    return plan.tint or plan.border is not RuleStyle.NONE


def foot_rows(plan: FramePlan) -> int:
    """Rows that a frame keeps clear under its text."""
    return 1 if boxed(plan) else 0


def picture_column(plan: PicturePlan, columns: int, covered: int) -> int:
    """The first column of text that a picture covers."""
    return min(plan.column, columns - covered) if plan.column >= 0 else columns - covered


def stands_inside(plan: FramePlan, text: ArticleText) -> bool:
    """Whether the picture stands in the text, which runs around it, and not at the head of the frame."""
    picture = plan.picture
    return picture is not None and text.form is not Form.PHOTO and (picture.row > 0 or picture.column >= 0)


def blocked_rows(
    plan: FramePlan, measured: FrameText, text: ArticleText, template: PageTemplate, inside: Sequence[Room] = ()
) -> list[tuple[int, int, int]]:
    """(column of text, first row in the frame, rows) of what stands in the text: its picture, boxes, other frames."""
    columns = measured.columns
    found: list[tuple[int, int, int]] = []
    if plan.picture is not None and stands_inside(plan, text):
        first = picture_column(plan.picture, columns.count, measured.picture_columns)
        rows = plan.picture.rows + caption_room(measured)
        row = measured.heading.rows + plan.picture.row
        found += [(column, row, rows) for column in range(first, first + measured.picture_columns)]
    for room in inside:
        left = template.column_x(room.column) - template.column_x(plan.column)
        right = left + template.span_width(room.columns)
        for column in range(columns.count):
            x = columns.x(column)
            if x < right + 2.0 and x + columns.width_of(column) > left - 2.0:
                found.append((column, room.row - plan.row, room.rows))
    return found


def text_part(plan: FramePlan) -> TextPart:
    """The part of the running text that a frame sets."""
    return TextPart(plan.start, plan.jump_from, plan.run_ins)


def _upright(
    plan: FramePlan, text: ArticleText, template: PageTemplate, fonts: Catalogue
) -> tuple[SetUpright, TextColumns, float]:
    """A vertical heading, the columns of text beside it, and where they begin in the frame."""
    height = plan.rows * template.leading if plan.rows > 0 else template.type_height
    height -= 2 * TINT_EDGE * template.leading if boxed(plan) else 0.0
    heading = set_upright(text, plan.heading, max(1, plan.columns // 2), height, template, fonts)
    taken = min(heading.columns, plan.columns - 1)
    beside = text_columns(template, plan.columns - taken, plan.text_columns, boxed(plan), text.form)
    left = 0.0 if stands_right(plan.heading) else template.span_width(taken) + template.gutter
    columns = replace(beside, inset=beside.inset + left)
    return heading, columns, columns.inset


def frame_rows(
    plan: FramePlan, measured: FrameText, text: ArticleText, template: PageTemplate, fonts: Catalogue | None = None
) -> int:
    """The least rows of a frame in which nothing is overset. `fonts` are asked for only where columns differ."""
    foot = foot_rows(plan)
    heading = measured.heading
    rows = upright_rows(heading, template) if isinstance(heading, SetUpright) else 0
    blocked = blocked_rows(plan, measured, text, template)
    while rows < _MOST_ROWS:
        spots = text_spots(plan, measured, text, rows - foot)
        missing = 1
        if spots is not None:
            parted = segments(spots, plan.pull_quote, measured.rows, template, blocked)
            if measured.columns.widths and fonts is not None:
                lines, _, rest = pour_uneven(source(plan, text, template, fonts), measured.columns, parted)
                if rest >= len(lines):
                    return rows
                missing = len(lines) - rest
            else:
                heights = [one.height for one in parted]
                if level(measured.rows, heights, fixed_of(parted))[1] >= len(measured.rows):
                    return rows
                missing = len(measured.rows) - sum(heights)
        rows += max(1, missing // measured.columns.count)
    return rows


def source(plan: FramePlan, text: ArticleText, template: PageTemplate, fonts: Catalogue) -> Source:
    return Source(text, text_types(template, fonts), prints_captions(plan, text), text_part(plan))


def covered_width(columns: TextColumns, first: int, covered: int, width: float) -> float:
    return width if covered == columns.count else columns.span(first, covered)


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


def text_spots(plan: FramePlan, measured: FrameText, text: ArticleText, rows: int) -> list[tuple[int, int]] | None:
    """First row and height of each column of text in a frame of `rows` rows; None when heading and picture fill it."""
    top = measured.heading.rows
    columns = measured.columns.count
    if plan.picture is None or stands_inside(plan, text):
        spots = [(top, rows - top)] * columns
    elif text.form is Form.PHOTO or measured.picture_columns == columns:
        top += plan.picture.rows + caption_room(measured)
        spots = [(top, rows - top)] * columns
    else:
        under = top + plan.picture.rows + caption_room(measured)
        first = columns - measured.picture_columns
        spots = [(top, rows - top) if column < first else (under, rows - under) for column in range(columns)]
        if rows < under - 1:
            return None
    if max(height for _, height in spots) < 0:
        return None
    return [(first, max(0, height)) for first, height in spots]


def caption_room(measured: FrameText) -> int:
    """Rows under a picture for its caption, with one blank row before the text."""
    return len(measured.caption) + 1 if measured.caption else 0
