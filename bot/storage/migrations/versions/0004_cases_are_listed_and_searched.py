"""Cases are listed by whoever they belong to, and searched by their words"""

import re
from typing import Any
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_cases_workspace_account_opened_at": ("workspace", "account", "opened_at"),
    "ix_cases_workspace_requester": ("workspace", "requester"),
    "ix_cases_workspace_contact": ("workspace", "contact"),
    "ix_cases_workspace_reporter": ("workspace", "reporter"),
    "ix_cases_workspace_engineer": ("workspace", "engineer"),
}
"""Those of the release before; each now goes on to the order in which lists are read."""
ORDERED = {
    f"ix_cases_workspace_{each}_opened_at_number": ("workspace", each, "opened_at", "number")
    for each in ("account", "requester", "contact", "reporter", "engineer", "severity")
}
NEWEST = "ix_cases_workspace_opened_at_number"
CASES = sa.table(
    "cases",
    *(sa.column(name) for name in ("workspace", "number", "title", "description", "words")),
)
BATCH = 1000


def upgrade() -> None:
    op.add_column("cases", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("cases") as batch_op:
        for name in INDEXES:
            batch_op.drop_index(name)
        for name, columns in ORDERED.items():
            batch_op.create_index(name, columns)
        batch_op.create_index(NEWEST, ["workspace", "opened_at", "number"])
    fill_words()
    if op.get_bind().dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)
    else:
        op.execute("CREATE INDEX ix_cases_words ON cases USING gin (to_tsvector('simple', words))")


def fill_words() -> None:
    bind = op.get_bind()
    kept = (CASES.c.workspace, CASES.c.number, CASES.c.title, CASES.c.description)
    rows = bind.execute(sa.select(*kept)).all()
    filling = (
        sa.update(CASES)
        .where(CASES.c.workspace == sa.bindparam("of"), CASES.c.number == sa.bindparam("which"))
        .values(words=sa.bindparam("found"))
    )
    for start in range(0, len(rows), BATCH):
        bind.execute(
            filling,
            [
                {"of": row.workspace, "which": row.number, "found": found(row)}
                for row in rows[start : start + BATCH]
            ],
        )


def found(row: Any) -> str:
    text = normalize("NFKC", f"{row.title}\n{row.description}").casefold()
    return " ".join(dict.fromkeys(re.findall(r"[^\W_]+", text)))


SQLITE = (
    """
    CREATE VIRTUAL TABLE case_words
    USING fts5 (of, workspace UNINDEXED, number UNINDEXED, words, prefix = '2 3')
    """,
    """
    INSERT INTO case_words (of, workspace, number, words)
    SELECT workspace || 'x' || number, workspace, number, words FROM cases ORDER BY number
    """,
    """
    CREATE TRIGGER case_words_added AFTER INSERT ON cases BEGIN
        INSERT INTO case_words (of, workspace, number, words) VALUES
        (new.workspace || 'x' || new.number, new.workspace, new.number, new.words);
    END
    """,
    """
    CREATE TRIGGER case_words_changed AFTER UPDATE OF words ON cases
    WHEN old.words IS NOT new.words BEGIN
        UPDATE case_words SET words = new.words WHERE rowid = (
            SELECT rowid FROM case_words
            WHERE case_words MATCH 'of : "' || new.workspace || 'x' || new.number || '"'
        );
    END
    """,
    """
    CREATE TRIGGER case_words_deleted AFTER DELETE ON cases BEGIN
        DELETE FROM case_words WHERE rowid = (
            SELECT rowid FROM case_words
            WHERE case_words MATCH 'of : "' || old.workspace || 'x' || old.number || '"'
        );
    END
    """,
)
"""The index of words is found by a case's name; its rows keep the order of the cases."""


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("added", "changed", "deleted"):
            op.execute(f"DROP TRIGGER case_words_{trigger}")
        op.execute("DROP TABLE case_words")
    else:
        op.drop_index("ix_cases_words", "cases")
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_index(NEWEST)
        for name in ORDERED:
            batch_op.drop_index(name)
        for name, columns in INDEXES.items():
            batch_op.create_index(name, columns)
        batch_op.drop_column("words")
