"""Fair-clock flags: what was done to a case just when it would have mattered (product, 8.9).

A flag accuses nobody; it lets whoever decides see the clock beside the deed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policy.cases import WAITING, Case, Severity
from policy.comments import Comment
from policy.history import Entry
from policy.ids import Tier, UserId
from policy.roles import Side
from policy.thresholds import ThresholdTable
from policy.trail import Turned, held, turned

JUST_BEFORE_PERCENT = 20
"""Just before a threshold: in the last fifth of the wait, of which the engineer was told."""
RIGHT_AFTER = timedelta(minutes=30)
"""Right after a customer's reply."""
WHOLE = 100
NOTHING = timedelta(0)
BY_US = "severities.changed"
"""A severity that was granted is left out: the customer asked for it."""


class Deed(StrEnum):
    """What was done to a case."""

    LOWERED = "lowered"
    SET_WAITING = "set_waiting"


class Timing(StrEnum):
    """What makes the moment of a deed remarkable."""

    BEFORE_THRESHOLD = "before_threshold"
    AFTER_REPLY = "after_reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One deed at a remarkable moment."""

    deed: Deed
    timing: Timing
    at: datetime
    by: UserId
    margin: timedelta
    """How long before the threshold, or after the reply."""


def flags(
    case: Case, entries: Iterable[Entry], comments: Iterable[Comment], table: ThresholdTable
) -> tuple[Flag, ...]:
    """Return the fair-clock flags of a case's history, oldest first."""
    known = tuple(entries)
    severities, tiers = turned(known, "severity"), turned(known, "tier")
    lowered = [(Deed.LOWERED, each) for each in severities if _is_lowered(each)]
    waiting = [(Deed.SET_WAITING, each) for each in turned(known, "state") if _is_waiting(each)]
    replies = [each.at for each in comments if each.is_public and each.side is Side.CUSTOMER]
    found: list[Flag] = []
    for deed, change in sorted((*lowered, *waiting), key=lambda pair: pair[1].at):
        available_at = case.opened_at + table.threshold(
            Severity(held(severities, case.severity.value, at=change.at)),
            Tier(held(tiers, case.tier, at=change.at)),
        )
        for timing, margin in (
            (Timing.BEFORE_THRESHOLD, _before(case.opened_at, available_at, change.at)),
            (Timing.AFTER_REPLY, _after(replies, change.at)),
        ):
            if margin is not None:
                found.append(
                    Flag(deed=deed, timing=timing, at=change.at, by=change.by, margin=margin)
                )
    return tuple(found)


def _is_lowered(change: Turned) -> bool:
    return change.what == BY_US and Severity(str(change.before)).is_worse_than(
        Severity(str(change.after))
    )


def _is_waiting(change: Turned) -> bool:
    return change.after in {each.value for each in WAITING}


def _before(opened_at: datetime, available_at: datetime, at: datetime) -> timedelta | None:
    """Return how long before the threshold that was, if it was just before."""
    margin = available_at - at
    window = (available_at - opened_at) * JUST_BEFORE_PERCENT / WHOLE
    return margin if NOTHING < margin <= window else None


def _after(replies: Sequence[datetime], at: datetime) -> timedelta | None:
    """Return how long after the customer's last reply that was, if it was right after."""
    margin = min((at - each for each in replies if each <= at), default=None)
    return margin if margin is not None and margin <= RIGHT_AFTER else None
