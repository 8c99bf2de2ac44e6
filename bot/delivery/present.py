"""What a notice speaks of, read again just before it is sent."""

from datetime import datetime

from bot.desk.briefs import brief_of
from bot.storage.work import Work
from policy.brief import Brief
from policy.escalations import Escalation
from policy.ids import EscalationId, PromiseId
from policy.notices import BriefReady, Notice, SwapProposed
from policy.promises import Promise
from policy.refusals import Stale
from policy.rota import Swap
from policy.timeliness import Present


async def present_of(work: Work, notice: Notice) -> Present:
    """Return the state that a notice speaks of, as it is now."""
    workspace, case, request = notice.workspace, None, None
    if notice.case is not None:
        case = await work.cases.find(workspace, notice.case)
        request = await work.severities.open_of(workspace, notice.case)
    return Present(
        case=case,
        escalation=await _escalation(work, notice),
        table=await work.thresholds.current(workspace),
        severity_request=request,
        promise=await _promise(work, notice),
        swap=await _swap(work, notice),
    )


async def brief_for(
    work: Work, notice: Notice, present: Present, *, now: datetime
) -> Brief | None:
    """Return the brief that a notice brings, None for all that bring none."""
    case, escalation = present.case, present.escalation
    if not isinstance(notice.fact, BriefReady) or case is None or escalation is None:
        return None
    return await brief_of(work, escalation, case, now=now)


def named(notice: Notice) -> EscalationId | None:
    """Return the escalation that a notice tells of, if it tells of one."""
    escalation: EscalationId | None = getattr(notice.fact, "escalation", None)
    return escalation


async def _escalation(work: Work, notice: Notice) -> Escalation | None:
    """Return the escalation that the fact names, else the one that the case has."""
    if escalation := named(notice):
        try:
            return await work.escalations.get(notice.workspace, escalation)
        except Stale:
            return None
    return await work.escalations.of_case(notice.workspace, notice.case) if notice.case else None


async def _promise(work: Work, notice: Notice) -> Promise | None:
    promise: PromiseId | None = getattr(notice.fact, "promise", None)
    if promise is None:
        return None
    try:
        return await work.promises.get(notice.workspace, promise)
    except Stale:
        return None


async def _swap(work: Work, notice: Notice) -> Swap | None:
    if not isinstance(notice.fact, SwapProposed):
        return None
    try:
        return await work.rota.swap(notice.workspace, notice.fact.swap)
    except Stale:
        return None


def is_confidential(present: Present) -> bool:
    """Tell whether leads alone may learn of it, besides those who asked."""
    return present.escalation is not None and present.escalation.request.confidential
