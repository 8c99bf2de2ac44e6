"""How an escalation is worked on, and how it ends."""

from dataclasses import dataclass
from datetime import datetime

from policy.escalations import Agreement, ClosedAs, Trend
from policy.ids import EscalationId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStarted:
    """Its owner has begun to work on an escalation."""

    escalation: EscalationId
    by: UserId
    criteria: str
    first_action: str
    actor: UserId
    next_update_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationUpdated:
    """Its owner tells how it goes."""

    escalation: EscalationId
    by: UserId
    text: str
    trend: Trend
    next_update_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationPaused:
    """Nothing is due until then, as the requester wants it."""

    escalation: EscalationId
    by: UserId
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationResumed:
    """Things are due again."""

    escalation: EscalationId
    by: UserId
    next_update_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverOffered:
    """Somebody is asked to answer for an escalation from now on."""

    escalation: EscalationId
    by: UserId
    to: UserId
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverAccepted:
    """Somebody else answers for an escalation from now on."""

    escalation: EscalationId
    by: UserId
    """Who does from now on."""
    owner: UserId
    """Who did until now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverEnded:
    """An offer was refused, or taken back: the owner goes on."""

    escalation: EscalationId
    by: UserId
    to: UserId
    """Who had been asked."""
    owner: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStabilised:
    """An escalation is only watched any more."""

    escalation: EscalationId
    by: UserId
    watch: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRelapsed:
    """A watched escalation is worked on again."""

    escalation: EscalationId
    by: UserId
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingProposed:
    """The requester is asked to agree to closing an escalation."""

    escalation: EscalationId
    by: UserId
    outcome: ClosedAs
    summary: str
    prompt: int
    """The how manieth time: 1 or 2."""
    answer_due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingUnanswered:
    """Nobody answered the second prompt: its owner may close the escalation."""

    escalation: EscalationId
    prompt_at: datetime
    """When the requester was asked the second time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingRefused:
    """The requester objects to closing an escalation."""

    escalation: EscalationId
    by: UserId
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationClosed:
    """An escalation is over; its requester may rate it, its owner reviews it."""

    escalation: EscalationId
    by: UserId
    outcome: ClosedAs
    summary: str
    agreement: Agreement
    override: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationRated:
    """Its requester said how well an escalation was answered."""

    escalation: EscalationId
    by: UserId
    score: int
    text: str


WorkingFact = (
    EscalationStarted
    | EscalationUpdated
    | EscalationPaused
    | EscalationResumed
    | HandOverOffered
    | HandOverAccepted
    | HandOverEnded
    | EscalationStabilised
    | EscalationRelapsed
    | ClosingProposed
    | ClosingUnanswered
    | ClosingRefused
    | EscalationClosed
    | EscalationRated
)
