"""Who works on a store, and who has what open.

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("login", "name", "role")),
        *(sa.Column(name, sa.DateTime(), nullable=False) for name in ("made", "changed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )
    op.create_table(
        "lease",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("subject", "holder", "desk")),
        sa.Column("token", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.DateTime(), nullable=False) for name in ("since", "until")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lease")),
        sa.UniqueConstraint("subject", name=op.f("uq_lease_subject")),
    )


def downgrade() -> None:
    op.drop_table("lease")
    op.drop_table("person")
