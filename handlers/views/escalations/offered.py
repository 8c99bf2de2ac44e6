"""The buttons of an escalation: what may happen to it from where it stands, and what each is called.

Whoever presses one is looked at then: on a card, which many read, a button only says what may
happen next; whether this person may is decided when it runs.
"""

from collections.abc import Callable, Iterable, Mapping

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action
from handlers.views.message import button
from policy.casefile import EscalationFile
from policy.escalations import ROWS, Escalation, Event, may
from policy.ids import EscalationId

BUTTONS: Mapping[Event, tuple[str, Action]] = {
    Event.WITHDRAW: ("Withdraw", Action.WITHDRAW),
    Event.ACKNOWLEDGE: ("Acknowledge", Action.ACKNOWLEDGE),
    Event.REDIRECT: ("Redirect", Action.REDIRECT),
    Event.DISPUTE: ("Dispute", Action.DISPUTE),
    Event.DECLINE: ("Decline", Action.DECLINE),
    Event.APPEAL: ("Appeal", Action.APPEAL),
    Event.SETTLE: ("Answer the objection", Action.SETTLE),
    Event.CONTACT: ("I have spoken to them", Action.CONTACT),
    Event.START: ("Start plan", Action.START),
    Event.UPDATE: ("Update", Action.UPDATE),
    Event.PROMISE: ("Add an action", Action.PROMISE),
    Event.PAUSE: ("Pause", Action.PAUSE),
    Event.RESUME: ("Resume", Action.RESUME),
    Event.HAND_OVER: ("Hand over", Action.HAND_OVER),
    Event.ACCEPT: ("Accept", Action.ACCEPT),
    Event.KEEP: ("Not accepted", Action.KEEP_OWNER),
    Event.RETURN: ("Give back to duty", Action.GIVE_BACK),
    Event.STABILISE: ("Stabilise", Action.STABILISE),
    Event.RELAPSE: ("Relapse", Action.RELAPSE),
    Event.PROPOSE: ("Propose closing", Action.PROPOSE),
    Event.PROMPT: ("Ask again", Action.PROMPT),
    Event.OBJECT: ("Object", Action.OBJECT),
    Event.AGREE: ("Agree to closing", Action.AGREE),
    Event.DE_ESCALATE: ("Override", Action.DE_ESCALATE),
    Event.RATE: ("Rate", Action.RATE),
    Event.REVIEW: ("Review", Action.REVIEW),
    Event.JUDGE: ("Judge the guidance", Action.JUDGE),
    Event.REINSTATE: ("Reinstate the right", Action.REINSTATE),
}
FIRST = frozenset({Event.ACKNOWLEDGE, Event.ACCEPT, Event.START, Event.AGREE, Event.SETTLE})
"""Those that somebody waits for."""
DESK = (
    *(Event.ACKNOWLEDGE, Event.ACCEPT, Event.KEEP, Event.CONTACT, Event.START, Event.UPDATE),
    *(Event.RESUME, Event.HAND_OVER, Event.STABILISE, Event.RELAPSE, Event.PROPOSE),
    *(Event.DE_ESCALATE, Event.REDIRECT, Event.DECLINE, Event.SETTLE, Event.REVIEW),
)
"""What the card in the duty channel offers, in this order."""
REQUESTER = (
    *(Event.AGREE, Event.OBJECT, Event.RELAPSE, Event.RESUME, Event.WITHDRAW),
    *(Event.RATE, Event.APPEAL, Event.DISPUTE),
)
"""What the requester's card offers, in this order."""
EVERYTHING = (*DESK, *(each for each in BUTTONS if each not in DESK))
"""What the details offer to whom it concerns."""


def _has_offer(escalation: Escalation) -> bool:
    return escalation.hand_over is not None


def _is_proposed(escalation: Escalation) -> bool:
    return escalation.proposal is not None


def _is_uncontested(escalation: Escalation) -> bool:
    return escalation.contest is None


def _waits_for_a_lead(escalation: Escalation) -> bool:
    return escalation.contest is not None and escalation.contest.settled_by is None


def _is_unjudged(escalation: Escalation) -> bool:
    return escalation.request.run is not None and escalation.judged is None


ONLY_IF: Mapping[Event, Callable[[Escalation], bool]] = {
    Event.ACCEPT: _has_offer,
    Event.KEEP: _has_offer,
    Event.CONTACT: lambda escalation: escalation.contacted_at is None,
    Event.PROPOSE: lambda escalation: escalation.proposal is None,
    Event.PROMPT: _is_proposed,
    Event.AGREE: _is_proposed,
    Event.OBJECT: _is_proposed,
    Event.DISPUTE: _is_uncontested,
    Event.APPEAL: _is_uncontested,
    Event.SETTLE: _waits_for_a_lead,
    Event.RATE: lambda escalation: escalation.rating is None,
    Event.REVIEW: lambda escalation: escalation.review is None,
    Event.JUDGE: _is_unjudged,
    Event.REINSTATE: lambda escalation: escalation.holds_right,
}
"""What besides its state an escalation needs, so that an event makes sense."""


def on_card(events: Iterable[Event], file: EscalationFile) -> tuple[ButtonElement, ...]:
    """Return the buttons of a card: what may happen next, whoever reads it."""
    paused = file.line.is_paused
    return tuple(
        named(each, file.escalation.id)
        for each in events
        if fits(each, file.escalation, is_paused=paused)
    )


def to_reader(file: EscalationFile) -> tuple[ButtonElement, ...]:
    """Return the buttons of all that this reader may do now."""
    reader, escalation = file.file.reader, file.escalation
    if reader is None:
        return ()
    theirs = (each for each in EVERYTHING if may(each, escalation, file.file.case, reader))
    return on_card(theirs, file)


def fits(event: Event, escalation: Escalation, *, is_paused: bool = False) -> bool:
    """Tell whether the event makes sense from where the escalation stands."""
    if escalation.state not in ROWS[event].start:
        return False
    if event in {Event.PAUSE, Event.RESUME}:
        return is_paused is (event is Event.RESUME)
    return event not in ONLY_IF or ONLY_IF[event](escalation)


def named(event: Event, escalation: EscalationId) -> ButtonElement:
    """Return the button of an event."""
    text, action = BUTTONS[event]
    return button(text, action, escalation, style="primary" if event in FIRST else None)
