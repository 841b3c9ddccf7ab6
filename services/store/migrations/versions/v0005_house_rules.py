"""The house list with the house's own rules, and the error rate kept for each issue.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WORDS = ("kind", "wrong", "fix", "tier", "message", "state", "sample", "author", "decided_by", "reason")
FIGURES = ("errors", "allowed", "per_10k")


def upgrade() -> None:
    op.create_table(
        "house_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("time", sa.DateTime(), nullable=False),
        sa.Column("decided", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_rule")),
        sa.UniqueConstraint("kind", "wrong", "fix", name=op.f("uq_house_rule_kind_wrong_fix")),
    )
    op.create_table(
        "issue_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("time", sa.DateTime(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("fixed", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=False) for name in FIGURES),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name=op.f("fk_issue_rate_issue_id_issue")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_rate")),
    )
    op.create_index(op.f("ix_issue_rate_issue_id"), "issue_rate", ["issue_id"])


def downgrade() -> None:
    op.drop_table("issue_rate")
    op.drop_table("house_rule")
