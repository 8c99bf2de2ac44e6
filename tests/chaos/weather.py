"""What befalls them: killed, asked to stop, cut off from the database, left without one."""

import random
import signal
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from tests.chaos.disk import Disk
from tests.chaos.replicas import Replica, pause
from tests.support.postgres import Server

EACH_LIVES = 3.0
"""Seconds, more or less, that a replica is given between two deaths."""
CUT_OFF = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
)
FAULTS = (
    {"method": "chat.postMessage", "probability": 0.03, "fault": "lost_answer"},
    {"method": "chat.update", "probability": 0.03, "fault": "lost_answer"},
    {"method": "chat.postMessage", "probability": 0.01, "fault": "ratelimited", "retry_after": 1},
    {"method": "chat.postMessage", "probability": 0.03, "fault": "late", "retry_after": 1},
    {"method": "chat.postMessage", "probability": 0.01, "fault": "500"},
    {"method": "chat.postMessage", "probability": 0.01, "fault": "reset"},
)


@dataclass(slots=True, kw_only=True)
class Weather:
    """Blows until so many were killed."""

    chance: random.Random
    replicas: list[Replica]
    server: Server | None
    """The PostgreSQL, where it is ours to stop."""
    disk: Disk | None
    """The disk, where it is ours to fill."""
    kills: int
    restarts: int = 0
    """How often all of them are replaced before that, one after the other."""
    befell: Counter[str] = field(default_factory=Counter)

    @property
    def progress(self) -> float:
        """How much of it is over."""
        return self.befell["kills"] / self.kills if self.kills else 1.0

    async def blows(self) -> None:
        """Let one thing after the other happen."""
        for each in self.replicas * self.restarts:
            await self._replaced(each)
        while self.befell["kills"] < self.kills:
            await pause(self.chance.uniform(0, 2 * EACH_LIVES / len(self.replicas)))
            await self._next()

    async def _next(self) -> None:
        dice = self.chance.random()
        if self.server and dice < 0.02:
            await self._without_database(self.server)
        elif self.server and dice < 0.06:
            await self._cut_off(self.server)
        elif self.disk and dice < 0.1:
            await self._full(self.disk)
        elif dice < 0.12:
            self._ends(signal.SIGTERM, "stops")
        else:
            self._ends(signal.SIGKILL, "kills")

    async def _replaced(self, replica: Replica) -> None:
        """Ask one to stop, and wait for the one after it, as a new release comes to a host."""
        await replica.is_up.wait()
        self.befell["stops"] += replica.ends(signal.SIGTERM)
        await replica.is_up.wait()

    def _ends(self, number: signal.Signals, what: str) -> None:
        up = [each for each in self.replicas if each.is_up.is_set()]
        if up and self.chance.choice(up).ends(number):
            self.befell[what] += 1

    async def _cut_off(self, server: Server) -> None:
        engine = create_async_engine(server.url, isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as connection:
                await connection.execute(CUT_OFF)
            self.befell["connections dropped"] += 1
        except (SQLAlchemyError, OSError):
            self.befell["no database to cut off"] += 1
        finally:
            await engine.dispose()

    async def _full(self, disk: Disk) -> None:
        disk.fills()
        self.befell["disk full"] += 1
        await pause(self.chance.uniform(0.5, 3))
        disk.empties()

    async def _without_database(self, server: Server) -> None:
        server.stops()
        self.befell["database stopped"] += 1
        await pause(self.chance.uniform(0.5, 3))
        server.starts()
