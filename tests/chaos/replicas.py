"""Caseflag as several processes, each started again whenever it ends, as an operator's host does."""

import asyncio
import os
import signal
from collections import Counter, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from tests.chaos.nursery import Child, born
from tests.support.app import BOT, HERE, NAMED, SECRET
from workbench import Workbench

RUNS = '"event": "Caseflag runs"'
GRACE = 120.0
"""Seconds that a busy machine may take to start them all."""


async def pause(seconds: float, until: asyncio.Event | None = None) -> None:
    """Let time pass, no longer than until the event."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await (until or asyncio.Event()).wait()


@dataclass(slots=True, kw_only=True)
class Replica:
    """One process, and the ones after it."""

    words: tuple[str, str]
    """The module whose `main` is run, and what it is told to do."""
    environment: Mapping[str, str]
    is_up: asyncio.Event = field(default_factory=asyncio.Event)
    said: deque[str] = field(default_factory=lambda: deque(maxlen=400))
    statuses: Counter[int] = field(default_factory=Counter)
    leaks: int = 0
    child: Child | None = None

    async def lives(self, over: asyncio.Event) -> None:
        """Run, and run again, until it is all over."""
        while not over.is_set():
            async with born(*self.words, self.environment) as self.child:
                if over.is_set():  # it was being born while all others were ended
                    self.child.ends(signal.SIGKILL)
                await self._listened(self.child)
                self.is_up.clear()
                self.statuses[await self.child.ended()] += 1

    def ends(self, number: signal.Signals) -> bool:
        """Send a signal, if there is a process that hears it."""
        if self.child is None or not self.child.ends(number):
            return False
        self.is_up.clear()
        return True

    async def _listened(self, child: Child) -> None:
        while line := (await child.said.readline()).decode(errors="replace"):
            self.said.append(line)
            self.leaks += BOT in line or SECRET in line
            if RUNS in line:
                self.is_up.set()


@asynccontextmanager
async def replicas(
    bench: Workbench, database_url: str, port: int, *, number: int, program: str
) -> AsyncIterator[list[Replica]]:
    """Run one `serve`, which listens on the port, and `work` for all others."""
    environment = {
        "PATH": os.environ.get("PATH", ""),  # noqa: TID251 - where python itself looks
        "SLACK_BOT_TOKEN": BOT,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": bench.api_url,
        "DATABASE_URL": database_url,
        "HOST": HERE,
        "PORT": str(port),
        **{name.upper(): _listed(value) for name, value in NAMED.items()},
    }
    words = [(program, "serve"), *[(program, "work")] * (number - 1)]
    running = [Replica(words=each, environment=environment) for each in words]
    over = asyncio.Event()
    lives = [asyncio.create_task(each.lives(over)) for each in running]
    try:
        await asyncio.gather(*(asyncio.wait_for(each.is_up.wait(), GRACE) for each in running))
        yield running
    finally:
        over.set()
        for each in running:
            each.ends(signal.SIGKILL)
        await asyncio.gather(*lives)


def _listed(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)
