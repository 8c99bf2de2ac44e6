"""Homes are kept up to date, and engineers warned before a crossing"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

IS_NEAR = sa.text("warning_due_at IS NOT NULL")
IS_DEAD = sa.text("state = 'dead'")
IS_STALE = sa.text("wanted > shown")


def upgrade() -> None:
    op.add_column("cases", sa.Column("warning_due_at", sa.DateTime(timezone=True)))
    op.add_column(
        "cases", sa.Column("warned_version", sa.Integer(), nullable=False, server_default="0")
    )
    # What is under way already is warned of from its next change on.
    op.execute("UPDATE cases SET warned_version = clock_version")
    op.create_index(
        "ix_cases_warning_due_at",
        "cases",
        ["warning_due_at"],
        sqlite_where=IS_NEAR,
        postgresql_where=IS_NEAR,
    )
    op.create_index(
        "ix_outbox_dead",
        "outbox",
        ["workspace", "not_before"],
        sqlite_where=IS_DEAD,
        postgresql_where=IS_DEAD,
    )
    op.create_table(
        "homes",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "user", name=op.f("pk_homes")),
    )
    op.create_index(
        "ix_homes_stale",
        "homes",
        ["workspace"],
        sqlite_where=IS_STALE,
        postgresql_where=IS_STALE,
    )


def downgrade() -> None:
    op.drop_table("homes")
    op.drop_index("ix_outbox_dead", "outbox")
    op.drop_index("ix_cases_warning_due_at", "cases")
    op.drop_column("cases", "warned_version")
    op.drop_column("cases", "warning_due_at")
