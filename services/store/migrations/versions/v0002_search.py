"""The search index of SQLite stores, filled from the articles.

Revision: 0002, after 0001. The words are those of services/store/search at this revision, kept here on purpose: a
migration does not change when the program does.
"""

import json
import re

from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLE = (
    "CREATE VIRTUAL TABLE chars USING fts5(body, "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co'\")"
)
HEADS = ("kicker", "headline", "deck", "dateline")
WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+|\S")


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    connection.execute(text(TABLE))
    for key, value in connection.execute(text("SELECT id, text FROM article")).all():
        tree = json.loads(value)
        parts = [tree.get(name, "") for name in HEADS]
        kept = [part for part in parts if part] + [paragraph["text"] for paragraph in tree.get("body", [])]
        if tree.get("signature"):
            kept.append(tree["signature"])
        body = " \ue000 ".join(" ".join(WORD.findall(part)) for part in kept)
        connection.execute(text("INSERT INTO chars (rowid, body) VALUES (:id, :body)"), {"id": key, "body": body})


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE chars")
