"""The work: start, tell how it goes, pause, hand over, watch, and begin again."""

from dataclasses import replace
from datetime import datetime, timedelta

from policy.cases import Case
from policy.escalations.escalation import Escalation
from policy.escalations.machine import may_answer, moved, said, step
from policy.escalations.parts import HandOver, Pause, Plan, Trend, Update, Watch
from policy.escalations.table import Event
from policy.escalations.targets import due_at, target_of
from policy.hours import DutyHours
from policy.ids import UserId
from policy.refusals import OutOfTime, Stale, Unreadable
from policy.roles import Standing

PAUSED_AT_MOST = timedelta(days=14)


def latest_update_at(case: Case, *, hours: DutyHours | None, now: datetime) -> datetime:
    """Return by when the next update has to be promised at the latest."""
    return due_at(case, target_of(case).update, hours=hours, start_at=now)


def contacted(escalation: Escalation, case: Case, *, by: Standing, now: datetime) -> Escalation:
    """Return the escalation whose owner has spoken to the requester; the first time counts.

    Raises:
        Refusal: as `step`.
    """
    step(Event.CONTACT, escalation, case, by)
    if escalation.contacted_at is not None:
        return escalation
    return moved(Event.CONTACT, escalation, contacted_at=now)


def started(
    escalation: Escalation,
    case: Case,
    *,
    criteria: str,
    first_action: str,
    actor: UserId,
    next_update_at: datetime,
    by: Standing,
    hours: DutyHours | None = None,
    now: datetime,
) -> Escalation:
    """Return the escalation that is worked on, with its plan; its requester hears of it.

    Raises:
        OutOfTime: the next update is promised for the past, or later than the target allows.
        Refusal: as `step`, or Unreadable where a text is amiss.
    """
    step(Event.START, escalation, case, by)
    plan = Plan(
        criteria=said("criteria", criteria),
        first_action=said("first_action", first_action),
        by=actor,
    )
    return moved(
        Event.START,
        escalation,
        plan=plan,
        contacted_at=escalation.contacted_at or now,
        next_update_due_at=_promised(next_update_at, case, hours=hours, now=now),
    )


def updated(
    escalation: Escalation,
    case: Case,
    *,
    text: str,
    trend: Trend,
    next_update_at: datetime,
    by: Standing,
    hours: DutyHours | None = None,
    now: datetime,
) -> Escalation:
    """Return the escalation with what its owner tells of it, and by when more follows.

    Raises:
        OutOfTime: the next update is promised for the past, or later than the target allows.
        Refusal: as `step`, or Unreadable where the text is amiss.
    """
    step(Event.UPDATE, escalation, case, by)
    return moved(
        Event.UPDATE,
        escalation,
        update=Update(text=said("text", text), trend=trend, at=now),
        contacted_at=escalation.contacted_at or now,
        next_update_due_at=_promised(next_update_at, case, hours=hours, now=now),
        pause=None,
    )


def paused(
    escalation: Escalation,
    case: Case,
    *,
    reason: str,
    until: datetime,
    by: Standing,
    now: datetime,
) -> Escalation:
    """Return the escalation in which nothing is due until then, as its requester wants it.

    Raises:
        OutOfTime: that is past, or too far ahead.
        Refusal: as `step`, or Unreadable where the reason is amiss.
    """
    step(Event.PAUSE, escalation, case, by)
    pause = Pause(reason=said("reason", reason), until=until)
    _in_time("until", until, latest=now + PAUSED_AT_MOST, now=now)
    update_at = max(until, escalation.next_update_due_at or until)
    return moved(Event.PAUSE, escalation, pause=pause, next_update_due_at=update_at)


def resumed(
    escalation: Escalation,
    case: Case,
    *,
    by: Standing,
    hours: DutyHours | None = None,
    now: datetime,
) -> Escalation:
    """Return the paused escalation in which things are due again.

    Raises:
        Stale: it is not paused.
        Refusal: as `step`.
    """
    step(Event.RESUME, escalation, case, by)
    if not escalation.is_paused(now=now):
        raise Stale
    update_at = latest_update_at(case, hours=hours, now=now)
    return moved(Event.RESUME, escalation, pause=None, next_update_due_at=update_at)


def handed_over(
    escalation: Escalation, case: Case, *, to: Standing, note: str, by: Standing, now: datetime
) -> Escalation:
    """Return the escalation offered to somebody else; its owner answers for it until then.

    Another offer that was not accepted yet is replaced.

    Raises:
        Unreadable: the other may not answer for it, or the note is amiss.
        Refusal: as `step`.
    """
    step(Event.HAND_OVER, escalation, case, by)
    fits = may_answer(to, confidential=escalation.request.confidential)
    if not fits or to.user in {case.engineer, escalation.owner}:
        message = "Name another duty manager or lead, who is not the case's engineer."
        raise Unreadable(field="to", message=message)
    offer = HandOver(to=to.user, note=said("note", note), by=by.user, at=now)
    return moved(Event.HAND_OVER, escalation, hand_over=offer)


def accepted(escalation: Escalation, case: Case, *, by: Standing, now: datetime) -> Escalation:
    """Return the escalation owned by the one it was handed to.

    Raises:
        Refusal: as `step`; an offer that is gone is for nobody.
    """
    step(Event.ACCEPT, escalation, case, by)
    return moved(Event.ACCEPT, escalation, owner=by.user, owned_at=now, hand_over=None)


def kept(escalation: Escalation, case: Case, *, by: Standing) -> Escalation:
    """Return the escalation that stays with its owner: the offer was refused or taken back.

    Raises:
        Stale: nothing was offered.
        Refusal: as `step`.
    """
    step(Event.KEEP, escalation, case, by)
    if escalation.hand_over is None:
        raise Stale
    return moved(Event.KEEP, escalation, hand_over=None)


def stabilised(
    escalation: Escalation,
    case: Case,
    *,
    watch: str,
    until: datetime,
    by: Standing,
    now: datetime,
) -> Escalation:
    """Return the escalation that is only watched any more, and for how long.

    Raises:
        OutOfTime: that is past.
        Refusal: as `step`, or Unreadable where the text is amiss.
    """
    step(Event.STABILISE, escalation, case, by)
    watching = Watch(what=said("watch", watch), until=until)
    _in_time("until", until, latest=None, now=now)
    return moved(Event.STABILISE, escalation, watch=watching, pause=None, next_update_due_at=None)


def relapsed(
    escalation: Escalation,
    case: Case,
    *,
    note: str,
    by: Standing,
    hours: DutyHours | None = None,
    now: datetime,
) -> Escalation:
    """Return the watched escalation that is worked on again; an update is due within the target.

    Raises:
        Refusal: as `step`, or Unreadable where the note is amiss.
    """
    step(Event.RELAPSE, escalation, case, by)
    said("note", note)
    update_at = latest_update_at(case, hours=hours, now=now)
    return moved(
        Event.RELAPSE, escalation, watch=None, proposal=None, next_update_due_at=update_at
    )


def hastened(
    escalation: Escalation, case: Case, *, hours: DutyHours | None = None, now: datetime
) -> Escalation:
    """Return the open escalation of a case whose severity or tier has changed, as its next version.

    What is still owed comes no later than the case's new targets say, counted from now on: nobody
    can keep a target before it is known. Of two dates the earlier one stays, so a lower severity
    puts nothing off; and a pause is kept.
    """
    rest = escalation.pause.until if escalation.pause else now

    def sooner(due: datetime, wait: timedelta) -> datetime:
        return min(due, max(rest, due_at(case, wait, hours=hours, start_at=now)))

    wanted, after = target_of(case), replace(escalation, version=escalation.version + 1)
    if escalation.owner is None:
        first = sooner(escalation.acknowledge_due_at, wanted.acknowledge)
        return replace(after, acknowledge_due_at=first)
    contact, update = escalation.contact_due_at, escalation.next_update_due_at
    if contact and escalation.contacted_at is None:
        after = replace(after, contact_due_at=sooner(contact, wanted.contact))
    return replace(after, next_update_due_at=sooner(update, wanted.update)) if update else after


def _promised(at: datetime, case: Case, *, hours: DutyHours | None, now: datetime) -> datetime:
    latest = latest_update_at(case, hours=hours, now=now)
    return _in_time("next_update_at", at, latest=latest, now=now)


def _in_time(field: str, at: datetime, *, latest: datetime | None, now: datetime) -> datetime:
    if at <= now or (latest is not None and at > latest):
        raise OutOfTime(field=field, earliest=now, latest=latest)
    return at
