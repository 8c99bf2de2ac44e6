"""How the rota is changed for a while: an override, a shift taken, a swap that is accepted."""

from dataclasses import replace
from datetime import datetime, timedelta

from policy.hours import Span
from policy.ids import OverrideId, SwapId, UserId, WorkspaceId
from policy.refusals import NotYours, OutOfTime, SwapIsDecided, Unreadable
from policy.roles import Role, Standing
from policy.rota.shifts import Override, Rota, Swap
from policy.rota.turns import turns

MOST_AHEAD = timedelta(days=366)
DUTY = (Role.DUTY_MANAGER, Role.LEAD)


def may_arrange(who: Standing) -> bool:
    """Tell whether the person decides who is on duty: leads and administrators do."""
    return who.has(Role.LEAD, Role.ADMINISTRATOR)


def overridden(
    person: Standing,
    span: Span,
    *,
    id: OverrideId,  # noqa: A002 - the value's own word
    instead_of: UserId | None = None,
    by: Standing,
    now: datetime,
) -> Override:
    """Return that somebody is on duty for a while, as a lead or administrator arranges it.

    Raises:
        NotYours: the person arranges nothing.
        OutOfTime: the time is over, ends before it begins, or lies too far ahead.
        Unreadable: the one named answers no escalations.
    """
    if not may_arrange(by):
        raise NotYours(case=None, need="a lead or an administrator")
    _ahead(span, now=now)
    _able(person, "person")
    return _override(by.actor.workspace, id, span, person.user, instead_of, by.user, now)


def taken(
    rota: Rota,
    span: Span,
    *,
    id: OverrideId,  # noqa: A002 - the value's own word
    by: Standing,
    unavailable: frozenset[UserId] = frozenset(),
    now: datetime,
) -> Override:
    """Return that a duty manager takes a time for which nobody is named; else it is a swap.

    Whoever is `unavailable` is as good as not named.

    Raises:
        NotYours: the person answers no escalations, or somebody else is on duty then.
        OutOfTime: the time is over, ends before it begins, or lies too far ahead.
    """
    if not by.has(*DUTY):
        raise NotYours(case=None, need="a duty manager")
    _ahead(span, now=now)
    ahead = turns(rota, span.start_at, span.end_at, unavailable=unavailable)
    if any(each.people for each in ahead):
        raise NotYours(case=None, need="whoever is on duty then; propose a swap")
    return _override(by.actor.workspace, id, span, by.user, None, by.user, now)


def proposed(
    rota: Rota,
    span: Span,
    *,
    id: SwapId,  # noqa: A002 - the value's own word
    giver: UserId,
    taker: Standing,
    by: Standing,
    now: datetime,
) -> Swap:
    """Return the offer of one of the two that the taker does the giver's duty for a while.

    Raises:
        NotYours: the person is neither of the two.
        OutOfTime: the time is over, ends before it begins, or lies too far ahead.
        Unreadable: the giver is not on duty all that time, or the taker answers no escalations.
    """
    if by.user not in {giver, taker.user}:
        raise NotYours(case=None, need="one of the two who swap")
    _ahead(span, now=now)
    _able(taker, "taker")
    on_duty = turns(rota, span.start_at, span.end_at)
    if taker.user == giver or any(giver not in each.people for each in on_duty):
        raise Unreadable(field="giver", message="Name who is on duty during all that time.")
    return Swap(
        workspace=by.actor.workspace,
        id=id,
        start_at=span.start_at,
        end_at=span.end_at,
        giver=giver,
        taker=taker.user,
        proposed_by=by.user,
        proposed_at=now,
    )


def accepted(
    swap: Swap,
    *,
    id: OverrideId,  # noqa: A002 - the value's own word
    by: Standing,
    now: datetime,
) -> tuple[Swap, Override]:
    """Return the swap accepted by the other one, and the override that it comes to.

    Raises:
        NotYours: the person was not asked, or answers no escalations any more.
        SwapIsDecided: there is an answer, or its time is over.
    """
    _decides(swap, by, now=now)
    if by.user == swap.taker and not by.has(*DUTY):
        raise NotYours(case=None, need="a duty manager")
    answer = replace(swap, accepted=True, decided_at=now)
    span = Span(start_at=swap.start_at, end_at=swap.end_at)
    return answer, _override(swap.workspace, id, span, swap.taker, swap.giver, by.user, now)


def refused(swap: Swap, *, by: Standing, now: datetime) -> Swap:
    """Return the swap that the other one does not accept, or its proposer takes back.

    Raises:
        NotYours: the person is neither of the two.
        SwapIsDecided: there is an answer, or its time is over.
    """
    if by.user != swap.proposed_by:
        _decides(swap, by, now=now)
    elif swap.accepted is not None:
        raise SwapIsDecided(accepted=swap.accepted)
    return replace(swap, accepted=False, decided_at=now)


def _decides(swap: Swap, by: Standing, *, now: datetime) -> None:
    if by.user != swap.asked:
        raise NotYours(case=None, need="whoever was asked to swap")
    if swap.accepted is not None or now >= swap.end_at:
        raise SwapIsDecided(accepted=swap.accepted)


def _able(person: Standing, field: str) -> None:
    if not person.has(*DUTY):
        raise Unreadable(field=field, message="Name a duty manager or a lead.")


def _ahead(span: Span, *, now: datetime) -> None:
    latest = now + MOST_AHEAD
    if not max(span.start_at, now) < span.end_at <= latest:
        raise OutOfTime(field="end_at", earliest=max(span.start_at, now), latest=latest)


def _override(
    workspace: WorkspaceId,
    id: OverrideId,  # noqa: A002 - the value's own word
    span: Span,
    person: UserId,
    instead_of: UserId | None,
    by: UserId,
    now: datetime,
) -> Override:
    return Override(
        workspace=workspace,
        id=id,
        start_at=span.start_at,
        end_at=span.end_at,
        person=person,
        instead_of=instead_of,
        made_by=by,
        made_at=now,
    )
