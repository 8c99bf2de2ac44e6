"""One promise: what somebody will do by when, and whether they did."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from policy.ids import CaseId, EscalationId, PromiseId, UserId, WorkspaceId


class Kind(StrEnum):
    """What is promised."""

    ACKNOWLEDGE = "acknowledge"
    CONTACT = "contact"
    """To speak to the requester for the first time."""
    UPDATE = "update"
    ACTION = "action"
    WATCH = "watch"
    """To close it, or to work on it again, once it has been watched long enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A dated commitment of an escalation."""

    workspace: WorkspaceId
    id: PromiseId
    case: CaseId
    escalation: EscalationId
    kind: Kind
    owner: UserId | None
    """Who keeps it; None stands for whoever is on duty."""
    what: str = ""
    made_at: datetime
    due_at: datetime
    kept_at: datetime | None = None
    released_at: datetime | None = None
    """When it was no longer needed, though nobody kept it."""
    missed: bool = False
    """Whether it was still open after its time; for good, also where it was kept later."""
    climbed: int = 0
    """How many rungs of its ladder have been climbed."""

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits for it."""
        return self.kept_at is None and self.released_at is None

    def is_missed(self, *, now: datetime) -> bool:
        """Tell whether its time has passed without it; the very moment is still in time."""
        return self.missed or (self.is_open and now > self.due_at)


def kept(promise: Promise, *, now: datetime) -> Promise:
    """Return the promise kept, in time or not; one that is not open stays as it is."""
    if not promise.is_open:
        return promise
    return replace(promise, kept_at=now, missed=promise.is_missed(now=now))


def released(promise: Promise, *, now: datetime) -> Promise:
    """Return the promise that nobody needs any more; what was missed by then stays missed."""
    if not promise.is_open:
        return promise
    return replace(promise, released_at=now, missed=promise.is_missed(now=now))


def lapsed(promise: Promise, *, now: datetime) -> Promise:
    """Return the promise, noted as missed once its time has passed."""
    return replace(promise, missed=promise.is_missed(now=now))
