"""Who is told what becomes of a case."""

from datetime import datetime

from policy.cases import Case
from policy.ids import UserId
from policy.notices import CaseClosed, CaseReopened, CaseTaken, ClosedHow, Notice
from policy.owed.notice import in_thread
from policy.settings import WorkspaceSettings


def taken(case: Case, engineer: UserId, *, at: datetime) -> Notice:
    """Return that the case has an engineer, for the thread."""
    fact = CaseTaken(engineer=engineer)
    return in_thread(case, f"cases.taken:{case.id}.{case.version}", fact, at=at)


def closed(
    case: Case,
    by: UserId,
    settings: WorkspaceSettings,
    *,
    how: ClosedHow = ClosedHow.ASKED,
    at: datetime,
) -> Notice:
    """Return that the case was closed, for the thread."""
    fact = CaseClosed(by=by, reopenable_until=at + settings.reopenable_for, how=how)
    return in_thread(case, f"cases.closed:{case.id}.{case.version}", fact, at=at)


def reopened(case: Case, by: UserId, *, at: datetime) -> Notice:
    """Return that the case is in progress again, for the thread."""
    fact = CaseReopened(by=by)
    return in_thread(case, f"cases.reopened:{case.id}.{case.version}", fact, at=at)
