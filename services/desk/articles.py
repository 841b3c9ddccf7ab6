"""稿库: lists of articles, an article as an editor opens it, its history."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.tables.page import PageRow
from models.tables.revision import RevisionRow
from models.values.article_text import ArticleText
from models.values.cards import ArticleCard, ArticleSheet, RevisionCard
from models.values.ids import ArticleId, IssueId, ManuscriptId, PageId
from services.config.errors import UserError
from services.desk.bench import Bench, need_article
from services.store.revisions import revision_text
from services.store.rows import read, read_mentions, read_text, read_waivers, standing
from services.store.search import matching

MOST_CARDS = 5000


class Articles:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def list(self, issue: IssueId | None = None, query: str = "") -> tuple[ArticleCard, ...]:
        """Articles of an issue in page order, or all, newest first; with a query only those that hold it."""
        with self._bench.store.read() as session:
            chosen = _cards()
            if issue is not None:
                chosen = chosen.where(ArticleRow.issue_id == issue)
            if query.strip():
                chosen = chosen.where(ArticleRow.id.in_(matching(session, query, MOST_CARDS)))
            order = (PageRow.number.is_(None), PageRow.number, ArticleRow.id) if issue else (ArticleRow.id.desc(),)
            return tuple(map(_card, session.execute(chosen.order_by(*order).limit(MOST_CARDS))))

    def cards(self, articles: Iterable[ArticleId]) -> tuple[ArticleCard, ...]:
        """The cards of these articles, in this order."""
        with self._bench.store.read() as session:
            return cards_of(session, articles)

    def open(self, article: ArticleId) -> ArticleSheet:
        with self._bench.store.read() as session:
            return sheet(session, article)

    def revisions(self, article: ArticleId) -> tuple[RevisionCard, ...]:
        """Every saved step, newest first; number 0 is the article as received."""
        with self._bench.store.read() as session:
            need_article(session, article)
            rows = session.scalars(
                select(RevisionRow).where(RevisionRow.article_id == article).order_by(RevisionRow.number.desc())
            )
            return tuple(
                RevisionCard(
                    number=row.number, time=row.time, author=row.author, reason=row.reason, characters=row.characters
                )
                for row in rows
            )

    def at_revision(self, article: ArticleId, number: int) -> ArticleText:
        """The whole text at a saved step."""
        with self._bench.store.read() as session:
            found = revision_text(session, article, number)
            if found is None:
                raise UserError("desk.no_revision", id=article, number=number)
            return found

    def as_received(self, article: ArticleId) -> ArticleText:
        return self.at_revision(article, 0)


def sheet(session: Session, article: ArticleId) -> ArticleSheet:
    row = need_article(session, article)
    text = read_text(row)
    return ArticleSheet(
        id=article,
        text=text,
        mentions=standing(read_mentions(session, article), text.flat().text),
        waivers=read_waivers(session, article),
        version=row.version,
        manuscript=None if row.manuscript_id is None else ManuscriptId(row.manuscript_id),
        issue=None if row.issue_id is None else IssueId(row.issue_id),
        page=None if row.page_id is None else PageId(row.page_id),
    )


def cards_of(session: Session, articles: Iterable[ArticleId]) -> tuple[ArticleCard, ...]:
    asked = list(articles)
    rows = session.execute(_cards().where(ArticleRow.id.in_(asked)))
    found = {row.id: _card(row) for row in rows}
    return tuple(found[key] for key in asked if key in found)


def _cards() -> "Select[*tuple[Any, ...]]":
    """What the list shows, without the texts: they would be a hundred times as much."""
    return select(
        ArticleRow.id,
        ArticleRow.headline,
        ArticleRow.authors,
        ArticleRow.characters,
        ArticleRow.form,
        ArticleRow.page_id,
        ArticleRow.findings,
        ArticleRow.version,
        PageRow.number.label("page_number"),
    ).outerjoin(PageRow, PageRow.id == ArticleRow.page_id)


def _card(row: "Row[Any]") -> ArticleCard:
    if row.page_id is not None:
        state = "placed"
    elif row.findings == 0:
        state = "proofed"
    else:
        state = "received" if row.version == 1 else "edited"
    authors: tuple[str, ...] = () if row.authors == "[]" else read(tuple[str, ...], row.authors, "article", row.id)
    return ArticleCard(
        id=ArticleId(row.id),
        headline=row.headline,
        authors=authors,
        characters=row.characters,
        state=state,
        form=row.form,
        page=None if row.page_id is None else PageId(row.page_id),
        page_number=row.page_number,
        findings=row.findings,
        version=row.version,
    )
