"""Silence on a proposed solution: it closes the case, and the requester is told before it does."""

from dataclasses import replace
from datetime import datetime, timedelta

from policy.cases.case import SILENT_FOR, Case, Solution
from policy.ids import UserId

WARNED_BEFORE = (timedelta(days=2), timedelta(days=1))
"""How long before the end a requester is told of it, the first time first."""

AT_LEAST = timedelta(hours=12)
"""How long a warning leaves, however late it comes."""


def silence(text: str, *, by: UserId, within: timedelta = SILENT_FOR, now: datetime) -> Solution:
    """Return a solution as it is proposed."""
    return _closing(
        Solution(text=text, by=by, at=now, closes_at=now, due_at=now), now + within, now=now
    )


def heard_from(case: Case, *, within: timedelta = SILENT_FOR, now: datetime) -> Case:
    """Return the case whose requester spoke: silence begins anew."""
    return _put(case, now + within, now=now)


def postponed(case: Case, *, now: datetime) -> Case:
    """Return the case while somebody answers for its escalation: no silence closes it.

    There is time left for the last warnings to come once the escalation has ended.
    """
    closes_at = case.solution.closes_at if case.solution else now
    return _put(case, max(closes_at, now + WARNED_BEFORE[0]), now=now)


def warned(case: Case, *, now: datetime) -> Case:
    """Return the case whose requester is being told that silence will close it.

    A warning that comes late leaves some time all the same.
    """
    closes_at = case.solution.closes_at if case.solution else now
    return _put(case, max(closes_at, now + AT_LEAST), now=now)


def is_over(solution: Solution, *, now: datetime) -> bool:
    """Tell whether there has been silence for long enough, and every warning was given."""
    return now >= solution.closes_at == solution.due_at


def _put(case: Case, closes_at: datetime, *, now: datetime) -> Case:
    solution = case.solution and _closing(case.solution, closes_at, now=now)
    return replace(case, solution=solution, version=case.version + 1)


def _closing(solution: Solution, closes_at: datetime, *, now: datetime) -> Solution:
    moments = (*(closes_at - before for before in WARNED_BEFORE), closes_at)
    due_at = next((each for each in moments if each > now), closes_at)
    return replace(solution, closes_at=closes_at, due_at=due_at)
