"""The end: ask for agreement, close, and look back from both sides."""

from dataclasses import replace
from datetime import datetime

from policy.cases import Case
from policy.escalations.escalation import Escalation
from policy.escalations.machine import moved, said, step
from policy.escalations.parts import (
    Agreement,
    Cause,
    ClosedAs,
    Ending,
    Judged,
    Judgement,
    Proposal,
    Rating,
    Review,
)
from policy.escalations.table import Event
from policy.escalations.targets import due_at, target_of
from policy.hours import DutyHours
from policy.refusals import AgreementMissing, GivenAlready, NotYours, Stale, Unreadable
from policy.roles import Role, Standing

PROMPTS = 2
"""How often the requester is asked before silence counts as agreement."""
SCORES = range(1, 6)


def proposed(
    escalation: Escalation,
    case: Case,
    *,
    outcome: ClosedAs,
    summary: str,
    by: Standing,
    hours: DutyHours | None = None,
    now: datetime,
) -> Escalation:
    """Return the escalation whose requester is asked to agree to closing it.

    An answer is due within the target for updates, so that nobody is asked twice in a minute.

    Raises:
        Refusal: as `step`, or Unreadable where the summary is amiss.
    """
    step(Event.PROPOSE, escalation, case, by)
    proposal = Proposal(
        outcome=outcome,
        summary=said("summary", summary),
        by=by.user,
        at=now,
        answer_due_at=_answer_due_at(case, hours=hours, now=now),
    )
    return moved(Event.PROPOSE, escalation, proposal=proposal)


def prompted(
    escalation: Escalation,
    case: Case,
    *,
    by: Standing | None,
    hours: DutyHours | None = None,
    now: datetime,
) -> Escalation:
    """Return the escalation whose requester is asked for the second time; None for nobody.

    Raises:
        Stale: nobody asked before, or twice already.
        AgreementMissing: the answer to the first prompt is not due yet.
        Refusal: as `step`.
    """
    step(Event.PROMPT, escalation, case, by)
    proposal = escalation.proposal
    if proposal is None or proposal.prompts >= PROMPTS:
        raise Stale
    if now < proposal.answer_due_at:
        raise _missing(case, proposal)
    again = replace(
        proposal,
        prompts=proposal.prompts + 1,
        answer_due_at=_answer_due_at(case, hours=hours, now=now),
    )
    return moved(Event.PROMPT, escalation, proposal=again)


def objected(escalation: Escalation, case: Case, *, why: str, by: Standing) -> Escalation:
    """Return the escalation that stays open, as its requester objects to closing it.

    Raises:
        Stale: nobody asked.
        Refusal: as `step`, or Unreadable where the reason is amiss.
    """
    step(Event.OBJECT, escalation, case, by)
    if escalation.proposal is None:
        raise Stale
    said("why", why)
    return moved(Event.OBJECT, escalation, proposal=None)


def agreed(escalation: Escalation, case: Case, *, by: Standing, now: datetime) -> Escalation:
    """Return the escalation closed as proposed, with its requester's agreement.

    Raises:
        Stale: nobody asked.
        Refusal: as `step`.
    """
    step(Event.AGREE, escalation, case, by)
    proposal = escalation.proposal
    if proposal is None:
        raise Stale
    ending = Ending(
        outcome=proposal.outcome,
        summary=proposal.summary,
        agreement=Agreement.REQUESTER,
        by=by.user,
        at=now,
    )
    return moved(Event.AGREE, escalation, ending=ending)


def may_close_unanswered(escalation: Escalation, *, now: datetime) -> bool:
    """Tell whether the requester was asked twice, and has not answered in time."""
    proposal = escalation.proposal
    return proposal is not None and proposal.prompts >= PROMPTS and now >= proposal.answer_due_at


def de_escalated(
    escalation: Escalation,
    case: Case,
    *,
    outcome: ClosedAs,
    summary: str,
    override: str = "",
    by: Standing,
    now: datetime,
) -> Escalation:
    """Return the escalation closed without an agreement: after two prompts, or by a lead.

    `override` is a lead's reason not to wait for the requester.

    Raises:
        AgreementMissing: the requester is to be asked first, or has time left to answer.
        NotYours: only a lead overrides.
        Refusal: as `step`, or Unreadable where a text is amiss.
    """
    step(Event.DE_ESCALATE, escalation, case, by)
    words = said("summary", summary)
    agreement, why = Agreement.SILENCE, ""
    if override.strip():
        if not by.has(Role.LEAD):
            raise NotYours(case=case.id, need="a lead")
        agreement, why = Agreement.LEAD, said("override", override)
    elif not may_close_unanswered(escalation, now=now):
        raise _missing(case, escalation.proposal)
    ending = Ending(
        outcome=outcome, summary=words, agreement=agreement, override=why, by=by.user, at=now
    )
    return moved(Event.DE_ESCALATE, escalation, ending=ending)


def rated(
    escalation: Escalation,
    case: Case,
    *,
    score: int,
    text: str = "",
    by: Standing,
    now: datetime,
) -> Escalation:
    """Return the closed escalation with what its requester makes of it, from 1 to 5; once.

    Raises:
        GivenAlready: it was rated before.
        Refusal: as `step`, or Unreadable where there is no such score.
    """
    step(Event.RATE, escalation, case, by)
    _once(case, escalation.rating)
    if score not in SCORES:
        raise Unreadable(field="score", message="Choose 1 to 5.")
    rating = Rating(score=score, text=text.strip(), by=by.user, at=now)
    return moved(Event.RATE, escalation, rating=rating)


def reviewed(
    escalation: Escalation,
    case: Case,
    *,
    preventable: bool,
    cause: Cause,
    text: str = "",
    by: Standing,
    now: datetime,
) -> Escalation:
    """Return the closed escalation with what its owner makes of it; once.

    Raises:
        GivenAlready: it was reviewed before.
        Refusal: as `step`.
    """
    step(Event.REVIEW, escalation, case, by)
    _once(case, escalation.review)
    review = Review(preventable=preventable, cause=cause, text=text.strip(), by=by.user, at=now)
    return moved(Event.REVIEW, escalation, review=review)


def judged(
    escalation: Escalation, case: Case, *, judgement: Judgement, by: Standing, now: datetime
) -> Escalation:
    """Return the escalation with what a duty manager makes of the advice that led here; once.

    Raises:
        Stale: no advice led here.
        GivenAlready: it was judged before.
        Refusal: as `step`.
    """
    step(Event.JUDGE, escalation, case, by)
    if escalation.request.run is None:
        raise Stale
    _once(case, escalation.judged)
    verdict = Judged(judgement=judgement, by=by.user, at=now)
    return moved(Event.JUDGE, escalation, judged=verdict)


def _once(case: Case, given: Rating | Review | Judged | None) -> None:
    if given is not None:
        raise GivenAlready(case=case.id, by=given.by, at=given.at)


def _missing(case: Case, proposal: Proposal | None) -> AgreementMissing:
    return AgreementMissing(
        case=case.id,
        prompts=proposal.prompts if proposal else 0,
        answer_due_at=proposal.answer_due_at if proposal else None,
    )


def _answer_due_at(case: Case, *, hours: DutyHours | None, now: datetime) -> datetime:
    return due_at(case, target_of(case).update, hours=hours, start_at=now)
