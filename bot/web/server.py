"""The HTTP server: opens last, closes first, and lets those finish who are inside."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from aiohttp import web

DRAIN = 10.0
"""Seconds that requests under way are given at the end; Slack waits three for each."""


@asynccontextmanager
async def listening(
    host: str, port: int, routes: Iterable[web.RouteDef], *, largest: int
) -> AsyncIterator[int]:
    """Serve the routes while the block runs; gives the port, which a port of 0 leaves open."""
    application = web.Application(client_max_size=largest)
    application.add_routes(routes)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=DRAIN)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
