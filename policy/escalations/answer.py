"""The first answer: acknowledge, redirect or decline, and what may be said against those."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from policy.cases import Case, CaseRequest, Severity
from policy.comments import TEXT_LIMIT
from policy.escalations.escalation import Escalation
from policy.escalations.machine import moved, said, step
from policy.escalations.parts import (
    Contest,
    Decline,
    DeclineReason,
    Redirection,
    RedirectTarget,
)
from policy.escalations.right import restored
from policy.escalations.states import EscalationState
from policy.escalations.table import Event
from policy.escalations.targets import due_at, target_of
from policy.hours import DutyHours
from policy.ids import CaseId, UserId
from policy.refusals import ContestedAlready, Stale, Unreadable
from policy.roles import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class SayOnCase:
    """A redirect's errand: say the requester's words on a case."""

    case: CaseId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSeverity:
    """A redirect's errand: ask for another severity in the requester's words."""

    severity: Severity
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """A redirect's errand: open a case with the requester's words."""

    request: CaseRequest


Errand = SayOnCase | AskSeverity | OpenCase


def acknowledged(
    escalation: Escalation,
    case: Case,
    *,
    by: Standing,
    hours: DutyHours | None = None,
    now: datetime,
) -> Escalation:
    """Return the escalation with this person as its owner.

    Raises:
        NotYours: only duty managers and leads acknowledge; confidential ones only leads.
        OwnCase: the case's engineer never decides.
        AlreadyAcknowledged: somebody was first.
        EscalationIsOver: it has ended meanwhile.
    """
    step(Event.ACKNOWLEDGE, escalation, case, by)
    contact = target_of(case).contact
    return moved(
        Event.ACKNOWLEDGE,
        escalation,
        owner=by.user,
        owned_at=now,
        acknowledged_at=now,
        contact_due_at=due_at(case, contact, hours=hours, start_at=now),
    )


def redirected(
    escalation: Escalation,
    case: Case,
    *,
    target: RedirectTarget,
    reason: str,
    other: Case | None = None,
    severity: Severity | None = None,
    by: Standing,
    now: datetime,
) -> Escalation:
    """Return the escalation sent to where it belongs; the right is restored.

    `errand` says what is to be carried out in its stead.

    Raises:
        Unreadable: the target lacks its case or severity, or a text is amiss.
        Refusal: as `step`.
    """
    step(Event.REDIRECT, escalation, case, by)
    words = said("reason", reason)
    if target is RedirectTarget.OTHER_CASE and not _fits(other, case):
        raise Unreadable(field="case", message="Name another open case of the same account.")
    if target is RedirectTarget.SEVERITY_REQUEST and severity in {None, case.severity}:
        raise Unreadable(field="severity", message="Name the severity to ask for.")
    redirection = Redirection(
        target=target,
        reason=words,
        case=other.id if other and target is RedirectTarget.OTHER_CASE else None,
        severity=severity if target is RedirectTarget.SEVERITY_REQUEST else None,
        by=by.user,
        at=now,
    )
    return moved(Event.REDIRECT, escalation, redirection=redirection)


def errand(escalation: Escalation, case: Case) -> Errand | None:
    """Return what a redirect carries out; None of a confidential one, whose words stay private."""
    redirection, request = escalation.redirection, escalation.request
    if redirection is None or request.confidential:
        return None
    words = _said_in_one(request.impact, request.changed, request.wanted)
    match redirection.target:
        case RedirectTarget.COMMENT:
            return SayOnCase(case=case.id, text=words)
        case RedirectTarget.OTHER_CASE:
            return SayOnCase(case=redirection.case or case.id, text=words)
        case RedirectTarget.SEVERITY_REQUEST:
            why = request.changed or request.impact
            return AskSeverity(severity=redirection.severity or case.severity, why=why)
        case RedirectTarget.NEW_CASE:
            return OpenCase(request=_anew(escalation, case, words))
        case _:
            assert_never(redirection.target)


def declined(
    escalation: Escalation,
    case: Case,
    *,
    code: DeclineReason,
    explanation: str,
    alternative: str,
    contact: UserId,
    by: Standing,
    now: datetime,
) -> Escalation:
    """Return the escalation declined, with what helps instead; the right stays used.

    Raises:
        Refusal: as `step`, or Unreadable where a text is amiss.
    """
    step(Event.DECLINE, escalation, case, by)
    decline = Decline(
        code=code,
        explanation=said("explanation", explanation),
        alternative=said("alternative", alternative),
        contact=contact,
        by=by.user,
        at=now,
    )
    return moved(Event.DECLINE, escalation, decline=decline)


def disputed(
    escalation: Escalation, case: Case, *, why: str, by: Standing, now: datetime
) -> Escalation:
    """Return the redirected escalation, disputed to a lead; once.

    Raises:
        ContestedAlready: it has been disputed before.
        Refusal: as `step`, or Unreadable where the reason is amiss.
    """
    return _contested(Event.DISPUTE, escalation, case, why=why, by=by, now=now)


def appealed(
    escalation: Escalation, case: Case, *, why: str, by: Standing, now: datetime
) -> Escalation:
    """Return the declined escalation, appealed against to a lead; once.

    Raises:
        ContestedAlready: there was an appeal before.
        Refusal: as `step`, or Unreadable where the reason is amiss.
    """
    return _contested(Event.APPEAL, escalation, case, why=why, by=by, now=now)


def settled(
    escalation: Escalation,
    case: Case,
    *,
    granted: bool,
    answer: str,
    earlier: tuple[Escalation, ...] = (),
    by: Standing,
    now: datetime,
) -> Escalation:
    """Return the escalation with a lead's answer to its dispute or appeal.

    A granted appeal reinstates the right, which happens once per case: `earlier` are the case's
    other escalations. A granted dispute leaves the right restored as it is; the lead may take the
    words up (`taken_up`).

    Raises:
        Stale: nothing waits for an answer.
        ReinstatedAlready: the right has been reinstated before.
        Refusal: as `step`, or Unreadable where the answer is amiss.
    """
    step(Event.SETTLE, escalation, case, by)
    contest = escalation.contest
    if contest is None or contest.settled_by is not None:
        raise Stale
    words = said("answer", answer)
    settling = replace(contest, granted=granted, answer=words, settled_by=by.user, settled_at=now)
    changed = moved(Event.SETTLE, escalation, contest=settling)
    if granted and escalation.state is EscalationState.DECLINED:
        return restored(changed, reason=words, earlier=earlier, by=by.user, at=now)
    return changed


def returned(
    escalation: Escalation,
    case: Case,
    *,
    reason: str,
    by: Standing | None,
    hours: DutyHours | None = None,
    now: datetime,
) -> Escalation:
    """Return the escalation back with whoever is on duty; its acknowledgement clock starts anew.

    By a lead, or by nobody where its owner is gone.

    Raises:
        Refusal: as `step`, or Unreadable where the reason is amiss.
    """
    step(Event.RETURN, escalation, case, by)
    said("reason", reason)
    wait = target_of(case).acknowledge
    return moved(
        Event.RETURN,
        escalation,
        owner=None,
        owned_at=None,
        acknowledged_at=None,
        acknowledge_due_at=due_at(case, wait, hours=hours, start_at=now),
        contact_due_at=None,
        contacted_at=None,
        next_update_due_at=None,
        hand_over=None,
        pause=None,
        watch=None,
        proposal=None,
    )


def _contested(
    event: Event, escalation: Escalation, case: Case, *, why: str, by: Standing, now: datetime
) -> Escalation:
    step(event, escalation, case, by)
    if escalation.contest is not None:
        raise ContestedAlready(case=case.id, at=escalation.contest.at)
    contest = Contest(why=said("why", why), by=by.user, at=now)
    return moved(event, escalation, contest=contest)


def _said_in_one(*parts: str) -> str:
    """Return what was typed as one comment; more than it holds stands with the escalation."""
    words = "\n\n".join(filter(None, parts))
    return words if len(words) <= TEXT_LIMIT else f"{words[: TEXT_LIMIT - 1].rstrip()}…"


def _fits(other: Case | None, case: Case) -> bool:
    return (
        other is not None
        and other.is_open
        and other.account == case.account
        and other.id != case.id
    )


def _anew(escalation: Escalation, case: Case, words: str) -> CaseRequest:
    request = escalation.request
    return CaseRequest(
        account=case.account,
        title=case.title,
        description=words,
        severity=request.severity or case.severity,
        component=case.component,
        environment=case.environment,
        business_impact=request.impact,
        contact=request.contact,
        despite_warning=True,
    )
