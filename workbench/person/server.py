"""The line between a person and the workbench: requests, and the socket of what changes."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import aiohttp

Json = dict[str, Any]
SECONDS = 30.0


class Trouble(AssertionError):
    """Slack did not do what the person wanted; the message is what they read."""


class Server:
    """Speaks to the workbench in the name of one person."""

    def __init__(self, name: str, url: str) -> None:
        self._name = name
        self._url = url
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._syncs: dict[int, asyncio.Event] = {}

    async def connect(self) -> None:
        """Open the socket; nothing that happens from now on is missed."""
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        self._session = aiohttp.ClientSession(timeout=timeout)
        url = f"{self._url}/workbench/live"
        self._socket = await self._session.ws_connect(
            url, params={"user": self._name, "traffic": "0"}
        )

    def listen(self, hear: Callable[[Json], None]) -> None:
        """Pass on everything the socket brings, from the first word on."""
        self._reader = asyncio.get_running_loop().create_task(self._read(hear))

    async def _read(self, hear: Callable[[Json], None]) -> None:
        if self._socket is None:
            return
        async for message in self._socket:
            told = message.json()
            if told["type"] == "synced":
                self._syncs[told["id"]].set()
            else:
                hear(told)

    async def sync(self) -> None:
        """Wait until all that has happened so far has been heard."""
        if self._socket is None or self._socket.closed:
            return
        number = len(self._syncs)
        synced = self._syncs[number] = asyncio.Event()
        await self._socket.send_json({"type": "sync", "id": number})
        await asyncio.wait_for(synced.wait(), SECONDS)

    async def get(self, path: str, **params: str) -> Json:
        """Look something up."""
        return await self._ask("GET", path, params=params)

    async def post(self, path: str, wish: Json) -> Json:
        """Do something, and hear what came of it."""
        answer = await self._ask("POST", path, json=wish)
        await self.sync()
        return answer

    async def _ask(
        self, verb: str, path: str, *, params: dict[str, str] | None = None, json: Any = None
    ) -> Json:
        if self._session is None:
            message = f"{self._name} is not connected"
            raise Trouble(message)
        asked = {"user": self._name, **(params or {})}
        url = f"{self._url}/workbench/{path}"
        async with self._session.request(verb, url, params=asked, json=json) as response:
            answer: Json = await response.json()
        if response.status != 200:
            raise Trouble(str(answer.get("error", answer)))
        return answer

    async def close(self) -> None:
        """Hang up."""
        if self._reader is not None:
            self._reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reader
        if self._socket is not None:
            await self._socket.close()
        if self._session is not None:
            await self._session.close()
