"""期: issues with their pages."""

import datetime
from collections.abc import Sequence

from sqlalchemy import select

from models.tables.issue import IssueRow
from models.tables.page import PageRow
from models.tables.publication import PublicationRow
from models.values.cards import IssueCard, PageCard
from models.values.ids import IssueId, PageId, PublicationId
from models.values.plan import PagePlan
from services.config.errors import UserError
from services.desk.bench import Bench
from services.desk.pages import Pages, stored_card
from services.desk.permissions import Action
from services.store.codec import dump
from services.store.rows import read_publication

MOST_PAGES = 64
MOST_TOTAL = 1_000_000  # 总期号: a daily reaches it after 2,700 years


class Issues:
    def __init__(self, bench: Bench, pages: Pages) -> None:
        self._bench = bench
        self._pages = pages

    def all(self) -> tuple[IssueCard, ...]:
        """Every issue, newest first, its pages with the figures that were last found; `open` finds them anew."""
        with self._bench.store.read() as session:
            papers = {row.id: read_publication(row) for row in session.scalars(select(PublicationRow))}
            pages: dict[int, list[PageCard]] = {}
            for row in session.scalars(select(PageRow).order_by(PageRow.issue_id, PageRow.number)):
                pages.setdefault(row.issue_id, []).append(stored_card(row))
            rows = session.scalars(select(IssueRow).order_by(IssueRow.date.desc(), IssueRow.id.desc())).all()
        for one in rows:
            if one.publication_id not in papers:
                raise UserError("store.damaged_row", table="issue", id=one.id, detail="publication_id")
        return tuple(
            IssueCard(
                id=IssueId(row.id),
                publication=papers[row.publication_id],
                date=row.date,
                total_number=row.total_number,
                pages=tuple(pages.get(row.id, ())),
            )
            for row in rows
        )

    def open(self, issue: IssueId) -> IssueCard:
        with self._bench.store.read() as session:
            row = session.get(IssueRow, issue)
            paper = None if row is None else session.get(PublicationRow, row.publication_id)
            if row is None or paper is None:
                raise UserError("desk.no_issue", name=issue)
            publication = read_publication(paper)
        return IssueCard(
            id=issue, publication=publication, date=row.date, total_number=row.total_number, pages=self._cards(issue)
        )

    def create(
        self,
        publication: PublicationId,
        date: datetime.date,
        pages: int | Sequence[str],
        total_number: int | None = None,
        *,
        slogans: Sequence[str] = (),
        sample: bool = False,
    ) -> IssueCard:
        """A new issue with empty pages: so many, or one of each name."""
        if total_number is not None and not 0 < total_number <= MOST_TOTAL:
            raise UserError("desk.bad_total_number", most=MOST_TOTAL)
        names = [""] * pages if isinstance(pages, int) else list(pages)
        if not 1 <= len(names) <= MOST_PAGES:
            raise UserError("desk.pages_count", most=MOST_PAGES)
        with self._bench.work(Action.ISSUE) as work:
            paper = work.session.get(PublicationRow, publication)
            if paper is None:
                raise UserError("desk.no_publication", id=publication)
            template = read_publication(paper).template
            row = IssueRow(publication_id=publication, date=date, total_number=total_number, sample=sample)
            work.session.add(row)
            work.session.flush()
            for number, name in enumerate(names, 1):
                slogan = slogans[number - 1] if number <= len(slogans) else ""
                plan = PagePlan(number=number, template=template, name=name, slogan=slogan)
                work.session.add(PageRow(issue_id=row.id, number=number, name=name, plan=dump(plan)))
            work.commit()
        return self.open(IssueId(row.id))

    def add_page(self, issue: IssueId, name: str = "") -> PageId:
        """A further, empty page at the end of the issue."""
        with self._bench.work(Action.ISSUE) as work:
            row = work.session.get(IssueRow, issue)
            paper = None if row is None else work.session.get(PublicationRow, row.publication_id)
            if row is None or paper is None:
                raise UserError("desk.no_issue", name=issue)
            held = work.session.scalars(select(PageRow.number).where(PageRow.issue_id == issue)).all()
            number = max(held, default=0) + 1
            if number > MOST_PAGES:
                raise UserError("desk.pages_count", most=MOST_PAGES)
            plan = PagePlan(number=number, template=read_publication(paper).template, name=name)
            page = PageRow(issue_id=issue, number=number, name=name, plan=dump(plan))
            work.session.add(page)
            work.commit()
            return PageId(page.id)

    def find(self, name: str) -> IssueCard:
        """The issue of this id or date, or the latest. Raises UserError."""
        newest = select(IssueRow.id).order_by(IssueRow.date.desc(), IssueRow.id.desc()).limit(1)
        asked = name.strip()
        chosen = None
        if asked == "latest":
            chosen = newest
        elif asked.isascii() and asked.isdigit() and len(asked) < 16:
            chosen = select(IssueRow.id).where(IssueRow.id == int(asked))
        else:
            try:
                chosen = newest.where(IssueRow.date == datetime.date.fromisoformat(asked))
            except ValueError as error:
                raise UserError("desk.no_issue", name=name) from error
        with self._bench.store.read() as session:
            found = session.scalars(chosen).first()
        if found is None:
            raise UserError("desk.no_issue", name=name)
        return self.open(IssueId(found))

    def sample(self) -> IssueId | None:
        """The issue made from the seeds, if it was made."""
        with self._bench.store.read() as session:
            found = session.scalars(select(IssueRow.id).where(IssueRow.sample).order_by(IssueRow.id).limit(1)).first()
            return None if found is None else IssueId(found)

    def _cards(self, issue: IssueId) -> tuple[PageCard, ...]:
        with self._bench.store.read() as session:
            keys = session.scalars(select(PageRow.id).where(PageRow.issue_id == issue).order_by(PageRow.number)).all()
        return tuple(self._pages.card(PageId(key)) for key in keys)
