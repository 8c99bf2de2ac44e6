"""The noise budget: nobody is told more than so much in an hour, beyond what cannot wait."""

from datetime import datetime, timedelta

from policy.notices import (
    ClosingProposed,
    EscalationContested,
    EscalationReturned,
    EscalationWaits,
    Gathered,
    HandOverOffered,
    Notice,
    Person,
    PromiseWaits,
    SwapProposed,
)
from policy.owed.notice import CAN_WAIT

MOST_AN_HOUR = 20
"""So many messages one person gets privately in an hour; the rest becomes one digest."""
HOUR = timedelta(hours=1)
AFTER = timedelta(minutes=1)
"""How long after its hour a digest is told: whatever was put into it stands there by then."""
WHY = "much was told to them in this hour: it stands in the digest"
CANNOT_WAIT = (
    *(EscalationWaits, EscalationReturned, EscalationContested, PromiseWaits),
    *(HandOverOffered, ClosingProposed, SwapProposed),
    Gathered,
)
"""What somebody has to answer, with the buttons that a digest does not have; and the digest."""


def is_too_much(notice: Notice, told: int) -> bool:
    """Tell whether a notice has to wait for the digest, after so many were told in an hour.

    What is about an S1, and what somebody has to answer, never waits.
    """
    if not isinstance(notice.to, Person) or isinstance(notice.fact, CANNOT_WAIT):
        return False
    return told >= MOST_AN_HOUR and notice.urgency > 1


def gathering(notice: Notice, to: Person, *, now: datetime) -> Notice:
    """Return the digest that a notice for this person goes into now; each hour has one."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    return Notice(
        workspace=notice.workspace,
        key=f"noise.gathered:{hour:%Y-%m-%dT%H}:{to.user}",
        to=to,
        fact=Gathered(since=hour),
        urgency=CAN_WAIT,
        at=now,
        not_before=hour + HOUR + AFTER,
    )
