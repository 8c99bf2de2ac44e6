"""The line between a person and the workbench: requests, and the socket of what changes."""

import asyncio
import contextlib
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import aiohttp

Json = dict[str, Any]
SECONDS = 30.0


class Trouble(AssertionError):
    """Slack did not do what the person wanted; the message is what they read."""


class Moved(Trouble):
    """What the person was about to use was drawn anew, and has other ids now."""


class Server:
    """Speaks to the workbench in the name of one person."""

    def __init__(self, name: str, url: str) -> None:
        self._name = name
        self._url = url
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._syncs: dict[int, asyncio.Event] = {}
        self._live = uuid.uuid4().hex  # by this the workbench knows our socket
        self._heard = 0
        self._listens = False
        self._news = asyncio.Event()

    async def connect(self) -> None:
        """Open the socket; nothing that happens from now on is missed."""
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        self._session = aiohttp.ClientSession(timeout=timeout)
        url = f"{self._url}/workbench/live"
        self._socket = await self._session.ws_connect(
            url, params={"user": self._name, "traffic": "0", "live": self._live}
        )

    def listen(self, hear: Callable[[Json], None]) -> None:
        """Pass on everything the socket brings, from the first word on, and that it was cut."""
        self._listens = True
        self._reader = asyncio.get_running_loop().create_task(self._read(hear))

    async def _read(self, hear: Callable[[Json], None]) -> None:
        if self._socket is None:
            return
        try:
            async for message in self._socket:
                told = message.json()
                if told["type"] == "synced":
                    self._syncs[told["id"]].set()
                else:
                    hear(told)
                self._heard += 1
                self._news.set()
        finally:
            self._listens = False
            self._news.set()
            hear({"type": "cut"})

    async def _hears(self, count: int) -> None:
        """Wait until so many pushes have been heard."""
        async with asyncio.timeout(SECONDS):
            while self._heard < count and self._listens:
                self._news.clear()
                await self._news.wait()

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
        return (await self._ask("GET", path, params=params))[0]

    async def post(self, path: str, wish: Json) -> Json:
        """Do something, and hear what came of it."""
        answer, headers = await self._ask("POST", path, params={"live": self._live}, json=wish)
        if "X-Told" in headers:
            await self._hears(int(headers["X-Told"]))
        return answer

    async def _ask(
        self, verb: str, path: str, *, params: dict[str, str], json: Any = None
    ) -> tuple[Json, Mapping[str, str]]:
        if self._session is None:
            message = f"{self._name} is not connected"
            raise Trouble(message)
        asked = {"user": self._name, **params}
        url = f"{self._url}/workbench/{path}"
        async with self._session.request(verb, url, params=asked, json=json) as response:
            answer: Json = await response.json()
        if response.status != 200:
            raise Trouble(str(answer.get("error", answer)))
        return answer, response.headers

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
