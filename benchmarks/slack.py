"""A Slack that costs next to nothing: it says yes at once, and hears what is answered."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from typing_extensions import override

from benchmarks.load import HERE

TEAM, USER, CHANNEL = "T0CASEFLAG", "U0ANA", "C0ACME"
YES: Mapping[str, Any] = {"ok": True}
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "auth.test": {
        "url": "https://caseflag.slack.com/",
        "team": "Caseflag",
        "team_id": TEAM,
        "user": "caseflag",
        "user_id": "U0BOT",
        "bot_id": "B0BOT",
    },
    "usergroups.users.list": {"users": ["U0MONA"]},
    "users.info": {"user": {"id": "U0MONA", "name": "mona", "tz": "UTC"}},
    "views.open": {"view": {"id": "V1", "hash": "1.a"}},
    "views.push": {"view": {"id": "V1", "hash": "1.a"}},
    "views.update": {"view": {"id": "V1", "hash": "1.a"}},
    "conversations.open": {"channel": {"id": "D0ANA"}},
    "conversations.history": {"messages": []},
}
Heard = Callable[[str, Mapping[str, Any]], Mapping[str, Any] | None]
"""Is told each call's method and what was said; may answer itself."""


class Slack:
    """What stands in for Slack while somebody is measured."""

    def __init__(self) -> None:
        self.port = 0
        self.calls = 0
        self.heard: Heard | None = None
        self._numbers = count(1)
        self._answers: dict[str, asyncio.Future[bytes]] = {}

    @property
    def url(self) -> str:
        """Where it is, as a base for `SLACK_API_URL`."""
        return f"http://{HERE}:{self.port}/api/"

    def awaited(self) -> tuple[str, asyncio.Future[bytes]]:
        """Return an address to answer at, and what will be said there."""
        key = f"/answers/{next(self._numbers)}"
        said = asyncio.get_running_loop().create_future()
        self._answers[key] = said
        return f"http://{HERE}:{self.port}{key}", said

    def answer(self, path: str, body: bytes) -> bytes:
        """Return what is said to a request."""
        if waiting := self._answers.pop(path, None):
            if not waiting.done():
                waiting.set_result(body)
            return b"ok"
        self.calls += 1
        method = path.rpartition("/")[2]
        own = self.heard(method, _read(body)) if self.heard else None
        found = own if own is not None else self._usual(method, body)
        return json.dumps({**YES, **found}).encode()

    def _usual(self, method: str, body: bytes) -> Mapping[str, Any]:
        if method.startswith("chat."):
            said = _read(body)
            number = next(self._numbers)
            return {"channel": said.get("channel"), "ts": f"1700000000.{number:06d}"}
        return ANSWERS.get(method, {})


def _read(body: bytes) -> Mapping[str, Any]:
    if body[:1] == b"{":
        said: dict[str, Any] = json.loads(body)
        return said
    return dict(parse_qsl(body.decode()))


class Door(asyncio.Protocol):
    """One connection of somebody who calls."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._seen = b""
        self._transport: asyncio.Transport | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for the type checker
        self._transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        self._seen += data
        while request := self._whole():
            path, body = request
            said = self._slack.answer(path, body)
            kind = b"application/json" if said[:1] == b"{" else b"text/plain"
            head = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n"
            assert self._transport is not None  # noqa: S101 - for the type checker
            self._transport.write(head % (kind, len(said)) + said)

    def _whole(self) -> tuple[str, bytes] | None:
        """Take the next request out of what has come, as far as it is there."""
        head, found, rest = self._seen.partition(b"\r\n\r\n")
        if not found:
            return None
        lines = head.split(b"\r\n")
        named = dict(line.lower().split(b":", 1) for line in lines[1:] if b":" in line)
        length = int(named.get(b"content-length", b"0"))
        if len(rest) < length:
            return None
        self._seen = rest[length:]
        return lines[0].split(b" ")[1].decode().partition("?")[0], rest[:length]


@asynccontextmanager
async def slack() -> AsyncIterator[Slack]:
    """Run a Slack in this process, beside the load: it answers before anybody notices."""
    here = Slack()
    server = await asyncio.get_running_loop().create_server(lambda: Door(here), HERE, 0)
    here.port = server.sockets[0].getsockname()[1]
    try:
        yield here
    finally:
        server.close()
