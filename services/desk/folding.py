"""Typing folded in the change log, which would otherwise grow by a whole article with every pause of the hands.

The last steps are kept one by one. Older typing by one person, with nothing else between, becomes one row: from the
state before the first step to the state after the last. The rows of the steps in between stay, but hold only the hash
of the state that stood before each: enough to tell later whether the same stands again (an undo of an undo).
"""

import datetime
import hashlib
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables.change_log import ChangeRow
from models.values.change import Change, EditArticle
from models.values.ids import ArticleId
from services.store.codec import dump
from services.store.rows import read_change

TYPING = "typing"
STEPS_KEPT = 20
FOLDED = ""  # change of a row whose step is told by the row that it was folded into
STATE = "sha256:"  # beginning of its inverse


def fold_typing(
    session: Session,
    article: ArticleId,
    since: datetime.datetime,
    *,
    until: datetime.datetime | None = None,
    keep: int = STEPS_KEPT,
) -> None:
    """Folds the typing logged for an article since a moment (until another), but for the last `keep` rows."""
    chosen = select(ChangeRow.id, ChangeRow.reason, ChangeRow.author).where(
        ChangeRow.article_id == article, ChangeRow.time >= since, ChangeRow.change != FOLDED
    )
    if until is not None:
        chosen = chosen.where(ChangeRow.time < until)
    rows = session.execute(chosen.order_by(ChangeRow.version)).all()
    run: list[int] = []
    writer = ""
    for key, reason, author in rows[: max(0, len(rows) - keep)]:
        if run and (reason != TYPING or author != writer):
            _fold(session, run)
            run = []
        if reason == TYPING:
            run.append(key)
            writer = author
    _fold(session, run)


def _fold(session: Session, run: Sequence[int]) -> None:
    if len(run) < 2:
        return
    first, *rest = (session.get_one(ChangeRow, key) for key in run)
    first.change = rest[-1].change
    for row in rest:
        change = read_change(row, row.inverse)
        row.change, row.inverse = FOLDED, state_hash(change)
    session.flush()


def state_of(change: Change) -> tuple[object, ...]:
    """What a change puts in place, without who, why and on which version."""
    if isinstance(change, EditArticle):
        return (change.text, change.mentions, change.waivers)
    return (change.plan,)


def state_hash(change: Change) -> str:
    """SHA-256 of `state_of`, marked as such."""
    stored = dump(state_of(change)).encode("utf-8", "surrogatepass")
    return STATE + hashlib.sha256(stored).hexdigest()


def stood(row: ChangeRow, change: Change) -> bool:
    """Whether the state that `change` puts in place is the one that stood before the row's step."""
    if row.inverse.startswith(STATE):
        return row.inverse == state_hash(change)
    return state_of(read_change(row, row.inverse)) == state_of(change)
