"""The clock of a sandbox, which the workbench may move; no such address exists anywhere else."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from json import JSONDecodeError

from aiohttp import web

Advance = Callable[[timedelta], Awaitable[datetime]]
"""Moves the clock of all replicas and wakes what waits for it; returns the new moment."""

MOST = timedelta(days=366)


class Sandbox:
    """Lets time pass."""

    def __init__(self, advance: Advance) -> None:
        self._advance = advance

    def routes(self) -> list[web.RouteDef]:
        """Return where time can be moved."""
        return [web.post("/sandbox/clock", self.move)]

    async def move(self, request: web.Request) -> web.Response:
        """Move the clock on by `advance_seconds`."""
        try:
            seconds = (await request.json())["advance_seconds"]
            by = timedelta(seconds=seconds)
        except (JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, OverflowError):
            by = -MOST
        if not timedelta() <= by <= MOST:
            return web.json_response(
                {"error": 'say {"advance_seconds": N}, at most a year and never backwards'},
                status=HTTPStatus.BAD_REQUEST,
            )
        now = await self._advance(by)
        return web.json_response({"now": now.isoformat()})
