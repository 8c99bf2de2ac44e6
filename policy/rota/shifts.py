"""Shifts of the weekly rota, and what takes precedence over them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from policy.hours import DAY, Span, is_zone, local_day, span_on
from policy.ids import OverrideId, ShiftId, SwapId, UserId, WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One row of the weekly rota: a weekday, 0 for Monday, and times of the zone's own clocks.

    A shift that ends no later than it starts ends on the next day; with equal times it lasts one.

    Raises:
        ValueError: there is no such weekday, or nobody knows the time zone.
    """

    workspace: WorkspaceId
    id: ShiftId
    zone: str
    weekday: int
    start: time
    end: time
    person: UserId
    backup: UserId | None = None
    on_holidays: bool = True
    """Whether it is kept on public holidays too."""

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:  # noqa: PLR2004 - Monday to Sunday
            message = "a weekday is 0 for Monday to 6 for Sunday"
            raise ValueError(message)
        if not is_zone(self.zone):
            message = f"{self.zone!r} is no time zone"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """That somebody is on duty from one moment to another, whatever the week says."""

    workspace: WorkspaceId
    id: OverrideId
    start_at: datetime
    end_at: datetime
    person: UserId
    instead_of: UserId | None = None
    """Whom it replaces; None stands for everybody."""
    made_by: UserId
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """One person's offer to do another's duty, or to have it done; the other one accepts."""

    workspace: WorkspaceId
    id: SwapId
    start_at: datetime
    end_at: datetime
    giver: UserId
    """Whose duty it is."""
    taker: UserId
    """Who will do it."""
    proposed_by: UserId
    proposed_at: datetime
    accepted: bool | None = None
    decided_at: datetime | None = None

    @property
    def asked(self) -> UserId:
        """Who has to accept: the one of the two who did not propose it."""
        return self.taker if self.proposed_by == self.giver else self.giver


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """The week, what takes precedence over it, and the days that are public holidays."""

    shifts: tuple[Shift, ...] = ()
    overrides: tuple[Override, ...] = ()
    holidays: frozenset[date] = frozenset()


def occurrences(
    shift: Shift, start_at: datetime, end_at: datetime, *, holidays: frozenset[date] = frozenset()
) -> Iterator[Span]:
    """Yield when the shift is kept between two moments, oldest first; also where only in part."""
    day, last = local_day(start_at, shift.zone) - DAY, local_day(end_at, shift.zone)
    while day <= last:
        if day.weekday() == shift.weekday and (shift.on_holidays or day not in holidays):
            span = span_on(day, shift.start, shift.end, shift.zone)
            if max(span.start_at, start_at) < min(span.end_at, end_at):
                yield span
        day += DAY
