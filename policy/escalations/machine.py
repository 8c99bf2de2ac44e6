"""The walker of the table: every event goes through `step`, every change through `moved`."""

from dataclasses import replace
from typing import Any

from policy.cases import Case, is_requester
from policy.escalations.escalation import Escalation
from policy.escalations.table import LENGTHS, NEED, ROWS, Event, Row, Who
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


def may(event: Event, escalation: Escalation, case: Case, by: Standing | None) -> bool:
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
