"""不是名字: what editors untag is remembered and left alone by later runs; marking or undoing takes it back.

In: an article's mentions before and after an edit of them. Out: rows of name_refusal, and the sieve for a new run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.tables.entity import RefusalRow
from models.values.ids import ArticleId, IssueId
from models.values.mention import EntityKind, Mention

ROUND = 6  # characters kept on each side of one place
BRINGS_BACK = ("undo", "redo")
TAKES_AWAY = ("untag", "redo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Words that are no name of this kind: in an issue, or (without one) anywhere."""

    words: str
    kind: EntityKind
    issue: IssueId | None = None


def remember(
    session: Session,
    article: ArticleId,
    flat: str,
    mentions: tuple[Sequence[Mention], Sequence[Mention]],
    *,
    reason: str,
    author: str,
) -> None:
    """Keeps what an edit of tags (before, after) says about what is a name and what is not."""
    before, after = mentions
    old, new = {_place(m) for m in before}, {_place(m) for m in after}
    come = [m for m in after if _place(m) not in old and (m.by_hand or reason in BRINGS_BACK)]
    if come:
        _take_back(session, article, flat, come)
    if reason not in TAKES_AWAY:
        return
    gone = [m for m in before if _place(m) not in new and not any(_over(m, one) for one in after)]
    left = {(m.text, m.kind) for m in after}
    wide = {(row.words, row.kind) for row in _rows(session, article) if row.article_id is None}
    said: set[tuple[str, str, str, str]] = set()
    for m in gone:
        sides = _sides(flat, m) if (m.text, m.kind) in left else ("", "")
        entry = (m.text, m.kind.value, *sides)
        if entry not in said and (m.text, m.kind.value) not in wide:
            said.add(entry)
            session.add(
                RefusalRow(
                    article_id=article, words=m.text, kind=m.kind.value, before=sides[0], after=sides[1], author=author
                )
            )
    session.flush()


def sieve(session: Session, article: ArticleId, flat: str, found: Iterable[Mention]) -> tuple[Mention, ...]:
    """What a run found, without what editors refused."""
    refused: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in _rows(session, article):
        refused.setdefault((row.words, row.kind), []).append((row.before, row.after))
    return tuple(
        m for m in found if not any(_meant(flat, m, sides) for sides in refused.get((m.text, m.kind.value), ()))
    )


def put(session: Session, refusal: Refusal, author: str) -> int:
    """Refuses words in an issue or everywhere; the row's id."""
    row = RefusalRow(issue_id=refusal.issue, words=refusal.words, kind=refusal.kind.value, author=author)
    session.add(row)
    session.flush()
    return row.id


def drop(session: Session, row: int) -> None:
    held = session.get(RefusalRow, row)
    if held is not None:
        session.delete(held)


def _rows(session: Session, article: ArticleId) -> Sequence[RefusalRow]:
    issue = select(ArticleRow.issue_id).where(ArticleRow.id == article).scalar_subquery()
    everywhere = RefusalRow.article_id.is_(None) & RefusalRow.issue_id.is_(None)
    here = or_(RefusalRow.article_id == article, RefusalRow.issue_id == issue, everywhere)
    return session.scalars(select(RefusalRow).where(here).order_by(RefusalRow.id)).all()


def _take_back(session: Session, article: ArticleId, flat: str, come: Sequence[Mention]) -> None:
    for row in session.scalars(select(RefusalRow).where(RefusalRow.article_id == article)).all():
        sides = (row.before, row.after)
        if any(m.text == row.words and m.kind.value == row.kind and _meant(flat, m, sides) for m in come):
            session.delete(row)
    session.flush()


def _place(m: Mention) -> tuple[int, int, EntityKind]:
    return m.start, m.end, m.kind


def _over(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _sides(flat: str, m: Mention) -> tuple[str, str]:
    return flat[max(0, m.start - ROUND) : m.start], flat[m.end : m.end + ROUND]


def _meant(flat: str, m: Mention, sides: tuple[str, str]) -> bool:
    """Whether a refusal means this place: all of them, or the one with these characters on one side or the other."""
    if sides == ("", ""):
        return True
    mine = _sides(flat, m)
    return any(one and one == other for one, other in zip(mine, sides, strict=True))
