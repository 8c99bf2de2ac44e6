"""How the process is: `/healthz` while it lives, `/readyz` while it can do its work, `/metrics`."""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.metrics import Health, Metrics

Check = Callable[[], Awaitable[str]]
"""Finds out how something is: `ok`, or what is wrong with it, in a word or two."""


class Doctor:
    """Answers whoever asks how we are; what is asked anew each time comes as `checks`."""

    def __init__(self, health: Health, metrics: Metrics, checks: Mapping[str, Check]) -> None:
        self._health = health
        self._metrics = metrics
        self._checks = checks

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
        found = dict(self._health.parts)
        for name, check in self._checks.items():
            found[name] = await check()
        is_ready = all(state == "ok" for state in found.values())
        return web.json_response(
            {"ready": is_ready, "checks": found}, status=200 if is_ready else 503
        )

    async def measured(self, _: web.Request) -> web.Response:
        """Show the numbers."""
        return web.Response(body=self._metrics.text(), content_type="text/plain", charset="utf-8")
