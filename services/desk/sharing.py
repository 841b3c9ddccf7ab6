"""Several editors at one article: what one of them could not store is kept and put together with what stands."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables.revision import RevisionRow
from models.values.article_text import ArticleText
from models.values.cards import ArticleSheet
from models.values.change import EditArticle, Receipt
from models.values.ids import ArticleId
from services.desk.articles import sheet as read_sheet
from services.desk.bench import Bench, need_article
from services.desk.history import History
from services.desk.merging import Merge, State, merge
from services.desk.permissions import Action
from services.store.closing import send
from services.store.codec import dump
from services.store.revisions import add_revision
from services.store.rows import clean_text

DRAFT = "draft"  # reason of a revision that was not put in place


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """`receipt`: the merge is stored; None: `merge` has conflicts for a person, on the version `sheet` has."""

    merge: Merge
    sheet: ArticleSheet  # what stands now
    receipt: Receipt | None
    author: str = ""  # who wrote what stood when the edit came


class Sharing:
    def __init__(self, bench: Bench, history: History) -> None:
        self._bench = bench
        self._history = history

    def merge(self, mine: EditArticle, base: State) -> Merged:
        """Puts an edit of `base` together with what stands; stored where nothing overlaps. Nothing is dropped: the
        edit is kept as a revision whatever becomes of it."""
        state = State(text=clean_text(mine.text), mentions=mine.mentions, waivers=mine.waivers)
        with self._bench.store.work() as work:
            session = work.session
            self._bench.permit(Action.EDIT, session)
            author = _last_author(session, mine.article)
            need_article(session, mine.article, hold=True)
            sheet = read_sheet(session, mine.article)
            made = merge(base, state, State(text=sheet.text, mentions=sheet.mentions, waivers=sheet.waivers))
            receipt = None
            settled = None if made.conflicts else made.settled()
            if state.text not in (base.text, sheet.text) and (settled is None or settled.text != state.text):
                self._keep(session, mine.article, state.text)
                send(session)
            if settled is not None:
                change = _change(mine.article, settled, sheet.version)
                receipt = self._history.put(session, change)
                sheet = read_sheet(session, mine.article)
            work.commit()
        return Merged(merge=made, sheet=sheet, receipt=receipt, author=author)

    def settle(self, article: ArticleId, settled: State, version: int) -> Receipt:
        """Stores what a person made of a merge. Raises StaleVersion when the article went on meanwhile."""
        return self._history.apply(_change(article, settled, version))

    def keep_draft(self, article: ArticleId, text: ArticleText) -> None:
        """Words that were not put in place, kept among the revisions."""
        with self._bench.store.work() as work:
            need_article(work.session, article, hold=True)
            self._keep(work.session, article, clean_text(text))
            work.commit()

    def _keep(self, session: Session, article: ArticleId, text: ArticleText) -> None:
        newest = select(RevisionRow.number).where(RevisionRow.article_id == article)
        last = session.scalars(newest.order_by(RevisionRow.number.desc()).limit(1)).first()
        add_revision(
            session,
            article,
            dump(text),
            number=0 if last is None else last + 1,
            characters=text.characters,
            author=self._bench.author,
            why=DRAFT,
        )


def _last_author(session: Session, article: ArticleId) -> str:
    """Who made the newest revision that was put in place."""
    placed = select(RevisionRow.author).where(RevisionRow.article_id == article, RevisionRow.reason != DRAFT)
    return session.scalars(placed.order_by(RevisionRow.number.desc()).limit(1)).first() or ""


def _change(article: ArticleId, state: State, version: int) -> EditArticle:
    made = EditArticle(article=article, text=state.text, mentions=state.mentions, waivers=state.waivers)
    return replace(made, version=version, reason="merge")
