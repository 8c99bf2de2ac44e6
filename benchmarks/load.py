"""What Slack would send: signed requests over sockets of our own, so that the client costs little."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from typing_extensions import override

from benchmarks.harness import Figures

SECRET = "a-secret-of-the-benchmarks"  # noqa: S105 - opens nothing
FORM = "application/x-www-form-urlencoded"
HERE = "127.0.0.1"


def signed(body: str, *, path: str = "/slack/events", kind: str = FORM) -> bytes:
    """Return a whole HTTP request as Slack sends it, signed now."""
    stamp = str(int(time.time()))
    code = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    raw = body.encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {HERE}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(raw)}\r\nX-Slack-Request-Timestamp: {stamp}\r\n"
        f"X-Slack-Signature: v0={code}\r\n\r\n"
    )
    return head.encode() + raw


def command(text: str, *, answer_at: str = "", **other: str) -> bytes:
    """Return `/case text`, typed by a customer."""
    said = {
        "command": "/case",
        "text": text,
        "team_id": "T0CASEFLAG",
        "team_domain": "caseflag",
        "channel_id": "C0ACME",
        "channel_name": "acme-support",
        "user_id": "U0ANA",
        "user_name": "ana",
        "api_app_id": "A0CASEFLAG",
        "trigger_id": f"{time.monotonic_ns()}.1",
        "response_url": answer_at,
    }
    return signed(urlencode(said | other))


def interaction(payload: dict[str, Any]) -> bytes:
    """Return what is pressed or submitted."""
    return signed(urlencode({"payload": json.dumps(payload)}))


def pressed(action: str, value: str = "", *, answer_at: str = "", **other: Any) -> bytes:
    """Return a button, pressed by a customer under a message."""
    body = {
        "type": "block_actions",
        "team": {"id": "T0CASEFLAG", "domain": "caseflag"},
        "user": {"id": "U0ANA", "username": "ana", "team_id": "T0CASEFLAG"},
        "channel": {"id": "C0ACME", "name": "acme-support"},
        "container": {
            "type": "message",
            "message_ts": "1700000000.000001",
            "channel_id": "C0ACME",
        },
        "trigger_id": f"{time.monotonic_ns()}.1",
        "response_url": answer_at,
        "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value}],
    }
    return interaction(body | other)


def submitted(view: dict[str, Any]) -> bytes:
    """Return a modal, submitted by a customer."""
    body = {
        "type": "view_submission",
        "team": {"id": "T0CASEFLAG", "domain": "caseflag"},
        "user": {"id": "U0ANA", "username": "ana", "team_id": "T0CASEFLAG"},
        "trigger_id": f"{time.monotonic_ns()}.1",
        "view": view,
    }
    return interaction(body)


class Wire(asyncio.Protocol):
    """One connection that is kept: one request after the other."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._is_over = True
        """Whether the server serves one request a connection, or none was made yet."""
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[tuple[int, bytes]] | None = None
        self._seen = b""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for the type checker
        self._transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        """Gather an answer until it is whole."""
        self._seen += data
        head, found, body = self._seen.partition(b"\r\n\r\n")
        if not found or self._waiting is None:
            return
        if len(body) < _length(head) or (_is_chunked(head) and not body.endswith(b"0\r\n\r\n")):
            return
        self._seen = b""
        self._is_over = head.startswith(b"HTTP/1.0") or b"connection: close" in head.lower()
        waiting, self._waiting = self._waiting, None
        if not waiting.done():
            waiting.set_result((int(head[9:12]), body))

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits that nothing will come."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(exc or ConnectionResetError("the server hung up"))

    async def asks(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; return the status and the body of the answer."""
        if self._is_over:
            await self.connects()
        assert self._transport is not None  # noqa: S101 - for the type checker
        if self._transport.is_closing():
            message = "the server hung up"
            raise ConnectionResetError(message)
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiting

    async def connects(self) -> None:
        """Connect, again where the last connection was for one request only."""
        self.closes()
        await asyncio.get_running_loop().create_connection(lambda: self, HERE, self._port)
        self._is_over = False

    def closes(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()


async def wired(port: int) -> Wire:
    """Connect."""
    wire = Wire(port)
    await wire.connects()
    return wire


async def one_by_one(
    port: int, requests: Sequence[bytes], *, warm: int = 20, expect: int = 200
) -> list[float]:
    """Return how many seconds each answer took, one request at a time after a few to warm up."""
    wire, took = await wired(port), list[float]()
    try:
        for request in [*requests[:warm], *requests]:
            began = time.perf_counter()
            status, body = await wire.asks(request)
            took.append(time.perf_counter() - began)
            _checked(status, expect, body)
    finally:
        wire.closes()
    return took[warm:]


async def at_once(
    port: int, requests: Sequence[bytes], *, wires: int = 32, expect: int = 200
) -> tuple[list[float], float, int]:
    """Return how long each answer took, how long all took, and how many failed."""
    left, took, failed = iter(requests), list[float](), 0

    async def one() -> None:
        nonlocal failed
        wire = await wired(port)
        try:
            for request in left:
                began = time.perf_counter()
                status, _ = await wire.asks(request)
                took.append(time.perf_counter() - began)
                failed += status != expect
        finally:
            wire.closes()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(wires)))
    return took, time.perf_counter() - began, failed


def latency(took: Sequence[float]) -> Figures:
    """Return the median and the 99th percentile in milliseconds."""
    return {"p50 ms": percentile(took, 0.5) * 1000, "p99 ms": percentile(took, 0.99) * 1000}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _checked(status: int, expect: int, body: bytes) -> None:
    if status != expect:
        message = f"answered {status}: {body[:200]!r}"
        raise RuntimeError(message)


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line[:15].lower() == b"content-length:":
            return int(line[15:])
    return 0


def _is_chunked(head: bytes) -> bool:
    return b"chunked" in head.lower()
