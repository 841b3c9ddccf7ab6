"""出版物: the papers that this store holds."""

from sqlalchemy import select

from models.tables.base import now
from models.tables.publication import PublicationRow
from models.values.ids import PublicationId
from models.values.publication import Publication
from services.config.errors import UserError
from services.desk.bench import Bench
from services.desk.permissions import Action
from services.store.codec import dump, load
from services.store.rows import clean, read_publication


class Publications:
    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def all(self) -> tuple[tuple[PublicationId, Publication], ...]:
        with self._bench.store.read() as session:
            rows = session.scalars(select(PublicationRow).order_by(PublicationRow.id))
            return tuple((PublicationId(row.id), read_publication(row)) for row in rows)

    def named(self, name: str) -> PublicationId | None:
        with self._bench.store.read() as session:
            found = session.scalars(select(PublicationRow.id).where(PublicationRow.name == name).limit(1)).first()
            return None if found is None else PublicationId(found)

    def save(self, publication: Publication, id: PublicationId | None = None) -> PublicationId:
        """A new publication, or a new state of one."""
        publication = load(Publication, clean(dump(publication)))  # no surrogate or control character gets in
        if not publication.name.strip():
            raise UserError("desk.no_name")
        with self._bench.work(Action.PAPER) as work:
            row = PublicationRow() if id is None else work.session.get(PublicationRow, id)
            if row is None:
                raise UserError("desk.no_publication", id=id)
            row.name, row.data, row.changed = publication.name, dump(publication), now()
            work.session.add(row)
            work.commit()
            return PublicationId(row.id)
