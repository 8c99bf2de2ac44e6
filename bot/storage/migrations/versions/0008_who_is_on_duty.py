"""Who is on duty: shifts, overrides, swaps, and the gaps told"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make(
        "shifts",
        id_column(),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("backup", sa.String(length=64), nullable=True),
        sa.Column("on_holidays", sa.Boolean(), nullable=False),
        key=("id",),
    )
    make(
        "duty_overrides",
        id_column(),
        moment("start_at"),
        moment("end_at"),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("instead_of", sa.String(length=64), nullable=True),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        moment("made_at"),
        key=("id",),
        index=("workspace", "end_at"),
    )
    make(
        "duty_swaps",
        id_column(),
        moment("start_at"),
        moment("end_at"),
        sa.Column("giver", sa.String(length=64), nullable=False),
        sa.Column("taker", sa.String(length=64), nullable=False),
        sa.Column("proposed_by", sa.String(length=64), nullable=False),
        moment("proposed_at"),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        key=("id",),
        index=("workspace", "end_at"),
    )
    make("duty_gaps", moment("start_at"), moment("end_at"), key=("start_at", "end_at"))
    make("duty_outlooks", moment("due_at"), key=(), index=("due_at",))


def id_column() -> sa.Column[Any]:
    return sa.Column("id", sa.String(length=64), nullable=False)


def moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def make(
    table: str, *columns: sa.Column[Any], key: tuple[str, ...], index: tuple[str, ...] = ()
) -> None:
    """Make a table of which every row belongs to a workspace."""
    op.create_table(
        table,
        sa.Column("workspace", sa.String(length=64), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f(f"fk_{table}_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace", *key, name=op.f(f"pk_{table}")),
    )
    if index:
        op.create_index(op.f(f"ix_{table}_{'_'.join(index)}"), table, list(index), unique=False)


def downgrade() -> None:
    for table in ("duty_outlooks", "duty_gaps", "duty_swaps", "duty_overrides", "shifts"):
        op.drop_table(table)
