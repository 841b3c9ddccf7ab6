"""Rows to values and back. Every value read is checked; a damaged row is a UserError that names it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.tables.change_log import ChangeRow
from models.tables.entity import EntityRow
from models.tables.finding import WaiverRow
from models.tables.mention import MentionRow
from models.tables.page import PLAN_SCHEMA, PageRow
from models.tables.publication import PublicationRow
from models.values.article_text import ArticleText, Paragraph
from models.values.change import Change, Waiver
from models.values.ids import ArticleId, EntityId
from models.values.mention import EntityKind, Mention
from models.values.plan import PagePlan
from models.values.publication import Publication
from services.config.errors import UserError
from services.store.codec import DamagedValue, dump, load

V = TypeVar("V")
MOST_CELLS = 1000  # columns or rows of any page
MOST_POINTS = 1000.0  # of a heading
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no database or Word file takes these


def read(kind: type[V], words: str, table: str, row_id: int) -> V:
    """A value out of a row. Raises UserError naming table and row when it is damaged."""
    try:
        return load(kind, words)
    except DamagedValue as error:
        raise UserError("store.damaged_row", table=table, id=row_id, detail=str(error)) from error


def clean(words: str) -> str:
    """Without the characters that no database holds: control characters (not tab, line end), halves."""
    return _UNFIT.sub("", words) if _UNFIT.search(words) else words


def clean_text(text: ArticleText) -> ArticleText:
    """The article with every part cleaned; the same object where nothing was unfit."""
    if not any(_UNFIT.search(words) for _, words in text.parts()):
        return text
    return replace(
        text,
        kicker=clean(text.kicker),
        headline=clean(text.headline),
        deck=clean(text.deck),
        dateline=clean(text.dateline),
        body=tuple(Paragraph(text=clean(paragraph.text), part=paragraph.part) for paragraph in text.body),
        signature=clean(text.signature),
    )


def kind_of(row: EntityRow) -> EntityKind:
    try:
        return EntityKind(row.kind)
    except ValueError as error:
        raise UserError("store.damaged_row", table="entity", id=row.id, detail=str(error)) from error


def read_publication(row: PublicationRow) -> Publication:
    return read(Publication, row.data, "publication", row.id)


def read_text(row: ArticleRow) -> ArticleText:
    return read(ArticleText, row.text, "article", row.id)


def write_text(row: ArticleRow, text: ArticleText) -> None:
    """Puts a text into its row with what the lists show of it."""
    row.text = dump(text)
    row.headline = text.headline
    row.authors = dump(tuple(byline.name for byline in text.bylines))
    row.characters = text.characters
    row.form = text.form.value


def read_plan(row: PageRow) -> PagePlan:
    if row.plan_schema != PLAN_SCHEMA:
        raise UserError("store.damaged_row", table="page", id=row.id, detail=f"plan schema {row.plan_schema}")
    plan = read(PagePlan, row.plan, "page", row.id)
    wrong = wrong_in_plan(plan)
    if wrong:
        raise UserError("store.damaged_row", table="page", id=row.id, detail=wrong)
    return plan


def wrong_in_plan(plan: PagePlan) -> str:
    """What in a plan no page can have, by the name of its field; "" for a sound plan."""
    seen: set[ArticleId] = set()
    for frame in plan.frames:
        counts = {
            "column": frame.column,
            "row": frame.row,
            "columns": frame.columns - 1,
            "rows": frame.rows - 1,
            "text_columns": frame.text_columns,
            "heading.rows": frame.heading.rows,
            "heading.lines": frame.heading.lines - 1,
            "picture.rows": frame.picture.rows if frame.picture else 0,
            "picture.columns": frame.picture.columns if frame.picture else 0,
        }
        for name, count in counts.items():
            if not 0 <= count < MOST_CELLS:
                return name
        if not 0 < frame.heading.size < MOST_POINTS:
            return "heading.size"
        if frame.article in seen and not (frame.start or frame.jump_from):  # its parts may stand on one page
            return "article"
        seen.add(frame.article)
    boxes = [(one.column, one.row, one.columns, one.rows, one.title_rows) for one in plan.boxes]
    boxes += [(one.column, one.row, one.columns, one.rows, 0) for one in plan.rules]
    if not all(0 <= count < MOST_CELLS for box in boxes for count in box):
        return "box"
    return "" if 0 < plan.number < MOST_CELLS and 0 <= plan.slogan_rows < MOST_CELLS else "number"


def read_change(row: ChangeRow, words: str) -> Change:
    return read(Change, words, "change_log", row.id)  # type: ignore[arg-type]  # a union is no class


def read_mentions(session: Session, article: ArticleId) -> tuple[Mention, ...]:
    rows = session.scalars(
        select(MentionRow).where(MentionRow.article_id == article).order_by(MentionRow.start, MentionRow.id)
    )
    return tuple(
        replace(
            read(Mention, row.data, "mention", row.id),
            entity=None if row.entity_id is None else EntityId(row.entity_id),
        )
        for row in rows
    )


def write_mentions(session: Session, article: ArticleId, mentions: Sequence[Mention]) -> None:
    session.execute(delete(MentionRow).where(MentionRow.article_id == article))
    session.add_all(
        MentionRow(
            article_id=article,
            entity_id=mention.entity,
            start=mention.start,
            data=dump(replace(mention, entity=None)),
        )
        for mention in mentions
    )


def fitting(session: Session, mentions: Iterable[Mention], flat: str) -> tuple[Mention, ...]:
    """The mentions that stand, an entity that is not on file left out of them."""
    held = standing(mentions, flat)
    asked = {m.entity for m in held if m.entity is not None}
    known = set(session.scalars(select(EntityRow.id).where(EntityRow.id.in_(asked)))) if asked else set()
    return tuple(m if m.entity is None or m.entity in known else replace(m, entity=None) for m in held)


def standing(mentions: Iterable[Mention], flat: str) -> tuple[Mention, ...]:
    """The mentions whose words stand where they say, in order."""
    held = (m for m in mentions if 0 <= m.start < m.end <= len(flat) and flat[m.start : m.end] == m.text)
    return tuple(sorted(held, key=lambda m: (m.start, m.end)))


def read_waivers(session: Session, article: ArticleId) -> tuple[Waiver, ...]:
    rows = session.scalars(select(WaiverRow).where(WaiverRow.article_id == article).order_by(WaiverRow.id))
    return tuple(Waiver(key=row.key, scope=row.scope, reason=row.reason, start=row.start) for row in rows)


def write_waivers(session: Session, article: ArticleId, waivers: Sequence[Waiver]) -> None:
    session.execute(delete(WaiverRow).where(WaiverRow.article_id == article))
    session.flush()
    session.add_all(
        WaiverRow(article_id=article, key=w.key, scope=w.scope, reason=w.reason, start=w.start) for w in waivers
    )
