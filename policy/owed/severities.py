"""Who is told of a wish for another severity, and of the answer."""

from datetime import datetime

from policy.cases import Case
from policy.notices import Duty, Notice, SeverityDecided, SeverityRequested
from policy.owed.notice import in_thread, notice
from policy.severities import DUTY_HEARS_AFTER, SeverityRequest


def requested(case: Case, request: SeverityRequest) -> tuple[Notice, Notice]:
    """Return the request for the thread at once, and for the duty channel if nobody answers."""
    fact = SeverityRequested(
        request=request.id,
        by=request.asked_by,
        before=request.before,
        severity=request.severity,
        why=request.why,
    )
    key = f"severities.requested:{request.id}"
    unanswered = notice(
        case,
        f"severities.unanswered:{request.id}:duty",
        Duty(),
        fact,
        at=request.asked_at,
        not_before=request.asked_at + DUTY_HEARS_AFTER[request.severity],
    )
    return in_thread(case, key, fact, at=request.asked_at), unanswered


def decided(case: Case, request: SeverityRequest, *, available_at: datetime) -> Notice:
    """Return the answer to a request, or a change made at once, for the thread."""
    fact = SeverityDecided(
        by=request.decided_by or request.asked_by,
        before=request.before,
        severity=request.severity,
        granted=bool(request.granted),
        reason=request.reason,
        available_at=available_at,
    )
    at = request.decided_at or request.asked_at
    return in_thread(case, f"severities.decided:{request.id}", fact, at=at)
