"""The most urgent cross first"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

IS_URGENT = sa.text("crossing_due_at IS NOT NULL AND severity = 'S1'")


def upgrade() -> None:
    op.create_index(
        "ix_cases_urgent_crossing_due_at",
        "cases",
        ["crossing_due_at"],
        sqlite_where=IS_URGENT,
        postgresql_where=IS_URGENT,
    )


def downgrade() -> None:
    op.drop_index("ix_cases_urgent_crossing_due_at", "cases")
