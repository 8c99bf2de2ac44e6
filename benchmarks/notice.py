"""From a crossing to its notice: the timer that is armed for it, beside a poll each second."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from statistics import median

from benchmarks.databases import migrated
from benchmarks.harness import Arm, Figures, Measure, Run, Target, comparison
from benchmarks.slack import TEAM
from bot.cli.seed import NoDirectory
from bot.clock import SystemClock
from bot.desk import Desk
from bot.jobs.ticking import ticking
from bot.metrics import Health, Metrics
from bot.storage.database import Database, connected
from policy.cases import Case, Severity
from policy.ids import CaseId, ChannelId, Tier, UserId, WorkspaceId
from policy.thresholds import SHIPPED

ARMED, POLLED = "armed for it", "a poll each second"
P50, EARLIEST = "p50 ms", "earliest ms"
TITANIUM = Tier("Titanium")
WORKSPACE = WorkspaceId(TEAM)
SOONEST = 2


@comparison(
    "notice",
    item=5,
    title="From the moment a case crosses to the committed notice.",
    targets=(
        Target(
            says="p50 is at most 1/50 of a poll each second",
            figure=P50,
            of=ARMED,
            to=POLLED,
            at_most=1 / 50,
        ),
        Target(says="never early", figure=EARLIEST, of=ARMED, at_least=0),
    ),
    about=(
        "On SQLite, durable. Cases cross one a second; what is measured ends when the notice is "
        "committed. The poll runs the same use case, a little oftener than each second, so that its "
        "phase moves on from crossing to crossing: a poll knows nothing of whole seconds. Between two "
        "crossings the machine sleeps, and finds its code in no cache any more, so the timer looks "
        "shortly before as well, when it finds nothing yet."
    ),
)
async def notice(run: Run) -> list[Arm]:
    """Announce by the product's own timer, and by a loop that sleeps."""
    return [_arm(run, ARMED), _arm(run, POLLED)]


def _arm(run: Run, name: str) -> Arm:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Measure]:
        async with AsyncExitStack() as stack:
            url = await stack.enter_async_context(migrated(run, "SQLite"))
            database = await stack.enter_async_context(connected(url))
            number = run.pick(12, 2)
            yield lambda: _measured(database, number, is_armed=name == ARMED)

    return Arm(name=name, opened=opened)


async def _measured(database: Database, number: int, *, is_armed: bool) -> Figures:
    clock, told = SystemClock(), list[float]()
    committed = asyncio.Event()

    def heard() -> None:
        told.append(time.time())
        committed.set()

    desk = Desk.over(database, clock, NoDirectory(), wake=heard)
    first = clock() + timedelta(seconds=SOONEST)
    moments = [first + timedelta(seconds=each) for each in range(number)]
    for moment in moments:
        await desk.imports.case(await _case(database, crosses_at=moment))
    while await desk.crossings.warn(clock()):
        pass  # their engineers, long ago
    told.clear()
    async with AsyncExitStack() as stack:
        if is_armed:
            await stack.enter_async_context(
                ticking(desk, database, clock, metrics=Metrics(), health=Health())
            )
        else:
            polling = asyncio.create_task(_polling(desk, clock, every=1 - 1 / number))
            stack.callback(polling.cancel)
        while len(told) < number:
            committed.clear()
            async with asyncio.timeout(30):
                await committed.wait()
    late = [at - due.timestamp() for at, due in zip(told, moments, strict=False)]
    return {P50: median(late) * 1000, EARLIEST: min(late) * 1000}


async def _polling(desk: Desk, clock: SystemClock, *, every: float) -> None:
    loop = asyncio.get_running_loop()
    at = loop.time()
    while True:
        await desk.crossings.announce(clock())
        at += every
        await asyncio.sleep(at - loop.time())


async def _case(database: Database, *, crosses_at: datetime) -> Case:
    async with database.reading() as work:
        account = await work.accounts.named(WORKSPACE, "Acme Bank")
    assert account is not None  # noqa: S101 - for the type checker
    waits = SHIPPED.threshold(Severity.S1, TITANIUM)
    return Case(
        workspace=WORKSPACE,
        id=CaseId(""),
        account=account.id,
        account_name=account.name,
        tier=TITANIUM,
        title=f"It crosses at {crosses_at.astimezone(UTC):%H:%M:%S}",
        description="It began hours ago.",
        severity=Severity.S1,
        requester=UserId("U0ANA"),
        contact=UserId("U0ANA"),
        channel=ChannelId("C0ACME"),
        opened_at=crosses_at - waits,
    )
