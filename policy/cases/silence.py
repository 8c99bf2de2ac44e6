"""Silence on a proposed solution: it closes the case, and the requester is told before it does."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from policy.cases.case import SILENT_FOR, Case, Solution
from policy.ids import UserId

WARNED_FOR = timedelta(days=2)
LAST_WARNED_FOR = timedelta(days=1)
"""How long before the end a requester is told of it, the first time and the last."""

AT_LEAST = timedelta(hours=12)
"""How long a warning leaves, however late it comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a proposed solution waits for its answer."""

    silent_for: timedelta = SILENT_FOR
    """How much silence closes the case; longer than every warning."""
    warned_for: timedelta = WARNED_FOR
    """How long before that the requester is told of it for the first time."""

    @property
    def warnings(self) -> tuple[timedelta, ...]:
        """How long before the end a requester is told of it, the first time first."""
        return tuple(sorted({self.warned_for, LAST_WARNED_FOR}, reverse=True))


PATIENCE = Patience()


def silence(text: str, *, by: UserId, patience: Patience = PATIENCE, now: datetime) -> Solution:
    """Return a solution as it is proposed."""
    return _closing(
        Solution(text=text, by=by, at=now, closes_at=now, due_at=now),
        now + patience.silent_for,
        patience=patience,
        now=now,
    )


def heard_from(case: Case, *, patience: Patience = PATIENCE, now: datetime) -> Case:
    """Return the case whose requester spoke: silence begins anew."""
    return _put(case, now + patience.silent_for, patience=patience, now=now)


def postponed(case: Case, *, patience: Patience = PATIENCE, now: datetime) -> Case:
    """Return the case while somebody answers for its escalation: no silence closes it.

    There is time left for the last warnings to come once the escalation has ended.
    """
    closes_at = case.solution.closes_at if case.solution else now
    soonest = now + patience.warnings[0]
    return _put(case, max(closes_at, soonest), patience=patience, now=now)


def warned(case: Case, *, patience: Patience = PATIENCE, now: datetime) -> Case:
    """Return the case whose requester is being told that silence will close it.

    A warning that comes late leaves some time all the same.
    """
    closes_at = case.solution.closes_at if case.solution else now
    return _put(case, max(closes_at, now + AT_LEAST), patience=patience, now=now)


def is_over(solution: Solution, *, now: datetime) -> bool:
    """Tell whether there has been silence for long enough, and every warning was given."""
    return now >= solution.closes_at == solution.due_at


def _put(case: Case, closes_at: datetime, *, patience: Patience, now: datetime) -> Case:
    solution = case.solution and _closing(case.solution, closes_at, patience=patience, now=now)
    return replace(case, solution=solution, version=case.version + 1)


def _closing(
    solution: Solution, closes_at: datetime, *, patience: Patience, now: datetime
) -> Solution:
    moments = (*(closes_at - before for before in patience.warnings), closes_at)
    due_at = next((each for each in moments if each > now), closes_at)
    return replace(solution, closes_at=closes_at, due_at=due_at)
