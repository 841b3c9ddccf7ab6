"""The door of the station: lay_out(plan, articles, template, fonts, folio) → LaidPage.

In: what the editor decided (`PagePlan`) and the texts. Out: every glyph, rule and tint with its place in points, the
lines that found no room, the faults. Pure and deterministic: the same input gives the same page, glyph for glyph.
"""

from collections.abc import Mapping
from dataclasses import replace

from models.values.article_text import ArticleText
from models.values.ids import ArticleId, PictureId
from models.values.issue import Folio
from models.values.laid_page import Box, LaidFrame, LaidPage
from models.values.plan import FramePlan, PagePlan
from models.values.template import PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.boxes import inside
from services.layout.check import check_page
from services.layout.furniture import first_free_row, furnish
from services.layout.jumps import on_page
from services.layout.memory import FrameMemory

_NO_NAMES: frozenset[str] = frozenset()


def lay_out(
    plan: PagePlan,
    articles: Mapping[ArticleId, ArticleText],
    template: PageTemplate,
    fonts: Catalogue,
    folio: Folio,
    *,
    keep: Mapping[ArticleId, frozenset[str]] | None = None,
    pictures: Mapping[PictureId, tuple[float, float]] | None = None,
    memory: FrameMemory | None = None,
) -> LaidPage:
    """Lays out one page.

    `keep`: names of people and bodies in an article that a heading never breaks. `pictures`: width and height of the
    pictures in any one unit; with them each is cropped to its box, without them its whole is drawn into the box.
    `memory` of an open page: frames that did not change are not set again.
    """
    names = keep or {}
    sizes = pictures or {}
    frames: list[LaidFrame] = []
    borrowed: list[tuple[ArticleId, str, str]] = []
    held = memory or FrameMemory()
    for at, wish in enumerate(plan.frames):
        text = articles.get(wish.article)
        frame = _on_page(wish, template)
        if text is not None and frame is not None:
            proportion = _proportion(frame, sizes)
            kept = names.get(wish.article, _NO_NAMES)
            here = on_page(frame, plan.number)
            laid, missed = held.compose(at, here, text, template, fonts, kept, proportion, inside(wish, plan))
            frames.append(laid)
            borrowed += [(wish.article, character, face) for character, face in missed]
    made = furnish(plan, folio, template, fonts)
    first_row = first_free_row(plan, folio, template)
    return LaidPage(
        number=plan.number,
        name=plan.name,
        width=template.width,
        height=template.height,
        bleed=template.bleed,
        type_area=Box(x=template.left, y=template.top, width=template.type_width, height=template.type_height),
        frames=tuple(frames),
        furniture=tuple(made.runs),
        furniture_lines=tuple(made.lines),
        furniture_tints=tuple(made.tints),
        faults=check_page(plan, articles, frames, template, fonts, first_row, borrowed),
    )


def _proportion(frame: FramePlan, sizes: Mapping[PictureId, tuple[float, float]]) -> float:
    """Width to height of the frame's picture, 0 where it is not known."""
    if frame.picture is None or frame.picture.picture is None:
        return 0.0
    width, height = sizes.get(frame.picture.picture, (0.0, 0.0))
    return width / height if width > 0 and height > 0 else 0.0


def _on_page(frame: FramePlan, template: PageTemplate) -> FramePlan | None:
    """The frame cut to the type area, None when nothing of it lies there: a plan may come from another template."""
    column, row = max(0, frame.column), max(0, frame.row)
    columns = min(frame.columns, template.columns - column)
    picture = frame.picture
    if picture is not None and not 1 <= picture.rows <= template.rows:
        picture = replace(picture, rows=min(max(1, picture.rows), template.rows))
    rows = min(frame.rows, template.rows - row)
    if columns < 1 or rows < 1:
        return None
    return replace(frame, column=column, row=row, columns=columns, rows=rows, picture=picture)
