"""Full text search: exact substrings of any length, newest first.

SQLite: the FTS5 table `chars` holds every character as a word of its own (Latin words and numbers whole), so that a
phrase is a substring; its rowid is the article's id and it is written in the article's own transaction. On PostgreSQL
the articles are scanned. Both end with the same check of the found text. Blanks are left out of account, since a name
of two characters is often printed with one (王 芳).
"""

import json
import re
from collections.abc import Iterator

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.tables.issue import IssueRow
from models.values.article_text import ArticleText
from models.values.cards import SearchHit
from models.values.ids import ArticleId
from services.store.rows import clean, read_text

_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+|\S")
PART_END = "\ue000"  # stands between parts, so that no phrase runs over them
AROUND = 24  # characters shown on either side of a hit
LONGEST_QUERY = 200


def spaced(words: str) -> str:
    return " ".join(_WORD.findall(words))


def index_article(session: Session, article: ArticleId, content: ArticleText) -> None:
    """Brings the index up to the article's text; the caller's transaction carries it."""
    if session.get_bind().dialect.name != "sqlite":
        return
    body = f" {PART_END} ".join(spaced(part) for _, part in content.parts())
    session.execute(text("DELETE FROM chars WHERE rowid = :id"), {"id": article})
    session.execute(text("INSERT INTO chars (rowid, body) VALUES (:id, :body)"), {"id": article, "body": body})


def rebuild(session: Session) -> int:
    """Makes the index anew from the articles; returns how many."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DELETE FROM chars"))
    count = 0
    for row in session.scalars(select(ArticleRow).order_by(ArticleRow.id).execution_options(yield_per=500)):
        index_article(session, ArticleId(row.id), read_text(row))
        count += 1
    return count


def find(session: Session, query: str, limit: int) -> tuple[SearchHit, ...]:
    """Articles that hold the query as it stands but for blanks and case, newest first."""
    wanted = clean(" ".join(query.split()))[:LONGEST_QUERY]
    if not wanted or limit < 1:
        return ()
    hits: list[SearchHit] = []
    for row in _candidates(session, wanted):
        hit = _hit(session, row, wanted)
        if hit is not None:
            hits.append(hit)
            if len(hits) >= limit:
                break
    return tuple(hits)


def matching(session: Session, query: str, limit: int) -> tuple[ArticleId, ...]:
    """Only the ids that `find` would look at, newest first: for lists, where nobody needs the words around."""
    wanted = clean(" ".join(query.split()))[:LONGEST_QUERY]
    return tuple(_ids(session, wanted, limit)) if wanted else ()


def _candidates(session: Session, wanted: str) -> Iterator[ArticleRow]:
    for article in _ids(session, wanted, -1):
        row = session.get(ArticleRow, article)
        if row is not None:
            yield row


def _ids(session: Session, wanted: str, limit: int) -> Iterator[ArticleId]:
    if session.get_bind().dialect.name != "sqlite":
        written = json.dumps(wanted, ensure_ascii=False)[1:-1]  # as the words stand in the JSON of the text
        pattern = "%" + re.sub(r"([\\%_])", r"\\\1", written) + "%"
        chosen = select(ArticleRow.id).where(ArticleRow.text.ilike(pattern, escape="\\")).order_by(ArticleRow.id.desc())
        yield from map(ArticleId, session.scalars(chosen if limit < 0 else chosen.limit(limit)))
        return
    phrase = '"' + spaced(wanted).replace('"', '""') + '"'
    if re.search(r"[0-9A-Za-z\u00c0-\u024f]$", wanted):
        phrase += " *"  # the last word may be unfinished
    newest = text("SELECT rowid FROM chars WHERE body MATCH :words ORDER BY rowid DESC LIMIT :most")
    for (article,) in session.execute(newest, {"words": phrase, "most": limit}):
        yield ArticleId(article)


def _hit(session: Session, row: ArticleRow, wanted: str) -> SearchHit | None:
    sought = "".join(wanted.split()).casefold()
    for _, part in read_text(row).parts():
        found = _span(part, sought)
        if found is None:
            continue
        start, end = max(0, found[0] - AROUND), found[1] + AROUND
        issue = session.get(IssueRow, row.issue_id) if row.issue_id is not None else None
        snippet = ("…" if start else "") + part[start:end] + ("…" if end < len(part) else "")
        return SearchHit(
            article=ArticleId(row.id), headline=row.headline, date=issue.date if issue else None, snippet=snippet
        )
    return None


def _span(part: str, sought: str) -> tuple[int, int] | None:
    """Where the words stand in the part, blanks and case left out of account."""
    places: list[int] = []
    squeezed: list[str] = []
    for at, character in enumerate(part):
        if not character.isspace():
            for one in character.casefold():
                squeezed.append(one)
                places.append(at)
    found = "".join(squeezed).find(sought)
    return None if found < 0 or not sought else (places[found], places[found + len(sought) - 1] + 1)
