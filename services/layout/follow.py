"""Parts of jumped articles, followed over the pages of an issue: starting points and page numbers set right, or faults
told where the two ends of a jump disagree.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from models.values.article_text import ArticleText
from models.values.ids import ArticleId
from models.values.laid_page import Box, FaultKind, LaidFrame, LaidPage, PageFault, TextPoint
from models.values.plan import FramePlan, PagePlan
from models.values.template import PageTemplate
from services.fonts.catalogue import Catalogue
from services.layout.flow import lay_frame
from services.layout.jumps import on_page, place


def follow(
    plans: Sequence[PagePlan],
    articles: Mapping[ArticleId, ArticleText],
    templates: Mapping[str, PageTemplate],
    fonts: Catalogue,
    *,
    keep: Mapping[ArticleId, frozenset[str]] | None = None,
) -> tuple[PagePlan, ...]:
    """The plans of an issue with starting points and page numbers of jumped articles set right.

    Parts of an article follow each other by page, on a page as its frames stand. Only frames of articles that stand in
    more than one are laid, each once; plans that were right come back as they are.
    """
    names = keep or {}
    made = {(p, f): frame for p, plan in enumerate(plans) for f, frame in enumerate(plan.frames)}
    for article, parts in _parts(plans).items():
        text = articles.get(article)
        point: TextPoint | None = None
        for number, (p, f) in enumerate(parts):
            frame = plans[p].frames[f]
            before = plans[parts[number - 1][0]].number if number else 0
            after = plans[parts[number + 1][0]].number if number + 1 < len(parts) else 0
            frame = replace(frame, start=point, jump_from=before, jump_to=after)
            made[p, f] = frame
            template = templates.get(plans[p].template)
            if after and text is not None and template is not None:
                here = on_page(frame, plans[p].number)
                laid = lay_frame(here, text, template, fonts, names.get(article, frozenset()))
                point = laid.rest or TextPoint(paragraph=len(text.body) + 1, offset=0)
    return tuple(
        replace(plan, frames=tuple(made[p, f] for f in range(len(plan.frames)))) for p, plan in enumerate(plans)
    )


def _parts(plans: Sequence[PagePlan]) -> dict[ArticleId, list[tuple[int, int]]]:
    """Places (plan, frame) of every article that stands in several frames or names another page."""
    found: dict[ArticleId, list[tuple[int, int]]] = {}
    for p, _ in sorted(enumerate(plans), key=lambda pair: pair[1].number):
        order = sorted(range(len(plans[p].frames)), key=lambda f: _reading(plans[p].frames[f]))
        for f in order:
            found.setdefault(plans[p].frames[f].article, []).append((p, f))
    return {
        article: places
        for article, places in found.items()
        if len(places) > 1 or _jumps(plans[places[0][0]].frames[places[0][1]])
    }


def _reading(frame: FramePlan) -> tuple[tuple[int, int], int, int]:
    return place(frame.start) if frame.start else (0, 0), frame.row, frame.column


def _jumps(frame: FramePlan) -> bool:
    return bool(frame.jump_to or frame.jump_from or frame.start)


def jump_faults(
    plans: Sequence[PagePlan], laid: Sequence[LaidPage], articles: Mapping[ArticleId, ArticleText]
) -> tuple[tuple[int, PageFault], ...]:
    """(page number, fault) for every jump whose two ends disagree; `laid` are the plans' pages in the same order."""
    return tuple(_issue_faults(plans, laid, articles))


def _issue_faults(
    plans: Sequence[PagePlan], laid: Sequence[LaidPage], articles: Mapping[ArticleId, ArticleText]
) -> Iterator[tuple[int, PageFault]]:
    for article, places in _parts(plans).items():
        title = articles[article].headline if article in articles else ""
        frames = [plans[p].frames[f] for p, f in places]
        numbers = [plans[p].number for p, _ in places]
        found = [_laid_frame(laid[p], plans[p], f) for p, f in places]
        for k, (here, there) in enumerate(pairwise(frames)):
            part = found[k]
            if here.jump_to != numbers[k + 1] or there.jump_from != numbers[k]:
                yield (
                    numbers[k],
                    _fault("jump_numbers", article, _box(part), title, page=numbers[k], other=numbers[k + 1]),
                )
            elif part is not None and (part.rest is None or place(part.rest) != place(there.start)):
                yield numbers[k + 1], _fault("jump_text", article, _box(found[k + 1]), title, other=numbers[k])
        if frames[0].jump_from or frames[-1].jump_to:
            yield numbers[0], _fault("jump_nowhere", article, _box(found[0]), title)


def _laid_frame(page: LaidPage, plan: PagePlan, index: int) -> LaidFrame | None:
    """The laid frame of a planned one: those of an article stand on a laid page in the order of the plan."""
    article = plan.frames[index].article
    before = sum(frame.article == article for frame in plan.frames[:index])
    own = [frame for frame in page.frames if frame.article == article]
    return own[before] if before < len(own) else None


def _box(frame: LaidFrame | None) -> Box | None:
    return None if frame is None else frame.box


def _fault(name: str, article: ArticleId, box: Box | None, title: str, **values: int) -> PageFault:
    told = (("title", title), *((key, str(value)) for key, value in values.items()))
    return PageFault(
        kind=FaultKind.JUMP,
        severe=True,
        message=f"layout.fault.{name}",
        values=tuple(sorted(told)),
        article=article,
        box=box,
    )
