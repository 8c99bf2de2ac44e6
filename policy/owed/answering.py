"""Who hears of the first answer to an escalation, and of what is said against it."""

from policy.escalations import EscalationState
from policy.ids import CaseId, UserId
from policy.notices import (
    BriefReady,
    ContestSettled,
    EscalationContested,
    EscalationDeclined,
    EscalationPulled,
    EscalationRedirected,
    EscalationReturned,
    EscalationWithdrawn,
    Notice,
    RequesterGone,
    RightReinstated,
)
from policy.owed.audience import Hears, Scene, requesters, told

H = Hears
OUR_WORD = (H.REQUESTER, H.THREAD, H.DESK)
"""What requester, case and duty side hear of, each in their place."""


def withdrawn(scene: Scene, by: UserId) -> tuple[Notice, ...]:
    """Return that its submitter took it back."""
    fact = EscalationWithdrawn(escalation=scene.escalation.id, by=by)
    return told(scene, "withdrawn", fact, H.REQUESTER, H.THREAD, H.DESK)


def pulled(scene: Scene, by: UserId) -> tuple[Notice, ...]:
    """Return that management took the case up."""
    escalation = scene.escalation
    fact = EscalationPulled(escalation=escalation.id, by=by, reason=escalation.pulled)
    return (*told(scene, "pulled", fact, *OUR_WORD), *briefed(scene))


def briefed(scene: Scene) -> tuple[Notice, ...]:
    """Return the brief for whoever has come to answer for it."""
    owner = scene.escalation.owner
    if owner is None:
        return ()
    fact = BriefReady(escalation=scene.escalation.id, owner=owner)
    unsilenced = Scene(
        case=scene.case, escalation=scene.escalation, by=None, leads=scene.leads, at=scene.at
    )
    return told(unsilenced, "briefed", fact, H.OWNER)


def redirected(
    scene: Scene, *, opened: CaseId | None = None, is_carried_out: bool
) -> tuple[Notice, ...]:
    """Return where it was sent; `opened` is the case that was opened for it."""
    redirection = scene.escalation.redirection
    if redirection is None:
        return ()
    fact = EscalationRedirected(
        escalation=scene.escalation.id,
        by=redirection.by,
        target=redirection.target,
        reason=redirection.reason,
        case=redirection.case or opened,
        severity=redirection.severity,
        is_carried_out=is_carried_out,
    )
    return told(scene, "redirected", fact, *OUR_WORD, H.OWNER)


def declined(scene: Scene) -> tuple[Notice, ...]:
    """Return why it was declined, and what helps instead; whom to talk to hears of it too."""
    decline = scene.escalation.decline
    if decline is None:
        return ()
    fact = EscalationDeclined(
        escalation=scene.escalation.id,
        by=decline.by,
        code=decline.code,
        explanation=decline.explanation,
        alternative=decline.alternative,
        contact=decline.contact,
    )
    besides = () if scene.escalation.request.confidential else (decline.contact,)
    return told(scene, "declined", fact, *OUR_WORD, H.OWNER, besides=besides)


def contested(scene: Scene) -> tuple[Notice, ...]:
    """Return that a redirect is disputed, or a decline appealed against: leads have to answer."""
    contest = scene.escalation.contest
    if contest is None:
        return ()
    fact = EscalationContested(
        escalation=scene.escalation.id,
        by=contest.by,
        why=contest.why,
        is_appeal=_is_appeal(scene),
    )
    return told(scene, "contested", fact, H.LEADS, H.DESK, besides=(_decider(scene),))


def settled(scene: Scene) -> tuple[Notice, ...]:
    """Return what a lead answered."""
    contest = scene.escalation.contest
    if contest is None or contest.settled_by is None:
        return ()
    fact = ContestSettled(
        escalation=scene.escalation.id,
        by=contest.settled_by,
        granted=bool(contest.granted),
        answer=contest.answer,
        is_appeal=_is_appeal(scene),
    )
    return told(scene, "settled", fact, *OUR_WORD, besides=(contest.by, _decider(scene)))


def reinstated(scene: Scene) -> tuple[Notice, ...]:
    """Return that a lead restored the right."""
    reinstatement = scene.escalation.reinstatement
    if reinstatement is None:
        return ()
    fact = RightReinstated(
        escalation=scene.escalation.id, by=reinstatement.by, reason=reinstatement.reason
    )
    return told(scene, "reinstated", fact, *OUR_WORD)


def returned(scene: Scene, *, owner: UserId | None, reason: str) -> tuple[Notice, ...]:
    """Return that it is back with whoever is on duty; who had it hears of that too."""
    fact = EscalationReturned(
        escalation=scene.escalation.id, by=scene.by, owner=owner, reason=reason
    )
    return told(scene, "returned", fact, *OUR_WORD, besides=(owner,))


def requester_gone(scene: Scene, user: UserId, gone: frozenset[UserId]) -> tuple[Notice, ...]:
    """Return, once, that somebody who asked for it has left, and who is asked from now on."""
    request, case = scene.escalation.request, scene.case
    named = (
        *requesters(case, scene.escalation),
        *filter(None, (request.alternate, case.contact, case.requester, case.reporter)),
    )
    contact = next((each for each in named if each not in gone), None)
    fact = RequesterGone(escalation=scene.escalation.id, user=user, contact=contact)
    return told(scene, "requester_gone", fact, H.DESK, H.OWNER, once=user)


def _is_appeal(scene: Scene) -> bool:
    return scene.escalation.state is EscalationState.DECLINED


def _decider(scene: Scene) -> UserId | None:
    decision = scene.escalation.decline or scene.escalation.redirection
    return decision.by if decision else None
