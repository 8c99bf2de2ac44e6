"""What becomes of a case, what is said on it, and what is not set up for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.cases import Severity
from policy.comments import CommentKind
from policy.crossings import Crossing
from policy.ids import AccountId, ChannelId, CommentId, RequestId, Tier, UserId
from policy.roles import Side


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
    links: tuple[str, ...] = ()
    """Where what it speaks of stands in Slack."""


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
    of: UserId | None = None
    """Whom they concern, all there are: their channel took none, so each hears of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingNear:
    """Escalating becomes available soon: for the engineer, who may still prevent the need."""

    clock_version: int
    available_at: datetime


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


class ClosedHow(StrEnum):
    """What closed a case."""

    ASKED = "asked"
    """Somebody who may just did it."""
    ACCEPTED = "accepted"
    """The requester accepted what was proposed."""
    SILENCE = "silence"
    """Nobody answered what was proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed:
    """A case was closed."""

    by: UserId
    reopenable_until: datetime
    how: ClosedHow = ClosedHow.ASKED


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


CaseFact = (
    CommentAdded
    | Crossed
    | CrossedForDuty
    | CrossedTogether
    | CrossingNear
    | ReminderDue
    | NextStepDue
    | SeverityRequested
    | SeverityDecided
    | CaseClosed
    | CaseReopened
    | CaseTaken
    | TierUnknown
    | SetupMissing
    | ChannelUnusable
)
