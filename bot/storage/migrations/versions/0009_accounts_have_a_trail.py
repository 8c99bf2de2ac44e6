"""Accounts have a trail: the tiers they had, and who chose which"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_tiers",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "account"],
            ["accounts.workspace", "accounts.id"],
            name=op.f("fk_account_tiers_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_tiers")),
    )
    op.create_index(
        "ix_account_tiers_workspace_account_id", "account_tiers", ["workspace", "account", "id"]
    )
    op.create_table(
        "chosen_accounts",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "account"],
            ["accounts.workspace", "accounts.id"],
            name=op.f("fk_chosen_accounts_accounts"),
        ),
        sa.PrimaryKeyConstraint("workspace", "user", name=op.f("pk_chosen_accounts")),
    )


def downgrade() -> None:
    op.drop_table("chosen_accounts")
    op.drop_table("account_tiers")
