"""A case waits for others, is solved, and names cases like it"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

IS_SILENT = sa.text("silence_due_at IS NOT NULL")


def upgrade() -> None:
    for column in (
        sa.Column("third_party", sa.Text(), nullable=True),
        sa.Column("third_party_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("solution", sa.Text(), nullable=True),
        sa.Column("solution_by", sa.String(length=64), nullable=True),
        sa.Column("solution_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("related", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("silence_due_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("cases", column)
    op.create_index(
        "ix_cases_silence_due_at",
        "cases",
        ["silence_due_at"],
        unique=False,
        sqlite_where=IS_SILENT,
        postgresql_where=IS_SILENT,
    )


def downgrade() -> None:
    op.drop_index(
        "ix_cases_silence_due_at",
        "cases",
        sqlite_where=IS_SILENT,
        postgresql_where=IS_SILENT,
    )
    for column in (
        *("silence_due_at", "related", "closes_at", "solution_at", "solution_by", "solution"),
        *("third_party_until", "third_party"),
    ):
        op.drop_column("cases", column)
