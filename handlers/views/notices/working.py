"""How an escalation is worked on and ends, as messages."""

from typing import assert_never

from handlers.views.message import Message, quoting, saying
from handlers.views.text import quoted, when, who
from handlers.views.words import AGREEMENT, OUTCOME, TREND
from policy.notices import (
    ClosingProposed,
    ClosingRefused,
    ClosingUnanswered,
    EscalationClosed,
    EscalationPaused,
    EscalationRated,
    EscalationRelapsed,
    EscalationResumed,
    EscalationStabilised,
    EscalationStarted,
    EscalationUpdated,
    HandOverAccepted,
    HandOverEnded,
    HandOverOffered,
    WorkingFact,
)


def working(  # noqa: C901, PLR0911, PLR0912 - a row per fact
    fact: WorkingFact, of: str
) -> Message:
    """Return the message that tells the fact; `of` names the case."""
    match fact:
        case EscalationStarted(criteria=criteria):
            return quoting(of + _started(fact), criteria)
        case EscalationUpdated(by=by, text=text, trend=trend, next_update_at=at):
            said = f"{of}{who(by)} on the escalation ({TREND[trend].lower()}); more by {when(at)}:"
            return quoting(said, text)
        case EscalationPaused(by=by, reason=reason, until=until):
            text = f"{of}{who(by)} paused the escalation until {when(until)}:"
            return quoting(text, reason)
        case EscalationResumed(by=by, next_update_at=at):
            more = f"; more by {when(at)}" if at else ""
            return saying(f"{of}{who(by)} resumed the escalation{more}.")
        case HandOverOffered(by=by, to=to, note=note):
            text = f"{of}{who(by)} asks {who(to)} to answer for the escalation from now on:"
            return quoting(text, note)
        case HandOverAccepted(by=by, owner=owner):
            return saying(
                f"{of}{who(by)} answers for the escalation now, in place of {who(owner)}."
            )
        case HandOverEnded(to=to, owner=owner):
            return saying(f"{of}{who(owner)} goes on; the offer to {who(to)} has ended.")
        case EscalationStabilised(by=by, watch=watch, until=until):
            return quoting(f"{of}{who(by)} watches it until {when(until)}:", watch)
        case EscalationRelapsed(by=by, note=note):
            return quoting(f"{of}{who(by)} says that it is back; it is worked on again:", note)
        case ClosingProposed(summary=summary):
            return quoting(of + _proposed(fact), summary)
        case ClosingUnanswered(prompt_at=at):
            return saying(
                f"{of}nobody answered since {when(at)} whether the escalation may be closed: "
                "you may close it."
            )
        case ClosingRefused(by=by, why=why):
            return quoting(f"{of}{who(by)} objects to closing the escalation:", why)
        case EscalationClosed(summary=summary):
            return quoting(of + _closed(fact), summary)
        case EscalationRated(by=by, score=score, text=text):
            said = f"{of}{who(by)} rated the escalation with {score} of 5."
            return quoting(said, text)
        case _:
            assert_never(fact)


def _started(fact: EscalationStarted) -> str:
    return (
        f"{who(fact.by)} works on the escalation. First, {who(fact.actor)}: "
        f"{quoted(fact.first_action, 500)} More by {when(fact.next_update_at)}. It is done when:"
    )


def _proposed(fact: ClosingProposed) -> str:
    again = "asks again" if fact.prompt > 1 else "asks"
    return (
        f"{who(fact.by)} {again} whether the escalation may be closed "
        f"({OUTCOME[fact.outcome].lower()}); please answer by {when(fact.answer_due_at)}:"
    )


def _closed(fact: EscalationClosed) -> str:
    how = f"{OUTCOME[fact.outcome].lower()}; {AGREEMENT[fact.agreement]}"
    return f"{who(fact.by)} closed the escalation ({how}):"
