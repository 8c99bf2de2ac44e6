"""Turns: the spans of time in which the same people are on duty, and the gaps in which nobody is.

All spans are half-open, `[start, end)`, in aware UTC, oldest first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from policy.hours import Span
from policy.ids import UserId
from policy.rota.shifts import Override, Rota, Shift, occurrences

GAPS_AHEAD = timedelta(days=14)
"""How far gaps are foreseen (product, 8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A span of time in which the same people are on duty; nobody in a gap."""

    start_at: datetime
    end_at: datetime
    people: tuple[UserId, ...] = ()
    backups: tuple[UserId, ...] = ()
    is_overridden: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether nobody at all is named."""
        return not (self.people or self.backups)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """One time at which a shift is kept."""

    span: Span
    shift: Shift


def turns(
    rota: Rota,
    start_at: datetime,
    end_at: datetime,
    *,
    unavailable: frozenset[UserId] = frozenset(),
) -> tuple[Turn, ...]:
    """Return who is on duty between two moments, without a hole; gaps are turns of nobody.

    Of two overrides for the same time and person the one made last counts. The `unavailable` are
    left out wherever they stand.
    """
    kept = _kept(rota, start_at, end_at)
    overrides = [
        each for each in rota.overrides if max(each.start_at, start_at) < min(each.end_at, end_at)
    ]
    spans = [each.span for each in kept] + [
        Span(start_at=each.start_at, end_at=each.end_at) for each in overrides
    ]
    edges = {moment for span in spans for moment in (span.start_at, span.end_at)}
    within = sorted({start_at, end_at} | {each for each in edges if start_at < each < end_at})
    found: list[Turn] = []
    for start, end in pairwise(within):
        turn = _turn(start, end, kept, overrides, unavailable)
        if found and replace(found[-1], start_at=start, end_at=end) == turn:
            found[-1] = replace(found[-1], end_at=end)
        else:
            found.append(turn)
    return tuple(found)


def turn_at(rota: Rota, at: datetime, *, unavailable: frozenset[UserId] = frozenset()) -> Turn:
    """Return who is on duty at this moment, and until when, as far as gaps are foreseen."""
    return turns(rota, at, at + GAPS_AHEAD, unavailable=unavailable)[0]


def next_turn(
    rota: Rota, at: datetime, *, unavailable: frozenset[UserId] = frozenset()
) -> Turn | None:
    """Return who is on duty next, other than now; None where nobody is, as far as is foreseen."""
    now, *following = turns(rota, at, at + GAPS_AHEAD, unavailable=unavailable)
    return next(
        (each for each in following if not each.is_gap and each.people != now.people), None
    )


def gaps(
    shifts: Iterable[Shift],
    overrides: Iterable[Override],
    now: datetime,
    days: int = 14,
    *,
    holidays: frozenset[date] = frozenset(),
    unavailable: frozenset[UserId] = frozenset(),
) -> tuple[Turn, ...]:
    """Return when nobody will be on duty during the next days (product, 8.7).

    Gaps never touch. A backup closes a gap; somebody unavailable does not.
    """
    rota = Rota(shifts=tuple(shifts), overrides=tuple(overrides), holidays=holidays)
    ahead = turns(rota, now, now + timedelta(days=days), unavailable=unavailable)
    return tuple(each for each in ahead if each.is_gap)


def _kept(rota: Rota, start_at: datetime, end_at: datetime) -> list[_Kept]:
    return [
        _Kept(span=span, shift=shift)
        for shift in rota.shifts
        for span in occurrences(shift, start_at, end_at, holidays=rota.holidays)
    ]


def _turn(
    start_at: datetime,
    end_at: datetime,
    kept: list[_Kept],
    overrides: list[Override],
    unavailable: frozenset[UserId],
) -> Turn:
    """Return who is on duty in a span of time in which nothing changes."""
    shifts = [each.shift for each in kept if each.span.start_at <= start_at < each.span.end_at]
    ruling = _ruling([each for each in overrides if each.start_at <= start_at < each.end_at])
    people = {each.person for each in shifts}
    for override in ruling:
        replaced = people if override.instead_of is None else {override.instead_of}
        people = (people - replaced) | {override.person}
    backups = {each.backup for each in shifts if each.backup} - people
    return Turn(
        start_at=start_at,
        end_at=end_at,
        people=tuple(sorted(people - unavailable)),
        backups=tuple(sorted(backups - unavailable)),
        is_overridden=any(each.person in people - unavailable for each in ruling),
    )


def _ruling(overrides: list[Override]) -> list[Override]:
    """Return the overrides that count, in the order in which they were made."""
    latest = {each.instead_of: each for each in sorted(overrides, key=_made)}
    everybody = latest.get(None)
    return [
        each
        for each in sorted(latest.values(), key=_made)
        if everybody is None or _made(each) >= _made(everybody)
    ]


def _made(override: Override) -> tuple[datetime, str]:
    return override.made_at, override.id
