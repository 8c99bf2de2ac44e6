"""The right: used once per case, and reinstated once per case by a lead."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from policy.cases import Case
from policy.escalations.escalation import Escalation
from policy.escalations.machine import moved, said, step
from policy.escalations.parts import Reinstatement
from policy.escalations.table import Event
from policy.ids import UserId
from policy.refusals import ReinstatedAlready, RightIsUnused
from policy.roles import Standing


def reinstated(
    escalation: Escalation,
    case: Case,
    *,
    reason: str,
    earlier: Iterable[Escalation] = (),
    by: Standing,
    now: datetime,
) -> Escalation:
    """Return the ended escalation, which no longer uses its case's right.

    `earlier` are the case's other escalations: a right is reinstated once per case.

    Raises:
        RightIsUnused: this one does not use it.
        ReinstatedAlready: a lead has done so before.
        Refusal: as `step`, or Unreadable where the reason is amiss.
    """
    step(Event.REINSTATE, escalation, case, by)
    words = said("reason", reason)
    changed = moved(Event.REINSTATE, escalation)
    return restored(changed, reason=words, earlier=earlier, by=by.user, at=now)


def restored(
    escalation: Escalation, *, reason: str, earlier: Iterable[Escalation], by: UserId, at: datetime
) -> Escalation:
    """Return the escalation without the right it used, in the same version.

    Raises:
        RightIsUnused: this one does not use it.
        ReinstatedAlready: it was reinstated before, here or on another escalation of the case.
    """
    for each in (escalation, *earlier):
        if each.reinstatement is not None:
            raise ReinstatedAlready(
                case=each.case, by=each.reinstatement.by, at=each.reinstatement.at
            )
    if not escalation.holds_right:
        raise RightIsUnused(case=escalation.case)
    reinstatement = Reinstatement(reason=reason, by=by, at=at)
    return replace(escalation, uses_right=False, reinstatement=reinstatement)
