"""Gaps ahead, each to its very end, and which of them nobody has been told of."""

from collections.abc import Iterable
from datetime import UTC, datetime

from policy.hours import Span
from policy.ids import UserId
from policy.rota.shifts import Rota
from policy.rota.turns import GAPS_AHEAD, turns

NO_END = datetime(9999, 1, 1, tzinfo=UTC)
"""When a gap ends whose end is not in sight."""


def foreseen(
    rota: Rota, *, now: datetime, unavailable: frozenset[UserId] = frozenset()
) -> tuple[Span, ...]:
    """Return when nobody will be on duty, as far as gaps are foreseen: those that begin by then.

    A rota without shifts has no gaps: a user group or a list stands in its place.
    """
    if not rota.shifts:
        return ()
    sight = now + 2 * GAPS_AHEAD
    return tuple(
        Span(start_at=each.start_at, end_at=each.end_at if each.end_at < sight else NO_END)
        for each in turns(rota, now, sight, unavailable=unavailable)
        if each.is_gap and each.start_at < now + GAPS_AHEAD
    )


def untold(found: Iterable[Span], told: Iterable[Span]) -> tuple[Span, ...]:
    """Return the gaps that do not lie within one that was told already."""
    known = tuple(told)
    return tuple(
        gap
        for gap in found
        if not any(each.start_at <= gap.start_at and gap.end_at <= each.end_at for each in known)
    )
