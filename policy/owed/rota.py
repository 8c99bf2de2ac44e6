"""Who is told of what becomes of the rota."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from policy.hours import Span
from policy.ids import UserId, WorkspaceId
from policy.notices import (
    Administrators,
    CalendarUnusable,
    DutyArranged,
    Fact,
    GapsForeseen,
    Notice,
    Person,
    SwapAnswered,
    SwapProposed,
)
from policy.owed.notice import CAN_WAIT
from policy.rota import Override, Swap

SOON = timedelta(days=1)
URGENT = 2
MOST = 50
"""How many gaps one notice tells."""


def proposed(swap: Swap) -> Notice:
    """Return the offer, for whoever has to accept it."""
    fact = SwapProposed(
        swap=swap.id,
        by=swap.proposed_by,
        giver=swap.giver,
        taker=swap.taker,
        start_at=swap.start_at,
        end_at=swap.end_at,
    )
    key = f"rota.swap_proposed:{swap.id}:{swap.asked}"
    return _person(swap.workspace, key, swap.asked, fact, swap.start_at, at=swap.proposed_at)


def answered(swap: Swap, *, by: UserId, at: datetime) -> Notice:
    """Return what came of the offer, for the other of the two."""
    fact = SwapAnswered(
        swap=swap.id,
        by=by,
        giver=swap.giver,
        taker=swap.taker,
        start_at=swap.start_at,
        end_at=swap.end_at,
        accepted=bool(swap.accepted),
    )
    other = swap.asked if by == swap.proposed_by else swap.proposed_by
    key = f"rota.swap_answered:{swap.id}:{other}"
    return _person(swap.workspace, key, other, fact, swap.start_at, at=at)


def arranged(
    override: Override, *, by: UserId, at: datetime, is_revoked: bool = False
) -> tuple[Notice, ...]:
    """Return what was arranged for somebody, for those it concerns who did not do it."""
    fact = DutyArranged(
        by=by,
        person=override.person,
        instead_of=override.instead_of,
        start_at=override.start_at,
        end_at=override.end_at,
        is_revoked=is_revoked,
    )
    verb = "revoked" if is_revoked else "arranged"
    people = sorted({each for each in (override.person, override.instead_of) if each} - {by})
    return tuple(
        _person(
            override.workspace,
            f"rota.{verb}:{override.id}:{user}",
            user,
            fact,
            override.start_at,
            at=at,
        )
        for user in people
    )


def gaps(
    workspace: WorkspaceId, found: Iterable[Span], to: Iterable[UserId], *, at: datetime
) -> tuple[Notice, ...]:
    """Return the gaps for each who arranges the rota; for administrators where nobody is named."""
    told = tuple(found)[:MOST]
    members = ",".join(f"{each.start_at.isoformat()}-{each.end_at.isoformat()}" for each in told)
    key = f"rota.gaps:{sha256(members.encode()).hexdigest()[:16]}"
    fact = GapsForeseen(gaps=told)
    people = sorted(set(to))
    if not people:
        return (_notice(workspace, f"{key}:administrators", Administrators(), fact, told, at),)
    return tuple(
        _notice(workspace, f"{key}:{user}", Person(user=user), fact, told, at) for user in people
    )


def calendar_unusable(workspace: WorkspaceId, error: str, *, at: datetime) -> Notice:
    """Return that the calendar gives nothing, for the administrators, once a day."""
    key = f"rota.calendar:{at.date()}:administrators"
    fact = CalendarUnusable(error=error)
    return _notice(workspace, key, Administrators(), fact, (), at)


def _notice(
    workspace: WorkspaceId,
    key: str,
    to: Person | Administrators,
    fact: Fact,
    spans: tuple[Span, ...],
    at: datetime,
) -> Notice:
    is_soon = any(each.start_at < at + SOON for each in spans)
    urgency = URGENT if is_soon else CAN_WAIT
    return Notice(workspace=workspace, key=key, to=to, fact=fact, urgency=urgency, at=at)


def _person(
    workspace: WorkspaceId,
    key: str,
    user: UserId,
    fact: Fact,
    start_at: datetime,
    *,
    at: datetime,
) -> Notice:
    return _notice(
        workspace, key, Person(user=user), fact, (Span(start_at=start_at, end_at=start_at),), at
    )
