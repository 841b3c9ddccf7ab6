"""查找: articles by words that stand in them, by their day, page, author, names and state."""

from models.values.cards import SearchFilter, SearchHit
from services.desk.bench import Bench
from services.jobs.job import JobContext
from services.store import search
from services.store.filters import EVERYTHING


class Search:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def find(
        self,
        query: str,
        limit: int = 50,
        kept: SearchFilter = EVERYTHING,
        context: JobContext | None = None,
    ) -> tuple[SearchHit, ...]:
        """Articles that hold the query, from one character on, newest first; stops when the context is cancelled."""
        with self._bench.store.read() as session:
            return search.find(session, query, limit, kept, context)

    def rebuild(self, context: JobContext | None = None) -> int:
        """Makes the index anew, after a backup where the store is a file; returns how many articles it holds."""
        store = self._bench.store
        if store.path is not None:
            store.backup_now()
        with store.work() as work:
            count = search.rebuild(work.session, context)
            work.commit()
        return count
