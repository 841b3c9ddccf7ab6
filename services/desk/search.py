"""查找: articles by words that stand in them."""

from models.values.cards import SearchHit
from services.desk.bench import Bench
from services.store import search


class Search:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def find(self, query: str, limit: int = 50) -> tuple[SearchHit, ...]:
        """Articles that hold the query, from one character on, newest first."""
        with self._bench.store.read() as session:
            return search.find(session, query, limit)

    def rebuild(self) -> int:
        """Makes the index anew; returns how many articles it holds."""
        with self._bench.store.work() as work:
            count = search.rebuild(work.session)
            work.commit()
        return count
