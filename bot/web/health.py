"""How the process is: `/healthz` while it lives, `/readyz` while it can do its work, `/metrics`."""

import asyncio

from aiohttp import web

from bot.metrics import Health, Metrics
from bot.storage.database import Database

PATIENCE = 2.0
"""Seconds that the database is given to answer."""


class Doctor:
    """Answers whoever asks how we are."""

    def __init__(self, health: Health, metrics: Metrics, database: Database) -> None:
        self._health = health
        self._metrics = metrics
        self._database = database

    def routes(self) -> list[web.RouteDef]:
        """Return where one may ask."""
        return [
            web.get("/healthz", self.alive),
            web.get("/readyz", self.ready),
            web.get("/metrics", self.measured),
        ]

    async def alive(self, _: web.Request) -> web.Response:
        """Say that the loop turns."""
        return web.json_response({"alive": True})

    async def ready(self, _: web.Request) -> web.Response:
        """Say whether requests belong here, and name what stands in the way."""
        found = self._health.parts | await self._stored()
        is_ready = all(state == "ok" for state in found.values())
        return web.json_response(
            {"ready": is_ready, "checks": found}, status=200 if is_ready else 503
        )

    async def _stored(self) -> dict[str, str]:
        try:
            async with asyncio.timeout(PATIENCE):
                state = await self._database.state()
        except TimeoutError:
            state = "unreachable"
        is_there = state != "unreachable"
        return {"database": "ok" if is_there else state, "schema": state}

    async def measured(self, _: web.Request) -> web.Response:
        """Show the numbers."""
        return web.Response(body=self._metrics.text(), content_type="text/plain", charset="utf-8")
