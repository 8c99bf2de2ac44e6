"""Notices tell their story: of which kind, for whom, claimed and settled when"""

import sqlalchemy as sa
from alembic import op

from bot.storage.schema import Utc

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = ("kind", "person", "claimed_at", "settled_at", "told_in")


def upgrade() -> None:
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(64), nullable=True))
        batch_op.add_column(sa.Column("person", sa.String(64), nullable=True))
        batch_op.add_column(sa.Column("claimed_at", Utc(), nullable=True))
        batch_op.add_column(sa.Column("settled_at", Utc(), nullable=True))
        batch_op.add_column(sa.Column("told_in", sa.Text(), nullable=True))
        batch_op.create_index("ix_outbox_person_settled_at", ["person", "settled_at"])
        batch_op.create_index("ix_outbox_told_in", ["told_in"])
    op.execute("UPDATE outbox SET kind = 'unknown'")
    op.execute(
        "UPDATE outbox SET settled_at = not_before WHERE state IN ('sent', 'dead', 'cancelled')"
    )


def downgrade() -> None:
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.drop_index("ix_outbox_told_in")
        batch_op.drop_index("ix_outbox_person_settled_at")
        for name in COLUMNS:
            batch_op.drop_column(name)
