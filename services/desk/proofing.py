"""校对 at the desk: findings of an article without what editors let stand, fixes and waivers as changes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlalchemy.orm import Session

from models.tables.article import ArticleRow
from models.values.article_text import FlatText
from models.values.cards import ArticleSheet, ProofReport
from models.values.change import EditArticle, Receipt, Waiver
from models.values.finding import Finding, RuleCard, Tier
from models.values.house import HouseRule
from models.values.ids import ArticleId
from models.values.mention import KnownEntity
from models.values.publication import Profile
from services.config import paths
from services.config.errors import UserError
from services.config.settings import Settings
from services.desk.articles import sheet as read_sheet
from services.desk.bench import Bench
from services.desk.fixing import fix_text, moved
from services.desk.history import History, StaleVersion
from services.desk.house_list import HouseList
from services.store.rows import clean

if TYPE_CHECKING:
    from services.desk.files import House
    from services.proofing.contract import Elsewhere, ProofContext, RuleTable
    from services.proofing.opinion import Opinion

REMEMBERED = 64  # texts whose findings are known as long as nothing changes
NEAR = 40  # characters that a finding let stand "here" may have moved by edits to its own words


class Proofing:
    def __init__(self, bench: Bench, history: History, rule_folders: Sequence[Path] = ()) -> None:
        self._bench = bench
        self._history = history
        self._folders = tuple(rule_folders)
        self.house = HouseList(bench)
        self.slow: dict[str, int] = {}  # rules that were given up on a text because they took too long, how often
        self._table: tuple[RuleTable, tuple[HouseRule, ...], RuleTable] | None = None
        # findings, and the very rules and names whose id() stands in the key
        self._memory: dict[object, tuple[tuple[Finding, ...], RuleTable, tuple[KnownEntity, ...]]] = {}
        self._lock = Lock()
        self._opinion: Opinion | None = None

    def check(self, target: ArticleId | ArticleSheet) -> ProofReport:
        """Findings of an article. Given a sheet (perhaps not yet stored) nothing is stored; given an id, the number of
        open findings is kept for the lists, unless a stranger to the newsroom is looking."""
        if isinstance(target, ArticleSheet):
            with self._bench.store.read() as session:
                return self._report(session, target)
        with self._bench.store.read() as session:
            report = self._report(session, read_sheet(session, target))
        if not self._bench.works_here():
            return report
        count = sum(finding.tier is not Tier.HINT for finding in report.findings)
        with self._bench.store.work() as work:
            seen = (ArticleRow.id == target) & (ArticleRow.version == report.version)
            work.session.execute(update(ArticleRow).where(seen).values(findings=count))
            work.commit()
        return report

    def sheet(self, article: ArticleId) -> ArticleSheet:
        with self._bench.store.read() as session:
            return read_sheet(session, article)

    def recheck(self, sheet: ArticleSheet, carried: Sequence[Finding], changed: tuple[int, int]) -> ProofReport:
        """Findings right after an edit within `changed` (code points of the new flat text), in some milliseconds.

        `carried` are the findings that stood before, moved along. `check` has the last word after a pause.
        """
        from services.proofing.proof import proof_paragraphs

        with self._bench.store.read() as session:
            context = self._context(session, sheet)
            rules = self._rules(session)
            words = self._bench.house_words(session)
        flat = sheet.text.flat()
        return _reported(sheet, proof_paragraphs(flat, rules, context, carried, changed), flat, words)

    def certain(self, sheet: ArticleSheet) -> tuple[Finding, ...]:
        """The open findings of the tier certain, without the slow rules that never say anything of that tier."""
        with self._bench.store.read() as session:
            return self._certain(session, sheet)

    def _certain(self, session: Session, sheet: ArticleSheet) -> tuple[Finding, ...]:
        from services.proofing.proof import certain_only, proof

        found = proof(sheet.text.flat(), certain_only(self._rules(session)), self._context(session, sheet))
        waived = let_stand(found, sheet.waivers, self._bench.house_words(session))
        return tuple(one for one in found if one.tier is Tier.CERTAIN and id(one) not in waived)

    def _report(self, session: Session, sheet: ArticleSheet) -> ProofReport:
        from services.proofing.proof import examine

        flat = sheet.text.flat()
        rules, context = self._rules(session), self._context(session, sheet)
        mark = (flat.text, flat.spans, id(rules), id(context.known), replace(context, known=()), self._learned())
        held = self._memory.get(mark)
        notes: tuple[str, ...] = ()
        if held is None:
            examined = examine(flat, rules, context)
            if self._opinion is not None:
                weighed, notes = self._opinion.weigh(examined.findings, flat)
                examined = replace(examined, findings=weighed)
            with self._lock:
                for rule in examined.slow:
                    self.slow[rule] = self.slow.get(rule, 0) + 1
                held = self._memory[mark] = (examined.findings, rules, context.known)
                while len(self._memory) > REMEMBERED:
                    self._memory.pop(next(iter(self._memory)))
        return replace(_reported(sheet, held[0], flat, self._bench.house_words(session)), notes=notes)

    def use_model(self, model: str, agreed: str) -> None:
        """A model of the user's own as evidence, if `agreed` says that a person switched on this very one."""
        if model and model == agreed:
            from services.proofing.opinion import chosen_opinion

            self._opinion = chosen_opinion(model, agreed)
        else:
            self._opinion = None
        self._memory.clear()

    @staticmethod
    def _learned() -> int:
        """Tells one state of what the house learned from another."""
        from services.proofing.characters.house import NAME

        try:
            return (paths.data_folder() / NAME).stat().st_mtime_ns
        except OSError:
            return 0

    def _context(self, session: Session, sheet: ArticleSheet) -> "ProofContext":
        from services.proofing.contract import ProofContext

        setting = self._bench.setting(session, sheet.issue)
        return ProofContext(
            mentions=sheet.mentions,
            known=self._bench.known(session, [sheet.text.flat().text]),
            elsewhere=self._elsewhere(session, sheet),
            quantities=() if sheet.issue is None else self._bench.quantities_elsewhere(session, sheet.issue, sheet.id),
            bylines=sheet.text.bylines + sheet.text.credits,
            date=setting.date,
            profile=setting.publication.profile if setting.publication else Profile.NEWSPAPER,
            form=sheet.text.form,
        )

    def _elsewhere(self, session: Session, sheet: ArticleSheet) -> "tuple[Elsewhere, ...]":
        """People with offices of the issue's other articles."""
        if sheet.issue is None or not sheet.mentions:
            return ()
        from services.proofing.contract import Elsewhere

        return tuple(
            Elsewhere(name=m.name, offices=m.offices, where=where, entity=m.entity)
            for where, mentions in self._bench.people_elsewhere(session, sheet.issue, sheet.id)
            for m in mentions
        )

    def rules(self) -> "RuleTable":
        """The rule table with the house's own packs and rules; its report says what runs and what is broken."""
        with self._bench.store.read() as session:
            return self._rules(session)

    def _rules(self, session: Session) -> "RuleTable":
        from services.proofing.house_rules import with_house_rules
        from services.proofing.proof import load_rules

        packs, house = load_rules(self._folders), self.house.read(session)
        held = self._table
        if held is None or held[0] is not packs or held[1] is not house:
            held = self._table = (packs, house, with_house_rules(packs, house))
        return held[2]

    def house_knowledge(self) -> "House":
        """What this store knows, for proofing files that do not lie in it."""
        from services.desk.files import House

        with self._bench.store.read() as session:
            rules, words = self._rules(session), self._bench.house_words(session)
        return House(rules=rules, allowed=words, known=self._known_in)

    def _known_in(self, words: str) -> tuple[KnownEntity, ...]:
        with self._bench.store.read() as session:
            return self._bench.known(session, [words])

    def check_text(self, text: str) -> tuple[Finding, ...]:
        """Findings of plain text, every line a paragraph."""
        from services.proofing.proof import proof

        return proof(FlatText.plain(text), self.rules())

    def card(self, rule: str) -> RuleCard:
        """What a person may read about a rule."""
        from services.proofing.cards import card

        try:
            return card(self.rules().rule(rule))
        except KeyError as error:
            raise UserError("desk.no_rule", rule=rule) from error

    def cards(self) -> tuple[RuleCard, ...]:
        from services.proofing.cards import cards

        return cards(self.rules())

    def fix(self, sheet: ArticleSheet, findings: Sequence[Finding]) -> EditArticle:
        """The change that applies the first suggestion of each finding; mentions and waivers keep their words."""
        from services.intake.bylines import with_signatures
        from services.tagging.carry import carry_asking

        text, moves = fix_text(sheet.text, findings)
        if text != sheet.text:
            text = with_signatures(text)
        kept = carry_asking(sheet.mentions, sheet.text.flat().text, text.flat().text)
        change = EditArticle(
            article=sheet.id,
            text=text,
            mentions=kept,
            waivers=moved(sheet.waivers, moves),
            version=sheet.version,
            reason="fix",
        )
        self._bench.settling[change] = tuple(finding.key for finding in findings if finding.suggestions)
        while len(self._bench.settling) > 50:  # changes that nobody applied
            self._bench.settling.pop(next(iter(self._bench.settling)))
        return change

    def fix_certain(self, article: ArticleId) -> Receipt:
        """Applies every open finding of the tier certain. Tried again when the article was edited meanwhile."""
        for _ in range(2):
            try:
                return self._history.apply(self._all_certain(article))
            except StaleVersion:
                continue
        return self._history.apply(self._all_certain(article))

    def _all_certain(self, article: ArticleId) -> EditArticle:
        """The change that fixes all that is certain; a fix may uncover another, so up to three rounds."""
        with self._bench.store.read() as session:
            before = read_sheet(session, article)
            sheet = before
            keys: tuple[str, ...] = ()
            for _ in range(3):
                change = self.fix(sheet, self._certain(session, sheet))
                keys += self._bench.settling.pop(change, ())
                if change.text == sheet.text:
                    break
                sheet = replace(sheet, text=change.text, mentions=change.mentions, waivers=change.waivers)
        whole = EditArticle(
            article=article,
            text=sheet.text,
            mentions=sheet.mentions,
            waivers=sheet.waivers,
            version=before.version,
            reason="fix",
        )
        self._bench.settling[whole] = keys
        return whole

    def waive(self, sheet: ArticleSheet, finding: Finding, scope: str = "here", reason: str = "") -> EditArticle:
        """The change that lets a finding stand: "here", in the "article", or in the whole "house"."""
        if scope not in ("here", "article", "house"):
            raise ValueError(scope)
        waiver = Waiver(
            key=finding.key, scope=scope, reason=clean(reason), start=finding.start if scope == "here" else -1
        )
        waivers = sheet.waivers if waiver in sheet.waivers else (*sheet.waivers, waiver)
        return EditArticle(
            article=sheet.id,
            text=sheet.text,
            mentions=sheet.mentions,
            waivers=waivers,
            version=sheet.version,
            reason="waive",
        )

    def unwaive(self, sheet: ArticleSheet, finding: Finding) -> EditArticle:
        """The change that shows a finding again that this article let stand."""
        waivers = tuple(
            waiver
            for waiver in sheet.waivers
            if waiver.key != finding.key or (waiver.scope == "here" and abs(waiver.start - finding.start) > NEAR)
        )
        return EditArticle(
            article=sheet.id,
            text=sheet.text,
            mentions=sheet.mentions,
            waivers=waivers,
            version=sheet.version,
            reason="unwaive",
        )


def rule_faults(settings: Settings) -> tuple[int, tuple[str, ...]]:
    """How many rules of packs run, and for each that does not where it stands and why; for `doctor`."""
    from services.proofing.proof import load_rules

    report = load_rules([Path(folder) for folder in settings.rule_folders]).report
    faults = tuple(
        " ".join(part for part in (f"{one.file}:{one.line}" if one.line else one.file, one.rule, one.reason) if part)
        for one in report.broken
    )
    return len(report.running), faults


def model_in_words(model: str) -> str:
    """What leaves the machine with a model of the user's own, and to where."""
    from services.proofing.opinion import leaves_the_machine

    return leaves_the_machine(model)


def _reported(sheet: ArticleSheet, found: Sequence[Finding], flat: FlatText, house: frozenset[str]) -> ProofReport:
    from services.proofing.proof import error_rate

    waived = let_stand(found, sheet.waivers, house)
    open_findings = tuple(finding for finding in found if id(finding) not in waived)
    return ProofReport(
        article=sheet.id,
        version=sheet.version,
        findings=open_findings,
        waived=tuple(finding for finding in found if id(finding) in waived),
        rate=error_rate(open_findings, flat),
    )


def let_stand(findings: Sequence[Finding], waivers: Sequence[Waiver], house: frozenset[str]) -> set[int]:
    """Which findings (by id()) are waived. One "here" lets one finding stand: the nearest with its key.

    A waiver for the house counts as long as the house's lexicon holds it.
    """
    everywhere = {waiver.key for waiver in waivers if waiver.scope == "article"} | house
    stand = {id(one) for one in findings if one.key in everywhere or one.text in house}
    for waiver in waivers:
        if waiver.scope != "here":
            continue
        same = [one for one in findings if one.key == waiver.key and id(one) not in stand]
        nearest = min(same, key=lambda one: abs(one.start - waiver.start), default=None)
        if nearest is not None and abs(nearest.start - waiver.start) <= NEAR:
            stand.add(id(nearest))
    return stand
