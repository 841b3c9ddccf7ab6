"""Typing folded in the change log, which would otherwise grow by a whole article with every pause of the hands.

The last steps are kept one by one. Older typing by one person, with nothing else between, becomes one row: from the
state before the first step to the state after the last. What stood at versions in between is then no longer known.
"""

import datetime
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.tables.change_log import ChangeRow
from models.values.ids import ArticleId

TYPING = "typing"
STEPS_KEPT = 20


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
        ChangeRow.article_id == article, ChangeRow.time >= since
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
    first, last = session.get_one(ChangeRow, run[0]), session.get_one(ChangeRow, run[-1])
    first.change = last.change
    session.flush()
    session.execute(delete(ChangeRow).where(ChangeRow.id.in_(run[1:])))
