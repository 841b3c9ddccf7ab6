"""本报词表: corrections that are made again and again become proposals; the chief proof-reader approves or refuses.

Also the rules that a person writes by hand in the window. Approved ones speak in every window on this store.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.tables.base import now
from models.tables.house_rule import HouseRuleRow
from models.tables.revision import RevisionRow
from models.values.house import HouseRule
from models.values.ids import ArticleId
from services.config.errors import UserError
from services.config.messages import text
from services.desk.bench import Bench
from services.desk.permissions import Action
from services.jobs.job import JobContext

LEAST = 3  # corrections that make a proposal
LONGEST = 8  # characters of a word that is proposed
RECENT = 20_000  # saved steps that are looked through, the newest
AROUND = 12  # characters shown to each side
STATES = ("proposed", "approved", "refused")


class HouseList:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._held: tuple[tuple[object, ...], tuple[HouseRule, ...]] = ((None,), ())

    def all(self) -> tuple[HouseRule, ...]:
        """Every rule, proposals first, then the newest decision; read again only when one changed."""
        with self._bench.store.read() as session:
            return self.read(session)

    def read(self, session: Session) -> tuple[HouseRule, ...]:
        row = HouseRuleRow
        mark = tuple(
            session.execute(select(func.count(), func.max(row.id), func.max(row.decided), func.sum(row.seen))).one()
        )
        if mark != self._held[0]:
            order = (row.state != "proposed", row.seen.desc(), row.id.desc())
            self._held = (mark, tuple(map(_value, session.scalars(select(row).order_by(*order)))))
        return self._held[1]

    def decide(self, rule: int, state: str, reason: str = "") -> HouseRule:
        """Approves, refuses, or puts back among the proposals; gives the rule as it was before."""
        if state not in STATES:
            raise ValueError(state)
        with self._bench.work(Action.HOUSE) as work:
            row = _need(work.session, rule)
            before = _value(row)
            row.state, row.reason = state, reason
            row.decided_by, row.decided = self._bench.author, now()
            work.commit()
        return before

    def put(self, rule: HouseRule) -> HouseRule:
        """Stores a rule: a new one (id 0), or another state of one that is there (or was). Raises UserError."""
        from services.proofing.house_rules import checked
        from services.proofing.shapes import BadRule

        try:
            checked(replace(rule, message=rule.message or "·"))
        except BadRule as error:
            raise UserError(error.key, **error.values) from error
        with self._bench.work(Action.HOUSE) as work:
            row = work.session.get(HouseRuleRow, rule.id) if rule.id else None
            same = select(HouseRuleRow.id).where(
                HouseRuleRow.kind == rule.kind, HouseRuleRow.wrong == rule.wrong, HouseRuleRow.fix == rule.fix
            )
            if any(key != rule.id for key in work.session.scalars(same)):
                raise UserError("proofing.house.twice", wrong=rule.wrong)
            if row is None:
                row = HouseRuleRow(author=rule.author or self._bench.author, time=rule.time or now())
                work.session.add(row)
            for name in ("kind", "wrong", "fix", "tier", "message", "state", "sample", "seen", "reason"):
                setattr(row, name, _clean(getattr(rule, name)))
            row.decided_by, row.decided = self._bench.author, now()
            work.session.flush()
            stored = _value(row)
            work.commit()
        return stored

    def remove(self, rule: int) -> HouseRule:
        """Takes a rule away; gives it, so that `put` can bring it back."""
        with self._bench.work(Action.HOUSE) as work:
            row = _need(work.session, rule)
            before = _value(row)
            work.session.delete(row)
            work.commit()
        return replace(before, id=0)

    def mine(self, least: int = LEAST, context: JobContext | None = None) -> int:
        """Looks through the saved steps for corrections made `least` times or more; how many new proposals there are.

        A correction that the rules find by themselves is none for the list, nor one whose wrong words stand
        uncorrected as often as they were corrected.
        """
        self._bench.permit(Action.HOUSE)
        job = context or JobContext()
        made: Counter[tuple[str, str]] = Counter()
        samples: dict[tuple[str, str], str] = {}
        standing: Counter[str] = Counter()
        with self._bench.store.read() as session:
            for before, after in _steps(session, job):
                for wrong, fix, sample in corrections(before, after):
                    made[wrong, fix] += 1
                    samples.setdefault((wrong, fix), sample)
            often = {pair: count for pair, count in made.items() if count >= least and made[pair[1], pair[0]] < count}
            wrongs = {pair[0] for pair in often}
            for words in _final_texts(session, job) if often else ():
                for wrong in wrongs:
                    standing[wrong] += words.count(wrong)
            known = {(row.wrong, row.fix) for row in session.scalars(select(HouseRuleRow))}
        fresh = [
            (pair, count)
            for pair, count in often.items()
            if pair not in known and standing[pair[0]] < count and not _is_told(pair[0], samples[pair])
        ]
        with self._bench.work(Action.HOUSE) as work:
            for (wrong, fix), count in fresh:
                work.session.add(
                    HouseRuleRow(
                        kind="literal", wrong=wrong, fix=fix, tier="likely", message="", state="proposed",
                        sample=samples[wrong, fix], seen=count, author="", decided_by="", reason="", time=now(),
                    )
                )  # fmt: skip
            work.commit()
        return len(fresh)


def _steps(session: Session, job: JobContext) -> Iterator[tuple[str, str]]:
    """Texts before and after each saved step that a person made."""
    from services.store.revisions import revision_text

    newest = session.execute(
        select(RevisionRow.article_id, RevisionRow.number)
        .where(RevisionRow.number > 0, RevisionRow.reason.in_(("fix", "typing", "replace")))
        .order_by(RevisionRow.id.desc())
        .limit(RECENT)
    ).all()
    for done, (article, number) in enumerate(newest):
        job.check()
        job.tell(done, len(newest), text("proofing.house.mining"))
        before = revision_text(session, ArticleId(article), number - 1)
        after = revision_text(session, ArticleId(article), number)
        if before is not None and after is not None:
            yield before.flat().text, after.flat().text


def _final_texts(session: Session, job: JobContext) -> Iterator[str]:
    from models.tables.article import ArticleRow
    from services.store.rows import read_text

    for row in session.scalars(select(ArticleRow).order_by(ArticleRow.id.desc()).limit(RECENT // 10)):
        job.check()
        yield read_text(row).flat().text


def corrections(before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """Small replacements of words: wrong, right, and the right words with what stands around them."""
    if before == after:
        return
    old_lines, new_lines = before.split("\n"), after.split("\n")
    if len(old_lines) != len(new_lines):
        return
    for old, new in zip(old_lines, new_lines, strict=True):
        if old == new or len(old) > 5_000 or abs(len(old) - len(new)) > 3 * LONGEST:
            continue
        ends = _ends(new)
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag == "equal" or max(b - a, d - c) > LONGEST:
                continue
            left = max((end for end in ends if end <= c), default=0)
            right = min((end for end in ends if end >= max(d, c + 1)), default=len(new))
            wrong, fix = old[a - (c - left) : b + (right - d)], new[left:right]
            if len(fix) < 2 or len(wrong) < 2:  # a single character says too little: with its neighbour
                further = min((end for end in ends if end > right), default=right)
                wrong, fix = wrong + new[right:further], new[left:further]
                right = further
            if c - left > a or not 2 <= len(wrong) <= LONGEST or not 2 <= len(fix) <= LONGEST or wrong == fix:
                continue
            if all(_is_words(one) for one in (wrong, fix)):
                yield wrong, fix, new[max(0, left - AROUND) : right + AROUND]


def _ends(line: str) -> list[int]:
    from services.lexicon.segment import words

    ends, at = [0], 0
    for word in words(line):
        at += len(word)
        ends.append(at)
    return ends


def _is_words(words: str) -> bool:
    """Han characters and nothing else: figures and marks differ from case to case."""
    return all("\u3400" <= character <= "\u9fff" for character in words)


def _is_told(wrong: str, sample: str) -> bool:
    """Whether the rules that there are find the wrong words by themselves."""
    from models.values.article_text import FlatText
    from models.values.finding import Tier
    from services.proofing.proof import load_rules, proof

    found = proof(FlatText.plain(wrong), load_rules())
    return any(one.tier is not Tier.HINT and one.suggestions for one in found)


def _need(session: Session, rule: int) -> HouseRuleRow:
    row = session.get(HouseRuleRow, rule)
    if row is None:
        raise UserError("proofing.house.gone")
    return row


def _value(row: HouseRuleRow) -> HouseRule:
    return HouseRule(
        id=row.id,
        kind=row.kind if row.kind in ("literal", "regex") else "literal",
        wrong=row.wrong,
        fix=row.fix,
        tier=row.tier if row.tier in ("certain", "likely", "hint") else "likely",
        message=row.message,
        state=row.state if row.state in STATES else "refused",
        sample=row.sample,
        seen=row.seen,
        author=row.author,
        decided_by=row.decided_by,
        reason=row.reason,
        time=row.time,
        decided=row.decided,
    )


def _clean(value: object) -> object:
    """Text without what no database holds: half surrogate pairs and NUL."""
    from services.store.rows import clean

    return clean(value) if isinstance(value, str) else value
