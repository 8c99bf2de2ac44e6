"""Duty hours: sums of time that runs only while a team is at work.

A local time that a change of the clocks skips stands for the moment of the change; one that comes
twice stands for its first coming. So local times never run backwards as moments.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
NOTHING = timedelta(0)
MONDAY_TO_FRIDAY = frozenset(range(5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The time from one moment to another, the latter left out."""

    start_at: datetime
    end_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyHours:
    """When a team is at work. Days are 0 for Monday to 6 for Sunday.

    A day that closes no later than it opens closes on the next one; with equal times it is a
    whole day.

    Raises:
        ValueError: no day is a working day, or nobody knows the time zone.
    """

    zone: str = "UTC"
    days: frozenset[int] = MONDAY_TO_FRIDAY
    opens: time = time(9)
    closes: time = time(17)
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.days & set(range(7)):
            message = "duty hours need a working day"
            raise ValueError(message)
        if not is_zone(self.zone):
            message = f"{self.zone!r} is no time zone"
            raise ValueError(message)


def is_zone(name: str) -> bool:
    """Tell whether there is a time zone of this name: `Europe/Berlin`."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def local_day(at: datetime, zone: str) -> date:
    """Return which day it is there at this moment."""
    return at.astimezone(ZoneInfo(zone)).date()


def at_local(day: date, clock: time, zone: str) -> datetime:
    """Return the moment, in UTC, at which the clocks there show this time of this day."""
    local = datetime.combine(day, clock, tzinfo=ZoneInfo(zone))
    found = local.astimezone(UTC)
    if found.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return found
    return _change_before(found, local.replace(fold=1).astimezone(UTC), zone)


def _change_before(after: datetime, before: datetime, zone: str) -> datetime:
    """Return the moment between the two at which the clocks there are put forward."""
    offset = after.astimezone(ZoneInfo(zone)).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) // (2 * SECOND) * SECOND
        if middle.astimezone(ZoneInfo(zone)).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


def span_on(day: date, opens: time, closes: time, zone: str) -> Span:
    """Return what lies between two times of a day; over midnight where the second is not later."""
    end = day if closes > opens else day + DAY
    return Span(start_at=at_local(day, opens, zone), end_at=at_local(end, closes, zone))


def spans(hours: DutyHours, start_at: datetime) -> Iterator[Span]:
    """Yield the working spans that end at this moment or later, without an end."""
    day = local_day(start_at, hours.zone) - DAY
    while True:
        if day.weekday() in hours.days and day not in hours.holidays:
            found = span_on(day, hours.opens, hours.closes, hours.zone)
            if found.end_at >= start_at and found.end_at > found.start_at:
                yield found
        day += DAY


def added(start_at: datetime, duration: timedelta, hours: DutyHours | None) -> datetime:
    """Return when so much duty time has passed; None for hours stands for round the clock.

    The moment is never one at which nobody is at work: what ends with a working span ends then,
    and nothing at all from a closed hour is the next opening.
    """
    if hours is None:
        return start_at + duration
    coming = spans(hours, start_at)
    while True:
        span = next(coming)
        begins = max(span.start_at, start_at)
        if duration <= span.end_at - begins:
            return begins + duration
        duration -= span.end_at - begins


def elapsed(start_at: datetime, end_at: datetime, hours: DutyHours | None) -> timedelta:
    """Return how much duty time lies between two moments; nothing where they are out of order."""
    if hours is None:
        return max(end_at - start_at, NOTHING)
    within = takewhile(lambda span: span.start_at < end_at, spans(hours, start_at))
    return sum(
        (min(span.end_at, end_at) - max(span.start_at, start_at) for span in within), NOTHING
    )
