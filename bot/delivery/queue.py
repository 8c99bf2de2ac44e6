"""What was claimed and waits for its turn: the most urgent first, each channel at its pace."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.delivery.pace import Pace

LONGEST_WAIT = 10.0
"""Seconds that something may wait here for its channel's turn."""
AT_ONCE = 16
ROOM = 60
"""As much may wait here before more is claimed: what waits longer than its lease is lost time."""
CARDS = 12
"""As many cards may wait here: so many are edited before their lease would run out."""
IDLE = 1.0
"""Seconds after which to look again in any case: another process may owe something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something claimed."""

    turn: tuple[int, int]
    """How urgent it is, and cards before the notices that belong into their threads."""
    lane: str
    """What takes one thing at a time: a channel, a person, or one card that is edited."""
    paces: tuple[tuple[Pace, str], ...]
    """What has to allow it, each for a name of its own."""
    go: Callable[[], Awaitable[None]]
    back: Callable[[float], Awaitable[None]]
    """Gives it back, to be claimed again in so many seconds."""
    expires: float
    """The monotonic moment after which it may be somebody else's: then it is forgotten."""
    is_card: bool = False
    """Whether it shows a card; else it tells a notice."""
    is_for_slack: bool = True
    """Whether it waits while Slack lets us in no more; a page does not."""

    def wait(self, now: float) -> float:
        """Return after how many seconds every pace allows it."""
        return max(pace.wait(name, now=now) for pace, name in self.paces)


class Queue:
    """Starts what may start; its order is that of urgency, then of arrival."""

    def __init__(self, do: Callable[[Item], Awaitable[None]]) -> None:
        self._do = do
        self._waiting: list[Item] = []
        self._busy: dict[str, asyncio.Task[None]] = {}
        self.changed = asyncio.Event()
        """Set when something may have become possible since the last start."""

    @property
    def has_room(self) -> bool:
        """Whether more notices may be claimed; cards, of which a storm leaves many, do not count."""
        return len(self._waiting) - self._cards < ROOM

    @property
    def room_for_cards(self) -> int:
        """How many more cards may be claimed."""
        return max(0, CARDS - self._cards)

    @property
    def _cards(self) -> int:
        return sum(each.is_card for each in self._waiting)

    async def add(self, item: Item) -> None:
        """Let it wait for its turn, or give it back if that would take too long."""
        ahead = sum(
            1 for each in self._waiting if each.lane == item.lane and each.turn <= item.turn
        )
        wait = item.wait(time.monotonic()) + ahead
        if wait > LONGEST_WAIT:
            await item.back(wait / 2)
            return
        self._waiting.append(item)
        self._waiting.sort(key=lambda each: each.turn)
        self.changed.set()

    def start(self, *, is_let_in: bool = True) -> float:
        """Start what may go now; return after how many seconds to look again.

        While Slack does not let us in, only what it has no part in goes.
        """
        now, soonest, waiting = time.monotonic(), IDLE, []
        for item in self._waiting:
            if now >= item.expires:
                continue
            wait = item.wait(now)
            if item.is_for_slack and not is_let_in:
                wait = IDLE
            if wait or item.lane in self._busy or len(self._busy) >= AT_ONCE:
                waiting.append(item)
                soonest = min(soonest, wait or soonest)
                continue
            for pace, name in item.paces:
                pace.take(name, now=now)
            self._busy[item.lane] = asyncio.create_task(self._run(item))
        self._waiting = waiting
        return soonest

    def forget(self) -> None:
        """Drop all that waits for Slack: its leases run out."""
        self._waiting = [each for each in self._waiting if not each.is_for_slack]

    async def finished(self, *, within: float) -> None:
        """Give back what waits, and let what was started finish."""
        waiting, self._waiting = self._waiting, []
        for item in waiting:
            await item.back(0.0)
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=within)

    async def _run(self, item: Item) -> None:
        try:
            await self._do(item)
        finally:
            del self._busy[item.lane]
            self.changed.set()
