"""From a crossing to the message in its channel, in the workbench, which counts Slack's limits."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.databases import migrated
from benchmarks.harness import Arm, Figures, Measure, Run, Target, comparison
from benchmarks.load import HERE, SECRET, percentile
from benchmarks.pacing import pace
from benchmarks.servers import TOKEN, a_free_port, served
from benchmarks.storm import ring
from bot.cli.seed import NoDirectory
from bot.clock import SystemClock
from bot.desk import Desk
from bot.storage.database import connected
from policy.cases import Severity
from tests.chaos.town import CUSTOMERS, a_town
from tests.support.app import NAMED
from workbench import Workbench, serving

IDLE, BUSY = "idle", "100 commands a second besides"
P99, EARLIEST, NUMBER = "p99 ms", "earliest ms", "messages"
PER_SECOND = 100.0
CROSSED = "escalating is available since"
FAR = timedelta(hours=2)
SOONEST = 2
WAIT = "4 hours"
"""How long an S1 of a Titanium customer waits."""


@comparison(
    "message",
    item=5,
    title="From the moment a case crosses to the message in its channel.",
    targets=(
        Target(says="p99 at most 1.5 s when idle", figure=P99, of=IDLE, at_most=1500),
        Target(says="p99 at most 3 s under load", figure=P99, of=BUSY, at_most=3000),
        Target(says="never early", figure=EARLIEST, of=IDLE, at_least=0),
        Target(says="never early under load", figure=EARLIEST, of=BUSY, at_least=0),
    ),
    about=(
        "Caseflag on SQLite as a process of its own, delivering to the workbench over HTTP. Eight "
        "customers, each with a channel and a card; their cases cross one a second, and the "
        "message's own time stamp is compared with the moment of the crossing."
    ),
)
async def message(run: Run) -> list[Arm]:
    """Run the same, and the same with people besides."""
    return [_arm(run, IDLE, 0), _arm(run, BUSY, PER_SECOND)]


def _arm(run: Run, name: str, per_second: float) -> Arm:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Measure]:
        async with AsyncExitStack() as stack:
            port, customers = a_free_port(), run.pick(8, 3)
            bench = await stack.enter_async_context(serving(_town(port)))
            url = await stack.enter_async_context(migrated(run, "SQLite"))
            engine = create_async_engine(url)
            stack.push_async_callback(engine.dispose)
            await _settled(url, customers)
            said = _environment(bench, url)
            words = (sys.executable, "-m", "bot", "serve")
            await stack.enter_async_context(served(run, *words, environment=said, port=port))
            await _carded(engine, customers)
            yield lambda: _measured(bench, engine, port, customers, per_second)

    return Arm(name=name, opened=opened)


def _town(port: int) -> dict[str, Any]:
    seed = a_town(port)
    app = seed["apps"][0] | {"bot_token": TOKEN, "signing_secret": SECRET}
    return seed | {"apps": [app]}


def _environment(bench: Workbench, url: str) -> dict[str, str]:
    named = {
        name.upper(): value if isinstance(value, str) else ",".join(value)
        for name, value in NAMED.items()
    }
    return named | {
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": bench.api_url,
        "DATABASE_URL": url,
        "HOST": HERE,
        "CASEFLAG_SANDBOX": "true",
    }


async def _settled(url: str, customers: int) -> None:
    """Bring in the customers, each with a case that crosses far ahead."""
    async with connected(url) as database:
        clock = SystemClock()
        desk = Desk.over(database, clock, NoDirectory())
        for each in CUSTOMERS[:customers]:
            await desk.imports.account(each.account)
            case = each.case(f"Gate {each.number}", Severity.S1, crosses_at=clock() + FAR)
            await desk.imports.case(case)


async def _carded(engine: AsyncEngine, customers: int) -> None:
    """Wait until every case has its card."""
    asked = text("SELECT count(*) FROM cases WHERE thread IS NOT NULL AND title LIKE 'Gate %'")
    async with asyncio.timeout(30):
        while True:
            async with engine.connect() as connection:
                if (await connection.execute(asked)).scalar_one() == customers:
                    return
            await asyncio.sleep(0.05)


async def _measured(
    bench: Workbench, engine: AsyncEngine, port: int, customers: int, per_second: float
) -> Figures:
    busy = pace(port, per_second=per_second) if per_second else nullcontext()
    names = [each.name for each in CUSTOMERS[:customers]]
    before = {name: await _stamps(bench, name) for name in names}  # what earlier rounds told
    async with busy:
        moments = await _crossing(engine, customers)
        await ring(port)
        told = await _seen(bench, before)
    late = [told[name] - at for name, at in moments.items()]
    return {
        P99: percentile(late, 0.99) * 1000,
        EARLIEST: min(late) * 1000,
        NUMBER: float(len(late)),
    }


async def _crossing(engine: AsyncEngine, customers: int) -> dict[str, float]:
    """Let one case a second cross, from some seconds on; return when, by the customer's name."""
    first, moments = SystemClock()() + timedelta(seconds=SOONEST), dict[str, float]()
    async with engine.begin() as connection:
        for number, each in enumerate(CUSTOMERS[:customers]):
            at = first + timedelta(seconds=number)
            moments[each.name] = at.timestamp()
            stamp = f"{at:%Y-%m-%d %H:%M:%S}.000000"
            await connection.execute(
                text(
                    "UPDATE cases SET crossing_due_at = :at, announced_at = NULL, "
                    "announced_version = 0, clock_version = clock_version + 1, "
                    "warning_due_at = NULL, opened_at = "
                    "strftime('%Y-%m-%d %H:%M:%S.000000', :at, :back) WHERE channel = :channel"
                ),
                {"at": stamp, "back": f"-{WAIT}", "channel": each.channel},
            )
    return moments


async def _seen(bench: Workbench, before: dict[str, set[float]]) -> dict[str, float]:
    """Wait until each has been told once more; return by the messages' own stamps when that was."""
    told = dict[str, float]()
    async with asyncio.timeout(60):
        while len(told) < len(before):
            for name in before.keys() - told.keys():
                if new := await _stamps(bench, name) - before[name]:
                    told[name] = min(new)
            await asyncio.sleep(0.2)
    return told


async def _stamps(bench: Workbench, name: str) -> set[float]:
    """Return when the customer was told of crossings so far."""
    said = await bench.person(name).messages(f"{name}-support")
    return {float(each["ts"]) for each in said if CROSSED in each.get("text", "")}
