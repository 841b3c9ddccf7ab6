"""ICC profiles of printing conditions. Revision: 0006, after 0005."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "title", "sha256")),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, sa.DateTime(), nullable=False) for name in ("made", "changed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
        sa.UniqueConstraint("sha256", name=op.f("uq_profile_sha256")),
    )
