"""Refusals as sentences: what stands in the way, and what to do next. One each, and only here."""

from collections.abc import Mapping
from typing import Any

from handlers.forms.words import heard
from handlers.ids import Action
from handlers.views.message import Message, button, buttons, context, saying, section
from handlers.views.text import ALONE, passages, when, who
from handlers.views.words import ESCALATION_STATE, STATE
from policy.cases import CaseState
from policy.escalations import EscalationState
from policy.refusals import (
    AgreementMissing,
    AlreadyAcknowledged,
    AlreadyInState,
    CaseIsClosed,
    ContestedAlready,
    EscalationAlreadyOpen,
    EscalationIsOpen,
    EscalationIsOver,
    EscalationMoved,
    GivenAlready,
    NoAccount,
    NoLongerReopenable,
    NoSuchCase,
    NotAvailableYet,
    NotYours,
    OtherAccount,
    OutOfTime,
    OwnCase,
    QuestionIsOpen,
    Refusal,
    ReinstatedAlready,
    RequestIsDecided,
    RequestIsOpen,
    RightIsUnused,
    RightIsUsed,
    SameSeverity,
    SolutionNeeded,
    Stale,
    SwapIsDecided,
    Unreadable,
)

NO_SUCH_CASE = "I find no such case that you can see. `/case list` shows yours."
UNUSED = "Not all that you typed could be put into the form."
NOT_NOW = "That is not possible now. `/case show` tells where the case stands."
SWAP = {
    True: "This swap has been accepted already.",
    False: "This swap has been refused already.",
    None: "This swap was not answered in time. Ask for another.",
}
UTC_TIME = "%Y-%m-%d %H:%M UTC"
"""Under a field Slack shows no moments in the reader's own time zone."""
QUICK = 30
"""As many characters are typed again more quickly than copied."""
VALUE = 2000
"""How much a button remembers."""
OUR_FAULT = "Something went wrong on our side, and nothing was changed. Please try again soon."
KEPT = "What you typed is still in the form."
TOO_LATE = "That took too long, and Slack no longer lets me open a window for it."


def sentence(refusal: Refusal) -> str:  # noqa: C901, PLR0911, PLR0912 - a row per refusal
    """Return what a person reads who was refused."""
    match refusal:
        case NoSuchCase():
            return NO_SUCH_CASE
        case NotYours(need=need):
            return f"This is for {need}. Ask them, or comment on the case."
        case AlreadyInState(case=case, state=state):
            return f"*{case}* is in the state “{STATE[CaseState(state)].lower()}”, so there is nothing to do."
        case EscalationIsOpen(case=case):
            return f"*{case}* has an open escalation; it can be closed once that has ended."
        case SolutionNeeded(case=case):
            return (
                f"Only its requester closes *{case}* at once. Propose a solution with "
                f"`/case solve {case}`: accepted, or after days of silence, it closes the case."
            )
        case OtherAccount(case=case, other=other):
            return (
                f"{case} and {other} belong to different customers, so neither may name the other."
            )
        case NoLongerReopenable(case=case, until=until):
            return (
                f"*{case}* could be reopened until {when(until)}. Open a new case with "
                "`/case open`, and name this one."
            )
        case CaseIsClosed(case=case):
            return f"*{case}* is closed. Reopen it with `/case reopen {case}`, or open a new case."
        case SameSeverity(severity=severity):
            return f"It is {severity} already. Choose another."
        case RequestIsDecided(by=by):
            return f"{who(by)} has answered this request already."
        case RequestIsOpen(case=case):
            return f"A severity request for *{case}* waits for its answer. Add what is new as a comment."
        case NotAvailableYet(case=case, available_at=at):
            return (
                f"Escalating *{case}* becomes available {when(at)}. What you typed is kept for a day; "
                f"`/case escalate {case}` offers it again, and a reminder."
            )
        case EscalationAlreadyOpen(case=case, by=by, at=at):
            return (
                f"{who(by)} has escalated *{case}* {when(at)}. `/case escalate {case}` shows who has "
                "it, and takes a statement."
            )
        case RightIsUsed(case=case, at=at):
            return f"The one escalation of *{case}* was used {when(at)}. Say what is new in a comment."
        case QuestionIsOpen(case=case):
            return f"*{case}* waits for your answer to our question. `/case escalate {case}` shows it."
        case AlreadyAcknowledged(owner=owner):
            return f"{who(owner)} acknowledged it just before you."
        case EscalationIsOver(case=case, state=state):
            word = ESCALATION_STATE[EscalationState(state)].lower()
            return f"The escalation of *{case}* has ended: {word}. There is nothing to do."
        case EscalationMoved(case=case, state=state, owner=owner):
            word = ESCALATION_STATE[EscalationState(state)].lower()
            whose = f"; {who(owner)} answers for it" if owner else ""
            return f"The escalation of *{case}* has moved on: {word}{whose}. Its card shows what is next."
        case ContestedAlready(case=case, at=at):
            return (
                f"The escalation of *{case}* was contested {when(at)}, and that is possible once."
            )
        case ReinstatedAlready(case=case, by=by, at=at):
            return f"{who(by)} reinstated the right of *{case}* {when(at)}, and that is possible once."
        case RightIsUnused(case=case):
            return (
                f"The right of *{case}* is unused: it can be escalated without being reinstated."
            )
        case AgreementMissing(case=case, prompts=prompts, answer_due_at=due):
            asked = f"asked so far: {prompts}" if prompts else "ask for it first"
            still = f", the answer is due {when(due)}" if due else ""
            return f"The requester of *{case}* has not agreed to closing ({asked}{still})."
        case GivenAlready(case=case, by=by, at=at):
            return f"{who(by)} gave this for *{case}* {when(at)}; it is given once."
        case OutOfTime(earliest=earliest, latest=latest):
            before = f" and before {latest:{UTC_TIME}}" if latest else ""
            return f"Choose a moment after {earliest:{UTC_TIME}}{before}."
        case SwapIsDecided(accepted=accepted):
            return SWAP[accepted]
        case OwnCase(case=case):
            return (
                f"You are the engineer of *{case}*, so another duty manager has to acknowledge it."
            )
        case NoAccount():
            return "Choose the account this is about. If yours is missing, ask an administrator."
        case Unreadable(message=message):
            return message
        case Stale():
            return (
                "This has changed meanwhile. Ask again: `/case list` shows where your cases stand."
            )
        case _:
            return NOT_NOW


def returned(message: Message, typed: str) -> Message:
    """Return a message with what somebody typed behind a command, to be copied: nothing is lost."""
    if len(typed) <= QUICK:
        return message
    words = map(section, passages(heard(typed), ALONE))
    return Message(message.text, (*message.blocks, context("What you typed:"), *words))


def again(body: Mapping[str, Any]) -> Message:
    """Return that Slack's time ran out, with a button that does the same once more."""
    actions = body.get("actions") or ()
    if actions:
        pressed = actions[0]
        chosen = pressed.get("selected_option") or pressed
        repeats = button("Try again", Action(pressed["action_id"]), chosen.get("value") or "")
    elif len(typed := body.get("text", "")) > VALUE:
        # to be copied: a button that forgot their end would post the rest
        words = passages(heard(typed), ALONE)
        return saying(TOO_LATE, section(TOO_LATE), *map(section, words))
    else:
        repeats = button("Try again", Action.AGAIN, typed)
    return saying(TOO_LATE, section(TOO_LATE), *buttons(repeats))
