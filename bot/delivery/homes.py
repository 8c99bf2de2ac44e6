"""Homes: whoever looks at theirs sees what is, a moment after it changed."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from bot.delivery.errors import Refused
from bot.delivery.slack import Slack
from bot.desk.home import Homes
from bot.storage.database import Database
from bot.storage.homes import Stale
from handlers.views import home as views
from policy.ids import UserId

log = logging.getLogger(__name__)

BATCH = 20
GATHERED = 0.2
"""Seconds in which several changes become one drawing."""
IDLE = 30.0
"""Seconds between two looks that nobody asked for."""


class Refresher:
    """Draws homes anew, until it is stopped."""

    def __init__(self, slack: Slack, desk: Homes, database: Database) -> None:
        self._slack = slack
        self._desk = desk
        self._database = database
        self._woken = asyncio.Event()
        self._stopped = asyncio.Event()
        self._put_off: dict[UserId, float] = {}
        """Whose home could not be drawn, and the monotonic moment to try again."""

    def wake(self) -> None:
        """Look at once: something was committed."""
        self._woken.set()

    def stop(self) -> None:
        """Draw nothing any more."""
        self._stopped.set()
        self.wake()

    async def run(self) -> None:
        """Look whenever woken; whatever goes wrong, look again."""
        while not self._stopped.is_set():
            await _elapsed(self._woken, IDLE)
            await _elapsed(self._stopped, GATHERED)
            self._woken.clear()
            try:
                await self._look()
            except Exception:
                log.exception("drawing homes failed")

    async def _look(self) -> None:
        now = time.monotonic()
        self._put_off = {user: until for user, until in self._put_off.items() if until > now}
        limit = BATCH + len(self._put_off)
        async with self._database.reading() as work:
            stale = await work.homes.stale(limit)
        for home in stale:
            if home.user not in self._put_off:
                await self._safely(home)
        if len(stale) == limit:
            self.wake()

    async def _safely(self, home: Stale) -> None:
        """Draw one; where that fails it is tried again in a while, and the others go on."""
        try:
            await self._draw(home)
        except Exception:
            log.exception("home of %s cannot be drawn", home.user)
            self._put_off[home.user] = time.monotonic() + IDLE

    async def _draw(self, home: Stale) -> None:
        """Draw one; what Slack refuses is drawn when the person opens it again."""
        found = await self._desk.owner(home.workspace, home.user, home.page)
        try:
            await self._slack.publish(home.user, views.home(found))
        except Refused as refused:
            log.warning("home of %s: %s", home.user, refused.code)
        async with self._database.begin() as work:
            await work.homes.shown(home)
            await work.commit()


async def _elapsed(event: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


@asynccontextmanager
async def refreshing(slack: Slack, desk: Homes, database: Database) -> AsyncIterator[Refresher]:
    """Keep the homes that people look at up to date while the block runs."""
    refresher = Refresher(slack, desk, database)
    running = asyncio.create_task(refresher.run())
    try:
        yield refresher
    finally:
        refresher.stop()
        await running
