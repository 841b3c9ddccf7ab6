"""Which articles share a page: a file with several articles is a page; single ones are spread over pages by length; one
that is longer than a page jumps to the pages after it 转版.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from models.values.cards import IssueCard
from models.values.change import Change, PlanPage, Receipt
from models.values.ids import ArticleId, PageId
from models.values.plan import PagePlan
from models.values.template import PageTemplate
from services.config.messages import text
from services.desk.articles import Articles
from services.desk.issues import Issues
from services.desk.pages import Pages
from services.jobs.job import JobContext

if TYPE_CHECKING:
    from services.layout.candidate import PlanOption

FILL = 0.68  # part of the type area that running text takes when single articles are spread
FULL = 0.86  # part that it takes at the most: a file of several articles is one page up to there
BESIDES = 110  # characters' room that heading and air of an article take, about
OVER = 12  # lines: so much overset is the editor's to cut; beyond it an article moves on to the next page
ROOM = 0.35  # part of a page behind the end of a jumped article that is given to the articles after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Articles that came together, or are to stand on one page."""

    articles: tuple[ArticleId, ...]
    slogan: str = ""


class PagingDesk(Protocol):
    """The parts of the desk that pages are made with."""

    articles: Articles
    pages: Pages
    issues: Issues

    def apply(self, change: Change) -> Receipt: ...


def capacity(template: PageTemplate, fill: float) -> float:
    """Characters of running text that a page holds when so much of its type area is text."""
    return int(template.column_width / template.body.size) * template.columns * template.rows * fill


def groups(files: Sequence[Group], lengths: Mapping[ArticleId, int], template: PageTemplate) -> list[Group]:
    """A group a page, in the order of the files; single articles stand where the first of them came."""
    made: list[Group] = []
    singles: list[ArticleId] = []
    at = 0
    for file in files:
        if len(file.articles) > 1:
            made += _cut(file, lengths, capacity(template, FULL))
        else:
            if not singles:
                at = len(made)
            singles += file.articles
    if singles:
        made[at:at] = _cut(Group(articles=tuple(singles)), lengths, capacity(template, FILL))
    return made


def _cut(group: Group, lengths: Mapping[ArticleId, int], room: float) -> list[Group]:
    """The group on as few pages as hold it, filled evenly, the order kept."""
    sizes = [lengths[key] + BESIDES for key in group.articles]
    pages = min(len(sizes), math.ceil(sum(sizes) / room))
    if pages <= 1:
        return [group]
    made: list[Group] = []
    share, filled, here = sum(sizes) / pages, 0.0, list[ArticleId]()
    for key, size in zip(group.articles, sizes, strict=True):
        if here and filled + size / 2 > share * (len(made) + 1) and len(made) + 1 < pages:
            made.append(Group(articles=tuple(here)))
            here = []
        here.append(key)
        filled += size
    made.append(Group(articles=tuple(here)))
    made[0] = replace(made[0], slogan=group.slogan)
    return made


def lay_out_groups(
    desk: PagingDesk, issue: IssueCard, made: Sequence[Group], lengths: Mapping[ArticleId, int], job: JobContext
) -> None:
    """Puts each group on a page of its own; what a page cannot hold goes on to a page after it."""
    waiting = list(made)
    page: PageId | None = issue.pages[0].id
    number = 0
    while waiting:
        group = waiting.pop(0)
        number += 1
        job.check()
        job.tell(number - 1, number + len(waiting), text("desk.laying_out", number=number))
        page = page or desk.issues.add_page(issue.id)
        option, rest = _fill(desk, page, group, lengths)
        if not rest and len(group.articles) == 1 and option.laid.overset_lines > OVER:
            last = _jump(desk, issue, page, group.articles[0])
            after = _beside(desk, last, waiting[0]) if last is not None and waiting else None
            if after is not None:
                waiting[:1] = [Group(articles=after)] if after else []
            desk.pages.assign(page, group.articles)  # it belongs to the page that it begins on
            page = None
            continue
        _plan(desk, page, option.plan)
        page = None
        if rest:
            waiting.insert(0, Group(articles=rest))


def _plan(desk: PagingDesk, page: PageId, plan: PagePlan) -> None:
    desk.apply(PlanPage(page=page, plan=plan, version=desk.pages.facts(page).version, reason="automatic"))


def _jump(desk: PagingDesk, issue: IssueCard, page: PageId, article: ArticleId) -> PageId | None:
    """Spreads one long article over this page and new ones; returns the last when it has room for others."""
    from services.fonts.catalogue import installed
    from services.layout.spread import room_left, spread

    facts, template = desk.pages.facts(page), desk.pages.template(page)
    folio = replace(facts.folio, page_number=facts.plan.number)
    long = desk.articles.open(article).text
    plans = spread(article, long, template, installed(), folio, slogan=facts.plan.slogan)
    pages = [page, *(desk.issues.add_page(issue.id) for _ in plans[1:])]
    for one, plan in reversed(list(zip(pages, plans, strict=True))):  # the first last: the article belongs to it
        _plan(desk, one, replace(plan, name=desk.pages.facts(one).plan.name))
    return pages[-1] if len(pages) > 1 and room_left(plans[-1], template) >= ROOM else None


def _beside(desk: PagingDesk, page: PageId, group: Group) -> tuple[ArticleId, ...] | None:
    """Puts a group on a page that holds the end of a jumped article; returns what found no room, None when nothing
    did or the group has a slogan, which stands at the head of its own page.
    """
    if group.slogan:
        return None
    held = {frame.article for frame in desk.pages.facts(page).plan.frames}
    for count in range(len(group.articles), 0, -1):
        here = group.articles[:count]
        desk.pages.assign(page, here)
        option = desk.pages.automatic(page, options=1)[0]
        placed = {frame.article for frame in option.plan.frames} - held
        if option.laid.overset_lines <= OVER and placed == set(here):
            _plan(desk, page, option.plan)
            return group.articles[count:]
    desk.pages.assign(page, ())
    return None


def _fill(
    desk: PagingDesk, page: PageId, group: Group, lengths: Mapping[ArticleId, int]
) -> "tuple[PlanOption, tuple[ArticleId, ...]]":
    """The best plan of the page, and the articles that found no room on it."""
    here, rest = group.articles, tuple[ArticleId, ...]()
    desk.pages.name(page, slogan=group.slogan)
    while True:
        desk.pages.assign(page, here)
        option = desk.pages.automatic(page, options=1)[0]
        placed = {frame.article for frame in option.plan.frames}
        over = option.laid.overset_lines
        if len(here) == 1 or (over <= OVER and placed == set(here)):
            return option, rest
        keep = max(1, min(len(here) - 1, round(len(here) * _share(here, lengths, over, desk.pages.template(page)))))
        here, rest = here[:keep], (*here[keep:], *rest)


def _share(here: Sequence[ArticleId], lengths: Mapping[ArticleId, int], over: int, template: PageTemplate) -> float:
    """The part of the articles that would fit, judged by the lines that were over."""
    whole = sum(lengths[key] for key in here) or 1
    across = template.column_width / template.body.size
    return max(0.3, 1 - max(over * across, whole * 0.08) / whole)
