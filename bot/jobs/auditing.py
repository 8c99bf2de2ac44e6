"""The auditor: once a minute, is anything overdue, is anybody gone, are these still our tables?

Whatever is due is claimed within seconds. What has been due for a minute is looked at once more;
if that does not help, a person has to, and the heartbeat that a monitor waits for stays away.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock, real_now
from bot.metrics import RELEASE, Health, Metrics
from bot.storage.database import Database
from bot.storage.stories import Depth

log = logging.getLogger(__name__)

EVERY = 60.0
HEALS_WITHIN = 5.0
OVERDUE = timedelta(seconds=60)
WORDS_KEPT = timedelta(days=30)
KEYS_KEPT = timedelta(days=400)
NEWER = "the database has another release's tables: this process does nothing until it is replaced"


class Heartbeat(Protocol):
    """What tells a monitor that all is well."""

    async def __call__(self) -> None:
        """Tell it."""
        ...


class Auditor:
    """Looks over the others' shoulders until it is stopped."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        metrics: Metrics,
        health: Health,
        wake: Callable[[], None],
        beat: Heartbeat,
        lose: Callable[[], Awaitable[object]],
    ) -> None:
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._health = health
        self._wake = wake
        self._beat = beat
        self._lose = lose

    async def run(self) -> None:
        """Audit each minute; an audit that cannot be made is no clean one."""
        while True:
            try:
                await self.audit()
            except Exception:
                log.exception("the audit failed")
            await asyncio.sleep(EVERY)

    async def audit(self) -> bool:
        """Tell whether all is well; heal once, raise the metric, and beat only if it is."""
        if not await self._is_ours():
            return False
        await self._forget()
        await self._lose()  # what belonged to people who have left: nothing else may ask for them
        if await self._overdue():
            self._wake()
            await asyncio.sleep(HEALS_WITHIN)
        overdue = await self._overdue()
        self._metrics.overdue.set(bool(overdue))
        if overdue:
            log.error("overdue, and a look at once did not help: %s", ", ".join(overdue))
            return False
        await self._beat()
        return True

    async def _is_ours(self) -> bool:
        is_ours = await self._database.is_at_head()
        if not is_ours and self._health.is_well(RELEASE):
            log.error(NEWER)
        self._health.says(RELEASE, "ok" if is_ours else NEWER)
        return is_ours

    async def _forget(self) -> None:
        now = real_now()
        async with self._database.begin() as work:
            await work.stories.forget(words=now - WORDS_KEPT, all_of_it=now - KEYS_KEPT)
            await work.drafts.forget_expired(self._clock())
            await work.commit()

    async def _overdue(self) -> tuple[str, ...]:
        """Return what has been due for too long: crossings, and notices by kind."""
        now = self._clock()
        async with self._database.reading() as work:
            crossing = await work.crossings.next_due_at()
            depth = await work.stories.depth(now)
        self._measure(depth, crossing, now)
        late = [kind for kind, each in depth.items() if now - each.oldest > OVERDUE]
        if crossing is not None and now - crossing > OVERDUE:
            late.append("crossings")
        return tuple(sorted(late))

    def _measure(
        self, depth: Mapping[str, Depth], crossing: datetime | None, now: datetime
    ) -> None:
        waits = max(now - crossing, timedelta()) if crossing else timedelta()
        self._metrics.crossings_lag.set(waits.total_seconds())
        self._metrics.depth.clear()
        self._metrics.age.clear()
        for kind, each in depth.items():
            self._metrics.depth.labels(kind).set(each.number)
            self._metrics.age.labels(kind).set((now - each.oldest).total_seconds())


@asynccontextmanager
async def auditing(auditor: Auditor) -> AsyncIterator[None]:
    """Audit while the block runs."""
    running = asyncio.create_task(auditor.run())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
