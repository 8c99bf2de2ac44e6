"""The escalation: the one request per case for someone besides the assigned engineer."""

from dataclasses import dataclass
from datetime import datetime

from policy.escalations.parts import (
    Contest,
    Decline,
    Ending,
    HandOver,
    Judged,
    Pause,
    Plan,
    Proposal,
    Rating,
    Redirection,
    Reinstatement,
    Review,
    Update,
    Watch,
)
from policy.escalations.request import EscalationRequest
from policy.escalations.states import OPEN, RESTORES_RIGHT, EscalationState
from policy.ids import CaseId, EscalationId, UserId, WorkspaceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """The one request per case for someone besides the assigned engineer."""

    workspace: WorkspaceId
    id: EscalationId
    case: CaseId
    request: EscalationRequest
    state: EscalationState = EscalationState.REQUESTED
    submitted_by: UserId
    submitted_at: datetime
    acknowledge_due_at: datetime
    owner: UserId | None = None
    acknowledged_at: datetime | None = None
    contact_due_at: datetime | None = None
    uses_right: bool = True
    """Whether it used the case's right and no lead has reinstated that since."""
    flags: tuple[str, ...] = ()
    """What the duty manager must know about how it came: overridden advice, claims unproven."""
    version: int = 1
    pulled: str = ""
    """Why management took it up by itself; empty where a requester submitted it."""
    owned_at: datetime | None = None
    """Since when its owner has it."""
    contacted_at: datetime | None = None
    plan: Plan | None = None
    update: Update | None = None
    next_update_due_at: datetime | None = None
    hand_over: HandOver | None = None
    """The one that waits to be accepted."""
    pause: Pause | None = None
    watch: Watch | None = None
    redirection: Redirection | None = None
    decline: Decline | None = None
    contest: Contest | None = None
    """The dispute of a redirect, or the appeal against a decline."""
    proposal: Proposal | None = None
    """The wish to close it that the requester has not answered."""
    ending: Ending | None = None
    rating: Rating | None = None
    review: Review | None = None
    judged: Judged | None = None
    reinstatement: Reinstatement | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody answers for it, or should."""
        return self.state in OPEN

    @property
    def holds_right(self) -> bool:
        """Whether the case's right counts as used because of it."""
        return self.uses_right and self.state not in RESTORES_RIGHT

    def is_paused(self, *, now: datetime) -> bool:
        """Tell whether nothing is due at this moment."""
        return self.is_open and self.pause is not None and now < self.pause.until
