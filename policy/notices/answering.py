"""What becomes of an escalation until somebody works on it, and of what is said against that."""

from dataclasses import dataclass
from datetime import datetime

from policy.cases import Severity
from policy.escalations import DeclineReason, RedirectTarget
from policy.ids import CaseId, EscalationId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationReceived:
    """An escalation was submitted: said in the case's thread."""

    escalation: EscalationId
    by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationWaits:
    """An escalation waits to be acknowledged: for whoever is on duty, privately."""

    escalation: EscalationId
    by: UserId
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationAcknowledged:
    """An escalation has an owner: for the requester privately, and for the case's thread."""

    escalation: EscalationId
    owner: UserId
    contact_due_at: datetime | None
    """When contact follows; None where the workspace does not show its targets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefReady:
    """The brief of an escalation, for whoever has come to answer for it, privately."""

    escalation: EscalationId
    owner: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAdded:
    """Somebody added a statement to an open escalation."""

    escalation: EscalationId
    author: UserId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationWithdrawn:
    """Its submitter took an escalation back; the right is restored."""

    escalation: EscalationId
    by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationPulled:
    """Management took a case up by itself."""

    escalation: EscalationId
    by: UserId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRedirected:
    """An escalation was sent to where it belongs; the right is restored."""

    escalation: EscalationId
    by: UserId
    target: RedirectTarget
    reason: str
    case: CaseId | None = None
    """The other case, or the new one."""
    severity: Severity | None = None
    """The severity that was asked for."""
    is_carried_out: bool = True
    """Whether that was done at once; of a confidential one the words stay private."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationDeclined:
    """An escalation was declined, with what helps instead."""

    escalation: EscalationId
    by: UserId
    code: DeclineReason
    explanation: str
    alternative: str
    contact: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationContested:
    """A redirect was disputed, or a decline appealed against: a lead has to answer."""

    escalation: EscalationId
    by: UserId
    why: str
    is_appeal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestSettled:
    """A lead answered a dispute or an appeal."""

    escalation: EscalationId
    by: UserId
    granted: bool
    answer: str
    is_appeal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RightReinstated:
    """A lead restored the right that an escalation used."""

    escalation: EscalationId
    by: UserId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationReturned:
    """An escalation is back with whoever is on duty."""

    escalation: EscalationId
    by: UserId | None
    """None where its owner answers no escalations any more."""
    owner: UserId | None
    """Who had it."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterGone:
    """Somebody who asked for it has left Slack: for whoever answers for it."""

    escalation: EscalationId
    user: UserId
    contact: UserId | None
    """Who is asked from now on; None where nobody else is named."""


AnsweringFact = (
    EscalationReceived
    | EscalationWaits
    | EscalationAcknowledged
    | BriefReady
    | StatementAdded
    | EscalationWithdrawn
    | EscalationPulled
    | EscalationRedirected
    | EscalationDeclined
    | EscalationContested
    | ContestSettled
    | RightReinstated
    | EscalationReturned
    | RequesterGone
)
