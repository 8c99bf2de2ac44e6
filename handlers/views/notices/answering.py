"""What becomes of an escalation until somebody works on it, as messages."""

from datetime import datetime
from typing import assert_never

from handlers.views.escalations.brief import brief_message
from handlers.views.message import Message, quoting, saying
from handlers.views.text import ago, quoted, when, who
from handlers.views.words import DECLINED, REASON, REDIRECTED
from policy.brief import Brief
from policy.escalations import Escalation
from policy.notices import (
    AnsweringFact,
    BriefReady,
    ContestSettled,
    EscalationAcknowledged,
    EscalationContested,
    EscalationDeclined,
    EscalationPulled,
    EscalationReceived,
    EscalationRedirected,
    EscalationReturned,
    EscalationWaits,
    EscalationWithdrawn,
    RequesterGone,
    RightReinstated,
    StatementAdded,
)

WORDS = 1000
"""All that a form takes of what helps instead."""
NOBODY_ASKED = "nobody else is named, so please ask their colleagues"


def answering(  # noqa: C901, PLR0911, PLR0912 - a row per fact
    fact: AnsweringFact,
    of: str,
    escalation: Escalation | None,
    brief: Brief | None,
    *,
    now: datetime,
) -> Message:
    """Return the message that tells the fact; `of` names the case."""
    match fact:
        case EscalationReceived(by=by):
            return saying(f"{of}{who(by)} has escalated this case; a duty manager will answer.")
        case EscalationWaits():
            return _waits(fact, of, escalation, now=now)
        case EscalationAcknowledged():
            return saying(of + _acknowledged(fact))
        case BriefReady():
            return _brief(of, brief)
        case StatementAdded(author=author, text=text):
            return quoting(f"{of}{who(author)} adds to the escalation:", text)
        case EscalationWithdrawn(by=by):
            return saying(
                f"{of}{who(by)} took the escalation back; the case may be escalated again."
            )
        case EscalationPulled(by=by, reason=reason):
            text = (
                f"{of}{who(by)} takes this case up for management; your escalation stays unused:"
            )
            return quoting(text, reason)
        case EscalationRedirected(reason=reason):
            return quoting(of + _redirected(fact), reason)
        case EscalationDeclined(explanation=explanation):
            return quoting(of + _declined(fact), explanation)
        case EscalationContested(by=by, why=why, is_appeal=is_appeal):
            said = "appeals against the decline" if is_appeal else "disputes the redirect"
            return quoting(f"{of}{who(by)} {said}; a lead answers:", why)
        case ContestSettled(answer=answer):
            return quoting(of + _settled(fact), answer)
        case RightReinstated(by=by, reason=reason):
            return quoting(f"{of}{who(by)} restored the right to escalate this case:", reason)
        case EscalationReturned(owner=owner, reason=reason):
            had = f" It was with {who(owner)}." if owner else ""
            return quoting(f"{of}the escalation is back with whoever is on duty.{had}", reason)
        case RequesterGone(user=user, contact=contact):
            asked = f"please ask {who(contact)} from now on" if contact else NOBODY_ASKED
            return saying(f"{of}{who(user)}, who asked for it, has left Slack; {asked}.")
        case _:
            assert_never(fact)


def _waits(
    fact: EscalationWaits, of: str, escalation: Escalation | None, *, now: datetime
) -> Message:
    is_open = escalation is not None and not escalation.request.confidential
    why = f"\nReason: {REASON[escalation.request.reason]}." if escalation and is_open else ""
    due = f"{when(fact.due_at)} ({ago(fact.due_at)})"
    late = f"Nobody has acknowledged it yet; this was due by {due}."
    wish = late if now > fact.due_at else f"Please acknowledge by {due}."
    return saying(f":triangular_flag_on_post: {of}{who(fact.by)} has escalated. {wish}{why}")


def _acknowledged(fact: EscalationAcknowledged) -> str:
    contact = (
        f" First contact follows by {when(fact.contact_due_at)}." if fact.contact_due_at else ""
    )
    return f"{who(fact.owner)} acknowledged the escalation and answers for it.{contact}"


def _brief(of: str, brief: Brief | None) -> Message:
    if brief is None:
        return saying(f"{of}you answer for the escalation now.")
    return brief_message(of, brief)


def _redirected(fact: EscalationRedirected) -> str:
    other = f" ({fact.case})" if fact.case else ""
    severity = f" ({fact.severity.value})" if fact.severity else ""
    done = "it became" if fact.is_carried_out else "it belongs into"
    return (
        f"{who(fact.by)} redirected the escalation: {done} {REDIRECTED[fact.target]}"
        f"{other}{severity}, and the case may be escalated again."
    )


def _declined(fact: EscalationDeclined) -> str:
    return (
        f"{who(fact.by)} declined the escalation: {DECLINED[fact.code].lower()}. "
        f"Instead: {quoted(fact.alternative, WORDS)} Please talk to {who(fact.contact)}."
    )


def _settled(fact: ContestSettled) -> str:
    what = "the appeal" if fact.is_appeal else "the dispute"
    return f"{who(fact.by)} {'granted' if fact.granted else 'refused'} {what}:"
