"""The first tables. Revision: 0001."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def words(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def number(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def moments(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.DateTime(), nullable=False) for name in names]


def table(name: str, *parts: sa.Column[Any] | sa.Constraint, points: tuple[str, ...] = ()) -> None:
    """A table with its id; `points` are foreign keys: column and table, "entity_id entity"."""
    keys = [
        sa.ForeignKeyConstraint(
            [point.split()[0]], [f"{point.split()[1]}.id"], name=op.f(f"fk_{name}_{point.replace(' ', '_')}")
        )
        for point in points
    ]
    op.create_table(name, number("id"), *parts, *keys, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")))


def index(name: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{name}_{'_'.join(columns)}"), name, list(columns), unique=False)


def unique(name: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{name}_{'_'.join(columns)}"))


def upgrade() -> None:
    papers()
    files()
    articles()
    names()
    logs()


def papers() -> None:
    table("publication", words("name"), words("data"), number("version"), *moments("made", "changed"))
    index("publication", "name")
    table(
        "issue",
        number("publication_id"),
        sa.Column("date", sa.Date(), nullable=False),
        number("total_number", nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        number("version"),
        *moments("made", "changed"),
        points=("publication_id publication",),
    )
    index("issue", "publication_id")
    index("issue", "date")
    figures = [number("overset_lines"), number("empty_lines"), number("faults"), number("version")]
    table(
        "page",
        number("issue_id"),
        number("number"),
        words("name"),
        words("plan"),
        number("plan_schema"),
        words("figures_of"),
        *figures,
        *moments("made", "changed"),
        unique("page", "issue_id", "number"),
        points=("issue_id issue",),
    )
    index("page", "issue_id")


def files() -> None:
    raw = sa.Column("raw", sa.LargeBinary(), nullable=False)
    table("manuscript", words("name"), words("kind"), raw, words("sha256"), words("encoding"), *moments("arrived"))
    index("manuscript", "sha256")
    size = [number("width"), number("height")]
    table(
        "picture",
        words("name"),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        words("sha256"),
        *size,
        words("caption"),
        words("credit"),
        *moments("made", "changed"),
    )
    index("picture", "sha256")


def articles() -> None:
    table(
        "article",
        *(number(name, nullable=True) for name in ("manuscript_id", "issue_id", "page_id")),
        number("place"),
        words("text"),
        words("headline"),
        words("authors"),
        number("characters"),
        words("form"),
        number("findings"),
        number("version"),
        *moments("made", "changed"),
        points=("manuscript_id manuscript", "issue_id issue", "page_id page"),
    )
    for name in ("manuscript_id", "issue_id", "page_id"):
        index("article", name)
    table(
        "revision",
        number("article_id"),
        number("number"),
        words("text"),
        number("characters"),
        words("author"),
        words("reason"),
        *moments("began", "time"),
        unique("revision", "article_id", "number"),
        points=("article_id article",),
    )
    waiver = [words("key"), words("scope"), words("reason"), number("start")]
    table("waiver", number("article_id"), *waiver, points=("article_id article",))
    index("waiver", "article_id")
    settled = [words("key"), words("how"), words("author"), words("reason"), *moments("time")]
    table("settled_finding", number("article_id"), *settled, points=("article_id article",))
    index("settled_finding", "article_id")
    index("settled_finding", "key")
    table("house_word", words("key"), words("reason"), words("author"), *moments("time"), unique("house_word", "key"))


def names() -> None:
    confirmed: sa.Column[Any] = sa.Column("confirmed", sa.Boolean(), nullable=False)
    entity = [words("kind"), words("name"), words("parent"), words("note"), confirmed, number("version")]
    table("entity", *entity, *moments("made", "changed"))
    index("entity", "name")
    once = unique("entity_alias", "entity_id", "alias")
    table("entity_alias", number("entity_id"), words("alias"), once, points=("entity_id entity",))
    index("entity_alias", "alias")
    days = [sa.Column(name, sa.Date(), nullable=True) for name in ("since", "until")]
    office = [words("position"), words("organisation"), *days]
    table("entity_office", number("entity_id"), *office, points=("entity_id entity",))
    index("entity_office", "entity_id")
    table(
        "mention",
        number("article_id"),
        number("entity_id", nullable=True),
        number("start"),
        words("data"),
        points=("article_id article", "entity_id entity"),
    )
    index("mention", "entity_id")
    index("mention", "article_id", "start")


def logs() -> None:
    table(
        "change_log",
        *moments("time"),
        words("author"),
        words("reason"),
        number("article_id", nullable=True),
        number("page_id", nullable=True),
        number("version"),
        words("change"),
        words("inverse"),
        points=("article_id article", "page_id page"),
    )
    index("change_log", "article_id", "version")
    index("change_log", "page_id", "version")
    file = [words("author"), words("preset"), words("file"), words("sha256"), number("size")]
    table("export_log", number("issue_id"), *moments("time"), *file, points=("issue_id issue",))
    index("export_log", "issue_id")


def downgrade() -> None:
    later = ("export_log", "change_log", "mention", "entity_office", "entity_alias", "entity", "house_word")
    first = (
        "settled_finding",
        "waiver",
        "revision",
        "article",
        "picture",
        "manuscript",
        "page",
        "issue",
        "publication",
    )
    for name in later + first:
        op.drop_table(name)
