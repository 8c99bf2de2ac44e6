"""Where an escalation stands, and what standing there means for the case's right."""

from enum import StrEnum


class EscalationState(StrEnum):
    """Where an escalation stands (product, 6)."""

    REQUESTED = "requested"
    ACKNOWLEDGED = "acknowledged"
    ACTIVE = "active"
    MONITORING = "monitoring"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REDIRECTED = "redirected"
    DECLINED = "declined"


E = EscalationState
OPEN = frozenset({E.REQUESTED, E.ACKNOWLEDGED, E.ACTIVE, E.MONITORING})
ENDED = frozenset(EscalationState) - OPEN
RESTORES_RIGHT = frozenset({E.WITHDRAWN, E.REDIRECTED})
