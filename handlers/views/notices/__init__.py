"""Notices as messages: what is owed, drawn at the moment it is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from slack_sdk.models.blocks import ButtonElement

from handlers.ids import Action
from handlers.views.crossings import crossed, crossed_for_duty, crossed_together
from handlers.views.message import Message, button, buttons, quoting, saying, section
from handlers.views.notices.answering import answering
from handlers.views.notices.casework import casework
from handlers.views.notices.noise import together
from handlers.views.notices.offered import offered
from handlers.views.notices.paging import paging
from handlers.views.notices.promises import promises
from handlers.views.notices.rota import rota
from handlers.views.notices.working import working
from handlers.views.text import ALONE, ago, links, passages, quoted, when, who
from policy.brief import Brief
from policy.cases import Case
from policy.comments import CommentKind
from policy.escalations import Escalation
from policy.notices import (
    AnsweringFact,
    CaseClosed,
    CaseFact,
    CaseReopened,
    CaseTaken,
    CaseworkFact,
    ChannelUnusable,
    ClosedHow,
    CommentAdded,
    Crossed,
    CrossedForDuty,
    CrossedTogether,
    CrossingNear,
    Gathered,
    Missing,
    NextStepDue,
    Notice,
    PagingFact,
    Person,
    PromiseFact,
    ReminderDue,
    RotaFact,
    SetupMissing,
    SeverityDecided,
    SeverityRequested,
    TierUnknown,
    WorkingFact,
)
from policy.roles import Side

MISSING: Mapping[Missing, str] = {
    Missing.ACCOUNT: (
        "opened a case but belongs to no account, so the default tier counts. "
        "Type `/case account` in the customer's channel to link it."
    ),
    Missing.DUTY_CHANNEL: (
        "escalated a case, and no duty channel is chosen; whoever is on duty was told privately. "
        "Type `/case settings` and choose one."
    ),
    Missing.LEADS: (
        "escalated confidentially, and no lead is named who may answer. "
        "Type `/case settings` and name the leads."
    ),
    Missing.DUTY: (
        "escalated a case, and nobody is named who may answer. "
        "Type `/case settings` and name the duty managers."
    ),
}


def message(
    notice: Notice,
    case: Case | None,
    *,
    escalation: Escalation | None = None,
    brief: Brief | None = None,
    now: datetime,
) -> Message:
    """Return the message that tells a notice; `now` only serves to admit that it comes late, and why.

    `escalation` is the one that the fact names, `brief` its brief where the notice brings it.
    """
    if isinstance(notice.fact, CommentAdded) and isinstance(notice.to, Person) and case:
        return _privately(notice.fact, case)
    shown = _message(notice, case, escalation, brief, now=now)
    return Message(
        shown.text,
        (*shown.blocks, *buttons(*offered(notice.fact, notice.to, escalation))),
    )


def _message(
    notice: Notice,
    case: Case | None,
    escalation: Escalation | None,
    brief: Brief | None,
    *,
    now: datetime,
) -> Message:
    fact, of = notice.fact, f"*{case.id}* {quoted(case.title)}: " if case else ""
    if isinstance(fact, AnsweringFact):
        return answering(fact, of, escalation, brief, now=now)
    if isinstance(fact, WorkingFact):
        return working(fact, of)
    if isinstance(fact, CaseworkFact):
        return casework(fact, case, of)
    if isinstance(fact, PromiseFact):
        return promises(fact, of)
    if isinstance(fact, RotaFact | PagingFact | Gathered):
        return _besides(fact, of)
    return _of_case(fact, case, of, owed_at=notice.at, now=now)


def _besides(fact: RotaFact | PagingFact | Gathered, of: str) -> Message:
    if isinstance(fact, Gathered):
        return together(fact, ())
    return rota(fact) if isinstance(fact, RotaFact) else paging(fact, of)


def _of_case(  # noqa: C901, PLR0911, PLR0912 - a row per fact
    fact: CaseFact, case: Case | None, of: str, *, owed_at: datetime, now: datetime
) -> Message:
    match fact:
        case Crossed(crossing=crossing):
            return crossed(crossing, owed_at=owed_at, now=now)
        case CrossedForDuty(crossing=crossing):
            return crossed_for_duty(crossing, owed_at=owed_at, now=now)
        case CrossedTogether(crossings=crossings):
            return crossed_together(crossings, owed_at=owed_at, now=now)
        case CrossingNear(available_at=at):
            text = f"{of}escalating becomes available {when(at)}, {ago(at)}."
            return _about(case, f":hourglass: {text} Only you are told so far.")
        case ReminderDue():
            text = f"{of}escalating is available now, as you asked to be told."
            return _about(case, text, _guide(case))
        case NextStepDue(step=step, due_at=due_at):
            text = f"{of}this was to happen by {when(due_at)}, and you asked to be reminded."
            return _about(case, text, _guide(case), quote=step)
        case CommentAdded():
            return _commented(fact)
        case SeverityRequested():
            return _severity_requested(fact, of)
        case SeverityDecided():
            return _about(None, of + _severity_decided(fact), quote=fact.reason)
        case CaseClosed():
            return _about(case, of + _closed(fact), _reopen(case))
        case CaseReopened(by=by):
            return saying(f"{of}reopened by {who(by)}; it is in progress again.")
        case CaseTaken(engineer=engineer):
            return saying(f"{of}{who(engineer)} works on this case.")
        case TierUnknown(name=name, tier=tier):
            return saying(
                f"The account {quoted(name)} has the tier {quoted(tier, 40)}, which the threshold "
                "table does not know: the longest wait counts. Type `/case account` in its "
                "channel to correct it."
            )
        case SetupMissing(missing=missing, user=user):
            return saying(f"{of}{who(user)} {MISSING[missing]}")
        case ChannelUnusable(channel=channel, error=error):
            return saying(
                f"I cannot post in <#{channel}> (`{quoted(error, 80)}`), so its notices go another "
                "way. Invite me there, or link another channel with `/case account` or "
                "`/case settings`."
            )
        case _:
            assert_never(fact)


def _about(
    case: Case | None, text: str, first: ButtonElement | None = None, *, quote: str = ""
) -> Message:
    show = button("Show the case", Action.SHOW_CASE, case.id) if case else None
    return quoting(text, quote, *buttons(first, show))


def _guide(case: Case | None) -> ButtonElement | None:
    return button("Check if escalating fits", Action.GUIDE, case.id) if case else None


def _reopen(case: Case | None) -> ButtonElement | None:
    return button("Reopen", Action.REOPEN_CASE, case.id) if case else None


def _closed(fact: CaseClosed) -> str:
    until = f"It can be reopened until {when(fact.reopenable_until)}."
    match fact.how:
        case ClosedHow.ASKED:
            return f"closed by {who(fact.by)}. {until}"
        case ClosedHow.ACCEPTED:
            return f"closed, {who(fact.by)} accepted the solution. {until}"
        case ClosedHow.SILENCE:
            return f"closed, because nobody answered the proposed solution. {until}"
        case _:
            assert_never(fact.how)


def _privately(fact: CommentAdded, case: Case) -> Message:
    """Return a comment for somebody who does not see its thread, with the way to answer it."""
    said = _commented(fact, f"*{case.id}* {quoted(case.title)}: ")
    answer = button("Answer", Action.COMMENT, case.id)
    show = button("Show the case", Action.SHOW_CASE, case.id)
    return saying(said.text, *said.blocks, *buttons(answer, show))


def _commented(fact: CommentAdded, of: str = "") -> Message:
    """Return a comment whole, in as many sections as it takes."""
    author = who(fact.author)
    if fact.kind is CommentKind.CHASE:
        uncounted = "" if fact.counts else " (too soon after the last one to count)"
        first = f":bell: {author} asks for an update{uncounted}:"
    elif fact.is_question:
        first = f":question: {author} asks, and the case waits for the answer:"
    else:
        side = " (support)" if fact.side is Side.SUPPORT else ""
        first = f"{author}{side}:"
    begins, *goes_on = passages(fact.text, ALONE)
    parts = (f"{of}{first}\n{begins}", *goes_on, *filter(None, (links(fact.links),)))
    return saying("\n".join(parts), *map(section, parts))


def _severity_requested(fact: SeverityRequested, of: str) -> Message:
    text = f"{of}{who(fact.by)} asks for {fact.severity.value} instead of {fact.before.value}:"
    return quoting(
        text,
        fact.why,
        *buttons(
            button("Agree", Action.GRANT_SEVERITY, fact.request, style="primary"),
            button("Refuse", Action.REFUSE_SEVERITY, fact.request),
        ),
    )


def _severity_decided(fact: SeverityDecided) -> str:
    available = f"escalating is available from {when(fact.available_at)}"
    if fact.granted:
        return (
            f"{who(fact.by)} changed the severity from {fact.before.value} to "
            f"{fact.severity.value}; {available}."
        )
    return (
        f"{who(fact.by)} refused {fact.severity.value}; it stays {fact.before.value}, {available}."
    )
