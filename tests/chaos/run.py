"""One run: a town, its load, its weather, and a while to come to rest."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import SystemClock
from bot.desk import Desk
from bot.storage.database import Database, connected
from tests.chaos.books import Books, balanced, under_way
from tests.chaos.disk import Disk
from tests.chaos.load import DISTURBED, Acked, Load
from tests.chaos.replicas import Replica, pause, replicas
from tests.chaos.town import CUSTOMERS, Groups, a_town
from tests.chaos.weather import FAULTS, Weather
from tests.support.app import HERE, a_free_port
from tests.support.postgres import Server
from workbench import Workbench, serving

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be tried."""

    replicas: int
    kills: int
    seed: int
    cases: int
    crossing: timedelta
    """How soon after its import a case crosses, at most."""
    restarts: int = 0
    """How often all replicas are replaced first, one after the other."""
    database: str = "PostgreSQL"
    program: str = "bot.cli"
    """Whose processes they are: Caseflag's own, or something that stands for it."""
    rest: float = 1800.0
    """Seconds after which it has come to rest, or never will."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of it."""

    plan: Plan
    befell: Counter[str]
    acked: Acked
    books: Books
    statuses: Counter[int]
    leaks: int
    seconds: float

    @property
    def is_well(self) -> bool:
        """Whether every promise was kept."""
        return self.books.balance and not self.leaks


async def tried(
    plan: Plan, url: str, *, server: Server | None = None, disk: Disk | None = None, say: Say
) -> Outcome:
    """Let it happen on a migrated, empty database; return what became of it.

    The server and the disk are stopped and filled, where they are given.
    """
    chance, over = random.Random(plan.seed), asyncio.Event()
    began = asyncio.get_running_loop().time()
    async with _setting(plan, url) as (bench, database, running):
        clock = SystemClock()
        desk = Desk.over(database, clock, Groups())
        for each in CUSTOMERS:
            await desk.imports.account(each.account)
        weather = Weather(
            chance=chance,
            replicas=running,
            server=server,
            disk=disk,
            kills=plan.kills,
            restarts=plan.restarts,
        )
        load = Load(
            bench=bench,
            desk=desk,
            clock=clock,
            chance=random.Random(plan.seed + 1),
            cases=plan.cases,
            crossing=plan.crossing,
            progress=lambda: weather.progress,
        )
        for fault in FAULTS:
            bench.faults.order(dict(fault))
        telling = asyncio.create_task(_told(weather, load, over, say=say))
        going = asyncio.create_task(load.goes_on(over))
        await weather.blows()
        over.set()
        await asyncio.gather(going, telling)
        bench.faults.clear()
        await _rested(plan, database, clock, say=say)
        books = await balanced(database, bench, load.acked, now=clock())
        return Outcome(
            plan=plan,
            befell=weather.befell,
            acked=load.acked,
            books=books,
            statuses=sum((each.statuses for each in running), Counter()),
            leaks=sum(each.leaks for each in running),
            seconds=asyncio.get_running_loop().time() - began,
        )


@asynccontextmanager
async def _setting(
    plan: Plan, url: str
) -> AsyncIterator[tuple[Workbench, Database, list[Replica]]]:
    port = a_free_port()
    async with AsyncExitStack() as stack:
        bench = await stack.enter_async_context(serving(a_town(port), host=HERE, limits=False))
        database = await stack.enter_async_context(connected(url, alone=False))
        running = replicas(bench, url, port, number=plan.replicas, program=plan.program)
        yield bench, database, await stack.enter_async_context(running)


async def _told(weather: Weather, load: Load, over: asyncio.Event, *, say: Say) -> None:
    while not over.is_set():
        await pause(5, over)
        befell = ", ".join(f"{what}: {times}" for what, times in sorted(weather.befell.items()))
        say(f"{befell}; {len(load.imported)} cases, {load.acked.forms} forms acked")


async def _rested(plan: Plan, database: Database, clock: SystemClock, *, say: Say) -> None:
    """Wait until nothing is due any more; what happens then is in the books."""
    loop = asyncio.get_running_loop()
    until, told = loop.time() + plan.rest, 0.0
    quiet = 0
    while loop.time() < until and quiet < 3:
        await pause(0.5)
        try:
            left = await under_way(database, clock())
        except DISTURBED:
            continue
        quiet = 0 if left else quiet + 1
        if loop.time() - told > 5:
            say(f"coming to rest: {left} to go")
            told = loop.time()
