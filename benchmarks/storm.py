"""A storm: very many crossings due at once, and what becomes of everything else meanwhile."""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks.ahead import ahead, is_all_told, made_due
from benchmarks.beating import longest
from benchmarks.harness import Arm, Figures, Measure, Run, Target, comparison
from benchmarks.load import HERE, percentile
from benchmarks.pacing import pace
from benchmarks.servers import a_free_port, environment, served
from benchmarks.slack import slack
from bot.clock import SystemClock
from bot.desk.crossings import BATCH
from bot.storage.database import Database, connected

CLAIMED, ANNOUNCED, REPLICAS = "claimed only", "one process", "four replicas"
CLAIMS, ALL_OF_IT = "claims per second", "announced per second"
HELD, WORKED, IDLE, MEANWHILE, DOUBLED = (
    "longest hold ms",
    "of it at work ms",
    "ack idle p99 ms",
    "ack p99 ms",
    "doubled",
)
CALM = 12.0
"""Seconds of idleness: a percentile of 300 acks is the third of them, and leaps about."""
ACKS = 100.0
"""Commands a second, from people who know nothing of the storm."""

TARGETS = (
    Target(says="one process claims 20,000 a second", figure=CLAIMS, of=CLAIMED, at_least=20_000),
    Target(
        says="one process announces 20,000 a second, with history and notices",
        figure=ALL_OF_IT,
        of=ANNOUNCED,
        at_least=20_000,
    ),
    Target(says="the event loop is never held over 50 ms", figure=HELD, of=ANNOUNCED, at_most=50),
    Target(
        says="meanwhile an ack's p99 is at most 1.5 x of idle",
        figure=MEANWHILE,
        of=ANNOUNCED,
        to=ANNOUNCED,
        to_figure=IDLE,
        at_most=1.5,
    ),
)
ABOUT = (
    "*Claimed only* is the claim by itself, committed in the product's own batches; in the product it always "
    "comes with the history's entry, the card that is out of date and the notice owed, all in one "
    "transaction, and that is *one process*: a whole Caseflag that answers 100 commands a second "
    "and delivers besides. Its rate is Python's: each case is read, chained by two SHA-256 and "
    "written as JSON, some 90 us by one core, whatever the database could do, and delivering takes "
    "as much again; more processes share the work. Python that announces is Python that does not "
    "ack, so all of it is done in slices between which acks go first."
)


@comparison(
    "storm-sqlite",
    item=4,
    title="50,000 due at once (2,000 in a quick run), on SQLite.",
    targets=TARGETS,
    about=ABOUT,
)
async def storm_sqlite(run: Run) -> list[Arm]:
    """One process, as SQLite has."""
    cases = run.pick(50_000, 2_000)
    return [_claiming(run, "SQLite", cases), _announcing(run, "SQLite", cases)]


@comparison(
    "storm-postgresql",
    item=4,
    title="100,000 due at once (2,000 in a quick run), on PostgreSQL.",
    targets=(
        *TARGETS,
        Target(says="four replicas double none", figure=DOUBLED, of=REPLICAS, at_most=0),
    ),
    about=ABOUT + " *Four replicas* are processes of their own: 20,000 cases, the entries and the "
    "notices of each counted.",
)
async def storm_postgresql(run: Run) -> list[Arm]:
    """One process, and four."""
    cases = run.pick(100_000, 2_000)
    return [
        _claiming(run, "PostgreSQL", cases // 2),
        _announcing(run, "PostgreSQL", cases),
        _together(run, run.pick(20_000, 1_000)),
    ]


def _claiming(run: Run, kind: str, cases: int) -> Arm:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Measure]:
        async with ahead(run, kind, cases) as (url, engine), connected(url) as database:

            async def measure() -> Figures:
                await made_due(engine)
                began = time.perf_counter()
                claimed = await _claimed(database)
                return {CLAIMS: claimed / (time.perf_counter() - began)}

            yield measure

    return Arm(name=CLAIMED, opened=opened)


async def _claimed(database: Database) -> int:
    number, clock = 0, SystemClock()
    while True:
        async with database.begin() as work:
            found = await work.crossings.due(clock(), BATCH)
            await work.commit()
        number += len(found)
        if not found:
            return number


def _announcing(run: Run, kind: str, cases: int) -> Arm:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Measure]:
        async with AsyncExitStack() as stack:
            here = await stack.enter_async_context(slack())
            url, engine = await stack.enter_async_context(ahead(run, kind, cases))
            beats = run.home / f"beats-{kind}"
            said = environment(here, DATABASE_URL=url, CASEFLAG_SANDBOX="true", BEATS=str(beats))
            words = (sys.executable, "-m", "benchmarks.beating")
            server = await stack.enter_async_context(served(run, *words, environment=said))

            async def measure() -> Figures:
                async with pace(server.port, per_second=ACKS) as calm:
                    await asyncio.sleep(run.pick(CALM, 1.0))
                await made_due(engine)
                since = time.monotonic()
                async with pace(server.port, per_second=ACKS) as rough:
                    took = await _told(engine, server.port)
                late, worked = longest(beats, since=since)
                return {
                    ALL_OF_IT: cases / took,
                    HELD: late * 1000,
                    WORKED: worked * 1000,
                    IDLE: percentile(calm, 0.99) * 1000,
                    MEANWHILE: percentile(rough, 0.99) * 1000,
                }

            yield measure

    return Arm(name=ANNOUNCED, opened=opened)


def _together(run: Run, cases: int) -> Arm:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Measure]:
        async with AsyncExitStack() as stack:
            here = await stack.enter_async_context(slack())
            url, engine = await stack.enter_async_context(ahead(run, "PostgreSQL", cases))
            ports = [a_free_port() for _ in range(4)]
            for port in ports:
                said = environment(
                    here, DATABASE_URL=url, CASEFLAG_SANDBOX="true", WORKER_PORT=str(port)
                )
                words = (sys.executable, "-m", "bot", "work")
                await stack.enter_async_context(served(run, *words, environment=said, port=port))

            async def measure() -> Figures:
                await made_due(engine)
                took = await _told(engine, *ports)
                return {ALL_OF_IT: cases / took, DOUBLED: float(await _doubled(engine))}

            yield measure

    return Arm(name=REPLICAS, opened=opened)


async def _told(engine: AsyncEngine, *ports: int) -> float:
    """Let everybody look at once; return the seconds until no crossing is due any more."""
    began = time.monotonic()
    await asyncio.gather(*(ring(port) for port in ports))
    while not await is_all_told(engine):  # noqa: ASYNC110 - others tell it
        await asyncio.sleep(0.02)
    return time.monotonic() - began


async def ring(port: int) -> None:
    """Let a Caseflag look at once whether anything is due, as its own commits do."""
    url = f"http://{HERE}:{port}/sandbox/clock"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json={"advance_seconds": 0}, raise_for_status=True),
    ):
        pass


async def _doubled(engine: AsyncEngine) -> int:
    """Return how many crossings stand twice in a history, or in two notices for one place."""
    entries, notices = Counter[object](), Counter[object]()
    async with engine.connect() as connection:
        history = await connection.execute(
            text("SELECT case_number, after FROM history WHERE what = 'crossings.announced'")
        )
        for number, after in history:
            entries[number, _read(after)["clock_version"]] += 1
        for (notice,) in await connection.execute(text("SELECT notice FROM outbox")):
            said = _read(notice)
            for each in said["fact"].get("crossings") or [said["fact"].get("crossing")]:
                if each is not None:
                    place = json.dumps(said["to"], sort_keys=True)
                    notices[place, each["case"], each["clock_version"]] += 1
    return sum(each > 1 for each in (*entries.values(), *notices.values()))


def _read(document: Any) -> Any:
    return json.loads(document) if isinstance(document, str) else document
