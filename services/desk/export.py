"""输出 at the desk: an issue in the store to printable files, and a note of what was written."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.tables.export_log import ExportRow
from models.tables.issue import IssueRow
from models.tables.page import PageRow
from models.tables.profile import ProfileRow
from models.values.cards import IssueCard, PageSheet
from models.values.ids import IssueId, PageId, PublicationId
from models.values.press import HOUSE_RED, PressSettings
from services.config.errors import UserError
from services.config.messages import text
from services.desk.bench import Bench
from services.desk.export_copy import Copies, StoredPictures, pictures_of, reading_order
from services.desk.issues import Issues
from services.desk.pages import Pages
from services.desk.permissions import Action
from services.desk.proofing import Proofing
from services.desk.publications import Publications
from services.jobs.job import JobContext
from services.store.rows import clean

if TYPE_CHECKING:
    from services.export.findings import Flight
    from services.export.presets import Imprint, Press

__all__ = ["DOCX", "NAMES", "PDF", "WORD", "Export", "Exported", "reading_order"]

PDF, DOCX, NAMES = "issue.pdf", "issue.docx", "names.csv"
WORD = ("press", "archive", "clean")  # what a Word file is for


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """`notes` are plain sentences about what is wrong in the files, `told` about what was done; `ready`: whether the
    PDF passed the press check, None where it is not for the press; `seconds` by kind of file."""

    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    ready: bool | None = None
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class _Work:
    """One export while it runs."""

    card: IssueCard
    sheets: list[PageSheet]
    pictures: StoredPictures
    job: JobContext
    preset: str
    word: str
    index: bool
    press: PressSettings
    notes: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    ready: bool | None = None


class Export:
    def __init__(self, bench: Bench, pages: Pages, proofing: Proofing | None = None) -> None:
        self._bench = bench
        self._pages = pages
        self._issues = Issues(bench, pages)
        self._copies = Copies(bench, pages, proofing)
        self.printed: Callable[[IssueId, JobContext], object] | None = None  # told when a press PDF was written

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
        names: bool = False,
        preset: str = "press",
        word: str = "",
        index: bool | None = None,
        press: PressSettings | None = None,
        rate: bool = True,
        context: JobContext | None = None,
    ) -> Exported:
        """Like `issue`, and says what was noticed and how long it took.

        `word` is one of WORD, "": what suits the preset; `index` puts the index of names at the end of a Word file
        (the archive has one unless it is False); `press` overrides what is set for the publication; `names` writes the
        table names.csv too. With `rate` the error rate of a press PDF is kept before this returns, which may take
        longer than the files; without it the caller lets `keep_rate` follow when the editor has his files.
        """
        self._bench.permit(Action.EXPORT)
        job = context or JobContext()
        job.check()
        card = self._issues.open(issue)
        sheets = [self._pages.open(page.id) for page in card.pages]
        word = word or ("archive" if preset == "archive" else "press")
        if word not in WORD:
            raise UserError("export.unknown_preset", preset=word, known=", ".join(WORD))
        work = _Work(
            card=card,
            sheets=sheets,
            pictures=pictures_of(self._bench, sheets),
            job=job,
            preset=preset,
            word=word,
            index=word == "archive" if index is None else index,
            press=press or card.publication.press,
        )
        wanted: list[tuple[str, str, Callable[[_Work, Path], None]]] = []
        wanted += [(PDF, preset, self._pdf)] if pdf else []
        wanted += [(DOCX, word, self._docx)] if docx else []
        wanted += [(NAMES, "names", self._names)] if names else []
        files: list[tuple[Path, str]] = []
        seconds: dict[str, float] = {}
        for name, kind, write in wanted:
            began = time.perf_counter()
            job.check()
            job.tell(len(files), len(wanted), text("desk.writing", file=name))
            write(work, out / name)
            files.append((out / name, kind))
            seconds[name.partition(".")[2]] = time.perf_counter() - began
        self._note(issue, files)
        if rate and pdf:
            self.keep_rate(issue, preset, job)
        job.tell(len(wanted), len(wanted), "")
        return Exported(
            files=tuple(path for path, _ in files),
            notes=tuple(work.notes),
            told=tuple(work.told),
            ready=work.ready,
            seconds=seconds,
        )

    def keep_rate(self, issue: IssueId, preset: str, context: JobContext | None = None) -> None:
        """Keeps the issue's error rate as it goes to the press; nothing for other presets. Articles that were not
        proofed since the program started are proofed for it: a few seconds."""
        if preset == "press" and self.printed is not None:
            self.printed(issue, context or JobContext())

    def _pdf(self, work: _Work, out: Path) -> None:
        flight = self._print(work, out)
        work.notes += [str(finding) for finding in flight.wrong]
        work.told += [str(finding) for finding in flight.told]
        work.ready = flight.ready if flight.checked else None

    def _print(self, work: _Work, out: Path) -> "Flight":
        from services.export.pdf.book import print_pdf
        from services.fonts.catalogue import installed

        texts = self._bench.texts(frame.article for sheet in work.sheets for frame in sheet.plan.frames)
        return print_pdf(
            [sheet.laid for sheet in work.sheets],
            out,
            title=f"{work.card.publication.name} {work.card.date.isoformat()}",
            articles={key: held[1].headline for key, held in texts.items()},
            fonts=installed(),
            pictures=work.pictures,
            names=work.pictures.names,
            preset=work.preset,
            press=self._press(work.press) if work.preset == "press" else None,
            imprint=self._imprint(work.card),
            context=work.job,
        )

    def _docx(self, work: _Work, out: Path) -> None:
        from services.export.docx.issue import write_docx
        from services.export.docx.manuscripts import write_manuscripts

        whole = work.word == "archive" or work.index
        copy = self._copies.issue(work.card, work.sheets, work.pictures, whole=whole)
        if work.word == "press":
            removed = write_docx(copy, out, work.job, index=work.index)
        else:
            revisions = work.word == "archive"
            removed = write_manuscripts(copy, out, work.job, revisions=revisions, index=work.index)
        work.notes += [text("desk.left_out", code=one.code, headline=one.headline, n=one.times) for one in removed]

    def _names(self, work: _Work, out: Path) -> None:
        from services.export.names_csv import write_names

        if not write_names(self._copies.issue(work.card, work.sheets, work.pictures, whole=True), out):
            work.told.append(text("desk.no_names"))

    def proof(self, page: PageId, out: Path, context: JobContext | None = None) -> Path:
        """Writes one page as a proof, with its number, time and hash. Raises UserError, Cancelled."""
        self._bench.permit(Action.EXPORT)
        with self._bench.store.read() as session:
            row = session.get(PageRow, page)
            if row is None:
                raise UserError("desk.no_page", id=page)
            issue, number = IssueId(row.issue_id), row.number
        sheet = self._pages.open(page)
        job = context or JobContext()
        job.tell(0, 1, text("desk.writing", file=out.name))
        work = _Work(
            card=self._issues.open(issue),
            sheets=[sheet],
            pictures=pictures_of(self._bench, [sheet]),
            job=job,
            preset="proof",
            word="",
            index=False,
            press=PressSettings(),
        )
        self._print(work, out)
        self._note(issue, [(out, _proof_of(number))])
        return out

    def _imprint(self, card: IssueCard) -> "Imprint":
        """Numbers of the next proofs: one more than were made of the page, alone or with the issue."""
        from services.export.presets import Imprint

        with self._bench.store.read() as session:
            rows = session.execute(
                select(ExportRow.preset, func.count())
                .where(ExportRow.issue_id == card.id, ExportRow.preset.startswith("proof"))
                .where(ExportRow.file.endswith(".pdf"))
                .group_by(ExportRow.preset)
            )
            made: dict[str, int] = {row[0]: row[1] for row in rows}
        numbers = {page.number: 1 + made.get("proof", 0) + made.get(_proof_of(page.number), 0) for page in card.pages}
        return Imprint(publication=card.publication.name, date=card.date.isoformat(), numbers=numbers)

    # --- what the print house asked for

    def press_of(self, issue: IssueId) -> PressSettings:
        """What is set for the issue's publication."""
        return self._issues.open(issue).publication.press

    def keep_press(self, issue: IssueId, press: PressSettings) -> None:
        """Sets it for the publication: every issue from now on is exported so."""
        card = self._issues.open(issue)
        if card.publication.press == press:
            return
        with self._bench.store.read() as session:
            row = session.get(IssueRow, issue)
            if row is None:
                raise UserError("desk.no_issue", id=issue)
            paper = PublicationId(row.publication_id)
        Publications(self._bench).save(replace(card.publication, press=press), paper)

    def keep_profile(self, path: Path) -> tuple[str, str]:
        """Keeps an ICC profile in the store after checking it; its sha256 and title. Raises UserError."""
        from services.export.profile import read_profile

        profile = read_profile(path)
        with self._bench.work(Action.EXPORT) as work:
            if _profile_row(work.session, profile.sha256) is None:
                work.session.add(
                    ProfileRow(
                        name=clean(profile.name), title=clean(profile.title), sha256=profile.sha256, raw=profile.raw
                    )
                )
                work.commit()
        return profile.sha256, profile.title

    def profiles(self) -> tuple[tuple[str, str], ...]:
        """Sha256 and title of every profile in the store."""
        with self._bench.store.read() as session:
            rows = session.execute(select(ProfileRow.sha256, ProfileRow.title).order_by(ProfileRow.id))
            return tuple((row.sha256, row.title) for row in rows)

    def _press(self, settings: PressSettings) -> "Press":
        from services.export.presets import Press, SpotInk, plate_name
        from services.export.profile import check_profile

        profile = None
        if settings.profile:
            with self._bench.store.read() as session:
                row = _profile_row(session, settings.profile)
                if row is None:
                    raise UserError("desk.no_profile")
                profile = check_profile(bytes(row.raw), row.name)
        spots = (SpotInk(name=plate_name(settings.spot), alternate=HOUSE_RED),) if settings.spot.strip() else ()
        return Press(
            condition=settings.condition,
            profile=profile,
            marks=settings.marks,
            least_ppi=settings.least_ppi,
            spots=spots,
        )

    # --- before

    def before(self, issue: IssueId, press: PressSettings | None = None) -> tuple[str, ...]:
        """What would be wrong with the files if they were written now, page by page. Nothing is written."""
        card = self._issues.open(issue)
        asked = press or card.publication.press
        sheets = [self._pages.open(page.id) for page in card.pages]
        pictures = pictures_of(self._bench, sheets)
        found: list[str] = []
        for sheet in sheets:
            page = sheet.plan.number
            if not sheet.laid.frames:
                found.append(text("desk.before.empty", page=page))
            if sheet.laid.overset_lines:
                found.append(text("desk.before.overset", page=page, lines=sheet.laid.overset_lines))
            for box in (box for frame in sheet.laid.frames for box in frame.pictures):
                size = None if box.picture is None else pictures.sizes.get(box.picture)
                if size is None or box.picture is None:
                    found.append(text("desk.before.no_picture", page=page))
                    continue
                wide = abs(box.crop[2] - box.crop[0]) * size[0] / max(1.0, box.box.width)
                high = abs(box.crop[3] - box.crop[1]) * size[1] / max(1.0, box.box.height)
                ppi = round(min(wide, high) * 72)
                if ppi < asked.least_ppi:
                    named = {"file": pictures.names[box.picture], "ppi": ppi, "least": asked.least_ppi}
                    found.append(text("desk.before.coarse", page=page, **named))
            severe = {fault.kind for fault in sheet.laid.faults if fault.severe} - {"overset", "missing_picture"}
            if severe:
                found.append(text("desk.before.faults", page=page, n=len(severe)))
        return tuple(dict.fromkeys(found))

    def _note(self, issue: IssueId, files: list[tuple[Path, str]]) -> None:
        rows = []
        for path, kind in files:
            try:
                content = path.read_bytes()
            except OSError as error:
                raise UserError("desk.export_gone", file=path, reason=error.strerror or str(error)) from error
            digest = hashlib.sha256(content).hexdigest()
            rows.append((path.name, kind, digest, len(content)))
        with self._bench.work(Action.EXPORT) as work:
            work.session.add_all(
                ExportRow(issue_id=issue, author=self._bench.author, preset=kind, file=name, sha256=digest, size=size)
                for name, kind, digest, size in rows
            )
            work.commit()


def _proof_of(page: int) -> str:
    return f"proof {page}"


def _profile_row(session: Session, sha256: str) -> ProfileRow | None:
    return session.scalars(select(ProfileRow).where(ProfileRow.sha256 == sha256).limit(1)).first()
