"""Everything Caseflag keeps"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    make_what_stands_alone()
    make_what_belongs_to_a_workspace()
    make_what_belongs_to_a_case()
    vacuum_often("cards", "cases", "outbox")


def make_what_stands_alone() -> None:
    op.create_table(
        "cards",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("ts", sa.String(length=64), nullable=True),
        sa.Column("wanted_version", sa.Integer(), nullable=False),
        sa.Column("shown_version", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('case', 'escalation')", name=op.f("ck_cards_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cards")),
        sa.UniqueConstraint(
            "workspace", "kind", "subject", name=op.f("uq_cards_workspace_kind_subject")
        ),
    )
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cards_out_of_date",
            ["kind", "id"],
            unique=False,
            sqlite_where=sa.text("wanted_version > shown_version"),
            postgresql_where=sa.text("wanted_version > shown_version"),
        )

    op.create_table(
        "drafts",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("case", sa.String(length=64), nullable=False),
        sa.Column("typed", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "user", "form", "case", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_drafts_until"), ["until"], unique=False)

    op.create_table(
        "outbox",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("notice", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "sending",
                "sent",
                "dead",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("is_doubtful", sa.Boolean(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(length=64), nullable=True),
        sa.Column("ts", sa.String(length=64), nullable=True),
        sa.Column("errors", sa.JSON(none_as_null=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("workspace", "key", name=op.f("uq_outbox_workspace_key")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_pending",
            ["not_before"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(
            "ix_outbox_sending",
            ["lease_until"],
            unique=False,
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )

    op.create_table(
        "sandbox_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ahead", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sandbox_clock")),
    )
    op.create_table(
        "workspaces",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("last_case", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
    )


def make_what_belongs_to_a_workspace() -> None:
    op.create_table(
        "accounts",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_accounts_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_accounts")),
        sa.UniqueConstraint(
            "workspace", "folded_name", name=op.f("uq_accounts_workspace_folded_name")
        ),
    )
    op.create_table(
        "settings",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_settings_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace", name=op.f("pk_settings")),
    )
    op.create_table(
        "threshold_tables",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document", sa.JSON(none_as_null=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_threshold_tables_version")),
        sa.ForeignKeyConstraint(
            ["workspace"], ["workspaces.id"], name=op.f("fk_threshold_tables_workspaces")
        ),
        sa.PrimaryKeyConstraint("workspace", "version", name=op.f("pk_threshold_tables")),
    )
    op.create_table(
        "account_channels",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "account"],
            ["accounts.workspace", "accounts.id"],
            name=op.f("fk_account_channels_accounts"),
        ),
        sa.PrimaryKeyConstraint("workspace", "channel", name=op.f("pk_account_channels")),
    )
    with op.batch_alter_table("account_channels", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_account_channels_workspace_account"),
            ["workspace", "account"],
            unique=False,
        )

    op.create_table(
        "account_contacts",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "account"],
            ["accounts.workspace", "accounts.id"],
            name=op.f("fk_account_contacts_accounts"),
        ),
        sa.PrimaryKeyConstraint("workspace", "account", "user", name=op.f("pk_account_contacts")),
    )
    with op.batch_alter_table("account_contacts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_account_contacts_workspace_user"), ["workspace", "user"], unique=False
        )

    op.create_table(
        "cases",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("folded_title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "severity",
            sa.Enum(
                "S1",
                "S2",
                "S3",
                "S4",
                name="severity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "in_progress",
                "waiting_customer",
                "waiting_third_party",
                "solution_proposed",
                "closed",
                "merged",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("requester", sa.String(length=64), nullable=False),
        sa.Column("contact", sa.String(length=64), nullable=False),
        sa.Column("reporter", sa.String(length=64), nullable=True),
        sa.Column("engineer", sa.String(length=64), nullable=True),
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("environment", sa.Text(), nullable=False),
        sa.Column("business_impact", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("thread", sa.String(length=64), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("question_by", sa.String(length=64), nullable=True),
        sa.Column("question_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("next_step_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("followers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("clock_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("crossing_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "account"],
            ["accounts.workspace", "accounts.id"],
            name=op.f("fk_cases_accounts"),
        ),
        sa.PrimaryKeyConstraint("workspace", "number", name=op.f("pk_cases")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cases_crossing_due_at",
            ["crossing_due_at"],
            unique=False,
            sqlite_where=sa.text("crossing_due_at IS NOT NULL"),
            postgresql_where=sa.text("crossing_due_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_cases_open",
            ["workspace", "opened_at", "number"],
            unique=False,
            sqlite_where=sa.text("state NOT IN ('closed', 'merged')"),
            postgresql_where=sa.text("state NOT IN ('closed', 'merged')"),
        )
        batch_op.create_index(
            batch_op.f("ix_cases_workspace_account_opened_at"),
            ["workspace", "account", "opened_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_cases_workspace_channel_opened_at"),
            ["workspace", "channel", "opened_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_cases_workspace_contact"), ["workspace", "contact"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_cases_workspace_engineer"), ["workspace", "engineer"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_cases_workspace_reporter"), ["workspace", "reporter"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_cases_workspace_requester"), ["workspace", "requester"], unique=False
        )
        batch_op.create_index(
            "uq_cases_workspace_channel_thread",
            ["workspace", "channel", "thread"],
            unique=True,
            sqlite_where=sa.text("thread IS NOT NULL"),
            postgresql_where=sa.text("thread IS NOT NULL"),
        )


def make_what_belongs_to_a_case() -> None:
    op.create_table(
        "comments",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "customer",
                "support",
                "system",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "visibility",
            sa.Enum(
                "public",
                "internal",
                "escalation",
                name="visibility",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "comment",
                "chase",
                "severity_request",
                "update",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "case_number"],
            ["cases.workspace", "cases.number"],
            name=op.f("fk_comments_cases"),
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_comments")),
        sa.UniqueConstraint("workspace", "id", name=op.f("uq_comments_workspace_id")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_comments_workspace_author_position"),
            ["workspace", "author", "position"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_comments_workspace_case_number_position"),
            ["workspace", "case_number", "position"],
            unique=False,
        )
        batch_op.create_index(
            "uq_comments_workspace_source",
            ["workspace", "source"],
            unique=True,
            sqlite_where=sa.text("source IS NOT NULL"),
            postgresql_where=sa.text("source IS NOT NULL"),
        )

    op.create_table(
        "escalations",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("request", sa.JSON(none_as_null=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "acknowledged",
                "active",
                "monitoring",
                "closed",
                "withdrawn",
                "redirected",
                "declined",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("submitted_by", sa.String(length=64), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledge_due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uses_right", sa.Boolean(), nullable=False),
        sa.Column("flags", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "case_number"],
            ["cases.workspace", "cases.number"],
            name=op.f("fk_escalations_cases"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_escalations")),
    )
    with op.batch_alter_table("escalations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_escalations_workspace_case_number"),
            ["workspace", "case_number"],
            unique=False,
        )
        batch_op.create_index(
            "uq_escalations_one_open_per_case",
            ["workspace", "case_number"],
            unique=True,
            sqlite_where=sa.text("state IN ('requested', 'acknowledged', 'active', 'monitoring')"),
            postgresql_where=sa.text(
                "state IN ('requested', 'acknowledged', 'active', 'monitoring')"
            ),
        )
        batch_op.create_index(
            "uq_escalations_one_right_per_case",
            ["workspace", "case_number"],
            unique=True,
            sqlite_where=sa.text("uses_right AND state NOT IN ('withdrawn', 'redirected')"),
            postgresql_where=sa.text("uses_right AND state NOT IN ('withdrawn', 'redirected')"),
        )

    op.create_table(
        "guidance_runs",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("override", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "case_number"],
            ["cases.workspace", "cases.number"],
            name=op.f("fk_guidance_runs_cases"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_guidance_runs")),
    )
    with op.batch_alter_table("guidance_runs", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_guidance_runs_workspace_case_number"),
            ["workspace", "case_number"],
            unique=False,
        )

    op.create_table(
        "history",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=64), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "case_number"],
            ["cases.workspace", "cases.number"],
            name=op.f("fk_history_cases"),
        ),
        sa.PrimaryKeyConstraint("workspace", "case_number", "number", name=op.f("pk_history")),
    )
    op.create_table(
        "severity_requests",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "S1",
                "S2",
                "S3",
                "S4",
                name="before",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "severity",
            sa.Enum(
                "S1",
                "S2",
                "S3",
                "S4",
                name="severity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "case_number"],
            ["cases.workspace", "cases.number"],
            name=op.f("fk_severity_requests_cases"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_severity_requests")),
    )
    with op.batch_alter_table("severity_requests", schema=None) as batch_op:
        batch_op.create_index(
            "uq_severity_requests_one_waits_per_case",
            ["workspace", "case_number"],
            unique=True,
            sqlite_where=sa.text("decided_by IS NULL"),
            postgresql_where=sa.text("decided_by IS NULL"),
        )

    op.create_table(
        "talks",
        sa.Column("workspace", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "case_number"],
            ["cases.workspace", "cases.number"],
            name=op.f("fk_talks_cases"),
        ),
        sa.PrimaryKeyConstraint("workspace", "channel", "user", name=op.f("pk_talks")),
    )


def vacuum_often(*busy: str) -> None:
    """Claims leave dead index entries behind: at PostgreSQL's usual 20 % of a table, too many."""
    if op.get_bind().dialect.name == "postgresql":
        for table in busy:
            op.execute(f"ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0.01)")


def downgrade() -> None:
    op.drop_table("talks")
    with op.batch_alter_table("severity_requests", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_severity_requests_one_waits_per_case",
            sqlite_where=sa.text("decided_by IS NULL"),
            postgresql_where=sa.text("decided_by IS NULL"),
        )

    op.drop_table("severity_requests")
    op.drop_table("history")
    with op.batch_alter_table("guidance_runs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guidance_runs_workspace_case_number"))

    op.drop_table("guidance_runs")
    with op.batch_alter_table("escalations", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_escalations_one_right_per_case",
            sqlite_where=sa.text("uses_right AND state NOT IN ('withdrawn', 'redirected')"),
            postgresql_where=sa.text("uses_right AND state NOT IN ('withdrawn', 'redirected')"),
        )
        batch_op.drop_index(
            "uq_escalations_one_open_per_case",
            sqlite_where=sa.text("state IN ('requested', 'acknowledged', 'active', 'monitoring')"),
            postgresql_where=sa.text(
                "state IN ('requested', 'acknowledged', 'active', 'monitoring')"
            ),
        )
        batch_op.drop_index(batch_op.f("ix_escalations_workspace_case_number"))

    op.drop_table("escalations")
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_comments_workspace_source",
            sqlite_where=sa.text("source IS NOT NULL"),
            postgresql_where=sa.text("source IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_comments_workspace_case_number_position"))
        batch_op.drop_index(batch_op.f("ix_comments_workspace_author_position"))

    op.drop_table("comments")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_cases_workspace_channel_thread",
            sqlite_where=sa.text("thread IS NOT NULL"),
            postgresql_where=sa.text("thread IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_cases_workspace_requester"))
        batch_op.drop_index(batch_op.f("ix_cases_workspace_reporter"))
        batch_op.drop_index(batch_op.f("ix_cases_workspace_engineer"))
        batch_op.drop_index(batch_op.f("ix_cases_workspace_contact"))
        batch_op.drop_index(batch_op.f("ix_cases_workspace_channel_opened_at"))
        batch_op.drop_index(batch_op.f("ix_cases_workspace_account_opened_at"))
        batch_op.drop_index(
            "ix_cases_open",
            sqlite_where=sa.text("state NOT IN ('closed', 'merged')"),
            postgresql_where=sa.text("state NOT IN ('closed', 'merged')"),
        )
        batch_op.drop_index(
            "ix_cases_crossing_due_at",
            sqlite_where=sa.text("crossing_due_at IS NOT NULL"),
            postgresql_where=sa.text("crossing_due_at IS NOT NULL"),
        )

    op.drop_table("cases")
    with op.batch_alter_table("account_contacts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_contacts_workspace_user"))

    op.drop_table("account_contacts")
    with op.batch_alter_table("account_channels", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_channels_workspace_account"))

    op.drop_table("account_channels")
    op.drop_table("threshold_tables")
    op.drop_table("settings")
    op.drop_table("accounts")
    op.drop_table("workspaces")
    op.drop_table("sandbox_clock")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_sending",
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )
        batch_op.drop_index(
            "ix_outbox_pending",
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_drafts_until"))

    op.drop_table("drafts")
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_cards_out_of_date",
            sqlite_where=sa.text("wanted_version > shown_version"),
            postgresql_where=sa.text("wanted_version > shown_version"),
        )

    op.drop_table("cards")
