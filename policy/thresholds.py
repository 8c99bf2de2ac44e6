"""The threshold table: how long after opening a case its escalation becomes available.

A threshold makes escalation *available*; nothing here, or anywhere, escalates by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from policy.cases import Case, Severity
from policy.ids import Tier, UserId

H = timedelta(hours=1)
D = timedelta(days=1)

TITANIUM, PLATINUM, GOLD = Tier("Titanium"), Tier("Platinum"), Tier("Gold")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdTable:
    """One published version of the table.

    `tiers` runs from the highest to the lowest; each row of `rows` has one wait per tier.
    """

    version: int
    tiers: tuple[Tier, ...]
    rows: Mapping[Severity, tuple[timedelta, ...]]
    published_by: UserId | None = None
    published_at: datetime | None = None
    why: str = ""

    def knows(self, tier: Tier) -> bool:
        """Tell whether the tier has a column of its own."""
        return tier in self.tiers

    def threshold(self, severity: Severity, tier: Tier) -> timedelta:
        """Return the wait; for an unknown tier the longest of the row."""
        row = self.rows[severity]
        return row[self.tiers.index(tier)] if self.knows(tier) else max(row)


SHIPPED = ThresholdTable(
    version=1,
    tiers=(TITANIUM, PLATINUM, GOLD),
    rows={
        Severity.S1: (4 * H, 8 * H, 8 * H),
        Severity.S2: (1 * D, 2 * D, 2 * D),
        Severity.S3: (3 * D, 5 * D, 5 * D),
        Severity.S4: (5 * D, 7 * D, 7 * D),
    },
    why="As shipped",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why escalation becomes available when it does."""

    available_at: datetime
    opened_at: datetime
    severity: Severity
    tier: Tier
    is_tier_known: bool
    threshold: timedelta
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Where a table breaks the law that worse or higher never waits longer."""

    severity: Severity
    tier: Tier
    message: str


def available_at(case: Case, table: ThresholdTable) -> datetime:
    """Return when escalating the case becomes available, in UTC; that very moment counts."""
    return case.opened_at.astimezone(UTC) + table.threshold(case.severity, case.tier)


def is_available(case: Case, table: ThresholdTable, *, now: datetime) -> bool:
    """Tell whether the case may be escalated now; the very moment counts."""
    return now >= available_at(case, table)


def explain(case: Case, table: ThresholdTable) -> Explanation:
    """Return how the time was computed, for a person to follow."""
    return Explanation(
        available_at=available_at(case, table),
        opened_at=case.opened_at,
        severity=case.severity,
        tier=case.tier,
        is_tier_known=table.knows(case.tier),
        threshold=table.threshold(case.severity, case.tier),
        version=table.version,
    )


def faults(table: ThresholdTable) -> tuple[Fault, ...]:
    """Return every breach of monotony: S1 <= S2 <= S3 <= S4, a higher tier never waits longer."""
    found = []
    severities = tuple(Severity)
    for better, severity in zip((None, *severities), severities, strict=False):
        row = table.rows[severity]
        for column, (tier, wait) in enumerate(zip(table.tiers, row, strict=True)):
            if better and wait < table.rows[better][column]:
                found.append(_fault(severity, tier, f"is shorter than {better.value}'s"))
            if column and wait < row[column - 1]:
                found.append(
                    _fault(severity, tier, f"is shorter than {table.tiers[column - 1]}'s")
                )
    return tuple(found)


def _fault(severity: Severity, tier: Tier, message: str) -> Fault:
    return Fault(severity=severity, tier=tier, message=f"{severity.value} {tier} {message}")
