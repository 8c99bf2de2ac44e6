"""What a person reads who has just done something to an escalation: one sentence each."""

from collections.abc import Mapping

from slack_sdk.models.views import View

from handlers.views.escalations.asked import escalated
from handlers.views.message import Message, saying, section
from handlers.views.modal import modal
from handlers.views.text import when, who
from policy.escalations import Escalation, Event
from policy.promises import Promise

DONE: Mapping[Event, str] = {
    Event.WITHDRAW: "You took the escalation of {case} back; the case may be escalated again.",
    Event.REDIRECT: "You redirected the escalation of {case}; its requester is told why.",
    Event.DECLINE: "You declined the escalation of {case}; its requester is told what helps.",
    Event.DISPUTE: "A lead reads why you dispute the redirect of {case}, and answers.",
    Event.APPEAL: "A lead reads your appeal for {case}, and answers.",
    Event.SETTLE: "Your answer for {case} is told to everybody concerned.",
    Event.REINSTATE: "The right to escalate {case} is restored.",
    Event.RETURN: "The escalation of {case} is back with whoever is on duty.",
    Event.CONTACT: "Noted: you have spoken to the requester of {case}.",
    Event.START: "You work on the escalation of {case}; its requester reads your plan.",
    Event.UPDATE: "Your update on {case} is told, and the next one promised.",
    Event.PAUSE: "The escalation of {case} is paused; nothing is due until then.",
    Event.RESUME: "The escalation of {case} goes on.",
    Event.HAND_OVER: "You asked for a hand-over of {case}; you answer for it until it is accepted.",
    Event.ACCEPT: "You answer for the escalation of {case} now. The brief comes to you.",
    Event.KEEP: "The escalation of {case} stays where it is.",
    Event.STABILISE: "The escalation of {case} is only watched from now on.",
    Event.RELAPSE: "The escalation of {case} is worked on again.",
    Event.PROPOSE: "The requester of {case} is asked to agree to closing.",
    Event.PROMPT: "The requester of {case} is asked once more.",
    Event.AGREE: "The escalation of {case} is closed, as you agreed.",
    Event.OBJECT: "The escalation of {case} stays open; its owner reads why.",
    Event.DE_ESCALATE: "The escalation of {case} is closed.",
    Event.RATE: "Thank you. Your rating of {case} is noted.",
    Event.REVIEW: "Your review of {case} is noted.",
    Event.JUDGE: "Your judgement of the guidance for {case} is noted.",
    Event.PULL: "You answer for {case} from now on; its customer's right stays as it is.",
}


def done(event: Event, escalation: Escalation) -> Message:
    """Return what was done, to the person who did it."""
    return saying(DONE[event].format(case=f"*{escalation.case}*"))


def yours(escalation: Escalation) -> Message:
    """Return what a duty manager reads who was first."""
    due = escalation.contact_due_at
    contact = f" Please contact the requester by {when(due)}." if due else ""
    return saying(f"You answer for the escalation of *{escalation.case}* now.{contact}")


def promised(promise: Promise) -> Message:
    """Return what an owner reads who noted an action."""
    owner = who(promise.owner) if promise.owner else "Whoever is on duty"
    return saying(f"Noted for *{promise.case}*: {owner} does this by {when(promise.due_at)}.")


def kept(promise: Promise) -> Message:
    """Return what somebody reads who did what was promised."""
    return saying(f"Noted: that is done for *{promise.case}*.")


def receipt(escalation: Escalation) -> View:
    """Return what a person reads who escalated."""
    return modal(
        f"Escalated: {escalation.case}",
        section(
            f":triangular_flag_on_post: *{escalation.case}* is escalated since "
            f"{when(escalation.submitted_at)}.",
            "Whoever is on duty has been told. You hear from me, by name, who answers for it.",
        ),
    )


def stated(escalation: Escalation) -> View:
    """Return what a person reads who added a statement."""
    return modal(
        f"Escalated: {escalation.case}",
        section(f":white_check_mark: Added. {escalated(escalation)}."),
    )
