"""Which articles share a page: a file with several articles is a page; single ones are spread over pages by length."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from models.values.cards import IssueCard
from models.values.change import Change, PlanPage, Receipt
from models.values.ids import ArticleId, PageId
from models.values.template import PageTemplate
from services.config.messages import text
from services.desk.issues import Issues
from services.desk.pages import Pages
from services.jobs.job import JobContext

if TYPE_CHECKING:
    from services.layout.candidate import PlanOption

FILL = 0.68  # part of the type area that running text takes when single articles are spread
FULL = 0.86  # part that it takes at the most: a file of several articles is one page up to there
BESIDES = 110  # characters' room that heading and air of an article take, about
OVER = 12  # lines: so much overset is the editor's to cut; beyond it an article moves on to the next page


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Articles that came together, or are to stand on one page."""

    articles: tuple[ArticleId, ...]
    slogan: str = ""


class PagingDesk(Protocol):
    """The parts of the desk that pages are made with."""

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
    page = issue.pages[0].id
    number = 0
    while waiting:
        group = waiting.pop(0)
        number += 1
        job.check()
        job.tell(number - 1, number + len(waiting), text("desk.laying_out", number=number))
        if number > 1:
            page = desk.issues.add_page(issue.id)
        option, rest = _fill(desk, page, group, lengths)
        facts = desk.pages.facts(page)
        desk.apply(PlanPage(page=page, plan=option.plan, version=facts.version, reason="automatic"))
        if rest:
            waiting.insert(0, Group(articles=rest))


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
