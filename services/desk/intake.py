"""收稿: files in, manuscripts kept byte for byte, their articles stored."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.tables.base import now
from models.tables.issue import IssueRow
from models.tables.manuscript import ManuscriptRow
from models.values.article_text import ArticleText, Reception
from models.values.cards import ArticleCard
from models.values.ids import ArticleId, IssueId, ManuscriptId, PageId
from models.values.manuscript import Manuscript, ManuscriptKind
from services.config.errors import UserError
from services.config.messages import text
from services.desk.articles import cards_of
from services.desk.bench import Bench
from services.desk.permissions import Action
from services.jobs.job import JobContext
from services.store.audit import add_line
from services.store.revisions import add_revision
from services.store.rows import clean, clean_text, write_text
from services.store.search import index_article


class Intake:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def preview(self, path: Path, encoding: str | None = None) -> Reception:
        """What would be taken in. Nothing is stored."""
        return receive_path(path, encoding)[1]

    def take_in(
        self,
        paths: Sequence[Path],
        *,
        issue: IssueId | None,
        encoding: str | None = None,
        page: PageId | None = None,
        context: JobContext | None = None,
    ) -> tuple[ArticleCard, ...]:
        """Keeps each file and its articles, a file in one unit of work. A file that is refused stops the rest."""
        made: list[ArticleId] = []
        for done, path in enumerate(paths):
            if context is not None:
                context.check()
                context.tell(done, len(paths), text("desk.taking_in", file=path.name))
            manuscript, reception = receive_path(path, encoding)
            made += self.keep(manuscript, reception, issue=issue, page=page)
        if context is not None:
            context.tell(len(paths), len(paths), "")
        with self._bench.store.read() as session:
            return cards_of(session, made)

    def keep(
        self, manuscript: Manuscript, reception: Reception, *, issue: IssueId | None, page: PageId | None = None
    ) -> tuple[ArticleId, ...]:
        """Stores a manuscript and the articles found in it."""
        with self._bench.work(Action.TAKE_IN) as work:
            if issue is not None and work.session.get(IssueRow, issue) is None:
                raise UserError("desk.no_issue", name=issue)
            source = ManuscriptRow(
                name=clean(manuscript.name),
                kind=manuscript.kind.value,
                raw=manuscript.raw,
                sha256=manuscript.sha256,
                encoding=reception.encoding,
            )
            work.session.add(source)
            work.session.flush()
            made = tuple(
                self._add(work.session, received.text, source.id, place, issue, page)
                for place, received in enumerate(reception.articles)
            )
            work.commit()
        return made

    def _add(
        self,
        session: Session,
        content: ArticleText,
        manuscript: int,
        place: int,
        issue: IssueId | None,
        page: PageId | None,
    ) -> ArticleId:
        content = clean_text(content)
        row = ArticleRow(manuscript_id=manuscript, issue_id=issue, page_id=page, place=place)
        write_text(row, content)
        session.add(row)
        session.flush()
        key, author, moment = ArticleId(row.id), self._bench.author, now()
        add_revision(
            session, key, row.text, number=0, characters=row.characters, author=author, why="received", time=moment
        )
        index_article(session, key, content, None)
        add_line(
            session,
            time=moment,
            author=author,
            reason="received",
            subject=f"article {key}",
            version=row.version,
            stored=row.text,
        )
        return ArticleId(row.id)

    def manuscript(self, manuscript: ManuscriptId) -> Manuscript:
        """The file as it arrived."""
        with self._bench.store.read() as session:
            row = session.get(ManuscriptRow, manuscript)
        if row is None:
            raise UserError("desk.no_manuscript", id=manuscript)
        try:
            kept = Manuscript(name=row.name, kind=ManuscriptKind(row.kind), raw=bytes(row.raw))
        except ValueError as error:
            raise UserError("store.damaged_row", table="manuscript", id=row.id, detail=str(error)) from error
        if kept.sha256 != row.sha256:
            raise UserError("store.damaged_row", table="manuscript", id=row.id, detail="sha256")
        return kept

    def seen_before(self, path: Path) -> tuple[ManuscriptId, ...]:
        """Manuscripts in the store with the very bytes of this file."""
        from services.intake.sniff import read_manuscript

        digest = read_manuscript(path).sha256
        with self._bench.store.read() as session:
            found = session.scalars(select(ManuscriptRow.id).where(ManuscriptRow.sha256 == digest))
            return tuple(ManuscriptId(key) for key in found)


def receive_path(path: Path, encoding: str | None = None) -> tuple[Manuscript, Reception]:
    """A file read and its articles found; nothing is stored."""
    from services.intake.receive import receive
    from services.intake.sniff import read_manuscript

    manuscript = read_manuscript(path)
    return manuscript, receive(manuscript, encoding=encoding)
