"""Who is asked at one moment: an override, the week, a user group, a list, else whoever is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policy.ids import UserId
from policy.rota.shifts import Rota
from policy.rota.turns import Turn, next_turn, turn_at


class Source(StrEnum):
    """What named the people on duty, in the order in which it is asked."""

    OVERRIDE = "override"
    ROTA = "rota"
    BACKUP = "backup"
    CALENDAR = "calendar"
    GROUP = "group"
    LIST = "list"
    LEADS = "leads"
    ADMINISTRATORS = "administrators"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Who may be asked where the rota names nobody, or nobody who is there."""

    calendar: frozenset[UserId] = frozenset()
    """Whom a calendar elsewhere names at this moment."""
    group: frozenset[UserId] = frozenset()
    """The members of the Slack user group."""
    listed: frozenset[UserId] = frozenset()
    """The duty managers whom the settings list."""
    leads: frozenset[UserId] = frozenset()
    administrators: frozenset[UserId] = frozenset()
    unavailable: frozenset[UserId] = frozenset()
    """The deactivated, and who must not, such as the case's engineer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDuty:
    """Who is on duty at one moment, who stands behind them, and who comes next."""

    people: tuple[UserId, ...]
    backups: tuple[UserId, ...]
    source: Source
    now: Turn
    next: Turn | None


def who_is_on(rota: Rota, bench: Bench, *, now: datetime) -> OnDuty:
    """Return who is on duty now: the first source that names somebody who is there."""
    away = bench.unavailable
    turn = turn_at(rota, now, unavailable=away)
    rostered = Source.OVERRIDE if turn.is_overridden else Source.ROTA
    asked: tuple[tuple[Source, Iterable[UserId]], ...] = (
        (rostered, turn.people),
        (Source.BACKUP, turn.backups),
        (Source.CALENDAR, bench.calendar),
        (Source.GROUP, bench.group),
        (Source.LIST, bench.listed),
        (Source.LEADS, bench.leads),
        (Source.ADMINISTRATORS, bench.administrators),
    )
    following = next_turn(rota, now, unavailable=away)
    for source, named in asked:
        if people := tuple(sorted(set(named) - away)):
            backups = tuple(each for each in turn.backups if each not in people)
            return OnDuty(people=people, backups=backups, source=source, now=turn, next=following)
    return OnDuty(people=(), backups=(), source=Source.NOBODY, now=turn, next=following)
