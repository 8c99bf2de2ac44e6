"""What another threshold table, severity or tier would mean, before anything is changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from policy.casefile import CaseFile
from policy.cases import Case, Severity
from policy.ids import Tier
from policy.thresholds import ThresholdTable, is_available

NAMED = 10
"""How many cases of each kind a preview names."""
VERSIONS = 5
"""How many versions of the table are told of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Cases that a change would move the same way."""

    count: int
    first: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What publishing a table would do to the open cases."""

    before: ThresholdTable
    after: ThresholdTable
    becoming: Moved
    """Escalating would become available at once."""
    ceasing: Moved
    """Escalating would not be available any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """When escalating one case would become available, for each severity and tier."""

    file: CaseFile
    tiers: tuple[Tier, ...]
    times: Mapping[Severity, tuple[datetime, ...]]
    """One per tier, in their order."""
    now: datetime
    table: ThresholdTable


def preview(
    cases: Iterable[Case], before: ThresholdTable, after: ThresholdTable, *, now: datetime
) -> Preview:
    """Return which of the open cases would become available, and which would not be any more."""
    becoming, ceasing = [], []
    for case in cases:
        was, would = (is_available(case, table, now=now) for table in (before, after))
        if would and not was:
            becoming.append(case)
        elif was and not would:
            ceasing.append(case)
    return Preview(before=before, after=after, becoming=_moved(becoming), ceasing=_moved(ceasing))


def what_if(file: CaseFile, table: ThresholdTable, *, now: datetime) -> WhatIf:
    """Return when escalating a case would become available, for each severity and tier."""
    opened_at = file.case.opened_at
    times = {
        severity: tuple(opened_at + wait for wait in table.rows[severity]) for severity in Severity
    }
    return WhatIf(file=file, tiers=table.tiers, times=times, now=now, table=table)


def _moved(cases: list[Case]) -> Moved:
    worst = sorted(cases, key=lambda case: (case.severity.rank, case.opened_at))
    return Moved(count=len(cases), first=tuple(worst[:NAMED]))
