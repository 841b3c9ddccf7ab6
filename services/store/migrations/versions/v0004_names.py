"""The authority file: sources, records found to be one, names and what they were before, words that are no names.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("entity") as batch:
        batch.add_column(sa.Column("source", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        batch.create_index(op.f("ix_entity_changed"), ["changed"])
        batch.create_index(op.f("ix_entity_merged_into"), ["merged_into"])
    with op.batch_alter_table("entity") as batch:
        batch.alter_column("source", server_default=None)
    with op.batch_alter_table("entity_alias") as batch:
        batch.add_column(sa.Column("since", sa.Date(), nullable=True))
        batch.add_column(sa.Column("until", sa.Date(), nullable=True))
    op.create_table(
        "entity_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("time", sa.DateTime(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("author", "reason", "change", "inverse")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity_change")),
    )
    op.create_table(
        "name_refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("words", "kind", "before", "after", "author")),
        sa.Column("time", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_name_refusal_article_id_article")),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_name_refusal_issue_id_issue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_refusal")),
    )
    for column in ("article_id", "issue_id"):
        op.create_index(op.f(f"ix_name_refusal_{column}"), "name_refusal", [column])


def downgrade() -> None:
    for column in ("issue_id", "article_id"):
        op.drop_index(op.f(f"ix_name_refusal_{column}"), table_name="name_refusal")
    op.drop_table("name_refusal")
    op.drop_table("entity_change")
    with op.batch_alter_table("entity_alias") as batch:
        batch.drop_column("until")
        batch.drop_column("since")
    with op.batch_alter_table("entity") as batch:
        batch.drop_index(op.f("ix_entity_merged_into"))
        batch.drop_index(op.f("ix_entity_changed"))
        batch.drop_column("merged_into")
        batch.drop_column("source")
