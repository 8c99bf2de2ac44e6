"""The tables of cases, and how a row becomes a case and a case a row."""

from typing import Any

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Row,
    Table,
    bindparam,
    select,
    text,
)

from bot.storage.schema import (
    choice,
    counter,
    document,
    metadata,
    moment,
    name,
    partial_index,
    words,
    workspace,
)
from bot.storage.transaction import Transaction, plainly
from policy.cases import (
    Case,
    CaseState,
    NextStep,
    OpenQuestion,
    Severity,
    Solution,
    ThirdParty,
)
from policy.ids import (
    AccountId,
    CaseId,
    ChannelId,
    Tier,
    Ts,
    UserId,
    WorkspaceId,
    case_id,
    case_number,
)
from policy.lists import searchable

STILL_OPEN = text("state NOT IN ('closed', 'merged')")
IS_OPEN = text(f"cases.{STILL_OPEN.text}")
IS_DUE = text("crossing_due_at IS NOT NULL")
IS_URGENT = text("crossing_due_at IS NOT NULL AND severity = 'S1'")
IS_ANNOUNCED = text("announced_at IS NOT NULL")
IS_NEAR = text("warning_due_at IS NOT NULL")
IS_SILENT = text("silence_due_at IS NOT NULL")
HAS_THREAD = text("thread IS NOT NULL")
LISTED_BY = ("account", "requester", "contact", "reporter", "engineer", "severity")

cases = Table(
    "cases",
    metadata,
    workspace(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    name("account"),
    words("account_name"),
    words("tier"),
    words("title"),
    words("folded_title"),
    words("description"),
    words("words"),
    Column("severity", choice(Severity, "severity"), nullable=False),
    Column("state", choice(CaseState, "state"), nullable=False),
    name("requester"),
    name("contact"),
    name("reporter", nullable=True),
    name("engineer", nullable=True),
    words("component"),
    words("environment"),
    words("business_impact"),
    name("channel"),
    name("thread", nullable=True),
    moment("opened_at"),
    moment("closed_at", nullable=True),
    Column("merged_into", Integer),
    words("question", nullable=True),
    name("question_by", nullable=True),
    moment("question_at", nullable=True),
    words("next_step", nullable=True),
    moment("next_step_due_at", nullable=True),
    words("third_party", nullable=True),
    moment("third_party_until", nullable=True),
    words("solution", nullable=True),
    name("solution_by", nullable=True),
    moment("solution_at", nullable=True),
    moment("closes_at", nullable=True),
    document("related", nullable=True),
    document("followers"),
    counter("clock_version"),
    counter("version"),
    moment("crossing_due_at", nullable=True),
    moment("announced_at", nullable=True),
    counter("announced_version"),
    moment("warning_due_at", nullable=True),
    counter("warned_version"),
    moment("silence_due_at", nullable=True),
    ForeignKeyConstraint(["workspace", "account"], ["accounts.workspace", "accounts.id"]),
    partial_index("ix_cases_crossing_due_at", "crossing_due_at", where=IS_DUE),
    partial_index("ix_cases_urgent_crossing_due_at", "crossing_due_at", where=IS_URGENT),
    partial_index("ix_cases_warning_due_at", "warning_due_at", where=IS_NEAR),
    partial_index("ix_cases_silence_due_at", "silence_due_at", where=IS_SILENT),
    partial_index(
        "uq_cases_workspace_channel_thread",
        *("workspace", "channel", "thread"),
        unique=True,
        where=HAS_THREAD,
    ),
    partial_index("ix_cases_open", *("workspace", "opened_at", "number"), where=STILL_OPEN),
    Index(None, "workspace", "channel", "opened_at"),
    partial_index("ix_cases_announced_at", *("workspace", "announced_at"), where=IS_ANNOUNCED),
    *(Index(None, "workspace", each, "opened_at", "number") for each in LISTED_BY),
    Index(None, "workspace", "opened_at", "number"),
)
ONLY_SEARCHED = frozenset({"folded_title", "words"})
OF_A_CASE = tuple(column for column in cases.c if column.name not in ONLY_SEARCHED)
"""What a case is read from: not what is there only to be searched."""
_facts = plainly(OF_A_CASE)
OLDEST_FIRST = (cases.c.opened_at, cases.c.number)
"""The order in which whoever locks several cases locks them, so that nobody waits in a ring."""
THIS = (cases.c.workspace == bindparam("of_workspace")) & (
    cases.c.number == bindparam("of_number")
)
HOLDING = select(cases.c.number).where(THIS)

talks = Table(
    "talks",
    metadata,
    workspace(),
    name("channel", primary_key=True),
    name("user", primary_key=True),
    Column("case_number", Integer, nullable=False),
    moment("at"),
    ForeignKeyConstraint(["workspace", "case_number"], ["cases.workspace", "cases.number"]),
)
"""Which case a person spoke of last in a channel, without leaving a trace in the case."""


AS_THEY_ARE = (
    *("workspace", "account", "account_name", "tier", "title", "description", "severity"),
    *("state", "requester", "contact", "reporter", "engineer", "component", "environment"),
    *(
        "business_impact",
        "channel",
        "thread",
        "opened_at",
        "closed_at",
        "clock_version",
        "version",
    ),
)
"""What a case and its row hold alike."""


def row_of(case: Case) -> dict[str, Any]:
    """Return the case's own columns; those of its crossing are not the case's to say."""
    question, step, solution = case.question, case.next_step, case.solution
    third, waits = case.third_party, case.state is CaseState.SOLUTION_PROPOSED
    return {
        **{name: getattr(case, name) for name in AS_THEY_ARE},
        "folded_title": case.title.casefold(),
        "words": searchable(case.title, case.description),
        "merged_into": case_number(case.merged_into) if case.merged_into else None,
        "question": question.text if question else None,
        "question_by": question.asked_by if question else None,
        "question_at": question.asked_at if question else None,
        "next_step": step.text if step else None,
        "next_step_due_at": step.due_at if step else None,
        "third_party": third.whom if third else None,
        "third_party_until": third.until if third else None,
        "solution": solution.text if solution else None,
        "solution_by": solution.by if solution else None,
        "solution_at": solution.at if solution else None,
        "closes_at": solution.closes_at if solution else None,
        "silence_due_at": solution.due_at if solution and waits else None,
        "related": sorted(case.related) or None,
        "followers": sorted(case.followers),
    }


def case_of(row: Row[Any]) -> Case:
    """Return the case that a row of `OF_A_CASE` says."""
    facts = _facts(row)
    return Case(
        workspace=WorkspaceId(facts.workspace),
        id=case_id(facts.number),
        account=AccountId(facts.account),
        account_name=facts.account_name,
        tier=Tier(facts.tier),
        title=facts.title,
        description=facts.description,
        severity=facts.severity,
        state=facts.state,
        requester=UserId(facts.requester),
        contact=UserId(facts.contact),
        reporter=UserId(facts.reporter) if facts.reporter else None,
        engineer=UserId(facts.engineer) if facts.engineer else None,
        component=facts.component,
        environment=facts.environment,
        business_impact=facts.business_impact,
        channel=ChannelId(facts.channel),
        thread=Ts(facts.thread) if facts.thread else None,
        opened_at=facts.opened_at,
        closed_at=facts.closed_at,
        merged_into=case_id(facts.merged_into) if facts.merged_into else None,
        question=_question(facts),
        next_step=_next_step(facts),
        third_party=_third_party(facts),
        solution=_solution(facts),
        related=frozenset(CaseId(each) for each in facts.related or ()),
        followers=frozenset(UserId(each) for each in facts.followers),
        clock_version=facts.clock_version,
        version=facts.version,
    )


async def hold(on: Transaction, workspace: WorkspaceId, case: CaseId) -> None:
    """Lock a case before what belongs to it: in this order everywhere, so that nobody waits in a ring.

    Whoever read the case to change it holds it already; on SQLite a writer holds everything.
    """
    if on.is_postgresql and (workspace, case) not in on.held:
        row = {"of_workspace": workspace, "of_number": case_number(case)}
        await on.first(on.locked(HOLDING, cases), row)
        on.held.add((workspace, case))


def _question(facts: Any) -> OpenQuestion | None:
    if facts.question is None:
        return None
    return OpenQuestion(
        text=facts.question, asked_by=UserId(facts.question_by), asked_at=facts.question_at
    )


def _next_step(facts: Any) -> NextStep | None:
    if facts.next_step is None:
        return None
    return NextStep(text=facts.next_step, due_at=facts.next_step_due_at)


def _third_party(facts: Any) -> ThirdParty | None:
    if facts.third_party is None:
        return None
    return ThirdParty(whom=facts.third_party, until=facts.third_party_until)


def _solution(facts: Any) -> Solution | None:
    if facts.solution is None:
        return None
    return Solution(
        text=facts.solution,
        by=UserId(facts.solution_by),
        at=facts.solution_at,
        closes_at=facts.closes_at,
        due_at=facts.silence_due_at or facts.closes_at,
    )
