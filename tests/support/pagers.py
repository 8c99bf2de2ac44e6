"""A pager on this machine: takes what it is told over real HTTP, or misbehaves as ordered."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(kw_only=True)
class TakenDown:
    """One request as it came."""

    path: str
    body: bytes
    headers: Mapping[str, str]
    json: Any


@dataclass(kw_only=True)
class APager:
    """What was told, and how the next requests are answered: `reset`, `silence`, or a status."""

    url: str = ""
    told: list[TakenDown] = field(default_factory=list)
    orders: deque[tuple[str | int, dict[str, str]]] = field(default_factory=deque)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def answers(self, how: str | int, *, times: int = 1, **headers: str) -> None:
        """Let the next requests end so."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.orders.extend([(how, named)] * times)

    async def take(self, request: web.Request) -> web.Response:
        """Note a request, and answer it as ordered."""
        self.told.append(
            TakenDown(
                path=request.path,
                body=await request.read(),
                headers=dict(request.headers),
                json=await request.json(),
            )
        )
        how, headers = self.orders.popleft() if self.orders else (202, {})
        if how == "reset":
            assert request.transport is not None
            request.transport.abort()
        if how == "silence":
            await self.released.wait()
        status = how if isinstance(how, int) else 202
        return web.json_response({"status": "success"}, status=status, headers=headers)


@asynccontextmanager
async def a_pager() -> AsyncIterator[APager]:
    """Run a pager."""
    pager = APager()
    app = web.Application()
    app.router.add_post("/{path:.*}", pager.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    pager.url = f"http://{host}:{port}"
    try:
        yield pager
    finally:
        pager.released.set()
        await runner.cleanup()
