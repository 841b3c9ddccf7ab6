"""标引 at the desk: mentions of an article found, marked and unmarked; people and organisations put on file."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.values.article_text import Byline, FlatText
from models.values.cards import ArticleSheet, EntityCard
from models.values.change import EditArticle, Receipt
from models.values.entity import EntityRecord, Sweep
from models.values.ids import ArticleId, IssueId
from models.values.mention import EntityKind, Mention
from services.config.errors import UserError
from services.desk import authority
from services.desk.articles import sheet as read_sheet
from services.desk.bench import Bench
from services.desk.history import History
from services.desk.permissions import Action
from services.desk.refusals import Refusal, drop, put, sieve
from services.jobs.job import JobContext
from services.store.search import matching

if TYPE_CHECKING:
    from services.tagging.tag import TagContext

CALM = JobContext()
MOST_SWEPT = 100_000  # articles that are marked in one go


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
        with self._bench.work(Action.TAG) as work:
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
        found = sieve(session, sheet.id, sheet.text.flat().text, found)
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
            known=self._bench.known(session, [sheet.text.flat().text for sheet in sheets], near=False),
            bylines=tuple(dict.fromkeys(bylines)),
            home_city=paper.home_city if paper else "",
            staff=paper.staff + paper.contributors if paper else (),
        )

    def tag_text(self, text: str) -> tuple[Mention, ...]:
        """Mentions in plain text, every line a paragraph."""
        from services.tagging.tag import tag

        return tag(FlatText.plain(text))

    def mark(
        self,
        sheet: ArticleSheet,
        start: int,
        end: int,
        kind: EntityKind,
        everywhere: bool = False,
        record: EntityRecord | None = None,
    ) -> EditArticle:
        """The change that marks these words (everywhere they stand in the article) by hand, as a record's if given."""
        flat = sheet.text.flat()
        words = flat.text[start:end]
        if not words.strip() or "\n" in words:
            raise UserError("desk.nothing_marked")
        meant = meant_by(sheet, words, kind, record)
        made = [
            replace(meant, start=at, end=at + len(words))
            for at in (_places(flat.text, words) if everywhere else [start])
        ]
        kept = [m for m in sheet.mentions if not any(m.start < one.end and one.start < m.end for one in made)]
        return self._edit(sheet, (*kept, *made))

    def unmark(self, sheet: ArticleSheet, start: int, end: int, everywhere: bool = False) -> EditArticle:
        """The change that takes away the mentions in [start, end), and all of the same words with `everywhere`.

        Stored, it is remembered: a new run does not bring them back.
        """
        gone = [m for m in sheet.mentions if m.start < end and start < m.end]
        words = {(m.text, m.kind) for m in gone}
        kept = [m for m in sheet.mentions if m not in gone and not (everywhere and (m.text, m.kind) in words)]
        return self._edit(sheet, tuple(kept), "untag")

    def choose(
        self, sheet: ArticleSheet, mention: Mention, record: EntityRecord, everywhere: bool = True
    ) -> EditArticle:
        """The change that says which of several people of one name is meant, here or wherever the article names it."""
        same = {mention.start} if not everywhere else {m.start for m in sheet.mentions if _same(m, mention)}
        chosen = [
            replace(m, entity=record.id, name=record.name, by_hand=True) if m.start in same and _same(m, mention) else m
            for m in sheet.mentions
        ]
        return self._edit(sheet, chosen)

    def accept(self, sheet: ArticleSheet, mentions: Sequence[Mention]) -> EditArticle:
        """The change by which an editor stands for mentions; where words changed, for the new ones."""
        wanted = {(m.start, m.end, m.kind) for m in mentions}
        made = [accepted(m) if (m.start, m.end, m.kind) in wanted else m for m in sheet.mentions]
        return self._edit(sheet, made)

    def drop_asked(self, sheet: ArticleSheet, mentions: Sequence[Mention]) -> EditArticle:
        """The change that lets go of mentions whose words changed, without remembering the words as no name."""
        gone = {(m.start, m.end, m.kind) for m in mentions}
        return self._edit(sheet, [m for m in sheet.mentions if (m.start, m.end, m.kind) not in gone])

    def mark_all(
        self, sheet: ArticleSheet, words: str, kind: EntityKind, issue: IssueId | None, context: JobContext = CALM
    ) -> Sweep:
        """Marks the words wherever articles of the issue (without one: of the archive) have them; one unit of work."""
        meant = meant_by(sheet, words, kind, None)

        def change(one: ArticleSheet) -> EditArticle | None:
            flat = one.text.flat().text
            made = [replace(meant, start=at, end=at + len(words)) for at in _places(flat, words)]
            held = {(m.start, m.end, m.kind) for m in one.mentions if m.by_hand}
            made = [m for m in made if (m.start, m.end, m.kind) not in held and not _within(m, one.mentions)]
            kept = [m for m in one.mentions if not any(m.start < o.end and o.start < m.end for o in made)]
            return self._edit(one, (*kept, *made)) if made else None

        return self._sweep(words, issue, change, context)

    def unmark_all(self, words: str, kind: EntityKind, issue: IssueId | None, context: JobContext = CALM) -> Sweep:
        """Takes the mentions away in an issue (or the archive), where the words are no such name from now on."""

        def change(one: ArticleSheet) -> EditArticle | None:
            kept = [m for m in one.mentions if (m.text, m.kind) != (words, kind)]
            return self._edit(one, kept, "untag") if len(kept) < len(one.mentions) else None

        return self._sweep(words, issue, change, context, Refusal(words=words, kind=kind, issue=issue))

    def _sweep(
        self,
        words: str,
        issue: IssueId | None,
        change: Callable[[ArticleSheet], EditArticle | None],
        context: JobContext,
        refusal: Refusal | None = None,
    ) -> Sweep:
        receipts: list[Receipt] = []
        with self._bench.work(Action.TAG) as work:
            session = work.session
            kept = None if refusal is None else put(session, refusal, self._bench.author)
            chosen = select(ArticleRow.id).where(ArticleRow.id.in_(matching(session, words, MOST_SWEPT)))
            if issue is not None:
                chosen = chosen.where(ArticleRow.issue_id == issue)
            found = session.scalars(chosen.order_by(ArticleRow.id)).all()
            for number, key in enumerate(found):
                context.check()
                context.tell(number, len(found), "")
                made = change(read_sheet(session, ArticleId(key)))
                if made is not None:
                    receipts.append(self._history.put(session, made))
            work.commit()
        return Sweep(receipts=tuple(receipts), refusal=kept)

    def take_back(self, sweep: Sweep) -> tuple[Receipt, ...]:
        """Undoes a sweep; in articles edited since only its own marks are taken back, the rest stays as it is."""
        done = []
        with self._bench.work(Action.TAG) as work:
            if sweep.refusal is not None:
                drop(work.session, sweep.refusal)
            for receipt in sweep.receipts:
                done.append(
                    self._history.put(work.session, _undone(read_sheet(work.session, receipt.articles[0]), receipt))
                )
            work.commit()
        return tuple(done)

    def entities(self, issue: IssueId | None = None) -> tuple[EntityCard, ...]:
        """People and organisations on file; with an issue only those its articles mention."""
        with self._bench.store.read() as session:
            return authority.cards(session, issue)

    def _edit(self, sheet: ArticleSheet, mentions: Sequence[Mention], reason: str = "tag") -> EditArticle:
        return EditArticle(
            article=sheet.id,
            text=sheet.text,
            mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end))),
            waivers=sheet.waivers,
            version=sheet.version,
            reason=reason,
        )


def accepted(mention: Mention) -> Mention:
    """As an editor confirmed it: one whose words changed goes by its new words."""
    if not mention.was:
        return replace(mention, by_hand=True)
    renamed = mention.name == mention.was
    name = mention.text if renamed else mention.name
    return replace(mention, was="", by_hand=True, name=name, entity=None if renamed else mention.entity)


def meant_by(sheet: ArticleSheet, words: str, kind: EntityKind, record: EntityRecord | None) -> Mention:
    """A mention of the words by hand, with the name and the record that the article already gives them."""
    same = next((m for m in sheet.mentions if m.text == words and m.kind is kind and not m.was), None)
    return Mention(
        start=0,
        end=len(words),
        text=words,
        kind=kind,
        name=record.name if record else same.name if same else words,
        offices=same.offices if same else (),
        entity=record.id if record else same.entity if same else None,
        by_hand=True,
    )


def _same(one: Mention, other: Mention) -> bool:
    return (one.text, one.kind) == (other.text, other.kind)


def _within(one: Mention, held: Sequence[Mention]) -> bool:
    """Whether the place is a piece of a longer name: 王芳 in 王芳华, 总工会 in 北京市总工会."""
    return any(m.start <= one.start and one.end <= m.end and len(m.text) > len(one.text) for m in held)


def _undone(sheet: ArticleSheet, receipt: Receipt) -> EditArticle:
    """The change that takes a receipt's marks back from the article as it stands now."""
    change, inverse = receipt.change, receipt.inverse
    assert isinstance(change, EditArticle)
    assert isinstance(inverse, EditArticle)
    if sheet.version == receipt.version:
        return inverse
    from services.tagging.carry import carry

    old, new = change.text.flat().text, sheet.text.flat().text
    come, _ = carry([m for m in change.mentions if m not in inverse.mentions], old, new)
    gone, _ = carry([m for m in inverse.mentions if m not in change.mentions], old, new)
    places = {(m.start, m.end, m.kind) for m in come}
    kept = [m for m in sheet.mentions if (m.start, m.end, m.kind) not in places]
    back = [m for m in gone if not any(m.start < one.end and one.start < m.end for one in kept)]
    return replace(
        inverse,
        text=sheet.text,
        waivers=sheet.waivers,
        mentions=tuple(sorted((*kept, *back), key=lambda m: (m.start, m.end))),
        version=sheet.version,
    )


def with_by_hand(before: Sequence[Mention], found: Sequence[Mention]) -> tuple[Mention, ...]:
    """What a run found, and what was marked by hand before, which wins where both claim the same words."""
    there = {(m.start, m.end, m.kind) for m in found}
    hand = [m for m in before if m.by_hand and not (m.was and (m.start, m.end, m.kind) in there)]
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
