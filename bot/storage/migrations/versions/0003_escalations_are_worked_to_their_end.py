"""Escalations are worked to their end"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PARTS = (
    *("plan", "update", "hand_over", "pause", "watch", "redirection", "decline", "contest"),
    *("proposal", "ending", "rating", "review", "judged", "reinstatement"),
)
MOMENTS = ("owned_at", "contacted_at", "next_update_due_at", "prompt_due_at")
IS_PROMPTED = sa.text("prompt_due_at IS NOT NULL")
IS_ANNOUNCED = sa.text("announced_at IS NOT NULL")
IS_OPEN = sa.text("kept_at IS NULL AND released_at IS NULL")
CLIMBS = sa.text("next_rung_at IS NOT NULL")


def upgrade() -> None:
    extend_escalations()
    extend_runs()
    extend_cards("kind IN ('case', 'escalation', 'request', 'board')")
    op.create_index(
        "ix_cases_announced_at",
        "cases",
        ["workspace", "announced_at"],
        unique=False,
        sqlite_where=IS_ANNOUNCED,
        postgresql_where=IS_ANNOUNCED,
    )
    make_duty_days()
    make_promises()
    promise_what_is_open()


def extend_escalations() -> None:
    op.add_column("escalations", sa.Column("pulled", sa.Text(), nullable=True))
    for name in MOMENTS:
        op.add_column("escalations", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    for name in PARTS:
        op.add_column("escalations", sa.Column(name, sa.JSON(none_as_null=True), nullable=True))
    op.create_index(
        "ix_escalations_prompt_due_at",
        "escalations",
        ["prompt_due_at"],
        unique=False,
        sqlite_where=IS_PROMPTED,
        postgresql_where=IS_PROMPTED,
    )
    op.execute("UPDATE escalations SET owned_at = acknowledged_at WHERE owner IS NOT NULL")


def extend_runs() -> None:
    judgement = sa.Enum(
        "accepted",
        "should_have_been_a_comment",
        name="judgement",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    with op.batch_alter_table("guidance_runs") as batch_op:
        batch_op.add_column(sa.Column("judgement", judgement, nullable=True))
        batch_op.add_column(sa.Column("judged_by", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True))


def extend_cards(kinds: str) -> None:
    with op.batch_alter_table("cards") as batch_op:
        batch_op.drop_constraint(op.f("ck_cards_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_cards_kind"), sa.text(kinds))


def make_duty_days() -> None:
    op.create_table(
        "duty_days",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_duty_days_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace", name=op.f("pk_duty_days")),
    )
    op.create_index(op.f("ix_duty_days_due_at"), "duty_days", ["due_at"], unique=False)


def make_promises() -> None:
    op.create_table(
        "promises",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("escalation", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                *("acknowledge", "contact", "update", "action", "watch"),
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed", sa.Boolean(), nullable=False),
        sa.Column("climbed", sa.Integer(), nullable=False),
        sa.Column("next_rung_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "case_number"],
            ["cases.workspace", "cases.number"],
            name=op.f("fk_promises_cases"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "escalation"],
            ["escalations.workspace", "escalations.id"],
            name=op.f("fk_promises_escalations"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_promises")),
    )
    op.create_index(
        op.f("ix_promises_workspace_escalation"), "promises", ["workspace", "escalation"]
    )
    for name, columns, where in (
        ("ix_promises_open", ["workspace", "due_at"], IS_OPEN),
        ("ix_promises_next_rung_at", ["next_rung_at"], CLIMBS),
    ):
        op.create_index(
            name, "promises", columns, unique=False, sqlite_where=where, postgresql_where=where
        )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE promises SET (autovacuum_vacuum_scale_factor = 0.01)")


def promise_what_is_open() -> None:
    """Let what was submitted before there were promises have one; its first rung was climbed."""
    op.execute(
        "INSERT INTO promises (workspace, id, case_number, escalation, kind, owner, what, "
        "made_at, due_at, missed, climbed, next_rung_at) "
        "SELECT workspace, id || '.acknowledge.' || version, case_number, id, 'acknowledge', "
        "NULL, '', submitted_at, acknowledge_due_at, false, 1, submitted_at "
        "FROM escalations WHERE state = 'requested'"
    )
    op.execute(
        "INSERT INTO promises (workspace, id, case_number, escalation, kind, owner, what, "
        "made_at, due_at, missed, climbed, next_rung_at) "
        "SELECT workspace, id || '.contact.' || version, case_number, id, 'contact', "
        "owner, '', acknowledged_at, contact_due_at, false, 0, acknowledged_at "
        "FROM escalations WHERE state = 'acknowledged' AND contact_due_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("promises")
    op.drop_table("duty_days")
    op.drop_index(
        "ix_cases_announced_at",
        "cases",
        sqlite_where=IS_ANNOUNCED,
        postgresql_where=IS_ANNOUNCED,
    )
    op.execute("DELETE FROM cards WHERE kind NOT IN ('case', 'escalation')")
    extend_cards("kind IN ('case', 'escalation')")
    with op.batch_alter_table("guidance_runs") as batch_op:
        batch_op.drop_constraint(op.f("ck_guidance_runs_judgement"), type_="check")
        for name in ("judged_at", "judged_by", "judgement"):
            batch_op.drop_column(name)
    op.drop_index(
        "ix_escalations_prompt_due_at",
        "escalations",
        sqlite_where=IS_PROMPTED,
        postgresql_where=IS_PROMPTED,
    )
    for name in (*reversed(PARTS), *reversed(MOMENTS), "pulled"):
        op.drop_column("escalations", name)
