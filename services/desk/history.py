"""Applying a change: the new state, its revision and its place in the change log in one unit of work.

A change says what version its editor saw. Where the store has gone on since, the change log tells what stood at that
version: if the same stands now (somebody changed it and took it back; an undo of an undo), nothing was missed and the
change holds. Otherwise it is refused with StaleVersion and nothing is overwritten.
"""

import datetime
from dataclasses import replace

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.tables.base import now
from models.tables.change_log import ChangeRow
from models.tables.finding import HouseWordRow, SettledRow, WaiverRow
from models.tables.page import PLAN_SCHEMA, PageRow
from models.values.article_text import ArticleText
from models.values.change import Change, EditArticle, PlanPage, Receipt, Waiver
from models.values.ids import ArticleId, PageId
from models.values.mention import Mention
from models.values.plan import design_of
from services.config.errors import UserError
from services.desk.authority import doubt_made, enter_by_hand
from services.desk.bench import Bench, need_article
from services.desk.folding import TYPING, fold_typing, stood
from services.desk.permissions import Action
from services.desk.refusals import BRINGS_BACK, remember
from services.store.audit import add_line
from services.store.closing import insert_later, on_server, send, update_later
from services.store.codec import dump, dump_union
from services.store.news import tell
from services.store.revisions import add_revision, newest, replace_last
from services.store.rows import (
    clean,
    clean_text,
    fitting,
    read_mentions,
    read_plan,
    read_text,
    read_waivers,
    standing,
    write_mentions,
    write_text,
    write_waivers,
    wrong_in_plan,
)
from services.store.search import index_article

BEGINNING = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
FOLD = datetime.timedelta(minutes=5)  # typing by one person within this time is one revision


class StaleVersion(UserError):
    """The article or page was changed elsewhere since the editor saw it."""


class History:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def apply(self, change: Change) -> Receipt:
        """One change in one unit of work. Raises StaleVersion, UserError."""
        with self._bench.store.work() as work:
            receipt = self._put(work.session, change, alone=True)
            work.commit()
        return receipt

    def put(self, session: Session, change: Change) -> Receipt:
        """Like apply, in a unit of work of the caller, which sees the new state at once."""
        receipt = self._put(session, change, alone=False)
        send(session)
        session.expire_all()
        return receipt

    def _put(self, session: Session, change: Change, *, alone: bool) -> Receipt:
        """`alone`: nothing else is in the unit of work yet, so that it may be begun again."""
        if isinstance(change, PlanPage):
            return self._plan(session, change)
        return self._edit(session, change, alone=alone)

    def _edit(self, session: Session, change: EditArticle, *, alone: bool) -> Receipt:
        row = need_article(session, change.article, hold=True)
        if alone and change.version not in (0, row.version) and on_server(session):
            session.rollback()  # who comes late keeps nobody waiting while it is looked up what was missed
            _refuse_stale(session, change, _standing(session, need_article(session, change.article), change.reason))
            row = need_article(session, change.article, hold=True)
        before = _standing(session, row, change.reason)
        _refuse_stale(session, change, before)
        text = _derived(clean_text(change.text), before.text)
        flat = text.flat().text
        carried = _carried(change, flat)
        recall = text != before.text or change.reason not in BRINGS_BACK
        moment = now()
        mentions = enter_by_hand(
            session, fitting(session, carried, flat), before.mentions, recall=recall, moment=moment
        )
        waivers = cleaned(change.waivers)
        if waivers == before.waivers and text != before.text:
            waivers = carry_waivers(waivers, before.text.flat().text, flat)
        done = replace(change, text=text, mentions=mentions, waivers=waivers)
        fixed = self._bench.settling.pop(change, ())
        if (text, mentions, waivers) == (before.text, before.mentions, before.waivers):
            if change.reason == "waive":  # let stand again what the house's lexicon had lost meanwhile
                self._house(session, (), waivers)
            return Receipt(change=done, inverse=before, version=row.version)
        self._permit(session, done, before)
        version = row.version + 1
        self._write_article(session, row, text, moment)
        if mentions != before.mentions:
            write_mentions(session, change.article, mentions)
            if change.reason == "undo":
                session.flush()
                doubt_made(session, change.article, before.mentions, mentions)
            if text == before.text:
                both = (before.mentions, mentions)
                remember(session, change.article, flat, both, reason=change.reason, author=self._bench.author)
        if waivers != before.waivers:
            write_waivers(session, change.article, waivers)
            self._house(session, before.waivers, waivers)
        session.flush()
        if text != before.text:
            index_article(session, change.article, text, before.text)
            self._revise(session, row, change.reason, moment)
        self._settled(session, done, before.waivers, fixed)
        inverse = replace(before, version=version)
        self._log(session, done, inverse, moment, article=change.article)
        return Receipt(change=done, inverse=inverse, version=version, articles=(change.article,))

    def _permit(self, session: Session, change: EditArticle, before: EditArticle) -> None:
        """By what the change does, whatever reason it gives for itself."""
        if change.text != before.text:
            self._bench.permit(Action.EDIT, session)
        elif change.mentions != before.mentions:  # words that moved take their mentions along
            self._bench.permit(Action.TAG, session)
        if {(w.key, w.scope) for w in change.waivers} != {(w.key, w.scope) for w in before.waivers}:
            house = {w.key for w in change.waivers if w.scope == "house"} != {
                w.key for w in before.waivers if w.scope == "house"
            }
            self._bench.permit(Action.HOUSE if house else Action.SETTLE, session)

    def _write_article(self, session: Session, row: ArticleRow, text: ArticleText, time: datetime.datetime) -> None:
        """On a server with the last steps, else at once."""
        if not on_server(session):
            write_text(row, text)
            row.changed = time
            return
        session.expunge(row)
        write_text(row, text)
        columns = ("text", "headline", "authors", "characters", "form")
        values = {name: getattr(row, name) for name in columns}
        update_later(session, ArticleRow, row.id, **values, changed=time)

    def _plan(self, session: Session, change: PlanPage) -> Receipt:
        row = session.get(PageRow, change.page, with_for_update=True)
        if row is None:
            raise UserError("desk.no_page", id=change.page)
        before = PlanPage(page=change.page, plan=read_plan(row), version=row.version, reason=_back(change.reason))
        follows = design_of(change.plan) == design_of(before.plan)  # where an edited article goes on is no design
        self._bench.permit_any((Action.EDIT, Action.PLAN) if follows else (Action.PLAN,), session)
        _refuse_stale(session, change, before)
        wrong = wrong_in_plan(change.plan)
        if wrong:
            raise UserError("desk.plan_wrong", detail=wrong)
        if change.plan == before.plan:
            return Receipt(change=change, inverse=before, version=row.version)
        new = {frame.article for frame in change.plan.frames}
        old = {frame.article for frame in before.plan.frames}
        missing = new - set(session.scalars(select(ArticleRow.id).where(ArticleRow.id.in_(new))))
        if missing:
            raise UserError("desk.no_article", id=min(missing))
        row.plan, row.plan_schema, row.name = dump(change.plan), PLAN_SCHEMA, change.plan.name
        session.flush()
        if old - new:
            gone = ArticleRow.id.in_(old - new) & (ArticleRow.page_id == change.page)
            session.execute(update(ArticleRow).where(gone).values(page_id=None))
        if new:
            here = {"page_id": change.page, "issue_id": row.issue_id}
            session.execute(update(ArticleRow).where(ArticleRow.id.in_(new)).values(**here))
        inverse = replace(before, version=row.version)
        self._log(session, change, inverse, now(), page=change.page)
        return Receipt(
            change=change,
            inverse=inverse,
            version=row.version,
            articles=tuple(sorted(old ^ new)),
            pages=(change.page,),
        )

    def _revise(self, session: Session, row: ArticleRow, reason: str, time: datetime.datetime) -> None:
        found = newest(session, ArticleId(row.id))
        last = found[0] if found else None
        if (
            last is not None
            and reason == last.reason == TYPING
            and last.author == self._bench.author
            and time - last.began < FOLD
        ):
            replace_last(session, last, row.text, characters=row.characters, time=time, found=found)
            fold_typing(session, ArticleId(row.id), last.began)
            return
        if reason == TYPING:
            fold_typing(session, ArticleId(row.id), BEGINNING, until=time - 2 * FOLD, keep=0)
        number = 0 if last is None else last.number + 1
        add_revision(
            session,
            ArticleId(row.id),
            row.text,
            number=number,
            characters=row.characters,
            author=self._bench.author,
            why=reason,
            time=time,
            found=found,
        )

    def _house(self, session: Session, before: tuple[Waiver, ...], after: tuple[Waiver, ...]) -> None:
        """House-wide waivers live as long as an article holds them: taking one back takes it out of the lexicon."""
        old = {waiver.key: waiver for waiver in before if waiver.scope == "house"}
        new = {waiver.key: waiver for waiver in after if waiver.scope == "house"}
        session.flush()
        for key in new.keys() - old.keys():
            if session.scalars(select(HouseWordRow).where(HouseWordRow.key == key)).first() is None:
                session.add(HouseWordRow(key=key, reason=new[key].reason, author=self._bench.author))
        for key in old.keys() - new.keys():
            held = select(func.count()).where(WaiverRow.key == key, WaiverRow.scope == "house")
            word = session.scalars(select(HouseWordRow).where(HouseWordRow.key == key)).first()
            if word is not None and not session.execute(held).scalar_one():
                session.delete(word)

    def _settled(
        self, session: Session, change: EditArticle, before: tuple[Waiver, ...], fixed: tuple[str, ...]
    ) -> None:
        old, new = {(w.key, w.scope) for w in before}, {(w.key, w.scope) for w in change.waivers}
        reasons = {waiver.key: waiver.reason for waiver in change.waivers}
        hows = [(key, "fixed") for key in fixed]
        hows += [(key, "waived") for key, _ in sorted(new - old)]
        hows += [(key, "unwaived") for key, _ in sorted(old - new)]
        session.add_all(
            SettledRow(
                article_id=change.article, key=key, how=how, author=self._bench.author, reason=reasons.get(key, "")
            )
            for key, how in hows
        )

    def _log(
        self,
        session: Session,
        change: Change,
        inverse: Change,
        time: datetime.datetime,
        *,
        article: ArticleId | None = None,
        page: PageId | None = None,
    ) -> None:
        stored = dump_union(change)
        insert_later(
            session,
            ChangeRow,
            time=time,
            author=self._bench.author,
            reason=change.reason,
            article_id=article,
            page_id=page,
            version=inverse.version,
            change=stored,
            inverse=dump_union(inverse),
        )
        add_line(
            session,
            time=time,
            author=self._bench.author,
            reason=change.reason,
            subject=f"page {page}" if article is None else f"article {article}",
            version=inverse.version,
            stored=stored,
        )
        tell(session, f"page {page}" if article is None else f"article {article}", inverse.version)


def cleaned(waivers: tuple[Waiver, ...]) -> tuple[Waiver, ...]:
    """Waivers without what no database holds: half surrogate pairs and control characters."""
    return tuple(
        waiver
        if (clean(waiver.key), clean(waiver.reason)) == (waiver.key, waiver.reason)
        else replace(waiver, key=clean(waiver.key), reason=clean(waiver.reason))
        for waiver in waivers
    )


def carry_waivers(waivers: tuple[Waiver, ...], old: str, new: str) -> tuple[Waiver, ...]:
    """Moves the places of waivers along with one edit; one within the changed words stays where it was."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    moved = len(new) - len(old)
    return tuple(
        replace(waiver, start=waiver.start + moved) if waiver.start >= len(old) - tail else waiver for waiver in waivers
    )


def _carried(change: EditArticle, flat: str) -> tuple[Mention, ...]:
    """The mentions on the text that is stored: characters that no database holds were left out of it."""
    given = change.text.flat().text
    if given == flat:
        return change.mentions
    from services.tagging.carry import carry_asking

    return carry_asking(standing(change.mentions, given), given, flat)


def _standing(session: Session, row: ArticleRow, reason: str) -> EditArticle:
    """What stands in the store, as the change that puts it there again after one for `reason`."""
    article, text = ArticleId(row.id), read_text(row)
    return EditArticle(
        article=article,
        text=text,
        mentions=standing(read_mentions(session, article), text.flat().text),
        waivers=read_waivers(session, article),
        version=row.version,
        reason=_back(reason),
    )


def _back(reason: str) -> str:
    return "redo" if reason == "undo" else "undo"


def _derived(text: ArticleText, before: ArticleText) -> ArticleText:
    """Bylines and credits follow from dateline and signature: derived again when one of these was edited."""
    if (text.dateline, text.signature) == (before.dateline, before.signature):
        return text
    from services.intake.bylines import with_signatures

    return with_signatures(text)


def _refuse_stale(session: Session, change: Change, before: Change) -> None:
    if change.version in (0, before.version):
        return
    key = (
        ChangeRow.article_id == change.article if isinstance(change, EditArticle) else ChangeRow.page_id == change.page
    )
    row = session.scalars(select(ChangeRow).where(key, ChangeRow.version == change.version + 1).limit(1)).first()
    if row is None or not stood(row, before):
        raise StaleVersion("desk.stale")
