"""Revisions as they lie in the store: a full copy now and then, deltas from the revision before in between."""

import datetime
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables.base import now
from models.tables.revision import RevisionRow
from models.values.article_text import ArticleText
from models.values.ids import ArticleId
from services.config.errors import UserError
from services.store.closing import insert_later
from services.store.codec import DamagedValue
from services.store.deltas import FULL_EVERY, apply_delta, make_delta
from services.store.rows import read

FULL = -1
WORTH = 0.6  # a delta larger than this part of the text is no gain


def newest(session: Session, article: ArticleId) -> Sequence[RevisionRow]:
    """The newest revision and what it may be built on, newest first, in one trip to the database."""
    chosen = select(RevisionRow).where(RevisionRow.article_id == article)
    return session.scalars(chosen.order_by(RevisionRow.number.desc()).limit(FULL_EVERY + 1)).all()


def add_revision(
    session: Session,
    article: ArticleId,
    text: str,
    *,
    number: int,
    characters: int,
    author: str,
    why: str,
    time: datetime.datetime | None = None,
    found: Sequence[RevisionRow] | None = None,
) -> None:
    """Adds the revision `number` of an article with its text (JSON of ArticleText); `found`: what `newest` gave."""
    moment = time or now()
    base, kept = _kept(session, article, number, text, found)
    insert_later(
        session,
        RevisionRow,
        article_id=article,
        number=number,
        base=base,
        text=kept,
        characters=characters,
        author=author,
        reason=why,
        began=moment,
        time=moment,
    )


def replace_last(
    session: Session,
    row: RevisionRow,
    text: str,
    *,
    characters: int,
    time: datetime.datetime,
    found: Sequence[RevisionRow] | None = None,
) -> None:
    """Typing goes on: the newest revision takes the newer text."""
    row.base, row.text = _kept(session, ArticleId(row.article_id), row.number, text, found)
    row.characters, row.time = characters, time


def revision_text(session: Session, article: ArticleId, number: int) -> ArticleText | None:
    """The whole text at a revision; None where there is no such revision. Raises UserError for a damaged one."""
    chain = _chain(session, article, number)
    if not chain:
        return None
    words = _words(chain)
    return read(ArticleText, words, "revision", chain[0].id)


def _kept(
    session: Session, article: ArticleId, number: int, text: str, found: Sequence[RevisionRow] | None
) -> tuple[int, str]:
    """Base and words of a revision: against the one before it, unless a full copy is due or hardly longer."""
    if number % FULL_EVERY == 0:
        return FULL, text
    if found is None:
        chain = _chain(session, article, number - 1)
    else:
        chain = _linked([row for row in found if row.number < number], number - 1)
    if not chain:
        return FULL, text
    delta = make_delta(_words(chain), text)
    return (FULL, text) if len(delta) > WORTH * len(text) else (number - 1, delta)


def _chain(session: Session, article: ArticleId, number: int) -> list[RevisionRow]:
    """The revision and those it is built on, newest first, down to a full copy."""
    found = session.scalars(
        select(RevisionRow)
        .where(RevisionRow.article_id == article, RevisionRow.number <= number)
        .order_by(RevisionRow.number.desc())
        .limit(FULL_EVERY + 1)
    ).all()
    return _linked(found, number)


def _linked(found: Sequence[RevisionRow], number: int) -> list[RevisionRow]:
    chain: list[RevisionRow] = []
    wanted = number
    for row in found:
        if row.number != wanted:
            break
        chain.append(row)
        if row.base == FULL:
            return chain
        wanted = row.base
    if chain:
        raise UserError("store.damaged_row", table="revision", id=chain[0].id, detail=f"base {wanted}")
    return []


def _words(chain: list[RevisionRow]) -> str:
    words = chain[-1].text
    for row in reversed(chain[:-1]):
        try:
            words = apply_delta(words, row.text)
        except DamagedValue as error:
            raise UserError("store.damaged_row", table="revision", id=row.id, detail=str(error)) from error
    return words
