"""Paging: what pagers beyond Slack are owed, where any are configured."""

from bot.desk.act import Act
from policy.cases import Case
from policy.escalations import Escalation
from policy.owed import paging as owed
from policy.promises import Kind, Promise


def paged(act: Act, case: Case, before: Escalation | None, after: Escalation) -> None:
    """Owe pagers what an escalation has become."""
    act.owe(*owed.paged(case, before, after, act.means.pagers, at=act.now))


def late(act: Act, case: Case, escalation: Escalation, promise: Promise) -> None:
    """Owe pagers that nobody has acknowledged an escalation in time, if nobody has."""
    if promise.kind is Kind.ACKNOWLEDGE and promise.is_open and act.now >= promise.due_at:
        act.owe(*owed.late(case, escalation, promise.id, act.means.pagers, at=act.now))
