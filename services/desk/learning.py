"""学习往期: the paper's own back issues counted into the checker of wrong characters. See services/proofing/lesson.

A folder of text and Word files, and the articles of the store if wanted. A file that cannot be read is named and left
out. What was learned lies in the user's data folder as counts, without any text, on trial until it is put in use.
"""

import datetime
import hashlib
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from models.tables.article import ArticleRow
from models.values.manuscript import ManuscriptKind
from services.config import paths
from services.config.errors import UserError
from services.config.messages import text
from services.desk.bench import Bench
from services.jobs.job import JobContext

if TYPE_CHECKING:
    from services.proofing.lesson import Gain

LEAST = 2_000  # characters that are worth counting
MOST = 60_000_000  # characters: what two gigabytes of memory can count
MOST_FILES = 50_000
NO_TEXT = (
    ".db",
    ".toml",
    ".json",
    ".ini",
    ".log",
    ".jpg",
    ".jpeg",
    ".png",
    ".tif",
    ".tiff",
    ".gif",
    ".bmp",
    ".mp3",
    ".mp4",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file that nothing was learned from, and why, in words for people."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What was learned. `gain` None: too little to hold any back. `in_use` False: on trial."""

    files: int
    articles: int  # of the store
    characters: int
    skipped: tuple[Skipped, ...]
    gain: "Gain | None"
    in_use: bool
    time: datetime.datetime


class Learning:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def learn(self, folder: Path | None, *, with_store: bool = False, context: JobContext | None = None) -> Learned:
        """Counts and measures; the lesson is on trial until `adopt`. Raises UserError, Cancelled."""
        from services.proofing.characters import house
        from services.proofing.characters.tables import open_tables
        from services.proofing.lesson import replace_note, teach

        job = context or JobContext()
        skipped: list[Skipped] = []
        pages = list(_pages(folder, job, skipped)) if folder is not None else []
        files = len(pages)
        if with_store:
            pages += self._articles(job)
        size = sum(map(len, pages))
        if size < LEAST:
            raise UserError("proofing.learn.too_little", count=size, least=LEAST)
        try:
            tables = open_tables()
        except house.UNREADABLE as error:
            raise UserError("proofing.learn.no_tables", reason=str(error)) from error
        lesson = teach(
            pages,
            tables,
            job,
            words=(text("proofing.learn.counting"), text("proofing.learn.measuring")),
            left_alone=_left_alone,
        )
        learned = Learned(
            files=files,
            articles=len(pages) - files,
            characters=size,
            skipped=tuple(skipped),
            gain=lesson.gain,
            in_use=False,
            time=datetime.datetime.now(datetime.UTC),
        )
        job.check()
        try:
            house.write(replace_note(lesson.house, _note(learned)), paths.data_folder() / house.TRIAL)
        except OSError as error:
            raise _cannot(error) from error
        return learned

    def _articles(self, job: JobContext) -> list[str]:
        """The texts of every article in the store as they now stand."""
        from services.store.rows import read_text

        found = []
        with self._bench.store.read() as session:
            for row in session.scalars(select(ArticleRow).execution_options(yield_per=200)):
                job.check()
                found.append(read_text(row).flat().text)
        return found

    def adopt(self) -> Learned:
        """The lesson on trial comes in use. Raises UserError where there is none."""
        return self._move("adopt", "TRIAL")

    def take_back(self) -> None:
        """Undoes `adopt`: what was in use before, or nothing, is in use again."""
        self._move("take_back", "NAME")

    def _move(self, how: str, needed: str) -> Learned:
        from services.proofing.characters import house

        folder = paths.data_folder()
        note = house.note_of(folder / getattr(house, needed))
        if note is None:
            raise UserError("proofing.learn.nothing")
        try:
            getattr(house, how)(folder)
        except OSError as error:
            raise _cannot(error) from error
        return _learned(note, in_use=how == "adopt")

    def drop_trial(self) -> None:
        from services.proofing.characters import house

        try:
            house.drop_trial(paths.data_folder())
        except OSError as error:
            raise _cannot(error) from error

    def forget(self) -> bool:
        """Takes away all that was learned; whether there was anything."""
        from services.proofing.characters import house

        there = self.status() is not None or self.trial() is not None
        try:
            house.forget(paths.data_folder())
        except OSError as error:
            raise _cannot(error) from error
        return there

    def status(self) -> Learned | None:
        """What is in use; None: nothing was learned, or what was cannot be read."""
        from services.proofing.characters import house

        note = house.note_of(paths.data_folder() / house.NAME)
        return None if note is None else _learned(note, in_use=True)

    def trial(self) -> Learned | None:
        """The lesson that waits to be put in use."""
        from services.proofing.characters import house

        note = house.note_of(paths.data_folder() / house.TRIAL)
        return None if note is None else _learned(note, in_use=False)


def _cannot(error: OSError) -> UserError:
    return UserError(
        "proofing.learn.cannot_write", folder=str(paths.data_folder()), reason=error.strerror or str(error)
    )


def _pages(folder: Path, job: JobContext, skipped: list[Skipped]) -> Iterator[str]:
    """The text of every file under the folder, the same one once; nothing outside of it (no links are followed)."""
    if not folder.is_dir():
        raise UserError("proofing.learn.no_folder", folder=str(folder))
    paths = sorted(_files(folder))
    seen: set[bytes] = set()
    size = 0
    for done, path in enumerate(paths):
        job.check()
        job.tell(done, len(paths), text("proofing.learn.reading", file=path.name))
        name = str(path.relative_to(folder))
        if done >= MOST_FILES or size >= MOST:
            skipped.append(Skipped(file=name, reason=text("proofing.learn.enough", count=f"{MOST:,}")))
            continue
        try:
            words = _words(path)
        except UserError as error:
            skipped.append(Skipped(file=name, reason=str(error)))
            continue
        mark = hashlib.blake2b(words.encode("utf-8", "surrogatepass")).digest()
        if mark not in seen:
            seen.add(mark)
            size += len(words)
            yield words


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(place) / name
            if not name.startswith((".", "~$")) and not name.lower().endswith(NO_TEXT) and not path.is_symlink():
                yield path


def _words(path: Path) -> str:
    """The text of a file, without looking for articles in it. Raises UserError."""
    from services.intake import charset
    from services.intake.normalise import cleaned
    from services.intake.sniff import read_manuscript

    manuscript = read_manuscript(path)
    if manuscript.kind is ManuscriptKind.DOCX:
        from services.intake.read_docx import read_docx

        return read_docx(manuscript)[0]
    decoded = charset.decode(manuscript.raw)
    if decoded is None:
        raise UserError("intake.not_text", file=path.name)
    return cleaned(decoded.text)


@lru_cache(maxsize=64)
def _left_alone(words: str) -> tuple[tuple[int, int], ...]:
    """Names and codes, which the checker never touches, as at the desk."""
    from models.values.article_text import FlatText
    from services.proofing.characters.check import left_alone
    from services.proofing.contract import ProofContext
    from services.proofing.read import read
    from services.tagging.tag import tag

    flat = FlatText.plain(words)
    return tuple(left_alone(read(flat, ProofContext(mentions=tag(flat)))))


def _note(learned: Learned) -> dict[str, Any]:
    return {
        "time": learned.time.isoformat(),
        "files": learned.files,
        "articles": learned.articles,
        "characters": learned.characters,
        "skipped": [[one.file, one.reason] for one in learned.skipped[:200]],
        "gain": None if learned.gain is None else asdict(learned.gain),
    }


def _learned(note: dict[str, Any], *, in_use: bool) -> Learned:
    """A note read back; what is missing or strange in it counts as nothing."""
    from services.proofing.lesson import Gain

    def number(name: str) -> int:
        value = note.get(name)
        return value if isinstance(value, int) else 0

    try:
        gain = None if not note.get("gain") else Gain(**{key: int(value) for key, value in note["gain"].items()})
        time = datetime.datetime.fromisoformat(str(note.get("time")))
        skipped = tuple(Skipped(file=str(file), reason=str(reason)) for file, reason in note.get("skipped", ()))
    except (TypeError, ValueError, AttributeError):
        gain, time, skipped = None, datetime.datetime.fromtimestamp(0, datetime.UTC), ()
    return Learned(
        files=number("files"),
        articles=number("articles"),
        characters=number("characters"),
        skipped=skipped,
        gain=gain,
        in_use=in_use,
        time=time if time.tzinfo else time.replace(tzinfo=datetime.UTC),
    )


def gain_in_words(learned: Learned) -> tuple[str, ...]:
    """What was gained, in plain sentences for the window and the command line."""
    first = text(
        "proofing.learn.counted", files=learned.files, articles=learned.articles, count=f"{learned.characters:,}"
    )
    gain = learned.gain
    if gain is None:
        return (first, text("proofing.learn.not_measured"))
    per = 10_000 / gain.characters if gain.characters else 0.0
    return (
        first,
        text("proofing.learn.held", count=f"{gain.characters:,}", planted=gain.planted),
        text("proofing.learn.caught", before=gain.caught_before, after=gain.caught_after, planted=gain.planted),
        text(
            "proofing.learn.alarms",
            before=gain.alarms_before,
            after=gain.alarms_after,
            before_rate=f"{gain.alarms_before * per:.1f}",
            after_rate=f"{gain.alarms_after * per:.1f}",
        ),
        text("proofing.learn.is_gain" if gain.is_one else "proofing.learn.no_gain"),
    )


def learned_json(learned: Learned) -> dict[str, Any]:
    """The shape of `learn --json`."""
    return {**_note(learned), "in_use": learned.in_use}
