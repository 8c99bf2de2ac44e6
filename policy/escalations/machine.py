"""The life of an escalation as a table: from where, to where, who, and what must be given.

Rows first (product, 6); `step` walks them, and every event goes through it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from policy.cases import Case, is_requester
from policy.escalations.escalation import Escalation
from policy.escalations.states import E, EscalationState
from policy.ids import UserId
from policy.refusals import (
    AlreadyAcknowledged,
    EscalationIsOver,
    EscalationMoved,
    NotYours,
    OwnCase,
    Unreadable,
)
from policy.roles import Role, Standing


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
    "text": (10, 2000),
    "note": (10, 1000),
    "watch": (5, 500),
    "summary": (20, 2000),
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


def step(event: Event, escalation: Escalation, case: Case, by: Standing | None) -> None:
    """Let an event pass that may happen now, by this person; None stands for nobody.

    Raises:
        NotYours: the person is none of those who may.
        OwnCase: the case's engineer never decides.
        AlreadyAcknowledged: somebody was first.
        EscalationIsOver: it has ended meanwhile.
        EscalationMoved: it stands where this does not happen.
    """
    row = ROWS[event]
    admit(event, case, by, escalation=escalation, confidential=escalation.request.confidential)
    if escalation.state in row.start:
        return
    if event is Event.ACKNOWLEDGE and escalation.owner is not None and escalation.is_open:
        raise AlreadyAcknowledged(case=case.id, escalation=escalation.id, owner=escalation.owner)
    if not escalation.is_open:
        raise EscalationIsOver(case=case.id, state=escalation.state.value)
    raise EscalationMoved(case=case.id, state=escalation.state.value, owner=escalation.owner)


def admit(
    event: Event,
    case: Case,
    by: Standing | None,
    *,
    escalation: Escalation | None = None,
    confidential: bool = False,
) -> None:
    """Let a person pass who may do this.

    Raises:
        NotYours: the person is none of those who may.
        OwnCase: the case's engineer never decides.
    """
    row = ROWS[event]
    if _parts(by, case, escalation, confidential=confidential).isdisjoint(row.who):
        raise NotYours(case=case.id, need=_need(row, confidential=confidential))
    if row.is_decision and by is not None and by.user == case.engineer:
        raise OwnCase(case=case.id)


def may_answer(who: Standing, *, confidential: bool) -> bool:
    """Tell whether the person may answer for escalations: for confidential ones, leads only."""
    return who.has(Role.LEAD) or (who.has(Role.DUTY_MANAGER) and not confidential)


def may(event: Event, escalation: Escalation, case: Case, by: Standing) -> bool:
    """Tell whether the event may happen now, by this person: whether its button is drawn."""
    try:
        step(event, escalation, case, by)
    except (NotYours, OwnCase, AlreadyAcknowledged, EscalationIsOver, EscalationMoved):
        return False
    return True


def moved(event: Event, escalation: Escalation, **changes: Any) -> Escalation:
    """Return the escalation after the event, as its next version.

    What waits for an answer ends with the escalation itself.
    """
    state = ROWS[event].to or escalation.state
    after = replace(escalation, state=state, version=escalation.version + 1, **changes)
    if after.is_open:
        return after
    return replace(after, hand_over=None, pause=None, proposal=None, next_update_due_at=None)


def said(field: str, text: str) -> str:
    """Return what somebody typed into a field that must be filled, without space around it.

    Raises:
        Unreadable: it is too short to say anything, or too long.
    """
    least, most = LENGTHS[field]
    words = text.strip()
    if not least <= len(words) <= most:
        raise Unreadable(field=field, message=f"Write {least} to {most} characters.")
    return words


def _parts(
    by: Standing | None, case: Case, escalation: Escalation | None, *, confidential: bool
) -> frozenset[Who]:
    """Return who the person is to the escalation, or to the case that has none yet."""
    if by is None:
        return frozenset({Who.CASEFLAG})
    answers = may_answer(by, confidential=confidential)
    is_submitter, is_owner, is_receiver = _named(by.user, escalation)
    parts = {
        Who.SUBMITTER: is_submitter,
        Who.REQUESTER: is_submitter or is_requester(case, by),
        Who.OWNER: answers and is_owner,
        Who.RECEIVER: answers and is_receiver,
        Who.DUTY_MANAGER: answers,
        Who.LEAD: by.has(Role.LEAD),
    }
    return frozenset(who for who, is_so in parts.items() if is_so)


def _named(user: UserId, escalation: Escalation | None) -> tuple[bool, bool, bool]:
    """Tell whether the escalation names somebody as submitter, as owner, as receiver."""
    if escalation is None:
        return False, False, False
    offer = escalation.hand_over
    return (
        user == escalation.submitted_by and not escalation.pulled,
        user == escalation.owner,
        offer is not None and offer.to == user,
    )


def _need(row: Row, *, confidential: bool) -> str:
    words = [
        NEED[Who.LEAD if confidential and who is Who.DUTY_MANAGER else who]
        for who in row.who
        if who is not Who.CASEFLAG
    ]
    return " or ".join(dict.fromkeys(words))
