"""A tick: what looking for what is due costs, however many cases are open."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from statistics import median

from benchmarks.ahead import ahead, made_due, newest
from benchmarks.harness import Arm, Figures, Measure, Run, Target, comparison
from benchmarks.peers.full_scan import full_scan
from benchmarks.peers.job_per_case import job_per_case
from bot.cli.seed import NoDirectory
from bot.clock import SystemClock
from bot.desk import Desk
from bot.jobs.ticking import Ticker
from bot.metrics import Health, Metrics
from bot.storage.database import connected

FEW, MANY = "ten thousand open", "ten million open"
SCAN, SMALL_SCAN, JOBS = "full scan of more", "full scan of ten thousand", "a job per case"
IDLE, DUE, NUMBER = "idle ms", "100 due ms", "cases millions"
AT_ONCE = 100


def _targets() -> tuple[Target, ...]:
    return tuple(
        Target(
            says=f"{what}: ten million open cases cost at most 1.3 x of ten thousand",
            figure=figure,
            of=MANY,
            to=FEW,
            at_most=1.3,
        )
        for what, figure in (("an idle tick", IDLE), ("a tick with 100 due", DUE))
    )


ABOUT = (
    "One whole tick of Caseflag, with all that it asks: crossings, warnings, silences, promises, "
    "prompts, digests, the day's plan and the rota. *Ten million* is 100,000 in a quick run, and "
    "fewer where filling takes longer than 90 s. All "
    "cases are open and have their crossing ahead; the database has the indexes that a tick goes "
    "by, and those that lists and searches go by are left out to save the disk. "
)


@comparison(
    "tick-sqlite",
    item=4,
    title="A tick on SQLite, beside a full scan and a job per case.",
    targets=_targets(),
    about=ABOUT + "A full scan loads every open case by the ORM, of 10,000 and of 100,000 "
    "(20,000 in a quick run); a job per case holds 2,000 jobs (500) in APScheduler's own store.",
)
async def tick_sqlite(run: Run) -> list[Arm]:
    """Fill two databases, and build both peers at sizes where they still end."""
    return [
        _ours(run, "SQLite", FEW, 10_000),
        _ours(run, "SQLite", MANY, run.pick(10_000_000, 100_000)),
        _scan(run, SMALL_SCAN, 10_000),
        _scan(run, SCAN, run.pick(100_000, 20_000)),
        _jobs(run, run.pick(2_000, 500)),
    ]


@comparison(
    "tick-postgresql",
    item=4,
    title="A tick on PostgreSQL.",
    targets=_targets(),
    about=ABOUT,
)
async def tick_postgresql(run: Run) -> list[Arm]:
    """Fill two databases, each on a server of its own."""
    return [
        _ours(run, "PostgreSQL", FEW, 10_000),
        _ours(run, "PostgreSQL", MANY, run.pick(10_000_000, 100_000)),
    ]


def _ours(run: Run, kind: str, name: str, cases: int) -> Arm:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Measure]:
        async with ahead(run, kind, cases) as (url, engine), connected(url) as database:
            clock = SystemClock()
            desk = Desk.over(database, clock, NoDirectory())
            ticker = Ticker(desk, database, clock, Metrics(), Health())
            look = ticker._look  # noqa: SLF001 - one tick, without waiting for it
            many = await newest(engine)
            numbers = range(7, many, many // AT_ONCE)[:AT_ONCE]
            sets = run.pick(5, 3)

            async def measure() -> Figures:
                found = await _figures(look, lambda: made_due(engine, numbers), sets)
                return {**found, NUMBER: many / 1_000_000}

            await measure()  # the first time, pages are read and statements prepared
            yield measure

    return Arm(name=name, opened=opened)


def _scan(run: Run, name: str, cases: int) -> Arm:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Measure]:
        url = f"sqlite+aiosqlite:///{run.home / f'scan-{cases}.db'}"
        async with full_scan(url, cases) as peer:

            async def measure() -> Figures:
                return await _figures(peer.scans, lambda: peer.ages(AT_ONCE), 1, idles=1)

            yield measure

    return Arm(name=name, opened=opened)


def _jobs(run: Run, cases: int) -> Arm:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Measure]:
        url = f"sqlite:///{run.home / 'jobs.db'}"
        async with job_per_case(url, cases) as peer:

            async def measure() -> Figures:
                await peer.ages(AT_ONCE)
                return {DUE: await _took(lambda: peer.runs(AT_ONCE)) * 1000}

            yield measure

    return Arm(name=JOBS, opened=opened)


async def _figures(
    look: Callable[[], Awaitable[object]],
    age: Callable[[], Awaitable[None]],
    sets: int,
    *,
    idles: int = 3,
) -> Figures:
    """Look some times when nothing is due, and some times when a hundred are."""
    idle, due = list[float](), list[float]()
    for _ in range(sets):
        await age()
        due.append(await _took(look))
        idle += [await _took(look) for _ in range(idles)]
    return {IDLE: median(idle) * 1000, DUE: median(due) * 1000}


async def _took(deed: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await deed()
    return time.perf_counter() - began
