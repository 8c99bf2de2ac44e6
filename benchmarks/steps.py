"""The workbench: whether a Slack on one's own machine keeps up with the tests that live in it."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from benchmarks.harness import Arm, Figures, Measure, Run, Target, comparison
from benchmarks.load import SECRET
from benchmarks.servers import PEERS, TOKEN, a_free_port, served
from tests.support.app import PEOPLE, a_seed
from workbench import Person, serving

START, STEPS = "start", "steps"
SECONDS, PER_SECOND = "listens s", "steps per second"
SEEN = "does one of many things"
WHERE = "acme-support"
PEOPLE_AT_ONCE = 8


@comparison(
    "workbench",
    item=8,
    title="Journeys in the workbench.",
    targets=(
        Target(says="it listens in under a second", figure=SECONDS, of=START, at_most=1),
        Target(says="500 steps a second", figure=PER_SECOND, of=STEPS, at_least=500),
    ),
    about=(
        "A start is `python -m workbench` until it listens. A step is something that a person does, or "
        "waits to see, over HTTP: eight people at once type a command, which goes signed to an app of "
        "its own process, and see its answer. People and workbench share a process, as in the tests."
    ),
)
async def steps(run: Run) -> list[Arm]:
    """Start one again and again; let people use another."""

    async def starts() -> Figures:
        port = a_free_port()
        words = (sys.executable, "-m", "workbench", "--port", str(port))
        async with served(run, *words, environment={}, port=port) as server:
            return {SECONDS: server.started_in}

    @asynccontextmanager
    async def starting() -> AsyncIterator[Measure]:
        yield starts

    return [
        Arm(name=START, opened=starting),
        Arm(name=STEPS, opened=lambda: _stepping(run)),
    ]


@asynccontextmanager
async def _stepping(run: Run) -> AsyncIterator[Measure]:
    async with AsyncExitStack() as stack:
        port = a_free_port()
        said = {"SLACK_SIGNING_SECRET": SECRET}
        app = served(run, sys.executable, str(PEERS / "raw.py"), environment=said, port=port)
        await stack.enter_async_context(app)
        bench = await stack.enter_async_context(serving(_seed(port), limits=False))
        names = [each["name"] for each in PEOPLE["users"]][:PEOPLE_AT_ONCE]
        people = [bench.person(name) for name in names]
        for person in people:
            await person.joins(WHERE)
        rounds = run.pick(60, 15)

        async def measure() -> Figures:
            began = time.perf_counter()
            await asyncio.gather(*(_journey(person, rounds) for person in people))
            return {PER_SECOND: 2 * rounds * len(people) / (time.perf_counter() - began)}

        yield measure


def _seed(port: int) -> dict[str, Any]:
    seed = a_seed(port)
    app = seed["apps"][0] | {"bot_token": TOKEN, "signing_secret": SECRET}
    return seed | {"apps": [app]}


async def _journey(person: Person, rounds: int) -> None:
    for _ in range(rounds):
        await person.commands("/case help", channel=WHERE)
        await person.sees(SEEN, channel=WHERE)
