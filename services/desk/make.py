"""The whole road: manuscripts in, a laid-out issue out, with a report of every step.

1. receive every file, 2. keep manuscripts and articles in the store, 3. tag, so that names are known to 4. proofing,
whose certain findings are applied as revisions (mentions are carried; an article that lost one is tagged again), 5. lay
out pages, 6. write PDF and DOCX, 7. write the report. A file that is refused stops the road before anything is written.
"""

import datetime
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.values.article_text import ReceivedArticle, Reception
from models.values.cards import IssueCard
from models.values.ids import ArticleId, PublicationId
from models.values.manuscript import Manuscript
from models.values.publication import Publication
from services.config.errors import UserError
from services.config.files import need_writable, write_whole
from services.config.messages import text
from services.desk.desk import Desk, open_desk
from services.desk.intake import receive_path
from services.desk.paging import Group, groups, lay_out_groups
from services.desk.shapes import article_json, finding_json, findings_json, mentions_json, page_json
from services.jobs.job import JobContext

REPORT = "report.json"


@dataclass(slots=True)
class Road:
    """What the road has gathered so far. `seconds` by step."""

    desk: Desk
    job: JobContext
    fix: bool
    seconds: dict[str, float] = field(default_factory=dict)
    received: dict[ArticleId, tuple[Reception, ReceivedArticle]] = field(default_factory=dict)
    fixed: dict[ArticleId, list[dict[str, Any]]] = field(default_factory=dict)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        self.job.check()
        began = time.perf_counter()
        yield
        self.seconds[step] = round(self.seconds.get(step, 0.0) + time.perf_counter() - began, 3)


def make_issue(
    files: Sequence[Path],
    out: Path,
    *,
    store: str | None = None,
    date: datetime.date | None = None,
    publication: str | None = None,
    fix: bool = True,
    context: JobContext | None = None,
) -> dict[str, Any]:
    """Writes issue.pdf, issue.docx and report.json into `out`; returns the report. Raises UserError, Cancelled.

    Without a store the work is done in one that is thrown away.
    """
    job = context or JobContext()
    came: list[tuple[Manuscript, Reception]] = []
    began = time.perf_counter()
    for done, path in enumerate(files):
        job.check()
        job.tell(done, len(files), text("desk.taking_in", file=Path(path).name))
        came.append(receive_path(Path(path)))
    seconds = time.perf_counter() - began
    if not any(reception.articles for _, reception in came):
        raise UserError("desk.nothing_received")
    out = Path(out)
    need_writable(out)  # before anything is stored: a second try must not find the articles twice
    with _desk(store) as desk:
        road = Road(desk=desk, job=job, fix=fix, seconds={"receive": round(seconds, 3)})
        report = _walk(road, came, out, date or datetime.date.today(), publication)
    write_whole(out / REPORT, (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode())
    return report


@contextmanager
def _desk(store: str | None) -> Iterator[Desk]:
    if store is not None:
        with open_desk(store) as desk:
            yield desk
        return
    with tempfile.TemporaryDirectory(prefix="qingyang-") as folder, open_desk(str(Path(folder) / "issue.db")) as desk:
        yield desk


def _walk(
    road: Road, came: Sequence[tuple[Manuscript, Reception]], out: Path, date: datetime.date, name: str | None
) -> dict[str, Any]:
    desk = road.desk
    paper = _publication(desk, name)
    issue = desk.issues.create(paper, date, 1)
    kept: list[Group] = []
    with road.timed("receive"):
        for manuscript, reception in came:
            ids = desk.intake.keep(manuscript, reception, issue=issue.id)
            road.received |= {key: (reception, one) for key, one in zip(ids, reception.articles, strict=True)}
            kept.append(Group(articles=ids, slogan=next(iter(reception.slogans), "")))
    with road.timed("tag"):
        desk.tagging.tag_many(list(road.received))
    with road.timed("proof"):
        changed = _proof(road)
    with road.timed("tag"):
        desk.tagging.tag_many(changed)
    with road.timed("layout"):
        lengths = {card.id: card.characters for card in desk.articles.cards(road.received)}
        made = groups(kept, lengths, desk.pages.template(issue.pages[0].id))
        lay_out_groups(desk, issue, made, lengths, road.job)
    done = desk.export.whole(issue.id, out, context=road.job)
    road.seconds |= {kind: round(value, 3) for kind, value in done.seconds.items()}
    return _report(road, desk.issues.open(issue.id), done.notes)


def _proof(road: Road) -> list[ArticleId]:
    """Proofs every article and applies what is certain; returns the articles in which a fix changed a name."""
    changed: list[ArticleId] = []
    for done, key in enumerate(road.received):
        road.job.check()
        sheet = road.desk.articles.open(key)
        road.job.tell(done, len(road.received), text("desk.proofing", headline=sheet.text.headline))
        if not road.fix:
            continue
        before = road.desk.proofing.certain(sheet)
        if road.desk.proofing.fix_certain(key).articles:
            if len(road.desk.articles.open(key).mentions) < len(sheet.mentions):
                changed.append(key)
            road.fixed[key] = [finding_json(one) for one in before]
    return changed


def _publication(desk: Desk, name: str | None) -> PublicationId:
    """The publication of this name, or the store's first, or a new one."""
    if name is None:
        held = desk.publications.all()
        return held[0][0] if held else desk.publications.save(Publication(name=text("desk.default_publication")))
    return desk.publications.named(name) or desk.publications.save(Publication(name=name))


def _report(road: Road, issue: IssueCard, notes: Sequence[str]) -> dict[str, Any]:
    pages = []
    for page in issue.pages:
        sheet = road.desk.pages.open(page.id)
        pages.append(page_json(sheet.laid, [frame.article for frame in sheet.plan.frames]))
    numbers = {card.id: card.page_number for card in road.desk.articles.list(issue.id)}
    return {
        "issue": issue.id,
        "publication": issue.publication.name,
        "date": issue.date.isoformat(),
        "pages": pages,
        "articles": [_article(road, key, numbers.get(key)) for key in road.received],
        "notes": list(notes),
        "seconds": road.seconds,
    }


def _article(road: Road, key: ArticleId, page: int | None) -> dict[str, Any]:
    """One article: its receive, proof and tag shapes as it now stands; `fixed` are findings of the text as received."""
    reception, received = road.received[key]
    sheet = road.desk.articles.open(key)
    proofed = road.desk.proofing.check(key)
    flat = sheet.text.flat().text
    return {
        "id": key,
        "file": reception.file,
        "encoding": reception.encoding,
        "page": page,
        **article_json(sheet.text, received.healed, received.doubts),
        "text": flat,
        **findings_json(reception.file, len(flat), proofed.findings, proofed.rate),
        "fixed": road.fixed.get(key, []),
        **mentions_json(reception.file, sheet.mentions),
    }
