"""What pagers beyond Slack are told of an escalation, and that one of them cannot be told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.ids import EscalationId, UserId
from policy.notices.addresses import PagerService


class PageEvent(StrEnum):
    """What a pager does with an alert; PagerDuty's own words."""

    TRIGGER = "trigger"
    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationPaged:
    """An escalation waits, has somebody, or has ended: for a pager."""

    escalation: EscalationId
    event: PageEvent
    owner: UserId | None
    due_at: datetime
    """By when it was to be acknowledged."""
    is_late: bool = False
    """Whether that time has passed without anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagerUnusable:
    """A pager refuses what it is told, or does not answer: for the administrators."""

    service: PagerService
    error: str


PagingFact = EscalationPaged | PagerUnusable
