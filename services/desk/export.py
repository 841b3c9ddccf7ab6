"""输出 at the desk: an issue in the store to printable files, and a note of what was written."""

import hashlib
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.tables.export_log import ExportRow
from models.tables.picture import PictureRow
from models.values.article_text import ArticleText
from models.values.cards import IssueCard, PageSheet
from models.values.ids import IssueId, PictureId
from models.values.plan import FramePlan
from services.config.errors import UserError
from services.config.messages import text
from services.desk.bench import Bench
from services.desk.issues import Issues
from services.desk.pages import Pages
from services.jobs.job import JobContext

if TYPE_CHECKING:
    from services.export.contract import ArticleCopy, IssueCopy, PageCopy

PDF, DOCX = "issue.pdf", "issue.docx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """`notes` are plain sentences about what reading the files again found; `seconds` by kind of file."""

    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)


class Export:
    def __init__(self, bench: Bench, pages: Pages) -> None:
        self._bench = bench
        self._pages = pages
        self._issues = Issues(bench, pages)

    def issue(
        self,
        issue: IssueId,
        out: Path,
        *,
        pdf: bool = True,
        docx: bool = True,
        preset: str = "press",
        context: JobContext | None = None,
    ) -> tuple[Path, ...]:
        """Writes issue.pdf and issue.docx into the folder `out`; returns their paths. Raises UserError, Cancelled."""
        return self.whole(issue, out, pdf=pdf, docx=docx, preset=preset, context=context).files

    def whole(
        self,
        issue: IssueId,
        out: Path,
        *,
        pdf: bool = True,
        docx: bool = True,
        preset: str = "press",
        context: JobContext | None = None,
    ) -> Exported:
        """Like `issue`, and says what was noticed and how long it took."""
        job = context or JobContext()
        job.check()
        card = self._issues.open(issue)
        sheets = [self._pages.open(page.id) for page in card.pages]
        pictures = self._pictures(sheets)
        files: list[Path] = []
        notes: list[str] = []
        seconds: dict[str, float] = {}
        for wanted, name, write in ((pdf, PDF, self._pdf), (docx, DOCX, self._docx)):
            if not wanted:
                continue
            began = time.perf_counter()
            job.check()
            job.tell(len(files), pdf + docx, text("desk.writing", file=name))
            notes += write(card, sheets, pictures, out / name, preset, job)
            files.append(out / name)
            seconds[name.partition(".")[2]] = time.perf_counter() - began
        self._note(issue, files, preset)
        job.tell(pdf + docx, pdf + docx, "")
        return Exported(files=tuple(files), notes=tuple(notes), seconds=seconds)

    def _pdf(
        self,
        card: IssueCard,
        sheets: list[PageSheet],
        pictures: dict[PictureId, bytes],
        out: Path,
        preset: str,
        job: JobContext,
    ) -> list[str]:
        from services.export.pdf.book import write_pdf
        from services.fonts.catalogue import installed

        texts = self._bench.texts(frame.article for sheet in sheets for frame in sheet.plan.frames)
        found = write_pdf(
            [sheet.laid for sheet in sheets],
            out,
            title=f"{card.publication.name} {card.date.isoformat()}",
            articles={key: held[1].headline for key, held in texts.items()},
            fonts=installed(),
            pictures=pictures,
            preset=preset,
            context=job,
        )
        return [str(finding) for finding in found]

    def _docx(
        self,
        card: IssueCard,
        sheets: list[PageSheet],
        pictures: dict[PictureId, bytes],
        out: Path,
        preset: str,
        job: JobContext,
    ) -> list[str]:
        from services.export.docx.issue import write_docx

        removed = write_docx(self._copy(card, sheets, pictures), out, job)
        return [text("desk.left_out", code=one.code, headline=one.headline, n=one.times) for one in removed]

    def _copy(self, card: IssueCard, sheets: list[PageSheet], pictures: dict[PictureId, bytes]) -> "IssueCopy":
        from services.export.contract import IssueCopy

        foot = self._pages.facts(sheets[0].id).folio if sheets else None
        return IssueCopy(
            publication=card.publication.name,
            date=card.date,
            pages=tuple(self._page_copy(sheet, pictures) for sheet in sheets),
            total_number=card.total_number,
            number_line=foot.number_line if foot else "",
            sponsor=card.publication.sponsor,
        )

    def _page_copy(self, sheet: PageSheet, pictures: dict[PictureId, bytes]) -> "PageCopy":
        """The page's articles in reading order; those that found no place yet come after them."""
        from services.export.contract import PageCopy

        frames = reading_order(sheet.plan.frames)
        placed = {frame.article: frame for frame in frames if not frame.jump_from}  # a jumped article is given once
        there = {frame.article for frame in frames}
        waiting = [article for article in self._pages.facts(sheet.id).assigned if article not in there]
        texts = self._bench.texts([*placed, *waiting])
        return PageCopy(
            number=sheet.plan.number,
            template=self._pages.template(sheet.id),
            name=sheet.plan.name,
            slogan=sheet.plan.slogan,
            articles=tuple(_article_copy(held[1], placed.get(key), pictures) for key, held in texts.items()),
        )

    def _pictures(self, sheets: list[PageSheet]) -> dict[PictureId, bytes]:
        asked = {
            box.picture
            for sheet in sheets
            for frame in sheet.laid.frames
            for box in frame.pictures
            if box.picture is not None
        }
        asked |= {f.picture.picture for s in sheets for f in s.plan.frames if f.picture and f.picture.picture}
        with self._bench.store.read() as session:
            rows = session.execute(select(PictureRow.id, PictureRow.raw).where(PictureRow.id.in_(asked)))
            return {PictureId(key): bytes(raw) for key, raw in rows}

    def _note(self, issue: IssueId, files: list[Path], preset: str) -> None:
        rows = []
        for path in files:
            try:
                content = path.read_bytes()
            except OSError as error:
                raise UserError("desk.export_gone", file=path, reason=error.strerror or str(error)) from error
            digest = hashlib.sha256(content).hexdigest()
            rows.append((path.name, digest, len(content)))
        with self._bench.store.work() as work:
            work.session.add_all(
                ExportRow(issue_id=issue, author=self._bench.author, preset=preset, file=name, sha256=digest, size=size)
                for name, digest, size in rows
            )
            work.commit()


def reading_order(frames: tuple[FramePlan, ...]) -> list[FramePlan]:
    """From the top down, in one height from the left."""
    return sorted(frames, key=lambda frame: (frame.row, frame.column))


def _article_copy(content: ArticleText, frame: FramePlan | None, pictures: dict[PictureId, bytes]) -> "ArticleCopy":
    from services.export.contract import ArticleCopy, PictureCopy

    if frame is None:
        return ArticleCopy(text=content)
    copy = ArticleCopy(text=content, headline_size=frame.heading.size)
    if frame.picture is None:
        return copy
    data = None if frame.picture.picture is None else pictures.get(frame.picture.picture)
    return replace(copy, pictures=(PictureCopy(data=data, caption=frame.picture.caption, credit=frame.picture.credit),))
