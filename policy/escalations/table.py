"""The life of an escalation as a table: from where, to where, who, and what must be given.

The rows are those of the product's page (6), and what that page says beside its table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from policy.escalations.states import E, EscalationState


class Event(StrEnum):
    """What happens to an escalation."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    ACKNOWLEDGE = "acknowledge"
    REDIRECT = "redirect"
    DISPUTE = "dispute"
    DECLINE = "decline"
    APPEAL = "appeal"
    SETTLE = "settle"
    """A lead answers a dispute or an appeal."""
    CONTACT = "contact"
    """The owner has spoken to the requester for the first time."""
    START = "start"
    UPDATE = "update"
    PROMISE = "promise"
    """The owner notes that somebody will do something by a date."""
    PAUSE = "pause"
    RESUME = "resume"
    HAND_OVER = "hand_over"
    ACCEPT = "accept"
    """The one it was handed to answers for it from now on."""
    KEEP = "keep"
    """The hand-over was not accepted, or taken back: the owner goes on."""
    RETURN = "return"
    """Its owner is gone, or a lead says so: whoever is on duty answers for it anew."""
    STABILISE = "stabilise"
    RELAPSE = "relapse"
    PROPOSE = "propose"
    """The requester is asked to agree to closing."""
    PROMPT = "prompt"
    """The requester is asked once more."""
    OBJECT = "object"
    AGREE = "agree"
    DE_ESCALATE = "de_escalate"
    RATE = "rate"
    REVIEW = "review"
    JUDGE = "judge"
    PULL = "pull"
    REINSTATE = "reinstate"


class Who(StrEnum):
    """Who a person is to an escalation."""

    SUBMITTER = "submitter"
    REQUESTER = "requester"
    OWNER = "owner"
    RECEIVER = "receiver"
    DUTY_MANAGER = "duty_manager"
    """A duty manager or a lead; of a confidential one, a lead."""
    LEAD = "lead"
    CASEFLAG = "caseflag"
    """Nobody: time has passed, or somebody is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    start: frozenset[EscalationState]
    """From where; empty where there is no escalation yet."""
    to: EscalationState | None
    """To where; None where it stays."""
    who: tuple[Who, ...]
    gives: tuple[str, ...]
    is_decision: bool
    """Whether the case's engineer, who never decides, must not do it."""


def _row(
    start: set[EscalationState],
    to: EscalationState | None,
    who: tuple[Who, ...],
    gives: str = "",
    *,
    decides: bool = False,
) -> Row:
    return Row(
        start=frozenset(start),
        to=to,
        who=who,
        gives=tuple(gives.split()),
        is_decision=decides,
    )


NEW: set[EscalationState] = set()
WAITING = {E.REQUESTED, E.ACKNOWLEDGED}
WORKED = {E.ACTIVE, E.MONITORING}
OWNED = {E.ACKNOWLEDGED, E.ACTIVE, E.MONITORING}
ANSWERED = {*OWNED, E.CLOSED, E.REDIRECTED, E.DECLINED}
SUBMITTER, REQUESTER, OWNER = (Who.SUBMITTER,), (Who.REQUESTER,), (Who.OWNER,)
MANAGER, LEAD, CASEFLAG = (Who.DUTY_MANAGER,), (Who.LEAD,), (Who.CASEFLAG,)

ROWS: Mapping[Event, Row] = {
    Event.SUBMIT: _row(NEW, E.REQUESTED, REQUESTER, "request"),
    Event.WITHDRAW: _row({E.REQUESTED}, E.WITHDRAWN, SUBMITTER),
    Event.ACKNOWLEDGE: _row({E.REQUESTED}, E.ACKNOWLEDGED, MANAGER, decides=True),
    Event.REDIRECT: _row(WAITING, E.REDIRECTED, OWNER + MANAGER, "target reason", decides=True),
    Event.DISPUTE: _row({E.REDIRECTED}, None, REQUESTER, "why"),
    Event.DECLINE: _row(
        WAITING, E.DECLINED, MANAGER, "code explanation alternative contact", decides=True
    ),
    Event.APPEAL: _row({E.DECLINED}, None, REQUESTER, "why"),
    Event.SETTLE: _row({E.REDIRECTED, E.DECLINED}, None, LEAD, "granted answer", decides=True),
    Event.CONTACT: _row(OWNED, None, OWNER),
    Event.START: _row(
        {E.ACKNOWLEDGED}, E.ACTIVE, OWNER, "criteria first_action actor next_update_at"
    ),
    Event.UPDATE: _row({E.ACTIVE}, None, OWNER, "text trend next_update_at"),
    Event.PROMISE: _row(OWNED, None, OWNER, "action actor due_at"),
    Event.PAUSE: _row({E.ACTIVE}, None, OWNER, "reason until"),
    Event.RESUME: _row({E.ACTIVE}, None, OWNER + REQUESTER + LEAD),
    Event.HAND_OVER: _row({E.ACTIVE}, None, OWNER, "to note"),
    Event.ACCEPT: _row(WORKED, None, (Who.RECEIVER,), decides=True),
    Event.KEEP: _row(WORKED, None, (Who.RECEIVER, *OWNER)),
    Event.RETURN: _row(OWNED, E.REQUESTED, LEAD + CASEFLAG, "reason"),
    Event.STABILISE: _row({E.ACTIVE}, E.MONITORING, OWNER, "watch until"),
    Event.RELAPSE: _row({E.MONITORING}, E.ACTIVE, OWNER + REQUESTER + LEAD, "note"),
    Event.PROPOSE: _row(WORKED, None, OWNER + LEAD, "outcome summary", decides=True),
    Event.PROMPT: _row(WORKED, None, OWNER + CASEFLAG),
    Event.OBJECT: _row(WORKED, None, REQUESTER, "why"),
    Event.AGREE: _row(WORKED, E.CLOSED, REQUESTER),
    Event.DE_ESCALATE: _row(WORKED, E.CLOSED, OWNER + LEAD, "outcome summary", decides=True),
    Event.RATE: _row({E.CLOSED}, None, REQUESTER, "score"),
    Event.REVIEW: _row({E.CLOSED}, None, OWNER, "preventable cause"),
    Event.JUDGE: _row(ANSWERED, None, OWNER + MANAGER, "judgement", decides=True),
    Event.PULL: _row(NEW, E.ACKNOWLEDGED, MANAGER, "reason", decides=True),
    Event.REINSTATE: _row({E.CLOSED, E.DECLINED}, None, LEAD, "reason", decides=True),
}

LENGTHS: Mapping[str, tuple[int, int]] = {
    "reason": (20, 1000),
    "why": (20, 1000),
    "answer": (20, 1000),
    "explanation": (20, 1000),
    "alternative": (10, 1000),
    "criteria": (10, 1000),
    "first_action": (5, 500),
    "action": (5, 500),
    "text": (10, 2000),
    "note": (10, 1000),
    "watch": (5, 500),
    "summary": (20, 2000),
    "override": (20, 1000),
}
"""How many characters a text has that must be given, at least and at most."""

NEED: Mapping[Who, str] = {
    Who.SUBMITTER: "whoever submitted it",
    Who.REQUESTER: "its requester",
    Who.OWNER: "its owner",
    Who.RECEIVER: "the person it was handed to",
    Who.DUTY_MANAGER: "a duty manager",
    Who.LEAD: "a lead",
}
