"""What Caseflag costs while nobody asks: to start, to stand there, and to have worked for long."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

from benchmarks.databases import migrated
from benchmarks.harness import Arm, Figures, Measure, Run, Target, arm, comparison
from benchmarks.load import HERE, at_once, command, wired
from benchmarks.servers import Server, a_free_port, caseflag, peer
from benchmarks.slack import Slack, slack

OURS, IMPORTS, BARE = "Caseflag", "importing the libraries", "bare AsyncApp"
IMPORTING = "import slack_bolt.async_app, aiohttp.web, sqlalchemy.ext.asyncio"
START, MEMORY = "start ms", "memory MB"
READY = f"GET /readyz HTTP/1.1\r\nHost: {HERE}\r\n\r\n".encode()
STARTS = 3


@comparison(
    "start",
    item=7,
    title="From the command to a green `/readyz`.",
    targets=(
        Target(
            says="at most 1.5 x importing slack_bolt, aiohttp and SQLAlchemy",
            figure=START,
            of=OURS,
            to=IMPORTS,
            at_most=1.5,
        ),
    ),
    about=(
        "The median of a few starts of `python -m bot serve` on a migrated SQLite file, until `/readyz` "
        "says 200; beside a Python that imports the three libraries and ends. Caseflag imports all of "
        "them too, without collecting garbage meanwhile, which that Python does as Python comes. Nine "
        "tenths of what it takes are imports, a third of those its own code: of that, half is building "
        "some 300 frozen dataclasses. Asking Slack who we are, and opening the database and the doors, "
        "take 25 ms together."
    ),
)
async def start(run: Run) -> list[Arm]:
    """Start each of them several times."""
    here = await run.stack.enter_async_context(slack())
    url = await run.stack.enter_async_context(migrated(run, "SQLite"))

    async def ours() -> Figures:
        return {
            START: _median([await _ready_in(run, here, url) for _ in range(run.pick(STARTS, 1))])
        }

    async def imports() -> Figures:
        return {START: _median([await _imported_in() for _ in range(run.pick(STARTS, 1))])}

    await _imported_in()  # compiled, and in the file system's memory
    return [arm(OURS, ours), arm(IMPORTS, imports)]


async def _ready_in(run: Run, here: Slack, url: str) -> float:
    began, port = time.perf_counter(), a_free_port()
    async with caseflag(run, here, url, port=port) as server:
        wire = await wired(server.port)
        while (await wire.asks(READY))[0] != 200:
            continue  # the doors open last: it is ready at once, or nearly so
        took = time.perf_counter() - began
        wire.closes()
    return took * 1000


async def _imported_in() -> float:
    began = time.perf_counter()
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", IMPORTING)
    await child.wait()
    return (time.perf_counter() - began) * 1000


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


@comparison(
    "memory",
    item=7,
    title="Memory when nothing has been asked yet, and after many interactions.",
    targets=(
        Target(
            says="idle: at most 1.6 x a bare AsyncApp",
            figure=MEMORY,
            of=OURS,
            to=BARE,
            at_most=1.6,
        ),
        Target(
            says="flat over 200,000 interactions: at most 1.05 x",
            figure="grown to x",
            of=f"{OURS}, at work",
            at_most=1.05,
        ),
    ),
    about=(
        "Resident memory of the process. Caseflag serves, ticks and delivers on SQLite; the bare AsyncApp "
        "has one listener and keeps nothing: SQLAlchemy alone, imported beside it, adds 21 MB to its 45 (7 "
        "of them its ORM, which its asyncio half brings along unused), so that any app that keeps cases "
        "starts at 1.46 x. The rest is Caseflag's own code and tables (12 MB), pydantic's settings (9 MB), "
        "what it opens and compiles to serve and to tick (4 MB), and click, prometheus_client, structlog "
        "and APScheduler (4 MB): where the target is missed, that is why, and none of it grows. At work, "
        "`/case help` is answered 200,000 times in all, 16 at a time; its memory is compared with what it "
        "was after the first 5,000."
    ),
    patience=420,
)
async def memory(run: Run) -> list[Arm]:
    """Let two of ours and a bare app stand there, and one of them work."""
    here = await run.stack.enter_async_context(slack())
    url = await run.stack.enter_async_context(migrated(run, "SQLite"))
    other = await run.stack.enter_async_context(migrated(run, "SQLite"))
    return [
        Arm(name=OURS, opened=partial(_standing, run, caseflag(run, here, url))),
        Arm(name=BARE, opened=partial(_standing, run, peer(run, here, "bolt.py"))),
        Arm(name=f"{OURS}, at work", opened=partial(_working, run, here, other)),
    ]


@asynccontextmanager
async def _standing(
    run: Run, started: AbstractAsyncContextManager[Server]
) -> AsyncIterator[Measure]:
    async with started as server:
        await asyncio.sleep(run.pick(2.0, 0.5))

        async def measure() -> Figures:
            return {MEMORY: server.memory()}

        yield measure


@asynccontextmanager
async def _working(run: Run, here: Slack, url: str) -> AsyncIterator[Measure]:
    async with caseflag(run, here, url) as server:
        await _work(server.port, run.pick(5000, 500))
        begun = server.memory()

        async def measure() -> Figures:
            await _work(server.port, run.pick(67_000, 3000))
            now = server.memory()
            return {MEMORY: now, "grown to x": now / begun}

        yield measure


async def _work(port: int, times: int) -> None:
    for first in range(0, times, 1000):
        many = [command("help") for _ in range(first, min(first + 1000, times))]
        _, _, failed = await at_once(port, many, wires=16)
        if failed:
            message = f"{failed} of {len(many)} failed"
            raise RuntimeError(message)
