"""Which pagers hear of an escalation, and what (product, 6; beyond Slack, where configured)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from policy.cases import Case, Severity
from policy.escalations import Escalation, EscalationState
from policy.ids import PromiseId, WorkspaceId
from policy.notices import (
    Administrators,
    EscalationPaged,
    Notice,
    PageEvent,
    Pager,
    PagerService,
    PagerUnusable,
)
from policy.owed.notice import CAN_WAIT, notice
from policy.promises import Kind, Promise

AT_ONCE = frozenset({Severity.S1, Severity.S2})
"""What wakes people as soon as it is submitted; the others page once they are late."""


def paged(
    case: Case,
    before: Escalation | None,
    after: Escalation,
    services: Iterable[PagerService],
    *,
    at: datetime,
) -> tuple[Notice, ...]:
    """Return what pagers are told of a change: nothing of a confidential escalation."""
    event = _event(before, after)
    if event is None or after.request.confidential:
        return ()
    key = f"paging.{event.value}:{after.id}.{after.version}"
    return tuple(
        _page(case, after, event, each, key, at=at)
        for each in sorted(services)
        if event is not PageEvent.TRIGGER or _hears_at_once(each, case)
    )


def late(
    case: Case,
    escalation: Escalation,
    promise: PromiseId,
    services: Iterable[PagerService],
    *,
    at: datetime,
) -> tuple[Notice, ...]:
    """Return that nobody has acknowledged in time, for every pager, once."""
    if escalation.request.confidential:
        return ()
    key = f"paging.late:{promise}"
    return tuple(
        _page(case, escalation, PageEvent.TRIGGER, each, key, at=at, is_late=True)
        for each in sorted(services)
    )


def keys(
    escalation: Escalation, promises: Iterable[Promise]
) -> Mapping[str, tuple[PagerService, PageEvent, bool]]:
    """Return the key of each page that an escalation may have been owed, with what it tells.

    The last of these says that nobody had acknowledged in time.
    """
    versions = range(1, escalation.version + 1)
    became = {
        f"paging.{event.value}:{escalation.id}.{version}:{service.value}": (service, event, False)
        for service in PagerService
        for event in PageEvent
        for version in versions
    }
    missed = {
        f"paging.late:{each.id}:{service.value}": (service, PageEvent.TRIGGER, True)
        for service in PagerService
        for each in promises
        if each.kind is Kind.ACKNOWLEDGE
    }
    return became | missed


def unusable(workspace: WorkspaceId, service: PagerService, error: str, *, at: datetime) -> Notice:
    """Return that a pager cannot be told, for the administrators, once a day."""
    return Notice(
        workspace=workspace,
        key=f"paging.unusable:{service.value}.{at.date()}:administrators",
        to=Administrators(),
        fact=PagerUnusable(service=service, error=error),
        urgency=CAN_WAIT,
        at=at,
    )


def _event(before: Escalation | None, after: Escalation) -> PageEvent | None:
    """Return what the change is to a pager; None where it is nothing."""
    was_waiting = before is not None and before.state is EscalationState.REQUESTED
    if after.state is EscalationState.REQUESTED:
        return None if was_waiting else PageEvent.TRIGGER
    if before is None:  # pulled: nobody was paged
        return None
    if not after.is_open:
        return PageEvent.RESOLVE if before.is_open else None
    return PageEvent.ACKNOWLEDGE if was_waiting else None


def _hears_at_once(service: PagerService, case: Case) -> bool:
    return service is not PagerService.PAGERDUTY or case.severity in AT_ONCE


def _page(
    case: Case,
    escalation: Escalation,
    event: PageEvent,
    service: PagerService,
    key: str,
    *,
    at: datetime,
    is_late: bool = False,
) -> Notice:
    fact = EscalationPaged(
        escalation=escalation.id,
        event=event,
        owner=escalation.owner,
        due_at=escalation.acknowledge_due_at,
        is_late=is_late,
    )
    return notice(case, f"{key}:{service.value}", Pager(service=service), fact, at=at)
