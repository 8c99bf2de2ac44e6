"""The one clock of the workbench: real time plus an offset that only grows."""

import asyncio
import heapq
import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


class Timer:
    """Something that will happen at a moment of the workbench's clock, unless cancelled."""

    __slots__ = ("call", "cancelled", "when")

    def __init__(self, when: float, call: Callable[[], None]) -> None:
        self.when = when
        self.call = call
        self.cancelled = False

    def cancel(self) -> None:
        """Let it not happen."""
        self.cancelled = True


class Clock:
    """Tells the time and wakes what waits for it, whether time passes or is moved."""

    def __init__(self, *, offset: float = 0.0) -> None:
        self.offset = offset
        self._timers: list[tuple[float, int, Timer]] = []
        self._order = itertools.count()
        self._handle: asyncio.TimerHandle | None = None

    def now(self) -> float:
        """Return the moment in seconds since the epoch."""
        return time.time() + self.offset

    def at(self, when: float, call: Callable[[], None]) -> Timer:
        """Call back at a moment; a moment that has passed means as soon as possible."""
        timer = Timer(when, call)
        heapq.heappush(self._timers, (when, next(self._order), timer))
        self._arm()
        return timer

    def advance(self, seconds: float) -> None:
        """Move time forward and do at once all that has become due.

        Raises:
            ValueError: the time would run backwards.
        """
        if seconds < 0:
            message = "the clock only moves forward"
            raise ValueError(message)
        self.offset += seconds
        self._run_due()

    async def sleep(self, seconds: float) -> None:
        """Wait for a span of the workbench's time."""
        woken = asyncio.Event()
        timer = self.at(self.now() + seconds, woken.set)
        try:
            await woken.wait()
        finally:
            timer.cancel()

    @asynccontextmanager
    async def limit(self, seconds: float) -> AsyncIterator[None]:
        """Give the block so many seconds; raises TimeoutError when they are over."""
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(None) as scope:
            timer = self.at(self.now() + seconds, lambda: scope.reschedule(loop.time()))
            try:
                yield
            finally:
                timer.cancel()

    def stop(self) -> None:
        """Wake nothing any more."""
        self._timers.clear()
        self._disarm()

    def _run_due(self) -> None:
        while self._timers and self._timers[0][0] <= self.now():
            timer = heapq.heappop(self._timers)[2]
            if not timer.cancelled:
                timer.call()
        self._arm()

    def _arm(self) -> None:
        self._disarm()
        while self._timers and self._timers[0][2].cancelled:
            heapq.heappop(self._timers)
        if self._timers:
            wait = max(0.0, self._timers[0][0] - self.now())
            self._handle = asyncio.get_running_loop().call_later(wait, self._run_due)

    def _disarm(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
