"""What all notices are made of."""

from datetime import datetime
from typing import assert_never

from policy.cases import Case
from policy.ids import CaseId, WorkspaceId
from policy.notices import (
    Address,
    Administrators,
    Channel,
    Duty,
    EscalationThread,
    Fact,
    Missing,
    Notice,
    Person,
    SetupMissing,
    Thread,
)

CAN_WAIT = 5


def notice(
    case: Case,
    key: str,
    to: Address,
    fact: Fact,
    *,
    at: datetime,
    not_before: datetime | None = None,
) -> Notice:
    """Return a notice about a case, as urgent as it."""
    return Notice(
        workspace=case.workspace,
        key=key,
        case=case.id,
        to=to,
        fact=fact,
        urgency=case.severity.rank,
        at=at,
        not_before=not_before,
    )


def in_thread(case: Case, what: str, fact: Fact, *, at: datetime) -> Notice:
    """Return a notice for the thread of the case's card."""
    return notice(case, f"{what}:thread", Thread(case=case.id), fact, at=at)


def setup(
    workspace: WorkspaceId, case: CaseId | None, key: str, fact: SetupMissing, *, at: datetime
) -> Notice:
    """Return that something is not set up, for the administrators."""
    urgency = CAN_WAIT if fact.missing is Missing.ACCOUNT else 1
    return Notice(
        workspace=workspace,
        key=key,
        case=case,
        to=Administrators(),
        fact=fact,
        urgency=urgency,
        at=at,
    )


def whom(to: Thread | EscalationThread | Person | Channel | Duty) -> str:
    """Return how a key names where its notice goes."""
    match to:
        case Thread() | EscalationThread():
            return "thread"
        case Person(user=user):
            return user
        case Channel(channel=channel):
            return channel
        case Duty():
            return "duty"
        case _:
            assert_never(to)
