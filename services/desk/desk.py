"""编辑台: the only door for window and command line. It opens the store, calls the stations and keeps what they return.

Every part is safe to call from any thread: reads run on sessions of their own, writes wait for the one write lane.
"""

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from models.values.cards import IssueCard
from models.values.change import Change, Receipt
from services.config.errors import UserError
from services.config.paths import default_store
from services.config.settings import Settings, load_settings
from services.desk.articles import Articles
from services.desk.bench import Bench
from services.desk.export import Export
from services.desk.history import History, StaleVersion
from services.desk.intake import Intake
from services.desk.issues import Issues
from services.desk.learning import Learning
from services.desk.leases import Leases
from services.desk.lexicon import Lexicon
from services.desk.pages import Pages
from services.desk.people import People
from services.desk.permissions import Action
from services.desk.pictures import Pictures
from services.desk.proofing import Proofing
from services.desk.publications import Publications
from services.desk.rates import Rates
from services.desk.records import Records
from services.desk.search import Search
from services.desk.sharing import Sharing
from services.desk.tagging import Tagging
from services.store.health import StoreHealth
from services.store.inspect_file import place_of
from services.store.schema import HEAD
from services.store.unit_of_work import Store

if TYPE_CHECKING:
    from services.jobs.job import JobContext
    from services.store.copying import TableCopy

__all__ = ["Desk", "StaleVersion", "StoreHealth", "open_desk"]


class Desk:
    """Opened by `open_desk`; a context manager. `store_name` is its path, or its URL without the password."""

    def __init__(self, store: Store, settings: Settings) -> None:
        people = People(store, settings.editor)
        bench = Bench(store=store, author=people.author(), people=people)
        history = History(bench)
        self.store = store
        self.store_name = store.name
        self.settings = settings
        self.publications = Publications(bench)
        self.articles = Articles(bench)
        self.intake = Intake(bench)
        self.proofing = Proofing(bench, history, [Path(folder) for folder in settings.rule_folders])
        self.proofing.use_model(settings.model, settings.model_agreed)
        self.learning = Learning(bench)
        self.lexicon = Lexicon(bench)
        self.rates = Rates(bench, self.proofing)
        self.tagging = Tagging(bench, history)
        self.records = Records(bench, history)
        self.pages = Pages(bench, history)
        self.issues = Issues(bench, self.pages)
        self.pictures = Pictures(bench)
        self.export = Export(bench, self.pages, self.proofing)
        self.export.printed = lambda issue, job: self.rates.keep(issue, "export", job)
        self.search = Search(bench)
        self.people = people
        self.leases = Leases(bench)
        self.sharing = Sharing(bench, history)
        self._history = history
        self._bench = bench

    @property
    def schema(self) -> str:
        """The schema's revision: what is open is of today's."""
        return HEAD

    def apply(self, change: Change) -> Receipt:
        """Stores a change in one unit of work. `receipt.inverse` takes it back exactly. Raises StaleVersion."""
        return self._history.apply(change)

    def permit(self, action: Action) -> None:
        """Raises UserError when the person at work may not do this."""
        self._bench.permit(action)

    def sample(self) -> IssueCard:
        """The sample issue; made from seeds/ the first time."""
        from services.desk.seed import sow

        return sow(self)

    @staticmethod
    def restore(copy: Path, store: str | None = None) -> Path | None:
        """Puts a backup in the store's place; returns where the store that was there was moved to."""
        from services.store.backup import restore_file

        where = store or load_settings().store or str(default_store())
        if "://" in where:
            raise UserError("store.backup_on_server", file=where.rpartition("@")[2])
        return restore_file(Path(copy), place_of(where))

    @staticmethod
    def upgrade_server(url: str) -> tuple[str, str]:
        """An administrator's step: a store on a server to today's schema; the schema before and after."""
        from services.store.upgrade import upgrade_server

        return upgrade_server(url)

    def copy_to(self, target: str, context: "JobContext | None" = None) -> "tuple[TableCopy, ...]":
        """Copies the whole store into an empty one, by path or URL; every table counted, hashed and compared."""
        from services.store.copying import copy_store

        other = Store(target)
        try:
            return copy_store(self.store, other, context)
        finally:
            other.close()

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_desk(store: str | Path | None = None, settings: Settings | None = None) -> Desk:
    """A desk on a store: path or URL, else that of the settings, else the user's own. Raises UserError."""
    settings = settings or load_settings()
    where = str(store) if store else settings.store or str(default_store())
    return Desk(Store(where), settings)
