"""What became of notices, as whoever answers for the app reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policy.ids import UserId
from policy.notices import PageEvent, PagerService
from policy.roles import Role, Standing

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


class Fate(StrEnum):
    """What became of a notice so far."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The story of one notice: due, claimed, tried, and how it ended."""

    key: str
    fate: Fate
    due_at: datetime
    claimed_at: datetime | None
    attempts: int
    settled_at: datetime | None
    reasons: tuple[str, ...]
    """What was tried in vain, and why it ended; the last one last."""
    told_in: str | None
    """The key of the digest that it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page beyond Slack, and what became of it."""

    service: PagerService
    event: PageEvent
    is_late: bool
    """Whether it said that nobody had acknowledged in time."""
    at: datetime
    """When it was taken, or given up; else from when it may be sent."""
    fate: Fate
    attempts: int
    reason: str
    """What was tried in vain last, or why it ended; empty where nothing went wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pings:
    """How often one person was told something privately."""

    user: UserId
    day: int
    week: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounting:
    """How it stands with all notices of a workspace."""

    counted: Mapping[Fate, int]
    dead: tuple[Told, ...]
    """Those that were given up: a person has to look at them."""
    pings: tuple[Pings, ...]


def may_account(who: Standing) -> bool:
    """Tell whether this person may ask what became of notices."""
    return bool(who.roles & {Role.ADMINISTRATOR, Role.LEAD})


def pings(
    told: Iterable[tuple[UserId, datetime]], people: Iterable[UserId], *, now: datetime
) -> tuple[Pings, ...]:
    """Return how often each of these people was told something, the most disturbed first."""
    moments: dict[UserId, list[datetime]] = {user: [] for user in people}
    for user, at in told:
        if user in moments:
            moments[user].append(at)
    found = (
        Pings(
            user=user,
            day=sum(now - at < DAY for at in theirs),
            week=sum(now - at < WEEK for at in theirs),
        )
        for user, theirs in moments.items()
    )
    return tuple(sorted(found, key=lambda each: (-each.week, each.user)))
