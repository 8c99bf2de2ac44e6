"""How soon an escalation must be answered and kept up to date, and when that time runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from policy.cases import Case, Severity
from policy.hours import DutyHours, added
from policy.ids import Tier
from policy.thresholds import TITANIUM


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How soon an escalation must be answered and kept up to date."""

    acknowledge: timedelta
    contact: timedelta
    update: timedelta


M = timedelta(minutes=1)
H = timedelta(hours=1)

TARGETS: Mapping[Severity, tuple[Target, Target]] = {
    # Titanium, every other tier
    Severity.S1: (
        Target(acknowledge=15 * M, contact=30 * M, update=1 * H),
        Target(acknowledge=30 * M, contact=60 * M, update=2 * H),
    ),
    Severity.S2: (
        Target(acknowledge=30 * M, contact=2 * H, update=4 * H),
        Target(acknowledge=60 * M, contact=4 * H, update=8 * H),
    ),
    Severity.S3: (
        Target(acknowledge=2 * H, contact=8 * H, update=24 * H),
        Target(acknowledge=4 * H, contact=12 * H, update=24 * H),
    ),
    Severity.S4: (
        Target(acknowledge=4 * H, contact=24 * H, update=48 * H),
        Target(acknowledge=8 * H, contact=24 * H, update=48 * H),
    ),
}
IN_DUTY_HOURS = frozenset({Severity.S3, Severity.S4})
"""Their targets run in duty hours only, those of the others round the clock."""


def target(severity: Severity, tier: Tier) -> Target:
    """Return how soon an escalation of such a case must be answered."""
    titanium, other = TARGETS[severity]
    return titanium if tier == TITANIUM else other


def target_of(case: Case) -> Target:
    """Return how soon an escalation of this case must be answered."""
    return target(case.severity, case.tier)


def running(severity: Severity, hours: DutyHours | None) -> DutyHours | None:
    """Return the hours in which such a case's targets run; None stands for round the clock."""
    return hours if severity in IN_DUTY_HOURS else None


def due_at(
    case: Case, duration: timedelta, *, hours: DutyHours | None, start_at: datetime
) -> datetime:
    """Return when a target of this case is reached."""
    return added(start_at, duration, running(case.severity, hours))
