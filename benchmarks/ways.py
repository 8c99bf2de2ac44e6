"""What one request costs: `/case help` through the whole stack, beside those who do the same."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

from benchmarks.databases import migrated
from benchmarks.harness import Arm, Figures, Measure, Run, Target, comparison
from benchmarks.load import at_once, command, latency, one_by_one, percentile, pressed
from benchmarks.node import node
from benchmarks.servers import Server, caseflag, peer
from benchmarks.slack import slack
from handlers.routes import ROUTES

OURS, RAW, BOLT, NODE = "Caseflag", "raw aiohttp", "Bolt for Python", "Bolt for JavaScript"
ONE, MANY = "p50 ms", "per second"


@comparison(
    "help",
    item=1,
    title="`/case help`, from the signed request to the answer.",
    targets=(
        Target(says="at most 2.5 x raw aiohttp", figure=ONE, of=OURS, to=RAW, at_most=2.5),
        Target(
            says="at most 1/20 of stock Bolt with as many listeners",
            figure=ONE,
            of=OURS,
            to=BOLT,
            at_most=1 / 20,
        ),
        Target(
            says="at most 1.5 x Bolt for JavaScript", figure=ONE, of=OURS, to=NODE, at_most=1.5
        ),
    ),
    about=(
        "One request at a time over one kept connection, and 32 at a time. Every arm checks the "
        "signature and answers with some 2 KB of text in its HTTP response. Raw aiohttp does nothing "
        f"besides; both Bolts have {len(ROUTES)} listeners, as Caseflag has, asked one by one. What is "
        "beyond raw aiohttp is Bolt: a client of its own for each request, a task for the listener, and "
        "what listeners may wish for, made twice."
    ),
)
async def help_(run: Run) -> list[Arm]:
    """Start all four, each a process of its own."""
    here = await run.stack.enter_async_context(slack())
    url = await run.stack.enter_async_context(migrated(run, "SQLite"))
    others = str(len(ROUTES) - 1)
    return [
        _arm(run, OURS, lambda: caseflag(run, here, url)),
        _arm(run, RAW, lambda: peer(run, here, "raw.py")),
        _arm(run, BOLT, lambda: peer(run, here, "bolt.py", LISTENERS=others)),
        _arm(run, NODE, lambda: node(run, here, "bolt.js", LISTENERS=others)),
    ]


FEW, ALL = 10, 300


@comparison(
    "ways",
    item=1,
    title=f"A button's ack, with {FEW} ways in and with {ALL}.",
    targets=(
        Target(
            says=f"from {FEW} to {ALL} ways in: at most 1.15 x",
            figure=ONE,
            of=f"Caseflag, {ALL} ways in",
            to=f"Caseflag, {FEW} ways in",
            at_most=1.15,
        ),
    ),
    about=(
        "The button that was bound last is pressed. Bolt asks its listeners one by one, so there it "
        "would be found last; Caseflag binds all names of a kind at once and tells them apart by a "
        "dictionary ([ADR 15](adr/0015-a-listener-is-found-by-a-dictionary.md))."
    ),
)
async def ways(run: Run) -> list[Arm]:
    """Start the same stack with few and with many ways in, and stock Bolt with as many."""
    here = await run.stack.enter_async_context(slack())
    ours = [(f"Caseflag, {many} ways in", many, "ways.py", "WAYS") for many in (FEW, ALL)]
    theirs = [
        (f"Bolt for Python, {many} ways in", many, "bolt.py", "ACTIONS") for many in (FEW, ALL)
    ]
    return [
        _pressed(run, name, many, partial(peer, run, here, file, **{word: str(many)}))
        for name, many, file, word in ours + theirs
    ]


def _pressed(
    run: Run,
    name: str,
    many: int,
    started: Callable[[], AbstractAsyncContextManager[Server]],
) -> Arm:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Measure]:
        async with started() as server:

            async def measure() -> Figures:
                last = f"word.verb-{many - 1}"
                presses = [pressed(last) for _ in range(run.pick(400, 60))]
                return latency(await one_by_one(server.port, presses))

            yield measure

    return Arm(name=name, opened=opened)


def _arm(run: Run, name: str, started: Callable[[], AbstractAsyncContextManager[Server]]) -> Arm:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Measure]:
        async with started() as server:
            yield lambda: asked(run, server.port, "help")

    return Arm(name=name, opened=opened)


async def asked(run: Run, port: int, text: str) -> Figures:
    """Return what a command costs, one at a time and 32 at a time."""
    one = await one_by_one(port, [command(text) for _ in range(run.pick(500, 60))])
    many = [command(text) for _ in range(run.pick(2500, 200))]
    took, seconds, failed = await at_once(port, many)
    if failed:
        message = f"{failed} of {len(many)} failed"
        raise RuntimeError(message)
    return {
        **latency(one),
        MANY: len(took) / seconds,
        "p99 of 32 ms": percentile(took, 0.99) * 1000,
    }
