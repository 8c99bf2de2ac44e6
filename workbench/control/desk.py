"""Moves the clock, here and wherever a hook says so, and orders faults."""

from collections.abc import Sequence

import aiohttp
from aiohttp import web

from workbench.control.door import BadRequest, door
from workbench.delivery.courier import Courier
from workbench.faults import BadFault, Faults
from workbench.state.changes import ClockMoved
from workbench.state.shapes import Json
from workbench.state.shared import Shared

SETTLE_SECONDS = 0.25
HOOK_SECONDS = 10.0


class Control:
    """Serves the clock and the faults."""

    def __init__(
        self, shared: Shared, courier: Courier, faults: Faults, clock_hooks: Sequence[str] = ()
    ) -> None:
        self._shared = shared
        self._courier = courier
        self._faults = faults
        self.clock_hooks = list(clock_hooks)

    def routes(self) -> list[web.RouteDef]:
        """Return every way in."""
        return [
            web.post("/workbench/clock", door(self._clock)),
            web.get("/workbench/faults", self._ordered),
            web.post("/workbench/faults", door(self._order)),
            web.delete("/workbench/faults", door(self._clear)),
        ]

    async def advance(self, seconds: float) -> Json:
        """Let time pass; what is being delivered may arrive first."""
        await self._courier.settle(SETTLE_SECONDS)
        clock = self._shared.clock
        clock.advance(seconds)
        self._shared.bus.tell(ClockMoved(now=clock.now(), offset=clock.offset))
        failed = [hook for hook in self.clock_hooks if not await _call(hook, seconds)]
        moved: Json = {"now": clock.now(), "offset": clock.offset}
        return moved | {"failed_hooks": failed} if failed else moved

    async def _clock(self, wish: Json) -> Json:
        seconds = wish["advance_seconds"]
        if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
            message = "advance_seconds must be a number that is not negative"
            raise BadRequest(message)
        return await self.advance(float(seconds))

    async def _order(self, wish: Json) -> Json:
        try:
            self._faults.order(wish)
        except BadFault as error:
            raise BadRequest(str(error)) from error
        return {"ok": True}

    async def _ordered(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"faults": self._faults.shapes()})

    async def _clear(self, _wish: Json) -> Json:
        self._faults.clear()
        return {"ok": True}


async def _call(hook: str, seconds: float) -> bool:
    timeout = aiohttp.ClientTimeout(total=HOOK_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(hook, json={"advance_seconds": seconds}) as response,
        ):
            return response.ok
    except (aiohttp.ClientError, TimeoutError):
        return False
