"""版式: the presets and the house's own page templates, shared by everybody who works on the store.

A template is kept as the words of a template file, and every number of it is checked when it is read. One that cannot
be read, or is not there, does not keep a page from being shown: it is laid in the first preset, and told.
"""

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables.base import now
from models.tables.page import PageRow
from models.tables.template import TemplateRow
from models.values.template import PageTemplate
from services.config.errors import UserError
from services.config.messages import text
from services.desk.bench import Bench
from services.desk.permissions import Action
from services.store.audit import add_line
from services.store.news import tell
from services.store.rows import read_plan

if TYPE_CHECKING:
    from models.values.article_text import ArticleText
    from models.values.ids import ArticleId
    from models.values.laid_page import LaidPage


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateCard:
    name: str
    title: str
    preset: bool  # came with the program: never written over
    broken: str = ""  # what is wrong with it, in words


@dataclass(slots=True)
class Templates:
    bench: Bench
    _read: dict[str, tuple[int, PageTemplate]] = field(default_factory=dict)  # by version: the same object while it is

    def cards(self) -> tuple[TemplateCard, ...]:
        """The presets, then the house's own by name."""
        from services.layout.templates import template_names

        presets = [
            TemplateCard(name=name, title=text(f"template.preset.{name}"), preset=True) for name in template_names()
        ]
        with self.bench.store.read() as session:
            rows = session.execute(select(TemplateRow.name, TemplateRow.words).order_by(TemplateRow.name)).all()
        return (*presets, *(_card(name, words) for name, words in rows))

    def get(self, name: str) -> PageTemplate:
        """A template by name. Raises UserError for one that is not there or cannot be read."""
        from services.layout.templates import is_preset, template

        if is_preset(name):
            return template(name)
        with self.bench.store.read() as session:
            row = session.execute(
                select(TemplateRow.version, TemplateRow.words).where(TemplateRow.name == name)
            ).one_or_none()
        if row is None:
            return template(name)  # which tells the names that there are
        held = self._read.get(name)
        if held is None or held[0] != row.version:
            held = self._read[name] = (row.version, parsed(name, row.words))
        return held[1]

    def get_or_first(self, name: str) -> tuple[PageTemplate, bool]:
        """The template, or the first preset when it is lost or broken; whether it is the one that was asked for."""
        from services.layout.templates import template, template_names

        try:
            return self.get(name), True
        except UserError:
            return template(template_names()[0]), False

    def save(self, made: PageTemplate) -> PageTemplate | None:
        """A new template of the house, or a new state of one; returns the state before. Presets are never changed."""
        from services.layout.templates import is_preset, template_words

        if is_preset(made.name):
            raise UserError("layout.template_preset", name=made.name)
        words = template_words(made)
        parsed(made.name, words)  # refuses what could not be read back
        with self.bench.work(Action.PLAN) as work:
            row = work.session.scalars(select(TemplateRow).where(TemplateRow.name == made.name)).one_or_none()
            before = None if row is None else row.words
            row = row or TemplateRow(name=made.name)
            row.words, row.changed = words, now()
            work.session.add(row)
            work.session.flush()
            self._log(work.session, row, "save")
            work.commit()
        try:
            return None if before is None else parsed(made.name, before)
        except UserError:
            return None

    def remove(self, name: str) -> None:
        """Takes a template of the house away. Raises UserError while a page uses it."""
        with self.bench.work(Action.PLAN) as work:
            for row in work.session.scalars(select(PageRow)):
                if read_plan(row).template == name:
                    raise UserError("desk.template_in_use", name=name)
            held = work.session.scalars(select(TemplateRow).where(TemplateRow.name == name)).one_or_none()
            if held is not None:
                work.session.delete(held)
                self._log(work.session, held, "remove")
            work.commit()

    def _log(self, session: Session, row: TemplateRow, reason: str) -> None:
        """A line in the log of changes, and news for the other windows."""
        add_line(
            session,
            time=now(),
            author=self.bench.author,
            reason=reason,
            subject=f"template {row.name}",
            version=row.version,
            stored=row.words if reason == "save" else "",
        )
        tell(session, f"template {row.name}", row.version)

    def check(self, made: PageTemplate) -> None:
        """Raises UserError, with the key that is wrong, for a template that could not be kept."""
        from services.layout.templates import template_words

        parsed(made.name, template_words(made))

    def preview(self, made: PageTemplate, texts: "tuple[tuple[ArticleId, ArticleText], ...]") -> "LaidPage":
        """A first page in a template, with articles as they are, laid automatically."""
        import datetime

        from models.values.issue import Folio
        from services.config.messages import text
        from services.fonts.catalogue import installed
        from services.layout.automatic import automatic
        from services.layout.candidate import Candidate
        from services.layout.lay_out import lay_out

        from models.values.plan import PagePlan  # isort: skip

        folio = Folio(
            publication=text("desk.template_paper"),
            date=datetime.date(2026, 1, 1),
            page_number=1,
            page_name="",
            pages=4,
        )
        fonts = installed()
        if not texts:
            return lay_out(PagePlan(number=1, template=made.name), {}, made, fonts, folio)
        found = automatic([Candidate(article=key, text=words) for key, words in texts], made, fonts, folio, options=1)
        return found[0].laid


def parsed(name: str, words: str) -> PageTemplate:
    """A template from the words of its file. Raises UserError naming the key that is wrong."""
    from services.layout.templates import read_words

    try:
        return read_words(name, tomllib.loads(words))
    except tomllib.TOMLDecodeError as error:
        raise UserError("layout.template_broken", file=name, reason=str(error)) from error


def _card(name: str, words: str) -> TemplateCard:
    try:
        return TemplateCard(name=name, title=parsed(name, words).title, preset=False)
    except UserError as error:
        return TemplateCard(name=name, title=name, preset=False, broken=str(error))
