"""An article that is longer than a page, spread over pages 转版: plans whose frames follow each other.

In: the article, the template, what the first page's folio line prints. Out: one `PagePlan` a page. The first part has
the article's own heading over the full page; the parts after it fill their pages under a short headline; the last one
takes no more of its page than it needs, at the left of its head, so that other articles can stand beside and below.
"""

from dataclasses import replace

from models.values.article_text import ArticleText
from models.values.ids import ArticleId
from models.values.issue import Folio
from models.values.laid_page import TextPoint
from models.values.plan import FramePlan, HeadingPlan, PagePlan, PicturePlan
from models.values.template import FontRole, PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.candidate import Candidate
from services.layout.drafts import first_row
from services.layout.flow import lay_frame
from services.layout.measure import Measure
from services.layout.measured import MeasuredGauge
from services.layout.pieces import lead_size

MOST_PAGES = 64
_SHORT_SIZE = 22.0  # points of a repeated headline
_LEAST_ROWS = 6  # of a last part, heading with it
_WISHED = 26  # rows of a last part: above it another column is taken
_NO_NAMES: frozenset[str] = frozenset()


def spread(
    article: ArticleId,
    text: ArticleText,
    template: PageTemplate,
    fonts: Catalogue,
    folio: Folio,
    *,
    slogan: str = "",
    picture: PicturePlan | None = None,
    keep: frozenset[str] = _NO_NAMES,
    most: int = MOST_PAGES,
) -> tuple[PagePlan, ...]:
    """Plans of as many pages as the article needs, numbered from `folio.page_number` on; at most `most`, the last of
    which then tells by its overset what is left. One plan without a jump when the article fits one page.
    """
    plans: list[PagePlan] = []
    point: TextPoint | None = None
    number = folio.page_number
    while True:
        own = slogan if not plans else ""
        frame = _frame(article, text, template, fonts, number, own, picture if not plans else None, keep)
        frame = replace(frame, start=point, jump_from=plans[-1].number if plans else 0)
        if plans:
            size = next((step for step in template.heading_steps if step <= _SHORT_SIZE), template.heading_steps[-1])
            frame = replace(frame, heading=HeadingPlan(size=size, role=FontRole.SONG_BOLD))
        laid = lay_frame(frame, text, template, fonts, keep)
        last = laid.rest is None or len(plans) + 1 >= most
        if not last:
            frame = replace(frame, jump_to=number + 1)
            laid = lay_frame(frame, text, template, fonts, keep)
            last = laid.rest is None or laid.body_lines == 0
            frame = replace(frame, jump_to=0) if last else frame
        elif plans and laid.rest is None:
            frame = _fitted(frame, text, template, fonts, keep)
        plans.append(PagePlan(number=number, template=template.name, name=folio.page_name, slogan=own, frames=(frame,)))
        if last:
            return tuple(plans)
        point, number = laid.rest, number + 1


def _frame(
    article: ArticleId,
    text: ArticleText,
    template: PageTemplate,
    fonts: Catalogue,
    number: int,
    slogan: str,
    picture: PicturePlan | None,
    keep: frozenset[str],
) -> FramePlan:
    """A frame over the whole page under masthead and slogan."""
    row = first_row(template, number, slogan)
    gauge = MeasuredGauge({article: text}, template, fonts, {article: keep})
    size = lead_size(Candidate(article=article, text=text), template, gauge)
    return FramePlan(
        article=article,
        column=0,
        row=row,
        columns=template.columns,
        rows=template.rows - row,
        heading=HeadingPlan(size=size, role=FontRole.SONG_BLACK, lines=2),
        picture=picture,
        pinned=True,
    )


def _fitted(
    frame: FramePlan, text: ArticleText, template: PageTemplate, fonts: Catalogue, keep: frozenset[str]
) -> FramePlan:
    """The last part in the fewest columns in which it is no taller than it should be."""
    measure = Measure(template, fonts, keep)
    fitted = frame
    for columns in range(min(2, template.columns), template.columns + 1):
        narrow = replace(frame, columns=columns)
        rows = max(_LEAST_ROWS, measure.frame_rows(text, narrow))
        fitted = replace(narrow, rows=min(rows, frame.rows))
        if rows <= min(_WISHED, frame.rows):
            break
    return fitted


def room_left(plan: PagePlan, template: PageTemplate) -> float:
    """The part of the type area of a page that its frames leave free."""
    free = template.rows - first_row(template, plan.number, plan.slogan)
    taken = sum(frame.columns * frame.rows for frame in plan.frames)
    return max(0.0, 1.0 - taken / (template.columns * max(1, free)))
