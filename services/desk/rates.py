"""差错率 of pages and issues, and what it was when an issue was printed."""

import datetime
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, select

from models.tables.article import ArticleRow
from models.tables.base import now
from models.tables.finding import SettledRow
from models.tables.issue import IssueRow
from models.tables.issue_rate import IssueRateRow
from models.values.finding import ErrorRate, Finding
from models.values.house import IssueRate
from models.values.ids import ArticleId, IssueId, PageId
from services.desk.bench import Bench
from services.desk.permissions import Action
from services.desk.proofing import Proofing
from services.jobs.job import JobContext

MOST = 200  # issues that a chart shows


class Rates:
    def __init__(self, bench: Bench, proofing: Proofing) -> None:
        self._bench = bench
        self._proofing = proofing

    def issue(self, issue: IssueId, context: JobContext | None = None) -> ErrorRate:
        """Over all articles of the issue: the same error counts three times at most in all of it."""
        return self._over(ArticleRow.issue_id == issue, context)

    def page(self, page: PageId, context: JobContext | None = None) -> ErrorRate:
        return self._over(ArticleRow.page_id == page, context)

    def _over(self, chosen: ColumnElement[bool], context: JobContext | None) -> ErrorRate:
        job = context or JobContext()
        with self._bench.store.read() as session:
            ids = [
                ArticleId(key) for key in session.scalars(select(ArticleRow.id).where(chosen).order_by(ArticleRow.id))
            ]
        return self.of(ids, job)

    def of(self, articles: Iterable[ArticleId], job: JobContext | None = None) -> ErrorRate:
        from services.proofing.proof import rate_over

        job = job or JobContext()
        found: list[Finding] = []
        characters = 0
        for article in articles:
            job.check()
            report = self._proofing.check(self._proofing.sheet(article))
            found += report.findings
            characters += report.rate.characters
        return rate_over(found, characters)

    @staticmethod
    def over(findings: Sequence[Finding], characters: int) -> ErrorRate:
        """The rate of findings that are at hand, over so many characters."""
        from services.proofing.proof import rate_over

        return rate_over(findings, characters)

    def keep(self, issue: IssueId, cause: str, context: JobContext | None = None) -> IssueRate:
        """Keeps the issue's rate as it stands now, for whoever exports or proofs. `cause`: "export" or "check"."""
        self._bench.permit_any((Action.EXPORT, Action.SETTLE))
        rate = self.issue(issue, context)
        with self._bench.store.work() as work:
            day = work.session.get_one(IssueRow, issue).date
            fixed = work.session.execute(
                select(func.count(SettledRow.id))
                .join(ArticleRow, ArticleRow.id == SettledRow.article_id)
                .where(ArticleRow.issue_id == issue, SettledRow.how == "fixed")
            ).scalar_one()
            row = IssueRateRow(
                issue_id=issue,
                time=now(),
                cause=cause,
                author=self._bench.author,
                characters=rate.characters,
                fixed=fixed,
                errors=rate.errors,
                allowed=rate.allowed,
                per_10k=rate.per_10k,
            )
            work.session.add(row)
            work.session.flush()
            kept = _value(row, day)
            work.commit()
        return kept

    def history(self, most: int = MOST) -> tuple[IssueRate, ...]:
        """The last value kept of each issue, in the order of their days."""
        with self._bench.store.read() as session:
            last = select(func.max(IssueRateRow.id)).group_by(IssueRateRow.issue_id)
            rows = session.execute(
                select(IssueRateRow, IssueRow.date)
                .join(IssueRow, IssueRow.id == IssueRateRow.issue_id)
                .where(IssueRateRow.id.in_(last))
                .order_by(IssueRow.date.desc(), IssueRateRow.issue_id.desc())
                .limit(most)
            ).all()
        return tuple(_value(row, day) for row, day in reversed(rows))


def _value(row: IssueRateRow, day: datetime.date) -> IssueRate:
    return IssueRate(
        issue=IssueId(row.issue_id),
        date=day,
        time=row.time,
        cause=row.cause,
        characters=row.characters,
        fixed=row.fixed,
        errors=row.errors,
        allowed=row.allowed,
        per_10k=row.per_10k,
    )
