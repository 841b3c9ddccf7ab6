"""The sample issue: seeds/ loaded into a store once. Nothing in the files is believed; what is wrong is told."""

import datetime
import tomllib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import update

from models.tables.entity import EntityRow, OfficeRow
from models.tables.issue import IssueRow
from models.values.cards import IssueCard
from models.values.change import Change, PlanPage, Receipt
from models.values.ids import ArticleId, EntityId, PageId
from models.values.mention import EntityKind
from models.values.plan import PicturePlan
from models.values.publication import Profile, Publication
from services.config.errors import UserError
from services.config.paths import SEEDS
from services.desk import authority
from services.desk.articles import Articles
from services.desk.intake import Intake, receive_path
from services.desk.issues import Issues
from services.desk.pages import Pages
from services.desk.pictures import Pictures
from services.desk.proofing import Proofing
from services.desk.publications import Publications
from services.desk.tagging import Tagging
from services.store.unit_of_work import Store

PICTURE_ROWS = 14


class SampleDesk(Protocol):
    """The parts of the desk that a sample is made with."""

    store: Store
    publications: Publications
    articles: Articles
    intake: Intake
    proofing: Proofing
    tagging: Tagging
    pages: Pages
    issues: Issues
    pictures: Pictures

    def apply(self, change: Change) -> Receipt: ...


def sow(desk: SampleDesk, folder: Path = SEEDS) -> IssueCard:
    """The sample issue of the store; made from `folder` when there is none. Raises UserError for wrong seeds."""
    held = desk.issues.sample()
    if held is not None:
        return desk.issues.open(held)
    table = _table(folder / "issue.toml")
    publication = _publication(_part(table, "publication"))
    issue = _part(table, "issue")
    pages = [page for page in table.get("page", []) if isinstance(page, dict)]
    pages.sort(key=lambda page: _number(page.get("number")))
    if (folder / "entities.toml").is_file():
        enter_entities(desk, _table(folder / "entities.toml"))
    paper = desk.publications.named(publication.name) or desk.publications.save(publication)
    card = desk.issues.create(
        paper,
        _date(issue.get("date")) or datetime.date.today(),
        [str(page.get("name", "")) for page in pages],
        _number(issue.get("total_number")) or None,
        slogans=[str(page.get("slogan", "")) for page in pages],
    )
    articles: list[ArticleId] = []
    for page, made in zip(pages, card.pages, strict=True):
        articles += _fill(desk, folder, page, made.id, card)
    with ThreadPoolExecutor(1) as lane:  # the word model reads while the pages are laid out: neither asks the other
        tagged = lane.submit(desk.tagging.tag_many, articles)
        plans = [_plan(desk, folder, page, made.id) for page, made in zip(pages, card.pages, strict=True)]
        tagged.result()
    for plan in plans:
        if plan is not None:
            desk.apply(plan)
    for article in articles:
        desk.proofing.check(article)
    with desk.store.work() as work:
        work.session.execute(update(IssueRow).where(IssueRow.id == card.id).values(sample=True))
        work.commit()
    return desk.issues.open(card.id)


def _fill(desk: SampleDesk, folder: Path, page: Mapping[str, Any], key: PageId, card: IssueCard) -> list[ArticleId]:
    """The page's manuscripts, kept; a slogan found in them goes on the page when the seed names none."""
    made: list[ArticleId] = []
    slogans: list[str] = []
    for name in page.get("manuscripts", []):
        manuscript, reception = receive_path(_inside(folder, str(name)))
        slogans += reception.slogans
        made += desk.intake.keep(manuscript, reception, issue=card.id, page=key)
    if slogans and not page.get("slogan"):
        desk.pages.name(key, slogan=slogans[0])
    return made


def _plan(desk: SampleDesk, folder: Path, page: Mapping[str, Any], key: PageId) -> PlanPage | None:
    """The change that fills the page with its articles and pictures; None for a page that stays empty."""
    facts = desk.pages.facts(key)
    wanted: dict[ArticleId, PicturePlan] = {}
    for picture in page.get("pictures", []):
        card = desk.pictures.add(
            _inside(folder, str(picture.get("file", ""))),
            caption=str(picture.get("caption", "")),
            credit=str(picture.get("credit", "")),
        )
        for article in facts.assigned:
            headline = desk.articles.open(article).text.headline
            if headline.startswith(str(picture.get("article", "\0"))):
                wanted[article] = PicturePlan(
                    rows=PICTURE_ROWS, picture=card.id, caption=card.caption, credit=card.credit
                )
    if not page.get("automatic", True) or not facts.assigned:
        return None
    best = desk.pages.automatic(key, options=1, pictured=wanted)[0]
    return PlanPage(page=key, plan=best.plan, version=facts.version, reason="automatic")


def enter_entities(desk: SampleDesk, table: Mapping[str, Any]) -> int:
    """Puts the people and organisations of a table on file; those of the same name are left alone."""
    count = 0
    with desk.store.work() as work:
        for word, kind in (("person", EntityKind.PERSON), ("organisation", EntityKind.ORGANISATION)):
            for record in table.get(word, []):
                name = str(record.get("name", "")).strip()
                if not name or authority.named(work.session, kind, name):
                    continue
                row = EntityRow(
                    kind=kind.value,
                    name=name,
                    parent=str(record.get("parent", "")),
                    note=str(record.get("note", "")),
                    confirmed=True,
                )
                work.session.add(row)
                work.session.flush()
                for alias in record.get("aliases", []):
                    authority.add_alias(work.session, EntityId(row.id), str(alias))
                for office in record.get("offices", []):
                    work.session.add(
                        OfficeRow(
                            entity_id=row.id,
                            position=str(office.get("position", "")),
                            organisation=str(office.get("organisation", "")),
                            since=_date(office.get("since")),
                            until=_date(office.get("until")),
                        )
                    )
                count += 1
        work.commit()
    return count


def _publication(table: Mapping[str, Any]) -> Publication:
    known = {item.name for item in fields(Publication)}
    given: dict[str, Any] = {}
    for name, value in table.items():
        if name not in known:
            raise UserError("desk.seed_wrong", file="issue.toml", detail=name)
        given[name] = tuple(str(item) for item in value) if isinstance(value, list) else str(value)
    try:
        return Publication(**{**given, "profile": Profile(given.get("profile", "newspaper"))})
    except (TypeError, ValueError) as error:
        raise UserError("desk.seed_wrong", file="issue.toml", detail=str(error)) from error


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UserError("desk.seed_wrong", file=path.name, detail=str(error)) from error


def _part(table: Mapping[str, Any], name: str) -> dict[str, Any]:
    part = table.get(name)
    if not isinstance(part, dict):
        raise UserError("desk.seed_wrong", file="issue.toml", detail=name)
    return part


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise UserError("desk.seed_wrong", file="issue.toml", detail=name)
    return path


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _date(value: object) -> datetime.date | None:
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        return None
