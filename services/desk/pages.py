"""组版: a page as the canvas opens it, live reflow of a plan, automatic layout, changes that place and remove."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.tables.issue import IssueRow
from models.tables.page import PageRow
from models.tables.picture import PictureRow
from models.tables.publication import PublicationRow
from models.values.article_text import ArticleText, Form
from models.values.cards import PageCard, PageSheet
from models.values.change import PlanPage, Receipt
from models.values.ids import ArticleId, IssueId, PageId, PictureId
from models.values.issue import Folio
from models.values.laid_page import FaultKind, LaidPage, PageFault
from models.values.plan import FramePlan, PagePlan, PicturePlan
from models.values.publication import Publication
from models.values.template import PageTemplate
from services.config.errors import UserError
from services.desk.bench import Bench
from services.desk.folio import folio
from services.desk.following import IssuePlans, continued, faults, jumped, set_right
from services.desk.history import History
from services.desk.permissions import Action
from services.desk.placing import place_article
from services.desk.templates import Templates
from services.jobs.job import JobContext
from services.store.rows import read_plan, read_publication

if TYPE_CHECKING:
    from services.layout.candidate import Candidate, PlanOption
    from services.layout.fit import CopyFit
    from services.layout.memory import FrameMemory


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What a page's layout needs besides its plan."""

    plan: PagePlan
    version: int
    publication: Publication
    folio: Folio
    issue: IssueId
    assigned: tuple[ArticleId, ...]  # articles that belong to the page, placed or not
    loose: tuple[ArticleId, ...]  # articles of the issue that belong to no page

    def mark(self, texts: Mapping[ArticleId, tuple[int, ArticleText, frozenset[str]]]) -> str:
        """Names the state that a layout of the stored plan belongs to."""
        return f"{self.version}/{self.folio.pages}/" + ",".join(f"{key}.{texts[key][0]}" for key in sorted(texts))


class Pages:
    def __init__(self, bench: Bench, history: History) -> None:
        self._bench = bench
        self._history = history
        self._plans = IssuePlans(bench)
        self.templates = Templates(bench)
        self._facts: dict[PageId, PageFacts] = {}  # of pages on the canvas, for live reflow
        self._laid: dict[PageId, tuple[object, LaidPage]] = {}
        self._memories: dict[PageId, FrameMemory] = {}
        self._read: dict[ArticleId, tuple[int, ArticleText, frozenset[str]]] = {}
        self._sizes: dict[PictureId, tuple[float, float]] = {}

    def open(self, page: PageId) -> PageSheet:
        """The page as stored, laid out."""
        facts = self.facts(page)
        laid = self._lay(page, facts, facts.plan)
        plans = self._plans.of(facts.issue)
        return PageSheet(id=page, plan=facts.plan, laid=self._told(page, plans, laid, {}), version=facts.version)

    def template(self, page: PageId) -> PageTemplate:
        return self.templates.get_or_first(self.facts(page).plan.template)[0]

    def preview(self, page: PageId, plan: PagePlan, words: Mapping[ArticleId, ArticleText] | None = None) -> LaidPage:
        """What the page would look like with another plan, and with `words` that are still being typed.

        Stores nothing; made for every step of a drag and every key press. Jumped articles are set right.
        """
        facts, typed = self._facts.get(page) or self.facts(page), words or {}
        plans = self._right({**self._plans.last(facts.issue), page: plan}, typed)
        return self._told(page, plans, self._lay(page, facts, plans[page], typed, live=True), typed)

    def right(self, page: PageId, plan: PagePlan) -> PagePlan:
        """The plan with starting points and page numbers of jumped articles set right, as it is to be stored."""
        facts = self._facts.get(page) or self.facts(page)
        return self._right({**self._plans.of(facts.issue), page: plan}, {})[page]

    def keep_jumps(self, page: PageId) -> tuple[Receipt, ...]:
        """Stores what a change of one page, or of an article on it, means for the jumps of its issue.

        For the lane that writes. One change a page that was not right; none when all were.
        """
        plans = self._plans.of(self.facts(page).issue)
        made = self._right(plans, {})
        return tuple(
            self._history.apply(PlanPage(page=key, plan=plan, version=self.facts(key).version, reason="jump"))
            for key, plan in made.items()
            if plan != plans[key]
        )

    def continued(self, page: PageId, plan: PagePlan, article: ArticleId, onto: PageId) -> PlanPage:
        """The change of another page that takes up what finds no room of an article here 转版."""
        here, there = self._facts.get(page) or self.facts(page), self.facts(onto)
        laid = self._lay(page, here, plan)
        lines = max((frame.overset_lines for frame in laid.frames if frame.article == article), default=0)
        part = next(frame for frame in plan.frames if frame.article == article)
        headline = self._bench.texts([article])[article][1].headline
        made = continued(there.plan, part, max(lines, 1), self.template(onto), headline)
        return PlanPage(page=onto, plan=made, version=there.version, reason="jump")

    def beside(self, page: PageId) -> tuple[tuple[PageId, int, str], ...]:
        """The other pages of the issue: id, number, name."""
        plans = self._plans.of((self._facts.get(page) or self.facts(page)).issue)
        return tuple((key, plan.number, plan.name) for key, plan in plans.items() if key != page)

    def ornaments(self) -> tuple[str, ...]:
        """Names of the ornaments 报花 that fill a foot or stand in a box."""
        from services.layout.strokes import ornament_names

        return ornament_names()

    def fit(
        self, page: PageId, frame: FramePlan, words: Mapping[ArticleId, ArticleText] | None = None
    ) -> "CopyFit | None":
        """How an article fits a frame, in lines and columns, and what would save a line; None for a lost article."""
        from services.fonts.catalogue import installed
        from services.layout.fit import fit

        facts = self._facts.get(page) or self.facts(page)
        texts = self._bench.texts([frame.article])
        if frame.article not in texts:
            return None
        _, text, names = texts[frame.article]
        whole = (words or {}).get(frame.article, text)
        return fit(frame, whole, self.templates.get_or_first(facts.plan.template)[0], installed(), names)

    def _right(
        self, plans: Mapping[PageId, PagePlan], typed: Mapping[ArticleId, ArticleText]
    ) -> dict[PageId, PagePlan]:
        shared = jumped(plans)
        if not shared:
            return dict(plans)

        texts = {
            key: (version, typed.get(key, text), names)
            for key, (version, text, names) in self._bench.texts(sorted(shared)).items()
        }
        names = {plan.template for plan in plans.values()}
        return set_right(plans, texts, {name: self.templates.get_or_first(name)[0] for name in names})

    def _told(
        self,
        page: PageId,
        plans: Mapping[PageId, PagePlan],
        laid: LaidPage,
        typed: Mapping[ArticleId, ArticleText],
    ) -> LaidPage:
        """The page with the faults of its jumps, which no page alone can see."""
        shared = jumped(plans) & {frame.article for frame in plans[page].frames}
        if not shared:
            return laid
        parts = {key: plan for key, plan in plans.items() if shared & {frame.article for frame in plan.frames}}
        pages = {
            key: laid if key == page else self._lay(key, self._facts.get(key) or self.facts(key), plan, typed)
            for key, plan in parts.items()
        }
        texts = {key: held[1] for key, held in self._bench.texts(sorted(shared)).items()}
        found = faults(parts, pages, texts, laid.number)
        return replace(laid, faults=(*laid.faults, *found)) if found else laid

    def automatic(
        self,
        page: PageId,
        context: JobContext | None = None,
        options: int = 3,
        pictured: Mapping[ArticleId, PicturePlan] | None = None,
    ) -> "tuple[PlanOption, ...]":
        """Ways to fill the page with its articles, best first; with those of no page when it has none of its own.

        Articles keep the pictures that they have on the page; `pictured` gives them others.
        """
        from services.fonts.catalogue import installed
        from services.layout.automatic import automatic

        facts = self.facts(page)
        pinned = tuple(frame for frame in facts.plan.frames if frame.pinned)
        chosen = dict.fromkeys((*(facts.assigned or facts.loose), *(frame.article for frame in pinned)))
        texts = self._bench.texts(chosen)
        pictures = {f.article: f.picture for f in facts.plan.frames if f.picture is not None and f.picture.picture}
        pictures.update(pictured or {})
        sizes = self._proportions(picture.picture for picture in pictures.values())
        if context is not None:
            context.check()
        made = automatic(
            [_candidate(key, held[1], pictures.get(key), sizes) for key, held in texts.items()],
            self.templates.get_or_first(facts.plan.template)[0],
            installed(),
            facts.folio,
            slogan=facts.plan.slogan,
            pinned=pinned,
            options=options,
            keep={key: held[2] for key, held in texts.items()},
        )
        if context is not None:
            context.check()
        return tuple(self._dressed(page, facts, option) for option in made)

    def _dressed(self, page: PageId, facts: PageFacts, option: "PlanOption") -> "PlanOption":
        """The option with the page's own name, its pictures cropped to their boxes."""
        plan = replace(option.plan, name=facts.plan.name)
        return replace(option, plan=plan, laid=self._lay(page, facts, plan))

    def assign(self, page: PageId, articles: Sequence[ArticleId]) -> None:
        """Makes exactly these the page's articles; those it had else stay in the issue, on no page. No plan changes."""
        with self._bench.work(Action.PLAN) as work:
            row = need_page(work.session, page)
            gone = (ArticleRow.page_id == page) & ArticleRow.id.not_in(articles)
            work.session.execute(update(ArticleRow).where(gone).values(page_id=None))
            here = {"page_id": page, "issue_id": row.issue_id}
            work.session.execute(update(ArticleRow).where(ArticleRow.id.in_(articles)).values(**here))
            work.commit()

    def name(
        self, page: PageId, *, name: str | None = None, slogan: str | None = None, template: str | None = None
    ) -> None:
        """Gives the page another name, slogan or template."""
        facts = self.facts(page)
        named = facts.plan if name is None else replace(facts.plan, name=name)
        plan = named if slogan is None else replace(named, slogan=slogan)
        plan = plan if template is None else replace(plan, template=template)
        self._history.apply(PlanPage(page=page, plan=plan, version=facts.version, reason="name"))

    def place(self, sheet: PageSheet, article: ArticleId, column: int, row: int) -> PlanPage:
        """The change that puts an article where it was dropped, in a free frame that fits it; nothing is pushed."""
        texts = self._bench.texts([article])
        if article not in texts:
            raise UserError("desk.no_article", id=article)
        plan = place_article(sheet.plan, article, texts[article][1], self.template(sheet.id), column=column, row=row)
        return PlanPage(page=sheet.id, plan=plan, version=sheet.version, reason="place")

    def remove(self, sheet: PageSheet, article: ArticleId) -> PlanPage:
        """The change that takes an article off the page; it stays in the issue."""
        frames = tuple(frame for frame in sheet.plan.frames if frame.article != article)
        return PlanPage(page=sheet.id, plan=replace(sheet.plan, frames=frames), version=sheet.version, reason="remove")

    def card(self, page: PageId) -> PageCard:
        """The page's figures; laid out only when page or articles changed since they were last found."""
        facts = self.facts(page)
        mark = facts.mark(self._bench.texts(frame.article for frame in facts.plan.frames))
        with self._bench.store.read() as session:
            held = need_page(session, page)
        if held.figures_of == mark:
            return stored_card(held)
        laid = self._lay(page, facts, facts.plan)
        figures = {
            "overset_lines": laid.overset_lines,
            "empty_lines": laid.empty_lines,
            "faults": len(laid.faults),
            "figures_of": mark,
        }
        if not self._bench.works_here():
            for name, value in figures.items():
                setattr(held, name, value)
            return stored_card(held)
        with self._bench.store.work() as work:
            work.session.execute(update(PageRow).where(PageRow.id == page).values(**figures))
            work.commit()
            return stored_card(need_page(work.session, page))

    def facts(self, page: PageId) -> PageFacts:
        with self._bench.store.read() as session:
            found = _facts(session, page)
        self._facts[page] = found
        return found

    def _lay(
        self,
        page: PageId,
        facts: PageFacts,
        plan: PagePlan,
        typed: Mapping[ArticleId, ArticleText] | None = None,
        *,
        live: bool = False,
    ) -> LaidPage:
        from services.fonts.catalogue import installed
        from services.layout.lay_out import lay_out
        from services.layout.memory import FrameMemory

        texts = self._texts((frame.article for frame in plan.frames), live=live)
        for article, words in (typed or {}).items():
            if article in texts:
                texts[article] = (-1, words, texts[article][2])
        foot = replace(facts.folio, page_name=plan.name)
        grid, found = self.templates.get_or_first(plan.template)
        key = (plan, grid, foot, tuple((article, held[0]) for article, held in texts.items()))
        unsaved = any(version < 0 for version, _, _ in texts.values())
        held_page = None if unsaved else self._laid.get(page)
        if held_page is not None and held_page[0] == key:
            return held_page[1]
        laid = lay_out(
            plan,
            {article: held[1] for article, held in texts.items()},
            grid,
            installed(),
            foot,
            keep={article: held[2] for article, held in texts.items()},
            pictures=self._proportions(f.picture.picture for f in plan.frames if f.picture is not None),
            memory=self._memories.setdefault(page, FrameMemory()),
        )
        if not found:
            lost = PageFault(
                kind=FaultKind.TEMPLATE,
                severe=True,
                message="desk.template_lost",
                values=(("name", plan.template), ("title", grid.title)),
            )
            laid = replace(laid, faults=(lost, *laid.faults))
        if not unsaved:
            self._laid[page] = (key, laid)
        return laid

    def _texts(
        self, articles: Iterable[ArticleId], *, live: bool
    ) -> dict[ArticleId, tuple[int, ArticleText, frozenset[str]]]:
        """Texts as the store holds them; for live reflow as they were last read, so that a drag asks nothing of it."""
        asked = list(dict.fromkeys(articles))
        if live and all(key in self._read for key in asked):
            return {key: self._read[key] for key in asked}
        found = self._bench.texts(asked)
        self._read.update(found)
        return found

    def _proportions(self, pictures: Iterable[PictureId | None]) -> dict[PictureId, tuple[float, float]]:
        """Width and height of pictures in pixels, read once: a stored picture never changes."""
        wanted = {key for key in pictures if key is not None}
        unknown = wanted - self._sizes.keys()
        if unknown:
            with self._bench.store.read() as session:
                rows = session.execute(
                    select(PictureRow.id, PictureRow.width, PictureRow.height).where(PictureRow.id.in_(unknown))
                )
                self._sizes.update({PictureId(key): (float(wide), float(high)) for key, wide, high in rows})
        return {key: self._sizes[key] for key in wanted & self._sizes.keys()}


def stored_card(row: PageRow) -> PageCard:
    """A page with the figures that were last found for it."""
    return PageCard(
        id=PageId(row.id),
        number=row.number,
        name=row.name,
        articles=len(read_plan(row).frames),
        overset_lines=row.overset_lines,
        empty_lines=row.empty_lines,
        faults=row.faults,
        version=row.version,
    )


def need_page(session: Session, page: PageId) -> PageRow:
    row = session.get(PageRow, page)
    if row is None:
        raise UserError("desk.no_page", id=page)
    return row


def _candidate(
    article: ArticleId,
    text: ArticleText,
    picture: PicturePlan | None,
    sizes: Mapping[PictureId, tuple[float, float]],
) -> "Candidate":
    """An article for the automatic layout, which reads ranks from the texts."""
    from services.layout.candidate import Candidate

    if picture is None:
        return Candidate(article=article, text=text, pictures=int(text.form is Form.PHOTO))
    width, height = sizes.get(picture.picture, (0.0, 0.0)) if picture.picture is not None else (0.0, 0.0)
    return Candidate(
        article=article,
        text=text,
        pictures=1,
        picture=picture.picture,
        caption=picture.caption,
        credit=picture.credit,
        proportion=width / height if height else 0.0,
    )


def _facts(session: Session, page: PageId) -> PageFacts:
    row = need_page(session, page)
    issue = session.get(IssueRow, row.issue_id)
    paper = None if issue is None else session.get(PublicationRow, issue.publication_id)
    if issue is None or paper is None:
        raise UserError("desk.no_page", id=page)
    publication, plan = read_publication(paper), read_plan(row)
    pages = session.execute(select(func.count()).where(PageRow.issue_id == issue.id)).scalar_one()
    inside = select(ArticleRow.id).where(ArticleRow.issue_id == issue.id).order_by(ArticleRow.id)
    return PageFacts(
        plan=plan,
        issue=IssueId(issue.id),
        version=row.version,
        publication=publication,
        folio=folio(
            publication,
            date=issue.date,
            total_number=issue.total_number,
            page_number=plan.number,
            page_name=plan.name,
            pages=pages,
        ),
        assigned=tuple(ArticleId(key) for key in session.scalars(inside.where(ArticleRow.page_id == page))),
        loose=tuple(ArticleId(key) for key in session.scalars(inside.where(ArticleRow.page_id.is_(None)))),
    )
