"""Messages are found by where they stand"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_outbox_channel_ts", "outbox", ["channel", "ts"])
    op.create_index("ix_cards_channel_ts", "cards", ["channel", "ts"])


def downgrade() -> None:
    op.drop_index("ix_cards_channel_ts", "cards")
    op.drop_index("ix_outbox_channel_ts", "outbox")
