"""The people around an escalation, and every event done with all that it must be given."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from policy import escalations as rules
from policy.cases import Severity
from policy.escalations import (
    Cause,
    ClosedAs,
    DeclineReason,
    EscalationState,
    Event,
    HandOver,
    Judgement,
    Pause,
    Proposal,
    RedirectTarget,
    Trend,
)
from policy.ids import EscalationId, RunId, UserId
from policy.roles import Role
from policy.thresholds import GOLD
from tests.support.builders import (
    ELI,
    LEA,
    MONA,
    OTTO,
    a_case,
    a_standing,
    an_escalation,
    an_escalation_request,
    utc,
)

NOW = utc("2025-06-10T12:00:00Z")
H = timedelta(hours=1)
CASE = a_case(engineer=ELI, severity=Severity.S1, tier=GOLD)
PEOPLE = {
    "ana": a_standing(),  # who submitted it
    "cleo": a_standing(UserId("UCLEO")),  # of her account
    "eli": a_standing(ELI, Role.ENGINEER),  # the case's engineer
    "mona": a_standing(MONA, Role.DUTY_MANAGER),  # the owner, where there is one
    "otto": a_standing(OTTO, Role.DUTY_MANAGER),  # to whom it is handed over
    "petra": a_standing(UserId("UPETRA"), Role.DUTY_MANAGER),
    "lea": a_standing(LEA, Role.LEAD),
    "ada": a_standing(UserId("UADA"), Role.ADMINISTRATOR),
}
WHY = "The board decides tomorrow, and nobody has told us anything."
REQUEST = an_escalation_request(run=RunId("run-1"))
OFFER = HandOver(to=OTTO, note="The vendor calls back at six.", by=MONA, at=NOW)
PROPOSAL = Proposal(
    outcome=ClosedAs.SOLVED, summary=WHY, by=MONA, at=NOW, prompts=1, answer_due_at=NOW
)
WAITING_FOR_SILENCE = Proposal(
    outcome=ClosedAs.SOLVED, summary=WHY, by=MONA, at=NOW, prompts=2, answer_due_at=NOW
)
PAUSE = Pause(reason=WHY, until=NOW + H)

Deed = Callable[..., Any]
DEEDS: Mapping[Event, tuple[Deed, Mapping[str, Any]]] = {
    Event.WITHDRAW: (rules.withdrawn, {}),
    Event.ACKNOWLEDGE: (rules.acknowledged, {"now": NOW}),
    Event.REDIRECT: (
        rules.redirected,
        {"target": RedirectTarget.COMMENT, "reason": WHY, "now": NOW},
    ),
    Event.DISPUTE: (rules.disputed, {"why": WHY, "now": NOW}),
    Event.DECLINE: (
        rules.declined,
        {
            "code": DeclineReason.UNDER_WAY,
            "explanation": WHY,
            "alternative": "Eli has promised a fix for noon.",
            "contact": ELI,
            "now": NOW,
        },
    ),
    Event.APPEAL: (rules.appealed, {"why": WHY, "now": NOW}),
    Event.SETTLE: (rules.settled, {"granted": False, "answer": WHY, "now": NOW}),
    Event.CONTACT: (rules.contacted, {"now": NOW}),
    Event.START: (
        rules.started,
        {
            "criteria": "Everybody can sign in again.",
            "first_action": "Roll back the release.",
            "actor": ELI,
            "next_update_at": NOW + H,
            "now": NOW,
        },
    ),
    Event.UPDATE: (
        rules.updated,
        {"text": WHY, "trend": Trend.BETTER, "next_update_at": NOW + H, "now": NOW},
    ),
    Event.PAUSE: (rules.paused, {"reason": WHY, "until": NOW + H, "now": NOW}),
    Event.RESUME: (rules.resumed, {"now": NOW}),
    Event.HAND_OVER: (
        rules.handed_over,
        {"to": PEOPLE["otto"], "note": "The vendor calls back at six.", "now": NOW},
    ),
    Event.ACCEPT: (rules.accepted, {"now": NOW}),
    Event.KEEP: (rules.kept, {}),
    Event.RETURN: (rules.returned, {"reason": WHY, "now": NOW}),
    Event.STABILISE: (
        rules.stabilised,
        {"watch": "Sign-ins per minute.", "until": NOW + H, "now": NOW},
    ),
    Event.RELAPSE: (rules.relapsed, {"note": "It is down again.", "now": NOW}),
    Event.PROPOSE: (rules.proposed, {"outcome": ClosedAs.SOLVED, "summary": WHY, "now": NOW}),
    Event.PROMPT: (rules.prompted, {"now": NOW}),
    Event.OBJECT: (rules.objected, {"why": WHY}),
    Event.AGREE: (rules.agreed, {"now": NOW}),
    Event.DE_ESCALATE: (
        rules.de_escalated,
        {"outcome": ClosedAs.SOLVED, "summary": WHY, "now": NOW},
    ),
    Event.RATE: (rules.rated, {"score": 4, "now": NOW}),
    Event.REVIEW: (
        rules.reviewed,
        {"preventable": True, "cause": Cause.LATE_RESPONSE, "now": NOW},
    ),
    Event.JUDGE: (rules.judged, {"judgement": Judgement.ACCEPTED, "now": NOW}),
    Event.REINSTATE: (rules.reinstated, {"reason": WHY, "now": NOW}),
}
"""All events but those that begin an escalation, and PROMISE, which changes none."""


def do(event: Event, escalation: Any, by: Any, case: Any = CASE, **other: Any) -> Any:
    """Let the event happen, with what it must be given unless told otherwise."""
    deed, given = DEEDS[event]
    return deed(escalation, case, by=by, **{**given, **other})


def at(state: EscalationState | str, **facts: Any) -> Any:
    """Return Ana's escalation as Mona has it in a state, except for these facts."""
    found = EscalationState(state)
    given: dict[str, Any] = {"id": EscalationId("E1"), "request": REQUEST, "state": found}
    if found is not EscalationState.REQUESTED:
        given |= {"owner": MONA, "owned_at": NOW, "acknowledged_at": NOW}
    return an_escalation(**{**given, **facts})
