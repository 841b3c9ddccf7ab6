"""Full text search: exact substrings of any length, newest first, blanks and case left out of account.

The index only narrows the search down; every article it names is then looked through, so that no answer is wrong.
Each article is entered under its single characters, but for those that stand nearly everywhere, and under its pairs of
neighbours, a pair by one of 65,536 numbers computed from its two characters: that many make an index of half the size
of the text, where positions of characters would take as much as the text itself. On SQLite the table `chars` is FTS5
without content or positions, its rowid the article's id; on PostgreSQL an array of small numbers under GIN (there pairs
by 32,768). Both are written in the article's own transaction.

Blanks are left out of account since a name of two characters is often printed with one (王 芳).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, Integer, func, select, text
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.values.article_text import ArticleText
from models.values.cards import SearchFilter, SearchHit
from models.values.ids import ArticleId
from services.jobs.job import JobContext
from services.store.closing import later, on_server
from services.store.everywhere import EVERYWHERE
from services.store.filters import EVERYTHING, conditions, lets, state_of
from services.store.rows import clean, read, read_text
from services.store.squeezed import holds, squeeze

if TYPE_CHECKING:
    import datetime

AROUND = 24  # characters shown on either side of a hit
LONGEST_QUERY = 200
MOST_PAIRS = 12  # pairs of a long query that are asked of the index; the look through the text does the rest
MOST_ID = 2**31 - 1
HEADS = 4  # parts before the first paragraph
MANY = 50  # articles from which on the index is filled in bulk
STEP = 64  # articles looked through at a time

_ENTERED = (
    "INSERT INTO chars (id, tokens) VALUES ({id}, CAST({tokens} AS smallint[]))"
    " ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens"
)
_MASK = 0xFFFF
# Each number in five digits, the lowest first, the last out of sixteen: so spelled, the hash by which FTS5 collects
# words (it shifts by three bits a character) gives each its own place; hexadecimal digits take a third longer.
_DIGITS, _LAST = "01234567", "01234567pqrstuvw"
_PAIRS = tuple(e + d + c + b + a for a in _LAST for b in _DIGITS for c in _DIGITS for d in _DIGITS for e in _DIGITS)
# marks of ASCII part words for the tokenizer: they are entered under characters of the private use area
_MARKS = {code: chr(0xE000 + code) for code in range(33, 127) if not chr(code).isalnum()}


@dataclass(frozen=True, slots=True)
class _Candidate:
    article: int
    headline: str
    words: str
    date: "datetime.date | None"
    authors: str
    page: int | None
    page_id: int | None
    findings: int
    version: int


def tokens(parts: Iterable[str]) -> set[str]:
    """What an article with these parts is entered under in a file; no pair runs over the end of a part."""
    singles, pairs = _held(parts)
    found = set("".join(singles).translate(_MARKS))
    found.update([_PAIRS[pair] for pair in pairs])
    return found


def numbers(parts: Iterable[str]) -> list[int]:
    """The same for a server, as numbers of two bytes: characters below nothing, pairs from nothing on."""
    singles, pairs = _held(parts)
    return sorted({pair >> 1 for pair in pairs}.union(_number(one) for one in singles))


def _number(character: str) -> int:
    return ~(ord(character) & 0x7FFF)


def _held(parts: Iterable[str]) -> tuple[set[str], set[int]]:
    singles: set[str] = set()
    pairs: set[int] = set()
    for part in parts:
        squeezed = squeeze(part)
        singles.update(squeezed)
        pairs.update(_pairs(squeezed))
    return singles - EVERYWHERE, pairs


def _pairs(squeezed: str) -> list[int]:
    """The numbers of the pairs of neighbours, in order."""
    codes = memoryview(squeezed.encode("utf-32-le", "surrogatepass")).cast("I").tolist()
    return [(a * 7919 + b * 104729) & _MASK for a, b in pairwise(codes)]


def asked(squeezed: str) -> list[str]:
    """What an article that holds the query is certainly entered under; nothing for a character that is everywhere."""
    pairs, singles = _sought(squeezed)
    return [*(_PAIRS[pair] for pair in pairs), *singles.translate(_MARKS)]


def asked_numbers(squeezed: str) -> list[int]:
    """The same for a server."""
    pairs, singles = _sought(squeezed)
    return [*(pair >> 1 for pair in pairs), *map(_number, singles)]


def _sought(squeezed: str) -> tuple[list[int], str]:
    pairs = _pairs(squeezed)
    if len(pairs) > MOST_PAIRS:
        pairs = pairs[:: -(-len(pairs) // MOST_PAIRS)]
    return pairs, "" if len(squeezed) > 2 else "".join(one for one in squeezed if one not in EVERYWHERE)


def parts_of(content: ArticleText) -> list[str]:
    return [words for _, words in content.parts()]


def index_article(session: Session, article: ArticleId, content: ArticleText, before: ArticleText | None) -> None:
    """Brings the index up to the article's text, `before` being what it held; the caller's transaction carries it."""
    if before is not None and session.get_bind().dialect.name == "sqlite":
        old = " ".join(tokens(parts_of(before)))
        session.execute(
            text("INSERT INTO chars (chars, rowid, body) VALUES ('delete', :id, :body)"), {"id": article, "body": old}
        )
    if on_server(session):  # with the last steps of the unit of work, in one trip
        entered = _ENTERED.format(id="%(id)s", tokens="%(tokens)s")
        later(session, entered, id=article, tokens=numbers(parts_of(content)))
        return
    index_many(session, [(article, content)])


def index_many(session: Session, contents: Iterable[tuple[int, ArticleText]]) -> None:
    """Enters articles that the index does not hold yet (on a server also those it holds)."""
    if session.get_bind().dialect.name == "sqlite":
        held = list(contents)
        body = _packed if len(held) >= MANY else _body
        rows = [(key, body(content)) for key, content in held]
        session.connection().exec_driver_sql("INSERT INTO chars (rowid, body) VALUES (?, ?)", rows)
        return
    entered = text(_ENTERED.format(id=":id", tokens=":tokens"))
    session.execute(entered, [{"id": key, "tokens": numbers(parts_of(content))} for key, content in contents])


def _body(content: ArticleText) -> str:
    return " ".join(tokens(parts_of(content)))


def _packed(content: ArticleText) -> str:
    from services.store.packing import packed  # numpy, for work in bulk only

    return packed([squeeze(part) for part in parts_of(content)], _MARKS)


def rebuild(session: Session, context: JobContext | None = None) -> int:
    """Makes the index anew from the articles; returns how many. A cancelled context rolls back with its caller."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO chars (chars) VALUES ('delete-all')"))
    else:
        session.execute(text("DELETE FROM chars"))
    count, total = 0, session.execute(select(func.count()).select_from(ArticleRow)).scalar_one()
    rows = session.scalars(select(ArticleRow).order_by(ArticleRow.id).execution_options(yield_per=500))
    for some in rows.partitions():
        index_many(session, [(row.id, read_text(row)) for row in some])
        count += len(some)
        if context is not None:
            context.check()
            context.tell(count, total, "")
        session.expunge_all()
    return count


def find(
    session: Session,
    query: str,
    limit: int,
    kept: SearchFilter = EVERYTHING,
    context: JobContext | None = None,
) -> tuple[SearchHit, ...]:
    """Articles that hold the query as it stands but for blanks and case, newest first.

    Without a query those that the filter lets through, shown by their first words; without either none.
    """
    return tuple(_hit(row, start, end, part) for row, start, end, part in _found(session, query, limit, kept, context))


def matching(session: Session, query: str, limit: int, kept: SearchFilter = EVERYTHING) -> tuple[ArticleId, ...]:
    """Only the ids that `find` gives, newest first."""
    return tuple(ArticleId(row.article) for row, *_ in _found(session, query, limit, kept))


def _hit(row: _Candidate, start: int, end: int, at: int) -> SearchHit:
    parts = list(_parts(row))
    part = parts[at] if parts else ""
    first, last = max(0, start - AROUND), end + AROUND
    lead = "…" if first else ""
    # the flat text leaves out heads without words, but no paragraph
    before = sum(len(one) + 1 for number, one in enumerate(parts[:at]) if one or number >= HEADS)
    return SearchHit(
        article=ArticleId(row.article),
        headline=row.headline,
        date=row.date,
        snippet=lead + part[first:last] + ("…" if last < len(part) else ""),
        mark=(len(lead) + start - first, len(lead) + end - first),
        start=before + start,
        end=before + end,
        authors=() if row.authors == "[]" else read(tuple[str, ...], row.authors, "article", row.article),
        page_number=row.page,
        state=state_of(row.page_id, row.findings, row.version),
    )


def _found(
    session: Session, query: str, limit: int, kept: SearchFilter, context: JobContext | None = None
) -> Iterator[tuple[_Candidate, int, int, int]]:
    sought = squeeze(clean(query)[:LONGEST_QUERY])
    if limit < 1 or (not sought and kept == EVERYTHING):
        return
    if context is not None:
        context.check()
    count = 0
    for looked, row in enumerate(_candidates(session, sought, kept)):
        if context is not None and looked % STEP == 0:
            context.check()
        place = _place(row, sought) if sought else _beginning(row)
        if place is not None and lets(session, row.article, row.authors, kept):
            yield (row, *place)
            count += 1
            if count >= limit:
                return


_COLUMNS = (
    "article.id, article.headline, article.text, issue.date, article.authors, page.number, article.page_id,"
    " article.findings, article.version FROM {source}"
    " LEFT JOIN issue ON issue.id = article.issue_id LEFT JOIN page ON page.id = article.page_id"
)
# The order of the joins is spelled out: the index must lead, or every article is walked through.
_SQLITE = "SELECT " + _COLUMNS.format(source="chars CROSS JOIN article ON article.id = chars.rowid")
_SQLITE += " WHERE chars MATCH :words AND holds(article.text, :sought){also} ORDER BY chars.rowid DESC"
_SERVER = "SELECT " + _COLUMNS.format(source="chars JOIN article ON article.id = chars.id")
_SERVER += " WHERE chars.tokens @> CAST(:words AS smallint[]) AND chars.id < :before{also}"
_SERVER += " ORDER BY chars.id DESC LIMIT :most"
_ALL = "SELECT " + _COLUMNS.format(source="article") + " WHERE article.id < :before{also} ORDER BY article.id DESC"
_TYPES: dict[str, Any] = {"id": Integer, "date": Date}


def _candidates(session: Session, sought: str, kept: SearchFilter) -> Iterator[_Candidate]:
    sqlite = session.get_bind().dialect.name == "sqlite"
    also, given = conditions(kept, sqlite=sqlite)
    if sqlite:
        phrase = " AND ".join(f'"{word}"' for word in asked(sought))
        asked_for = text((_SQLITE if phrase else _ALL).format(also=also)).columns(**_TYPES)
        found = session.execute(asked_for, {"words": phrase, "sought": sought, "before": MOST_ID, **given})
        for rows in found.partitions(STEP):
            yield from (_Candidate(*row) for row in rows)
        return
    query = asked_numbers(sought)
    served = text((_SERVER if query else _ALL + " LIMIT :most").format(also=also)).columns(**_TYPES)
    before, most = MOST_ID, STEP
    while True:
        rows = session.execute(served, {"words": query, "before": before, "most": most, **given}).all()
        yield from (_Candidate(*row) for row in rows)
        if len(rows) < most:
            return
        before, most = rows[-1][0], most * 2


def _beginning(row: _Candidate) -> tuple[int, int, int]:
    """The first paragraph, nothing marked: what a filter alone finds is shown by it."""
    return 0, 0, min(HEADS, sum(1 for _ in _parts(row)) - 1)


def _place(row: _Candidate, sought: str) -> tuple[int, int, int] | None:
    """Where the words stand, and in which part. Most candidates that do not hold them go by the first look."""
    if not holds(row.words, sought):
        return None
    for at, part in enumerate(_parts(row)):
        found = _span(part, sought)
        if found is not None:
            return (*found, at)
    return None


def _parts(row: _Candidate) -> Iterator[str]:
    """The parts out of the JSON; only where it is not as expected is it read with every check."""
    try:
        tree = json.loads(row.words)
        heads = [tree.get(name, "") for name in ("kicker", "headline", "deck", "dateline")]
        words = [*heads, *(paragraph["text"] for paragraph in tree.get("body", ())), tree.get("signature", "")]
        if all(isinstance(part, str) for part in words):
            yield from words
            return
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    yield from parts_of(read(ArticleText, row.words, "article", row.article))


def _span(part: str, sought: str) -> tuple[int, int] | None:
    """Where the words stand in the part, blanks and case left out of account."""
    plain = part.casefold()
    at = plain.find(sought)
    if at >= 0 and len(plain) == len(part):
        return at, at + len(sought)
    if sought not in squeeze(part):
        return None
    places: list[int] = []
    squeezed: list[str] = []
    for at, character in enumerate(part):
        if not character.isspace():
            for one in character.casefold():
                squeezed.append(one)
                places.append(at)
    found = "".join(squeezed).find(sought)
    return None if found < 0 else (places[found], places[found + len(sought) - 1] + 1)
