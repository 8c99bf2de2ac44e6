"""Notices: what somebody must be told. Facts, frozen when they happened; looks come at delivery.

Each notice has a key; two with the same key are one, whatever restarts, retries or replicas there
are. Where it goes is named by role (`Duty`, `Thread`), and found out when it is sent.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.cases import Severity
from policy.comments import CommentKind
from policy.crossings import Crossing
from policy.ids import (
    AccountId,
    CaseId,
    ChannelId,
    CommentId,
    EscalationId,
    RequestId,
    Tier,
    UserId,
    WorkspaceId,
)
from policy.roles import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The thread of a case's card: its conversation."""

    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationThread:
    """The thread of an escalation's card in the duty channel."""

    escalation: EscalationId


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person, privately."""

    user: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel by its id."""

    channel: ChannelId


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """The duty channel, whichever the settings name when the notice is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrators:
    """Every administrator, privately."""


Address = Thread | EscalationThread | Person | Channel | Duty | Administrators


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAdded:
    """A comment made by command or form, for its case's thread."""

    comment: CommentId
    author: UserId
    side: Side
    kind: CommentKind
    text: str
    counts: bool = True
    """Whether a chase counted towards an escalation."""
    is_question: bool = False
    """Whether support now waits for the customer's answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """Escalating a case is available: for requester and followers, in its thread."""

    crossing: Crossing


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossedForDuty:
    """Escalating an S1 or S2 is available: for the duty channel."""

    crossing: Crossing


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossedTogether:
    """Escalating several cases is available: one digest for one channel."""

    crossings: tuple[Crossing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDue:
    """What a person asked to be reminded of: that escalating a case is available."""

    user: UserId
    clock_version: int = 1
    """Under which version of the case's clock; when that moves, another reminder is owed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStepDue:
    """The date of an agreed next step has come; the person asked to be reminded of it."""

    user: UserId
    step: str
    due_at: datetime


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
class StatementAdded:
    """Somebody added a statement to an open escalation."""

    escalation: EscalationId
    author: UserId
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityRequested:
    """Somebody asks for another severity: for the case's thread, with the buttons to decide."""

    request: RequestId
    by: UserId
    before: Severity
    severity: Severity
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityDecided:
    """A severity was changed, or a request for it refused."""

    by: UserId
    before: Severity
    severity: Severity
    granted: bool
    reason: str
    available_at: datetime
    """When escalating is, or was, available from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed:
    """A case was closed."""

    by: UserId
    reopenable_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened:
    """A case is in progress again."""

    by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTaken:
    """A case has an engineer."""

    engineer: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class TierUnknown:
    """An account has a tier the table does not know: for the administrators."""

    account: AccountId
    name: str
    tier: Tier


class Missing(StrEnum):
    """What the settings lack, as somebody found out who came up against it."""

    ACCOUNT = "account"
    """The person who opened a case belongs to no account; it has the default tier meanwhile."""
    DUTY_CHANNEL = "duty_channel"
    """An escalation has no channel to stand in; whoever is on duty heard of it privately."""
    LEADS = "leads"
    """No lead can answer a confidential escalation, and nobody else may."""
    DUTY = "duty"
    """Nobody can answer an escalation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupMissing:
    """Something is not set up, and a person came up against it: for the administrators."""

    missing: Missing
    user: UserId
    """Who came up against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelUnusable:
    """Notices could not be posted where they belong: for the administrators, with the cure."""

    channel: ChannelId
    error: str


Fact = (
    CommentAdded
    | Crossed
    | CrossedForDuty
    | CrossedTogether
    | ReminderDue
    | NextStepDue
    | EscalationReceived
    | EscalationWaits
    | EscalationAcknowledged
    | StatementAdded
    | SeverityRequested
    | SeverityDecided
    | CaseClosed
    | CaseReopened
    | CaseTaken
    | TierUnknown
    | SetupMissing
    | ChannelUnusable
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that must be told to somebody."""

    workspace: WorkspaceId
    key: str
    """`word.verb:subject:to`, unique per workspace: the database keeps one notice of each."""
    case: CaseId | None = None
    to: Address
    fact: Fact
    urgency: int
    """1 for S1 to 4 for S4; 5 for what can wait. The sender goes by it over all channels."""
    at: datetime
    """When it happened."""
    not_before: datetime | None = None
