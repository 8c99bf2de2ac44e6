"""Whom the rungs of a ladder reach, and who hears of what was promised."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from policy.cases import Case
from policy.escalations import Escalation
from policy.ids import UserId
from policy.notices import (
    ActionKept,
    ActionPromised,
    Administrators,
    Channel,
    EscalationThread,
    EscalationWaits,
    Fact,
    Notice,
    Person,
    PromiseHastened,
    PromiseLate,
    PromiseWaits,
)
from policy.owed.audience import requesters
from policy.owed.notice import notice
from policy.promises import Call, Kind, Promise, Rung
from policy.promises import told as spoken_to
from policy.settings import WorkspaceSettings

C = Call
OPENLY: Mapping[Call, str] = {
    C.DUTY_IN_THREAD: "duty",
    C.BACKUP_IN_THREAD: "backups",
    C.OWNER_IN_THREAD: "owner",
    C.LEAD_IN_THREAD: "leads",
}
PRIVATELY: Mapping[Call, str] = {
    C.DUTY_DM: "duty",
    C.OWNER_DM: "owner",
    C.LEAD_DM: "leads",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Whom a ladder's calls reach at this moment; the case's engineer is none of them.

    Of a confidential escalation, leads are on duty and nobody backs them up.
    """

    duty: tuple[UserId, ...] = ()
    backups: tuple[UserId, ...] = ()
    owner: tuple[UserId, ...] = ()
    """Who keeps the promise; empty where whoever is on duty does."""
    leads: tuple[UserId, ...] = ()

    def people(self, part: str) -> tuple[UserId, ...]:
        """Return who has this part."""
        found: tuple[UserId, ...] = getattr(self, part)
        return found


def climbed(
    case: Case,
    escalation: Escalation,
    promise: Promise,
    due: Iterable[Rung],
    *,
    called: Called,
    settings: WorkspaceSettings,
    now: datetime,
) -> tuple[Notice, ...]:
    """Return who is told on rungs that are climbed together: each once, of the highest."""
    speaks, known = spoken_to(due), (case, escalation, promise, now)
    openly = {call: rung for call, rung in speaks.items() if call in OPENLY}
    privately = {call: rung for call, rung in speaks.items() if call in PRIVATELY}
    if escalation.request.confidential:
        openly, privately = {}, {**privately, **openly}
    found = [
        *_privately(privately, called, *known),
        *_openly(openly, called, *known),
    ]
    if rung := speaks.get(C.REQUESTER):
        found += _honestly(rung, settings, *known)
    if (rung := speaks.get(C.ADMINISTRATORS_CHANNEL)) and not escalation.request.confidential:
        found.append(_to_administrators(rung, settings, *known))
    return tuple(found)


def made(case: Case, promise: Promise, by: UserId, *, at: datetime) -> tuple[Notice, ...]:
    """Return what somebody is to do, for that person, who may have promised it in person."""
    if promise.owner is None or promise.owner == by:
        return ()
    fact = ActionPromised(
        escalation=promise.escalation,
        promise=promise.id,
        by=by,
        actor=promise.owner,
        what=promise.what,
        due_at=promise.due_at,
    )
    to = Person(user=promise.owner)
    return (notice(case, f"promises.made:{promise.id}:{promise.owner}", to, fact, at=at),)


def done(
    case: Case, escalation: Escalation, promise: Promise, by: UserId, *, at: datetime
) -> tuple[Notice, ...]:
    """Return that an action was done, for the duty side; of a confidential one, for its owner."""
    fact = ActionKept(
        escalation=escalation.id,
        promise=promise.id,
        by=by,
        actor=promise.owner,
        what=promise.what,
    )
    key = f"promises.kept:{promise.id}"
    if not escalation.request.confidential:
        to = EscalationThread(escalation=escalation.id)
        return (notice(case, f"{key}:desk", to, fact, at=at),)
    if escalation.owner is None or escalation.owner == by:
        return ()
    owner = Person(user=escalation.owner)
    return (notice(case, f"{key}:{escalation.owner}", owner, fact, at=at),)


def hastened(
    case: Case,
    escalation: Escalation,
    before: Promise,
    after: Promise,
    by: UserId,
    *,
    at: datetime,
) -> tuple[Notice, ...]:
    """Return that a promise is due earlier: for whoever keeps it, and for the duty side."""
    if after.due_at == before.due_at:
        return ()
    fact = PromiseHastened(
        escalation=escalation.id,
        promise=after.id,
        kind=after.kind,
        owner=after.owner,
        severity=case.severity,
        before=before.due_at,
        due_at=after.due_at,
    )
    key = f"promises.hastened:{after.id}.{escalation.version}"
    desk = EscalationThread(escalation=escalation.id)
    openly = (
        ()
        if escalation.request.confidential
        else (notice(case, f"{key}:desk", desk, fact, at=at),)
    )
    if after.owner is None or after.owner == by:
        return openly
    to = Person(user=after.owner)
    return (*openly, notice(case, f"{key}:{after.owner}", to, fact, at=at))


def _privately(
    calls: Mapping[Call, Rung],
    called: Called,
    case: Case,
    escalation: Escalation,
    promise: Promise,
    now: datetime,
) -> list[Notice]:
    highest: dict[UserId, Rung] = {}
    for call, rung in sorted(calls.items(), key=lambda pair: pair[1].number):
        part = PRIVATELY.get(call) or OPENLY[call]
        highest |= dict.fromkeys(called.people(part), rung)
    return [
        notice(
            case,
            f"{rung.key}:{user}",
            Person(user=user),
            _waits(escalation, promise, rung),
            at=now,
        )
        for user, rung in sorted(highest.items())
    ]


def _openly(
    calls: Mapping[Call, Rung],
    called: Called,
    case: Case,
    escalation: Escalation,
    promise: Promise,
    now: datetime,
) -> list[Notice]:
    if not calls:
        return []
    rung = max(calls.values(), key=lambda each: each.number)
    mentions = dict.fromkeys(
        user for call in OPENLY if call in calls for user in called.people(OPENLY[call])
    )
    fact = _promised(promise, rung, tuple(mentions))
    to = EscalationThread(escalation=escalation.id)
    return [notice(case, f"{rung.key}:desk", to, fact, at=now)]


def _honestly(
    rung: Rung,
    settings: WorkspaceSettings,
    case: Case,
    escalation: Escalation,
    promise: Promise,
    now: datetime,
) -> list[Notice]:
    shown = settings.shows_targets or promise.kind is Kind.UPDATE
    fact = PromiseLate(
        escalation=escalation.id,
        promise=promise.id,
        kind=promise.kind,
        owner=promise.owner,
        due_at=promise.due_at if shown else None,
    )
    return [
        notice(case, f"{rung.key}:{user}", Person(user=user), fact, at=now)
        for user in requesters(case, escalation)
    ]


def _to_administrators(
    rung: Rung,
    settings: WorkspaceSettings,
    case: Case,
    _escalation: Escalation,
    promise: Promise,
    now: datetime,
) -> Notice:
    channel = settings.administrators_channel
    to = Channel(channel=channel) if channel else Administrators()
    key = f"{rung.key}:administrators"
    return notice(case, key, to, _promised(promise, rung, ()), at=now)


def _waits(escalation: Escalation, promise: Promise, rung: Rung) -> Fact:
    """Return what a person is told: with the button where it can still be acknowledged."""
    if promise.kind is not Kind.ACKNOWLEDGE:
        return _promised(promise, rung, ())
    return EscalationWaits(
        escalation=escalation.id, by=escalation.submitted_by, due_at=promise.due_at
    )


def _promised(promise: Promise, rung: Rung, mentions: tuple[UserId, ...]) -> PromiseWaits:
    return PromiseWaits(
        escalation=promise.escalation,
        promise=promise.id,
        kind=promise.kind,
        owner=promise.owner,
        what=promise.what,
        due_at=promise.due_at,
        percent=rung.percent,
        mentions=mentions,
    )
