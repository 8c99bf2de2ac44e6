"""Whether what an escalation's notices wait for has come, asked just before they are sent."""

from datetime import datetime
from typing import assert_never

from policy.escalations import PROMPTS, Escalation, EscalationState
from policy.notices import (
    BriefReady,
    ClosingProposed,
    ClosingUnanswered,
    EscalationPaged,
    EscalationWaits,
    Fact,
    HandOverOffered,
    PageEvent,
    PromiseHastened,
    PromiseLate,
    PromiseWaits,
)
from policy.promises import Promise, is_waited_for


def come(
    fact: Fact, escalation: Escalation | None, promise: Promise | None, *, now: datetime
) -> str:
    """Return why nobody needs the notice any more; empty where somebody does, or it only tells."""
    if isinstance(fact, PromiseWaits | PromiseLate | PromiseHastened):
        return _promised(escalation, promise, now=now)
    if isinstance(fact, EscalationWaits):
        return "" if _is_waiting(fact, escalation) else "the escalation no longer waits"
    if isinstance(fact, BriefReady):
        is_theirs = escalation is not None and escalation.owner == fact.owner
        return "" if is_theirs and escalation else "somebody else answers for the escalation"
    if isinstance(fact, HandOverOffered):
        offer = escalation.hand_over if escalation else None
        return "" if offer and offer.to == fact.to else "the offer has its answer"
    if isinstance(fact, ClosingProposed | ClosingUnanswered):
        return _asked(fact, escalation)
    return ""


def still_pages(fact: EscalationPaged, escalation: Escalation | None) -> str:
    """Return why a pager need not hear that any more; empty where it does."""
    if escalation is None:
        return "there is no such escalation"
    waits = escalation.state is EscalationState.REQUESTED
    match fact.event:
        case PageEvent.TRIGGER:
            return "" if waits else "the escalation no longer waits"
        case PageEvent.ACKNOWLEDGE:
            is_worked = escalation.is_open and not waits
            return "" if is_worked else "nobody works on the escalation any more"
        case PageEvent.RESOLVE:
            return ""
        case _:
            assert_never(fact.event)


def _is_waiting(fact: EscalationWaits, escalation: Escalation | None) -> bool:
    if escalation is None or escalation.id != fact.escalation:
        return False
    return escalation.state is EscalationState.REQUESTED


def _promised(escalation: Escalation | None, promise: Promise | None, *, now: datetime) -> str:
    if promise is None or escalation is None or not promise.is_open:
        return "nobody waits for the promise any more"
    return "" if is_waited_for(promise, escalation, now=now) else "the escalation rests"


def _asked(fact: ClosingProposed | ClosingUnanswered, escalation: Escalation | None) -> str:
    proposal = escalation.proposal if escalation else None
    prompt = fact.prompt if isinstance(fact, ClosingProposed) else PROMPTS
    if proposal is None:
        return "the question has its answer"
    return "" if proposal.prompts == prompt else "the question was asked anew"
