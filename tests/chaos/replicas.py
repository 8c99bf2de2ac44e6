"""Caseflag as several processes, each started again whenever it ends, as an operator's host does."""

import asyncio
import os
import signal
import sys
from collections import Counter, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from tests.support.app import BOT, HERE, NAMED, SECRET
from workbench import Workbench

RUNS = '"event": "Caseflag runs"'
GRACE = 30.0


async def pause(seconds: float, until: asyncio.Event | None = None) -> None:
    """Let time pass, no longer than until the event."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await (until or asyncio.Event()).wait()


@dataclass(slots=True, kw_only=True)
class Replica:
    """One process, and the ones after it."""

    words: tuple[str, ...]
    """What is run, and how."""
    environment: Mapping[str, str]
    is_up: asyncio.Event = field(default_factory=asyncio.Event)
    said: deque[str] = field(default_factory=lambda: deque(maxlen=400))
    statuses: Counter[int] = field(default_factory=Counter)
    leaks: int = 0
    child: asyncio.subprocess.Process | None = None

    async def lives(self, over: asyncio.Event) -> None:
        """Run, and run again, until it is all over."""
        while not over.is_set():
            self.child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", *self.words),
                env=dict(self.environment),
                stderr=asyncio.subprocess.PIPE,
            )
            await self._listened(self.child)
            self.is_up.clear()
            self.statuses[await self.child.wait()] += 1

    def ends(self, number: signal.Signals) -> bool:
        """Send a signal, if there is a process that hears it."""
        if self.child is None or self.child.returncode is not None:
            return False
        self.is_up.clear()
        self.child.send_signal(number)
        return True

    async def _listened(self, child: asyncio.subprocess.Process) -> None:
        assert child.stderr is not None
        while line := (await child.stderr.readline()).decode(errors="replace"):
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
