"""The board: all open escalations by urgency, with an honest word about what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import assert_never

from policy.cases import Case
from policy.crossings import Crossing
from policy.escalations import (
    Escalation,
    EscalationState,
    Trend,
    may_know,
    running,
)
from policy.hours import DAY, DutyHours, at_local, elapsed, local_day
from policy.ids import UserId
from policy.promises import Kind, Promise
from policy.roles import Standing
from policy.rota import Turn
from policy.settings import DIGEST_AT

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """What is late, and by how much of the time in which its target runs."""

    kind: Kind
    due_at: datetime
    by: timedelta

    @property
    def minutes(self) -> int:
        """The whole minutes over the target."""
        return self.by // MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One open escalation, as board, lists and cards show it."""

    escalation: Escalation
    case: Case
    next: Promise | None
    """The promise that is due next, or longest overdue."""
    overdue: Overdue | None
    is_paused: bool

    @property
    def since(self) -> datetime:
        """Since when it stands with whoever has it: its owner, or nobody yet."""
        return self.escalation.owned_at or self.escalation.submitted_at

    @property
    def trend(self) -> Trend | None:
        """How things are, as the owner told last."""
        return self.escalation.update.trend if self.escalation.update else None


class Listing(StrEnum):
    """Which escalations a manager's list shows."""

    OPEN = "open"
    MINE = "mine"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDigest:
    """What the duty channel hears of once a day."""

    day: date
    crossings: tuple[Crossing, ...]
    """Those of S3 and S4 since the last digest, worst first."""
    lines: tuple[Line, ...]
    due_today: tuple[Promise, ...]
    """Open promises that are due by the end of the day, the overdue ones first."""
    gaps: tuple[Turn, ...]
    """When nobody will be on duty."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.crossings or self.lines or self.due_today or self.gaps)


def line(
    escalation: Escalation,
    case: Case,
    promises: Iterable[Promise],
    *,
    hours: DutyHours | None,
    now: datetime,
) -> Line:
    """Return an escalation as the board shows it; `hours` are those of duty."""
    waiting = sorted((each for each in promises if each.is_open), key=_due)
    following = waiting[0] if waiting else None
    paused = escalation.is_paused(now=now)
    late = None if paused or following is None else _overdue(following, case, hours, now=now)
    return Line(escalation=escalation, case=case, next=following, overdue=late, is_paused=paused)


def board(lines: Iterable[Line], reader: Standing | None = None) -> tuple[Line, ...]:
    """Return the open escalations that somebody may know of, the most urgent first.

    None stands for the readers of a channel, who hear of no confidential one. Worst severity
    first; then what nobody has acknowledged, what is overdue, and what is due soonest.
    """
    known = (each for each in lines if may_know(each.escalation, each.case, reader))
    return tuple(sorted((each for each in known if each.escalation.is_open), key=_urgency))


def listed(lines: Iterable[Line], listing: Listing, reader: Standing) -> tuple[Line, ...]:
    """Return the escalations of a manager's list, in the board's order."""
    found = board(lines, reader)
    match listing:
        case Listing.MINE:
            return tuple(each for each in found if _is_of(each.escalation, reader.user))
        case Listing.OVERDUE:
            return tuple(each for each in found if each.overdue is not None)
        case Listing.OPEN:
            return found
        case _:
            assert_never(listing)


def digest(
    lines: Iterable[Line],
    crossings: Iterable[Crossing],
    promises: Iterable[Promise],
    gaps: Iterable[Turn],
    *,
    zone: str,
    now: datetime,
) -> DutyDigest:
    """Return what the duty channel hears of today; of confidential escalations it hears nothing."""
    shown, today = board(lines), local_day(now, zone)
    known = {each.escalation.id for each in shown}
    ends_at = at_local(today + DAY, time(), zone)
    due = (
        each
        for each in promises
        if each.is_open and each.escalation in known and each.due_at < ends_at
    )
    crossed = (each for each in crossings if not each.goes_singly_to_duty)
    return DutyDigest(
        day=today,
        crossings=tuple(
            sorted(crossed, key=lambda each: (each.severity.rank, each.crossed_at, each.case))
        ),
        lines=shown,
        due_today=tuple(sorted(due, key=_due)),
        gaps=tuple(gaps),
    )


def next_digest_at(now: datetime, *, zone: str, clock: time = DIGEST_AT) -> datetime:
    """Return when the next digest comes, by the rota's own clocks; now itself is past."""
    today = local_day(now, zone)
    at = at_local(today, clock, zone)
    return at if at > now else at_local(today + DAY, clock, zone)


def _overdue(
    promise: Promise, case: Case, hours: DutyHours | None, *, now: datetime
) -> Overdue | None:
    if now <= promise.due_at:
        return None
    by = elapsed(promise.due_at, now, running(case.severity, hours))
    return Overdue(kind=promise.kind, due_at=promise.due_at, by=by)


def _is_of(escalation: Escalation, user: UserId) -> bool:
    """Tell whether somebody answers for it, or is asked to."""
    offer = escalation.hand_over
    return escalation.owner == user or (offer is not None and offer.to == user)


def _due(promise: Promise) -> tuple[datetime, str]:
    return promise.due_at, promise.id


def _urgency(each: Line) -> tuple[int, bool, bool, datetime, str]:
    escalation = each.escalation
    return (
        each.case.severity.rank,
        escalation.state is not EscalationState.REQUESTED,
        each.overdue is None,
        each.next.due_at if each.next else escalation.submitted_at,
        escalation.id,
    )
