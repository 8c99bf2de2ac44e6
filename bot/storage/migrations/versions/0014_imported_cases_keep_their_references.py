"""Imported cases keep the names they had before"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_references",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "case_number"],
            ["cases.workspace", "cases.number"],
            name=op.f("fk_case_references_cases"),
        ),
        sa.PrimaryKeyConstraint("workspace", "reference", name=op.f("pk_case_references")),
    )


def downgrade() -> None:
    op.drop_table("case_references")
