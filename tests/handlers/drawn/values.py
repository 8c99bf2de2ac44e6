"""Cases, escalations and crossings in which everything that can be said is said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from slack_sdk.models.views import View

from handlers.views.message import Message
from policy.casefile import CaseFile
from policy.cases import (
    Case,
    CaseState,
    NextStep,
    OpenQuestion,
    Severity,
    Solution,
    ThirdParty,
)
from policy.comments import Conversation, Visibility
from policy.crossings import Crossing, crossing
from policy.escalations import Escalation, EscalationState, Reach, Workaround
from policy.guidance.outcomes import Flag
from policy.ids import CaseId, UserId
from policy.roles import Role, Side
from policy.thresholds import SHIPPED, explain
from tests.support.builders import (
    ANA,
    CLEO,
    ELI,
    LEA,
    MONA,
    MORNING,
    a_case,
    a_comment,
    a_severity_request,
    a_standing,
    an_escalation,
    an_escalation_request,
)

LATER = MORNING + timedelta(days=6)
CROWD = frozenset(UserId(f"U{number:010}") for number in range(10))
THIRD = ThirdParty(whom="Their provider", until=LATER)
SOLVED = Solution(text="Sign in again.", by=ELI, at=MORNING, closes_at=LATER, due_at=LATER)
Drawn = tuple[str, View | Message]


def the_case(say: str, **other: Any) -> Case:
    """Return a case in which everything that can be said is said."""
    full = a_case(
        title=say,
        description=say,
        account_name=say,
        tier=say,
        component=say,
        environment=say,
        business_impact=say,
        contact=CLEO,
        engineer=ELI,
        question=OpenQuestion(text=say, asked_by=ELI, asked_at=MORNING),
        next_step=NextStep(text=say, due_at=LATER),
        followers=CROWD,
    )
    return replace(full, **other)


def the_escalation(say: str, **other: Any) -> Escalation:
    """Return an escalation in which everything that can be said is said."""
    request = an_escalation_request(
        impact=say,
        changed=say,
        wanted=say,
        critical_at=LATER,
        critical_meaning=say,
        workaround=Workaround.IMPRACTICAL,
        workaround_why=say,
        users_affected=100_000_000,
        alternate=CLEO,
        reach=Reach.CALL,
        phone="491234567890123",
        severity=Severity.S1,
        followers=tuple(sorted(CROWD)),
        confidential=other.pop("confidential", False),
    )
    return an_escalation(request=request, flags=tuple(Flag), **other)


ACKNOWLEDGED: dict[str, Any] = {
    "state": EscalationState.ACKNOWLEDGED,
    "owner": MONA,
    "acknowledged_at": LATER,
    "contact_due_at": LATER,
}
CHASED = Conversation(
    chases=2, last_chase_at=LATER, last_reply_at=MORNING, last_side=Side.CUSTOMER
)


def the_file(case: Case, **other: Any) -> CaseFile:
    """Return a case as it is read, available and never escalated."""
    file = CaseFile(
        case=case,
        said=Conversation(),
        explanation=explain(case, SHIPPED),
        is_available=True,
        reader=a_standing(ANA),
    )
    return replace(file, **other)


def files(say: str) -> Iterator[tuple[str, CaseFile]]:
    """Yield a case in every standing that its card and its reader can find it in."""
    case = the_case(say)
    said = tuple(a_comment(text=say, visibility=each) for each in Visibility) * 4
    asks = a_severity_request(why=say)
    yield "available", the_file(case, comments=said, severity_request=asks)
    yield "not yet", the_file(case, is_available=False, said=CHASED, chase_counts_at=LATER)
    gone = (a_comment(text=""), a_comment(text="", links=("https://x/files/1",)))
    yield "taken back", the_file(case, comments=gone)
    yield "bare", the_file(a_case(title=say, description=say), reader=None)
    yield "closed", the_file(the_case(say, state=CaseState.CLOSED), is_available=False)
    merged = the_case(say, state=CaseState.MERGED, merged_into=CaseId("CASE-2"))
    yield "merged", the_file(merged)
    yield "lost", the_file(replace(merged, merged_into=None))
    proposed = the_case(say, state=CaseState.SOLUTION_PROPOSED, third_party=THIRD, solution=SOLVED)
    yield "solved?", the_file(replace(proposed, related=frozenset({CaseId("CASE-2")})))
    yield "solved? for its engineer", the_file(proposed, reader=a_standing(ELI, Role.ENGINEER))
    yield "followed", the_file(case, reader=a_standing(min(CROWD)))
    yield "escalated", the_file(case, escalation=the_escalation(say))
    yield "owned", the_file(case, escalation=the_escalation(say, **ACKNOWLEDGED))
    secret = the_escalation(say, confidential=True)
    yield "confidential", the_file(case, escalation=secret, reader=None)
    yield "for its engineer", the_file(case, reader=a_standing(ELI, Role.ENGINEER))
    yield "for a lead", the_file(case, reader=a_standing(LEA, Role.LEAD), escalation=secret)


def the_crossing(say: str, **other: Any) -> Crossing:
    """Return the crossing of a case."""
    return replace(crossing(the_case(say), SHIPPED), **other)
