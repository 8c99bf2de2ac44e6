"""Comments are searched by their words, and cases found by who answers for their escalation"""

import re
from typing import Any
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COMMENTS = sa.table("comments", *(sa.column(name) for name in ("position", "text", "words")))
BATCH = 1000


def upgrade() -> None:
    op.add_column("comments", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    op.create_index(op.f("ix_escalations_workspace_owner"), "escalations", ["workspace", "owner"])
    fill_words()
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)
    else:
        op.execute(
            "CREATE INDEX ix_comments_words ON comments USING gin (to_tsvector('simple', words))"
        )


def fill_words() -> None:
    bind = op.get_bind()
    filling = (
        sa.update(COMMENTS)
        .where(COMMENTS.c.position == sa.bindparam("which"))
        .values(words=sa.bindparam("found"))
    )
    last = 0
    while rows := bind.execute(batch(last)).all():
        bind.execute(filling, [{"which": row.position, "found": found(row)} for row in rows])
        last = rows[-1].position


def batch(after: int) -> sa.Select[Any]:
    query = sa.select(COMMENTS.c.position, COMMENTS.c.text).where(COMMENTS.c.position > after)
    return query.order_by(COMMENTS.c.position).limit(BATCH)


def found(row: Any) -> str:
    text = normalize("NFKC", row.text).casefold()
    return " ".join(dict.fromkeys(re.findall(r"[^\W_]+", text)))


SQLITE = (
    "CREATE VIRTUAL TABLE comment_words USING fts5 (words, prefix = '2 3')",
    """
    INSERT INTO comment_words (rowid, words) SELECT position, words FROM comments
    """,
    """
    CREATE TRIGGER comment_words_added AFTER INSERT ON comments BEGIN
        INSERT INTO comment_words (rowid, words) VALUES (new.position, new.words);
    END
    """,
    """
    CREATE TRIGGER comment_words_changed AFTER UPDATE OF words ON comments
    WHEN old.words IS NOT new.words BEGIN
        UPDATE comment_words SET words = new.words WHERE rowid = new.position;
    END
    """,
    """
    CREATE TRIGGER comment_words_deleted AFTER DELETE ON comments BEGIN
        DELETE FROM comment_words WHERE rowid = old.position;
    END
    """,
)
"""A comment's row in the index of words has its position."""


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("added", "changed", "deleted"):
            op.execute(f"DROP TRIGGER comment_words_{trigger}")
        op.execute("DROP TABLE comment_words")
    else:
        op.drop_index("ix_comments_words", "comments")
    op.drop_index(op.f("ix_escalations_workspace_owner"), "escalations")
    with op.batch_alter_table("comments") as batch_op:
        batch_op.drop_column("words")
