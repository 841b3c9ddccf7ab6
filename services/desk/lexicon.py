"""放行词: everything that the house, or one article, lets stand, with reason, author, date and place; and taking back.

A word of the house counts as long as it stands in its table: an article that once let it stand for the house does not
bring it back.
"""

from dataclasses import dataclass

from sqlalchemy import select

from models.tables.article import ArticleRow
from models.tables.base import now
from models.tables.finding import HouseWordRow, SettledRow, WaiverRow
from models.values.house import HouseWord
from models.values.ids import ArticleId
from services.config.errors import UserError
from services.desk.bench import Bench
from services.desk.permissions import Action
from services.store.rows import clean

MOST = 5_000  # entries that a list shows


@dataclass(frozen=True, slots=True)
class Lexicon:
    _bench: Bench

    def words(self, query: str = "") -> tuple[HouseWord, ...]:
        """Entries of the house, the newest first, then those of single articles; `query` is looked for in all of it."""
        with self._bench.store.read() as session:
            rows = session.execute(
                select(WaiverRow, ArticleRow.headline)
                .join(ArticleRow, ArticleRow.id == WaiverRow.article_id)
                .order_by(WaiverRow.id.desc())
                .limit(MOST)
            ).all()
            settled = session.scalars(
                select(SettledRow).where(SettledRow.how == "waived").order_by(SettledRow.id.desc()).limit(4 * MOST)
            )
            who = {(one.article_id, one.key): one for one in reversed(settled.all())}
            first = {row.key: (row.article_id, headline) for row, headline in rows if row.scope == "house"}
            found = [
                HouseWord(
                    id=word.id,
                    key=word.key,
                    scope="house",
                    reason=word.reason,
                    author=word.author,
                    time=word.time,
                    article=ArticleId(first[word.key][0]) if word.key in first else None,
                    headline=first[word.key][1] if word.key in first else "",
                )
                for word in session.scalars(select(HouseWordRow).order_by(HouseWordRow.id.desc()).limit(MOST))
            ]
            for row, headline in rows:
                if row.scope == "house":
                    continue
                by = who.get((row.article_id, row.key))
                found.append(
                    HouseWord(
                        id=row.id,
                        key=row.key,
                        scope=row.scope,
                        reason=row.reason,
                        author=by.author if by is not None else "",
                        time=by.time if by is not None else None,
                        article=ArticleId(row.article_id),
                        headline=headline,
                    )
                )
        asked = query.strip().casefold()
        return tuple(one for one in found if asked in f"{one.key} {one.reason} {one.author} {one.headline}".casefold())

    def add(self, word: str, reason: str = "") -> HouseWord:
        """A word that no rule flags any more. Raises UserError."""
        word = clean(word).strip()
        if not word:
            raise UserError("proofing.house.no_word")
        return self.put(HouseWord(id=0, key=word, scope="house", reason=reason, author="", time=None))

    def put(self, word: HouseWord) -> HouseWord:
        """Puts an entry of the house (back) in place. Raises UserError when it is there."""
        with self._bench.work(Action.HOUSE) as work:
            if work.session.scalars(select(HouseWordRow.id).where(HouseWordRow.key == word.key)).first() is not None:
                raise UserError("proofing.house.known_word", word=word.words)
            row = HouseWordRow(
                key=word.key,
                reason=clean(word.reason),
                author=word.author or self._bench.author,
                time=word.time or now(),
            )
            work.session.add(row)
            work.session.flush()
            stored = HouseWord(
                id=row.id, key=row.key, scope="house", reason=row.reason, author=row.author, time=row.time,
                article=word.article, headline=word.headline,
            )  # fmt: skip
            work.commit()
        return stored

    def take_back(self, word: HouseWord) -> HouseWord:
        """Takes an entry of the house out: it is told again everywhere. `put` brings it back as it was."""
        if word.scope != "house":
            raise ValueError(word.scope)
        with self._bench.work(Action.HOUSE) as work:
            row = work.session.scalars(select(HouseWordRow).where(HouseWordRow.key == word.key)).first()
            if row is not None:
                work.session.delete(row)
            work.commit()
        return word
