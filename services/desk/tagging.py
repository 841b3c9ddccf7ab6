"""标引 at the desk: mentions of an article found, marked and unmarked; people and organisations put on file."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from models.values.article_text import Byline, FlatText
from models.values.cards import ArticleSheet, EntityCard
from models.values.change import EditArticle, Receipt
from models.values.ids import ArticleId, IssueId
from models.values.mention import EntityKind, Mention
from services.config.errors import UserError
from services.desk import authority
from services.desk.articles import sheet as read_sheet
from services.desk.bench import Bench
from services.desk.history import History

if TYPE_CHECKING:
    from services.tagging.tag import TagContext


class Tagging:
    def __init__(self, bench: Bench, history: History) -> None:
        self._bench = bench
        self._history = history

    def tag(self, article: ArticleId) -> Receipt:
        """Tags an article anew; what editors marked by hand stays."""
        return self.tag_many([article])[0]

    def tag_many(self, articles: Sequence[ArticleId]) -> tuple[Receipt, ...]:
        """Tags several articles in one go of the model, stored in one unit of work."""
        from services.tagging.tag import tag_many

        if not articles:
            return ()
        with self._bench.store.read() as session:
            sheets = [read_sheet(session, article) for article in articles]
            context = self._context(session, sheets)
        found = tag_many([sheet.text.flat() for sheet in sheets], context)
        with self._bench.store.work() as work:
            receipts = tuple(
                self._history.put(work.session, self._change(work.session, sheet, mentions))
                for sheet, mentions in zip(sheets, found, strict=True)
            )
            work.commit()
        return receipts

    def _change(self, session: Session, sheet: ArticleSheet, found: Sequence[Mention]) -> EditArticle:
        """What the run found, on the article as it stands now: it may have been edited while the model was reading."""
        from services.tagging.carry import carry

        read = sheet
        sheet = read_sheet(session, sheet.id)
        if sheet.text != read.text:
            found, _lost = carry(found, read.text.flat().text, sheet.text.flat().text)
        merged = with_by_hand(sheet.mentions, authority.enter(session, found))
        return EditArticle(
            article=sheet.id,
            text=sheet.text,
            mentions=merged,
            waivers=sheet.waivers,
            version=sheet.version,
            reason="tag",
        )

    def _context(self, session: Session, sheets: Sequence[ArticleSheet]) -> "TagContext":
        from services.tagging.tag import TagContext

        paper = self._bench.setting(session, sheets[0].issue).publication
        bylines: tuple[Byline, ...] = ()
        for sheet in sheets:
            bylines += sheet.text.bylines + sheet.text.credits
        return TagContext(
            known=self._bench.known(session),
            bylines=tuple(dict.fromkeys(bylines)),
            home_city=paper.home_city if paper else "",
            staff=paper.staff + paper.contributors if paper else (),
        )

    def tag_text(self, text: str) -> tuple[Mention, ...]:
        """Mentions in plain text, every line a paragraph."""
        from services.tagging.tag import tag

        return tag(FlatText.plain(text))

    def mark(
        self, sheet: ArticleSheet, start: int, end: int, kind: EntityKind, everywhere: bool = False
    ) -> EditArticle:
        """The change that marks these words (everywhere they stand in the article) by hand."""
        flat = sheet.text.flat()
        words = flat.text[start:end]
        if not words.strip() or "\n" in words:
            raise UserError("desk.nothing_marked")
        name = next((m.name for m in sheet.mentions if m.text == words and m.kind is kind), words)
        entity = next((m.entity for m in sheet.mentions if m.text == words and m.kind is kind), None)
        made = [
            Mention(start=at, end=at + len(words), text=words, kind=kind, name=name, entity=entity, by_hand=True)
            for at in (_places(flat.text, words) if everywhere else [start])
        ]
        kept = [m for m in sheet.mentions if not any(m.start < one.end and one.start < m.end for one in made)]
        return self._edit(sheet, (*kept, *made))

    def unmark(self, sheet: ArticleSheet, start: int, end: int, everywhere: bool = False) -> EditArticle:
        """The change that takes away the mentions in [start, end), and all of the same words with `everywhere`."""
        gone = [m for m in sheet.mentions if m.start < end and start < m.end]
        words = {(m.text, m.kind) for m in gone}
        kept = [m for m in sheet.mentions if m not in gone and not (everywhere and (m.text, m.kind) in words)]
        return self._edit(sheet, tuple(kept))

    def entities(self, issue: IssueId | None = None) -> tuple[EntityCard, ...]:
        """People and organisations on file; with an issue only those its articles mention."""
        with self._bench.store.read() as session:
            return authority.cards(session, issue)

    def _edit(self, sheet: ArticleSheet, mentions: Sequence[Mention]) -> EditArticle:
        return EditArticle(
            article=sheet.id,
            text=sheet.text,
            mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end))),
            waivers=sheet.waivers,
            version=sheet.version,
            reason="tag",
        )


def with_by_hand(before: Sequence[Mention], found: Sequence[Mention]) -> tuple[Mention, ...]:
    """What a run found, and what was marked by hand before, which wins where both claim the same words."""
    hand = [mention for mention in before if mention.by_hand]
    found_there = {(m.start, m.end, m.kind): m for m in found}
    hand = [
        replace(m, entity=m.entity or same.entity, offices=m.offices or same.offices)
        if (same := found_there.get((m.start, m.end, m.kind)))
        else m
        for m in hand
    ]
    free = [m for m in found if not any(m.start < one.end and one.start < m.end for one in hand)]
    return tuple(sorted((*hand, *free), key=lambda m: (m.start, m.end)))


def _places(text: str, words: str) -> list[int]:
    places: list[int] = []
    at = text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + len(words))
    return places
