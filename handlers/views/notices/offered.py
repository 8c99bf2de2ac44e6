"""What whoever reads a notice of an escalation may do about it, as a table of buttons."""

from collections.abc import Mapping

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action
from handlers.views.escalations.offered import fits, named
from handlers.views.message import button
from policy.escalations import Escalation, Event
from policy.notices import (
    ActionPromised,
    Address,
    ClosingProposed,
    ClosingUnanswered,
    EscalationClosed,
    EscalationContested,
    EscalationDeclined,
    EscalationRedirected,
    EscalationReturned,
    EscalationStabilised,
    EscalationWaits,
    Fact,
    HandOverOffered,
    Person,
    PromiseWaits,
    Thread,
)
from policy.promises import Kind

DESK: Mapping[type, tuple[Event, ...]] = {
    EscalationWaits: (Event.ACKNOWLEDGE,),
    EscalationReturned: (Event.ACKNOWLEDGE,),
    EscalationContested: (Event.SETTLE,),
    HandOverOffered: (Event.ACCEPT, Event.KEEP),
    ClosingUnanswered: (Event.DE_ESCALATE,),
}
"""For whoever answers for escalations, privately or on the duty side's card."""
OWNER: Mapping[type, tuple[Event, ...]] = {
    EscalationClosed: (Event.REVIEW, Event.JUDGE),
}
REQUESTER: Mapping[type, tuple[Event, ...]] = {
    EscalationRedirected: (Event.DISPUTE,),
    EscalationDeclined: (Event.APPEAL,),
    EscalationStabilised: (Event.RELAPSE,),
    ClosingProposed: (Event.AGREE, Event.OBJECT),
    EscalationClosed: (Event.RATE,),
}
KEEPS: Mapping[Kind, tuple[Event, ...]] = {
    Kind.ACKNOWLEDGE: (Event.ACKNOWLEDGE,),
    Kind.CONTACT: (Event.CONTACT, Event.START),
    Kind.UPDATE: (Event.UPDATE,),
    Kind.ACTION: (),
    Kind.WATCH: (Event.PROPOSE, Event.RELAPSE),
}
"""What keeps a promise that is waited for."""


def offered(fact: Fact, to: Address, escalation: Escalation | None) -> tuple[ButtonElement, ...]:
    """Return the buttons under a notice; none in a case's thread, which everybody reads."""
    if escalation is None or isinstance(to, Thread):
        return ()
    events = (each for each in _events(fact, to, escalation) if fits(each, escalation))
    return (
        *(named(each, escalation.id) for each in events),
        *_done(fact, to),
        *_details(fact, escalation),
    )


def _events(fact: Fact, to: Address, escalation: Escalation) -> tuple[Event, ...]:
    kind = type(fact)
    if isinstance(fact, PromiseWaits):
        return KEEPS[fact.kind]
    if kind in DESK:
        return DESK[kind]
    if not isinstance(to, Person):
        return ()
    table = OWNER if to.user == escalation.owner else REQUESTER
    return table.get(kind, ())


def _done(fact: Fact, to: Address) -> tuple[ButtonElement, ...]:
    is_action = isinstance(fact, PromiseWaits) and fact.kind is Kind.ACTION
    if isinstance(fact, ActionPromised | PromiseWaits) and isinstance(to, Person):
        is_theirs = is_action or isinstance(fact, ActionPromised)
        return (button("Done", Action.KEEP_PROMISE, fact.promise),) if is_theirs else ()
    return ()


def _details(fact: Fact, escalation: Escalation) -> tuple[ButtonElement, ...]:
    if isinstance(fact, PromiseWaits) or type(fact) in DESK:
        return (button("Details", Action.SHOW_ESCALATION, escalation.id),)
    return ()
