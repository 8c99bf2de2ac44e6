"""What becomes of promises, and what the duty channel hears of once a day."""

from dataclasses import dataclass
from datetime import date, datetime

from policy.cases import Severity
from policy.crossings import Crossing
from policy.escalations import EscalationState
from policy.hours import Span
from policy.ids import CaseId, EscalationId, PromiseId, UserId
from policy.promises import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseWaits:
    """A promise is due soon, or late: for those who have to see to it."""

    escalation: EscalationId
    promise: PromiseId
    kind: Kind
    owner: UserId | None
    """Who keeps it; None stands for whoever is on duty."""
    what: str
    due_at: datetime
    percent: int | None
    """How much of its time has passed; None once it is said daily."""
    mentions: tuple[UserId, ...] = ()
    """Who is called by name, where it is said in a thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLate:
    """A promise to the requester was not kept in time, honestly told."""

    escalation: EscalationId
    promise: PromiseId
    kind: Kind
    owner: UserId | None
    due_at: datetime | None
    """None where the workspace does not show its targets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPromised:
    """Somebody will do something by a date: for that person."""

    escalation: EscalationId
    promise: PromiseId
    by: UserId
    actor: UserId
    what: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionKept:
    """An action was done."""

    escalation: EscalationId
    promise: PromiseId
    by: UserId
    actor: UserId | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseHastened:
    """A promise is due earlier than was said, because its case has become worse."""

    escalation: EscalationId
    promise: PromiseId
    kind: Kind
    owner: UserId | None
    severity: Severity
    before: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEscalation:
    """One open escalation in the digest: where it stood when the day began."""

    escalation: EscalationId
    case: CaseId
    title: str
    severity: Severity
    state: EscalationState
    owner: UserId | None
    due_at: datetime | None
    """When its next promise is due, or was."""
    late_by: int = 0
    """The whole minutes over the target; 0 where it is in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueToday:
    """One promise that is due by the end of the day."""

    case: CaseId
    kind: Kind
    owner: UserId | None
    what: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDay:
    """What the duty channel hears of once a day."""

    day: date
    crossings: tuple[Crossing, ...] = ()
    """Those of S3 and S4 since the last digest, worst first."""
    open: tuple[OpenEscalation, ...] = ()
    """All open escalations, the most urgent first; no confidential ones."""
    due_today: tuple[DueToday, ...] = ()
    """The overdue ones first."""
    gaps: tuple[Span, ...] = ()
    """When nobody will be on duty."""


PromiseFact = PromiseWaits | PromiseLate | PromiseHastened | ActionPromised | ActionKept | DutyDay
