"""The door of automatic page layout 自动排版: articles in, up to three different pages out, best first.

Comes in: candidates with rank, text and wanted pictures; the template; the fonts; what the folio line prints; a slogan;
frames that an editor has pinned. Goes out: `PlanOption`s with the plan, the laid page and its score. The road:
(1) pieces with levels of heading, (2) free regions beside pinned frames, (3) complete pages from the search,
(4) the cheapest are laid by the one engine that also draws and prints, (5) scored, (6) the best that differ visibly.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.values.article_text import ArticleText
from models.values.ids import ArticleId
from models.values.issue import Folio
from models.values.laid_page import FaultKind, LaidPage, PageFault
from models.values.plan import FramePlan, PagePlan
from models.values.template import PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.candidate import Candidate, PlanOption
from services.layout.check import missing_lines
from services.layout.drafts import SLOGAN_ROWS, difference, distinct, plans
from services.layout.gauge import Gauge
from services.layout.lay_out import lay_out
from services.layout.measured import MeasuredGauge
from services.layout.pieces import ordered
from services.layout.ranking import rank
from services.layout.score import Score, score
from services.layout.search import Found

__all__ = ["Candidate", "PlanOption", "Score", "automatic", "rank"]

LAID = 32  # pages that are laid and scored
CUT_WORTH = 1.2  # points of the score that a line to be cut is worth when pages are put in order
LEFT_WORTH = 0.5  # the same for a line of an article left out: it can stand on another page
LEAST_DIFFERENCE = 0.3  # of the type area, for two pages to be two choices


def automatic(
    candidates: Sequence[Candidate],
    template: PageTemplate,
    fonts: Catalogue,
    folio: Folio,
    *,
    slogan: str = "",
    pinned: Sequence[FramePlan] = (),
    options: int = 3,
    keep: Mapping[ArticleId, frozenset[str]] | None = None,
) -> tuple[PlanOption, ...]:
    """Up to `options` pages, best first; always at least one, which tells by its faults what could not be placed.

    `keep`: names in an article that a heading never breaks, as for `lay_out`.
    """
    articles = {one.article: one.text for one in candidates}
    held = {frame.article for frame in pinned}
    gauge = MeasuredGauge(
        articles, template, fonts, keep, {one.article: (one.caption, one.credit) for one in candidates}
    )
    plan = PagePlan(
        number=folio.page_number,
        template=template.name,
        name=folio.page_name,
        slogan=slogan,
        slogan_rows=SLOGAN_ROWS,
        frames=tuple(pinned),
    )
    places = {one.article: place for place, one in enumerate(ordered(candidates))}

    sizes = {one.picture: (one.proportion, 1.0) for one in candidates if one.picture is not None and one.proportion > 0}

    def lay(plan: PagePlan) -> LaidPage:
        return lay_out(plan, articles, template, fonts, folio, keep=keep, pictures=sizes)

    found = plans(
        [one for one in candidates if one.article not in held],
        template,
        gauge,
        plan,
    )
    made: list[tuple[float, PlanOption]] = []
    for page, frames_plan in distinct(found, template, LAID):
        laid = lay(frames_plan)
        laid = replace(laid, faults=told(page, laid, articles, gauge, template))
        option = PlanOption(plan=frames_plan, laid=laid, score=score(laid, places, template))
        lost = sum(gauge.lines(piece.article, 1, 1, False) for piece in page.left_out)
        made.append((option.score.points - CUT_WORTH * option.score.overset - LEFT_WORTH * lost, option))
    if not made:
        laid = lay(plan)
        laid = replace(laid, faults=(*laid.faults, *_nothing_placed(candidates, held, articles, gauge)))
        return (PlanOption(plan=plan, laid=laid, score=score(laid, places, template)),)
    made.sort(key=lambda pair: -pair[0])
    return choose([option for _, option in made], template, options)


def choose(made: Sequence[PlanOption], template: PageTemplate, options: int) -> tuple[PlanOption, ...]:
    """The best, then the best that differ visibly from those chosen."""
    chosen: list[PlanOption] = []
    for option in made:
        if len(chosen) < options and all(
            difference(option.plan, other.plan, template) >= LEAST_DIFFERENCE for other in chosen
        ):
            chosen.append(option)
    return tuple(chosen)


def told(
    page: Found, laid: LaidPage, articles: Mapping[ArticleId, ArticleText], gauge: Gauge, template: PageTemplate
) -> tuple[PageFault, ...]:
    """The page's faults with what the editor has to decide: lines to cut, articles left out, lines that are missing."""
    cut = {one.piece.article for one in page.placed if one.shape.cut}
    faults = [fault for fault in laid.faults if fault.kind is not FaultKind.OVERSET or fault.article not in cut]
    for frame in laid.frames:
        if frame.article in cut and frame.overset_lines:
            values = (("headline", articles[frame.article].headline), ("lines", str(frame.overset_lines)))
            faults.append(
                PageFault(
                    kind=FaultKind.OVERSET,
                    severe=True,
                    message="automatic.cut",
                    values=values,
                    article=frame.article,
                    box=frame.box,
                )
            )
    faults += [_left_out(piece.article, articles, gauge) for piece in page.left_out]
    if page.white and all(fault.message != "automatic.missing" for fault in faults):
        faults.append(missing_lines(page.white, template.columns * template.rows, template))
    return tuple(sorted(faults, key=lambda fault: not fault.severe))


def _left_out(article: ArticleId, articles: Mapping[ArticleId, ArticleText], gauge: Gauge) -> PageFault:
    lines = gauge.lines(article, 1, 1, False)
    return PageFault(
        kind=FaultKind.OVERSET,
        severe=True,
        message="automatic.left_out",
        values=(("headline", articles[article].headline), ("lines", str(lines))),
        article=article,
    )


def _nothing_placed(
    candidates: Sequence[Candidate],
    held: set[ArticleId],
    articles: Mapping[ArticleId, ArticleText],
    gauge: Gauge,
) -> Iterator[PageFault]:
    if not candidates:
        yield PageFault(kind=FaultKind.EMPTY_PAGE, severe=True, message="automatic.no_articles")
    for one in candidates:
        if one.article not in held:
            yield _left_out(one.article, articles, gauge)
