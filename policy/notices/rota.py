"""What becomes of the rota: swaps, times arranged for somebody, and gaps ahead."""

from dataclasses import dataclass
from datetime import datetime

from policy.hours import Span
from policy.ids import SwapId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapProposed:
    """One person offers to swap: for the other one, with the buttons to answer."""

    swap: SwapId
    by: UserId
    giver: UserId
    taker: UserId
    start_at: datetime
    end_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapAnswered:
    """A swap was accepted or refused: for whoever proposed it, or was asked."""

    swap: SwapId
    by: UserId
    giver: UserId
    taker: UserId
    start_at: datetime
    end_at: datetime
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyArranged:
    """Somebody is on duty for a while: for that person, and for whoever is not."""

    by: UserId
    person: UserId
    instead_of: UserId | None
    start_at: datetime
    end_at: datetime
    is_revoked: bool = False
    """Whether that was arranged before, and no longer counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsForeseen:
    """Nobody will be on duty: for those who arrange it, once for each gap."""

    gaps: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarUnusable:
    """The calendar of the rota gives nothing that can be read: for the administrators."""

    error: str


RotaFact = SwapProposed | SwapAnswered | DutyArranged | GapsForeseen | CalendarUnusable
