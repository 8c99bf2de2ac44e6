"""Paging: what pagers beyond Slack are owed, where any are configured."""

from bot.desk.act import Act
from policy.cases import Case
from policy.escalations import Escalation
from policy.owed import paging as owed
from policy.owed.paging import AT_ONCE
from policy.promises import Kind, Promise


def paged(act: Act, case: Case, before: Escalation | None, after: Escalation) -> None:
    """Owe pagers what an escalation has become."""
    act.owe(*owed.paged(case, before, after, act.means.pagers, at=act.now))


def raised(act: Act, before: Case, case: Case, escalation: Escalation) -> None:
    """Owe pagers that what waits has become so severe that they would have heard of it at once."""
    if escalation.owner is None and before.severity not in AT_ONCE and case.severity in AT_ONCE:
        paged(act, case, None, escalation)


def late(act: Act, case: Case, escalation: Escalation, promise: Promise) -> None:
    """Owe pagers that nobody has acknowledged an escalation in time, if nobody has."""
    if promise.kind is Kind.ACKNOWLEDGE and promise.is_open and act.now >= promise.due_at:
        act.owe(*owed.late(case, escalation, promise.id, act.means.pagers, at=act.now))
