"""Who is on duty when, and how that is arranged."""

from typing import Protocol

from policy.hours import Span
from policy.ids import OverrideId, ShiftId, SwapId, UserId
from policy.roles import Actor
from policy.rota import DutyPage, DutyTimes, Override, Shift, ShiftRequest, Swap


class Rota(Protocol):
    """Who answers escalations when; the support side reads it, leads and administrators arrange it."""

    async def read(self, *, by: Actor) -> DutyPage:
        """Return who is on duty now and next, and what the person may do about it."""
        ...

    async def shift(self, shift: ShiftId, *, by: Actor) -> Shift:
        """Return one row of the week, for whoever arranges it.

        Raises:
            Stale: it is out of the week by now.
        """
        ...

    async def take(self, span: Span, *, by: Actor) -> Override | Swap:
        """Take a time that nobody has; where somebody has it, offer that person to take it.

        Raises:
            OutOfTime: the time is over, or lies too far ahead.
        """
        ...

    async def propose(self, span: Span, taker: UserId, *, by: Actor) -> Swap:
        """Offer somebody to do the person's own duty for a while; it counts once accepted."""
        ...

    async def answer(self, swap: SwapId, *, accepted: bool, by: Actor) -> Swap:
        """Accept or refuse a swap, as the one who was asked; or take it back.

        Raises:
            SwapIsDecided: there is an answer, or its time is over.
        """
        ...

    async def arrange(
        self, request: ShiftRequest, shift: ShiftId | None = None, *, by: Actor
    ) -> Shift:
        """Put a shift into the week, or change one."""
        ...

    async def remove(self, shift: ShiftId, *, by: Actor) -> None:
        """Take a shift out of the week.

        Raises:
            Stale: it is out already.
        """
        ...

    async def override(
        self, person: UserId, span: Span, *, instead_of: UserId | None = None, by: Actor
    ) -> Override:
        """Arrange that somebody is on duty for a while, whatever the week says; they are told."""
        ...

    async def revoke(self, override: OverrideId, *, by: Actor) -> Override:
        """Let what was arranged for a while count no more; they are told.

        Raises:
            Stale: it counts no more already.
        """
        ...

    async def keep_times(self, times: DutyTimes, *, by: Actor) -> DutyTimes:
        """Decide when the targets of S3 and S4 run, and when the duty channel hears of its day.

        Raises:
            Unreadable: nobody knows that country's holidays.
        """
        ...
