"""Where an article dropped on a page comes to stand: snapped to column and row, in a free rectangle that fits it.

The size is an estimate in characters and rows; the layout engine says afterwards what is over or left.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from models.values.article_text import ArticleText, Form
from models.values.ids import ArticleId
from models.values.plan import FramePlan, HeadingPlan, PagePlan, PicturePlan
from models.values.template import PageTemplate
from services.config.errors import UserError

LEAST_ROWS = 6
WIDTHS = ((150, 1), (420, 2), (900, 3), (1600, 4))  # up to so many characters: so many columns
HEADING_SIZES = {1: 14.0, 2: 20.0, 3: 26.0, 4: 32.0}  # largest size in points at a width in columns
PICTURE_ROWS = 12


def place_article(
    plan: PagePlan, article: ArticleId, text: ArticleText, template: PageTemplate, *, column: int, row: int
) -> PagePlan:
    """The plan with the article at the free place nearest below (column, row). Raises UserError without room.

    An article that already stands on the page moves and keeps its heading and picture.
    """
    before = next((frame for frame in plan.frames if frame.article == article), None)
    others = tuple(frame for frame in plan.frames if frame.article != article)
    top = 0 if not plan.slogan else plan.slogan_rows
    if plan.number == 1:
        top += template.masthead_rows
    column = min(max(0, column), template.columns - 1)
    spot = _free_spot(others, template, column, max(row, top), top)
    if spot is None:
        raise UserError("desk.no_room", headline=text.headline)
    column, row = spot
    columns, rows = _size(others, text, template, column, row)
    frame = FramePlan(
        article=article,
        column=column,
        row=row,
        columns=columns,
        rows=rows,
        heading=_heading(text, template, columns),
        picture=PicturePlan(rows=min(PICTURE_ROWS, rows - 3))
        if text.form is Form.PHOTO and rows > LEAST_ROWS
        else None,
    )
    if before is not None:
        frame = replace(
            frame,
            picture=before.picture if before.picture is None or before.picture.rows < rows else frame.picture,
            tint=before.tint,
        )
    return replace(plan, frames=(*others, frame))


def _free_spot(
    frames: Sequence[FramePlan], template: PageTemplate, column: int, row: int, top: int
) -> tuple[int, int] | None:
    """The place itself when it is free, else the first one below it, else the first one anywhere."""
    below = [(column, at) for at in range(row, template.rows - LEAST_ROWS + 1)]
    above = [(column, at) for at in range(top, row)]
    rest = [(c, at) for c in range(template.columns) for at in range(top, template.rows - LEAST_ROWS + 1)]
    for spot in (*below, *above, *rest):
        if free_rows(frames, template, spot[0], 1, spot[1]) >= LEAST_ROWS:
            return spot
    return None


def free_rows(frames: Sequence[FramePlan], template: PageTemplate, column: int, columns: int, row: int) -> int:
    """Free rows from `row` down in these columns."""
    if column + columns > template.columns:
        return 0
    end = template.rows
    for frame in frames:
        if frame.column < column + columns and column < frame.column + frame.columns and frame.row + frame.rows > row:
            end = min(end, max(frame.row, row))
    return max(0, end - row)


def _size(
    frames: Sequence[FramePlan], text: ArticleText, template: PageTemplate, column: int, row: int
) -> tuple[int, int]:
    wanted = next((width for limit, width in WIDTHS if text.characters <= limit), template.columns)
    best: tuple[int, int] | None = None
    for columns in range(min(wanted, template.columns - column), 0, -1):
        free = free_rows(frames, template, column, columns, row)
        need = rows_needed(text, template, columns)
        if free >= need:
            return columns, need
        if free >= LEAST_ROWS and (best is None or columns * free > best[0] * best[1]):
            best = columns, free
    return best or (1, LEAST_ROWS)


def rows_needed(text: ArticleText, template: PageTemplate, columns: int) -> int:
    """Rows of a frame of so many columns that the whole article takes, about."""
    across = max(1, int(template.column_width / template.body.size))
    running = [paragraph.text for paragraph in text.body] + [text.signature]
    lines = sum(math.ceil((len(words) + 2) / across) for words in running if words)
    heading = _heading(text, template, columns)
    points = heading.size * 1.4 * heading.lines
    points += sum(template.body.size * 1.3 * 1.4 for words in (text.kicker, text.deck) if words)
    rows = math.ceil(points / template.leading) + 1 + math.ceil(lines / columns)
    if text.form is Form.PHOTO:
        rows += PICTURE_ROWS
    return max(LEAST_ROWS, rows)


def _heading(text: ArticleText, template: PageTemplate, columns: int) -> HeadingPlan:
    """The largest size of the template's scale at which the headline takes two lines at most."""
    cap = HEADING_SIZES.get(columns, 40.0)
    width = template.span_width(columns)
    steps = [size for size in template.heading_steps if size <= cap] or [template.heading_steps[-1]]
    for lines in (1, 2, 3):
        for size in steps:
            if size * len(text.headline) <= width * lines * 0.98 and (lines > 1 or size >= cap * 0.7):
                return HeadingPlan(size=size, lines=lines)
    return HeadingPlan(size=steps[-1], lines=4)
