"""A request for another severity, and the support side's answer to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from policy.cases import Case, Severity, may_decide_severity
from policy.ids import CaseId, RequestId, UserId, WorkspaceId
from policy.refusals import CaseIsClosed, NotYours, RequestIsDecided, SameSeverity
from policy.roles import Standing

DUTY_HEARS_AFTER: Mapping[Severity, timedelta] = {
    Severity.S1: timedelta(hours=1),
    Severity.S2: timedelta(hours=8),
    Severity.S3: timedelta(hours=8),
    Severity.S4: timedelta(hours=8),
}
"""How long a request waits for its answer before the duty channel hears of it, by what it asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityRequest:
    """What a requester asks for; granted, refused, or still open while `decided_by` is None."""

    workspace: WorkspaceId
    id: RequestId
    case: CaseId
    before: Severity
    severity: Severity
    why: str
    since: str = ""
    asked_by: UserId
    asked_at: datetime
    granted: bool | None = None
    decided_by: UserId | None = None
    decided_at: datetime | None = None
    reason: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.decided_by is None


def requested(
    case: Case,
    severity: Severity,
    *,
    id: RequestId,  # noqa: A002 - the value's own word
    why: str,
    since: str,
    by: Standing,
    now: datetime,
) -> SeverityRequest:
    """Return the request of somebody who may not decide the severity.

    Raises:
        CaseIsClosed: nobody works on the case.
        SameSeverity: that is the severity it has.
    """
    changeable(case, severity)
    return SeverityRequest(
        workspace=case.workspace,
        id=id,
        case=case.id,
        before=case.severity,
        severity=severity,
        why=why,
        since=since,
        asked_by=by.user,
        asked_at=now,
    )


def decided(
    request: SeverityRequest,
    case: Case,
    *,
    granted: bool,
    reason: str = "",
    by: Standing,
    now: datetime,
) -> SeverityRequest:
    """Return the request with its answer.

    Raises:
        NotYours: only engineer, duty manager and lead decide.
        RequestIsDecided: somebody answered it already.
    """
    if not may_decide_severity(case, by):
        raise NotYours(case=case.id, need="a support engineer, duty manager or lead")
    if request.decided_by is not None:
        raise RequestIsDecided(case=case.id, by=request.decided_by)
    return replace(request, granted=granted, reason=reason, decided_by=by.user, decided_at=now)


def changeable(case: Case, severity: Severity) -> None:
    """Let a change of severity pass that can be made.

    Raises:
        CaseIsClosed: nobody works on the case.
        SameSeverity: that is the severity it has.
    """
    if not case.is_open:
        raise CaseIsClosed(case=case.id)
    if severity is case.severity:
        raise SameSeverity(case=case.id, severity=severity.value)
