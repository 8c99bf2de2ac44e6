"""Courtesy: whoever works through very many things lets those go first for whom Slack waits.

All of it shares one event loop. A person's ack takes several turns of that loop, so between two
slices of work it is not enough to let the loop turn once.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

SLICE = 25
"""So many rows at a time: some 20 us each keep the loop for less than a millisecond."""
TURNS = 4
"""Turns of the loop from bytes that have arrived to a delivery that is being served."""
AT_MOST = 0.005
"""Seconds that a slice waits: who is served may itself wait for a row that the slices hold."""
_worked_for: ContextVar[object] = ContextVar("worked_for", default=None)


class Courtesy:
    """Who is being served at this moment."""

    def __init__(self) -> None:
        self._served = set[object]()
        self._held_up = set[object]()
        self._nobody = asyncio.Event()
        self._nobody.set()

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Have others wait while the block answers somebody."""
        delivery = object()
        self._served.add(delivery)
        self._look()
        before = _worked_for.set(delivery)
        try:
            yield
        finally:
            _worked_for.reset(before)
            self._served.remove(delivery)
            self._look()

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """Have nobody wait for a delivery that itself waits for the turn of whoever works."""
        delivery = _worked_for.get()
        self._held_up.add(delivery)
        self._look()
        try:
            yield
        finally:
            self._held_up.discard(delivery)
            self._look()

    async def after_you(self) -> None:
        """Let everybody go first who has arrived meanwhile, unless somebody waits for this too."""
        for _ in range(TURNS):
            await asyncio.sleep(0)
        if not self._nobody.is_set() and _worked_for.get() not in self._served:
            with suppress(TimeoutError):
                async with asyncio.timeout(AT_MOST):
                    await self._nobody.wait()

    def _look(self) -> None:
        if self._served <= self._held_up:
            self._nobody.set()
        else:
            self._nobody.clear()
