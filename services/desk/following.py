"""Jumped articles over the pages of an issue 转版: parts set right, faults told where two ends differ.

Parts are set right before a plan is shown or stored, and on the other pages after it was stored: what 下转 and 上接 say
is never older than what the editor did last.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from models.tables.page import PageRow
from models.values.article_text import ArticleText
from models.values.ids import ArticleId, IssueId, PageId
from models.values.laid_page import LaidPage, PageFault
from models.values.plan import FramePlan, HeadingPlan, PagePlan
from models.values.template import PageTemplate
from services.config.errors import UserError
from services.desk.bench import Bench
from services.store.rows import read_plan

LEAST_ROWS = 6  # of the frame that takes up the rest of an article
HEAD_ROWS = 3  # its short headline takes about so many


@dataclass(slots=True)
class IssuePlans:
    """The plans of an issue's pages as they are stored; each read again only when its version changed."""

    bench: Bench
    _held: dict[PageId, tuple[int, PagePlan]] = field(default_factory=dict)
    _last: dict[IssueId, dict[PageId, PagePlan]] = field(default_factory=dict)

    def last(self, issue: IssueId) -> dict[PageId, PagePlan]:
        """As they were when they were last read, for live reflow: what else changes is told by a reload."""
        held = self._last.get(issue)
        return held if held is not None else self.of(issue)

    def of(self, issue: IssueId) -> dict[PageId, PagePlan]:
        """Plans by page, in the order of their numbers."""
        with self.bench.store.read() as session:
            here = PageRow.issue_id == issue
            found = session.execute(select(PageRow.id, PageRow.version).where(here).order_by(PageRow.number)).all()
            changed = [key for key, version in found if self._held.get(PageId(key), (0, None))[0] != version]
            if changed:
                for row in session.scalars(select(PageRow).where(PageRow.id.in_(changed))):
                    self._held[PageId(row.id)] = (row.version, read_plan(row))
        read = {PageId(key): self._held[PageId(key)][1] for key, _ in found if PageId(key) in self._held}
        self._last[issue] = read
        return read


def jumped(plans: Mapping[PageId, PagePlan]) -> frozenset[ArticleId]:
    """Articles that stand in several frames of the issue, or say that they do."""
    frames = [frame for plan in plans.values() for frame in plan.frames]
    counts = Counter(frame.article for frame in frames)
    marked = {frame.article for frame in frames if frame.jump_to or frame.jump_from or frame.start}
    return frozenset(marked | {article for article, count in counts.items() if count > 1})


def set_right(
    plans: Mapping[PageId, PagePlan],
    texts: Mapping[ArticleId, tuple[int, ArticleText, frozenset[str]]],
    templates: Mapping[str, PageTemplate],
) -> dict[PageId, PagePlan]:
    """The plans with starting points and page numbers of jumped articles set right."""
    from services.fonts.catalogue import installed
    from services.layout.follow import follow

    made = follow(
        list(plans.values()),
        {key: held[1] for key, held in texts.items()},
        templates,
        installed(),
        keep={key: held[2] for key, held in texts.items()},
    )
    return dict(zip(plans, made, strict=True))


def faults(
    plans: Mapping[PageId, PagePlan],
    laid: Mapping[PageId, LaidPage],
    texts: Mapping[ArticleId, ArticleText],
    number: int,
) -> tuple[PageFault, ...]:
    """What one page shows of jumps whose two ends disagree."""
    from services.layout.follow import jump_faults

    found = jump_faults([plans[page] for page in laid], list(laid.values()), texts)
    return tuple(fault for at, fault in found if at == number)


def continued(plan: PagePlan, part: FramePlan, lines: int, template: PageTemplate, headline: str) -> PagePlan:
    """A page's plan with a frame for the rest of an article, in the first free place that holds it.

    `lines` is what found no room before. Raises UserError when no place of six rows is free.
    """
    from services.desk.placing import free_rows

    top = (template.masthead_rows if plan.number == 1 else 0) + (plan.slogan_rows if plan.slogan else 0)
    best: tuple[int, int, int, int] | None = None
    for columns in range(min(part.columns, template.columns), 0, -1):
        rows = max(LEAST_ROWS, -(-lines // columns) + HEAD_ROWS)
        for row in range(top, template.rows - LEAST_ROWS + 1):
            for column in range(template.columns - columns + 1):
                free = min(rows, free_rows(plan.frames, template, column, columns, row))
                if free >= LEAST_ROWS and (best is None or columns * free > best[1] * best[3]):
                    best = column, columns, row, free
        if best is not None and best[1] * (best[3] - HEAD_ROWS) >= lines:
            break
    if best is None:
        raise UserError("desk.no_room", headline=headline)
    column, columns, row, rows = best
    size = min(template.heading_steps, key=lambda step: abs(step - 14.0))
    frame = FramePlan(
        article=part.article,
        column=column,
        row=row,
        columns=columns,
        rows=rows,
        heading=replace(part.heading, size=size, lines=1, rows=0)
        if not part.heading.vertical
        else HeadingPlan(size=size),
    )
    return replace(plan, frames=(*plan.frames, frame))
