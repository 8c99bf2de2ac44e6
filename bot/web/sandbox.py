"""The clock of a sandbox, which the workbench may move; no such address exists anywhere else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from json import JSONDecodeError

from aiohttp import web

from bot.clock import SystemClock
from bot.storage.database import Database

MOST = timedelta(days=366)


class Sandbox:
    """Lets time pass."""

    def __init__(self, database: Database, clock: SystemClock, wake: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._wake = wake

    def routes(self) -> list[web.RouteDef]:
        """Return where time can be moved."""
        return [web.post("/sandbox/clock", self.move)]

    async def move(self, request: web.Request) -> web.Response:
        """Move the clock on by `advance_seconds`."""
        try:
            by = timedelta(seconds=(await request.json())["advance_seconds"])
        except (JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, OverflowError):
            by = -MOST
        if not timedelta() <= by <= MOST:
            return web.json_response(
                {"error": 'say {"advance_seconds": N}, at most a year and never backwards'},
                status=HTTPStatus.BAD_REQUEST,
            )
        return web.json_response({"now": (await self.advance(by)).isoformat()})

    async def advance(self, by: timedelta) -> datetime:
        """Move the clock of all replicas, and wake here what waits for it."""
        async with self._database.begin() as work:
            offset = await work.workspaces.offset() + by
            await work.workspaces.set_offset(offset)
            await work.commit()
        self._clock.set_ahead(max(offset, self._clock.offset))
        self._wake()
        return self._clock()
