"""Does what falls due: crossings, silences; APScheduler rings, and one loop looks what is due.

Correctness never depends on the ringing. What is due stands in the database; the date job is a
hint, re-armed after each look, and the safety tick needs none.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import SystemClock, real_now
from bot.desk import Desk
from bot.metrics import RELEASE, Health, Metrics
from bot.storage.database import Database

log = logging.getLogger(__name__)

SAFETY = 15
"""Seconds between two looks that nobody asked for."""
OVERDUE = timedelta(seconds=60)
AGAIN = 1.0
AWAY = 2
"""So many parts of a look do not fail by themselves: the database is away, and is asked again later."""
NOT_BEFORE = timedelta(seconds=0.5)
"""What is due already and still there is another replica's to announce: no hurry."""
AHEAD = timedelta(seconds=0.1)
"""The time before something falls due in which a look is taken that finds nothing yet.

A machine that slept has lost its hold on connections, code and pages, and takes 50 ms to find them
again; better before the moment than after it.
"""
HINT = "due"
PART = "jobs"


class Ticker:
    """Looks what is due when it is woken, until it is stopped."""

    def __init__(
        self, desk: Desk, database: Database, clock: SystemClock, metrics: Metrics, health: Health
    ) -> None:
        self._desk = desk
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._health = health
        self._woken = asyncio.Event()
        self._is_stopping = False
        self._looked_at = time.monotonic()
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        metrics.since_tick.set_function(lambda: time.monotonic() - self._looked_at)

    def wake(self) -> None:
        """Look at once: something was committed, or the clock was moved."""
        self._woken.set()

    async def ring(self) -> None:
        """Wake, as the scheduler's job: a plain function would run on a thread."""
        self.wake()

    async def run(self) -> None:
        """Look whenever woken; whatever goes wrong, look again."""
        self._scheduler.add_job(self.ring, "interval", seconds=SAFETY, id="safety")
        self._scheduler.start()
        self.wake()
        while not self._is_stopping:
            await self._woken.wait()
            self._woken.clear()
            if self._health.is_well(RELEASE) and not await self._is_done(self._look):
                self._health.says(PART, "failing")
                asyncio.get_running_loop().call_later(AGAIN, self.wake)
            else:
                self._health.says(PART)

    async def stop(self, running: asyncio.Task[None]) -> None:
        """Look no more; what is being announced is announced to its end."""
        self._scheduler.pause()
        self._is_stopping = True
        self.wake()
        await running
        self._scheduler.shutdown(wait=False)

    async def _is_done(self, part: Callable[[], Awaitable[bool]]) -> bool:
        """Do a part of the look; whatever goes wrong in it holds up nothing else that is due."""
        try:
            return await part()
        except Exception:
            log.exception("looking for what is due failed")
            return False

    async def _look(self) -> bool:
        """Do all that is due, and arm the next look; return whether all of it was done."""
        await self._follow()
        began = real_now()
        batches = (
            self._desk.crossings.announce,
            self._desk.crossings.warn,
            self._desk.casework.close_silent,
            self._desk.promises.climb,
            self._desk.escalations.prompt_due,
            self._desk.hearing.send_digests,
            self._desk.duty_days.tell,
            self._desk.rota.foresee,
        )
        failed = 0
        for batch in batches:
            failed += not await self._is_done(partial(self._emptied, batch))
            if failed == AWAY:
                return False
        await self._look_ahead(began)
        return not failed

    async def _emptied(self, batch: Callable[[datetime], Awaitable[int]]) -> bool:
        while await batch(self._clock()):
            pass
        return True

    async def _look_ahead(self, looked_at: datetime) -> None:
        self._looked_at = time.monotonic()
        async with self._database.reading() as work:
            crossing = await work.crossings.next_due_at()
            rung = await work.promises.next_rung_at()
            others = (
                await work.crossings.next_warning_at(),
                await work.silences.next_due_at(),
                await work.hearing.next_due_at(),
                await work.escalations.next_prompt_at(),
                await work.duty_days.next_due_at(),
            )
            waits = await work.outbox.oldest_pending_age(self._clock())
        self._metrics.oldest_pending.set(waits.total_seconds() if waits else 0)
        self._audit("a crossing is due and unannounced", crossing)
        self._audit("a rung is due and not climbed", rung)
        self._arm(min(filter(None, (crossing, rung, *others)), default=None), looked_at=looked_at)

    async def _follow(self) -> None:
        """Keep the time that all replicas of a sandbox share."""
        if not self._clock.is_movable:
            return
        async with self._database.reading() as work:
            offset = await work.workspaces.offset()
        self._clock.set_ahead(max(offset, self._clock.offset))

    def _audit(self, what: str, due: datetime | None) -> None:
        if due is not None and self._clock() - due > OVERDUE:
            log.error("%s since %s", what, due.isoformat())

    def _arm(self, due: datetime | None, *, looked_at: datetime) -> None:
        if self._scheduler.get_job(HINT):
            self._scheduler.remove_job(HINT)
        if due is None:
            return
        now, due = real_now(), due - self._clock.offset
        if looked_at < due <= now + AHEAD:  # or fell due while others were looked at
            wait = max(timedelta(), due - now)
            asyncio.get_running_loop().call_later(wait.total_seconds(), self.wake)
            return
        at = due - AHEAD if due > now else now + NOT_BEFORE
        self._scheduler.add_job(self.ring, "date", run_date=at, id=HINT)


@asynccontextmanager
async def ticking(
    desk: Desk, database: Database, clock: SystemClock, *, metrics: Metrics, health: Health
) -> AsyncIterator[Ticker]:
    """Do what falls due while the block runs."""
    ticker = Ticker(desk, database, clock, metrics, health)
    health.says(PART)
    running = asyncio.create_task(ticker.run())
    try:
        yield ticker
    finally:
        await ticker.stop(running)
