"""Revisions as deltas, the audit chain, and a search index of half the size.

Revision: 0003, after 0002. What the index is filled with is that of services/store/search at this revision, kept here
on purpose: a migration does not change when the program does. The history before it is left as it is: full copies.
"""

import json
from collections.abc import Iterable
from itertools import pairwise

import sqlalchemy as sa
from alembic import op
from sqlalchemy import text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

HEADS = ("kicker", "headline", "deck", "dateline")
DIGITS = "0123456789abcdefghijklmnopqrstuv"
MARKS = {code: chr(0xE000 + code) for code in range(33, 127) if not chr(code).isalnum()}
SQLITE = (
    "DROP TABLE chars",
    "CREATE VIRTUAL TABLE chars USING fts5(body, content='', detail=none, tokenize='ascii')",
    "INSERT INTO chars (chars, rank) VALUES ('hashsize', 8000000)",
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines stay'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit lines stay'); END",
)
SERVER = (
    "CREATE TABLE chars (id INTEGER NOT NULL, tokens TSVECTOR NOT NULL, CONSTRAINT pk_chars PRIMARY KEY (id), "
    "CONSTRAINT fk_chars_id_article FOREIGN KEY (id) REFERENCES article (id))",
    "CREATE INDEX ix_chars_tokens ON chars USING gin (tokens)",
    "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'audit lines stay'; END $$",
    "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()",
)


def upgrade() -> None:
    with op.batch_alter_table("revision") as batch:
        batch.add_column(sa.Column("base", sa.Integer(), nullable=False, server_default="-1"))
    with op.batch_alter_table("revision") as batch:
        batch.alter_column("base", server_default=None)
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("time", sa.DateTime(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("author", "reason", "subject", "digest", "hash")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_hash")),
    )
    connection = op.get_bind()
    sqlite = connection.dialect.name == "sqlite"
    for statement in SQLITE if sqlite else SERVER:
        connection.exec_driver_sql(statement)
    fill = "INSERT INTO chars (rowid, body) VALUES (:id, :tokens)"
    if not sqlite:
        fill = "INSERT INTO chars (id, tokens) VALUES (:id, array_to_tsvector(CAST(:tokens AS text[])))"
    last = 0
    while True:
        chosen = text("SELECT id, text FROM article WHERE id > :last ORDER BY id LIMIT 500")
        rows = connection.execute(chosen, {"last": last}).all()
        for key, value in rows:
            entered = sorted(tokens(parts(value)))
            connection.execute(text(fill), {"id": key, "tokens": " ".join(entered) if sqlite else entered})
            last = key
        if not rows:
            return


def parts(value: str) -> list[str]:
    tree = json.loads(value)
    words = [tree.get(name, "") for name in HEADS]
    words += [paragraph["text"] for paragraph in tree.get("body", [])]
    return [*words, tree.get("signature", "")]


def tokens(words: Iterable[str]) -> set[str]:
    singles: set[str] = set()
    pairs: set[int] = set()
    for part in words:
        squeezed = "".join(part.split()).casefold()
        singles.update(squeezed)
        codes = [ord(character) for character in squeezed]
        pairs.update((a * 7919 + b * 104729) & 32767 for a, b in pairwise(codes))
    found = set("".join(singles).translate(MARKS))
    return found | {DIGITS[pair >> 10] + DIGITS[pair >> 5 & 31] + DIGITS[pair & 31] for pair in pairs}


def downgrade() -> None:
    raise NotImplementedError("deltas are not led back to full copies; restore the copy kept before the upgrade")
