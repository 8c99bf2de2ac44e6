"""Who hears of an escalation, and of whoever answers it."""

from collections.abc import Iterable

from policy.cases import Case
from policy.comments import Comment
from policy.escalations import Escalation
from policy.ids import UserId
from policy.notices import (
    EscalationAcknowledged,
    EscalationReceived,
    EscalationThread,
    EscalationWaits,
    Missing,
    Notice,
    Person,
    SetupMissing,
    StatementAdded,
)
from policy.owed.notice import in_thread, notice, setup, whom
from policy.settings import WorkspaceSettings


def escalated(
    case: Case, escalation: Escalation, *, told: Iterable[UserId], settings: WorkspaceSettings
) -> tuple[Notice, ...]:
    """Return who hears of an escalation: who may answer it, the thread, and who should have been.

    Of a confidential one neither the thread hears nor, where something is missing, an
    administrator which case it is.
    """
    people = tuple(told)
    confidential = escalation.request.confidential
    found = [_waits(case, escalation, user) for user in people]
    if not confidential:
        fact = EscalationReceived(escalation=escalation.id, by=escalation.submitted_by)
        key = f"escalations.received:{escalation.id}"
        found.append(in_thread(case, key, fact, at=escalation.submitted_at))
    if not people:
        found.append(_missing(case, escalation, Missing.LEADS if confidential else Missing.DUTY))
    if settings.duty_channel is None and not confidential:
        found.append(_missing(case, escalation, Missing.DUTY_CHANNEL))
    return tuple(found)


def acknowledged(case: Case, escalation: Escalation, owner: UserId) -> tuple[Notice, ...]:
    """Return who answers for it: for the requester privately and, unless confidential, the thread."""
    fact = EscalationAcknowledged(
        escalation=escalation.id, owner=owner, contact_due_at=escalation.contact_due_at
    )
    key = f"escalations.acknowledged:{escalation.id}.{escalation.version}"
    at = escalation.acknowledged_at or escalation.submitted_at
    person = escalation.submitted_by
    private = notice(case, f"{key}:{person}", Person(user=person), fact, at=at)
    if escalation.request.confidential:
        return (private,)
    return private, in_thread(case, key, fact, at=at)


def stated(
    case: Case, escalation: Escalation, comment: Comment, *, leads: Iterable[UserId]
) -> tuple[Notice, ...]:
    """Return a statement for the escalation's thread; a confidential one for its owner or leads."""
    fact = StatementAdded(escalation=escalation.id, author=comment.author, text=comment.text)
    to: tuple[EscalationThread | Person, ...] = (EscalationThread(escalation=escalation.id),)
    if escalation.request.confidential:
        users = {escalation.owner} if escalation.owner else set(leads)
        to = tuple(Person(user=user) for user in sorted(users - {comment.author}))
    key = f"escalations.stated:{comment.id}"
    return tuple(notice(case, f"{key}:{whom(each)}", each, fact, at=comment.at) for each in to)


def _waits(case: Case, escalation: Escalation, user: UserId) -> Notice:
    fact = EscalationWaits(
        escalation=escalation.id,
        by=escalation.submitted_by,
        due_at=escalation.acknowledge_due_at,
    )
    key = f"escalations.waits:{escalation.id}:{user}"
    return notice(case, key, Person(user=user), fact, at=escalation.submitted_at)


def _missing(case: Case, escalation: Escalation, missing: Missing) -> Notice:
    shown = None if escalation.request.confidential else case.id
    key = f"settings.missing:{escalation.id}.{missing.value}:administrators"
    fact = SetupMissing(missing=missing, user=escalation.submitted_by)
    return setup(case.workspace, shown, key, fact, at=escalation.submitted_at)
