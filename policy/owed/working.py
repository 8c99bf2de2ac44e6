"""Who hears how an escalation is worked on, and how it ends."""

from dataclasses import replace

from policy.escalations import HandOver, Proposal
from policy.ids import UserId
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
    Notice,
)
from policy.owed.answering import briefed
from policy.owed.audience import Hears, Scene, told

H = Hears


def started(scene: Scene, by: UserId) -> tuple[Notice, ...]:
    """Return the plan; who does the first action hears of it too."""
    escalation = scene.escalation
    plan, more_at = escalation.plan, escalation.next_update_due_at
    if plan is None or more_at is None:
        return ()
    fact = EscalationStarted(
        escalation=escalation.id,
        by=by,
        criteria=plan.criteria,
        first_action=plan.first_action,
        actor=plan.by,
        next_update_at=more_at,
    )
    besides = () if escalation.request.confidential else (plan.by,)
    return told(scene, "started", fact, H.THREAD, H.DESK, besides=besides)


def updated(scene: Scene, by: UserId) -> tuple[Notice, ...]:
    """Return how it goes."""
    escalation = scene.escalation
    update, more_at = escalation.update, escalation.next_update_due_at
    if update is None or more_at is None:
        return ()
    fact = EscalationUpdated(
        escalation=escalation.id,
        by=by,
        text=update.text,
        trend=update.trend,
        next_update_at=more_at,
    )
    return told(scene, "updated", fact, H.THREAD, H.DESK)


def paused(scene: Scene, by: UserId) -> tuple[Notice, ...]:
    """Return until when nothing is due."""
    pause = scene.escalation.pause
    if pause is None:
        return ()
    fact = EscalationPaused(
        escalation=scene.escalation.id, by=by, reason=pause.reason, until=pause.until
    )
    return told(scene, "paused", fact, H.THREAD, H.DESK)


def resumed(scene: Scene, by: UserId) -> tuple[Notice, ...]:
    """Return that things are due again."""
    escalation = scene.escalation
    fact = EscalationResumed(
        escalation=escalation.id, by=by, next_update_at=escalation.next_update_due_at
    )
    return told(scene, "resumed", fact, H.THREAD, H.DESK, H.OWNER)


def offered(scene: Scene) -> tuple[Notice, ...]:
    """Return the offer to the one who is asked."""
    offer = scene.escalation.hand_over
    if offer is None:
        return ()
    fact = HandOverOffered(
        escalation=scene.escalation.id, by=offer.by, to=offer.to, note=offer.note
    )
    return told(scene, "offered", fact, H.DESK, besides=(offer.to,))


def accepted(scene: Scene, *, by: UserId, owner: UserId) -> tuple[Notice, ...]:
    """Return who answers for it now, in place of `owner`; and the brief for who does."""
    fact = HandOverAccepted(escalation=scene.escalation.id, by=by, owner=owner)
    heard = told(scene, "accepted", fact, H.THREAD, H.DESK, besides=(owner,))
    return (*heard, *briefed(scene))


def kept(scene: Scene, by: UserId, offer: HandOver) -> tuple[Notice, ...]:
    """Return that the owner goes on."""
    owner = scene.escalation.owner or offer.by
    fact = HandOverEnded(escalation=scene.escalation.id, by=by, to=offer.to, owner=owner)
    return told(scene, "kept", fact, H.DESK, H.OWNER, besides=(offer.to,))


def stabilised(scene: Scene, by: UserId) -> tuple[Notice, ...]:
    """Return what is watched, and until when."""
    watch = scene.escalation.watch
    if watch is None:
        return ()
    fact = EscalationStabilised(
        escalation=scene.escalation.id, by=by, watch=watch.what, until=watch.until
    )
    return told(scene, "stabilised", fact, H.THREAD, H.DESK)


def relapsed(scene: Scene, by: UserId, note: str) -> tuple[Notice, ...]:
    """Return that it is worked on again."""
    fact = EscalationRelapsed(escalation=scene.escalation.id, by=by, note=note)
    return told(scene, "relapsed", fact, H.THREAD, H.DESK, H.OWNER)


def proposed(scene: Scene) -> tuple[Notice, ...]:
    """Return the question whether it may be closed, for the first time or the second.

    After the last one its owner hears in time that nobody answered.
    """
    escalation, proposal = scene.escalation, scene.escalation.proposal
    if proposal is None:
        return ()
    fact = ClosingProposed(
        escalation=escalation.id,
        by=proposal.by,
        outcome=proposal.outcome,
        summary=proposal.summary,
        prompt=proposal.prompts,
        answer_due_at=proposal.answer_due_at,
    )
    asked = told(scene, "proposed", fact, H.REQUESTER, H.THREAD)
    return asked if proposal.prompts == 1 else (*asked, *_unanswered(scene, proposal))


def refused(scene: Scene, by: UserId, why: str) -> tuple[Notice, ...]:
    """Return that the requester objects to closing."""
    fact = ClosingRefused(escalation=scene.escalation.id, by=by, why=why)
    return told(scene, "refused", fact, H.THREAD, H.DESK, H.OWNER)


def closed(scene: Scene) -> tuple[Notice, ...]:
    """Return how it ended: the requester is to rate it, its owner to review it."""
    escalation, ending = scene.escalation, scene.escalation.ending
    if ending is None:
        return ()
    fact = EscalationClosed(
        escalation=escalation.id,
        by=ending.by,
        outcome=ending.outcome,
        summary=ending.summary,
        agreement=ending.agreement,
        override=ending.override,
    )
    everybody = replace(scene, by=None)  # whoever closed it has something left to do, too
    return told(everybody, "closed", fact, H.REQUESTER, H.THREAD, H.DESK, H.OWNER)


def rated(scene: Scene) -> tuple[Notice, ...]:
    """Return what the requester makes of it."""
    rating = scene.escalation.rating
    if rating is None:
        return ()
    fact = EscalationRated(
        escalation=scene.escalation.id, by=rating.by, score=rating.score, text=rating.text
    )
    return told(scene, "rated", fact, H.DESK, H.OWNER)


def _unanswered(scene: Scene, proposal: Proposal) -> tuple[Notice, ...]:
    fact = ClosingUnanswered(escalation=scene.escalation.id, prompt_at=scene.at)
    heard = told(replace(scene, by=None), "unanswered", fact, H.OWNER)
    return tuple(replace(each, not_before=proposal.answer_due_at) for each in heard)
