"""What runs all day long, however many cases there are, goes by an index made for it."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage import Work
from bot.storage.engines import addressed
from bot.storage.transaction import Transaction
from policy.ids import CaseId, EscalationId
from policy.roles import Role
from tests.support.builders import (
    ACME,
    ANA,
    DUTY,
    ELI,
    HELP,
    MORNING,
    WORKSPACE,
    a_case,
    a_standing,
)

CASE = CaseId("CASE-1")
LEASE = timedelta(minutes=1)
BY_SUBJECT = ("uq_cards_workspace_kind_subject", "sqlite_autoindex_cards_1")
"""SQLite names the index of a constraint itself."""
OF_A_CASE = ("ix_escalations_workspace_case_number", "ix_escalations_workspace_owner")
"""Where there are no rows at all, PostgreSQL finds the one as good as the other."""

PLANS = {
    "crossings.due": (lambda work: work.crossings.due(MORNING, 500), "ix_cases_crossing_due_at"),
    "crossings.due, S1": (
        lambda work: work.crossings.due(MORNING, 500),
        "ix_cases_urgent_crossing_due_at",
    ),
    "crossings.next_due_at": (
        lambda work: work.crossings.next_due_at(),
        "ix_cases_crossing_due_at",
    ),
    "outbox.claim": (lambda work: work.outbox.claim(MORNING, 500, LEASE), "ix_outbox_pending"),
    "leases that ran out": (
        lambda work: work.outbox.claim(MORNING, 500, LEASE),
        "ix_outbox_sending",
    ),
    "outbox.next_not_before": (lambda work: work.outbox.next_not_before(), "ix_outbox_pending"),
    "cards.due": (lambda work: work.cards.due(10, MORNING, LEASE), "ix_cards_out_of_date"),
    "cards.outdate": (
        lambda work: work.cards.outdate(
            WORKSPACE, ("escalation", "request"), EscalationId("e"), 2
        ),
        BY_SUBJECT,
    ),
    "cards.outdate_cases": (lambda work: work.cards.outdate_cases(WORKSPACE, [CASE]), BY_SUBJECT),
    "cards.redraw": (
        lambda work: work.cards.redraw(WORKSPACE, HELP, "1.1"),
        "ix_cards_channel_ts",
    ),
    "stories.outdated": (
        lambda work: work.stories.outdated(WORKSPACE, HELP, "1.1", MORNING),
        "ix_outbox_channel_ts",
    ),
    "cases.of_thread": (
        lambda work: work.cases.of_thread(WORKSPACE, HELP, "1.1"),
        "uq_cases_workspace_channel_thread",
    ),
    "cases.mine": (
        lambda work: work.cases.mine(WORKSPACE, ANA, 0, 10),
        ("ix_cases_workspace_requester", "ix_cases_workspace_opened_at_number"),
    ),
    "cases.numbered": (
        lambda work: work.cases.numbered(WORKSPACE, 100, 10),
        ("pk_cases", "sqlite_autoindex_cases_1"),
    ),
    "reminders.waiting": (
        lambda work: work.reminders.waiting(WORKSPACE),
        ("ix_outbox_pending", "sqlite_autoindex_outbox_1", "uq_outbox_workspace_key"),
    ),
    "references.known": (
        lambda work: work.references.known(WORKSPACE, ["old-1"]),
        ("pk_case_references", "sqlite_autoindex_case_references_1"),
    ),
    "cases.similar": (
        lambda work: work.cases.similar(a_case(), MORNING, 10),
        ("ix_cases_workspace_account_opened_at", "ix_cases_open"),
    ),
    "cases.open_of_account": (
        lambda work: work.cases.open_of_account(WORKSPACE, ACME),
        ("ix_cases_workspace_account_opened_at", "ix_cases_open"),
    ),
    "comments.of": (
        lambda work: work.comments.of(WORKSPACE, CASE, internal=True),
        "ix_comments_workspace_case_number_position",
    ),
    "comments.conversation": (
        lambda work: work.comments.conversation(WORKSPACE, CASE),
        "ix_comments_workspace_case_number_position",
    ),
    "escalations.of_case": (
        lambda work: work.escalations.of_case(WORKSPACE, CASE),
        OF_A_CASE,
    ),
    "escalations.escalated": (
        lambda work: work.escalations.escalated(WORKSPACE, [CASE]),
        OF_A_CASE,
    ),
    "escalations.to_prompt": (
        lambda work: work.escalations.to_prompt(MORNING, 100),
        "ix_escalations_prompt_due_at",
    ),
    "escalations.next_prompt_at": (
        lambda work: work.escalations.next_prompt_at(),
        "ix_escalations_prompt_due_at",
    ),
    "promises.due": (
        lambda work: work.promises.due(MORNING, 100),
        "ix_promises_next_rung_at",
    ),
    "promises.workspaces_due": (
        lambda work: work.promises.workspaces_due(MORNING),
        "ix_promises_next_rung_at",
    ),
    "promises.next_rung_at": (
        lambda work: work.promises.next_rung_at(),
        "ix_promises_next_rung_at",
    ),
    "promises.open_in": (lambda work: work.promises.open_in(WORKSPACE), "ix_promises_open"),
    "promises.of": (
        lambda work: work.promises.of(WORKSPACE, EscalationId("e")),
        "ix_promises_workspace_escalation",
    ),
    "crossings.told_between": (
        lambda work: work.crossings.told_between(WORKSPACE, MORNING, MORNING),
        ("ix_cases_announced_at", "ix_cases_open"),
    ),
    "severities.open_of": (
        lambda work: work.severities.open_of(WORKSPACE, CASE),
        "uq_severity_requests_one_waits_per_case",
    ),
}
"""Each with the index it must use. PostgreSQL is told to scan nothing: tests have too few rows."""


@pytest.fixture
async def planned(database_url):
    """Give a unit of work, and the plans that the database makes for all it does."""
    engine = create_async_engine(addressed(database_url))
    said = []

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def hear(connection, cursor, statement, parameters, context, executemany):
        said.append((statement, parameters[0] if executemany else parameters))

    async with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        yield (
            Work(Transaction(connection=connection, is_writing=True)),
            lambda: plans_of(connection, list(said)),
        )
    await engine.dispose()


async def plans_of(connection, said):
    kind = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    found = []
    for statement, parameters in said:
        if statement.split(maxsplit=1)[0] in {"SELECT", "UPDATE", "WITH"}:
            rows = await connection.exec_driver_sql(f"{kind} {statement}", parameters)
            found += [" ".join(map(str, row)) for row in rows]
    return "\n".join(found)


@pytest.mark.parametrize(("asks", "index"), PLANS.values(), ids=PLANS)
async def test_what_runs_all_day_long_goes_by_its_index(planned, asks, index):
    work, plans = planned
    await asks(work)
    found = await plans()
    assert any(name in found for name in ([index] if isinstance(index, str) else index)), found


@pytest.mark.parametrize(
    "who", [a_standing(ELI, Role.ENGINEER), a_standing(ANA)], ids=["support", "customer"]
)
async def test_picking_a_case_looks_at_open_ones_of_one_workspace(planned, who):
    work, plans = planned
    await work.cases.pickable(WORKSPACE, who, "login", 100)
    assert "ix_cases_" in await plans()


async def test_many_cards_are_found_by_their_subjects_and_not_in_the_whole_workspace(planned):
    work, plans = planned
    await work.cards.outdate_cases(WORKSPACE, [CASE, CaseId("CASE-2")])
    assert "subject" in await plans()


async def test_the_end_of_a_chain_is_found_without_reading_the_chain(planned):
    work, plans = planned
    await work.history.ends(WORKSPACE, [CASE, CaseId("CASE-2")])
    found = await plans()
    assert "CORRELATED SCALAR SUBQUERY" in found or "Limit" in found
    assert "GROUP" not in found.upper()


async def test_a_card_is_found_by_its_subject(planned):
    work, plans = planned
    await work.cards.of(WORKSPACE, "escalation", EscalationId(DUTY))
    found = await plans()
    assert any(name in found for name in BY_SUBJECT)
