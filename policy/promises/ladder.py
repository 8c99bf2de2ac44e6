"""The ladder: who is told, and how, at which part of a promise's time (product, 6).

Rungs are numbered from 0 and climbed in this order, each once; the ladder has no top.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice, takewhile

from policy.escalations import Escalation
from policy.hours import DAY, NOTHING, SECOND, DutyHours, added, elapsed
from policy.promises.promise import Kind, Promise

REPEATS = 6
"""How often the last rung is repeated after as much time as the target is long."""
LEAST_INTERVAL = timedelta(minutes=15)
"""A promise made for a moment in closed hours has no duty time; its rungs keep this apart."""
WHOLE = 100


class Call(StrEnum):
    """To whom a rung speaks, and how."""

    CARD = "card"
    """The card in the duty channel."""
    DUTY_DM = "duty_dm"
    DUTY_IN_THREAD = "duty_in_thread"
    """Whoever is on duty, mentioned in the thread of the escalation's card."""
    BACKUP_IN_THREAD = "backup_in_thread"
    OWNER_DM = "owner_dm"
    """Who has to keep the promise."""
    OWNER_IN_THREAD = "owner_in_thread"
    REQUESTER = "requester"
    """Honestly: that it is late, by how much, and what happens now."""
    LEAD_DM = "lead_dm"
    LEAD_IN_THREAD = "lead_in_thread"
    ADMINISTRATORS_CHANNEL = "administrators_channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of a ladder: at how many percent of the target, who is told, and how."""

    percent: int
    calls: tuple[Call, ...]


def _step(percent: int, *calls: Call) -> Step:
    return Step(percent=percent, calls=calls)


C = Call
DUTY = (C.DUTY_IN_THREAD, C.BACKUP_IN_THREAD)
LATE = (
    _step(200, C.LEAD_DM, C.LEAD_IN_THREAD),
    _step(400, C.ADMINISTRATORS_CHANNEL),
)
ANSWER = (
    _step(0, C.CARD, C.DUTY_DM),
    _step(50, C.DUTY_DM),
    _step(100, *DUTY, C.REQUESTER),
    *LATE,
)
TOLD = (
    _step(80, C.OWNER_DM),
    _step(100, C.OWNER_IN_THREAD, *DUTY, C.REQUESTER),
    *LATE,
)
AMONG_US = (
    _step(80, C.OWNER_DM),
    _step(100, C.OWNER_IN_THREAD, *DUTY),
    *LATE,
)
LADDERS: Mapping[Kind, tuple[Step, ...]] = {
    Kind.ACKNOWLEDGE: ANSWER,
    Kind.CONTACT: TOLD,
    Kind.UPDATE: TOLD,
    Kind.ACTION: AMONG_US,
    Kind.WATCH: AMONG_US,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One rung of one promise's ladder."""

    key: str
    """Unique: whoever climbs it twice tells nothing twice."""
    number: int
    percent: int | None
    """At how much of the target; None for those that come once a day."""
    at: datetime
    calls: tuple[Call, ...]


def is_waited_for(promise: Promise, escalation: Escalation, *, now: datetime) -> bool:
    """Tell whether the ladder speaks: nothing has come of the promise, and nobody said to wait."""
    return promise.is_open and escalation.is_open and not escalation.is_paused(now=now)


def rungs(promise: Promise, *, hours: DutyHours | None) -> Iterator[Rung]:
    """Yield the promise's rungs from the lowest, without an end.

    `hours` are those in which its case's targets run (`running`).
    """
    steps = LADDERS[promise.kind]
    last = steps[-1]
    repeats = (_step(last.percent + turn * WHOLE, *last.calls) for turn in range(1, REPEATS + 1))
    fixed, at = (*steps, *repeats), promise.due_at
    for number, each in enumerate(fixed):
        at = _reached(promise, each.percent, hours=hours)
        yield _rung(promise, number, each.percent, at, each.calls)
    number = len(fixed)
    while True:
        at = added(at + DAY, NOTHING, hours)
        yield _rung(promise, number, None, at, last.calls)
        number += 1


def rungs_due(
    promise: Promise, escalation: Escalation, *, hours: DutyHours | None, now: datetime
) -> tuple[Rung, ...]:
    """Return the rungs whose time has come and that have not been climbed, the lowest first."""
    if not is_waited_for(promise, escalation, now=now):
        return ()
    ahead = islice(rungs(promise, hours=hours), promise.climbed, None)
    return tuple(takewhile(lambda rung: rung.at <= now, ahead))


def next_rung_at(
    promise: Promise, escalation: Escalation, *, hours: DutyHours | None
) -> datetime | None:
    """Return when the next rung is to be climbed; None when none will be."""
    if not (promise.is_open and escalation.is_open):
        return None
    following = next(islice(rungs(promise, hours=hours), promise.climbed, None))
    return max(following.at, escalation.pause.until) if escalation.pause else following.at


def climbed(promise: Promise, due: Iterable[Rung], *, now: datetime) -> Promise:
    """Return the promise after these rungs; it is noted as missed where its time has passed."""
    highest = max((rung.number + 1 for rung in due), default=promise.climbed)
    return replace(promise, climbed=highest, missed=promise.is_missed(now=now))


def told(due: Iterable[Rung]) -> Mapping[Call, Rung]:
    """Return whom rungs that come at once speak to: each once, for the highest that does.

    So a night in which nothing could be sent ends in one message for each, not in ten.
    """
    return {call: rung for rung in due for call in rung.calls}


def _reached(promise: Promise, percent: int, *, hours: DutyHours | None) -> datetime:
    """Return when so much of the promise's time has passed: at 0 % at once, at 100 % when due."""
    start, end = promise.made_at, promise.due_at
    interval = max(elapsed(start, end, hours), LEAST_INTERVAL)
    if percent in {0, WHOLE}:
        return end if percent else start
    if percent < WHOLE:
        return min(added(start, _part(interval, percent), hours), end)
    return added(end, _part(interval, percent - WHOLE), hours)


def _part(interval: timedelta, percent: int) -> timedelta:
    return interval * percent // (WHOLE * SECOND) * SECOND


def _rung(
    promise: Promise, number: int, percent: int | None, at: datetime, calls: tuple[Call, ...]
) -> Rung:
    key = f"promises.climbed:{promise.id}.{number}"
    return Rung(key=key, number=number, percent=percent, at=at, calls=calls)
