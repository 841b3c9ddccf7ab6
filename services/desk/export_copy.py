"""What the Word files of an issue are written from: texts, their history, what was let stand, who is named in them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from models.tables.finding import SettledRow
from models.tables.picture import PictureRow
from models.tables.revision import RevisionRow
from models.values.article_text import ArticleText
from models.values.cards import ArticleSheet, IssueCard, PageSheet
from models.values.finding import Finding
from models.values.ids import ArticleId, PictureId
from models.values.plan import FramePlan
from services.config.errors import UserError
from services.config.messages import text
from services.desk.articles import Articles
from services.desk.bench import Bench
from services.desk.pages import Pages
from services.desk.proofing import Proofing
from services.store.revisions import revision_text

if TYPE_CHECKING:
    from services.export.contract import ArticleCopy, HistoryStep, IssueCopy, NoteCopy, PageCopy

MOST_STEPS = 400  # of one article; older ones between are passed over, the manuscript is always the first


class StoredPictures(Mapping[PictureId, bytes]):
    """Pictures as they came, read from the store when asked for: one at a time stands in memory."""

    def __init__(self, bench: Bench, asked: set[PictureId]) -> None:
        self._bench = bench
        with bench.store.read() as session:
            rows = session.execute(
                select(PictureRow.id, PictureRow.name, PictureRow.width, PictureRow.height).where(
                    PictureRow.id.in_(asked)
                )
            ).all()
        self.names = {PictureId(row.id): row.name for row in rows}
        self.sizes = {PictureId(row.id): (row.width, row.height) for row in rows}

    def __getitem__(self, key: PictureId) -> bytes:
        if key not in self.names:
            raise KeyError(key)
        with self._bench.store.read() as session:
            raw = session.scalars(select(PictureRow.raw).where(PictureRow.id == key)).first()
        if raw is None:
            raise KeyError(key)
        return bytes(raw)

    def __contains__(self, key: object) -> bool:
        return key in self.names

    def __iter__(self) -> Iterator[PictureId]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def pictures_of(bench: Bench, sheets: list[PageSheet]) -> StoredPictures:
    """Those that stand on the pages or wait in their plans."""
    boxes = (box for sheet in sheets for frame in sheet.laid.frames for box in frame.pictures)
    asked = {box.picture for box in boxes if box.picture is not None}
    asked |= {f.picture.picture for s in sheets for f in s.plan.frames if f.picture and f.picture.picture}
    return StoredPictures(bench, asked)


class Copies:
    """Makes the copies. `whole` ones carry history, notes and mentions too."""

    def __init__(self, bench: Bench, pages: Pages, proofing: Proofing | None) -> None:
        self._bench = bench
        self._pages = pages
        self._proofing = proofing

    def issue(
        self, card: IssueCard, sheets: list[PageSheet], pictures: Mapping[PictureId, bytes], *, whole: bool = False
    ) -> "IssueCopy":
        from services.export.contract import IssueCopy

        foot = self._pages.facts(sheets[0].id).folio if sheets else None
        return IssueCopy(
            publication=card.publication.name,
            date=card.date,
            pages=tuple(self._page(sheet, pictures, whole) for sheet in sheets),
            total_number=card.total_number,
            number_line=foot.number_line if foot else "",
            sponsor=card.publication.sponsor,
        )

    def _page(self, sheet: PageSheet, pictures: Mapping[PictureId, bytes], whole: bool) -> "PageCopy":
        """The page's articles in reading order; those that found no place yet come after them."""
        from services.export.contract import PageCopy

        frames = reading_order(sheet.plan.frames)
        placed = {frame.article: frame for frame in frames if not frame.jump_from}  # a jumped article is given once
        there = {frame.article for frame in frames}
        waiting = [article for article in self._pages.facts(sheet.id).assigned if article not in there]
        texts = self._bench.texts([*placed, *waiting])
        articles = tuple(article_copy(held[1], placed.get(key), pictures) for key, held in texts.items())
        if whole:
            articles = tuple(self._whole(key, copy) for key, copy in zip(texts, articles, strict=True))
        return PageCopy(
            number=sheet.plan.number,
            template=self._pages.template(sheet.id),
            name=sheet.plan.name,
            slogan=sheet.plan.slogan,
            articles=articles,
        )

    def _whole(self, key: ArticleId, copy: "ArticleCopy") -> "ArticleCopy":
        sheet = Articles(self._bench).open(key)
        notes = self._notes(sheet) if sheet.text == copy.text else ()
        mentions = sheet.mentions if sheet.text == copy.text else ()
        return replace(copy, history=self._history(key), notes=notes, mentions=mentions)

    def _history(self, key: ArticleId) -> "tuple[HistoryStep, ...]":
        """The manuscript and every saved step, oldest first."""
        from services.export.contract import HistoryStep

        with self._bench.store.read() as session:
            rows = session.execute(
                select(RevisionRow.number, RevisionRow.author, RevisionRow.time)
                .where(RevisionRow.article_id == key)
                .order_by(RevisionRow.number)
            ).all()
            if len(rows) > MOST_STEPS:
                rows = [rows[0], *rows[-MOST_STEPS:]]
            found: list[HistoryStep] = []
            for row in rows:
                held = revision_text(session, key, row.number)
                if held is None:
                    raise UserError("desk.no_revision", id=key, number=row.number)
                found.append(HistoryStep(text=held, author=row.author, time=row.time))
        return tuple(found)

    def _notes(self, sheet: ArticleSheet) -> "tuple[NoteCopy, ...]":
        """What was let stand, with who did and why."""
        from services.export.contract import NoteCopy

        if self._proofing is None or not (sheet.waivers or self._settled(sheet.id)):
            return ()
        who = self._settled(sheet.id)
        reasons = {waiver.key: waiver.reason for waiver in sheet.waivers}
        made: list[NoteCopy] = []
        for finding in self._proofing.check(sheet).waived:
            row = who.get(finding.key)
            made.append(
                NoteCopy(
                    start=finding.start,
                    end=max(finding.end, finding.start + 1),
                    words=_note_words(finding, reasons.get(finding.key, "") or (row.reason if row else "")),
                    author=row.author if row else text("desk.house"),
                    time=row.time if row else None,
                )
            )
        return tuple(made)

    def _settled(self, key: ArticleId) -> dict[str, SettledRow]:
        """The last waiver of each finding."""
        with self._bench.store.read() as session:
            newest = select(func.max(SettledRow.id)).where(SettledRow.article_id == key, SettledRow.how == "waived")
            rows = session.scalars(
                select(SettledRow).where(SettledRow.id.in_(newest.group_by(SettledRow.key).scalar_subquery()))
            ).all()
            session.expunge_all()
        return {row.key: row for row in rows}


def _note_words(finding: Finding, reason: str) -> str:
    clause = f"（{finding.clause}）" if finding.clause else ""
    said = text("desk.let_stand", message=finding.message.rstrip("。."), clause=clause)
    return said + (text("desk.let_stand_because", reason=reason) if reason else "")


def reading_order(frames: tuple[FramePlan, ...]) -> list[FramePlan]:
    """From the top down, in one height from the left."""
    return sorted(frames, key=lambda frame: (frame.row, frame.column))


def article_copy(content: ArticleText, frame: FramePlan | None, pictures: Mapping[PictureId, bytes]) -> "ArticleCopy":
    from services.export.contract import ArticleCopy, PictureCopy

    if frame is None:
        return ArticleCopy(text=content)
    copy = ArticleCopy(text=content, headline_size=frame.heading.size)
    if frame.picture is None:
        return copy
    key = frame.picture.picture
    source = partial(pictures.get, key) if key is not None and key in pictures else None
    held = PictureCopy(caption=frame.picture.caption, credit=frame.picture.credit, source=source)
    return replace(copy, pictures=(held,))
